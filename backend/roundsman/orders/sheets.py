"""From the orders another system or a shop hands out as a sheet to rows `orders.import_rows` takes: which column is
what, which lines are one order, and what a cell means. Nothing is written, and nothing is looked up, here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from roundsman.core.errors import Invalid
from roundsman.core.ids import new_id
from roundsman.core.money import LARGEST
from roundsman.core.quantities import LARGEST_PRICE, LARGEST_QUANTITY, amount_of
from roundsman.core.sheets import (
    Headings,
    Line,
    Sheet,
    SheetRows,
    find_table,
    note_of,
    number_of,
    plain_number,
)
from roundsman.core.times import LAST_MOMENT, ZONE
from roundsman.customers.addresses import split_address
from roundsman.orders.commands.shapes import LINES_MAX, Recipient
from roundsman.orders.commands.sheet_rows import LENGTHS, PastExpense, PastLine, PastOrder


def _words(text: str) -> list[str]:
    return text.split(", ")


HEADINGS: Final = Headings(
    required="number",
    words={
        "number": _words(
            "订单编号, 订单号, 订单编码, 单号, 单据编号, 销售单号, order no, order number, order id, order, number"
        ),
        "placed": _words(
            "订单创建时间, 下单时间, 下单日期, 创建时间, 订单日期, 销售日期, 单据日期, 日期, "
            "order date, created at, placed on, date"
        ),
        "paid_at": _words("订单付款时间, 付款时间, 支付时间, paid at, payment date"),
        "customer_code": _words(
            "客户编码, 客户编号, 客户代码, customer code, customer no, account no, customer id"
        ),
        "customer_name": _words("客户名称, 客户, 店名, 往来单位, customer name, customer, store name"),
        "goods": _words(
            "总金额, 订单金额, 商品金额, 商品总额, 货款, 合计金额, subtotal, goods amount, order amount"
        ),
        "paid": _words("买家实际支付金额, 实际支付金额, 实付金额, 实收金额, 已付金额, paid, amount paid"),
        "returned": _words("退款金额, 退货金额, 已退金额, refund, refunded, returned amount"),
        "tax": _words("税额, 税金, tax"),
        "freight": _words("运费, 快递费, 邮费, freight, shipping"),
        "status": _words("订单状态, 交易状态, 状态, status, order status"),
        "owner_name": _words("业务员, 业务员姓名, 销售员, 销售代表, salesperson, salesman, rep"),
        "territory_name": _words("销售区域, 业务区域, 区域, 片区, territory, region"),
        "recipient": _words("收货人, 收件人, 收货人姓名, recipient, consignee"),
        "mobile": _words("收货人手机, 手机, 手机号, 联系手机, 联系电话, mobile, phone"),
        "address": _words(
            "收货地址, 收货人地址, 收件地址, 详细地址, 送货地址, 地址, shipping address, address"
        ),
        "note": _words("备注, 客户备注, 买家留言, 订单备注, remark, note, comment"),
        "code": _words(
            "商品编码, 商品编号, 商品货号, 货号, 商品代码, 产品编码, sku, product code, item code"
        ),
        "product_name": _words("商品名称, 品名, 商品, 产品名称, product name, product, item"),
        "unit": _words("单位, 计量单位, unit"),
        "quantity": _words("数量, 订货数量, 销售数量, 购买数量, 件数, quantity, qty"),
        "price": _words("单价, 成交价, 销售单价, 售价, unit price, price"),
        "amount": _words("金额, 小计, 销售额, 行金额, line total, amount"),
    },
    telling=frozenset(("订单编号", "订单号", "order number", "order no")),
)
OF_THE_ORDER: Final = ("number", "placed", "customer_code", "customer_name", "goods", "paid", "returned")
OF_A_LINE: Final = ("code", "product_name", "quantity", "price", "amount")

ROUNDED: Final = "尾差"
"""The expense that makes up for lines rounded to the fen where the order says its sum itself."""
TAX, FREIGHT, ALLOWED = "税额", "运费", "优惠"

_CANCELLED: Final = re.compile(r"取消|关闭|作废|未付|cancel|void|unpaid", re.IGNORECASE)
_RETURNED: Final = re.compile(r"已退|退货完成|退款成功|return|refund", re.IGNORECASE)
_MOMENT: Final = re.compile(
    r"^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*(?:[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?)?\D*$"
)
_SERIAL: Final = re.compile(r"^[3-6]\d{4}(\.\d+)?$")
"""A day as a spreadsheet counts it, 1982 to 2091."""


@dataclass(slots=True)
class _Document:
    """The lines of one order, the first with what is the order's own."""

    head: dict[str, str]
    row: int
    sheet: str
    lines: list[Line] = field(default_factory=list)


def orders_in(sheets: Iterable[Sheet]) -> SheetRows[PastOrder]:
    """The orders of a file. Lines of one number, or with none below one, are one order.

    An order is refused, with the row it stands in, when it has no day, a number in it is none, or a text is too long.
    One that was never paid, where the sheet says when others were, counts as cancelled.
    """
    result = SheetRows[PastOrder]()
    for sheet in sheets:
        table = find_table(sheet, HEADINGS)
        if table is None:
            result.skipped_sheets.append(sheet.name)
            continue
        for document in _documents(table.sheet, table.lines):
            try:
                result.rows.append(_order(document, table.columns))
            except Invalid as refusal:
                row = int(refusal.details.get("row", document.row))
                result.refused.append(note_of(refusal, row, table.sheet))
    return result


def _documents(sheet: str, lines: Iterable[Line]) -> Iterator[_Document]:
    document: _Document | None = None
    for line in lines:
        number = plain_number(line.values.get("number", ""))
        if document is None or (number and number != document.head["number"]):
            if document is not None:
                yield document
            document = _Document({**line.values, "number": number}, line.number, sheet)
        document.lines.append(line)
    if document is not None:
        yield document


