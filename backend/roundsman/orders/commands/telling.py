"""Whom an order's life is told to: what is held to those who may let it go, what was done with it to those it is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.identity.queries import deciders_of
from roundsman.messages.commands import Told, tell, tell_each

TOLD: Final = frozenset(("review", "amend", "ship", "sign", "cancel", "receive_return"))
"""The moves somebody who waits for his goods wants to hear of; what happens inside the warehouse is none of them."""


async def tell_of_held(ctx: Ctx, orders: Sequence[Mapping[str, Any]]) -> None:
    """Tell who may decide where each order is filed that it is held; three statements, however many orders."""
    if not orders:
        return
    territories = {order["territory_id"] for order in orders}
    deciders = await deciders_of(territories, ctx.now, roles=("manager", "clerk"))
    await tell_each(
        [
            Told(
                person,
                "approval_wanted",
                f"/orders/{order['id']}",
                f"order:{order['id']}:held",
                {"what": "order", "name": order["number"]},
            )
            for order in orders
            for person in deciders[order["territory_id"]]
            if person != ctx.person.id
        ],
        ctx.now,
    )


async def tell_of_move(ctx: Ctx, order: Mapping[str, Any], move: Mapping[str, Any]) -> None:
    """Tell whoever placed an order, whose customer it is and the agent whose it is that it went on."""
    if move["verb"] not in TOLD:
        return
    agent = None
    if order["agent_id"] is not None:
        agent = await db.fetch_value("SELECT person_id FROM agents WHERE id = $1", order["agent_id"])
    people = (order["person_id"], order["owner_id"], agent)
    told = {"number": order["number"], "verb": move["verb"], "state": move["to_state"]}
    await tell(ctx, people, "order_moved", f"/orders/{order['id']}", told, f"order.move:{move['id']}")
