"""Rankings: sums of whole periods, what is left of a range among the facts, and who may see which of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from roundsman.core import db
from roundsman.core.context import Person
from roundsman.core.errors import NotFound
from roundsman.figures.queries.documents import FEN
from roundsman.figures.rules import PERIODS_OF, Basis, By, Metric, Peers, cut
from roundsman.identity.queries import territories_of

_SUBJECTS: Final[Mapping[By, tuple[str, str]]] = {
    "rep": ("person", "person_id"),
    "territory": ("person", "territory_id"),
    "customer": ("customer", "subject_id"),
    "product": ("product", "subject_id"),
}
"""What is summed for each, and the column of its key."""

OF_A_FACT: Final[Mapping[By, str]] = {
    "rep": "person_id",
    "territory": "territory_id",
    "customer": "customer_id",
    "product": "product_id",
}
_NAMES: Final[Mapping[By, str]] = {
    "rep": "people",
    "territory": "territories",
    "customer": "customers",
    "product": "products",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """When a sale counts, and what reps see of each other; the company's row, or what holds without one."""

    basis: Basis = "ordered"
    peers: Peers = "rank"


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose figures somebody sees: those made in these territories (None: in all), or only his own (`person_id`).
    `is_amount_hidden` says that of others he learns the order only.
    """

    territories: frozenset[str] | None
    person_id: str = ""
    is_amount_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is ranked. Days are inclusive; `territory_id` means it and all below it."""

    metric: Metric
    by: By
    basis: Basis
    from_on: str
    until_on: str
    territory_id: str = ""
    level: int = 1


async def policy_in_force() -> Policy:
    """The company's."""
    row = await db.fetch_one("SELECT basis, peers FROM figure_policy")
    return Policy() if row is None else Policy(row["basis"], row["peers"])


async def sight_of(person: Person, now: int, policy: Policy) -> Sight:
    """A clerk and an administrator see all, a manager what he answers for, a rep himself and of the others in his
    territories what the policy lets him.
    """
    if not person.roles.isdisjoint(("clerk", "administrator")):
        return Sight(None)
    seen, answered = await territories_of(person, now)
    if answered:
        return Sight(frozenset(answered))
    if policy.peers == "hidden":
        return Sight(frozenset(), person.id)
    return Sight(frozenset(seen), person.id, is_amount_hidden=policy.peers == "rank")


async def values_of(question: Question, sight: Sight) -> dict[str, int]:
    """The value of every key in sight: 1/10000 yuan, thousandths, or a count. Reads one row for each person, territory
    and period.
    """
    territories = await territories_meant(question, sight)
    if territories is not None and not territories and not sight.person_id:
        return {}
    values: defaultdict[str, int] = defaultdict(int)
    subject, column = _SUBJECTS[question.by]
    periods, days = cut(question.from_on, question.until_on, PERIODS_OF[subject])
    if periods:
        arguments: list[object] = []
        ranges = []
        for period in periods:
            # "}" is what comes next after "|".
            arguments += (f"{period}|{subject}|", f"{period}|{subject}}}")
            ranges.append(f"(id >= ${len(arguments) - 1} AND id < ${len(arguments)})")
        condition = whose_of(territories, sight, arguments)
        rows = await db.fetch(
            f"""
            SELECT {column} AS key, CAST(sum({_value_of_sums(question)}) AS bigint) AS value FROM figure_sums
            WHERE ({" OR ".join(ranges)}) AND {condition} GROUP BY {column}
            """,
            *arguments,
        )
        for row in rows:
            values[row["key"]] += row["value"]
    for from_on, until_on in days:
        for row in await _values_of_days(question, sight, territories, from_on, until_on):
            values[row["key"]] += row["value"]
    if question.by == "territory":
        places = await place_of_territories(question, sight)
        of_places: defaultdict[str, int] = defaultdict(int)
        for id, value in values.items():
            of_places[places.get(id, id)] += value
        values = of_places
    # Who did something else in the range has a row in it, and no place in this ranking.
    return {key: value for key, value in values.items() if value}


async def _values_of_days(
    question: Question, sight: Sight, territories: list[str] | None, from_on: str, until_on: str
) -> list[db.Row]:
    arguments: list[object] = [from_on, until_on]
    condition = whose_of(territories, sight, arguments)
    column, day = OF_A_FACT[question.by], f"{question.basis}_on"
    return await db.fetch(
        f"""
        SELECT {column} AS key, CAST(sum({VALUE_OF_FACTS[question.metric]}) AS bigint) AS value FROM figure_facts
        WHERE {day} BETWEEN $1 AND $2 AND {kinds_of(question.metric)} AND {column} <> '' AND {condition}
        GROUP BY {column}
        """,
        *arguments,
    )