def _order(document: _Document, columns: Mapping[str, int]) -> PastOrder:
    head = document.head
    if not head["number"]:
        raise Invalid("orders.number_missing", value=next(iter(head.values())))
    for name, most in LENGTHS.items():
        if len(head.get(name, "")) > most:
            raise Invalid("orders.too_long", value=head[name][:60])
    stated = _decimal(head.get("goods", ""))
    lines = [_line(line) for line in document.lines if any(name in line.values for name in OF_A_LINE[:2])]
    if len(lines) > LINES_MAX:
        raise Invalid("orders.too_long", value=head["number"])
    goods = sum(amount_of(line.price_e4, line.quantity_e3) for line in lines) if lines else _fen(stated)
    returned = _fen(_decimal(head.get("returned", "")))
    state = _state(head, columns, goods, returned)
    texts = ("customer_code", "customer_name", "owner_name", "territory_name", "note")
    fields: dict[str, Any] = {name: head[name] for name in texts if name in head}
    return PastOrder(
        row=document.row,
        sheet=document.sheet,
        order_id=new_id(),
        number=head["number"],
        placed_at=_moment(head.get("placed", "")),
        state=state,
        lines=lines,
        goods_e4=None if stated is None else _scaled(stated, 4, LARGEST),
        returned_amount=returned,
        expenses=_expenses(head, goods, stated, returned, state),
        recipient=_recipient(head),
        **fields,
    )


def _state(head: Mapping[str, str], columns: Mapping[str, int], goods: int, returned: int) -> str:
    status = head.get("status", "")
    is_unpaid = "paid_at" in columns and "paid_at" not in head
    if is_unpaid or _CANCELLED.search(status):
        return "cancelled"
    is_back = returned >= goods and returned > 0
    return "returned" if is_back or _RETURNED.search(status) else "closed"


def _expenses(
    head: Mapping[str, str], goods: int, stated: Decimal | None, returned: int, state: str
) -> list[PastExpense]:
    """What makes an order come to what the sheet says: rounding, tax, freight, and what was let off when paid."""
    found = [(TAX, _fen(_decimal(head.get("tax", "")))), (FREIGHT, _fen(_decimal(head.get("freight", ""))))]
    if stated is not None:
        found.insert(0, (ROUNDED, _fen(stated) - goods))
    paid = _decimal(head.get("paid", ""))
    if paid is not None and state != "cancelled":
        owed = goods + sum(amount for _, amount in found) - returned
        found.append((ALLOWED, _fen(paid) - owed))
    return [PastExpense(name=name, amount=amount) for name, amount in found if amount]


def _line(line: Line) -> PastLine:
    """A line with the price of one: what the line came to by how much it was, where the sheet says both, since what was
    taken off a list price is in there. Raises Invalid.
    """
    values = line.values
    for name in ("code", "product_name", "unit"):
        if len(values.get(name, "")) > LENGTHS[name]:
            raise Invalid("orders.too_long", value=values[name][:60], row=line.number)
    quantity = _decimal(values.get("quantity", ""), line.number)
    price, amount = (_decimal(values.get(name, ""), line.number) for name in ("price", "amount"))
    if quantity is None or quantity <= 0:
        raise Invalid("orders.quantity_not_positive", value=values.get("quantity", ""), row=line.number)
    if amount is not None:
        price = amount / quantity
    return PastLine(
        row=line.number,
        code=plain_number(values.get("code", "")),
        name=values.get("product_name", "-"),
        unit=values.get("unit", ""),
        quantity_e3=_scaled(quantity, 3, LARGEST_QUANTITY, line.number),
        price_e4=_scaled(price or Decimal(0), 4, LARGEST_PRICE, line.number),
    )


def _decimal(text: str, row: int = 0) -> Decimal | None:
    """The number in a cell, None in an empty one. Raises Invalid("orders.number_wrong")."""
    if not text.strip():
        return None
    number = number_of(text.strip("¥￥$元 "))
    if number is None:
        raise Invalid("orders.number_wrong", value=text[:60], **({"row": row} if row else {}))
    return number


def _scaled(number: Decimal, digits: int, most: int, row: int = 0) -> int:
    scaled = int((number * 10**digits).to_integral_value(ROUND_HALF_UP))
    if not 0 <= scaled <= most:
        raise Invalid("orders.number_wrong", value=str(number)[:60], **({"row": row} if row else {}))
    return scaled


def _fen(number: Decimal | None) -> int:
    return 0 if number is None else _scaled(number, 2, LARGEST)


def _moment(text: str) -> int:
    """Epoch ms of a day, with a time or without, in the company's zone; also as a spreadsheet counts days. Raises
    Invalid("orders.no_such_day").
    """
    try:
        if _SERIAL.match(text):
            at = datetime(1899, 12, 30, tzinfo=ZoneInfo(ZONE)) + timedelta(days=float(text))
        else:
            found = _MOMENT.match(text.strip())
            if found is None:
                raise ValueError
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
            at = datetime(year, month, day, hour, minute, second, tzinfo=ZoneInfo(ZONE))
        moment = int(at.timestamp() * 1000)
        if not 0 <= moment <= LAST_MOMENT:
            raise ValueError
    except ValueError as error:
        raise Invalid("orders.no_such_day", value=text[:60]) from error
    return moment


def _recipient(head: Mapping[str, str]) -> Recipient:
    address = split_address(head.get("address", ""))
    return Recipient(
        name=head.get("recipient", ""),
        mobile=plain_number(head.get("mobile", "")),
        province=address.province,
        city=address.city,
        county=address.county,
        street=address.street,
    )
