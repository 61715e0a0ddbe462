"""Hundreds of reps at work for minutes on a real `roundsman serve` over HTTP: how long from a tap to its answer and to the
checkpoint that shows it, what it costs the server, whether its memory stays flat, and that nothing is lost or doubled.

`python -m tests.load.soak [DATABASE_URL] [--reps 600] [--minutes 10] [--pace 60] [--listening 1.0] [--workers 1]`

The pace is that of a busy morning: each rep taps once in `--pace` seconds on average (check-in, a note, check-out, the next
customer), so a visit takes three minutes and is followed at once by another; a real day has a fifth of that. `--listening`
is the share of phones whose app is in front and that hold a stream of wake-ups; as the app does, they pull at every word of
something new, the others once a minute. One manager for a hundred reps listens too. No photos. Sessions are written into the
database instead of going through the door, which allows an address only so many passwords. A database must be empty.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
import psutil
import uvloop

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from roundsman.domains import gather
from roundsman.identity.sessions import start_session
from tests.cast import PASSWORD
from tests.load.line import Line, hear_heads
from tests.make.visits import check_in, clocks
from tests.phone import Phone, PhoneError, assert_stale_equals_fresh
from tests.serving import Serving

TEAM = 20
REGION = 5 * TEAM
CUSTOMERS = 25
REST = 60.0
AT_ONCE = 20
FEEDS = gather().feeds


@dataclass
class Figures:
    """What all phones together saw; times in seconds."""

    applied: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)


class MeasuredPhone(Phone):
    """A phone that knows when each thing was tapped, answered and seen."""

    def __init__(self, figures: Figures, client: Line, person: str) -> None:
        super().__init__(client, FEEDS, person=person)  # type: ignore[arg-type]
        self.figures = figures
        self.tapped: dict[str, float] = {}
        self.names: dict[str, str] = {}
        self.answered: set[str] = set()

    def tap(self, name: str, args: dict[str, Any]) -> None:
        """Into the outbox, with the moment."""
        uuid = self.act(name, args)
        self.tapped[uuid] = time.perf_counter()
        self.names[uuid] = name

    async def post(self, what: str, body: Any) -> dict[str, Any]:
        self.figures.requests[what] += 1
        return await super().post(what, body)

    def take_push(self, request: Any, answer: Any) -> None:
        super().take_push(request, answer)
        for result in answer["results"]:
            self._hear(result["uuid"])

    def take_pull(self, page: Any) -> bool:
        is_complete = super().take_pull(page)
        if is_complete:
            for uuid in [uuid for uuid in self.answered if self.core._entry(uuid) is None]:
                self.answered.discard(uuid)
                self.figures.seen.append(time.perf_counter() - self.tapped[uuid])
        return is_complete

    def _hear(self, uuid: str) -> None:
        if uuid in self.tapped and uuid not in self.answered:
            self.answered.add(uuid)
            self.figures.applied.append(time.perf_counter() - self.tapped[uuid])


@dataclass
class Rep:
    """Somebody with a phone: `customers` is empty for a manager, who only looks."""

    phone: MeasuredPhone
    token: str
    customers: list[str]
    visits: dict[str, str] = field(default_factory=dict)
    poked: asyncio.Event = field(default_factory=asyncio.Event)

    async def tap(self, chance: random.Random, pace: float, until: float) -> None:
        """Visits one after another, a tap at a time."""
        await asyncio.sleep(chance.uniform(0, pace))
        visit = ""
        for step in cycle(("in", "note", "out")):
            if time.monotonic() >= until:
                return
            if step == "in":
                args = check_in(chance.choice(self.customers))
                visit = str(args["visit_id"])
                self.visits[visit] = "open"
                self.phone.tap("visits.check_in", args)
            elif step == "note":
                note = {"kind": "note", "title": "n", "answers": {"text": "门口有新货架"}, "photos": []}
                args = {"step_id": new_id(), "visit_id": visit, "clocks": clocks(), **note}
                self.phone.tap("visits.record_step", args)
            else:
                self.phone.tap("visits.check_out", {"visit_id": visit, "clocks": clocks(), "fix": None})
                self.visits[visit] = "done"
            self.poked.set()
            await asyncio.sleep(min(pace * chance.uniform(0.5, 1.5), max(0.0, until - time.monotonic())))

    async def run(self, chance: random.Random, until: float) -> None:
        """The app's loop: one round at a time, after a tap, a word from the server, or a minute."""
        failures = 0
        while time.monotonic() < until:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(REST * chance.uniform(0.8, 1.2), until - time.monotonic())):
                    await self.poked.wait()
            self.poked.clear()
            try:
                await self.phone.push()
                await self.phone.pull()
                failures = 0
            except (PhoneError, OSError, EOFError) as error:
                failures += 1
                self.phone.figures.failures[f"{type(error).__name__}: {str(error)[:60]}"] += 1
                await asyncio.sleep(1 + chance.random() * min(59, 2**failures))
                self.poked.set()

    async def listen(self, port: int) -> None:
        """The stream of wake-ups, opened again when it breaks."""
        while True:
            with suppress(OSError, EOFError):
                async for head in hear_heads(port, self.token, self.phone.replica):
                    if head > self.phone.core.head:
                        self.poked.set()
            self.phone.figures.failures["a stream broke"] += 1
            await asyncio.sleep(1)


