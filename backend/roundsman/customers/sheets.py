"""From a company's own spreadsheet to rows `customers.import_rows` takes: which column is what, and what a cell means.
Nothing is written, and nothing is looked up, here.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from roundsman.core.errors import Invalid
from roundsman.core.geo import to_e7
from roundsman.core.ids import new_id
from roundsman.core.sheets import (
    Headings,
    Line,
    RowNote,
    Sheet,
    SheetRows,
    find_table,
    is_rounded,
    note_of,
    number_of,
    plain_number,
)
from roundsman.customers.commands.sheet_rows import LENGTHS, ImportRow
from roundsman.customers.datum import wgs84_of_gcj02
from roundsman.customers.rules import name_key, phone_digits

HEADINGS: Final = Headings(
    required="name",
    words={
        "name": (
            *(
                "客户名称",
                "客户名",
                "店名",
                "门店名称",
                "店铺名称",
                "商户名称",
                "终端名称",
                "网点名称",
                "往来单位名称",
            ),
            *(
                "往来单位",
                "单位名称",
                "公司名称",
                "客户",
                "门店",
                "名称",
                "customer name",
                "store name",
                "shop name",
            ),
            *("company name", "customer", "name"),
        ),
        "short_name": ("客户简称", "简称", "short name"),
        "code": (
            *(
                "客户编码",
                "客户编号",
                "客户代码",
                "门店编号",
                "门店编码",
                "终端编码",
                "店号",
                "编号",
                "编码",
                "代码",
            ),
            *("store_no", "customer code", "customer no", "store id", "code", "no"),
        ),
        "contact_name": (
            "联系人",
            "联系人姓名",
            "负责人",
            "店主",
            "老板",
            "contact name",
            "contact person",
            "contact",
        ),
        "mobile": ("手机", "手机号", "手机号码", "联系人手机", "mobile", "mobile phone", "cell"),
        "phone": (
            "联系电话",
            "电话",
            "电话号码",
            "固定电话",
            "座机",
            "phone",
            "telephone",
            "tel",
            "phone number",
        ),
        "address": (
            "详细地址",
            "客户地址",
            "门店地址",
            "地址",
            "联系地址",
            "送货地址",
            "收货地址",
            "address",
            "street",
        ),
        "region": ("省市区", "所在地区", "地区", "行政区划"),
        "province": ("省", "省份", "省/直辖市", "省市", "province", "state"),
        "city": ("市", "城市", "地市", "city"),
        "county": ("区县", "区/县", "县区", "区", "县", "county", "district"),
        "longitude": ("经度", "longitude", "lon", "lng"),
        "latitude": ("纬度", "latitude", "lat"),
        "remark": ("备注", "备注信息", "说明", "remark", "remarks", "notes", "note", "comment"),
        "class_name": (
            *("客户类别", "客户类型", "客户等级", "客户分类", "类别", "类型", "等级", "级别", "分类", "渠道"),
            *("class", "category", "type", "level", "grade"),
        ),
        "owner_name": (
            "业务员",
            "业务员姓名",
            "销售员",
            "销售代表",
            "专管员",
            "salesman",
            "salesperson",
            "rep",
            "owner",
        ),
        "territory_name": ("销售区域", "业务区域", "区域", "片区", "大区", "territory", "region", "area"),
    },
    telling=frozenset(
        (
            "客户名称",
            "客户名",
            "店名",
            "门店名称",
            "店铺名称",
            "商户名称",
            "终端名称",
            "往来单位",
            "customer name",
            "store name",
        )
    ),
    # Documents and lists of goods name customers too, but are no list of them.
    foreign=frozenset(
        (
            *(
                "数量",
                "单价",
                "金额",
                "规格",
                "型号",
                "条码",
                "商品条码",
                "商品名称",
                "单号",
                "订单号",
                "订单编号",
                "库存",
            ),
            *("库存数量", "材质", "重量", "进价", "售价", "零售价", "批发价", "销售额", "应结金额"),
            *("sku", "quantity", "price", "amount"),
        )
    ),
)


def customers_in(sheets: Iterable[Sheet], *, is_gcj02: bool = False) -> SheetRows[ImportRow]:
    """The customers of a file. `is_gcj02` says in which datum its coordinates are; otherwise they are WGS-84.

    A row is refused, with its number in the sheet, when it has no name, a text is too long, a place is none, or it says
    the same as a row before.
    """
    found = SheetRows[ImportRow]()
    seen: set[tuple[str, ...]] = set()
    for sheet in sheets:
        table = find_table(sheet, HEADINGS)
        if table is None:
            found.skipped_sheets.append(sheet.name)
            continue
        for line in table.lines:
            try:
                row, notes = _row(line, table.sheet, is_gcj02)
            except Invalid as refusal:
                found.refused.append(note_of(refusal, line.number, table.sheet))
                continue
            key = (row.code,) if row.code else (name_key(row.name), phone_digits(row.phone), row.address)
            if key in seen:
                found.refused.append(
                    RowNote(
                        row=line.number,
                        sheet=table.sheet,
                        code="customers.row_twice",
                        value=row.code or row.name,
                    )
                )
                continue
            seen.add(key)
            found.rows.append(row)
            found.noticed += notes
    return found


def _row(line: Line, sheet: str, is_gcj02: bool) -> tuple[ImportRow, list[RowNote]]:
    values = dict(line.values)
    if "name" not in values:
        raise Invalid("customers.name_missing", value=next(iter(values.values())))
    notes = []
    for name in ("phone", "mobile"):
        text = values.get(name, "")
        if is_rounded(text):
            notes.append(RowNote(row=line.number, sheet=sheet, code="customers.phone_rounded", value=text))
        values[name] = plain_number(text)
    values["code"] = plain_number(values.get("code", ""))
    place = _place(values.pop("longitude", ""), values.pop("latitude", ""), is_gcj02)
    address = values.pop("address", "")
    for name in ("county", "region"):
        part = values.pop(name, "")
        if part and not address.startswith(part):
            address = f"{part}{address}" if name == "county" else f"{part} {address}"
    values["address"] = address.strip()
    for name, text in values.items():
        if len(text) > LENGTHS[name]:
            raise Invalid("customers.too_long", value=text[:60])
    row = ImportRow(
        row=line.number,
        sheet=sheet,
        customer_id=new_id(),
        latitude_e7=place[0] if place else None,
        longitude_e7=place[1] if place else None,
        **values,
    )
    return row, notes


def _place(longitude: str, latitude: str, is_gcj02: bool) -> tuple[int, int] | None:
    """(latitude, longitude) in 1e-7 degrees; None without. Raises Invalid("customers.place_wrong")."""
    if not longitude and not latitude:
        return None
    east, north = number_of(longitude), number_of(latitude)
    if east is None or north is None or abs(east) > Decimal(180) or abs(north) > Decimal(90):
        raise Invalid("customers.place_wrong", value=f"{longitude} {latitude}".strip())
    if not east and not north:
        return None
    point = float(east), float(north)
    if is_gcj02:
        point = wgs84_of_gcj02(*point)
    return to_e7(point[1]), to_e7(point[0])
