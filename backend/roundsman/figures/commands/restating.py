"""The one way a figure changes: facts are made anew from documents, and what differs from those that stand is added to
the sums. Doing it twice changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Final

from roundsman.core import db
from roundsman.figures.queries.documents import (
    facts_of_collections,
    facts_of_customers,
    facts_of_orders,
    facts_of_visits,
)
from roundsman.figures.rules import MEASURES, PERIODS_OF, Fact, counts_of, periods_of

_FIELDS: Final = tuple(field.name for field in fields(Fact))
_PLACES: Final = ", ".join(f"${n}" for n in range(1, len(_FIELDS) + 2))
_PUT_FACT: Final = f"""
    INSERT INTO figure_facts (id, {", ".join(_FIELDS)}) VALUES ({_PLACES})
    ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _FIELDS)}
"""
_KEY: Final = ("territory_id", "person_id", "subject_id")
_ADD: Final = f"""
    INSERT INTO figure_sums (id, {", ".join(_KEY)}, {", ".join(MEASURES)})
    VALUES ({", ".join(f"${n}" for n in range(1, len(_KEY) + len(MEASURES) + 2))})
    ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = figure_sums.{name} + excluded.{name}" for name in MEASURES)}
"""

Key = tuple[str, str, str, str, str]


async def restate_orders(order_ids: Collection[str]) -> None:
    """Bring the figures in line with these orders and their returns, inside the open unit of work."""
    await _restate(order_ids, facts_of_orders)


async def restate_collections(collection_ids: Collection[str]) -> None:
    """The same for money received."""
    await _restate(collection_ids, facts_of_collections)


async def restate_visits(visit_ids: Collection[str]) -> None:
    """The same for visits."""
    await _restate(visit_ids, facts_of_visits)


async def restate_customers(customer_ids: Collection[str]) -> None:
    """The same for customers that are new."""
    await _restate(customer_ids, facts_of_customers)


async def _restate(
    root_ids: Collection[str], facts_of: Callable[[Collection[str]], Awaitable[list[Fact]]]
) -> None:
    """A fixed number of statements, however many documents there are. Whose a document's figures were stays, whoever
    looks after the customer by now.
    """
    if not root_ids:
        return
    old = {key_of(fact): fact for fact in await standing_facts(root_ids)}
    whose = {fact.root_id: (fact.person_id, fact.territory_id, fact.customer_id) for fact in old.values()}
    new = {}
    for fact in await facts_of(root_ids):
        if fact.root_id in whose:
            person_id, territory_id, customer_id = whose[fact.root_id]
            fact = replace(fact, person_id=person_id, territory_id=territory_id, customer_id=customer_id)
        new[key_of(fact)] = fact
    gone = [fact for key, fact in old.items() if new.get(key) != fact]
    come = [fact for key, fact in new.items() if old.get(key) != fact]
    if lost := [key for key in old if key not in new]:
        await db.execute(f"DELETE FROM figure_facts WHERE id {db.any_of('$1')}", lost)
    if come:
        await db.execute_many(
            _PUT_FACT, [(key_of(fact), *(getattr(fact, name) for name in _FIELDS)) for fact in come]
        )
    await add_to_sums(differences(gone, come))


async def add_to_sums(counts: Mapping[Key, Sequence[int]]) -> None:
    """Add these counts to the sums of their keys."""
    # In one order, so that nobody waits for anybody in a circle.
    if rows := sorted(counts.items()):
        await db.execute_many(_ADD, [("|".join(key), *key[2:], *counts) for key, counts in rows])


async def standing_facts(root_ids: Collection[str]) -> list[Fact]:
    """The facts of these documents as they stand."""
    rows = await db.fetch(
        f"SELECT {', '.join(_FIELDS)} FROM figure_facts WHERE root_id {db.any_of('$1')}", list(root_ids)
    )
    return [Fact(**row) for row in rows]


def key_of(fact: Fact) -> str:
    """The id of a fact's row."""
    return f"{fact.document_id}:{fact.product_id}"


def key_of_sum(id: str) -> Key:
    """What the id of a sum's row is made of."""
    period, subject, territory_id, person_id, subject_id = id.split("|")
    return period, subject, territory_id, person_id, subject_id


def differences(gone: Iterable[Fact], come: Iterable[Fact]) -> dict[Key, Sequence[int]]:
    """What facts that go and facts that come make of the sums; those that stay as they are left out."""
    products: defaultdict[tuple[str, str, str, str], list[int]] = defaultdict(_nothing)
    customers: defaultdict[tuple[str, str, str, str], list[int]] = defaultdict(_nothing)
    for facts, sign in ((gone, -1), (come, 1)):
        for fact in facts:
            whose = (fact.territory_id, fact.person_id)
            for day, counts in counts_of(fact):
                _add(customers[day, *whose, fact.customer_id], counts, sign)
                if fact.product_id:
                    _add(products[day, *whose, fact.product_id], counts, sign)
    sums: defaultdict[Key, list[int]] = defaultdict(_nothing)
    # Once for all goods of a document: they are of one person and mostly of one day.
    for subject, found in (("customer", customers), ("product", products)):
        for (day, territory_id, person_id, id), of_a_day in found.items():
            if any(of_a_day):
                for period in periods_of(day, PERIODS_OF[subject]):
                    _add(sums[period, subject, territory_id, person_id, id], of_a_day, 1)
                if subject == "customer":
                    for period in periods_of(day, PERIODS_OF["person"]):
                        _add(sums[period, "person", territory_id, person_id, ""], of_a_day, 1)
    return {key: counts for key, counts in sums.items() if any(counts)}


def _nothing() -> list[int]:
    return [0] * len(MEASURES)


def _add(sums: list[int], counts: Sequence[int], sign: int) -> None:
    for at, count in enumerate(counts):
        if count:
            sums[at] += sign * count
