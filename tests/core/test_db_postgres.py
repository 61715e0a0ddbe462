"""What only PostgreSQL can do to us: a server that drops connections, a pool that runs dry."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace

import asyncpg
import pytest

from roundsman.core import db
from roundsman.core.db.postgres import PostgresDatabase
from tests.core.test_db_units import add_one, count, insert, orphan

pytestmark = pytest.mark.postgres

KILL = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
async def small(postgres_url: str) -> AsyncIterator[PostgresDatabase]:
    """A pool of two connections that gives up soon."""
    async with PostgresDatabase(postgres_url, max_size=2, acquire_seconds=0.5, lock_seconds=0.3) as database:
        with db.use(database):
            async with db.unit_of_work():
                await db.execute("CREATE TABLE counters (id text PRIMARY KEY, n bigint NOT NULL)")
                await db.execute(
                    "CREATE TABLE children (id text PRIMARY KEY, parent_id text NOT NULL"
                    " REFERENCES counters (id) DEFERRABLE INITIALLY DEFERRED)"
                )
                await insert("a")
            yield database


async def kill_all(url: str) -> None:
    """End every connection but the one that asks."""
    other = await asyncpg.connect(url)
    try:
        await other.execute(KILL)
    finally:
        await other.close()


async def test_a_connection_killed_in_a_unit_is_a_passing_trouble(small: PostgresDatabase) -> None:
    for _ in range(5):
        with pytest.raises(Exception) as caught:  # noqa: PT011 - the driver has many names for it
            async with db.unit_of_work():
                await insert("b")
                await kill_all(small.url)
                await insert("c")
        assert db.is_transient(caught.value), caught.value
        assert not db.is_in_unit_of_work()
    await asyncio.gather(*(add_one() for _ in range(2)))
    assert await count() == 2
    assert await count("b") is None


async def test_a_connection_killed_before_commit_has_no_known_outcome(small: PostgresDatabase) -> None:
    heard: list[str] = []
    with pytest.raises(db.OutcomeUnknown) as caught:
        async with db.unit_of_work() as unit:
            await insert("b")
            unit.after_commit(lambda: heard.append("never"))
            await kill_all(small.url)
    assert db.is_transient(caught.value)
    assert heard == []
    await add_one()


async def test_a_connection_killed_while_it_slept_is_replaced(small: PostgresDatabase) -> None:
    for _ in range(5):
        await asyncio.gather(count(), count())
        await kill_all(small.url)
        assert await asyncio.gather(count(), count()) == [await count()] * 2
        await kill_all(small.url)
        await asyncio.gather(add_one(), add_one())
        await kill_all(small.url)
        async with db.snapshot():
            assert await count() is not None
    assert await count() == 10


async def test_a_connection_killed_in_a_savepoint_says_why(small: PostgresDatabase) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the driver has many names for it
        async with db.unit_of_work(), db.savepoint():
            await kill_all(small.url)
            await insert("c")
    assert db.is_transient(caught.value), caught.value
    await add_one()


async def test_failed_commits_do_not_use_up_the_pool(small: PostgresDatabase) -> None:
    for _ in range(5 * small.max_size):
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            async with db.unit_of_work():
                await orphan()
    await asyncio.gather(add_one(), add_one())
    assert await count() == 2


async def test_a_commit_that_postgres_answers_with_rollback_is_an_error(small: PostgresDatabase) -> None:
    transaction = await small.begin()
    with pytest.raises(asyncpg.UniqueViolationError):
        await transaction.execute("INSERT INTO counters VALUES ('a', 0)", ())
    with pytest.raises(db.TransactionAborted):
        await transaction.commit()
    await asyncio.gather(add_one(), add_one())


async def test_a_pool_run_dry_is_a_passing_trouble(small: PostgresDatabase) -> None:
    async with db.unit_of_work():

        async def second() -> None:
            async with db.unit_of_work():
                with pytest.raises(db.Unavailable) as caught:
                    await db.start_task(count())
                assert db.is_transient(caught.value)

        await db.start_task(second())
    assert await count() == 0


async def test_a_lock_held_too_long_is_a_passing_trouble(small: PostgresDatabase) -> None:
    async with db.unit_of_work():
        await db.fetch("SELECT n FROM counters FOR UPDATE")
        with pytest.raises(asyncpg.LockNotAvailableError) as caught:
            await db.start_task(add_one())
        assert db.is_transient(caught.value)


async def test_a_deadlock_is_a_passing_trouble(small: PostgresDatabase) -> None:
    async with db.unit_of_work():
        await insert("b")
        await db.execute("SELECT set_config('deadlock_timeout', '50ms', false)")
    at_a, at_b = asyncio.Event(), asyncio.Event()

    async def locks(first: str, second: str, mine: asyncio.Event, other: asyncio.Event) -> None:
        async with db.unit_of_work():
            await db.execute("SET LOCAL lock_timeout = 0")
            await db.execute("SET LOCAL deadlock_timeout = '20ms'")
            await db.fetch("SELECT n FROM counters WHERE id = $1 FOR UPDATE", first)
            mine.set()
            await other.wait()
            await db.fetch("SELECT n FROM counters WHERE id = $1 FOR UPDATE", second)

    results = await asyncio.gather(
        locks("a", "b", at_a, at_b), locks("b", "a", at_b, at_a), return_exceptions=True
    )
    failed = [result for result in results if result is not None]
    assert len(failed) == 1
    assert isinstance(failed[0], asyncpg.DeadlockDetectedError)
    assert db.is_transient(failed[0])


async def test_connections_say_who_they_are(small: PostgresDatabase) -> None:
    shown = await db.fetch_one(
        "SELECT current_setting('application_name') AS name, current_setting('TimeZone') AS zone,"
        " current_setting('idle_in_transaction_session_timeout') AS idle"
    )
    assert shown == {"name": "roundsman", "zone": "UTC", "idle": "1min"}


async def test_nothing_connects_before_open() -> None:
    database = db.connect_to("postgresql://nobody@127.0.0.1:1/nowhere")
    assert not database.is_open
    with pytest.raises(OSError):  # noqa: PT011 - refused, in the words of the system
        await database.open()
    assert not database.is_open
    with db.use(database), pytest.raises(db.DatabaseMisuse):
        await db.fetch("SELECT 1")


async def test_a_server_that_is_gone_is_unavailable_however_the_system_says_it(postgres_url: str) -> None:
    database = db.connect_to(postgres_url)
    async with database:
        assert isinstance(database, PostgresDatabase)

        async def gone() -> None:
            raise FileNotFoundError(2, "No such file or directory")

        pool, database._pool = database._pool, SimpleNamespace(acquire=gone)
        with db.use(database), pytest.raises(db.Unavailable):
            await db.fetch("SELECT 1")
        with pytest.raises(db.Unavailable):
            await database.begin()
        database._pool = pool


async def test_a_statement_that_looks_dear_is_not_compiled(small: PostgresDatabase) -> None:
    """A page of a large feed looks so, and would take half a second instead of seven milliseconds."""
    plan = await db.fetch(
        "EXPLAIN (ANALYZE, TIMING OFF) SELECT count(*) FROM generate_series(1, 1) a, "
        "(SELECT 1 FROM pg_attribute b, pg_attribute c, pg_attribute d WHERE b.attnum = -100) AS dear"
    )
    lines = [row["QUERY PLAN"] for row in plan]
    assert float(lines[0].split("..")[1].split()[0]) > 100_000, lines
    assert not any("JIT" in line for line in lines), lines
