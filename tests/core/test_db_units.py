"""Units of work, savepoints, hooks and snapshots do the same on both databases."""

from __future__ import annotations

import asyncio
import threading

import pytest

from roundsman.core import db


async def add_one(key: str = "a") -> None:
    async with db.unit_of_work():
        n = await db.fetch_value(f"SELECT n FROM counters WHERE id = $1{db.for_update()}", key)
        await asyncio.sleep(0)
        await db.execute("UPDATE counters SET n = $2 WHERE id = $1", key, n + 1)


async def count(key: str = "a") -> int | None:
    value: int | None = await db.fetch_value("SELECT n FROM counters WHERE id = $1", key)
    return value


async def insert(key: str, n: int = 0) -> None:
    await db.execute("INSERT INTO counters VALUES ($1, $2)", key, n)


async def orphan() -> None:
    """A row whose foreign key is only checked at COMMIT, and then fails."""
    await db.execute("INSERT INTO children VALUES ('c', 'nobody')")


async def test_500_concurrent_read_modify_writes_are_all_counted(counter: db.Database) -> None:
    before = threading.active_count()
    await asyncio.gather(*(add_one() for _ in range(500)))
    assert await count() == 500
    assert threading.active_count() <= before + 3


async def test_execute_gives_the_number_of_rows_changed(counter: db.Database) -> None:
    async with db.unit_of_work():
        await db.execute_many("INSERT INTO counters VALUES ($1, $2)", [("b", 1), ("c", 2)])
        assert await db.execute("UPDATE counters SET n = n + 1") == 3
        assert await db.execute("UPDATE counters SET n = n + $1 WHERE id = $2 RETURNING id", 1, "b") == 1
        assert await db.execute("INSERT INTO counters VALUES ('a', 9) ON CONFLICT DO NOTHING") == 0
        assert await db.execute("DELETE FROM counters WHERE id = $1", "nobody") == 0
        assert await db.execute("CREATE TABLE others (id text)") == 0
    assert await db.fetch("SELECT id, n FROM counters ORDER BY id") == [
        {"id": "a", "n": 1},
        {"id": "b", "n": 3},
        {"id": "c", "n": 3},
    ]
    assert await db.fetch_one("SELECT n FROM counters WHERE id = $1", "nobody") is None
    assert await db.fetch_value("SELECT n FROM counters WHERE id = $1", "nobody") is None


async def test_values_are_the_same_on_both(database: db.Database) -> None:
    async with db.unit_of_work():
        await db.execute(
            db.column_words(
                "CREATE TABLE things (id {pk_bigserial}, is_on {bool} NOT NULL, body {json}, bytes {bytes}, n bigint)",
                database.dialect,
            )
        )
        for n in (1, 2**53 + 1):
            await db.execute(
                "INSERT INTO things (is_on, body, bytes, n) VALUES ($1, $2, $3, $4)",
                True,
                '{"名": [1]}',
                b"\x00\xff",
                n,
            )
    row = await db.fetch_one("SELECT * FROM things WHERE is_on = $1 AND id = $2", True, 2)
    assert row == {"id": 2, "is_on": True, "body": '{"名": [1]}', "bytes": b"\x00\xff", "n": 2**53 + 1}
    assert await db.fetch_value("SELECT body ->> '名' FROM things WHERE id = 1") == "[1]"
    total = await db.fetch_one("SELECT sum(n) AS total, avg(id) AS mean FROM things")
    assert total == {"total": 2**53 + 2, "mean": 1.5}
    assert type(total["total"]) is int
    assert (
        await db.fetch_value(f"SELECT count(*) FROM things WHERE id {db.any_of('$1', 'bigint')}", [1, 2, 3])
        == 2
    )
    assert (
        await db.fetch_value(
            f"SELECT count(*) FROM things WHERE body ->> '名' {db.any_of('$1')}", ["[1]", "你"]
        )
        == 2
    )
    assert await db.fetch("SELECT 'it''s $1' AS a, $2 || $1 AS b", "x", "y") == [{"a": "it's $1", "b": "yx"}]


async def test_a_write_outside_a_unit_of_work_is_refused(counter: db.Database) -> None:
    with pytest.raises(db.DatabaseMisuse):
        await db.execute("UPDATE counters SET n = 1")
    with pytest.raises(db.DatabaseMisuse):
        await db.fetch("UPDATE counters SET n = 1 RETURNING n")
    with pytest.raises(db.DatabaseMisuse):
        db.savepoint()
    assert await count() == 0
    await add_one()


async def test_nothing_is_in_use_without_use(database: db.Database) -> None:
    with db.use(database):
        pass
    with pytest.raises(db.DatabaseMisuse):
        await asyncio.get_running_loop().create_task(db.fetch("SELECT 1"), context=_empty())


def _empty():
    import contextvars

    return contextvars.Context()