def whose_of(territories: list[str] | None, sight: Sight, arguments: list[object]) -> str:
    """The condition of what is in sight; its values are added to the arguments."""
    ways = []
    if territories is not None:
        arguments.append(territories)
        ways.append(f"territory_id {db.any_of(f'${len(arguments)}')}")
    if sight.person_id:
        arguments.append(sight.person_id)
        ways.append(f"person_id = ${len(arguments)}")
    return f"({' OR '.join(ways)})" if ways else "1 = 1"


def _value_of_sums(question: Question) -> str:
    basis = question.basis
    return {
        "sales": f"{basis}_amount_e4",
        "quantity": f"{basis}_quantity_e3",
        "profit": f"{basis}_amount_e4 - {basis}_cost_e4",
        "collection": "collected_e4",
        "visits": "visits",
        "new_customers": "new_customers",
    }[question.metric]


VALUE_OF_FACTS: Final[Mapping[Metric, str]] = {
    "sales": "amount_e4",
    "quantity": "quantity_e3",
    "profit": "amount_e4 - cost_e4",
    "collection": "amount_e4",
    "visits": "1",
    "new_customers": "1",
}


def kinds_of(metric: Metric) -> str:
    """The facts a metric is made of, as a condition."""
    kinds = {"collection": "= 'collection'", "visits": "= 'visit'", "new_customers": "= 'customer'"}
    return f"kind {kinds.get(metric, '''IN ('order', 'return')''')}"


async def territories_meant(question: Question, sight: Sight) -> list[str] | None:
    """Those asked for, as far as they are in sight; None: all."""
    if not question.territory_id:
        return None if sight.territories is None else sorted(sight.territories)
    below = await territories_below(question.territory_id)
    if not below:
        raise NotFound("identity.territory_unknown", territory_id=question.territory_id)
    return [id for id in below if sight.territories is None or id in sight.territories]


async def territories_below(territory_id: str) -> list[str]:
    """A territory and all below it; none when there is no such one."""
    rows = await db.fetch(
        """
        SELECT below.id FROM territories AS top JOIN territories AS below ON below.path LIKE top.path || '%'
        WHERE top.id = $1 ORDER BY below.id
        """,
        territory_id,
    )
    return [row["id"] for row in rows]


async def place_of_territories(question: Question, sight: Sight) -> dict[str, str]:
    """Territory → the one whose row its figures stand in: so many levels below the one asked for, or below the topmost
    in sight; what a node between has itself stays its own.
    """
    paths = {row["id"]: row["path"] for row in await db.fetch("SELECT id, path FROM territories")}
    parts = {id: path.strip("/").split("/") for id, path in paths.items()}
    if question.territory_id:
        top = len(parts[question.territory_id])
    else:
        depths = [
            len(path) for id, path in parts.items() if sight.territories is None or id in sight.territories
        ]
        least = min(depths, default=1)
        # Of one top only the company would be left.
        top = least if depths.count(least) == 1 else least - 1
    return {id: path[min(len(path), top + question.level) - 1] for id, path in parts.items()}


async def names_of(by: By, keys: list[str]) -> dict[str, str]:
    """What the keys are called."""
    rows = await db.fetch(f"SELECT id, name FROM {_NAMES[by]} WHERE id {db.any_of('$1')}", keys)
    return {row["id"]: row["name"] for row in rows}


def shown_value(metric: Metric, value: int) -> int:
    """Fen for money, rounded once, half away from zero; thousandths and counts as they are."""
    if metric in ("quantity", "visits", "new_customers"):
        return value
    return (abs(value) + FEN // 2) // FEN * (1 if value >= 0 else -1)


async def phones_behind(sight: Sight, since: int) -> tuple[int, int]:
    """How many phones of those in sight were not heard of since a moment, and how many there are."""
    arguments: list[object] = [since]
    whose = ""
    if sight.territories is not None:
        arguments.append(sorted(sight.territories))
        whose = f"""
            AND person_id IN (
                SELECT person_id FROM memberships WHERE until_at IS NULL AND territory_id {db.any_of("$2")}
            )
        """
    row = await db.fetch_one(
        f"""
        SELECT count(*) AS phones, coalesce(sum(CASE WHEN last_seen_at < $1 THEN 1 ELSE 0 END), 0) AS behind
        FROM sync_replica WHERE status = 'active' {whose}
        """,
        *arguments,
    )
    assert row is not None
    return row["behind"], row["phones"]
