"""The moves of an order's life through the door: every verb from every state, who may, and what each leaves behind."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.events import on
from roundsman.core.ids import new_id
from roundsman.orders.events import OrderMoved, OrderShipped
from roundsman.orders.rules import MOVES, State
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.inventory import check_ledger
from tests.make.orders import a_line, make_goods, make_order, move, move_to, order_of
from tests.phone import assert_stale_equals_fresh

heard: list[Any] = []
WITHOUT_STATE = {"save_draft", "discard_draft", "ask_return", "receive_return", "refuse_return"}
"""Verbs that are no answer to the state the person saw; their own tests see what they refuse."""


@on(OrderMoved)
@on(OrderShipped)
async def _hear(_ctx: Ctx, event: object) -> None:
    heard.append(event)


async def put_into(order_id: str, state: str) -> None:
    async with db.unit_of_work():
        await db.execute("UPDATE orders SET state = $2 WHERE id = $1", order_id, state)


async def test_an_order_goes_its_whole_way(cast: Cast) -> None:
    heard.clear()
    customer = await make_customer(cast)
    (water,) = await make_goods(stock_e3=100_000)
    order_id = await make_order(cast, customer, a_line(water, 10))
    await move_to(cast, order_id, "allocated")
    await move(cast, order_id, "pack", "courier", reason="两箱")
    assert await move(cast, order_id, "ship", "courier") == {"state": "shipped"}
    order = await order_of(order_id)
    assert [(line["reserved_e3"], line["shipped_e3"]) for line in order["lines"]] == [(0, 10_000)]
    stock = await db.fetch_one("SELECT on_hand_e3, reserved_e3 FROM stocks")
    assert stock == {"on_hand_e3": 90_000, "reserved_e3": 0}
    gone = await db.fetch_one("SELECT * FROM stock_movements WHERE kind = 'shipment'")
    assert gone is not None
    assert (gone["quantity_e3"], gone["source_table"], gone["source_id"]) == (-10_000, "orders", order_id)
    await move(cast, order_id, "sign", "courier")
    await move(cast, order_id, "close", "clerk")
    order = await order_of(order_id)
    assert [(one["verb"], one["to_state"], one["mover_id"]) for one in order["moves"]] == [
        ("place", "submitted", cast.people["rep"]),
        ("review", "reviewed", cast.people["clerk"]),
        ("allocate", "allocated", cast.people["clerk"]),
        ("pack", "packed", cast.people["courier"]),
        ("ship", "shipped", cast.people["courier"]),
        ("sign", "signed", cast.people["courier"]),
        ("close", "closed", cast.people["clerk"]),
    ]
    assert order["moves"][3]["reason"] == "两箱"
    assert order["version"] == 7
    shipped = [event for event in heard if isinstance(event, OrderShipped)]
    assert [event.order_id for event in shipped] == [order_id]
    moved = [(event.verb, event.to_state) for event in heard if isinstance(event, OrderMoved)]
    assert moved[-1] == ("close", "closed")
    await check_ledger()


async def test_an_illegal_move_is_refused_with_the_present_state(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    order_id = await make_order(cast, customer, a_line(water))
    refused = 0
    for verb, way in MOVES.items():
        if verb in WITHOUT_STATE:
            continue
        for state in State:
            if state in way.from_states:
                continue
            await put_into(order_id, state)
            who = "manager" if verb in ("submit", "amend") else "clerk"
            answer = await cast.do(who, f"orders.{verb}", order_id=order_id, expect=state)
            body = answer.json()
            assert (answer.status_code, body["code"]) == (409, "orders.wrong_state"), (verb, state, body)
            assert body["details"]["state"] == state
            refused += 1
    assert refused > 60


async def test_a_move_from_a_state_that_is_past_is_refused_with_the_present_one(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    order_id = await make_order(cast, customer, a_line(water))
    await move_to(cast, order_id, "allocated")
    for verb, expect in (("review", "submitted"), ("cancel", "reviewed"), ("ship", "packed")):
        answer = await cast.do("clerk", f"orders.{verb}", order_id=order_id, expect=expect)
        body = answer.json()
        assert (answer.status_code, body["code"]) == (409, "orders.stale"), verb
        assert body["details"] == {"order_id": order_id, "state": "allocated"}
    answer = await cast.do("clerk", "orders.ship", order_id=order_id, expect="somewhere")
    assert (answer.status_code, answer.json()["details"]["field"]) == (422, "expect")


async def test_an_order_that_is_not_there_or_not_ones_own_is_the_same(cast: Cast) -> None:
    customer = await make_customer(cast, "stranger", "west")
    (water,) = await make_goods()
    order_id = await make_order(cast, customer, a_line(water), who="stranger")
    for verb, way in MOVES.items():
        if verb in WITHOUT_STATE:
            continue
        for sought in (order_id, new_id()):
            answer = await cast.do("manager", f"orders.{verb}", order_id=sought, expect="submitted")
            expected = 404 if way.permission in cast.registry.permissions_of(["manager"]) else 403
            assert answer.status_code == expected, (verb, answer.text)


async def test_a_courier_moves_what_is_in_the_warehouse_only(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    order_id = await make_order(cast, customer, a_line(water))
    answer = await cast.do("courier", "orders.pack", order_id=order_id, expect="submitted")
    assert (answer.status_code, answer.json()["code"]) == (404, "orders.unknown")
    await move_to(cast, order_id, "allocated")
    assert await move(cast, order_id, "pack", "courier") == {"state": "packed"}
    for verb in ("ship", "sign"):
        await move(cast, order_id, verb, "courier")
    answer = await cast.do("courier", "orders.sign", order_id=order_id, expect="signed")
    assert (answer.status_code, answer.json()["code"]) == (404, "orders.unknown")


@pytest.mark.parametrize("who", ["rep", "manager"])
async def test_a_stale_phone_gets_level(cast: Cast, who: str) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    order_id = await make_order(cast, customer, a_line(water))
    phone = await cast.phone(who)
    await move_to(cast, order_id, "signed")
    await assert_stale_equals_fresh(phone)
    assert phone.rows("orders")[order_id]["state"] == "signed"
    assert [row["shipped_e3"] for row in phone.rows("order_lines").values()] == [10_000]
