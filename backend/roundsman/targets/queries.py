"""Reads of targets, each starting from the person who asks: which he sees, and what was reached of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.figures.queries.completing import completes
from roundsman.figures.queries.rankings import (
    VALUE_OF_FACTS,
    Policy,
    Question,
    Sight,
    kinds_of,
    shown_value,
    values_of,
)
from roundsman.figures.rules import By, Metric
from roundsman.identity.queries import territories_of
from roundsman.targets.rules import Scope, Span, completion_permille, counting

_ALL: Final = Sight(None)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose targets somebody sees: of the people and of these territories (None: all). Of those in `rates_of` he learns
    only how far they are.
    """

    people: frozenset[str] | None
    territories: frozenset[str] | None
    rates_of: frozenset[str] = frozenset()


async def reach_of(person: Person, now: int, policy: Policy) -> Reach:
    """A clerk and an administrator see all, a manager the people and places he answers for and himself, a rep himself
    and of those of his places what the policy lets him.
    """
    if not person.roles.isdisjoint(("clerk", "administrator")):
        return Reach(None, None)
    seen, answered = await territories_of(person, now)
    if answered:
        people = await people_in(answered, now)
        return Reach(people | {person.id}, frozenset(answered))
    own = frozenset((person.id,))
    if policy.peers == "hidden":
        return Reach(own, frozenset())
    peers = await people_in(seen, now) - own
    return Reach(own | peers, frozenset(), frozenset() if policy.peers == "amount" else peers)


async def people_in(territories: Collection[str], now: int) -> frozenset[str]:
    """Who is in the teams of these territories."""
    rows = await db.fetch(
        f"""
        SELECT DISTINCT person_id FROM memberships
        WHERE territory_id {db.any_of("$1")} AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)
        """,
        sorted(territories),
        now,
    )
    return frozenset(row["person_id"] for row in rows)


def _in_reach(reach: Reach, arguments: list[object]) -> str:
    """The condition of targets in reach; its values are added to the arguments."""
    if reach.people is None or reach.territories is None:
        return "1 = 1"
    arguments += [sorted(reach.people), sorted(reach.territories)]
    people, places = db.any_of(f"${len(arguments) - 1}"), db.any_of(f"${len(arguments)}")
    return f"((scope = 'person' AND scope_id {people}) OR (scope = 'territory' AND scope_id {places}))"


