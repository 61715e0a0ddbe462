"""From a company's own list of targets to rows `targets.import_rows` takes: which column is what, and which period a
row means. Nothing is written, and nothing is looked up, here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP
from typing import Final

from roundsman.core.errors import Invalid
from roundsman.core.ids import new_id
from roundsman.core.money import LARGEST
from roundsman.core.sheets import Headings, Line, RowNote, Sheet, SheetRows, find_table, number_of
from roundsman.targets.commands.importing import TargetRow

HEADINGS: Final = Headings(
    required="amount",
    words={
        "person": (
            "业务员",
            "销售员",
            "人员",
            "姓名",
            "员工",
            "负责人",
            "salesperson",
            "rep",
            "person",
            "name",
        ),
        "territory": ("区域", "销售区域", "大区", "片区", "territory", "region"),
        "category": ("商品分类", "分类", "品类", "产品线", "category", "product line"),
        "metric": ("指标", "考核指标", "metric"),
        "from": ("开始日期", "起始日期", "开始", "from", "start", "start date"),
        "until": ("结束日期", "截止日期", "结束", "to", "until", "end", "end date"),
        "period": ("月份", "期间", "月度", "季度", "年度", "时间", "period", "month", "quarter", "year"),
        "amount": (
            "目标",
            "目标金额",
            "销售目标",
            "目标值",
            "任务",
            "任务额",
            "指标值",
            "quota",
            "target",
            "target amount",
        ),
    },
    foreign=frozenset(("订单号", "订单编号", "单号", "库存", "条码", "order no", "sku")),
)
METRICS: Final = {
    **dict.fromkeys(("", "sales", "销售", "销售额"), "sales"),
    **dict.fromkeys(("quantity", "数量", "销量"), "quantity"),
    **dict.fromkeys(("collection", "回款"), "collection"),
    **dict.fromkeys(("profit", "毛利", "利润"), "profit"),
    **dict.fromkeys(("visits", "拜访", "拜访数"), "visits"),
}
_PERIOD: Final = re.compile(
    r"^(\d{4})\s*[年/.-]?\s*(?:[第]?\s*[Qq]?\s*([1-4一二三四])\s*季度?|[Qq]\s*([1-4])|(\d{1,2})\s*月?)?\s*年?度?$"
)
_DAY: Final = re.compile(r"^(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})日?(?:[ T]00:00(?::00)?)?$")
_SERIAL: Final = re.compile(r"^[2-6]\d{4}(\.0+)?$")
_QUARTERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4}
_SCALES: Final = {"quantity": 1000, "visits": 1}
_LONGEST: Final = 60


def targets_in(sheets: Iterable[Sheet]) -> SheetRows[TargetRow]:
    """The targets of a file: whose by person or territory, when by a period ('2026-03', '2026年第1季度', '2026') or by
    its first and last day. Money is yuan. A row that cannot be taken is refused, with its number in the sheet.
    """
    result = SheetRows[TargetRow]()
    for sheet in sheets:
        table = find_table(sheet, HEADINGS)
        has_when = table is not None and (
            "period" in table.columns or {"from", "until"} <= set(table.columns)
        )
        if table is None or not has_when or not {"person", "territory"} & set(table.columns):
            result.skipped_sheets.append(sheet.name)
            continue
        for line in table.lines:
            try:
                result.rows.append(_row(line, table.sheet))
            except Invalid as refusal:
                value = str(refusal.details.get("value", ""))
                note = RowNote(row=line.number, sheet=table.sheet, code=refusal.code, value=value)
                result.refused.append(note)
    return result


def _row(line: Line, sheet: str) -> TargetRow:
    values = line.values
    for name in ("person", "territory", "category"):
        if len(values.get(name, "")) > _LONGEST:
            raise Invalid("targets.too_long", value=values[name][:_LONGEST])
    metric = METRICS.get(values.get("metric", "").strip().lower())
    number = number_of(values.get("amount", "").strip("¥￥元 "))
    if metric is None or number is None:
        raise Invalid(
            "targets.number_wrong", value=values.get("amount" if metric else "metric", "")[:_LONGEST]
        )
    amount = int((number * _SCALES.get(metric, 100)).to_integral_value(ROUND_HALF_UP))
    if not 1 <= amount <= LARGEST:
        raise Invalid("targets.number_wrong", value=values["amount"][:_LONGEST])
    if "from" in values and "until" in values:
        span = _day(values["from"]), _day(values["until"])
    else:
        span = _period(values.get("period", ""))
    return TargetRow(
        row=line.number,
        sheet=sheet,
        target_id=new_id(),
        person_name=values.get("person", ""),
        territory_name=values.get("territory", ""),
        category_name=values.get("category") or None,
        metric=metric,
        from_on=span[0],
        until_on=span[1],
        amount=amount,
    )


def _day(text: str) -> str:
    """A day as people and spreadsheets write it. Raises Invalid("targets.no_such_day")."""
    try:
        if _SERIAL.match(text):
            return (date(1899, 12, 30) + timedelta(days=int(float(text)))).isoformat()
        found = _DAY.match(text.strip())
        if found is None:
            raise ValueError
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError as error:
        raise Invalid("targets.no_such_day", value=text[:_LONGEST]) from error


def _period(text: str) -> tuple[str, str]:
    """The first and last day of a year, a quarter or a month. Raises Invalid("targets.no_such_day")."""
    found = _PERIOD.match(text.strip())
    if found is None:
        # A month written as its first day.
        day = _day(text)
        if not day.endswith("-01"):
            raise Invalid("targets.no_such_day", value=text[:_LONGEST])
        year, first, months = int(day[:4]), int(day[5:7]), 1
    else:
        year, quarter, month = int(found[1]), found[2] or found[3], found[4]
        first, months = 1, 12
        if quarter:
            first, months = 3 * (_QUARTERS.get(quarter) or int(quarter)) - 2, 3
        elif month:
            first, months = int(month), 1
    if not 1 <= first <= 12:
        raise Invalid("targets.no_such_day", value=text[:_LONGEST])
    after = year * 12 + first - 1 + months
    end = date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return f"{year:04}-{first:02}-01", end.isoformat()
