"""Commands that decide about who asked to become an agent, and that end being one."""

from __future__ import annotations

from roundsman.agents import rules
from roundsman.agents.commands.rows import (
    Note,
    begin_level,
    begin_upline,
    get_active_agent,
    get_agent,
    get_upline,
    require_state,
)
from roundsman.agents.events import AgentApproved, AgentEnded
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Invalid
from roundsman.core.events import announce
from roundsman.core.ids import Id
from roundsman.customers.commands import require_level
from roundsman.customers.commands.rows import insert_customer, new_customer, require_class
from roundsman.customers.events import CustomersChanged
from roundsman.identity.commands import insert_person
from roundsman.identity.commands.people import AddPerson, DeactivatePerson, deactivate_person


class ApproveAgent(Payload, kw_only=True, frozen=True):
    """Who becomes an agent, and as what. `person_id` is who will sign in; without a level it is the invitation's."""

    agent_id: Id
    person_id: Id
    price_level_id: Id | None = None
    class_id: Id | None = None


@command("agents.approve", permission="agents.decide")
async def approve(ctx: Ctx, cmd: ApproveAgent) -> None:
    """Make somebody an agent: a customer of his level who may sign in, with the phone and password he gave."""
    agent = await get_agent(ctx, cmd.agent_id)
    require_state(agent, "asked")
    level_id = cmd.price_level_id or agent["price_level_id"]
    await require_level(level_id)
    await require_class(cmd.class_id)
    # Who brought him in may have left meanwhile; the next above takes his place.
    upline = await _standing_upline(agent["upline_id"])
    customer = new_customer(
        ctx,
        agent["id"],
        {name: agent[name] for name in ("name", "province", "city", "county")} | {"phone": agent["mobile"]},
        territory_id=agent["territory_id"],
        owner_id=agent["owner_id"],
        class_id=cmd.class_id,
        tags=(),
        place=(None, None, None),
        source="agent",
    )
    await insert_customer({**customer, "price_level_id": level_id})
    await announce(ctx, CustomersChanged([agent["id"]]))
    person = AddPerson(person_id=cmd.person_id, name=agent["name"], phone=agent["mobile"], roles=["agent"])
    await insert_person(person, ctx.now, password_hash=agent["password_hash"])
    upline_id = None if upline is None else upline["id"]
    path = rules.path_under("" if upline is None else upline["path"], agent["id"])
    await db.execute(
        """
        UPDATE agents
        SET state = 'active', person_id = $2, price_level_id = $3, upline_id = $4, path = $5, decided_by = $6,
            decided_at = $7, changed_at = $7, password_hash = NULL
        WHERE id = $1
        """,
        agent["id"],
        cmd.person_id,
        level_id,
        upline_id,
        path,
        ctx.person.id,
        ctx.now,
    )
    await begin_upline(agent["id"], upline_id, ctx.now)
    await begin_level(agent["id"], level_id, ctx.now, reason="", person_id=ctx.person.id)
    await announce(ctx, AgentApproved(agent_id=agent["id"], person_id=cmd.person_id, upline_id=upline_id))


async def _standing_upline(upline_id: str | None) -> db.Row | None:
    """The nearest agent at or above `upline_id` who still is one."""
    while upline_id is not None:
        row = await db.fetch_one("SELECT state, upline_id FROM agents WHERE id = $1", upline_id)
        if row is None:
            return None
        if row["state"] == "active":
            return await get_upline(upline_id)
        upline_id = row["upline_id"]
    return None


class RefuseAgent(Payload, kw_only=True, frozen=True):
    """Who does not become an agent, and why."""

    agent_id: Id
    reason: Note


@command("agents.refuse", permission="agents.decide")
async def refuse(ctx: Ctx, cmd: RefuseAgent) -> None:
    """Refuse a registration; what he chose as a password is forgotten."""
    agent = await get_agent(ctx, cmd.agent_id)
    require_state(agent, "asked")
    await _close(ctx, agent, "refused", cmd.reason)


class EndAgent(Payload, kw_only=True, frozen=True):
    """Who is no agent any more, and why."""

    agent_id: Id
    reason: Note


@command("agents.end", permission="agents.decide")
async def end(ctx: Ctx, cmd: EndAgent) -> None:
    """End being an agent: he can't sign in any more. The customer, his orders and his downline stay."""
    agent = await get_active_agent(ctx, cmd.agent_id)
    await _close(ctx, agent, "ended", cmd.reason)
    for table in ("agent_uplines", "agent_levels"):
        await db.execute(
            f"UPDATE {table} SET until_at = $2 WHERE agent_id = $1 AND until_at IS NULL", agent["id"], ctx.now
        )
    await deactivate_person(ctx, DeactivatePerson(person_id=agent["person_id"]))
    await announce(ctx, AgentEnded(agent_id=agent["id"], person_id=agent["person_id"]))


async def _close(ctx: Ctx, agent: db.Row, state: rules.State, reason: str) -> None:
    if not reason.strip():
        raise Invalid("agents.reason_missing", field="reason")
    await db.execute(
        """
        UPDATE agents
        SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5, changed_at = $4, password_hash = NULL
        WHERE id = $1
        """,
        agent["id"],
        state,
        ctx.person.id,
        ctx.now,
        reason.strip(),
    )
