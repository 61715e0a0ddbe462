"""Reads of identity: what a person holds, now or since a moment, and who somebody is. Nothing here writes."""

from roundsman.core import db
from roundsman.core.context import Person
from roundsman.core.times import month_of
from roundsman.identity.rules import STAFF, months_held

TERRITORIES_HELD = """
    WITH RECURSIVE
    mine AS (
        SELECT territory_id, kind FROM memberships
        WHERE person_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)
    ),
    managed AS (
        SELECT territory_id AS id FROM mine WHERE kind = 'manager'
        UNION
        SELECT territories.id FROM territories JOIN managed ON territories.parent_id = managed.id
    )
    SELECT territory_id AS id, 'member' AS kind FROM mine WHERE kind = 'member'
    UNION ALL
    SELECT id, 'manager' AS kind FROM managed
"""


async def buckets_of(person: Person, now: int, months: list[str] | None = None) -> list[str]:
    """Every bucket the person holds at `now`; `months` replaces the usual three. At most two statements.

    A member holds exactly his node, a manager his node and everything below it.
    """
    months = months_held(month_of(now)) if months is None else months
    buckets = ["org"]
    if not person.roles.isdisjoint(STAFF):
        buckets.append("staff")
    buckets.append(f"user:{person.id}")
    buckets += [f"user:{person.id}:{month}" for month in months]
    seen: set[str] = set()
    answered: set[str] = set()
    if "administrator" in person.roles or "clerk" in person.roles:
        seen = {row["id"] for row in await db.fetch("SELECT id FROM territories")}
    if "administrator" in person.roles:
        answered = seen
    elif "rep" in person.roles or "manager" in person.roles:
        for row in await db.fetch(TERRITORIES_HELD, person.id, now):
            if row["kind"] == "manager" and "manager" in person.roles:
                answered.add(row["id"])
            elif row["kind"] == "member" and "rep" in person.roles:
                seen.add(row["id"])
    buckets += [f"terr:{territory}" for territory in sorted(seen | answered)]
    for territory in sorted(answered):
        buckets.append(f"team:{territory}")
        buckets += [f"team:{territory}:{month}" for month in months]
    return buckets
