"""Which orders somebody sees, as SQL: the ways into the table that an index serves, and the condition all of them
share. Used by lists and sums; a single order is looked at in access.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from roundsman.agents.queries import find_agent_of
from roundsman.core import db
from roundsman.core.context import Person
from roundsman.core.search import containing_all, search_words
from roundsman.core.times import add_days, start_of_day
from roundsman.identity.queries import territories_of
from roundsman.orders.queries.access import OVER_ALL
from roundsman.orders.rules import State

ARMS_MAX: Final = 40
"""More ways in than this are no way in: orders are found by walking them all, the newest first."""

NAMED_MAX: Final = 400
"""Of more customers than this, orders are met sooner by walking them than by looking for each customer's."""

Part = tuple[tuple[str, str], ...]
"""Columns of an order and what each must be, such as ("owner_id", "= $1"); all of them."""

_NUMBER: Final = re.compile(r"[A-Za-z]*[0-9]{3,}")


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """What of the orders one sees is wanted; days are inclusive ISO days, what is empty or None is not asked for."""

    states: Sequence[str] = ()
    customer_id: str = ""
    owner_id: str = ""
    person_id: str = ""
    territory_id: str = ""
    from_on: str = ""
    until_on: str = ""
    search: str = ""
    is_held: bool | None = None


@dataclass(slots=True)
class Reach:
    """`arms` are conditions that each let the newest be found by an index; an order is meant that meets one of them and
    all of `where`. Values are in `arguments`, by number.
    """

    arms: list[str] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    arguments: list[object] = field(default_factory=list)

    def value(self, value: object) -> str:
        """A value's place, `$n`."""
        self.arguments.append(value)
        return f"${len(self.arguments)}"

    def condition(self) -> str:
        """All of it as one condition, for statements that walk every order that is meant."""
        return " AND ".join(["(" + " OR ".join(self.arms) + ")", *self.where])


async def reach_of(person: Person, now: int, wanted: OrderFilter) -> Reach:
    """The orders of `wanted` that this person sees: his own and those of customers he looks after; an agent's his; a
    manager's everyone's below him; a clerk's and an administrator's all.

    The way in is the narrowest there is, so that a list costs what it gives: what a search names, the customer, the
    states of a queue; only then whose they are. All else is looked at on the way.
    """
    reach = Reach()
    _narrow(reach, wanted)
    whose = await _whose(person, now, reach)
    named = [
        ((column, f"= {reach.value(value)}"),)
        for column, value in (
            ("customer_id", wanted.customer_id),
            ("owner_id", wanted.owner_id),
            ("person_id", wanted.person_id),
            ("territory_id", wanted.territory_id),
        )
        if value
    ]
    states = _states_of(wanted)
    ways = await _ways_of_search(reach, wanted.search.strip())
    if ways is None and wanted.customer_id:
        ways = [_served(named.pop(0))]
    if ways is None and states and State.CLOSED not in states:
        ways, states = [f"orders.state = {reach.value(state)}" for state in states], ()
    if ways is None and named:
        ways = [_served(named.pop(0))]
    if ways is None and whose is not None and len(whose) <= ARMS_MAX:
        ways, whose = [_served(part) for part in whose], None
    if whose is not None:
        reach.where.append("(" + " OR ".join(_looked_at(part) for part in whose) + ")")
    reach.arms = ["true"] if ways is None else ways
    reach.where += [_looked_at(part) for part in named]
    if states:
        reach.where.append(f"orders.state {db.any_of(reach.value(list(states)))}")
    return reach


def _states_of(wanted: OrderFilter) -> Sequence[str]:
    """The states an order may be in to be meant; none for any. Only one that waits for its review is held."""
    if not wanted.is_held:
        return wanted.states
    return [State.SUBMITTED] if not wanted.states or State.SUBMITTED in wanted.states else wanted.states


def _served(part: Part) -> str:
    return " AND ".join(f"orders.{column} {asked}" for column, asked in part)


def _looked_at(part: Part) -> str:
    # So written that no index serves it: SQLite would rather walk all of a person's orders than a short queue.
    return " AND ".join(f"coalesce(orders.{column}, '') {asked}" for column, asked in part)


async def _whose(person: Person, now: int, reach: Reach) -> list[Part] | None:
    """One part for each way an order may be the person's to see; None where all are."""
    if not person.roles.isdisjoint(OVER_ALL):
        return None
    me = f"= {reach.value(person.id)}"
    whose: list[Part] = [(("person_id", me),), (("owner_id", me),)]
    agent = await find_agent_of(person)
    if agent is not None:
        himself = f"= {reach.value(agent['id'])}"
        whose.append((("customer_id", himself), ("agent_id", himself)))
    if "manager" in person.roles:
        _, answered = await territories_of(person, now)
        whose += [(("territory_id", f"= {reach.value(id)}"),) for id in sorted(answered)]
    return whose


def _narrow(reach: Reach, wanted: OrderFilter) -> None:
    # By the moment, since that is what every index ends in; the day is that of the moment.
    if wanted.from_on:
        reach.where.append(f"orders.placed_at >= {reach.value(start_of_day(wanted.from_on))}")
    if wanted.until_on:
        ends_at = start_of_day(add_days(wanted.until_on, 1))
        reach.where.append(f"orders.placed_at < {reach.value(ends_at)}")
    if wanted.is_held is not None:
        reach.where.append(f"CAST(orders.hold_codes AS text) {'<>' if wanted.is_held else '='} '[]'")


async def _ways_of_search(reach: Reach, text: str) -> list[str] | None:
    """How an index finds what a search names: numbers, or customers where it means few. None where it names nothing, or
    so many customers that their orders are soon met on any way.
    """
    if _NUMBER.fullmatch(text):
        # Between two texts rather than LIKE, so that the index of numbers serves: letters come after digits anywhere.
        first, last = reach.value(text.upper()), reach.value(text.upper() + "zzzz")
        return [f"(orders.number <> '' AND orders.number >= {first} AND orders.number < {last})"]
    words = search_words(text)
    if not words:
        return None
    arguments: list[object] = []
    likes = " AND ".join(containing_all("search", words, arguments))
    rows = await db.fetch(f"SELECT id FROM customers WHERE {likes} LIMIT {NAMED_MAX + 1}", *arguments)
    found = [row["id"] for row in rows]
    if len(found) <= ARMS_MAX:
        return [f"orders.customer_id = {reach.value(id)}" for id in found] or ["false"]
    if len(found) <= NAMED_MAX:
        return [f"orders.customer_id {db.any_of(reach.value(found))}"]
    likes = " AND ".join(containing_all("search", words, reach.arguments))
    reach.where.append(f"orders.customer_id IN (SELECT id FROM customers WHERE {likes})")
    return None
