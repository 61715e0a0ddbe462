"""From a sheet with many recipients to the orders somebody wants placed: which rows are one order, where it goes, and
what is asked for. Goods are not looked up and nothing is priced here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from roundsman.core.errors import Invalid
from roundsman.core.phones import phone_digits
from roundsman.core.quantities import LARGEST_QUANTITY
from roundsman.core.sheets import (
    Headings,
    Line,
    RowNote,
    Sheet,
    find_table,
    is_rounded,
    number_of,
    plain_number,
)
from roundsman.customers.addresses import split_address
from roundsman.orders.commands.shapes import LINES_MAX, Recipient

ROWS_MAX: Final = 2000
"""Rows of a sheet that is ordered from: a preview of more nobody reads."""


def _words(text: str) -> list[str]:
    return text.split(", ")


HEADINGS: Final = Headings(
    required="recipient",
    words={
        "number": _words(
            "订单编号, 订单号, 订单编码, 单号, 平台订单号, 外部单号, order no, order number, order id, order"
        ),
        "recipient": _words(
            "收件人, 收货人, 收件人姓名, 收货人姓名, 收件姓名, 买家姓名, 姓名, recipient, consignee, name"
        ),
        "mobile": _words(
            "收件人手机, 收货人手机, 收件人电话, 收货人电话, 收货电话, 收件电话, 手机, 手机号, 手机号码, 联系手机, "
            "联系电话, 联系方式, 电话, mobile, phone"
        ),
        "province": _words("省, 省份, 收货省份, province, state"),
        "city": _words("市, 城市, 收货城市, city"),
        "county": _words("区, 县, 区县, 收货区县, county, district"),
        "address": _words(
            "收货地址, 收件地址, 收货人地址, 收件人地址, 详细地址, 送货地址, 街道地址, 地址, shipping address, address"
        ),
        "code": _words(
            "商品编码, 商品编号, 商品货号, 货号, 商品代码, 产品编码, 商家编码, sku, product code, item code, code"
        ),
        "barcode": _words("条码, 条形码, 商品条码, 商品条形码, 国际条码, barcode, ean"),
        "product_name": _words("商品名称, 品名, 商品, 产品名称, 宝贝标题, 货品, product name, product, item"),
        "spec": _words("规格, 商品规格, 规格型号, 颜色尺码, 销售属性, spec, variant"),
        "unit": _words("单位, 计量单位, 包装单位, unit"),
        "quantity": _words("数量, 订货数量, 购买数量, 下单数量, 件数, quantity, qty"),
        "note": _words("备注, 买家留言, 订单备注, 留言, remark, note, comment"),
    },
)
_TO: Final = ("recipient", "mobile", "province", "city", "county", "address")
_GOODS: Final = ("code", "barcode", "product_name")
_LENGTHS: Final = {"recipient": 60, "mobile": 60, "code": 60, "product_name": 120, "unit": 60, "note": 300}
_QUANTITY: Final = re.compile(r"^([\d.,，]+)\s*([^\d\s.,，]*)$")


@dataclass(frozen=True, slots=True)
class Wish:
    """So much of something, as a row calls it; `unit` is empty where it does not say."""

    row: int
    code: str
    barcode: str
    name: str
    spec: str
    unit: str
    quantity_e3: int


@dataclass(slots=True)
class Parcel:
    """What one recipient is to get. `key` tells it from the others of its file; `faults` are why it can't be ordered as
    it stands, `doubts` codes of what somebody should look at first.
    """

    key: str
    row: int
    sheet: str
    recipient: Recipient
    wishes: list[Wish] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[RowNote] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def blame(self, row: int, code: str, value: str = "") -> None:
        """Note what is wrong in a row."""
        self.faults.append(RowNote(row=row, sheet=self.sheet, code=code, value=value[:60]))


def parcels_in(sheets: Iterable[Sheet]) -> list[Parcel]:
    """The parcels of a file, in the order they begin in it.

    Rows of one number, recipient, mobile and address are one parcel wherever they stand; a row that names nobody goes
    with the one above it. Raises Invalid("orders.sheet_without_orders") where no table names recipients and goods, and
    Invalid("orders.sheet_too_many").
    """
    parcels: dict[tuple[str, ...], Parcel] = {}
    count = 0
    for sheet in sheets:
        table = find_table(sheet, HEADINGS)
        if table is None or not any(name in table.columns for name in _GOODS):
            continue
        above: dict[str, str] = {}
        for line in table.lines:
            count += 1
            if count > ROWS_MAX:
                raise Invalid("orders.sheet_too_many", most=ROWS_MAX)
            above = _whose(line.values, above)
            key = (table.sheet, above.get("number", ""), *(above.get(name, "") for name in _TO))
            parcel = parcels.get(key)
            if parcel is None:
                parcel = parcels[key] = _parcel("\n".join(key), line.number, table.sheet, above)
            _take(parcel, line)
    if not parcels:
        raise Invalid("orders.sheet_without_orders")
    return list(parcels.values())


def _whose(values: Mapping[str, str], above: Mapping[str, str]) -> dict[str, str]:
    """Where a row goes: what it says itself, or where it says nothing new what stands above it."""
    own = {name: values[name] for name in ("number", *_TO) if name in values}
    if "number" in own:
        own["number"] = plain_number(own["number"])
    if "mobile" in own and not is_rounded(own["mobile"]):
        own["mobile"] = plain_number(own["mobile"])
    is_another = any(above.get(name, text) != text for name, text in own.items())
    if is_another and ("recipient" in own or "address" in own):
        return own
    return {**above, **own}


def _parcel(key: str, row: int, sheet: str, to: Mapping[str, str]) -> Parcel:
    whole = "".join(to.get(name, "") for name in ("province", "city", "county"))
    street = to.get("address", "")
    # Many sheets say province, city and county twice: once in columns, once in the address.
    address = split_address(street if street.startswith(whole) else whole + street)
    recipient = Recipient(
        name=to.get("recipient", "")[: _LENGTHS["recipient"]],
        mobile=to.get("mobile", "")[: _LENGTHS["mobile"]],
        province=address.province,
        city=address.city,
        county=address.county,
        street=address.street[:300],
    )
    parcel = Parcel(key, row, sheet, recipient)
    if not recipient.name:
        parcel.blame(row, "orders.recipient_missing")
    if not recipient.mobile:
        parcel.blame(row, "orders.mobile_missing")
    elif is_rounded(to["mobile"]):
        parcel.blame(row, "orders.mobile_rounded", to["mobile"])
    elif not re.fullmatch(r"1[3-9]\d{9}", phone_digits(recipient.mobile)):
        parcel.doubts.append("orders.mobile_unsure")
    if not street:
        parcel.blame(row, "orders.address_missing")
    elif not (address.province and address.county and address.street):
        parcel.doubts.append("orders.address_unsure")
    return parcel


def _take(parcel: Parcel, line: Line) -> None:
    values = line.values
    long = next((name for name, most in _LENGTHS.items() if len(values.get(name, "")) > most), None)
    if long is not None:
        parcel.blame(line.number, "orders.too_long", values[long])
        return
    note = values.get("note", "")
    if note and note not in parcel.notes:
        parcel.notes.append(note)
    if not any(name in values for name in _GOODS):
        parcel.blame(line.number, "orders.goods_missing")
        return
    if len(parcel.wishes) == LINES_MAX:
        parcel.blame(line.number, "orders.lines_too_many")
        return
    quantity_e3, unit = _quantity(values.get("quantity", ""))
    if quantity_e3 is None:
        parcel.blame(line.number, "orders.quantity_wrong", values.get("quantity", ""))
        return
    parcel.wishes.append(
        Wish(
            row=line.number,
            code=plain_number(values.get("code", "")),
            barcode=plain_number(values.get("barcode", "")),
            name=values.get("product_name", ""),
            spec=values.get("spec", ""),
            unit=values.get("unit", "") or unit,
            quantity_e3=quantity_e3,
        )
    )


def _quantity(text: str) -> tuple[int | None, str]:
    """Thousandths, and the unit where it is written behind the number: '2', '1.5', '3箱'; None for what is none."""
    found = _QUANTITY.match(text.strip())
    number = number_of(found[1]) if found else None
    if found is None or number is None:
        return None, ""
    scaled = number * 1000
    if scaled != scaled.to_integral_value() or not 0 < scaled <= LARGEST_QUANTITY:
        return None, ""
    return int(scaled), found[2]
