"""orders.ask_return, orders.receive_return, orders.refuse_return: goods that come back."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.events import on
from roundsman.core.ids import new_id
from roundsman.orders.events import OrderReturned
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.inventory import check_ledger
from tests.make.orders import a_line, make_agent, make_goods, make_offer, make_order, move_to, order_of
from tests.orders.test_review_order import account_of, stock_of
from tests.phone import assert_stale_equals_fresh

heard: list[OrderReturned] = []


@on(OrderReturned)
async def _hear(_ctx: Ctx, event: OrderReturned) -> None:
    heard.append(event)


def of(line: dict[str, Any], quantity_e3: int) -> dict[str, Any]:
    return {"return_line_id": new_id(), "line_id": line["line_id"], "quantity_e3": quantity_e3}


def a_return(order_id: str, *lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"return_id": new_id(), "order_id": order_id, "lines": list(lines), "reason": "破损", **fields}


async def shipped(
    cast: Cast, customer: str, *lines: dict[str, Any], state: str = "shipped", who: str = "rep"
) -> str:
    order_id = await make_order(cast, customer, *lines, who=who)
    await move_to(cast, order_id, state)
    return order_id


async def test_goods_come_back_into_stock_and_off_the_debt(cast: Cast) -> None:
    heard.clear()
    customer = await make_customer(cast)
    (water,) = await make_goods(stock_e3=100_000)
    line = a_line(water, 2, unit="箱", price_e4=480_000)
    order_id = await shipped(cast, customer, line)
    asked = a_return(order_id, of(line, 1000))
    assert await cast.done("rep", "orders.ask_return", **asked) == {"amount": 4800}
    assert await account_of(customer) == (9600, 0), "nothing is credited before the goods are there"
    answered = await cast.done("clerk", "orders.receive_return", return_id=asked["return_id"], reason="验过")
    assert answered == {"amount": 4800, "state": "shipped"}
    assert await account_of(customer) == (4800, 0)
    assert await stock_of(water) == (76_000, 0)
    order = await order_of(order_id)
    assert (order["returned_amount"], order["lines"][0]["returned_e3"]) == (4800, 24_000)
    assert [move["verb"] for move in order["moves"]][-2:] == ["ask_return", "receive_return"]
    row = await db.fetch_one("SELECT * FROM order_returns")
    assert row is not None
    assert (row["state"], row["asked_by"], row["decided_by"]) == (
        "received",
        cast.people["rep"],
        cast.people["clerk"],
    )
    assert (row["reason"], row["decision_reason"], row["amount"]) == ("破损", "验过", 4800)
    rest = a_return(order_id, of(line, 1000))
    await cast.done("rep", "orders.ask_return", **rest)
    answered = await cast.done("clerk", "orders.receive_return", return_id=rest["return_id"])
    assert answered == {"amount": 4800, "state": "returned"}
    assert await account_of(customer) == (0, 0)
    assert [(event.amount, event.is_whole) for event in heard] == [(4800, False), (4800, True)]
    await check_ledger()


async def test_parts_add_up_to_what_the_line_had_cost(cast: Cast) -> None:
    customer = await make_customer(cast)
    (thing,) = await make_goods(packs=[{"unit": "瓶", "factor": 1}])
    await make_offer(thing, 33_333, customer_id=customer)
    line = a_line(thing, 3, price_e4=33_333)
    order_id = await shipped(cast, customer, line, state="closed")
    assert (await order_of(order_id))["total_amount"] == 1000
    amounts = []
    for _ in range(3):
        asked = a_return(order_id, of(line, 1000))
        await cast.done("rep", "orders.ask_return", **asked)
        received = await cast.done("clerk", "orders.receive_return", return_id=asked["return_id"])
        amounts.append(received["amount"])
    assert amounts == [333, 334, 333]
    assert await account_of(customer) == (0, 0)
    assert (await order_of(order_id))["state"] == "returned"


async def test_gifts_come_back_for_nothing(cast: Cast) -> None:
    customer = await make_customer(cast)
    water, cup = await make_goods(2)
    gift = {"every_e3": 10_000, "variant_id": cup, "unit": "瓶", "quantity_e3": 1000}
    await make_offer(water, 20_000, customer_id=customer, gifts=[gift])
    line = a_line(water, 10)
    order_id = await shipped(cast, customer, line)
    free = (await order_of(order_id))["lines"][1]
    asked = a_return(order_id, of(line, 10_000), of({"line_id": free["id"]}, 1000))
    assert await cast.done("rep", "orders.ask_return", **asked) == {"amount": 2000}
    received = await cast.done("clerk", "orders.receive_return", return_id=asked["return_id"])
    assert received == {"amount": 2000, "state": "returned"}


async def test_no_more_comes_back_than_left(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    line = a_line(water, 10)
    order_id = await shipped(cast, customer, line)
    await cast.done("rep", "orders.ask_return", **a_return(order_id, of(line, 4000)))
    answer = await cast.do("rep", "orders.ask_return", **a_return(order_id, of(line, 7000)))
    assert (answer.status_code, answer.json()["code"]) == (422, "orders.more_than_left")
    assert answer.json()["details"]["left_e3"] == 6000
    twice = a_return(order_id, of(line, 4000), of(line, 3000))
    answer = await cast.do("rep", "orders.ask_return", **twice)
    assert answer.json()["details"]["field"] == "lines[1].quantity_e3"
    exact = a_return(order_id, of(line, 4000), of(line, 2000))
    assert await cast.done("rep", "orders.ask_return", **exact) == {"amount": 1200}


async def test_a_refused_return_changes_nothing_but_itself(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods(stock_e3=100_000)
    line = a_line(water, 10)
    order_id = await shipped(cast, customer, line)
    asked = a_return(order_id, of(line, 10_000))
    await cast.done("rep", "orders.ask_return", **asked)
    answer = await cast.do("clerk", "orders.refuse_return", return_id=asked["return_id"], reason=" ")
    assert (answer.status_code, answer.json()["code"]) == (422, "orders.reason_missing")
    await cast.done("clerk", "orders.refuse_return", return_id=asked["return_id"], reason="已拆封")
    assert (await account_of(customer), await stock_of(water)) == ((2000, 0), (90_000, 0))
    for verb in ("refuse_return", "receive_return"):
        answer = await cast.do("clerk", f"orders.{verb}", return_id=asked["return_id"], reason="再看")
        assert (answer.status_code, answer.json()["code"]) == (409, "orders.return_decided")
        assert answer.json()["details"]["state"] == "refused"
    await cast.done("rep", "orders.ask_return", **a_return(order_id, of(line, 10_000)))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reason": "  "}, "orders.reason_missing"),
        (
            {"lines": [{"return_line_id": new_id(), "line_id": new_id(), "quantity_e3": 1}]},
            "orders.line_unknown",
        ),
        ({"lines": []}, "invalid"),
    ],
)
async def test_what_is_refused(cast: Cast, fields: dict[str, Any], code: str) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    line = a_line(water)
    order_id = await shipped(cast, customer, line)
    answer = await cast.do("rep", "orders.ask_return", **a_return(order_id, of(line, 1000)) | fields)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_return_is_there_once(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    line = a_line(water)
    order_id = await shipped(cast, customer, line)
    asked = a_return(order_id, of(line, 1000))
    await cast.done("rep", "orders.ask_return", **asked)
    for again in (asked, {**asked, "return_id": new_id()}):
        answer = await cast.do("rep", "orders.ask_return", **again)
        assert (answer.status_code, answer.json()["code"]) == (409, "orders.return_already_there")
    doubled = of(line, 1000)
    answer = await cast.do("rep", "orders.ask_return", **a_return(order_id, doubled, doubled))
    assert (answer.status_code, answer.json()["code"]) == (422, "orders.line_twice")


async def test_who_may_ask_and_who_decides(cast: Cast) -> None:
    customer, own = await make_customer(cast), await make_agent(cast)
    (water,) = await make_goods()
    line, other = a_line(water), a_line(water)
    order_id, his = await shipped(cast, customer, line), await shipped(cast, own, other, who="agent")
    for who in ("stranger", "other_rep", "agent"):
        answer = await cast.do(who, "orders.ask_return", **a_return(order_id, of(line, 1000)))
        assert (answer.status_code, answer.json()["code"]) == (404, "orders.unknown"), who
    asked = a_return(his, of(other, 1000))
    await cast.done("agent", "orders.ask_return", **asked)
    phones = {who: await cast.phone(who) for who in ("agent", "rep", "manager")}
    for who in ("rep", "agent", "courier", "administrator"):
        for verb in ("receive_return", "refuse_return"):
            args = {"return_id": asked["return_id"], "reason": "x"}
            assert (await cast.do(who, f"orders.{verb}", **args)).status_code == 403, who
    answer = await cast.do("manager", "orders.receive_return", return_id=new_id())
    assert (answer.status_code, answer.json()["code"]) == (404, "orders.return_unknown")
    await cast.done("manager", "orders.receive_return", return_id=asked["return_id"])
    for who, phone in phones.items():
        await assert_stale_equals_fresh(phone)
        assert set(phone.rows("order_returns")) == (set() if who == "rep" else {asked["return_id"]}), who
        assert len(phone.rows("order_return_lines")) == len(phone.rows("order_returns"))