async def test_an_inner_block_rolls_back_alone(counter: db.Database) -> None:
    async with db.unit_of_work():
        await insert("outer")
        with pytest.raises(ValueError, match="inner"):
            async with db.unit_of_work():
                await insert("inner")
                async with db.savepoint():
                    await insert("innermost")
                raise ValueError("inner")
        async with db.savepoint():
            await insert("kept")
        assert await count("innermost") is None
    rows = await db.fetch("SELECT id FROM counters ORDER BY id")
    assert [row["id"] for row in rows] == ["a", "kept", "outer"]


async def test_a_broken_rule_in_a_savepoint_leaves_the_rest(counter: db.Database) -> None:
    async with db.unit_of_work():
        await insert("b")
        with pytest.raises(Exception, match="(?i)unique") as caught:
            async with db.savepoint():
                await insert("b")
        await insert("c")
    assert db.is_unique_violation(caught.value)
    assert not db.is_transient(caught.value)
    assert await count("c") == 0


async def test_after_a_failed_statement_nothing_of_its_block_is_kept(counter: db.Database) -> None:
    with pytest.raises(db.TransactionAborted):
        async with db.unit_of_work():
            await insert("b")
            with pytest.raises(Exception, match="(?i)unique"):
                await insert("b")
    with pytest.raises(db.TransactionAborted):
        async with db.unit_of_work():
            with pytest.raises(Exception, match="(?i)unique"):
                await insert("a")
            await insert("b")
    async with db.unit_of_work():
        await insert("c")
        with pytest.raises(db.TransactionAborted):
            async with db.savepoint():
                await insert("b")
                with pytest.raises(Exception, match="(?i)unique"):
                    await insert("a")
        await insert("d")
    assert [await count(key) for key in "bcd"] == [None, 0, 0]


async def test_hooks_run_after_the_commit_and_only_then(counter: db.Database) -> None:
    heard: list[str] = []

    async def seen_from_outside() -> None:
        heard.append(f"c is {await count('c')}")

    def breaks() -> None:
        raise RuntimeError("one that breaks")

    with pytest.raises(ValueError, match="no"):
        async with db.unit_of_work() as unit:
            unit.after_commit(lambda: heard.append("never"))
            raise ValueError("no")
    async with db.unit_of_work() as unit:
        unit.after_commit(lambda: heard.append("first"))
        with pytest.raises(ValueError, match="no"):
            async with db.savepoint():
                db.after_commit(lambda: heard.append("never"))
                raise ValueError("no")
        async with db.savepoint():
            await insert("c", 7)
            db.after_commit(breaks)
            db.after_commit(seen_from_outside)
        assert heard == []
    assert heard == ["first", "c is 7"]


async def test_a_hook_may_open_a_unit_of_work(counter: db.Database) -> None:
    async with db.unit_of_work() as unit:
        unit.after_commit(add_one)
    assert await count() == 1


async def test_a_failed_commit_leaves_no_trace(counter: db.Database) -> None:
    heard: list[str] = []
    for _ in range(50):
        with pytest.raises(Exception, match="(?i)foreign key") as caught:
            async with db.unit_of_work() as unit:
                unit.after_commit(lambda: heard.append("never"))
                await db.execute("UPDATE counters SET n = 99")
                await orphan()
        assert db.is_foreign_key_violation(caught.value)
        assert not db.is_in_unit_of_work()
    assert heard == []
    assert await count() == 0
    await asyncio.gather(*(add_one() for _ in range(20)))
    assert await count() == 20


async def test_a_task_started_inside_does_not_write_inside(counter: db.Database) -> None:
    async with db.unit_of_work():
        await insert("b")
        with pytest.raises(db.DatabaseMisuse):
            await asyncio.create_task(insert("stranger"))
        with pytest.raises(db.DatabaseMisuse):
            await asyncio.create_task(count("b"))
        with pytest.raises(db.DatabaseMisuse):
            await asyncio.gather(count("a"), count("b"))
        later = asyncio.create_task(_after(0.05, add_one()))
        outside = db.start_task(count("b"))
        assert await outside is None
    await later
    assert await count() == 1
    assert await count("b") == 0


async def _after(seconds: float, work) -> None:
    await asyncio.sleep(seconds)
    await work


async def test_a_task_left_behind_does_not_write_in_the_next_unit(counter: db.Database) -> None:
    async with db.unit_of_work():
        left_behind = asyncio.create_task(_after(0.05, insert("stranger")))
    async with db.unit_of_work():
        with pytest.raises(db.DatabaseMisuse):
            await left_behind
    assert await count("stranger") is None


async def test_gather_works_in_a_shared_unit_on_both(counter: db.Database) -> None:
    async with db.unit_of_work() as unit:
        with unit.shared():
            await asyncio.gather(*(insert(f"k{n}", n) for n in range(20)))
            assert await asyncio.gather(*(count(f"k{n}") for n in range(20))) == list(range(20))
            await asyncio.create_task(add_one())
        with pytest.raises(db.DatabaseMisuse):
            await asyncio.create_task(count())
    assert await count("k19") == 19
    assert await count() == 1


