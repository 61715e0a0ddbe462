"""From a company's own list of stock to rows `inventory.import_rows` takes: which column is what, and how much of each
thing is in each warehouse. Goods are told apart as in a list of goods. Nothing is written, and nothing is looked up,
here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP
from typing import Final

from roundsman.catalog.commands.sheet_rows import GoodsRow
from roundsman.catalog.sheets import AXES, FoundGoods, codes_are_of_products, goods_row, read_line
from roundsman.catalog.sheets import HEADINGS as GOODS
from roundsman.core.errors import Invalid
from roundsman.core.ids import new_id
from roundsman.core.quantities import LARGEST_QUANTITY
from roundsman.core.sheets import Headings, Line, Sheet, SheetRows, find_table, note_of, number_of
from roundsman.inventory.commands.sheet_rows import Counted, CountedRow

WAREHOUSE_MAX: Final = 60
_KNOWN_BY: Final = ("name", "code", "barcode", "brand", "unit", *AXES)

HEADINGS: Final = Headings(
    required="quantity",
    words={
        **{field: GOODS.words[field] for field in _KNOWN_BY},
        "warehouse": (
            *("仓库名称", "仓库", "所在仓库", "库房", "门店仓库", "店仓", "仓库名", "门店名称", "门店"),
            *("warehouse", "warehouse name", "location", "store"),
        ),
        "quantity": (
            *("实盘数量", "盘点数量", "库存数量", "库存数", "现有库存", "当前库存", "结存数量", "可用库存"),
            *("库存", "期末数量", "数量", "quantity on hand", "on hand", "stock", "quantity", "qty"),
        ),
    },
    # Orders and receipts have quantities too, but are no list of what there is.
    foreign=frozenset(
        (
            *(
                "订单号",
                "订单编号",
                "单号",
                "单据",
                "单据编号",
                "交易号",
                "下单时间",
                "收货人",
                "收件人",
                "手机",
            ),
            *(
                "客户",
                "客户名称",
                "供应商名称",
                "快递号",
                "快递公司",
                "金额",
                "应收",
                "欠款",
                "税率",
                "order no",
            ),
        )
    ),
)


def stock_in(sheets: Iterable[Sheet]) -> SheetRows[CountedRow]:
    """What there is by a file. Rows that say something of the same thing in the same warehouse are added up.

    A row is refused, with its number in the sheet, when it names nothing, a text is too long, or its quantity is none
    or below zero: there is no such thing in a warehouse, and whoever keeps the books has to look.
    """
    result = SheetRows[CountedRow]()
    found: dict[tuple[str, ...], tuple[GoodsRow, str, dict[str | None, int]]] = {}
    for sheet in sheets:
        table = find_table(sheet, HEADINGS)
        if table is None or not {"name", "code", "barcode"} & set(table.columns):
            result.skipped_sheets.append(sheet.name)
            continue
        lines: list[tuple[FoundGoods, str, int]] = []
        for line in table.lines:
            try:
                lines.append(_read(line, table.sheet))
            except Invalid as refusal:
                result.refused.append(note_of(refusal, line.number, table.sheet))
        has_product_codes = codes_are_of_products([goods for goods, _, _ in lines])
        product_ids: defaultdict[tuple[str, ...], str] = defaultdict(new_id)
        for goods, warehouse, quantity_e3 in lines:
            row, key = goods_row(goods, has_product_codes, product_ids)
            place = (warehouse, *key)
            if place in found:
                result.repeated += 1
            else:
                found[place] = (row, warehouse, {})
            counted = found[place][2]
            counted[row.unit] = counted.get(row.unit, 0) + quantity_e3
    result.rows = [
        CountedRow(
            row=row.row,
            sheet=row.sheet,
            warehouse=warehouse,
            name=row.name,
            product_code=row.product_code,
            code=row.code,
            barcode=row.barcode,
            brand=row.brand,
            axes=row.axes,
            spec=row.spec,
            counted=[Counted(quantity_e3=quantity_e3, unit=unit) for unit, quantity_e3 in counted.items()],
        )
        for row, warehouse, counted in found.values()
    ]
    return result


def _read(line: Line, sheet: str) -> tuple[FoundGoods, str, int]:
    """A line's goods, its warehouse and how much there is. Raises Invalid for what cannot be taken."""
    texts = dict(line.values)
    warehouse, quantity = texts.pop("warehouse", ""), texts.pop("quantity", "")
    # A list that knows its goods by code or barcode alone needs no names.
    named = {"name": texts.get("code") or texts.get("barcode") or "", **texts}
    if not named["name"]:
        raise Invalid("inventory.goods_missing", value=quantity)
    if len(warehouse) > WAREHOUSE_MAX:
        raise Invalid("inventory.too_long", value=warehouse[:60])
    number = number_of(quantity)
    quantity_e3 = None if number is None else int((number * 1000).to_integral_value(ROUND_HALF_UP))
    if quantity_e3 is None or not 0 <= quantity_e3 <= LARGEST_QUANTITY:
        raise Invalid("inventory.quantity_wrong", value=quantity[:60])
    return read_line(Line(line.number, named), sheet), warehouse, quantity_e3
