"""Whether the figures are what the documents say: facts against documents, and sums against facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Final

from roundsman.core import db
from roundsman.figures.commands.restating import (
    Key,
    differences,
    key_of,
    key_of_sum,
    restate_collections,
    restate_customers,
    restate_orders,
    restate_visits,
    standing_facts,
)
from roundsman.figures.queries.documents import (
    facts_of_collections,
    facts_of_customers,
    facts_of_orders,
    facts_of_visits,
)
from roundsman.figures.rules import MEASURES, Fact

AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of documents that facts are made of: its table, which of it count, and the two ways to its facts."""

    table: str
    counts: str
    facts_of: Callable[[Collection[str]], Awaitable[list[Fact]]]
    restate: Callable[[Collection[str]], Awaitable[None]]

    async def lacking(self, after: str, limit: int) -> list[str]:
        """Documents that count and have no fact yet, by id."""
        rows = await db.fetch(
            f"""
            SELECT id FROM {self.table} AS document WHERE id > $1 AND {self.counts} AND NOT EXISTS (
                SELECT 1 FROM figure_facts WHERE root_id = document.id
            ) ORDER BY id LIMIT $2
            """,
            after,
            limit,
        )
        return [row["id"] for row in rows]

    async def newest(self, below: str, limit: int) -> list[str]:
        """Documents by id downwards."""
        rows = await db.fetch(
            f"SELECT id FROM {self.table} WHERE ($1 = '' OR id < $1) ORDER BY id DESC LIMIT $2", below, limit
        )
        return [row["id"] for row in rows]


KINDS: Final = (
    # An order that comes to nothing at all has no fact for ever.
    Kind(
        "orders",
        """
        state NOT IN ('draft', 'cancelled')
        AND (goods_amount <> 0 OR EXISTS (SELECT 1 FROM order_lines WHERE order_id = document.id))
        """,
        facts_of_orders,
        restate_orders,
    ),
    Kind("collections", "state = 'recorded'", facts_of_collections, restate_collections),
    Kind("visits", "state <> 'skipped'", facts_of_visits, restate_visits),
    Kind("customers", "won_by IS NOT NULL AND is_active", facts_of_customers, restate_customers),
)


async def differing(sample: int | None = None) -> list[str]:
    """What differs, in words: of the `sample` newest documents of each kind, or of all and the sums besides."""
    found: list[str] = []
    for kind in KINDS:
        left, below = sample, ""
        while (left is None or left > 0) and (
            ids := await kind.newest(below, AT_ONCE if left is None else min(AT_ONCE, left))
        ):
            found += await _differing_facts(kind, ids)
            below = ids[-1]
            left = None if left is None else left - len(ids)
    if sample is not None:
        return found
    return found + [
        f"sum {'|'.join(key)}: {there} where the facts say {due}"
        for key, due, there in await differing_sums()
    ]


async def _differing_facts(kind: Kind, ids: Collection[str]) -> list[str]:
    async with db.snapshot():
        wanted = {key_of(fact): fact for fact in await kind.facts_of(ids)}
        standing = {key_of(fact): fact for fact in await standing_facts(ids)}
    return [
        f"{kind.table} {key}: {_said(standing.get(key))} where the document says {_said(wanted.get(key))}"
        for key in sorted(wanted.keys() | standing.keys())
        if _said(wanted.get(key)) != _said(standing.get(key))
    ]


def _said(fact: Fact | None) -> object:
    """What must agree; whose it is was settled when it came."""
    return fact and (
        *(fact.ordered_on, fact.reviewed_on, fact.signed_on),
        *(fact.amount_e4, fact.quantity_e3, fact.cost_e4),
    )


async def differing_sums() -> list[tuple[Key, list[int], list[int]]]:
    """The key of each sum that is not what the facts say, with what they say and what stands; as one moment knows them.
    Memory for the sums, not for the facts.
    """
    wanted: defaultdict[Key, list[int]] = defaultdict(_nothing)
    after = ""
    async with db.snapshot():
        while roots := await db.fetch(
            "SELECT DISTINCT root_id FROM figure_facts WHERE root_id > $1 ORDER BY root_id LIMIT $2",
            after,
            AT_ONCE,
        ):
            ids = [row["root_id"] for row in roots]
            for key, counts in differences([], await standing_facts(ids)).items():
                sums = wanted[key]
                sums[:] = [one + more for one, more in zip(sums, counts, strict=True)]
            after = ids[-1]
        rows = await db.fetch(f"SELECT id, {', '.join(MEASURES)} FROM figure_sums")
    standing = {key_of_sum(row["id"]): [row[name] for name in MEASURES] for row in rows}
    found = [
        (key, wanted.get(key, _nothing()), standing.get(key, _nothing()))
        for key in sorted(wanted.keys() | standing.keys())
    ]
    return [(key, due, there) for key, due, there in found if due != there]


def _nothing() -> list[int]:
    return [0] * len(MEASURES)
