"""Whenever a task is cancelled, its work is either committed or gone, and the next one is not in its way."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from roundsman.core import db
from roundsman.core.db.sqlite import SqliteDatabase
from tests.core.test_db_units import add_one, count, insert, orphan


async def test_a_cancelled_read_never_ends_as_if_nothing_had_been(counter: db.Database) -> None:
    for steps in range(60):
        task = asyncio.create_task(count())
        for _ in range(steps % 12):
            await asyncio.sleep(0)
        accepted = task.cancel()
        result = (await asyncio.gather(task, return_exceptions=True))[0]
        assert isinstance(result, asyncio.CancelledError) is accepted
    assert await asyncio.gather(*(count() for _ in range(10))) == [0] * 10


async def test_cancelled_while_waiting_for_the_turn(counter: db.Database) -> None:
    entered, leave = asyncio.Event(), asyncio.Event()

    async def holds() -> None:
        async with db.unit_of_work():
            await db.execute("UPDATE counters SET n = n + 1")
            entered.set()
            await leave.wait()

    holder = asyncio.create_task(holds())
    await entered.wait()
    waiting = [asyncio.create_task(add_one()) for _ in range(30)]
    await asyncio.sleep(0.05)
    for task in waiting[::2]:
        task.cancel()
    leave.set()
    results = await asyncio.gather(holder, *waiting, return_exceptions=True)
    assert sum(isinstance(result, asyncio.CancelledError) for result in results) == 15
    assert await count() == 16


async def test_cancelled_between_statements(counter: db.Database) -> None:
    entered = asyncio.Event()

    async def stops() -> None:
        async with db.unit_of_work():
            await insert("b")
            async with db.savepoint():
                await insert("c")
                entered.set()
                await asyncio.sleep(60)

    task = asyncio.create_task(stops())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await count("b") is None
    await add_one()
    assert await count() == 1


@pytest.mark.postgres
async def test_cancelled_in_a_statement(counter: db.Database) -> None:
    if counter.dialect == "sqlite":
        pytest.skip("a statement of a unit of work does not give the turn away on SQLite")
    for _ in range(15):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.03), db.unit_of_work():
                await insert("b")
                await db.fetch("SELECT pg_sleep(60)")
    assert await count("b") is None
    await asyncio.gather(*(add_one() for _ in range(20)))
    assert await count() == 20


async def test_cancelled_in_a_long_read(counter: db.Database) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    for _ in range(5):
        async with asyncio.timeout(5):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await db.fetch(endless)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05), db.snapshot():
                    await db.fetch(endless)
    assert await asyncio.gather(*(count() for _ in range(10))) == [0] * 10


async def test_cancelled_in_commit_it_is_committed_and_its_hooks_run(counter: db.Database) -> None:
    heard: list[str] = []
    committed = 0
    for number in range(60):
        task = asyncio.create_task(_unit_that_says_when(heard))
        # Somewhere around COMMIT, on either side of it.
        await _wait_for(lambda n=number: heard.count("at the end") == n + 1)
        for _ in range(number % 6):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        committed = await count() or 0
        assert heard.count("hook") == committed
    assert committed > 0
    await add_one()
    assert await count() == committed + 1


async def _unit_that_says_when(heard: list[str]) -> None:
    async with db.unit_of_work() as unit:
        await db.execute("UPDATE counters SET n = n + 1")
        unit.after_commit(lambda: heard.append("hook"))
        heard.append("at the end")


async def _wait_for(condition) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0)


async def test_a_failing_commit_that_is_cancelled_too(counter: db.Database) -> None:
    async def fails() -> None:
        async with db.unit_of_work():
            await orphan()

    for steps in range(30):
        task = asyncio.create_task(fails())
        for _ in range(steps % 10):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises((asyncio.CancelledError, Exception)):
            await task
    await asyncio.gather(*(add_one() for _ in range(15)))
    assert await count() == 15


async def test_cancelled_anywhere_nothing_is_lost_or_leaked(counter: db.Database) -> None:
    """Many tasks cancelled after random pauses: what said it was done is counted, and all connections come back."""
    chance = random.Random(7)
    done = 0

    async def works() -> None:
        nonlocal done
        async with db.unit_of_work() as unit:
            n = await db.fetch_value(f"SELECT n FROM counters WHERE id = 'a'{db.for_update()}")
            with suppress(ValueError):
                async with db.savepoint():
                    await db.execute("UPDATE counters SET n = -1")
                    raise ValueError
            await asyncio.sleep(0)
            await db.execute("UPDATE counters SET n = $1", n + 1)
            await db.fetch("SELECT * FROM counters")
            unit.after_commit(hook)

    def hook() -> None:
        nonlocal done
        done += 1

    async def read() -> None:
        await count()
        async with db.snapshot():
            await count()

    tasks: list[asyncio.Task[None]] = []
    for _ in range(300):
        tasks.append(asyncio.create_task(works()))
        tasks.append(asyncio.create_task(read()))
        await asyncio.sleep(chance.random() * 0.004)
        chance.choice(tasks[-6:]).cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(result is None or isinstance(result, asyncio.CancelledError) for result in results), results
    assert await count() == done
    assert 0 < done < 300
    await asyncio.gather(*(add_one() for _ in range(30)))
    assert await count() == done + 30


@pytest.mark.sqlite
async def test_cancelled_while_another_process_holds_the_file(tmp_path: Path) -> None:
    database = SqliteDatabase("sqlite:///held", f"{tmp_path}/held.db")
    async with database:
        other = sqlite3.connect(tmp_path / "held.db", isolation_level=None)
        other.execute("CREATE TABLE counters (id text PRIMARY KEY, n integer)")
        other.execute("INSERT INTO counters VALUES ('a', 0)")
        with db.use(database):
            for _ in range(3):
                other.execute("BEGIN IMMEDIATE")
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.05):
                        await add_one()
                other.execute("COMMIT")
                await add_one()
            assert await count() == 3
        other.close()


@pytest.mark.sqlite
async def test_a_file_held_too_long_is_unavailable_for_now(tmp_path: Path) -> None:
    database = SqliteDatabase("sqlite:///held", f"{tmp_path}/held.db", lock_seconds=0.1)
    async with database:
        other = sqlite3.connect(tmp_path / "held.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with db.use(database):
            with pytest.raises(db.Unavailable) as caught:
                await add_one()
            assert db.is_transient(caught.value)
            other.execute("CREATE TABLE counters (id text PRIMARY KEY, n integer)")
            other.execute("COMMIT")
            other.close()
            async with db.unit_of_work():
                await insert("b")
                with pytest.raises(db.Unavailable):
                    await db.start_task(add_one())
            assert await count("b") == 0
