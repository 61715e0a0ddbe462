"""orders.import_rows and the reading of sheets of orders: what becomes of past orders and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.sheets import SheetRows, read_sheets
from roundsman.core.times import day_on, start_of_day
from roundsman.importing import import_orders, in_words
from roundsman.orders.commands.sheet_rows import PastOrder
from roundsman.orders.sheets import orders_in
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.orders import make_goods, order_of
from tests.phone import assert_stale_equals_fresh


def read(text: str) -> SheetRows[PastOrder]:
    return orders_in(read_sheets(text.strip().encode(), "订单.csv"))


def one(text: str) -> PastOrder:
    found = read(text)
    assert not found.refused, found.refused
    (row,) = found.rows
    return row


def test_lines_below_an_order_are_its_lines() -> None:
    found = read(
        """
订单号,下单时间,客户名称,商品货号,数量,单价,金额,收货人,手机,收货地址,备注
A1,2023-05-01 10:30,和平便利店,W1,3,2.5,,王明,1.38E+10,上海市浦东新区世纪大道 1 号,轻放
,,,W2,2,10,18,,,,
A1,2023-05-01 10:30,和平便利店,W3,1,,,,,,
A2,2023/5/2,和平便利店,W1,1,1,1,,,,
合计,,,,7,,,,,,
"""
    )
    assert [len(order.lines) for order in found.rows] == [3, 1]
    first = found.rows[0]
    assert (first.number, first.row, first.note) == ("A1", 2, "轻放")
    assert day_on(first.placed_at) == "2023-05-01"
    assert first.placed_at == start_of_day("2023-05-01") + 10.5 * 3_600_000
    assert [(line.code, line.quantity_e3, line.price_e4, line.row) for line in first.lines] == [
        ("W1", 3000, 25_000, 2),
        ("W2", 2000, 90_000, 3),
        ("W3", 1000, 0, 4),
    ]
    assert (first.recipient.province, first.recipient.county) == ("上海市", "浦东新区")
    assert (first.recipient.name, first.recipient.mobile) == ("王明", "13800000000")


def test_what_was_billed_is_come_to_by_expenses() -> None:
    order = one(
        """
