"""inventory.receive and inventory.adjust: goods come in, and the books are put right."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.inventory.commands import receive, reserve
from roundsman.inventory.commands.goods import Receive, ReceivedLine
from tests.cast import Cast
from tests.make.catalog import make_variant
from tests.make.inventory import check_ledger, make_stock, make_warehouse, receipt
from tests.phone import assert_stale_equals_fresh


async def on_hand() -> dict[str, int]:
    return {row["variant_id"]: row["on_hand_e3"] for row in await db.fetch("SELECT * FROM stocks")}


async def cost_of(variant_id: str) -> int:
    return int(await db.fetch_value("SELECT cost_e4 FROM variants WHERE id = $1", variant_id))


async def test_receive_takes_packs_in_and_remembers_the_last_cost(cast: Cast) -> None:
    warehouse_id, water, tea = await make_warehouse(cast), await make_variant(cast), await make_variant(cast)
    phone, agent = await cast.phone("rep"), await cast.phone("agent")
    lines = [
        {"variant_id": water, "unit": "箱", "quantity_e3": 2_500, "cost_e4": 350_000},
        {"variant_id": tea, "unit": "瓶", "quantity_e3": 7_000},
        {"variant_id": water, "unit": "瓶", "quantity_e3": 1_000, "cost_e4": 15_001},
    ]
    args = {"receipt_id": new_id(), "warehouse_id": warehouse_id, "lines": lines, "reason": " 采购单 7 "}
    await cast.done("clerk", "inventory.receive", **args)
    assert await on_hand() == {water: 61_000, tea: 7_000}
    assert (await cost_of(water), await cost_of(tea)) == (15_001, 0)
    moved = await db.fetch("SELECT quantity_e3, cost_e4, reason FROM stock_movements ORDER BY variant_id, at")
    # ¥35.00 a case of 24: ¥1.4583 a bottle.
    assert {(row["quantity_e3"], row["cost_e4"]) for row in moved} == {
        (60_000, 14_583),
        (1_000, 15_001),
        (7_000, None),
    }
    assert {row["reason"] for row in moved} == {"采购单 7"}
    await check_ledger()
    again = await cast.do("clerk", "inventory.receive", **args)
    assert (again.status_code, again.json()["code"]) == (409, "inventory.already_there")
    assert await on_hand() == {water: 61_000, tea: 7_000}
    for one in (phone, agent):
        await one.sync()
        await assert_stale_equals_fresh(one)
    assert phone.rows("stocks")[f"{warehouse_id}:{water}"] == {
        "id": f"{warehouse_id}:{water}",
        "warehouse_id": warehouse_id,
        "variant_id": water,
        "on_hand_e3": 61_000,
        "reserved_e3": 0,
    }
    assert (agent.rows("stocks"), agent.rows("warehouses")) == ({}, {}), "an agent sees no stock"
    assert not any("cost" in field for row in phone.rows("variants").values() for field in row)


@pytest.mark.parametrize(
    ("who", "change", "code"),
    [
        ("rep", {}, "forbidden"),
        ("manager", {}, "forbidden"),
        ("clerk", {"warehouse_id": new_id()}, "inventory.warehouse_unknown"),
        ("clerk", {"lines": []}, "invalid"),
        ("clerk", {"line": {"quantity_e3": 0}}, "invalid"),
        ("clerk", {"line": {"quantity_e3": -5}}, "invalid"),
        ("clerk", {"line": {"cost_e4": -1}}, "invalid"),
        ("clerk", {"line": {"unit": "吨"}}, "inventory.unit_unknown"),
        ("clerk", {"line": {"variant_id": new_id()}}, "inventory.variant_unknown"),
    ],
)
async def test_receive_refuses(cast: Cast, who: str, change: dict[str, Any], code: str) -> None:
    warehouse_id, variant_id = await make_warehouse(cast), await make_variant(cast)
    args = receipt(warehouse_id, variant_id, 1_000)
    args["lines"].append({**args["lines"][0], **change.get("line", {})})
    wrong = {name: value for name, value in change.items() if name != "line"}
    answer = await cast.do(who, "inventory.receive", **{**args, **wrong})
    assert answer.json()["code"] == code
    assert await db.fetch_value("SELECT count(*) FROM stock_movements") == 0
    assert await db.fetch_value("SELECT count(*) FROM stocks") == 0


async def test_receive_into_a_warehouse_that_was_put_away(cast: Cast) -> None:
    await make_warehouse(cast)
    closed = await make_warehouse(cast, name="旧仓", is_active=False)
    answer = await cast.do("clerk", "inventory.receive", **receipt(closed, await make_variant(cast), 1_000))
    assert answer.json()["code"] == "inventory.warehouse_unknown"


async def test_of_one_receipt_taken_in_twice_at_once_one_counts(cast: Cast) -> None:
    ctx = await cast.ctx("clerk")
    warehouse_id, water, tea = await make_warehouse(cast), await make_variant(cast), await make_variant(cast)
    receipt_id = new_id()

    async def take(variant_id: str) -> str:
        line = ReceivedLine(variant_id=variant_id, unit="瓶", quantity_e3=1_000)
        try:
            async with db.unit_of_work():
                await receive(ctx, Receive(receipt_id=receipt_id, warehouse_id=warehouse_id, lines=[line]))
        except Exception as error:
            return "second" if db.is_unique_violation(error) or "already_there" in str(error) else repr(error)
        return "first"

    told = await asyncio.gather(*(db.start_task(take(one)) for one in (water, tea) * 3))
    assert sorted(told) == ["first", *["second"] * 5]
    assert sum((await on_hand()).values()) == 1_000
    await check_ledger()


async def test_receive_refuses_more_than_a_number_holds(cast: Cast) -> None:
    warehouse_id, variant_id = await make_warehouse(cast), await make_variant(cast)
    adjustment = {"warehouse_id": warehouse_id, "variant_id": variant_id, "reason": "盘点"}
    most = 2**53 - 1
    await cast.done("clerk", "inventory.adjust", adjustment_id=new_id(), change_e3=most, **adjustment)
    answer = await cast.do("clerk", "inventory.receive", **receipt(warehouse_id, variant_id, 1))
    assert (answer.status_code, answer.json()["code"]) == (409, "inventory.too_much")
    assert await on_hand() == {variant_id: most}


async def test_adjust_never_goes_below_what_is_reserved(cast: Cast) -> None:
    ctx = await cast.ctx("clerk")
    warehouse_id, variant_id = await make_warehouse(cast), await make_variant(cast)
    await make_stock(cast, warehouse_id, variant_id, 10_000)
    async with db.unit_of_work():
        await reserve(ctx, warehouse_id, [(new_id(), variant_id, 6_000)], ("orders", "o"))
    args = {"adjustment_id": new_id(), "warehouse_id": warehouse_id, "variant_id": variant_id}
    refused = await cast.do("clerk", "inventory.adjust", **args, change_e3=-4_001, reason="破损")
    assert (refused.status_code, refused.json()["code"]) == (409, "inventory.below_reserved")
    assert refused.json()["details"] | {"variant_id": ""} == {
        "variant_id": "",
        "on_hand_e3": 10_000,
        "reserved_e3": 6_000,
    }
    await cast.done("clerk", "inventory.adjust", **args, change_e3=-4_000, reason=" 破损 ")
    assert await on_hand() == {variant_id: 6_000}
    again = await cast.do("clerk", "inventory.adjust", **args, change_e3=500, reason="破损")
    assert again.json()["code"] == "inventory.already_there"
    row = await db.fetch_one("SELECT * FROM stock_movements WHERE id = $1", args["adjustment_id"])
    assert row is not None
    assert (row["kind"], row["reason"], row["person_id"]) == ("adjustment", "破损", cast.people["clerk"])
    await check_ledger()


@pytest.mark.parametrize(
    ("who", "change", "code"),
    [
        ("rep", {}, "forbidden"),
        ("clerk", {"reason": "  "}, "inventory.reason_missing"),
        ("clerk", {"change_e3": 0}, "inventory.change_missing"),
        ("clerk", {"warehouse_id": new_id()}, "inventory.warehouse_unknown"),
        ("clerk", {"variant_id": new_id()}, "inventory.variant_unknown"),
        ("clerk", {"change_e3": -1}, "inventory.below_reserved"),
    ],
)
async def test_adjust_refuses(cast: Cast, who: str, change: dict[str, Any], code: str) -> None:
    args = {
        "adjustment_id": new_id(),
        "warehouse_id": await make_warehouse(cast),
        "variant_id": await make_variant(cast),
        "change_e3": 1_000,
        "reason": "盘点",
        **change,
    }
    answer = await cast.do(who, "inventory.adjust", **args)
    assert answer.json()["code"] == code
    assert await db.fetch_value("SELECT count(*) FROM stock_movements") == 0
