"""What documents of higher domains do to stock, called down inside their unit of work: keep goods for a line, let them
go again, ship them, take them back. Quantities are thousandths of the base unit. However many lines, each takes a
handful of statements; availability never falls below zero, and what a stock says is reserved is the sum of its
reservations.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Busy, Conflict
from roundsman.inventory.commands.stocks import (
    Source,
    Stocks,
    lock_or_make_stocks,
    lock_stocks,
    stock_id,
)

Wanted = tuple[str, str, int]
"""(line id, variant id, quantity_e3) of one line of a document."""


async def reserve(ctx: Ctx, warehouse_id: str, wanted: Sequence[Wanted], source: Source) -> dict[str, int]:
    """Keep for each line what it wants in all, or as much as there is, the first lines first; what is kept, by line id.

    A line that has a reservation keeps it and gets only what it lacks; one that wants less, or 0, gives back. `source`
    is (table, id) of the document. Raises Conflict("inventory.reserved_elsewhere") for a line something is kept for in
    another warehouse: that is released first.
    """
    places = {line_id: stock_id(warehouse_id, variant_id) for line_id, variant_id, _ in wanted}
    stocks = await lock_stocks(ctx, places.values())
    held = {row["id"]: row for row in await _reservations(places)}
    kept: dict[str, int] = {}
    for line_id, _, quantity_e3 in wanted:
        place = places[line_id]
        before = held.get(line_id)
        if before is not None and stock_id(before["warehouse_id"], before["variant_id"]) != place:
            raise Conflict("inventory.reserved_elsewhere", line_id=line_id)
        had_e3 = 0 if before is None else before["quantity_e3"]
        kept[line_id] = max(0, min(quantity_e3, had_e3 + stocks.available_e3(place)))
        if kept[line_id] != had_e3:
            stocks.keep(place, kept[line_id] - had_e3)
    await stocks.write()
    # Not an upsert: of two that reserve for one line in two warehouses at once, the second has to fail.
    await db.execute_many(
        """
        INSERT INTO stock_reservations (id, warehouse_id, variant_id, quantity_e3, source_table, source_id, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        [
            (line_id, warehouse_id, variant_id, kept[line_id], *source, ctx.now)
            for line_id, variant_id, _ in wanted
            if line_id not in held and kept[line_id]
        ],
    )
    await db.execute_many(
        "UPDATE stock_reservations SET quantity_e3 = $2 WHERE id = $1",
        [(line_id, kept[line_id]) for line_id in held if kept[line_id]],
    )
    await _forget([line_id for line_id in held if not kept[line_id]])
    return kept


async def release(ctx: Ctx, line_ids: Collection[str]) -> None:
    """Keep nothing for these lines any more; one nothing is kept for is no error."""
    stocks, held = await _lock_reserved(ctx, line_ids)
    for row in held:
        stocks.keep(stock_id(row["warehouse_id"], row["variant_id"]), -row["quantity_e3"])
    await stocks.write()
    await _forget([row["id"] for row in held])


async def ship(ctx: Ctx, line_ids: Collection[str]) -> dict[str, int]:
    """What is kept for these lines leaves its warehouse; how much, by line id, 0 where nothing was kept."""
    stocks, held = await _lock_reserved(ctx, line_ids)
    for row in held:
        place = stock_id(row["warehouse_id"], row["variant_id"])
        stocks.keep(place, -row["quantity_e3"])
        stocks.move(place, "shipment", -row["quantity_e3"], (row["source_table"], row["source_id"]))
    await stocks.write()
    await _forget([row["id"] for row in held])
    return dict.fromkeys(line_ids, 0) | {row["id"]: row["quantity_e3"] for row in held}


async def take_back(
    ctx: Ctx,
    warehouse_id: str,
    returned: Sequence[tuple[str, int]],
    source: Source,
    reason: str = "",
) -> None:
    """Goods come back: (variant id, quantity_e3) each. `source` is (table, id) of the return."""
    stocks = await lock_or_make_stocks(ctx, [(warehouse_id, variant_id) for variant_id, _ in returned])
    for variant_id, quantity_e3 in returned:
        stocks.move(stock_id(warehouse_id, variant_id), "return", quantity_e3, source, reason=reason)
    await stocks.write()


async def _lock_reserved(ctx: Ctx, line_ids: Collection[str]) -> tuple[Stocks, list[db.Row]]:
    """The reservations of lines and, locked, the stocks they lie in. Reservations change only under their stock's lock,
    so they are read again once it is had.
    """
    places = {stock_id(row["warehouse_id"], row["variant_id"]) for row in await _reservations(line_ids)}
    stocks = await lock_stocks(ctx, places)
    held = await _reservations(line_ids)
    if any(stock_id(row["warehouse_id"], row["variant_id"]) not in stocks.rows for row in held):
        # Somebody reserved elsewhere in between; whoever tries again finds it there.
        raise Busy("busy")
    return stocks, held


async def _reservations(line_ids: Collection[str]) -> list[db.Row]:
    return await db.fetch(
        f"SELECT * FROM stock_reservations WHERE id {db.any_of('$1')} ORDER BY id", list(line_ids)
    )


async def _forget(line_ids: Collection[str]) -> None:
    if line_ids:
        await db.execute(f"DELETE FROM stock_reservations WHERE id {db.any_of('$1')}", list(line_ids))
