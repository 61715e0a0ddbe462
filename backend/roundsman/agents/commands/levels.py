"""Commands of an agent's level: given by the office, or asked for by himself. Which level a customer pays by is the
customers domain's; it announces, and following.py takes it over.
"""

from __future__ import annotations

from roundsman.agents.commands.rows import Note, get_active_agent, get_agent, get_own
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.customers.commands import require_level
from roundsman.customers.commands import set_level as set_level_of_customer
from roundsman.customers.commands.levels import SetLevel


class SetAgentLevel(Payload, kw_only=True, frozen=True):
    """Which level an agent holds from now on, and why."""

    agent_id: Id
    price_level_id: Id
    reason: Note = ""


@command("agents.set_level", permission="agents.decide")
async def set_level(ctx: Ctx, cmd: SetAgentLevel) -> None:
    """Give an agent another level; his prices are that level's from his next contact on."""
    agent = await get_active_agent(ctx, cmd.agent_id)
    await _give(ctx, agent, cmd.price_level_id, cmd.reason)


async def _give(ctx: Ctx, agent: db.Row, price_level_id: str, reason: str) -> None:
    if agent["price_level_id"] == price_level_id:
        return
    await set_level_of_customer(ctx, SetLevel(customer_id=agent["id"], level_id=price_level_id))
    await db.execute(
        "UPDATE agent_levels SET reason = $2 WHERE agent_id = $1 AND until_at IS NULL",
        agent["id"],
        reason.strip(),
    )


class AskUpgrade(Payload, kw_only=True, frozen=True):
    """The level one asks for, and why one should have it."""

    request_id: Id
    price_level_id: Id
    reason: Note = ""


@command("agents.ask_upgrade", permission="agents.be")
async def ask_upgrade(ctx: Ctx, cmd: AskUpgrade) -> None:
    """Ask for another level; one question is open at a time."""
    own = await get_own(ctx)
    await require_level(cmd.price_level_id)
    if own["price_level_id"] == cmd.price_level_id:
        raise Conflict("agents.level_held", price_level_id=cmd.price_level_id)
    if await db.fetch_value(
        "SELECT 1 FROM upgrade_requests WHERE id = $1 OR (agent_id = $2 AND state = 'asked')",
        cmd.request_id,
        own["id"],
    ):
        raise Conflict("agents.upgrade_asked")
    await db.execute(
        """
        INSERT INTO upgrade_requests (id, agent_id, price_level_id, reason, state, asked_at, decision_reason, person_id,
                                      territory_id, owner_id)
        VALUES ($1, $2, $3, $4, 'asked', $5, '', $6, $7, $8)
        """,
        cmd.request_id,
        own["id"],
        cmd.price_level_id,
        cmd.reason.strip(),
        ctx.true_at,
        ctx.person.id,
        own["territory_id"],
        own["owner_id"],
    )


class DecideUpgrade(Payload, kw_only=True, frozen=True):
    """The answer to a level asked for; a refusal says why."""

    request_id: Id
    is_approved: bool
    reason: Note = ""


@command("agents.decide_upgrade", permission="agents.decide")
async def decide_upgrade(ctx: Ctx, cmd: DecideUpgrade) -> None:
    """Grant or refuse a level asked for."""
    asked = await db.fetch_one(
        f"SELECT * FROM upgrade_requests WHERE id = $1{db.for_update()}", cmd.request_id
    )
    if asked is None:
        raise NotFound("agents.upgrade_unknown")
    agent = await get_agent(ctx, asked["agent_id"])
    if asked["state"] != "asked":
        raise Conflict("agents.decided", state=asked["state"])
    if not cmd.is_approved and not cmd.reason.strip():
        raise Invalid("agents.reason_missing", field="reason")
    await db.execute(
        """
        UPDATE upgrade_requests SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5 WHERE id = $1
        """,
        cmd.request_id,
        "approved" if cmd.is_approved else "refused",
        ctx.person.id,
        ctx.now,
        cmd.reason.strip(),
    )
    if cmd.is_approved:
        await require_level(asked["price_level_id"])
        await _give(ctx, agent, asked["price_level_id"], asked["reason"])
