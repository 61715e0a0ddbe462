"""Work that can wait: a table of jobs written in the same transaction as what caused them, and the loop
that runs them.

A job that fails is tried again, later each time, and parked for people to look at when it goes on failing.
A process that dies loses its lease, and another takes the job up.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

import structlog
from piccolo.columns import JSON, BigInt, Integer, Text
from piccolo.table import Table

from roundsman.core import db
from roundsman.core.companies import Companies, Company
from roundsman.core.domain import Job
from roundsman.core.ids import new_id
from roundsman.core.registry import Registry
from roundsman.core.times import HOUR, MINUTE, SECOND, now_ms

LEASE: Final = 60 * SECOND
LOOK_EVERY: Final = 2.0
PLAN_EVERY: Final = 60.0
_LONGEST_ERROR: Final = 2000
_FIRST_WAIT: Final = 5 * SECOND
_LONGEST_WAIT: Final = 6 * HOUR
_BY_ITSELF: Final = "every"

_log = structlog.get_logger()
_wake: "WeakKeyDictionary[db.Database, asyncio.Event]" = WeakKeyDictionary()


class QueuedJob(Table, tablename="jobs"):
    """A job that waits, runs or was parked. What is done is deleted."""

    id = Text(primary_key=True, default=None)
    name = Text()
    arguments = JSON()
    key = Text(null=True, default=None)
    state = Text()
    run_at = BigInt()
    tries = Integer()
    lease = Text(null=True, default=None)
    leased_until = BigInt(null=True, default=None)
    last_error = Text(null=True, default=None)
    created_at = BigInt()


@dataclass(frozen=True, slots=True)
class Taken:
    """A job this process holds the lease of."""

    id: str
    name: str
    arguments: str
    key: str | None
    tries: int
    lease: str


async def enqueue(
    name: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    run_at: int | None = None,
    key: str | None = None,
) -> None:
    """Have a job run after the open unit of work is durable, not before `run_at` (epoch ms; default at
    once).

    With a `key`, one row of that name and key waits at most; the earlier moment and the arguments of the
    first count.
    """
    now = now_ms()
    run_at = now if run_at is None else run_at
    text = json.dumps(dict(arguments or {}), ensure_ascii=False)
    await db.execute(
        """
        INSERT INTO jobs (id, name, arguments, key, state, run_at, tries, lease, leased_until, last_error, created_at)
        VALUES ($1, $2, $3, $4, 'waiting', $5, 0, NULL, NULL, NULL, $6)
        ON CONFLICT (name, key) WHERE key IS NOT NULL AND state = 'waiting'
        DO UPDATE SET run_at = CASE WHEN excluded.run_at < jobs.run_at THEN excluded.run_at ELSE jobs.run_at END
        """,
        *(new_id(), name, text, key, run_at, now),
    )
    event = _wake.get(db.current())
    if event is not None:
        db.after_commit(event.set)


def wait_after(tries: int) -> int:
    """Milliseconds to wait after so many failures: 5 s, doubled each time, 6 h at most."""
    return min(_LONGEST_WAIT, _FIRST_WAIT << min(tries - 1, 20))


async def take(names: Iterable[str], lease: str) -> Taken | None:
    """Lease the job that is due longest, or one whose holder went away; None when there is nothing to do.

    Jobs of one name and key never run at the same time.
    """
    now = now_ms()
    skipping = " FOR UPDATE SKIP LOCKED" if db.current().dialect == "postgres" else ""
    async with db.unit_of_work():
        rows = await db.fetch(
            f"""
            UPDATE jobs SET state = 'running', tries = tries + 1, lease = $2, leased_until = $3
            WHERE id = (
                SELECT id FROM jobs AS due
                WHERE due.name {db.any_of("$4")}
                AND (due.state = 'waiting' AND due.run_at <= $1 OR due.state = 'running' AND due.leased_until < $1)
                AND NOT EXISTS (
                    SELECT 1 FROM jobs AS other WHERE other.name = due.name AND other.key = due.key
                    AND other.state = 'running' AND other.leased_until >= $1 AND other.id <> due.id
                )
                ORDER BY due.run_at, due.id LIMIT 1{skipping}
            )
            RETURNING id, name, arguments, key, tries, lease
            """,
            *(now, lease, now + LEASE, list(names)),
        )
    return Taken(**rows[0]) if rows else None


async def run_taken(job: Job, taken: Taken) -> bool:
    """Run a leased job and write down how it went: done and deleted, waiting again, or parked. Whether it
    was done.
    """
    arguments: Mapping[str, Any] = json.loads(taken.arguments)
    try:
        async with asyncio.timeout(job.time_limit), _renewed(taken):
            if job.has_unit:
                async with db.unit_of_work():
                    # First, so that a lease that was lost is noticed before anything is written.
                    await _finish(taken)
                    await job.run(arguments)
            else:
                await job.run(arguments)
                async with db.unit_of_work():
                    await _finish(taken)
    except LeaseLost:
        _log.warning("lease lost", job=taken.name, id=taken.id)
        return False
    except Exception as error:
        await _failed(job, taken, error)
        return False
    return True


class LeaseLost(Exception):
    """Another process holds this job by now."""


async def _finish(taken: Taken) -> None:
    if not await db.execute("DELETE FROM jobs WHERE id = $1 AND lease = $2", taken.id, taken.lease):
        raise LeaseLost


@contextlib.asynccontextmanager
async def _renewed(taken: Taken) -> AsyncIterator[None]:
    """Keep the lease while the block runs."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(LEASE / 3 / SECOND)
            with contextlib.suppress(Exception):
                async with db.unit_of_work():
                    await db.execute(
                        "UPDATE jobs SET leased_until = $3 WHERE id = $1 AND lease = $2",
                        *(taken.id, taken.lease, now_ms() + LEASE),
                    )

    task = db.start_task(renew())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _failed(job: Job, taken: Taken, error: Exception) -> None:
    is_last = taken.tries >= job.max_tries
    _log.error(
        "job failed", job=taken.name, id=taken.id, tries=taken.tries, is_parked=is_last, exc_info=error
    )
    said = f"{type(error).__qualname__}: {error}"[:_LONGEST_ERROR]
    async with db.unit_of_work():
        if not is_last and taken.key is not None:
            same = await db.fetch_value(
                "SELECT id FROM jobs WHERE name = $1 AND key = $2 AND state = 'waiting'",
                taken.name,
                taken.key,
            )
            if same is not None:
                # The one that waits already does the same work; two of a key may not wait.
                await db.execute("DELETE FROM jobs WHERE id = $1 AND lease = $2", taken.id, taken.lease)
                return
        await db.execute(
            """
            UPDATE jobs SET state = $3, run_at = $4, last_error = $5, lease = NULL, leased_until = NULL
            WHERE id = $1 AND lease = $2
            """,
            *(
                taken.id,
                taken.lease,
                "parked" if is_last else "waiting",
                now_ms() + wait_after(taken.tries),
                said,
            ),
        )