async def targets_seen_by(
    reach: Reach, from_on: str, until_on: str, *, after: tuple[str, str] | None, limit: int
) -> list[db.Row]:
    """Targets that touch a range, the latest begun first, each with what its parts come to. Those of whom only the rate
    is told are not among them.
    """
    if reach.people is not None:
        reach = Reach(reach.people - reach.rates_of, reach.territories)
    arguments: list[object] = [from_on, until_on]
    condition = _in_reach(reach, arguments)
    if after is not None:
        arguments += after
        condition += f" AND (from_on, id) < (${len(arguments) - 1}, ${len(arguments)})"
    arguments.append(limit)
    return await db.fetch(
        f"""
        SELECT targets.*, coalesce(people.name, territories.name, '') AS name,
            coalesce(categories.name, '') AS category_name,
            (SELECT coalesce(CAST(sum(part.amount) AS bigint), 0) FROM targets AS part
             WHERE part.parent_id = targets.id) AS parts_amount
        FROM (
            SELECT * FROM targets WHERE until_on >= $1 AND from_on <= $2 AND {condition}
            ORDER BY from_on DESC, id DESC LIMIT ${len(arguments)}
        ) AS targets
        LEFT JOIN people ON scope = 'person' AND people.id = scope_id
        LEFT JOIN territories ON scope = 'territory' AND territories.id = scope_id
        LEFT JOIN categories ON categories.id = category_id
        ORDER BY from_on DESC, targets.id DESC
        """,
        *arguments,
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """What somebody or a place was to reach in a range and has, in the unit a value is shown in. `from_on` and
    `until_on` span the targets that count.
    """

    key: str
    amount: int
    actual: int
    from_on: str
    until_on: str


async def reached_in(
    reach: Reach,
    scope: Scope,
    metric: Metric,
    policy: Policy,
    from_on: str,
    until_on: str,
    *,
    category_id: str = "",
    territory_id: str = "",
    now: int = 0,
) -> list[Reached]:
    """How far everybody in reach is who has targets in a range. A person's figure is his whole, wherever he made it; a
    territory's is that of all below it. Reads as many rankings as the targets that count have different periods.
    """
    arguments: list[object] = [metric, scope, from_on, until_on, category_id]
    condition = _in_reach(reach, arguments)
    if territory_id:
        rows = await db.fetch(
            "SELECT below.id FROM territories AS top JOIN territories AS below ON below.path LIKE top.path || '%'"
            " WHERE top.id = $1",
            territory_id,
        )
        wanted: Collection[str] = [row["id"] for row in rows]
        arguments.append(sorted(wanted if scope == "territory" else await people_in(wanted, now)))
        condition += f" AND scope_id {db.any_of(f'${len(arguments)}')}"
    own: defaultdict[str, list[Span]] = defaultdict(list)
    for row in await db.fetch(
        f"""
        SELECT id, scope_id, from_on, until_on, amount FROM targets
        WHERE metric = $1 AND scope = $2 AND from_on >= $3 AND until_on <= $4 AND category_id = $5 AND {condition}
        """,
        *arguments,
    ):
        own[row["scope_id"]].append(Span(row["id"], row["from_on"], row["until_on"], row["amount"]))
    chosen = {key: counting(spans, from_on, until_on) for key, spans in own.items()}
    actuals: dict[tuple[str, str], dict[str, int]] = {}
    for start, end in sorted({(one.from_on, one.until_on) for spans in chosen.values() for one in spans}):
        actuals[start, end] = await values_in(scope, metric, policy, start, end, category_id)
    return [
        Reached(
            key,
            sum(one.amount for one in spans),
            shown_value(metric, sum(actuals[one.from_on, one.until_on].get(key, 0) for one in spans)),
            spans[0].from_on,
            spans[-1].until_on,
        )
        for key, spans in chosen.items()
    ]


async def values_in(
    scope: Scope, metric: Metric, policy: Policy, from_on: str, until_on: str, category_id: str = ""
) -> dict[str, int]:
    """What everybody, or every territory with all below it, came to, not yet rounded."""
    if category_id:
        values = await _values_of_category(scope, metric, policy, from_on, until_on, category_id)
    elif scope == "person":
        return await values_of(Question(metric, "rep", policy.basis, from_on, until_on), _ALL)
    else:
        # As deep as a tree may be: each node keeps what is its own.
        values = await values_of(
            Question(metric, "territory", policy.basis, from_on, until_on, level=99), _ALL
        )
    return values if scope == "person" else await _with_those_above(values)


async def _with_those_above(values: dict[str, int]) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for row in await db.fetch("SELECT id, path FROM territories"):
        if value := values.get(row["id"]):
            for id in row["path"].strip("/").split("/"):
                found[id] += value
    return dict(found)


async def _values_of_category(
    scope: Scope, metric: Metric, policy: Policy, from_on: str, until_on: str, category_id: str
) -> dict[str, int]:
    day, column = f"{policy.basis}_on", "person_id" if scope == "person" else "territory_id"
    rows = await db.fetch(
        f"""
        WITH RECURSIVE below AS (
            SELECT id FROM categories WHERE id = $3
            UNION SELECT categories.id FROM categories JOIN below ON categories.parent_id = below.id
        )
        SELECT {column} AS key, CAST(sum({VALUE_OF_FACTS[metric]}) AS bigint) AS value
        FROM figure_facts JOIN products ON products.id = product_id JOIN below ON below.id = category_id
        WHERE {day} BETWEEN $1 AND $2 AND {kinds_of(metric)} GROUP BY {column}
        """,
        from_on,
        until_on,
        category_id,
    )
    return {row["key"]: row["value"] for row in rows}


async def days_off(from_on: str, until_on: str) -> frozenset[str]:
    """The company's days off in the years a range touches."""
    rows = await db.fetch(
        "SELECT id FROM holidays WHERE id >= $1 AND id <= $2", f"{from_on[:4]}-01-01", f"{until_on[:4]}-12-31"
    )
    return frozenset(row["id"] for row in rows)


async def names_of(scope: Scope, keys: Sequence[str]) -> dict[str, str]:
    """What people or territories are called."""
    table = "people" if scope == "person" else "territories"
    rows = await db.fetch(f"SELECT id, name FROM {table} WHERE id {db.any_of('$1')}", list(keys))
    return {row["id"]: row["name"] for row in rows}


@completes
async def completion_in(
    ctx: Ctx, policy: Policy, by: By, from_on: str, until_on: str, territory_id: str
) -> dict[str, int]:
    """How far everybody is with his targets of sales, for the ranking by completion."""
    reach = await reach_of(ctx.person, ctx.now, policy)
    scope: Scope = "person" if by == "rep" else "territory"
    found = await reached_in(
        reach, scope, "sales", policy, from_on, until_on, territory_id=territory_id, now=ctx.now
    )
    return {one.key: completion_permille(one.actual, one.amount) for one in found}
