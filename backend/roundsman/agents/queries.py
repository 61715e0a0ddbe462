"""Reads of agents, each starting from the person who asks. Nothing here writes."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.context import Person


async def find_agent_of(person: Person) -> db.Row | None:
    """The person's own standing as an active agent; None for everybody else."""
    if "agent" not in person.roles:
        return None
    return await db.fetch_one("SELECT * FROM agents WHERE person_id = $1 AND state = 'active'", person.id)


async def buckets_of_agent(person: Person, _now: int) -> list[str]:
    """What being an agent adds: the prices of his own level, and what concerns him as a customer."""
    agent = await find_agent_of(person)
    return [] if agent is None else [f"level:{agent['price_level_id']}", f"buyer:{agent['id']}"]