async def hire(serving: Serving, url: str, count: int, figures: Figures) -> list[Rep]:
    """A company of so many reps in teams, their managers, and their customers; all phones have pulled once."""
    port = int(serving.address.rpartition(":")[2])
    async with httpx.AsyncClient(base_url=serving.address, timeout=60) as client:
        known = {"company": "T", "name": "Ada", "login": "ada", "password": PASSWORD}
        answer = await client.post("/api/identity/first_run", json=known)
        assert answer.status_code == 200, f"not an empty database? {answer.text}"
        office = Phone(client, FEEDS)
        teams: list[tuple[str, str, list[str]]] = []
        regions: list[str] = []
        for n in range(-(-count // TEAM)):
            if n * TEAM % REGION == 0:
                regions.append(new_id())
                territory = {"territory_id": regions[-1], "parent_id": None, "name": f"Region {n}"}
                office.act("identity.add_territory", territory)
            team, customers = new_id(), [new_id() for _ in range(CUSTOMERS)]
            territory = {"territory_id": team, "parent_id": regions[-1], "name": f"Team {n}"}
            office.act("identity.add_territory", territory)
            for at, customer in enumerate(customers):
                shop = {"customer_id": customer, "name": f"商店 {n}-{at}", "territory_id": team}
                office.act("customers.add", shop)
            teams.append((team, regions[-1], customers))
        await office.sync()
        assert {result["status"] for result in office.results.values()} == {"applied"}
    places = [(teams[n // TEAM][0], "member", "rep", teams[n // TEAM][2]) for n in range(count)]
    places += [(region, "manager", "manager", []) for region in regions]
    reps = []
    async with db.connect_to(url) as database:
        with db.use(database):
            async with db.unit_of_work():
                now = now_ms()
                for n, (territory_id, kind, role, customers) in enumerate(places):
                    person = new_id()
                    await db.execute(
                        "INSERT INTO people (id, name, name_key, phone, login, password_hash, roles, is_active, "
                        "created_at, changed_at) VALUES ($1, $2, $2, NULL, $2, NULL, $3, $4, $5, $5)",
                        *(person, f"soak{n}", f'["{role}"]', True, now),
                    )
                    await db.execute(
                        "INSERT INTO memberships (id, person_id, territory_id, kind, from_at, until_at) "
                        "VALUES ($1, $2, $3, $4, $5, NULL)",
                        *(new_id(), person, territory_id, kind, now),
                    )
                    _, token = await start_session(person, now)
                    reps.append(Rep(MeasuredPhone(figures, Line(port, token), person), token, customers))
    places_at_once = asyncio.Semaphore(AT_ONCE)

    async def begin(rep: Rep) -> None:
        async with places_at_once:
            await rep.phone.pull()

    await asyncio.gather(*(begin(rep) for rep in reps))
    return reps


class Gauge:
    """CPU and memory of the server's processes."""

    def __init__(self, serving: Serving) -> None:
        self.processes = [serving.process, *serving.process.children(recursive=True)]
        self.memory: list[tuple[float, float]] = []
        self.began, self.cpu = time.monotonic(), self.cpu_seconds()

    def cpu_seconds(self) -> float:
        """User and system time so far."""
        return sum(sum(process.cpu_times()[:2]) for process in self.processes)

    def rss(self) -> float:
        """Resident memory in MiB; written down."""
        found = sum(process.memory_info().rss for process in self.processes) / 2**20
        self.memory.append((time.monotonic() - self.began, found))
        return found

    async def watch(self, figures: Figures) -> None:
        """A sample every two seconds, a line every minute."""
        print(f"  start    {self.rss():6.1f} MiB")
        for n in cycle(range(30)):
            await asyncio.sleep(2)
            rss = self.rss()
            if n == 29:
                minute = round(self.memory[-1][0] / 60)
                print(f"  {minute:3} min  {rss:6.1f} MiB, {len(figures.seen):,} taps seen", flush=True)

    def verdict(self) -> tuple[bool, str]:
        """Whether memory is flat: the last quarter's median at most 5 % and 2 MiB above the second quarter's."""
        quarter = len(self.memory) // 4
        early = median(rss for _, rss in self.memory[quarter : 2 * quarter] or self.memory)
        late = median(rss for _, rss in self.memory[-quarter or -1 :])
        is_flat = late <= early * 1.05 + 2
        return (
            is_flat,
            f"{'flat' if is_flat else 'GROWING'}: {early:.1f} MiB in the second quarter, {late:.1f} in the last",
        )


def spread(times: list[float]) -> str:
    """Three percentiles in milliseconds."""
    if len(times) < 2:
        return "too few"
    cuts = quantiles(times, n=100)
    return ", ".join(f"p{n} {cuts[n - 1] * 1000:,.0f} ms" for n in (50, 95, 99))


async def nothing_is_lost_or_doubled(url: str, reps: list[Rep]) -> None:
    """Compare what was tapped with what is in the database. Raises AssertionError."""
    tapped = {uuid: (name, rep.phone.core.user) for rep in reps for uuid, name in rep.phone.names.items()}
    async with db.connect_to(url) as database:
        with db.use(database):
            rows = await db.fetch(
                "SELECT uuid, name, person_id, status FROM sync_command WHERE name LIKE 'visits.%'"
            )
            found = {row["uuid"]: (row["name"], row["person_id"]) for row in rows}
            assert len(rows) == len(found) == len(tapped), f"{len(tapped)} taps, {len(rows)} decisions"
            assert found == tapped, "other commands than were tapped"
            assert {row["status"] for row in rows} <= {"applied"}, Counter(row["status"] for row in rows)
            visits = {row["id"]: row["state"] for row in await db.fetch("SELECT id, state FROM visits")}
            assert visits == {id: state for rep in reps for id, state in rep.visits.items()}
            notes = sum(name == "visits.record_step" for name, _ in tapped.values())
            assert await db.fetch_value("SELECT count(*) FROM visit_steps") == notes
    for rep in reps:
        assert not rep.phone.core.outbox, "something waits for ever"
        own = {id for id, row in rep.phone.rows("visits").items() if row["person_id"] == rep.phone.core.user}
        assert own == set(rep.visits), "a phone does not hold its own visits"
    for rep in [*reps[:5], *reps[-2:]]:
        await assert_stale_equals_fresh(rep.phone)


async def soak(options: argparse.Namespace, folder: Path) -> bool:
    """The whole of it; whether memory was flat. Raises AssertionError when something is lost or doubled."""
    url = options.url or f"sqlite:///{folder}/company.db"
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with Serving(folder, url, workers=options.workers) as serving:
        figures = Figures()
        before = time.monotonic()
        reps = await hire(serving, url, options.reps, figures)
        print(
            f"{options.reps} reps and {len(reps) - options.reps} managers on {url.partition(':')[0]} have what they "
            f"may see after {time.monotonic() - before:.0f} s; each taps every {options.pace:.0f} s, "
            f"{options.listening:.0%} listen"
        )
        figures.requests.clear()
        gauge = Gauge(serving)
        own = psutil.Process()
        own_cpu = sum(own.cpu_times()[:2])
        until = time.monotonic() + options.minutes * 60
        port = int(serving.address.rpartition(":")[2])
        listening = [
            rep for n, rep in enumerate(reps) if n % 100 < options.listening * 100 or not rep.customers
        ]
        background = [asyncio.create_task(rep.listen(port)) for rep in listening]
        background.append(asyncio.create_task(gauge.watch(figures)))
        async with asyncio.TaskGroup() as group:
            for n, rep in enumerate(reps):
                group.create_task(rep.run(random.Random(n), until))
                if rep.customers:
                    group.create_task(rep.tap(random.Random(n), options.pace, until))
        took, cpu = time.monotonic() - gauge.began, gauge.cpu_seconds() - gauge.cpu
        own_cpu = sum(own.cpu_times()[:2]) - own_cpu
        requests = figures.requests.copy()
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        is_flat, memory = gauge.verdict()
        print(f"  end      {gauge.rss():6.1f} MiB, {memory}")
        print(f"tap to applied: {spread(figures.applied)}\ntap to seen:    {spread(figures.seen)}")
        print(
            f"{sum(requests.values()) / took:,.0f} requests/s ({requests['push'] / took:,.1f} pushes, "
            f"{requests['pull'] / took:,.1f} pulls); CPU: server {cpu / took:.0%} of a core, "
            f"{cpu / sum(requests.values()) * 1000:.1f} ms a request, these phones {own_cpu / took:.0%}"
        )
        if figures.failures:
            print(f"told to wait or cut off, and tried again: {dict(figures.failures.most_common(5))}")
        for rep in reps:
            await rep.phone.sync()
        await nothing_is_lost_or_doubled(url, reps)
        print(f"{sum(len(rep.phone.names) for rep in reps):,} taps: none lost, none doubled")
        for rep in reps:
            rep.phone.client.close()  # type: ignore[attr-defined]
        serving.stop()
    return is_flat


def main() -> int:
    """0 when nothing was lost or doubled and memory stayed flat."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", nargs="?", metavar="DATABASE_URL")
    parser.add_argument("--reps", type=int, default=600)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--pace", type=float, default=60)
    parser.add_argument("--listening", type=float, default=1.0)
    parser.add_argument("--workers", type=int, default=1)
    with tempfile.TemporaryDirectory() as folder:
        return 0 if uvloop.run(soak(parser.parse_args(), Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
