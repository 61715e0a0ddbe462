"""An order on its way: packed, sent, signed for, closed."""

from __future__ import annotations

from roundsman.core.context import Ctx
from roundsman.core.domain import command
from roundsman.core.events import announce
from roundsman.orders.commands.keeping import send
from roundsman.orders.commands.moving import Moved, begin_move, end_move, move
from roundsman.orders.commands.shapes import MoveOrder
from roundsman.orders.events import OrderShipped, told_of
from roundsman.orders.queries import lines_of
from roundsman.orders.rules import MOVES, State


class PackOrder(MoveOrder, kw_only=True, frozen=True):
    """Which order is packed."""


@command("orders.pack", permission=MOVES["pack"].permission)
async def pack_order(ctx: Ctx, cmd: PackOrder) -> Moved:
    """Say that an order's goods are packed."""
    return await move(ctx, cmd, "pack")


class ShipOrder(MoveOrder, kw_only=True, frozen=True):
    """Which order leaves."""


@command("orders.ship", permission=MOVES["ship"].permission)
async def ship_order(ctx: Ctx, cmd: ShipOrder) -> Moved:
    """Send an order: what was kept for it leaves the warehouse."""
    order = await begin_move(ctx, cmd, "ship")
    await send(ctx, await lines_of([order["id"]]))
    moved = await end_move(ctx, order, "ship", State.SHIPPED, reason=cmd.reason)
    await announce(ctx, told_of(OrderShipped, order))
    return moved


class SignOrder(MoveOrder, kw_only=True, frozen=True):
    """Which order arrived."""


@command("orders.sign", permission=MOVES["sign"].permission)
async def sign_order(ctx: Ctx, cmd: SignOrder) -> Moved:
    """Say that an order was received and signed for."""
    return await move(ctx, cmd, "sign")


class CloseOrder(MoveOrder, kw_only=True, frozen=True):
    """Which order is done with."""


@command("orders.close", permission=MOVES["close"].permission)
async def close_order(ctx: Ctx, cmd: CloseOrder) -> Moved:
    """Close an order nothing is to be done about any more."""
    return await move(ctx, cmd, "close")
