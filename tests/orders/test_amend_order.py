"""orders.amend: how an accepted order is changed, and what its history keeps."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.events import on
from roundsman.core.ids import new_id
from roundsman.orders.events import OrderAmended
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.inventory import check_ledger
from tests.make.orders import a_line, make_goods, make_offer, make_order, move, move_to, order_of
from tests.orders.test_review_order import account_of, add_stock, stock_of
from tests.phone import assert_stale_equals_fresh

heard: list[OrderAmended] = []


@on(OrderAmended)
async def _hear(_ctx: Ctx, event: OrderAmended) -> None:
    heard.append(event)


def to(line: dict[str, Any], bottles: int) -> dict[str, Any]:
    return {"line_id": line["line_id"], "quantity_e3": bottles * 1000}


async def test_less_and_more_change_what_is_owed_and_kept(cast: Cast) -> None:
    heard.clear()
    customer = await make_customer(cast)
    water, tea = await make_goods(2, stock_e3=100_000)
    lines = a_line(water, 10), a_line(tea, 5)
    order_id = await make_order(cast, customer, *lines)
    await move(cast, order_id, "review")
    answered = await move(cast, order_id, "amend", lines=[to(lines[0], 4)], reason="店里放不下")
    assert answered == {"state": "reviewed", "goods_amount": 1800, "total_amount": 1800, "short": []}
    assert await account_of(customer) == (1800, 0)
    assert (await stock_of(water), await stock_of(tea)) == ((100_000, 4000), (100_000, 5000))
    answered = await move(cast, order_id, "amend", lines=[to(lines[0], 30), to(lines[1], 0)])
    assert answered["total_amount"] == 6000
    assert await account_of(customer) == (6000, 0)
    assert (await stock_of(water), await stock_of(tea)) == ((100_000, 30_000), (100_000, 0))
    order = await order_of(order_id)
    assert [(line["id"], line["reserved_e3"]) for line in order["lines"]] == [(lines[0]["line_id"], 30_000)]
    assert (order["goods_amount"], order["cost_amount"]) == (6000, 3600)
    first, second = order["moves"][-2:]
    assert (first["verb"], first["reason"], first["from_state"]) == ("amend", "店里放不下", "reviewed")
    assert first["detail"] == {
        "lines": [
            {
                "line_id": lines[0]["line_id"],
                "name": "矿泉水",
                "unit": "瓶",
                "quantity_before_e3": 10_000,
                "quantity_after_e3": 4000,
                "price_before_e4": 20_000,
                "price_after_e4": 20_000,
                "amount_before": 2000,
                "amount_after": 800,
            }
        ],
        "total_before": 3000,
        "total_after": 1800,
    }
    assert [
        (told["quantity_before_e3"], told["quantity_after_e3"]) for told in second["detail"]["lines"]
    ] == [
        (4000, 30_000),
        (5000, 0),
    ]
    assert [(event.total_before, event.total_amount) for event in heard] == [(3000, 1800), (1800, 6000)]
    await check_ledger()
    owed = await db.fetch("SELECT amount, source_table FROM receivable_items ORDER BY id")
    assert [(row["amount"], row["source_table"]) for row in owed] == [
        (3000, "orders"),
        (-1200, "order_moves"),
        (4200, "order_moves"),
    ]


async def test_a_changed_line_is_priced_again_by_the_orders_day_and_the_others_keep_theirs(
    cast: Cast,
) -> None:
    customer = await make_customer(cast)
    water, tea = await make_goods(2)
    breaks = [[0, 20_000], [20_000, 18_000]]
    await make_offer(water, 20_000, customer_id=customer, breaks=breaks)
    lines = a_line(water, 10), a_line(tea, 5)
    order_id = await make_order(cast, customer, *lines)
    await move(cast, order_id, "review")
    async with db.unit_of_work():
        await db.execute("UPDATE variants SET price_e4 = 90000, cost_e4 = 50000")
    await move(cast, order_id, "amend", lines=[to(lines[0], 20), to(lines[1], 5)])
    order = await order_of(order_id)
    assert [(line["price_e4"], line["amount"], line["cost_e4"]) for line in order["lines"]] == [
        (18_000, 3600, 12_000),
        (20_000, 1000, 12_000),
    ]
    assert [told["line_id"] for told in order["moves"][-1]["detail"]["lines"]] == [lines[0]["line_id"]]


async def test_gifts_follow_their_line(cast: Cast) -> None:
    customer = await make_customer(cast)
    water, cup = await make_goods(2)
    gift = {"every_e3": 10_000, "variant_id": cup, "unit": "瓶", "quantity_e3": 1000}
    await make_offer(water, 20_000, customer_id=customer, gifts=[gift])
    lines = a_line(water, 30), a_line(cup, 1)
    order_id = await make_order(cast, customer, *lines)
    await move(cast, order_id, "review")
    assert (await stock_of(cup))[1] == 4000
    await move(cast, order_id, "amend", lines=[to(lines[0], 10)])
    order = await order_of(order_id)
    assert [(bool(line["is_gift"]), line["quantity_e3"], line["position"]) for line in order["lines"]] == [
        (False, 10_000, 0),
        (True, 1000, 1),
        (False, 1000, 2),
    ]
    assert (await stock_of(cup))[1] == 2000
    await move(cast, order_id, "amend", lines=[to(lines[0], 0)])
    assert [line["id"] for line in (await order_of(order_id))["lines"]] == [lines[1]["line_id"]]
    assert ((await stock_of(water))[1], (await stock_of(cup))[1]) == (0, 1000)
    await check_ledger()


async def test_an_amended_order_waits_for_what_it_lacks_and_no_longer_for_what_it_has(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods(stock_e3=20_000)
    line = a_line(water, 10)
    order_id = await make_order(cast, customer, line)
    await move_to(cast, order_id, "allocated")
    answered = await move(cast, order_id, "amend", lines=[to(line, 25)])
    assert (answered["state"], answered["short"][0]["missing_e3"]) == ("awaiting_purchase", 5000)
    assert (await order_of(order_id))["short_count"] == 1
    assert (await move(cast, order_id, "amend", lines=[to(line, 20)]))["state"] == "reviewed"
    await move(cast, order_id, "amend", lines=[to(line, 25)])
    await add_stock(water, 5000)
    assert await move(cast, order_id, "allocate") == {"state": "allocated"}


async def test_note_and_recipient_change_alone(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    order_id = await make_order(cast, customer, a_line(water), note="旧", recipient={"name": "甲"})
    await move_to(cast, order_id, "allocated")
    answered = await move(cast, order_id, "amend", note=" 新 ", recipient={"name": "乙", "city": "上海市"})
    assert (answered["state"], answered["total_amount"]) == ("allocated", 2000)
    order = await order_of(order_id)
    assert (order["note"], order["recipient"]["name"], order["recipient"]["city"]) == ("新", "乙", "上海市")
    told = order["moves"][-1]["detail"]
    assert (told["note_before"], told["note_after"], told["recipient_before"]["name"]) == ("旧", "新", "甲")
    assert "total_before" not in told
    assert await db.fetch_value("SELECT count(*) FROM receivable_items") == 1


async def test_before_the_review_it_changes_what_is_committed(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods(stock_e3=0)
    line = a_line(water, 10)
    order_id = await make_order(cast, customer, line)
    for bottles in (15, 3):
        answered = await move(cast, order_id, "amend", lines=[to(line, bottles)])
        assert (answered["state"], answered["short"]) == ("submitted", [])
        assert await account_of(customer) == (0, bottles * 200)


async def test_terms_that_refuse_refuse_more(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    line = a_line(water, 10)
    order_id = await make_order(cast, customer, line)
    await move(cast, order_id, "review")
    async with db.unit_of_work():
        await db.execute("UPDATE accounts SET credit_limit = 3000, policy = 'refuse'")
    await move(cast, order_id, "amend", lines=[to(line, 15)])
    args = {"order_id": order_id, "expect": "reviewed", "lines": [to(line, 16)]}
    answer = await cast.do("clerk", "orders.amend", **args)
    assert (answer.status_code, answer.json()["code"]) == (409, "receivables.over_credit")
    assert await account_of(customer) == (3000, 0)
    await move(cast, order_id, "amend", lines=[to(line, 1)])


@pytest.mark.parametrize(
    ("lines", "code", "field"),
    [
        ([{"line_id": new_id(), "quantity_e3": 1000}], "orders.line_unknown", "lines[0].line_id"),
        ("all away", "orders.no_lines", "lines"),
        ([{"line_id": new_id(), "quantity_e3": -1}], "invalid", "lines[0].quantity_e3"),
    ],
)
async def test_what_is_refused(cast: Cast, lines: Any, code: str, field: str) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    line = a_line(water)
    order_id = await make_order(cast, customer, line)
    await move(cast, order_id, "review")
    wanted = [to(line, 0)] if lines == "all away" else lines
    answer = await cast.do("clerk", "orders.amend", order_id=order_id, expect="reviewed", lines=wanted)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["details"]["field"] == field
    assert len((await order_of(order_id))["moves"]) == 2


async def test_who_may_amend_and_a_stale_phone_gets_level(cast: Cast) -> None:
    customer = await make_customer(cast)
    water, tea = await make_goods(2)
    lines = a_line(water, 10), a_line(tea, 5)
    order_id = await make_order(cast, customer, *lines)
    phone = await cast.phone("rep")
    for who, status in (
        ("rep", 403),
        ("agent", 403),
        ("courier", 403),
        ("administrator", 403),
        ("manager", 200),
    ):
        args = {"order_id": order_id, "expect": "submitted", "lines": [to(lines[1], 0)]}
        assert (await cast.do(who, "orders.amend", **args)).status_code == status, who
    await assert_stale_equals_fresh(phone)
    assert set(phone.rows("order_lines")) == {lines[0]["line_id"]}
