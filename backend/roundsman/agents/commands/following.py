"""What agents do when the customer they are changes: the level he pays by, where he is filed, whose he is."""

from __future__ import annotations

from roundsman.agents.commands.rows import begin_level
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Conflict
from roundsman.core.events import on
from roundsman.customers.events import CustomerAssigned, CustomerLevelSet


@on(CustomerLevelSet)
async def agent_pays_as_his_customer(ctx: Ctx, event: CustomerLevelSet) -> None:
    """An agent's level is his customer's. Raises Conflict("agents.level_needed") for none: an agent always has one."""
    if event.price_level_id is None:
        if await db.fetch_value("SELECT 1 FROM agents WHERE id = $1 AND state = 'active'", event.customer_id):
            raise Conflict("agents.level_needed", customer_id=event.customer_id)
        return
    count = await db.execute(
        """
        UPDATE agents SET price_level_id = $2, changed_at = $3
        WHERE id = $1 AND state = 'active' AND price_level_id <> $2
        """,
        event.customer_id,
        event.price_level_id,
        ctx.now,
    )
    if count:
        await begin_level(
            event.customer_id, event.price_level_id, ctx.now, reason="", person_id=ctx.person.id
        )


@on(CustomerAssigned)
async def agent_follows_his_customer(ctx: Ctx, event: CustomerAssigned) -> None:
    """Where an agent is filed is where his customer is."""
    await db.execute(
        "UPDATE agents SET territory_id = $2, owner_id = $3, changed_at = $4 WHERE id = $1",
        event.customer_id,
        event.territory_id,
        event.owner_id,
        ctx.now,
    )
    await db.execute(
        "UPDATE upgrade_requests SET territory_id = $2, owner_id = $3 WHERE agent_id = $1",
        event.customer_id,
        event.territory_id,
        event.owner_id,
    )
