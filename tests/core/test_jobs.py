"""Work that can wait: written with its cause, run once, tried again, parked, taken over from the dead; on
both databases.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from roundsman.core import db, jobs
from roundsman.core.domain import Domain, Job
from roundsman.core.registry import Registry
from roundsman.core.times import DAY, HOUR, SECOND, FixedClock, use_clock

START = 1_795_000_000_000


class Trial:
    """A worker with one job, `trial.work`, that does what `then` says, and `trial.nightly`, that runs by
    itself.
    """

    def __init__(self, database: db.Database, **settings: Any) -> None:
        self.ran: list[Mapping[str, Any]] = []
        self.nights = 0
        self.failure: Exception | None = None
        work = Job("trial.work", self.work, max_tries=3, **settings)
        nightly = Job("trial.nightly", self.nightly, every=24 * 3600)
        self.jobs = {work.name: work, nightly.name: nightly}
        self.worker = jobs.Worker(database, Registry([Domain("trial", jobs=(work, nightly))]))

    async def work(self, arguments: Mapping[str, Any]) -> None:
        if self.jobs["trial.work"].has_unit:
            await db.execute("INSERT INTO done (word) VALUES ($1)", str(arguments.get("word")))
        if self.failure is not None:
            raise self.failure
        self.ran.append(arguments)

    async def nightly(self, arguments: Mapping[str, Any]) -> None:
        self.nights += 1


@pytest.fixture
async def clock(database: db.Database) -> Any:
    await db.migrate()
    async with db.unit_of_work():
        await db.execute("CREATE TABLE done (word text NOT NULL)")
    with use_clock(FixedClock(START)) as fixed:
        yield fixed


async def rows(state: str) -> list[db.Row]:
    return await db.fetch("SELECT * FROM jobs WHERE state = $1 ORDER BY run_at, id", state)


async def enqueue(name: str = "trial.work", **settings: Any) -> None:
    async with db.unit_of_work():
        await jobs.enqueue(name, **settings)


async def test_a_job_is_there_only_when_its_cause_is(database: db.Database, clock: FixedClock) -> None:
    trial = Trial(database)
    with pytest.raises(ZeroDivisionError):
        async with db.unit_of_work():
            await jobs.enqueue("trial.work", {"word": "never"})
            raise ZeroDivisionError
    assert not await trial.worker.run_next()
    await enqueue(arguments={"word": "茶", "at": 5})
    assert await trial.worker.run_next()
    assert trial.ran == [{"word": "茶", "at": 5}]
    assert await db.fetch_value("SELECT word FROM done") == "茶"
    assert not await trial.worker.run_next()
    assert await db.fetch_value("SELECT count(*) FROM jobs") == 0


async def test_a_job_waits_for_its_moment(database: db.Database, clock: FixedClock) -> None:
    trial = Trial(database)
    await enqueue(run_at=START + 100)
    assert not await trial.worker.run_next()
    clock.advance(100)
    assert await trial.worker.run_next()


async def test_a_job_that_fails_leaves_nothing_is_tried_later_and_parked(
    database: db.Database, clock: FixedClock
) -> None:
    trial = Trial(database)
    trial.failure = ValueError("no such carrier")
    await enqueue()
    waits = []
    for _ in range(2):
        before = clock.now_ms()
        assert await trial.worker.run_next()
        [row] = await rows("waiting")
        waits.append(row["run_at"] - before)
        assert row["last_error"] == "ValueError: no such carrier"
        assert not await trial.worker.run_next()
        clock.at = row["run_at"]
    assert waits == [5 * SECOND, 10 * SECOND]
    assert await trial.worker.run_next()
    [parked] = await rows("parked")
    assert parked["tries"] == 3
    clock.advance(DAY)
    assert not await trial.worker.run_next()
    assert await db.fetch_value("SELECT count(*) FROM done") == 0


def test_waiting_has_an_end() -> None:
    assert [jobs.wait_after(tries) for tries in (1, 2, 3, 50, 5000)] == [
        5000,
        10_000,
        20_000,
        6 * HOUR,
        6 * HOUR,
    ]


async def test_a_job_of_a_dead_process_is_taken_up_when_its_lease_ends(
    database: db.Database, clock: FixedClock
) -> None:
    trial = Trial(database)
    await enqueue(arguments={"word": "x"})
    dead = await jobs.take(trial.jobs, "lease of the dead")
    assert dead is not None
    assert not await trial.worker.run_next()
    clock.advance(jobs.LEASE + 1)
    assert await trial.worker.run_next()
    assert trial.ran == [{"word": "x"}]
    # The dead comes back to life: it must not do the work a second time.
    assert not await jobs.run_taken(trial.jobs["trial.work"], dead)
    assert await db.fetch_value("SELECT count(*) FROM done") == 1


async def test_a_key_waits_once_and_never_runs_twice_at_a_time(
    database: db.Database, clock: FixedClock
) -> None:
    trial = Trial(database)
    await enqueue(arguments={"word": "first"}, key="a", run_at=START + 50)
    await enqueue(arguments={"word": "second"}, key="a", run_at=START + 20)
    await enqueue(arguments={"word": "other"}, key="b", run_at=START + 30)
    assert [row["run_at"] for row in await rows("waiting")] == [START + 20, START + 30]
    clock.advance(60)
    running = await jobs.take(trial.jobs, "somebody else")
    assert running is not None
    assert running.key == "a"
    # What happens while it runs is not seen by it, so a second may wait, but not start.
    await enqueue(arguments={"word": "third"}, key="a")
    assert await trial.worker.run_next()
    assert not await trial.worker.run_next()
    assert await jobs.run_taken(trial.jobs["trial.work"], running)
    assert await trial.worker.run_next()
    assert [arguments["word"] for arguments in trial.ran] == ["other", "first", "third"]


async def test_a_failed_job_gives_way_to_the_one_of_its_key_that_waits(
    database: db.Database, clock: FixedClock
) -> None:
    trial = Trial(database)
    trial.failure = ValueError("x")
    await enqueue(key="a")
    taken = await jobs.take(trial.jobs, "me")
    assert taken is not None
    await enqueue(key="a")
    await jobs.run_taken(trial.jobs["trial.work"], taken)
    [row] = await rows("waiting")
    assert row["tries"] == 0


async def test_a_job_that_runs_by_itself_runs_once_across_processes(
    database: db.Database, clock: FixedClock
) -> None:
    one, other = Trial(database), Trial(database)
    for trial in (one, other, one):
        await jobs.plan(trial.jobs.values())
    [row] = await rows("waiting")
    assert row["run_at"] % DAY == 0
    assert not await one.worker.run_next()
    clock.at = row["run_at"]
    await asyncio.gather(*(db.start_task(trial.worker.run_next()) for trial in (one, other)))
    assert one.nights + other.nights == 1
    [again] = await rows("waiting")
    assert again["run_at"] == row["run_at"] + DAY


async def test_workers_share_the_jobs_and_none_runs_twice(database: db.Database, clock: FixedClock) -> None:
    trials = [Trial(database) for _ in range(3)]
    for number in range(12):
        await enqueue(arguments={"word": number})

    async def work(trial: Trial) -> None:
        while await trial.worker.run_next():
            pass

    await asyncio.gather(*(db.start_task(work(trial)) for trial in trials))
    done = sorted(arguments["word"] for trial in trials for arguments in trial.ran)
    assert done == list(range(12))


async def test_work_outside_a_unit_that_takes_too_long_counts_as_failed(
    database: db.Database, clock: FixedClock
) -> None:
    trial = Trial(database, has_unit=False)

    async def hang(arguments: Mapping[str, Any]) -> None:
        await asyncio.sleep(3600)

    await enqueue()
    taken = await jobs.take(trial.jobs, "me")
    assert taken is not None
    assert not await jobs.run_taken(Job("trial.work", hang, has_unit=False, time_limit=0), taken)
    [row] = await rows("waiting")
    assert row["last_error"].startswith("TimeoutError")


async def test_the_loop_wakes_for_a_job_of_its_own_process(database: db.Database) -> None:
    await db.migrate()
    trial = Trial(database, has_unit=False)
    loop = asyncio.create_task(trial.worker.run())
    try:
        async with asyncio.timeout(10):
            while not await rows("waiting"):
                await asyncio.sleep(0.01)
            await enqueue(arguments={"word": "now"})
            while not trial.ran:
                await asyncio.sleep(0.01)
    finally:
        loop.cancel()
        with pytest.raises(asyncio.CancelledError):
            await loop
    assert trial.ran == [{"word": "now"}]
