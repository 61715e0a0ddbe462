"""What only SQLite can do to us: a full disk, a rollback of its own, threads, one file to copy."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from roundsman.core import db
from roundsman.core.db.dialect import sqlite_text
from roundsman.core.db.sqlite import SqliteDatabase, backup, transactions
from tests.core.test_db_units import add_one, count, insert

pytestmark = pytest.mark.sqlite


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    async with SqliteDatabase("sqlite:///x", f"{tmp_path}/new folder/company.db") as database:
        with db.use(database):
            async with db.unit_of_work():
                await db.execute("CREATE TABLE counters (id text PRIMARY KEY, n bigint NOT NULL)")
                await insert("a")
            yield database


async def pragmas(*names: str) -> list[object]:
    return [await db.fetch_value(f"PRAGMA {name}") for name in names]


async def test_both_kinds_of_connection_are_set_up(file: SqliteDatabase) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "temp_store", "mmap_size", "query_only")
    assert await pragmas(*names) == ["wal", 2, 1, 2, 0, 1]
    async with db.unit_of_work():
        assert await pragmas(*names) == ["wal", 2, 1, 2, 0, 0]


async def test_a_full_disk_is_a_passing_trouble(file: SqliteDatabase) -> None:
    heard: list[str] = []
    async with db.unit_of_work():
        pages = await db.fetch_value("PRAGMA page_count")
        await db.fetch(f"PRAGMA max_page_count = {pages + 10}")
    with pytest.raises(sqlite3.OperationalError, match="full") as caught:
        async with db.unit_of_work() as unit:
            unit.after_commit(lambda: heard.append("never"))
            await db.execute("UPDATE counters SET n = 5")
            for n in range(1000):
                await insert(f"{n}" + "x" * 1000)
    assert db.is_transient(caught.value)
    with pytest.raises(db.TransactionAborted) as aborted:
        async with db.unit_of_work():
            await insert("early")
            with pytest.raises(sqlite3.OperationalError, match="full"):
                async with db.savepoint():
                    for n in range(1000):
                        await insert(f"{n}" + "x" * 1000)
            # SQLite may have rolled everything back by itself; what follows must not be committed one by one.
            await insert("late")
            raise db.TransactionAborted
    assert aborted.value is not None
    assert await db.fetch("SELECT id, n FROM counters") == [{"id": "a", "n": 0}]
    await add_one()
    assert await count() == 1
    assert heard == []


async def test_nothing_is_written_after_sqlite_rolled_back_by_itself(file: SqliteDatabase) -> None:
    async with db.unit_of_work():
        await db.execute(
            "CREATE TRIGGER refuses BEFORE INSERT ON counters WHEN NEW.n < 0"
            " BEGIN SELECT RAISE(ROLLBACK, 'all of it'); END"
        )
    with pytest.raises(db.TransactionAborted):
        async with db.unit_of_work():
            await insert("b")
            with pytest.raises(sqlite3.IntegrityError, match="all of it"):
                async with db.savepoint():
                    await insert("c", -1)
            await insert("d")
    with pytest.raises(db.TransactionAborted):
        async with db.unit_of_work():
            await insert("e")
            await db.execute("ROLLBACK")
            await insert("f")
    with pytest.raises(db.TransactionAborted):
        async with db.unit_of_work():
            await db.execute("ROLLBACK")
    assert [row["id"] for row in await db.fetch("SELECT id FROM counters")] == ["a"]
    await add_one()


async def test_the_number_of_threads_is_bounded(file: SqliteDatabase) -> None:
    most = 0

    async def read() -> None:
        nonlocal most
        await count()
        async with db.snapshot():
            await count()
        most = max(most, threading.active_count())

    before = threading.active_count()
    await asyncio.gather(*(read() for _ in range(300)), *(add_one() for _ in range(100)))
    assert await count() == 100
    assert most <= before + 3


async def test_threads_end_with_the_database(tmp_path: Path) -> None:
    before = threading.active_count()
    for n in range(5):
        async with SqliteDatabase("sqlite:///x", f"{tmp_path}/{n}.db") as database:
            with db.use(database):
                await asyncio.gather(*(db.fetch("SELECT 1") for _ in range(10)))
    assert threading.active_count() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{n}.db" for n in range(5)]


async def test_a_long_unit_lets_others_run(file: SqliteDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every hundredth of a second on a clock of its own, and not for each statement: that would be slow."""
    now = 0.0
    monkeypatch.setattr(transactions, "time", SimpleNamespace(monotonic=lambda: now))
    turns = 0
    is_done = False

    async def watch() -> None:
        nonlocal turns
        while not is_done:
            turns += 1
            await asyncio.sleep(0)

    watcher = asyncio.create_task(watch())
    async with db.unit_of_work():
        before = turns
        for n in range(100):
            await insert(f"quick {n}", n)
        assert turns == before
        for n in range(100):
            now += 0.001
            await insert(f"slow {n}", n)
        assert 8 <= turns - before <= 10
    is_done = True
    await watcher


