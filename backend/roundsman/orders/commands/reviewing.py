"""What is decided about an order: to accept it, that all its goods are there, or that it will not be."""

from __future__ import annotations

import json
from typing import Final

from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, command
from roundsman.core.errors import Conflict
from roundsman.core.events import announce
from roundsman.core.ids import new_id
from roundsman.core.times import day_on
from roundsman.orders.commands.keeping import SOURCE, ShortLine, give_up, keep
from roundsman.orders.commands.moving import Moved, begin_move, end_move
from roundsman.orders.commands.shapes import MoveOrder
from roundsman.orders.events import OrderCancelled, OrderReviewed, told_of
from roundsman.orders.queries import lines_of
from roundsman.orders.rules import MOVES, State
from roundsman.receivables.commands import charge, credit, uncommit

NOT_OWED: Final = frozenset((State.DRAFT, State.SUBMITTED))
"""States in which nothing is owed or kept for an order yet."""


class ReviewOrder(MoveOrder, kw_only=True, frozen=True):
    """Which order is accepted. `accept_holds` says that what holds it was seen and is all right."""

    accept_holds: bool = False


class Reviewed(Answer, kw_only=True, frozen=True):
    """The state it is in now, and the lines there is not enough for."""

    state: str
    short: list[ShortLine]


@command("orders.review", permission=MOVES["review"].permission)
async def review_order(ctx: Ctx, cmd: ReviewOrder) -> Reviewed:
    """Accept an order: it is owed from now on, and its goods are reserved as far as there are any; what there is not
    enough of waits to be bought.
    """
    order = await begin_move(ctx, cmd, "review")
    holds = json.loads(order["hold_codes"])
    if holds and not cmd.accept_holds:
        raise Conflict("orders.held", order_id=order["id"], holds=holds)
    short = await keep(ctx, order, await lines_of([order["id"]]))
    today, amount = day_on(ctx.now), order["total_amount"]
    source, number = (SOURCE, order["id"]), order["number"]
    await charge(ctx, order["customer_id"], source, amount, today, number=number, committed=amount)
    state = State.AWAITING_PURCHASE if short else State.REVIEWED
    changed = {"hold_codes": "[]", "short_count": len(short), "warehouse_id": order["warehouse_id"]}
    detail = {"accepted": holds} if holds else None
    await end_move(ctx, order, "review", state, reason=cmd.reason, detail=detail, changed=changed)
    await announce(ctx, told_of(OrderReviewed, order))
    return Reviewed(state=state, short=short)


class AllocateOrder(MoveOrder, kw_only=True, frozen=True):
    """Which order gets its goods."""


@command("orders.allocate", permission=MOVES["allocate"].permission)
async def allocate_order(ctx: Ctx, cmd: AllocateOrder) -> Moved:
    """Say that everything an order needs is kept for it, after reserving what it lacked until now. Refused with
    "orders.short" and the lines as long as something is missing.
    """
    order = await begin_move(ctx, cmd, "allocate")
    short = await keep(ctx, order, await lines_of([order["id"]]))
    if short:
        raise Conflict("orders.short", order_id=order["id"], lines=short)
    changed = {"short_count": 0, "warehouse_id": order["warehouse_id"]}
    return await end_move(ctx, order, "allocate", State.ALLOCATED, reason=cmd.reason, changed=changed)


class CancelOrder(MoveOrder, kw_only=True, frozen=True):
    """Which order will not be, and why."""


@command("orders.cancel", permission=MOVES["cancel"].permission)
async def cancel_order(ctx: Ctx, cmd: CancelOrder) -> Moved:
    """Call an order off before it leaves: what is kept for it is free again, and nothing of it is owed. Once it was
    accepted, only who accepts orders may.
    """
    order = await begin_move(ctx, cmd, "cancel")
    was_owed = order["state"] not in NOT_OWED
    if was_owed:
        ctx.require(MOVES["review"].permission)
    move_id = new_id()
    if was_owed:
        await give_up(ctx, await lines_of([order["id"]]))
        await credit(
            ctx,
            order["customer_id"],
            ("order_moves", move_id),
            order["total_amount"],
            day_on(ctx.now),
            number=order["number"],
            against=(SOURCE, order["id"]),
        )
    else:
        await uncommit(ctx, order["customer_id"], order["total_amount"])
    changed = {"hold_codes": "[]", "short_count": 0}
    moved = await end_move(
        ctx, order, "cancel", State.CANCELLED, reason=cmd.reason, changed=changed, move_id=move_id
    )
    await announce(ctx, told_of(OrderCancelled, order, was_owed=was_owed))
    return moved
