"""Reads of identity: what a person holds, now or since a moment, and who somebody is. Nothing here writes."""

import json
from collections.abc import Collection, Sequence

from roundsman.core import db
from roundsman.core.access import SALES, STAFF
from roundsman.core.context import Person
from roundsman.core.search import containing
from roundsman.core.times import month_of
from roundsman.identity.rules import months_held, name_key

_TERRITORIES_HELD = """
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


async def buckets_of(person: Person, now: int, months: Sequence[str] | None = None) -> list[str]:
    """Every bucket the person holds at `now`: one statement at most, whatever he holds.

    A member holds exactly his node, a manager his node and everything below it; who holds every territory holds
    the one bucket `all` instead. `months` ('YYYYMM') replaces the three a phone keeps: which months he carries
    says nothing about what he may see.
    """
    months = months_held(month_of(now)) if months is None else months
    buckets = ["org"]
    if not person.roles.isdisjoint(STAFF):
        buckets.append("staff")
    if not person.roles.isdisjoint(SALES):
        buckets += ["sales", "sales:levels"]
    buckets.append(f"user:{person.id}")
    buckets += [f"user:{person.id}:{month}" for month in months]
    is_over_all = "administrator" in person.roles
    seen, answered = ({"all"}, {"all"}) if is_over_all else await _territories_held(person, now)
    if "clerk" in person.roles:
        seen = {"all"}
    buckets += [f"terr:{territory}" for territory in sorted(seen)]
    for territory in sorted(answered):
        buckets.append(f"team:{territory}")
        buckets += [f"team:{territory}:{month}" for month in months]
    return buckets


async def territories_of(person: Person, now: int) -> tuple[set[str], set[str]]:
    """Territories whose customers the person sees, and those whose team's work he sees (always some of the
    former).
    """
    every: set[str] = set()
    if not person.roles.isdisjoint(("administrator", "clerk")):
        every = {row["id"] for row in await db.fetch("SELECT id FROM territories")}
        if "administrator" in person.roles:
            return every, every
    seen, answered = await _territories_held(person, now)
    return seen | every, answered


async def _territories_held(person: Person, now: int) -> tuple[set[str], set[str]]:
    """What he holds by memberships: the same pair."""
    seen: set[str] = set()
    answered: set[str] = set()
    if not person.roles.isdisjoint(("rep", "manager")):
        for row in await db.fetch(_TERRITORIES_HELD, person.id, now):
            if row["kind"] == "manager" and "manager" in person.roles:
                answered.add(row["id"])
            elif row["kind"] == "member" and "rep" in person.roles:
                seen.add(row["id"])
    return seen | answered, answered


async def held_since(person: Person, territory_id: str, since: int, now: int) -> bool:
    """Whether the person held `terr:<territory_id>` at any moment from `since` to `now`, both included.

    The tree is taken as it stands now: it has no history, memberships have.
    """
    if not person.roles.isdisjoint(("administrator", "clerk")):
        return await db.fetch_value("SELECT 1 FROM territories WHERE id = $1", territory_id) is not None
    path = await db.fetch_value("SELECT path FROM territories WHERE id = $1", territory_id)
    if path is None:
        return False
    rows = await db.fetch(
        f"""
        SELECT territory_id, kind FROM memberships
        WHERE person_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at >= $3)
          AND territory_id {db.any_of("$4")}
        """,
        person.id,
        now,
        since,
        str(path).strip("/").split("/"),
    )
    return any(
        (row["kind"] == "manager" and "manager" in person.roles)
        or (row["kind"] == "member" and row["territory_id"] == territory_id and "rep" in person.roles)
        for row in rows
    )


async def deciders_of(
    territories: Collection[str], now: int, *, roles: Collection[str]
) -> dict[str, list[str]]:
    """Territory → who decides there now, of these roles: managers who answer for it, and every clerk. Two statements,
    however many territories.
    """
    found: dict[str, list[str]] = {territory: [] for territory in territories}
    if "manager" in roles:
        rows = await db.fetch(
            f"""
            SELECT DISTINCT territories.id AS territory_id, people.id AS person_id, people.roles
            FROM territories
            JOIN memberships ON territories.path LIKE '%/' || memberships.territory_id || '/%'
            JOIN people ON people.id = memberships.person_id
            WHERE territories.id {db.any_of("$1")} AND memberships.kind = 'manager' AND people.is_active
              AND memberships.from_at <= $2 AND (memberships.until_at IS NULL OR memberships.until_at > $2)
            """,
            sorted(territories),
            now,
        )
        for row in rows:
            if "manager" in json.loads(row["roles"]):
                found[row["territory_id"]].append(row["person_id"])
    if "clerk" in roles:
        rows = await db.fetch(
            "SELECT id FROM people WHERE is_active AND CAST(roles AS text) LIKE $1", '%"clerk"%'
        )
        for people in found.values():
            people += [row["id"] for row in rows if row["id"] not in people]
    return found


async def load_person(person_id: str) -> Person | None:
    """The person with his roles, or None when unknown or no longer active. The registry adds permissions."""
    row = await db.fetch_one("SELECT id, name, roles, is_active FROM people WHERE id = $1", person_id)
    return _with_roles(row) if row is not None and row["is_active"] else None


async def load_author(person_id: str) -> Person | None:
    """The same of whoever recorded something, also when he was let go since; None when unknown."""
    row = await db.fetch_one("SELECT id, name, roles FROM people WHERE id = $1", person_id)
    return None if row is None else _with_roles(row)


def _with_roles(row: db.Row) -> Person:
    return Person(
        id=row["id"],
        name=row["name"],
        roles=frozenset(json.loads(row["roles"])),
        permissions=frozenset(),
    )


async def people_seen_by(
    person: Person, after: tuple[str, str] | None, limit: int, *, search: str = "", role: str = ""
) -> list[db.Row]:
    """People in the order of their names, after (name_key, id), for whoever may see people at all."""
    if not person.may("identity.see_people"):
        return []
    name, id = after or ("", "")
    return await db.fetch(
        """
        SELECT id, name, name_key, phone, login, roles, is_active, created_at,
               password_hash IS NOT NULL AS can_sign_in
        FROM people
        WHERE (name_key, id) > ($1, $2)
          AND ($3 = '' OR name_key LIKE $4 ESCAPE '\\' OR login LIKE $4 ESCAPE '\\' OR phone LIKE $4 ESCAPE '\\')
          AND ($5 = '' OR CAST(roles AS text) LIKE $6)
        ORDER BY name_key, id LIMIT $7
        """,
        name,
        id,
        name_key(search),
        containing(name_key(search)),
        role,
        f'%"{role}"%',
        limit,
    )