async def test_a_copy_is_one_moment_of_a_database_in_use(file: SqliteDatabase, tmp_path: Path) -> None:
    async with db.unit_of_work():
        await db.execute_many("INSERT INTO counters VALUES ($1, 0)", [(f"k{n}",) for n in range(3000)])
    is_done = False

    async def writes() -> None:
        while not is_done:
            async with db.unit_of_work():
                await db.execute("UPDATE counters SET n = n + 1")

    writer = asyncio.create_task(writes())
    target = tmp_path / "copy.db"
    for _ in range(3):
        await backup(file, target)
        copy = sqlite3.connect(target)
        assert copy.execute("SELECT count(*), count(DISTINCT n) FROM counters").fetchone() == (3001, 1)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        copy.close()
    is_done = True
    await writer
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]
    with pytest.raises((sqlite3.Error, OSError)):
        await backup(file, tmp_path / "no such folder" / "copy.db")


async def test_many_processes_may_make_the_same_new_file(tmp_path: Path) -> None:
    databases = [SqliteDatabase("sqlite:///x", f"{tmp_path}/new.db") for _ in range(6)]
    await asyncio.gather(*(database.open() for database in databases))
    await asyncio.gather(*(database.close() for database in databases))


async def test_opening_what_is_no_database_fails_and_leaves_no_thread(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("this is not a database, however long it is" * 100)
    before = threading.active_count()
    database = SqliteDatabase("sqlite:///x", f"{tmp_path}/text.db")
    with pytest.raises(sqlite3.DatabaseError, match="not a database") as caught:
        await database.open()
    assert not db.is_transient(caught.value)
    assert not database.is_open
    assert threading.active_count() == before


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "mysql://x", "company.db"])
def test_addresses_that_name_no_company_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"sqlite:///"):
        db.connect_to(url)


@pytest.mark.parametrize(
    ("written", "rewritten"),
    [
        ("SELECT $1, $12", "SELECT ?1, ?12"),
        ("SELECT '$1 it''s $2', $1", "SELECT '$1 it''s $2', ?1"),
        ('SELECT "$1""$2", $1', 'SELECT "$1""$2", ?1'),
        ("SELECT $1 -- '$2\n, $2", "SELECT ?1 -- '$2\n, ?2"),
        ("SELECT /* $1 ' \n $2 */ $1", "SELECT /* $1 ' \n $2 */ ?1"),
        ("SELECT $1::text, a$1, $1a, $0", "SELECT ?1::text, a$1, $1a, $0"),
        ("SELECT '', $1, ''", "SELECT '', ?1, ''"),
        ("SELECT ?, ?", "SELECT ?, ?"),
    ],
)
def test_placeholders_are_rewritten_outside_of_literals_only(written: str, rewritten: str) -> None:
    assert sqlite_text(written) == rewritten


async def test_what_is_looked_up_is_read_on_the_loops_own_thread(file: SqliteDatabase) -> None:
    assert await db.look_up("SELECT n FROM counters WHERE id = $1", "a") == {"n": 0}
    before = threading.active_count()
    assert await db.look_up("SELECT n FROM counters WHERE id = $1", "b") is None
    assert threading.active_count() == before
    async with db.unit_of_work():
        await insert("b")
        assert await db.look_up("SELECT n FROM counters WHERE id = $1", "b") == {"n": 0}
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await db.look_up("UPDATE counters SET n = 1")


async def test_what_is_looked_up_waits_while_every_reader_is_held(file: SqliteDatabase) -> None:
    let_go, held = asyncio.Event(), asyncio.Semaphore(0)

    async def hold() -> None:
        async with db.snapshot():
            held.release()
            await let_go.wait()

    holding = [db.start_task(hold()) for _ in range(2)]
    for _ in holding:
        await held.acquire()
    found = db.start_task(db.look_up("SELECT n FROM counters"))
    await asyncio.sleep(0)
    assert not found.done()
    let_go.set()
    assert await found == {"n": 0}
    await asyncio.gather(*holding)
