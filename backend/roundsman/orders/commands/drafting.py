"""Drafts: orders that are still being written at a desk. They bind nothing and nobody, and have no number."""

from __future__ import annotations

from typing import Final

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.ids import Id
from roundsman.orders.commands.content import (
    add_lines,
    amounts_of,
    buyer_of,
    check_visits,
    new_order,
)
from roundsman.orders.commands.moving import require_state
from roundsman.orders.commands.pricing import price_lines
from roundsman.orders.commands.rows import delete_lines, insert_order, update_order
from roundsman.orders.commands.shapes import OrderContent
from roundsman.orders.queries import get_customer_to_order_for, get_order

_KEPT: Final = frozenset(("id", "person_id", "version", "placed_at", "day_on", "month"))
"""What saving a draft again leaves as it was: who began it and when. Lines hang on these."""


class SaveDraft(OrderContent, kw_only=True, frozen=True):
    """A whole draft; saving it again replaces what it said."""


class DraftSaved(Answer, kw_only=True, frozen=True):
    """What the draft comes to by today's prices, in fen."""

    goods_amount: int
    total_amount: int


@command("orders.save_draft", permission="orders.place")
async def save_draft(ctx: Ctx, cmd: SaveDraft) -> DraftSaved:
    """Keep an order that is not finished. What may be ordered of a line is asked only when it is placed."""
    customer = await get_customer_to_order_for(ctx, cmd.customer_id)
    order = new_order(ctx, cmd, customer, ctx.true_at)
    await check_visits([(ctx, cmd)])
    priced = await price_lines(cmd.lines, buyer_of(customer), order["day_on"], is_checked=False)
    order.update(amounts_of(order, priced))
    if not await insert_order(order):
        order = await _replace(ctx, order)
    await add_lines([(order, priced.rows)])
    return DraftSaved(goods_amount=order["goods_amount"], total_amount=order["total_amount"])


async def _replace(ctx: Ctx, order: db.Row) -> db.Row:
    """The row of a draft that is there already, brought up to `order`, its lines gone."""
    known = await get_order(ctx, order["id"], is_locked=True)
    require_state(known, "save_draft")
    changed = {name: value for name, value in order.items() if name not in _KEPT}
    await update_order(known, changed)
    await delete_lines(known)
    return known


class DiscardDraft(Payload, kw_only=True, frozen=True):
    """Which draft is thrown away."""

    order_id: Id


@command("orders.discard_draft", permission="orders.place")
async def discard_draft(ctx: Ctx, cmd: DiscardDraft) -> None:
    """Throw a draft away; one already gone is no error."""
    if not await db.fetch_value("SELECT 1 FROM orders WHERE id = $1", cmd.order_id):
        return
    order = await get_order(ctx, cmd.order_id, is_locked=True)
    require_state(order, "discard_draft")
    await delete_lines(order)
    await db.execute("DELETE FROM orders WHERE id = $1", order["id"])
