"""Telling who has reached what he was to reach: a look once a minute, beside the work and not in its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from roundsman.core import db
from roundsman.core.domain import Job
from roundsman.core.times import MINUTE, SECOND, add_days, day_on, now_ms
from roundsman.figures.queries.rankings import policy_in_force, shown_value
from roundsman.identity.queries import deciders_of
from roundsman.messages.commands import Told, tell_each
from roundsman.targets.queries import names_of, values_in

LATE_DAYS: Final = 31
"""So long after its last day a target may still be reached by what phones and desks bring late."""


async def tell_reached(_arguments: Mapping[str, Any]) -> None:
    """Tell whose target was reached, and the managers above him, once; that it is no longer, after a return, is not
    told, and being reached again neither.
    """
    now = now_ms()
    rows = await db.fetch(
        "SELECT * FROM targets WHERE reached_at IS NULL AND from_on <= $1 AND until_on >= $2 ORDER BY id",
        day_on(now),
        add_days(day_on(now), -LATE_DAYS),
    )
    alike: defaultdict[tuple[str, ...], list[db.Row]] = defaultdict(list)
    for row in rows:
        alike[row["scope"], row["metric"], row["from_on"], row["until_on"], row["category_id"]].append(row)
    policy = await policy_in_force()
    reached = []
    for (scope, metric, *span), targets in alike.items():
        values = await values_in(scope, metric, policy, *span)  # type: ignore[arg-type]  # as the table has them
        reached += [
            row
            for row in targets
            if shown_value(row["metric"], values.get(row["scope_id"], 0)) >= row["amount"]
        ]
    if not reached:
        return
    async with db.unit_of_work():
        await db.execute(
            f"UPDATE targets SET reached_at = $2 WHERE id {db.any_of('$1')}",
            [row["id"] for row in reached],
            now,
        )
        await tell_each(await _told(reached, now), now)


async def _told(targets: Sequence[db.Row], now: int) -> list[Told]:
    people = [row["scope_id"] for row in targets if row["scope"] == "person"]
    places = [row["scope_id"] for row in targets if row["scope"] == "territory"]
    names = {**await names_of("person", people), **await names_of("territory", places)}
    where: defaultdict[str, set[str]] = defaultdict(set)
    for row in await db.fetch(
        f"""
        SELECT person_id, territory_id FROM memberships
        WHERE person_id {db.any_of("$1")} AND kind = 'member' AND until_at IS NULL
        """,
        people,
    ):
        where[row["person_id"]].add(row["territory_id"])
    above = await deciders_of(
        {*places, *(one for found in where.values() for one in found)}, now, roles=("manager",)
    )
    told = []
    for row in targets:
        own = {row["scope_id"]} if row["scope"] == "person" else set()
        near = where[row["scope_id"]] if own else {row["scope_id"]}
        for person in own | {one for territory in near for one in above.get(territory, ())}:
            args: dict[str, str | bool] = {"name": names.get(row["scope_id"], ""), "is_own": person in own}
            told.append(Told(person, "target_reached", "/targets", f"target:{row['id']}:reached", args))
    return told


JOBS = (Job("targets.tell_reached", run=tell_reached, every=MINUTE // SECOND, has_unit=False),)
