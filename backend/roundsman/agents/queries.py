"""Reads of agents, each starting from the person who asks. Nothing here writes."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.core.errors import NotFound
from roundsman.core.search import containing
from roundsman.customers.queries import territories_seen_by


async def find_agent_of(person: Person) -> db.Row | None:
    """The person's own standing as an active agent; None for everybody else."""
    if "agent" not in person.roles:
        return None
    return await db.fetch_one("SELECT * FROM agents WHERE person_id = $1 AND state = 'active'", person.id)


async def buckets_of_agent(person: Person, _now: int) -> list[str]:
    """What being an agent adds: the prices of his own level, and what concerns him as a customer."""
    agent = await find_agent_of(person)
    return [] if agent is None else [f"level:{agent['price_level_id']}", f"buyer:{agent['id']}"]


async def is_active_agent(customer_id: str) -> bool:
    """Whether a customer orders for himself."""
    return bool(await db.fetch_value("SELECT 1 FROM agents WHERE id = $1 AND state = 'active'", customer_id))


async def agents_seen_by(
    ctx: Ctx,
    *,
    state: str = "",
    price_level_id: str = "",
    search: str = "",
    after: tuple[int, str] | None,
    limit: int,
) -> list[db.Row]:
    """Agents in the territories the person sees and his own ones, the latest to ask first, after (asked_at, id)."""
    arguments: list[object] = [sorted(await territories_seen_by(ctx.person, ctx.now)), ctx.person.id]
    where = [f"(agents.territory_id {db.any_of('$1')} OR agents.owner_id = $2)"]

    def ask(condition: str, *values: object) -> None:
        numbers = [f"${len(arguments) + number}" for number in range(1, len(values) + 1)]
        arguments.extend(values)
        where.append(condition.format(*numbers))

    if state:
        ask("agents.state = {0}", state)
    if price_level_id:
        ask("agents.price_level_id = {0}", price_level_id)
    if search:
        ask("(agents.name LIKE {0} ESCAPE '\\' OR agents.mobile LIKE {0} ESCAPE '\\')", containing(search))
    if after is not None:
        ask("(agents.asked_at, agents.id) < ({0}, {1})", *after)
    arguments.append(limit)
    return await db.fetch(
        f"""
        SELECT agents.id, agents.name, agents.mobile, agents.province, agents.city, agents.county, agents.state,
               agents.price_level_id, agents.upline_id, uplines.name AS upline_name, agents.note, agents.asked_at,
               agents.decided_at, agents.decision_reason, agents.territory_id, agents.owner_id, agents.person_id
        FROM agents LEFT JOIN agents AS uplines ON uplines.id = agents.upline_id
        WHERE {" AND ".join(where)} ORDER BY agents.asked_at DESC, agents.id DESC LIMIT ${len(arguments)}
        """,
        *arguments,
    )


async def invitations_seen_by(ctx: Ctx, *, after: tuple[int, str] | None, limit: int) -> list[db.Row]:
    """Invitations of one's own, and for who decides also those of his territories; the latest first."""
    territories: list[str] = []
    if ctx.person.may("agents.decide"):
        territories = sorted(await territories_seen_by(ctx.person, ctx.now))
    return await db.fetch(
        f"""
        SELECT invitations.id, invitations.upline_id, agents.name AS upline_name, invitations.price_level_id,
               invitations.territory_id, invitations.owner_id, invitations.note, uses_left, expires_at, is_revoked,
               created_by, created_at
        FROM invitations LEFT JOIN agents ON agents.id = invitations.upline_id
        WHERE (created_by = $1 OR invitations.territory_id {db.any_of("$2")})
          AND (created_at, invitations.id) < ($3, $4)
        ORDER BY created_at DESC, invitations.id DESC LIMIT $5
        """,
        ctx.person.id,
        territories,
        *(after or (2**53 - 1, "")),
        limit,
    )


async def histories_of(ctx: Ctx, agent_id: str) -> tuple[list[db.Row], list[db.Row]]:
    """(uplines, levels) an agent had, the latest first, for staff who see him and for himself.

    Raises NotFound("agents.unknown").
    """
    agent = await db.fetch_one("SELECT person_id, owner_id, territory_id FROM agents WHERE id = $1", agent_id)
    if agent is None or not (
        ctx.person.id in (agent["person_id"], agent["owner_id"])
        or agent["territory_id"] in await territories_seen_by(ctx.person, ctx.now)
    ):
        raise NotFound("agents.unknown", agent_id=agent_id)
    uplines = await db.fetch(
        """
        SELECT agent_uplines.upline_id, agents.name AS upline_name, from_at, until_at
        FROM agent_uplines LEFT JOIN agents ON agents.id = agent_uplines.upline_id
        WHERE agent_id = $1 ORDER BY from_at DESC, agent_uplines.id DESC LIMIT 200
        """,
        agent_id,
    )
    levels = await db.fetch(
        """
        SELECT agent_levels.price_level_id, price_levels.name AS level_name, from_at, until_at, reason
        FROM agent_levels JOIN price_levels ON price_levels.id = agent_levels.price_level_id
        WHERE agent_id = $1 ORDER BY from_at DESC, agent_levels.id DESC LIMIT 200
        """,
        agent_id,
    )
    return uplines, levels


async def downline_of(person: Person, *, after: tuple[str, str] | None, limit: int) -> list[db.Row]:
    """Active agents below the person, by name after (name, id): no mobiles, no prices. Nobody's for who is no agent."""
    own = await find_agent_of(person)
    if own is None:
        return []
    return await db.fetch(
        """
        SELECT agents.id, agents.name, price_levels.name AS level_name, agents.decided_at, agents.upline_id,
               agents.upline_id = $2 AS is_direct
        FROM agents JOIN price_levels ON price_levels.id = agents.price_level_id
        WHERE agents.path LIKE $1 AND agents.id <> $2 AND agents.state = 'active'
          AND (agents.name, agents.id) > ($3, $4)
        ORDER BY agents.name, agents.id LIMIT $5
        """,
        f"{own['path']}%",
        own["id"],
        *(after or ("", "")),
        limit,
    )