订单编号,日期,客户,总金额,税额,运费,实付金额,商品编码,数量,单价
B1,2023-05-01,甲,10.0049,1.3,5,16,W1,3,3.3333
"""
    )
    assert order.goods_e4 == 100_049
    assert [(one.name, one.amount) for one in order.expenses] == [("税额", 130), ("运费", 500), ("优惠", -30)]
    order = one("订单编号,日期,总金额,商品编码,数量,金额\nB2,2023-05-01,10.01,W1,3,10\n")
    assert [(one.name, one.amount) for one in order.expenses] == [("尾差", 1)]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("2023-05-02,100,0,", "closed"),
        (",0,0,", "cancelled"),
        ("2023-05-02,0,100,", "returned"),
        ("2023-05-02,60,40,", "closed"),
        ("2023-05-02,100,0,交易关闭", "cancelled"),
        ("2023-05-02,100,0,已退货", "returned"),
        ("2023-05-02,100,0,交易成功", "closed"),
    ],
)
def test_what_became_of_it_is_read_from_payment_refund_and_status(row: str, state: str) -> None:
    order = one(f"订单编号,下单时间,总金额,付款时间,实付金额,退款金额,订单状态\nC1,2023-05-01,100,{row}\n")
    assert order.state == state
    assert order.expenses == []


def test_without_a_column_of_payments_nothing_is_called_unpaid() -> None:
    assert one("订单编号,日期,总金额\nC1,2023-05-01,100\n").state == "closed"


def test_days_are_read_as_spreadsheets_write_them() -> None:
    for text in ("2023-05-01", "2023/5/1", "2023年5月1日", "45047", "2023-05-01 00:00:00", "2023.05.01"):
        assert day_on(one(f"订单编号,日期,总金额\nD1,{text},1\n").placed_at) == "2023-05-01", text


@pytest.mark.parametrize(
    ("row", "code", "at"),
    [
        ("E1,,1,,,", "orders.no_such_day", 2),
        ("E1,2023-02-30,1,,,", "orders.no_such_day", 2),
        (",2023-05-01,1,,,", "orders.number_missing", 2),
        ("E1,2023-05-01,一百,,,", "orders.number_wrong", 2),
        ("E1,2023-05-01,-5,,,", "orders.number_wrong", 2),
        ("E1,2023-05-01,,W1,0,1", "orders.quantity_not_positive", 2),
        ("E1,2023-05-01,,W1,x,1", "orders.number_wrong", 2),
        ("E1,2023-05-01,,W1,1,1\n,,,W2,,1", "orders.quantity_not_positive", 3),
        (f"E1,2023-05-01,,{'W' * 61},1,1", "orders.too_long", 2),
        (f"{'E' * 61},2023-05-01,1,,,", "orders.too_long", 2),
    ],
)
def test_an_order_with_something_wrong_is_refused_with_its_row(row: str, code: str, at: int) -> None:
    found = read(f"订单编号,日期,总金额,商品编码,数量,单价\n{row}\nE9,2023-05-01,1,,,\n")
    assert [(note.code, note.row) for note in found.refused] == [(code, at)]
    assert [order.number for order in found.rows] == ["E9"]


def test_a_sheet_of_something_else_is_passed_over() -> None:
    assert read("客户名称,电话\n甲,1\n").skipped_sheets == ["订单.csv"]


def past(number: str, customer: str = "", **fields: Any) -> dict[str, Any]:
    row = {"row": 2, "order_id": new_id(), "number": number, "customer_name": customer}
    return {**row, "placed_at": start_of_day("2023-05-01"), "goods_e4": 1_000_000, **fields}


async def imported(cast: Cast, *rows: dict[str, Any], who: str = "clerk", **fields: Any) -> dict[str, Any]:
    return await cast.done(who, "orders.import_rows", rows=list(rows), **fields)


def counts(told: dict[str, Any]) -> tuple[int, int, int, list[str]]:
    return (
        told["created"],
        told["changed"],
        told["unchanged"],
        [note["code"] for note in told["refused"]],
    )


async def test_what_is_over_binds_nothing(cast: Cast) -> None:
    await make_customer(cast, name="和平便利店")
    (water,) = await make_goods()
    async with db.unit_of_work():
        await db.execute("UPDATE variants SET code = 'W1'")
    line = {"row": 2, "code": "W1", "unit": "箱", "quantity_e3": 2000, "price_e4": 450_000}
    told = await imported(
        cast, past("X1", "和平便利店", lines=[line], goods_e4=None, note="旧"), source="old"
    )
    assert counts(told) == (1, 0, 0, [])
    assert (told["goods_e4"], told["cancelled"]) == (900_000, 0)
    order = await order_of(await db.fetch_value("SELECT id FROM orders"))
    assert (order["number"], order["external_key"], order["state"]) == ("old/X1", "old/X1", "closed")
    assert (order["goods_amount"], order["cost_amount"], order["stated_e4"]) == (9000, 48 * 120, None)
    assert (order["owner_id"], order["territory_id"]) == (cast.people["rep"], cast.territories["north"])
    assert (order["person_id"], order["day_on"], order["month"]) == (
        cast.people["clerk"],
        "2023-05-01",
        "202305",
    )
    (row,) = order["lines"]
    assert (row["variant_id"], row["factor"], row["source"]) == (water, 24, "import")
    assert (row["shipped_e3"], row["reserved_e3"]) == (48_000, 0)
    assert [(move["verb"], move["to_state"]) for move in order["moves"]] == [("import", "closed")]
    assert await db.fetch_value("SELECT count(*) FROM accounts") == 0
    assert await db.fetch_value("SELECT reserved_e3 FROM stocks") == 0
    assert await db.fetch_value("SELECT count(*) FROM stock_movements WHERE kind = 'shipment'") == 0


async def test_the_same_again_changes_nothing_and_what_differs_is_brought_up_to_it(cast: Cast) -> None:
    await make_customer(cast, name="和平便利店")
    await make_goods()
    line = {"row": 2, "name": "矿泉水", "quantity_e3": 2000, "price_e4": 20_000}
    first = past("X1", "和平便利店", lines=[line])
    assert counts(await imported(cast, first)) == (1, 0, 0, [])
    again = {**first, "order_id": new_id()}
    assert counts(await imported(cast, again)) == (0, 0, 1, [])
    for other in (
        {"returned_amount": 400},
        {"returned_amount": 400, "state": "returned"},
        {"returned_amount": 400, "state": "returned", "lines": [{**line, "quantity_e3": 3000}]},
        {"note": "改", "expenses": [{"name": "运费", "amount": 500}], "recipient": {"name": "王"}},
    ):
        assert counts(await imported(cast, {**again, **other})) == (0, 1, 0, []), other
        assert counts(await imported(cast, {**again, **other, "order_id": new_id()})) == (0, 0, 1, []), other
    order = await order_of(first["order_id"])
    assert (order["note"], order["total_amount"], order["returned_amount"]) == ("改", 900, 0)
    assert [line["quantity_e3"] for line in order["lines"]] == [2000]
    assert await db.fetch_value("SELECT count(*) FROM orders") == 1


async def test_what_somebody_moved_here_since_stays(cast: Cast) -> None:
    await make_customer(cast, name="和平便利店")
    await make_goods()
    line = {"row": 2, "name": "矿泉水", "quantity_e3": 2000, "price_e4": 20_000}
    row = past("X1", "和平便利店", lines=[line])
    await imported(cast, row)
    part = (await order_of(row["order_id"]))["lines"][0]
    back = {"return_line_id": new_id(), "line_id": part["id"], "quantity_e3": 1000}
    asked = {"return_id": new_id(), "order_id": row["order_id"], "lines": [back], "reason": "坏"}
    await cast.done("rep", "orders.ask_return", **asked)
    told = await imported(cast, {**row, "note": "x", "order_id": new_id()})
    assert counts(told) == (0, 0, 0, ["orders.changed_since"])
    assert counts(await imported(cast, {**row, "order_id": new_id()})) == (0, 0, 1, [])


async def test_rows_that_cannot_be_taken_are_refused_alone(cast: Cast) -> None:
    await make_customer(cast, name="和平便利店")
    for who in ("rep", "clerk"):
        await make_customer(cast, who, name="同名店", code="")
    await make_goods()
    line = {"row": 7, "code": "nothing", "quantity_e3": 1000, "price_e4": 1}
    good = past("X1", "和平便利店")
    told = await imported(
        cast,
        good,
        past("X2", "没有这家"),
        past("X3", "同名店"),
        past("X4", "和平便利店", lines=[line]),
        past("X5", "和平便利店", lines=[{**line, "code": "", "name": "矿泉水", "unit": "打"}]),
        past("X6"),
        past("X1", "和平便利店", note="又一张"),
        past("X7", "和平便利店", order_id=good["order_id"]),
        past("X8", "和平便利店", owner_name="查无此人", territory_name="North"),
    )
    assert counts(told) == (
        2,
        0,
        0,
        [
            *("customers.unknown", "customers.unknown", "orders.variant_unknown", "orders.unit_unknown"),
            *("customers.unknown", "orders.row_twice", "orders.number_taken"),
        ],
    )
    assert [note["row"] for note in told["refused"]][2:4] == [7, 7]
    assert [(note["code"], note["value"]) for note in told["noticed"]] == [
        ("customers.owner_unknown", "查无此人")
    ]


async def test_who_may_import_and_what_phones_see_of_it(cast: Cast) -> None:
    customer = await make_customer(cast, name="和平便利店")
    now = {"placed_at": start_of_day(day_on((await cast.ctx("clerk")).now))}
    phones = {who: await cast.phone(who) for who in ("rep", "manager", "stranger")}
    for who in ("rep", "manager", "agent", "courier"):
        answer = await cast.do(who, "orders.import_rows", rows=[past("X1", "和平便利店")])
        assert answer.status_code == 403, who
    row = past("X1", **now)
    await imported(cast, row, past("X2", "和平便利店"), who="administrator", customer_id=customer)
    for who, phone in phones.items():
        await assert_stale_equals_fresh(phone)
        expected = set() if who == "stranger" else {row["order_id"]}
        assert set(phone.rows("orders")) == expected, "of this month only"


async def test_a_file_goes_the_whole_way_and_its_sums_are_told(cast: Cast) -> None:
    shop = await make_customer(cast, name="网店")
    text = "订单编号,下单时间,总金额,付款时间,退款金额\n1,2023-05-01,10.5,2023-05-01,0\n2,2023-05-02,3.25,,0\n3,x,1,,\n"
    by = await cast.person("clerk")
    trial = await import_orders(cast.registry, by, text.encode(), "o.csv", customer_id=shop, is_trial=True)
    assert await db.fetch_value("SELECT count(*) FROM orders") == 0
    result = await import_orders(cast.registry, by, text.encode(), "o.csv", customer_id=shop)
    assert (trial.created, result.created, result.cancelled) == (2, 2, 1)
    assert list(in_words(result, kind="orders")) == [
        "2 created, 0 changed, 0 unchanged, 1 refused",
        "  refused: o.csv row 4: orders.no_such_day x",
        "  goods 13.75, returned 0.00, 1 cancelled",
    ]
