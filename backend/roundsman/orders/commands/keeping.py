"""What is kept in the warehouse for an order: reserved, given up, sent away. The ledger is inventory's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.inventory.commands import release, reserve, ship
from roundsman.inventory.queries import default_warehouse

SOURCE: Final = "orders"
"""What the ledgers call an order as the source of something."""


class ShortLine(msgspec.Struct, kw_only=True, frozen=True):
    """A line there is not enough for: `missing_e3` is in base units."""

    line_id: str
    name: str
    missing_e3: int


def wanted_of(line: db.Row) -> int:
    """How much of a line has yet to leave the warehouse, in thousandths of base units."""
    return int(line["quantity_e3"] * line["factor"] - line["shipped_e3"])


async def keep(ctx: Ctx, order: db.Row, lines: Sequence[db.Row]) -> list[ShortLine]:
    """Reserve for the lines what they want, or as much as there is, and give back what they no longer want; the lines
    that stay short. Brings the rows at hand, and the order's warehouse if it had none, up to it.
    """
    warehouse_id = order["warehouse_id"] or await default_warehouse()
    wanted = [(line["id"], line["variant_id"], wanted_of(line)) for line in lines]
    kept = await reserve(ctx, warehouse_id, wanted, (SOURCE, order["id"]))
    order["warehouse_id"] = warehouse_id
    changed = [line for line in lines if line["reserved_e3"] != kept[line["id"]]]
    for line in changed:
        line["reserved_e3"] = kept[line["id"]]
    await _write(changed)
    return [
        ShortLine(line_id=line["id"], name=line["name"], missing_e3=wanted_of(line) - line["reserved_e3"])
        for line in lines
        if wanted_of(line) > line["reserved_e3"]
    ]


async def give_up(ctx: Ctx, lines: Sequence[db.Row]) -> None:
    """Let go of everything that is reserved for these lines."""
    kept = [line for line in lines if line["reserved_e3"]]
    if kept:
        await release(ctx, [line["id"] for line in kept])
        for line in kept:
            line["reserved_e3"] = 0
        await _write(kept)


async def send(ctx: Ctx, lines: Sequence[db.Row]) -> None:
    """What is reserved for these lines leaves the warehouse."""
    left = await ship(ctx, [line["id"] for line in lines])
    for line in lines:
        line["shipped_e3"] += left[line["id"]]
        line["reserved_e3"] = 0
    await _write(lines)


async def _write(lines: Iterable[db.Row]) -> None:
    await db.execute_many(
        "UPDATE order_lines SET reserved_e3 = $2, shipped_e3 = $3 WHERE id = $1",
        [(line["id"], line["reserved_e3"], line["shipped_e3"]) for line in lines],
    )
