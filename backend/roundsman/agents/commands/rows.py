"""What the commands share: shapes of texts, which agent one may decide about, and how histories are written."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Conflict, NotFound
from roundsman.core.ids import new_id
from roundsman.customers.queries import territories_seen_by

Word = Annotated[str, msgspec.Meta(max_length=60)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Line = Annotated[str, msgspec.Meta(max_length=300)]
Note = Annotated[str, msgspec.Meta(max_length=1000)]


async def get_agent(ctx: Ctx, agent_id: str) -> db.Row:
    """The agent's row, locked, for staff who see his territory. Raises NotFound("agents.unknown")."""
    row = await db.fetch_one(f"SELECT * FROM agents WHERE id = $1{db.for_update()}", agent_id)
    if row is None or not (
        row["owner_id"] == ctx.person.id
        or row["territory_id"] in await territories_seen_by(ctx.person, ctx.now)
    ):
        raise NotFound("agents.unknown", agent_id=agent_id)
    return row


async def get_active_agent(ctx: Ctx, agent_id: str) -> db.Row:
    """The same of one who is an agent now. Raises Conflict("agents.not_active", state=…) for others."""
    row = await get_agent(ctx, agent_id)
    require_state(row, "active")
    return row


def require_state(row: db.Row, state: str) -> None:
    """Raise Conflict("agents.not_active" or "agents.decided", state=…) unless the agent is in this state."""
    if row["state"] != state:
        raise Conflict("agents.not_active" if state == "active" else "agents.decided", state=row["state"])


async def get_own(ctx: Ctx) -> db.Row:
    """The acting person's own row as an active agent, locked. Raises NotFound("agents.not_an_agent")."""
    row = await db.fetch_one(
        f"SELECT * FROM agents WHERE person_id = $1 AND state = 'active'{db.for_update()}", ctx.person.id
    )
    if row is None:
        raise NotFound("agents.not_an_agent")
    return row


async def get_upline(upline_id: str, territories: set[str] | None = None) -> db.Row:
    """An active agent others may stand under; of these territories only, where some are given.

    Raises NotFound("agents.upline_unknown").
    """
    row = await db.fetch_one(
        "SELECT id, name, path, territory_id, owner_id FROM agents WHERE id = $1 AND state = 'active'",
        upline_id,
    )
    if row is None or (territories is not None and row["territory_id"] not in territories):
        raise NotFound("agents.upline_unknown", upline_id=upline_id)
    return row


async def begin_upline(agent_id: str, upline_id: str | None, at: int) -> None:
    """Write under whom an agent stands from now on, and end what was before."""
    await db.execute(
        "UPDATE agent_uplines SET until_at = $2 WHERE agent_id = $1 AND until_at IS NULL", agent_id, at
    )
    await db.execute(
        "INSERT INTO agent_uplines (id, agent_id, upline_id, from_at) VALUES ($1, $2, $3, $4)",
        new_id(),
        agent_id,
        upline_id,
        at,
    )


async def begin_level(agent_id: str, price_level_id: str, at: int, *, reason: str, person_id: str) -> None:
    """Write what level an agent holds from now on, and end what was before."""
    await db.execute(
        "UPDATE agent_levels SET until_at = $2 WHERE agent_id = $1 AND until_at IS NULL", agent_id, at
    )
    await db.execute(
        """
        INSERT INTO agent_levels (id, agent_id, price_level_id, from_at, reason, person_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        new_id(),
        agent_id,
        price_level_id,
        at,
        reason,
        person_id,
    )
