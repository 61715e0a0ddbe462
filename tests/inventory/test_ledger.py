"""What documents do to stock: reserve, release, ship, take back, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.errors import Conflict
from roundsman.core.ids import new_id
from roundsman.inventory.commands import release, reserve, ship, take_back
from roundsman.inventory.queries import default_warehouse
from tests.cast import Cast
from tests.make.catalog import make_variant
from tests.make.inventory import check_ledger, make_stock, make_warehouse


async def row_of(id: str) -> tuple[int, int]:
    row = await db.fetch_one("SELECT on_hand_e3, reserved_e3 FROM stocks WHERE id = $1", id)
    assert row is not None
    return row["on_hand_e3"], row["reserved_e3"]


async def test_reserve_keeps_as_much_as_there_is_the_first_lines_first(cast: Cast) -> None:
    ctx = await cast.ctx("clerk")
    warehouse_id, variant_id, never_had = (
        await make_warehouse(cast),
        await make_variant(cast),
        await make_variant(cast),
    )
    id = await make_stock(cast, warehouse_id, variant_id, 10_000)
    order, (a, b, c) = ("orders", new_id()), (new_id() for _ in range(3))
    async with db.unit_of_work():
        kept = await reserve(
            ctx,
            warehouse_id,
            [(a, variant_id, 7_000), (b, variant_id, 7_000), (c, never_had, 1_000)],
            order,
        )
    assert kept == {a: 7_000, b: 3_000, c: 0}
    assert await row_of(id) == (10_000, 10_000)
    await check_ledger()
    # The same again changes nothing; what comes in is kept for the line that lacks it.
    await make_stock(cast, warehouse_id, variant_id, 5_000)
    for wanted, expected in ((7_000, 7_000), (7_000, 7_000), (2_000, 2_000), (0, 0)):
        async with db.unit_of_work():
            kept = await reserve(ctx, warehouse_id, [(b, variant_id, wanted)], order)
        assert kept == {b: expected}
        await check_ledger()
    assert await row_of(id) == (15_000, 7_000)


async def test_reserve_refuses_a_line_that_lies_in_another_warehouse(cast: Cast) -> None:
    ctx = await cast.ctx("clerk")
    here, there = await make_warehouse(cast), await make_warehouse(cast, name="二仓")
    variant_id, line_id = await make_variant(cast), new_id()
    for warehouse_id in (here, there):
        await make_stock(cast, warehouse_id, variant_id, 1_000)
    async with db.unit_of_work():
        await reserve(ctx, here, [(line_id, variant_id, 1_000)], ("orders", "o"))
    with pytest.raises(Conflict, match="reserved_elsewhere"):
        async with db.unit_of_work():
            await reserve(ctx, there, [(line_id, variant_id, 1_000)], ("orders", "o"))
    await check_ledger()


async def test_release_gives_back_and_ship_takes_away(cast: Cast) -> None:
    ctx = await cast.ctx("clerk")
    warehouse_id, variant_id = await make_warehouse(cast), await make_variant(cast)
    id = await make_stock(cast, warehouse_id, variant_id, 10_000)
    a, b, unknown = new_id(), new_id(), new_id()
    async with db.unit_of_work():
        await reserve(ctx, warehouse_id, [(a, variant_id, 4_000), (b, variant_id, 5_000)], ("orders", "o"))
    for _ in range(2):
        async with db.unit_of_work():
            await release(ctx, [a, unknown])
        assert await row_of(id) == (10_000, 5_000)
        await check_ledger()
    for shipped_e3 in (5_000, 0):
        async with db.unit_of_work():
            assert await ship(ctx, [b, a]) == {b: shipped_e3, a: 0}
        assert await row_of(id) == (5_000, 0)
        await check_ledger()
    async with db.unit_of_work():
        await take_back(ctx, warehouse_id, [(variant_id, 2_000)], ("order_returns", "r"), "破损")
    assert await row_of(id) == (7_000, 0)
    await check_ledger()
    moved = await db.fetch(
        "SELECT kind, quantity_e3, balance_e3, source_table, source_id, reason FROM stock_movements ORDER BY at"
    )
    assert [tuple(row.values()) for row in moved[1:]] == [
        ("shipment", -5_000, 5_000, "orders", "o", ""),
        ("return", 2_000, 7_000, "order_returns", "r", "破损"),
    ]


async def test_take_back_into_a_warehouse_that_never_had_any(cast: Cast) -> None:
    ctx = await cast.ctx("clerk")
    warehouse_id, variants = await make_warehouse(cast), [await make_variant(cast) for _ in range(2)]
    async with db.unit_of_work():
        await take_back(ctx, warehouse_id, [(one, 1_000) for one in (*variants, variants[0])], ("r", "r"))
    assert sorted([(await row_of(f"{warehouse_id}:{one}"))[0] for one in variants]) == [1_000, 2_000]
    await check_ledger()


async def test_the_default_warehouse_is_asked_for_where_there_is_one(cast: Cast) -> None:
    with pytest.raises(Conflict, match="no_warehouse"):
        await default_warehouse()
    warehouse_id = await make_warehouse(cast)
    await make_warehouse(cast, name="二仓")
    assert await default_warehouse() == warehouse_id


async def test_the_number_of_statements_does_not_follow_the_lines(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = await cast.ctx("clerk")
    warehouse_id = await make_warehouse(cast)
    variants = [await make_variant(cast) for _ in range(6)]
    for variant_id in variants:
        await make_stock(cast, warehouse_id, variant_id, 10_000)
    counts: list[int] = []
    for name in ("fetch", "fetch_one", "fetch_value", "execute", "execute_many"):
        monkeypatch.setattr(db, name, _counted(getattr(db, name), counts))

    async def statements(size: int) -> list[int]:
        lines = [(new_id(), variant_id, 1_000) for variant_id in variants[:size]]
        found = []
        for act in (
            lambda: reserve(ctx, warehouse_id, lines, ("orders", "o")),
            lambda: release(ctx, [line_id for line_id, _, _ in lines]),
            lambda: reserve(ctx, warehouse_id, lines, ("orders", "o")),
            lambda: ship(ctx, [line_id for line_id, _, _ in lines]),
            lambda: take_back(ctx, warehouse_id, [(one, 1_000) for one in variants[:size]], ("r", "r")),
        ):
            counts.clear()
            async with db.unit_of_work():
                await act()
            found.append(len(counts))
        return found

    assert await statements(1) == await statements(6)


def _counted(real: Any, counts: list[int]) -> Any:
    async def counted(*arguments: Any) -> Any:
        counts.append(1)
        return await real(*arguments)

    return counted