async def test_while_one_task_holds_a_savepoint_others_are_refused(counter: db.Database) -> None:
    entered, leave = asyncio.Event(), asyncio.Event()

    async def holds() -> None:
        async with db.savepoint():
            entered.set()
            await leave.wait()

    async with db.unit_of_work() as unit:
        with unit.shared():
            holder = asyncio.create_task(holds())
            await entered.wait()
            with pytest.raises(db.DatabaseMisuse):
                await count()
            leave.set()
            await holder
        assert await count() == 0


async def test_a_snapshot_sees_no_later_commit(counter: db.Database) -> None:
    async with db.snapshot():
        # Nothing has been read in it yet: the view is fixed at the start, not at the first read.
        await db.start_task(add_one())
        assert await count() == 0
        assert await asyncio.gather(*(count() for _ in range(5))) == [0] * 5
        async with db.snapshot():
            assert await count() == 0
        with pytest.raises(db.DatabaseMisuse):
            await db.execute("UPDATE counters SET n = 1")
        with pytest.raises(db.DatabaseMisuse):
            async with db.unit_of_work():
                pass
        assert await db.start_task(count()) == 1
    assert await count() == 1
    async with db.unit_of_work():
        with pytest.raises(db.DatabaseMisuse):
            async with db.snapshot():
                pass


async def test_snapshots_left_while_another_task_reads_are_given_back(counter: db.Database) -> None:
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT max(i) AS m FROM n"

    async def leaves_early() -> None:
        async with db.snapshot():
            reads.append(asyncio.create_task(db.fetch_value(slow)))
            await asyncio.sleep(0.005)

    reads: list[asyncio.Task[int]] = []
    for number in range(6):
        task = asyncio.create_task(leaves_early())
        async with asyncio.timeout(30):
            while len(reads) == number:  # the readers may be busy
                await asyncio.sleep(0.001)
        await asyncio.sleep(0.015)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert await asyncio.gather(*reads) == [200_000] * 6
    async with asyncio.timeout(10):
        assert await asyncio.gather(*(count() for _ in range(10))) == [0] * 10


async def test_snapshots_are_given_back(counter: db.Database) -> None:
    for _ in range(30):
        with pytest.raises(Exception, match="(?i)nothing"):
            async with db.snapshot():
                await db.fetch("SELECT * FROM nothing")
    assert await count() == 0


async def test_an_uncommitted_write_is_seen_inside_only(counter: db.Database) -> None:
    async with db.unit_of_work():
        await insert("b")
        assert await count("b") == 0
        assert await db.start_task(count("b")) is None


async def test_closing_waits_for_the_unit_under_way(counter: db.Database, database_url: str) -> None:
    async def slow() -> None:
        async with db.unit_of_work():
            await insert("slow")
            await asyncio.sleep(0.1)

    unit = asyncio.create_task(slow())
    await asyncio.sleep(0.03)
    async with asyncio.timeout(10):
        await counter.close()
    await unit
    with pytest.raises(db.DatabaseMisuse):
        await count()
    async with db.connect_to(database_url) as again:
        with db.use(again):
            assert await count("slow") == 0


async def test_work_put_off_to_the_end_is_done_once_with_all_of_it(counter: db.Database) -> None:
    given: list[set[str]] = []

    async def work(keys: set[str]) -> None:
        given.append(set(keys))
        for key in sorted(keys):
            await insert(key, 7)
        # What it puts off in turn is done as well.
        if "b" in keys:
            db.at_the_end(work).add("d")

    async with db.unit_of_work():
        db.at_the_end(work).add("b")
        async with db.savepoint():
            db.at_the_end(work).update(("b", "c"))
        with pytest.raises(ZeroDivisionError):
            async with db.savepoint():
                db.at_the_end(work).add("undone")
                await insert("gone")
                raise ZeroDivisionError
        assert given == []
    assert given == [{"b", "c", "undone"}, {"d"}]
    assert [await count(key) for key in ("b", "c", "d", "undone", "gone")] == [7, 7, 7, 7, None]
    async with db.unit_of_work():
        await insert("e")
    assert len(given) == 2, "the next unit begins with nothing put off"


async def test_a_unit_whose_last_work_fails_is_undone(counter: db.Database) -> None:
    async def fail(keys: set[str]) -> None:
        await insert("late")
        raise ZeroDivisionError

    told: list[str] = []
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            async with db.unit_of_work():
                await insert("b")
                db.after_commit(lambda: told.append("committed"))
                db.at_the_end(fail).add("x")
    assert (await count("b"), await count("late"), told) == (None, None, [])
    async with db.unit_of_work():
        await insert("b")
    assert await count("b") == 0
