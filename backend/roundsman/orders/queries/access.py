"""Who may see which order, and which customer somebody may order for. Each read starts from the person who asks."""

from __future__ import annotations

from typing import Any, Final

from roundsman.agents.queries import find_agent_of
from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.core.errors import NotFound
from roundsman.customers.queries import sees_territory
from roundsman.identity.queries import territories_of

OVER_ALL: Final = frozenset(("clerk", "administrator"))
"""Roles that see every order."""
IN_THE_WAREHOUSE: Final = frozenset(("allocated", "packed", "shipped"))
"""States in which an order is in a courier's hands."""


async def get_order(ctx: Ctx, order_id: str, *, is_locked: bool = False) -> db.Row:
    """The order's row as it stands now. Raises NotFound("orders.unknown") also when it is not the person's to see:
    his own or of a customer he looks after, an agent's his, a manager's everyone's below him, a clerk's all.
    """
    lock = db.for_update() if is_locked else ""
    row = await db.fetch_one(f"SELECT * FROM orders WHERE id = $1{lock}", order_id)
    if row is None or not await is_seen(ctx.person, ctx.now, row):
        raise NotFound("orders.unknown", order_id=order_id)
    return row


async def is_seen(person: Person, now: int, order: db.Row) -> bool:
    """Whether the order is this person's to see."""
    if not person.roles.isdisjoint(OVER_ALL) or person.id in (order["person_id"], order["owner_id"]):
        return True
    if "courier" in person.roles and order["state"] in IN_THE_WAREHOUSE:
        return True
    if order["agent_id"] is not None and "agent" in person.roles:
        agent = await find_agent_of(person)
        if agent is not None and agent["id"] == order["agent_id"]:
            return True
    if "manager" not in person.roles:
        return False
    _, answered = await territories_of(person, now)
    return order["territory_id"] in answered


async def get_customer_to_order_for(ctx: Ctx, customer_id: str) -> db.Row:
    """The customer's row, with his `agent_id` where he orders for himself too: staff for whom they see, an agent for
    himself alone. Raises NotFound("customers.unknown").
    """
    row = await db.fetch_one(
        """
        SELECT customers.*, agents.id AS agent_id, agents.person_id AS agent_person_id
        FROM customers LEFT JOIN agents ON agents.id = customers.id AND agents.state = 'active'
        WHERE customers.id = $1
        """,
        customer_id,
    )
    if row is None or not await _may_order_for(ctx, row):
        raise NotFound("customers.unknown", customer_id=customer_id)
    return row


async def get_customer_of(order: db.Row) -> db.Row:
    """The customer of an order the person may change, wherever he has gone since."""
    row = await db.fetch_one("SELECT * FROM customers WHERE id = $1", order["customer_id"])
    assert row is not None
    return row


async def _may_order_for(ctx: Ctx, customer: dict[str, Any]) -> bool:
    if customer["agent_person_id"] == ctx.person.id or customer["owner_id"] == ctx.person.id:
        return True
    return await sees_territory(ctx.person, ctx.now, customer["territory_id"])
