"""Where accounts are filed follows the customer. Collections stay where they were made."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.events import on
from roundsman.customers.events import CustomerAssigned


@on(CustomerAssigned)
async def follow_the_customer(ctx: Ctx, event: CustomerAssigned) -> None:
    """The account and what is open of it are seen by whoever sees the customer now."""
    for statement in (
        "UPDATE accounts SET territory_id = $2, owner_id = $3 WHERE id = $1",
        "UPDATE receivable_items SET territory_id = $2, owner_id = $3 WHERE customer_id = $1 AND open_amount <> 0",
    ):
        await db.execute(statement, event.customer_id, event.territory_id, event.owner_id)
