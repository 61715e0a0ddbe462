"""Announcing up: at once in the same unit of work, or after the commit and never without it; on both
databases.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.core.errors import Conflict
from roundsman.core.events import after, announce, on


@dataclass(frozen=True)
class Counted:
    number: int


HEARD: list[str] = []
CTX = Ctx(Person("p", "Ada", frozenset(), frozenset()), now=1)


@on(Counted)
async def add(ctx: Ctx, event: Counted) -> None:
    if event.number < 0:
        raise Conflict("trial.negative")
    await db.execute("UPDATE counters SET n = n + $1", event.number)


@after(Counted)
async def break_down(ctx: Ctx, event: Counted) -> None:
    raise ZeroDivisionError


@after(Counted)
async def hear(ctx: Ctx, event: Counted) -> None:
    assert not db.is_in_unit_of_work()
    HEARD.append(f"{ctx.person.name} {event.number} {await db.fetch_value('SELECT n FROM counters')}")


@pytest.fixture(autouse=True)
def silence() -> None:
    HEARD.clear()


async def test_subscribers_share_the_unit_and_later_ones_see_it_committed(counter: db.Database) -> None:
    async with db.unit_of_work():
        await announce(CTX, Counted(2))
        assert await db.fetch_value("SELECT n FROM counters") == 2
        assert HEARD == []
    assert HEARD == ["Ada 2 2"]


async def test_a_subscriber_may_refuse_the_whole_act(counter: db.Database) -> None:
    async with db.unit_of_work():
        await announce(CTX, Counted(1))
        with pytest.raises(Conflict):
            async with db.savepoint():
                await announce(CTX, Counted(5))
                await announce(CTX, Counted(-1))
    assert await db.fetch_value("SELECT n FROM counters") == 1
    assert HEARD == ["Ada 1 1"]


async def test_what_rolled_back_was_never_announced(counter: db.Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with db.unit_of_work():
            await announce(CTX, Counted(3))
            raise ZeroDivisionError
    assert HEARD == []
