"""orders.review, orders.allocate and orders.cancel: what is owed and kept for an order from when it is accepted."""

from __future__ import annotations

from typing import Any

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.events import on
from roundsman.orders.events import OrderCancelled, OrderReviewed
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.inventory import check_ledger
from tests.make.orders import (
    a_line,
    make_agent,
    make_goods,
    make_offer,
    make_order,
    make_warehouse,
    move,
    move_to,
    order_of,
)
from tests.phone import assert_stale_equals_fresh

heard: list[Any] = []


@on(OrderReviewed)
@on(OrderCancelled)
async def _hear(_ctx: Ctx, event: object) -> None:
    heard.append(event)


async def account_of(customer_id: str) -> tuple[int, int]:
    """Debt and what is committed."""
    row = await db.fetch_one("SELECT debt, committed FROM accounts WHERE id = $1", customer_id)
    assert row is not None
    return row["debt"], row["committed"]


async def stock_of(variant_id: str) -> tuple[int, int]:
    """What is on hand and reserved."""
    row = await db.fetch_one("SELECT on_hand_e3, reserved_e3 FROM stocks WHERE variant_id = $1", variant_id)
    assert row is not None
    return row["on_hand_e3"], row["reserved_e3"]


async def add_stock(variant_id: str, quantity_e3: int) -> None:
    async with db.unit_of_work():
        await db.execute(
            "UPDATE stocks SET on_hand_e3 = on_hand_e3 + $2 WHERE variant_id = $1", variant_id, quantity_e3
        )


async def test_an_accepted_order_is_owed_and_its_goods_are_kept(cast: Cast) -> None:
    heard.clear()
    customer = await make_customer(cast)
    (water,) = await make_goods(stock_e3=100_000)
    order_id = await make_order(
        cast, customer, a_line(water, 10), a_line(water, 2, unit="箱", price_e4=480_000)
    )
    assert await account_of(customer) == (0, 11_600)
    assert await move(cast, order_id, "review") == {"state": "reviewed", "short": []}
    assert await account_of(customer) == (11_600, 0)
    assert await stock_of(water) == (100_000, 58_000)
    order = await order_of(order_id)
    assert [line["reserved_e3"] for line in order["lines"]] == [10_000, 48_000]
    assert order["warehouse_id"] == await make_warehouse()
    item = await db.fetch_one("SELECT * FROM receivable_items")
    assert item is not None
    assert (item["source_table"], item["source_id"], item["number"]) == ("orders", order_id, order["number"])
    assert (item["amount"], item["day_on"]) == (11_600, order["day_on"])
    await check_ledger()
    (event,) = heard
    assert (event.order_id, event.total_amount, event.short_count) == (order_id, 11_600, 0)