async def plan(jobs: Iterable[Job]) -> None:
    """Enter the next run of every job that runs by itself, at whole multiples of its period. Any process
    may, at any time.
    """
    now = now_ms()
    async with db.unit_of_work():
        for job in jobs:
            if job.every is not None:
                period = job.every * SECOND
                await enqueue(job.name, run_at=(now // period + 1) * period, key=_BY_ITSELF)


class Worker:
    """The loop of one process over one company's jobs. Whatever happens in it, it goes on until it is
    cancelled.
    """

    def __init__(self, database: db.Database, registry: Registry) -> None:
        self._database = database
        self._jobs = dict(registry.jobs)
        self._lease = new_id()

    async def run(self) -> None:
        """Run jobs as they come due, until cancelled."""
        if not self._jobs:
            return
        with db.use(self._database):
            event = _wake.setdefault(self._database, asyncio.Event())
            planned = 0.0
            clock = asyncio.get_running_loop().time
            while True:
                try:
                    if clock() >= planned:
                        await plan(self._jobs.values())
                        planned = clock() + PLAN_EVERY
                    event.clear()
                    while await self.run_next():
                        pass
                except Exception as error:
                    _log.error("the loop of jobs stumbled", exc_info=error)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY):
                        await event.wait()

    async def run_next(self) -> bool:
        """Run one job that is due, in the database in use. Whether there was one."""
        taken = await take(self._jobs, self._lease)
        if taken is None:
            return False
        job = self._jobs[taken.name]
        await run_taken(job, taken)
        if job.every is not None:
            await plan([job])
        return True


async def run_worker(companies: Companies, registry: Registry) -> None:
    """Run the jobs of every company, until cancelled."""
    async with asyncio.TaskGroup() as group:
        for company in companies:
            group.create_task(_run_company(companies, company, registry))


async def _run_company(companies: Companies, company: Company, registry: Registry) -> None:
    while True:
        try:
            database = await companies.ready(company)
            break
        except Exception as error:
            _log.error("a company's database cannot be opened", company=company.host, exc_info=error)
            await asyncio.sleep(MINUTE / SECOND)
    await Worker(database, registry).run()
