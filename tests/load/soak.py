"""Hundreds of reps at work for minutes on a real `roundsman serve` over HTTP: how long from a tap to its answer and
to the checkpoint that shows it, what it costs the server, whether its memory stays flat, and that nothing is lost or
doubled.

`python -m tests.load.soak [DATABASE_URL] [--reps 600] [--minutes 10] [--pace 60] [--listening 1.0] [--workers 1]`

The pace is that of a busy morning: each rep taps once in `--pace` seconds on average (check-in, a note, check-out,
the next customer), so a visit takes three minutes and is followed at once by another; a real day has a fifth of that.
`--listening` is the share of phones whose app is in front and that hold a stream of wake-ups; as the app does, they
pull at every word of something new, the others once a minute. One manager for a hundred reps listens too. No photos.
Sessions are written into the database instead of going through the door, which allows an address only so many
passwords. A database must be empty.
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
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

import psutil
import uvloop

from roundsman.core import db
from tests.load.crowd import Figures, Rep, hire
from tests.phone import assert_stale_equals_fresh
from tests.serving import Serving


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