async def test_what_there_is_not_enough_of_waits_to_be_bought(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods(stock_e3=30_000)
    (tea,) = await make_goods(stock_e3=0)
    lines = (a_line(water, 1, unit="箱", price_e4=480_000), a_line(water, 10), a_line(tea, 3))
    order_id = await make_order(cast, customer, *lines)
    answered = await move(cast, order_id, "review")
    assert answered["state"] == "awaiting_purchase"
    assert [(line["line_id"], line["missing_e3"]) for line in answered["short"]] == [
        (lines[1]["line_id"], 4000),
        (lines[2]["line_id"], 3000),
    ]
    order = await order_of(order_id)
    assert (order["state"], order["short_count"]) == ("awaiting_purchase", 2)
    assert await stock_of(water) == (30_000, 30_000)
    answer = await cast.do("clerk", "orders.allocate", order_id=order_id, expect="awaiting_purchase")
    assert (answer.status_code, answer.json()["code"]) == (409, "orders.short")
    assert [line["missing_e3"] for line in answer.json()["details"]["lines"]] == [4000, 3000]
    await add_stock(water, 10_000)
    await add_stock(tea, 3000)
    assert await move(cast, order_id, "allocate") == {"state": "allocated"}
    order = await order_of(order_id)
    assert order["short_count"] == 0
    assert [line["reserved_e3"] for line in order["lines"]] == [24_000, 10_000, 3000]


async def test_goods_go_to_who_was_accepted_first(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods(stock_e3=15_000)
    first, second = [await make_order(cast, customer, a_line(water, 10)) for _ in range(2)]
    assert (await move(cast, second, "review"))["state"] == "reviewed"
    answered = await move(cast, first, "review")
    assert (answered["state"], answered["short"][0]["missing_e3"]) == ("awaiting_purchase", 5000)
    await move(cast, second, "cancel")
    assert await move(cast, first, "allocate") == {"state": "allocated"}
    assert await stock_of(water) == (15_000, 10_000)
    await check_ledger()


async def test_a_held_order_is_accepted_by_somebody_who_saw_why(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    await make_offer(water, 25_000, customer_id=customer)
    policy = {"tolerance_permille": 0, "on_difference": "hold", "list_age_days": 7}
    await cast.done("administrator", "orders.set_policy", **policy)
    order_id = await make_order(cast, customer, a_line(water, 10))
    answer = await cast.do("clerk", "orders.review", order_id=order_id, expect="submitted")
    assert (answer.status_code, answer.json()["code"]) == (409, "orders.held")
    assert answer.json()["details"]["holds"] == ["orders.price_changed"]
    assert await account_of(customer) == (0, 2500)
    await move(cast, order_id, "review", accept_holds=True, reason="老客户")
    order = await order_of(order_id)
    assert (order["state"], order["hold_codes"]) == ("reviewed", [])
    assert (order["moves"][-1]["reason"], order["moves"][-1]["detail"]) == (
        "老客户",
        {"accepted": ["orders.price_changed"]},
    )


async def test_nothing_is_reviewed_without_a_warehouse(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    async with db.unit_of_work():
        await db.execute("UPDATE warehouses SET is_default = $1", False)
    order_id = await make_order(cast, customer, a_line(water))
    answer = await cast.do("clerk", "orders.review", order_id=order_id, expect="submitted")
    assert (answer.status_code, answer.json()["code"]) == (409, "inventory.no_warehouse")
    assert (await order_of(order_id))["state"] == "submitted"


async def test_who_may_review(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    for who, status in (
        ("rep", 403),
        ("agent", 403),
        ("courier", 403),
        ("administrator", 403),
        ("manager", 200),
    ):
        order_id = await make_order(cast, customer, a_line(water))
        answer = await cast.do(who, "orders.review", order_id=order_id, expect="submitted")
        assert answer.status_code == status, who
    west = await make_customer(cast, "stranger", "west")
    order_id = await make_order(cast, west, a_line(water), who="stranger")
    answer = await cast.do("manager", "orders.review", order_id=order_id, expect="submitted")
    assert (answer.status_code, answer.json()["code"]) == (404, "orders.unknown")


async def test_a_cancelled_order_gives_everything_back(cast: Cast) -> None:
    heard.clear()
    customer = await make_customer(cast)
    (water,) = await make_goods(stock_e3=100_000)
    for state in ("submitted", "reviewed", "allocated", "packed"):
        order_id = await make_order(cast, customer, a_line(water, 10))
        if state != "submitted":
            await move_to(cast, order_id, state)
        assert await move(cast, order_id, "cancel", reason="客户不要了") == {"state": "cancelled"}
        assert await account_of(customer) == (0, 0), state
        assert await stock_of(water) == (100_000, 0), state
        order = await order_of(order_id)
        assert [line["reserved_e3"] for line in order["lines"]] == [0]
        assert (order["moves"][-1]["verb"], order["moves"][-1]["from_state"]) == ("cancel", state)
        assert isinstance(heard[-1], OrderCancelled)
        assert heard[-1].was_owed is (state != "submitted")
    await check_ledger()
    assert await db.fetch_value("SELECT sum(amount) FROM receivable_items") == 0
    assert await db.fetch_value("SELECT count(*) FROM receivable_items WHERE open_amount <> 0") == 0


async def test_rep_and_agent_cancel_until_the_order_is_accepted(cast: Cast) -> None:
    customer, own = await make_customer(cast), await make_agent(cast)
    (water,) = await make_goods()
    for who, whose in (("rep", customer), ("agent", own)):
        early, late = [await make_order(cast, whose, a_line(water), who=who) for _ in range(2)]
        assert await move(cast, early, "cancel", who) == {"state": "cancelled"}
        await move(cast, late, "review")
        answer = await cast.do(who, "orders.cancel", order_id=late, expect="reviewed")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), who


async def test_a_stale_phone_gets_level(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods(stock_e3=5000)
    order_id = await make_order(cast, customer, a_line(water, 10))
    phones = [await cast.phone(who) for who in ("rep", "manager")]
    await move(cast, order_id, "review")
    for phone in phones:
        await assert_stale_equals_fresh(phone)
        assert phone.rows("orders")[order_id]["state"] == "awaiting_purchase"
        assert [row["reserved_e3"] for row in phone.rows("order_lines").values()] == [5000]
        assert {row["verb"] for row in phone.rows("order_moves").values()} == {"place", "review"}
    await move(cast, order_id, "cancel")
    for phone in phones:
        await assert_stale_equals_fresh(phone)
