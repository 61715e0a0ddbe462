"""Commands by which goods come in or the books are put right: what was counted is written as a movement, never over
another.
"""

from __future__ import annotations

import uuid
from typing import Annotated, Final

import msgspec

from roundsman.catalog.commands import set_costs
from roundsman.catalog.queries import variants_for_order
from roundsman.catalog.rules.packs import base_quantity, find_pack
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.core.money import LARGEST
from roundsman.core.quantities import LARGEST_QUANTITY, Price
from roundsman.core.texts import Line, Word
from roundsman.inventory.commands.stocks import lock_or_make_stocks, stock_id
from roundsman.inventory.rules import base_cost

_MOVEMENTS: Final = uuid.UUID("3f1d2a52-5a0b-5a0e-9a53-0d3c6c2f7b11")


class ReceivedLine(msgspec.Struct, kw_only=True, frozen=True):
    """So much of a variant in one of its units; `cost_e4` is what one of that unit cost, None where nobody said."""

    variant_id: Id
    unit: Word
    quantity_e3: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_QUANTITY)]
    cost_e4: Price | None = None


class Receive(Payload, kw_only=True, frozen=True):
    """Goods that came into a warehouse. `reason` is what the paper is called, or why they came."""

    receipt_id: Id
    warehouse_id: Id
    lines: Annotated[list[ReceivedLine], msgspec.Meta(min_length=1, max_length=1000)]
    reason: Line = ""


@command("inventory.receive", permission="inventory.keep")
async def receive(ctx: Ctx, cmd: Receive) -> None:
    """Take goods into stock, and remember what they cost last."""
    if not await db.fetch_value("SELECT 1 FROM warehouses WHERE id = $1 AND is_active", cmd.warehouse_id):
        raise NotFound("inventory.warehouse_unknown", warehouse_id=cmd.warehouse_id)
    known = await variants_for_order({line.variant_id for line in cmd.lines})
    stocks = await lock_or_make_stocks(
        ctx, {(cmd.warehouse_id, line.variant_id) for line in cmd.lines if line.variant_id in known}
    )
    if await db.fetch_value(
        "SELECT 1 FROM stock_movements WHERE source_table = 'receipts' AND source_id = $1 LIMIT 1",
        cmd.receipt_id,
    ):
        raise Conflict("inventory.already_there", receipt_id=cmd.receipt_id)
    costs: dict[str, int] = {}
    for position, line in enumerate(cmd.lines):
        variant = known.get(line.variant_id)
        if variant is None:
            raise NotFound("inventory.variant_unknown", variant_id=line.variant_id)
        pack = find_pack(variant.variant.packs, line.unit)
        if pack is None:
            raise Invalid("inventory.unit_unknown", field="lines", name=variant.full_name, unit=line.unit)
        cost_e4 = None if line.cost_e4 is None else base_cost(line.cost_e4, pack.factor)
        if cost_e4 is not None:
            costs[line.variant_id] = cost_e4
        stocks.move(
            stock_id(cmd.warehouse_id, line.variant_id),
            "receipt",
            base_quantity(line.quantity_e3, pack.factor),
            ("receipts", cmd.receipt_id),
            # Of two workers that take in the same receipt at once, the second meets the first one's movements.
            movement_id=str(uuid.uuid5(_MOVEMENTS, f"{cmd.receipt_id}\n{position}")),
            reason=cmd.reason.strip(),
            cost_e4=cost_e4,
        )
    await stocks.write()
    await set_costs(ctx, costs)


class Adjust(Payload, kw_only=True, frozen=True):
    """By how much the books are wrong, in thousandths of the base unit, and why."""

    adjustment_id: Id
    warehouse_id: Id
    variant_id: Id
    change_e3: Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)]
    reason: Line


@command("inventory.adjust", permission="inventory.keep")
async def adjust(ctx: Ctx, cmd: Adjust) -> None:
    """Put right what is on hand; never below what is reserved."""
    if not cmd.reason.strip():
        raise Invalid("inventory.reason_missing", field="reason")
    if cmd.change_e3 == 0:
        raise Invalid("inventory.change_missing", field="change_e3")
    if not await db.fetch_value("SELECT 1 FROM warehouses WHERE id = $1", cmd.warehouse_id):
        raise NotFound("inventory.warehouse_unknown", warehouse_id=cmd.warehouse_id)
    if not await db.fetch_value("SELECT 1 FROM variants WHERE id = $1", cmd.variant_id):
        raise NotFound("inventory.variant_unknown", variant_id=cmd.variant_id)
    stocks = await lock_or_make_stocks(ctx, [(cmd.warehouse_id, cmd.variant_id)])
    if await db.fetch_value("SELECT 1 FROM stock_movements WHERE id = $1", cmd.adjustment_id):
        raise Conflict("inventory.already_there", adjustment_id=cmd.adjustment_id)
    stocks.move(
        stock_id(cmd.warehouse_id, cmd.variant_id),
        "adjustment",
        cmd.change_e3,
        ("adjustments", cmd.adjustment_id),
        movement_id=cmd.adjustment_id,
        reason=cmd.reason.strip(),
    )
    await stocks.write()
