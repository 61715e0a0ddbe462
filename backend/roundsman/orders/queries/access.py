"""Who may see which order, and which customer somebody may order for. Each read starts from the person who asks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from roundsman.agents.queries import find_agent_of
from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.core.errors import NotFound
from roundsman.customers.queries import seen_among
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
    """One of `get_customers_to_order_for`."""
    return (await get_customers_to_order_for(ctx, [customer_id]))[customer_id]


async def get_customers_to_order_for(ctx: Ctx, customer_ids: Collection[str]) -> dict[str, db.Row]:
    """Customers' rows by id, each with his `agent_id` where he orders for himself too: staff for whom they see, an
    agent for himself alone; two statements at most. Raises NotFound("customers.unknown") for the first not there.
    """
    rows = await db.fetch(
        f"""
        SELECT customers.*, agents.id AS agent_id, agents.person_id AS agent_person_id
        FROM customers LEFT JOIN agents ON agents.id = customers.id AND agents.state = 'active'
        WHERE customers.id {db.any_of("$1")}
        """,
        list(dict.fromkeys(customer_ids)),
    )
    me = ctx.person.id
    others = {row["territory_id"] for row in rows if me not in (row["agent_person_id"], row["owner_id"])}
    seen = await seen_among(ctx.person, ctx.now, others)
    known = {
        row["id"]: row
        for row in rows
        if me in (row["agent_person_id"], row["owner_id"]) or row["territory_id"] in seen
    }
    for id in customer_ids:
        if id not in known:
            raise NotFound("customers.unknown", customer_id=id)
    return known


async def get_customer_of(order: db.Row) -> db.Row:
    """The customer of an order the person may change, wherever he has gone since."""
    row = await db.fetch_one("SELECT * FROM customers WHERE id = $1", order["customer_id"])
    assert row is not None
    return row
