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
from roundsman.core.times import add_days, start_of_day
from roundsman.customers.rules import search_words
from roundsman.identity.queries import territories_of
from roundsman.orders.queries.access import OVER_ALL

ARMS_MAX: Final = 40
"""Of somebody who answers for more territories than this, orders are found by walking them all, the newest first."""

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
    """
    reach = Reach()
    _narrow(reach, wanted)
    whose = await _whose(person, now, reach)
    given = [
        (f"orders.{column} = {reach.value(value)}")
        for column, value in (
            ("customer_id", wanted.customer_id),
            ("owner_id", wanted.owner_id),
            ("person_id", wanted.person_id),
            ("territory_id", wanted.territory_id),
        )
        if value
    ]
    if given:
        # The narrowest way in; whose they may be is then only looked at.
        reach.arms, reach.where = given[:1], [*given[1:], *reach.where]
        if whose is not None:
            reach.where.append("(" + " OR ".join(whose) + ")")
    elif whose is not None:
        reach.arms = whose
    elif wanted.states:
        reach.arms = [f"orders.state = {reach.value(state)}" for state in wanted.states]
        return reach
    else:
        reach.arms = ["true"]
    if wanted.states:
        reach.where.append(f"orders.state {db.any_of(reach.value(list(wanted.states)))}")
    return reach


async def _whose(person: Person, now: int, reach: Reach) -> list[str] | None:
    """One condition for each way an order may be the person's to see; None where all are."""
    if not person.roles.isdisjoint(OVER_ALL):
        return None
    me = reach.value(person.id)
    whose = [f"orders.person_id = {me}", f"orders.owner_id = {me}"]
    agent = await find_agent_of(person)
    if agent is not None:
        id = reach.value(agent["id"])
        whose.append(f"(orders.customer_id = {id} AND orders.agent_id = {id})")
    if "manager" in person.roles:
        _, answered = await territories_of(person, now)
        if len(answered) > ARMS_MAX:
            listed = db.any_of(reach.value(sorted(answered)))
            return ["(" + " OR ".join([*whose, f"orders.territory_id {listed}"]) + ")"]
        whose += [f"orders.territory_id = {reach.value(id)}" for id in sorted(answered)]
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
    text = wanted.search.strip()
    if _NUMBER.fullmatch(text):
        # Between two texts rather than LIKE, so that the index of numbers serves: letters come after digits anywhere.
        first, last = reach.value(text.upper()), reach.value(text.upper() + "zzzz")
        span = f"orders.number >= {first} AND orders.number < {last}"
        reach.where.append(f"orders.number <> '' AND {span}")
    elif text:
        likes = [f"search LIKE {reach.value(_pattern(word))} ESCAPE '\\'" for word in search_words(text)] or [
            "true"
        ]
        reach.where.append(f"orders.customer_id IN (SELECT id FROM customers WHERE {' AND '.join(likes)})")


def _pattern(word: str) -> str:
    return "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
