"""Rows of stocks while one act changes them: locked, reckoned with, written back together with what moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Conflict
from roundsman.core.ids import new_id
from roundsman.core.money import LARGEST
from roundsman.core.times import day_on

Source = tuple[str, str]
"""(table, id) of the document something comes from."""

_INSERT_MOVEMENT: Final = """
    INSERT INTO stock_movements (id, warehouse_id, variant_id, kind, quantity_e3, balance_e3, cost_e4, reason,
                                 source_table, source_id, person_id, at, day_on)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""


def stock_id(warehouse_id: str, variant_id: str) -> str:
    """The id of the row that says what a warehouse has of a variant."""
    return f"{warehouse_id}:{variant_id}"


@dataclass(slots=True)
class Stocks:
    """Locked rows of stocks by id, as they stand after what was done so far, and the movements still to be written."""

    ctx: Ctx
    rows: dict[str, db.Row]
    changed: dict[str, None] = field(default_factory=dict)
    movements: list[tuple[object, ...]] = field(default_factory=list)

    def available_e3(self, id: str) -> int:
        """What is on hand and kept for nobody; 0 where the warehouse never had any."""
        row = self.rows.get(id)
        return 0 if row is None else row["on_hand_e3"] - row["reserved_e3"]

    def keep(self, id: str, quantity_e3: int) -> None:
        """Reserve so much more (below zero: less)."""
        self._touch(self.rows[id])["reserved_e3"] += quantity_e3

    def move(
        self,
        id: str,
        kind: str,
        quantity_e3: int,
        source: Source,
        *,
        movement_id: str = "",
        reason: str = "",
        cost_e4: int | None = None,
    ) -> None:
        """Book what comes (or, below zero, goes). Raises Conflict("inventory.too_much") beyond what a number can hold,
        Conflict("inventory.below_reserved") when less would be left than is reserved.
        """
        row = self._touch(self.rows[id])
        left = row["on_hand_e3"] + quantity_e3
        if left > LARGEST:
            raise Conflict("inventory.too_much", variant_id=row["variant_id"])
        if left < row["reserved_e3"]:
            raise Conflict(
                "inventory.below_reserved",
                variant_id=row["variant_id"],
                on_hand_e3=row["on_hand_e3"],
                reserved_e3=row["reserved_e3"],
            )
        row["on_hand_e3"] = left
        # Strictly later than the movement before, whatever the clocks of two workers say: a ledger read in this
        # order is one in which every balance follows from the one before.
        row["changed_at"] += 1
        at = row["changed_at"]
        self.movements.append(
            (
                movement_id or new_id(),
                row["warehouse_id"],
                row["variant_id"],
                kind,
                quantity_e3,
                left,
                cost_e4,
                reason,
                *source,
                self.ctx.person.id,
                at,
                day_on(at),
            )
        )

    def _touch(self, row: db.Row) -> db.Row:
        if row["id"] not in self.changed:
            self.changed[row["id"]] = None
            row["changed_at"] = max(self.ctx.now - 1, row["changed_at"])
        return row

    async def write(self) -> None:
        """Two statements at most, however many rows."""
        if self.changed:
            await db.execute_many(
                "UPDATE stocks SET on_hand_e3 = $2, reserved_e3 = $3, changed_at = $4 WHERE id = $1",
                [
                    tuple(self.rows[id][name] for name in ("id", "on_hand_e3", "reserved_e3", "changed_at"))
                    for id in self.changed
                ],
            )
        if self.movements:
            await db.execute_many(_INSERT_MOVEMENT, self.movements)


async def lock_stocks(ctx: Ctx, ids: Collection[str]) -> Stocks:
    """Those of the rows that are there, locked in the order of their ids: whoever else wants some of them waits, and
    nobody waits in a circle.
    """
    rows = await db.fetch(
        f"SELECT * FROM stocks WHERE id {db.any_of('$1')} ORDER BY id{db.for_update()}", sorted(set(ids))
    )
    return Stocks(ctx, {row["id"]: row for row in rows})


async def lock_or_make_stocks(ctx: Ctx, places: Iterable[tuple[str, str]]) -> Stocks:
    """The rows of all these (warehouse id, variant id), empty ones made where there were none, locked the same way."""
    wanted = {stock_id(*place): place for place in places}
    await db.execute_many(
        """
        INSERT INTO stocks (id, warehouse_id, variant_id, on_hand_e3, reserved_e3, changed_at)
        VALUES ($1, $2, $3, 0, 0, 0) ON CONFLICT (id) DO NOTHING
        """,
        [(id, *wanted[id]) for id in sorted(wanted)],
    )
    return await lock_stocks(ctx, wanted)
