"""How an order goes from one state to another: every verb passes here and goes by the one table in rules.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer
from roundsman.core.errors import Conflict
from roundsman.core.events import announce
from roundsman.orders.commands.rows import insert_moves, move_of, update_order
from roundsman.orders.commands.shapes import MoveOrder
from roundsman.orders.commands.telling import tell_of_move
from roundsman.orders.events import OrderMoved
from roundsman.orders.queries import get_order
from roundsman.orders.rules import MOVES


class Moved(Answer, kw_only=True, frozen=True):
    """The state an order is in now."""

    state: str


async def begin_move(ctx: Ctx, cmd: MoveOrder, verb: str) -> db.Row:
    """The order, locked. Raises NotFound("orders.unknown"); Conflict("orders.stale") when it is no longer in the state
    the person saw, Conflict("orders.wrong_state") when the verb does not lead on from it; both say where it is.
    """
    order = await get_order(ctx, cmd.order_id, is_locked=True)
    if order["state"] != cmd.expect:
        raise Conflict("orders.stale", order_id=order["id"], state=order["state"])
    require_state(order, verb)
    return order


def require_state(order: Mapping[str, Any], verb: str) -> None:
    """Raise Conflict("orders.wrong_state") unless the table lets the verb begin at the order's state."""
    if order["state"] not in MOVES[verb].from_states:
        raise Conflict("orders.wrong_state", order_id=order["id"], state=order["state"])


async def end_move(
    ctx: Ctx,
    order: db.Row,
    verb: str,
    to_state: str,
    *,
    reason: str = "",
    detail: object = None,
    changed: Mapping[str, Any] | None = None,
    move_id: str = "",
) -> Moved:
    """Write the order's new state with what else changes of it, and the move into its history; then announce it.

    `move_id` is the move's id where something refers to it.
    """
    from_state = order["state"]
    assert to_state in MOVES[verb].to_states, f"{verb} does not lead to {to_state}"
    await update_order(order, {**(changed or {}), "state": to_state, "changed_at": ctx.now})
    made = move_of(ctx, order, verb, from_state, to_state, reason=reason, detail=detail, move_id=move_id)
    await insert_moves([made])
    told = OrderMoved(
        order_id=order["id"],
        customer_id=order["customer_id"],
        verb=verb,
        from_state=from_state,
        to_state=to_state,
    )
    await announce(ctx, told)
    await tell_of_move(ctx, order, made)
    return Moved(state=to_state)


async def move(ctx: Ctx, cmd: MoveOrder, verb: str) -> Moved:
    """A move that changes nothing but the state."""
    order = await begin_move(ctx, cmd, verb)
    (to_state,) = MOVES[verb].to_states
    return await end_move(ctx, order, verb, to_state, reason=cmd.reason)
