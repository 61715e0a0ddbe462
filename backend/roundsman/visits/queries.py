"""Reads of visits for the office, each starting from the person who asks. Phones read their own feeds."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.context import Person
from roundsman.identity.queries import territories_of


async def visits_seen_by(
    person: Person,
    now: int,
    *,
    person_id: str | None = None,
    day_on: str | None = None,
    after: tuple[str, int, str] | None = None,
    limit: int = 50,
) -> list[db.Row]:
    """Visits, newest first, after a key (day_on, begun_at, id): one's own, and those in territories one answers for.

    `begun_at` is the true time of the check-in; for a skipped visit, when it was told. At most `limit` rows; one
    statement beside that for the territories, however many rows.
    """
    _, answered = await territories_of(person, now)
    if not person.may("visits.see_team"):
        answered = set()
    arguments: list[object] = [person.id, sorted(answered)]
    where = [f"(visits.person_id = $1 OR visits.territory_id {db.any_of('$2')})"]
    for column, value in (("person_id", person_id), ("day_on", day_on)):
        if value is not None:
            arguments.append(value)
            where.append(f"visits.{column} = ${len(arguments)}")
    begun_at = "coalesce(visits.checked_in_at, visits.received_at)"
    if after is not None:
        arguments += after
        first = len(arguments) - 2
        where.append(f"(visits.day_on, {begun_at}, visits.id) < (${first}, ${first + 1}, ${first + 2})")
    arguments.append(limit)
    return await db.fetch(
        f"""
        SELECT visits.*, {begun_at} AS begun_at, people.name AS person_name, customers.name AS customer_name,
            (SELECT count(*) FROM visit_steps WHERE visit_id = visits.id AND state = 'done') AS step_count,
            (SELECT count(*) FROM photos JOIN visit_steps ON photos.owner_id = visit_steps.id
             WHERE photos.owner_table = 'visit_steps' AND visit_steps.visit_id = visits.id) AS photo_count
        FROM visits JOIN people ON people.id = visits.person_id JOIN customers ON customers.id = visits.customer_id
        WHERE {" AND ".join(where)}
        ORDER BY visits.day_on DESC, {begun_at} DESC, visits.id DESC LIMIT ${len(arguments)}
        """,
        *arguments,
    )
