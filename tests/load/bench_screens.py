"""Open ranking screens while orders come: what a second of selling costs, and how soon every screen shows it.

`python -m tests.load.bench_screens [DATABASE_URL …] [--screens 1000] [--orders 50] [--seconds 20]`: a serving process,
so many managers' phones that listen, each asking for the month's ranking when it is woken and at most every 0.7 s, as
the page does (their pulls are not part of this; soak.py has them), and orders of three lines placed at that pace. CPU
is the server's; PostgreSQL's own is not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import day_on, now_ms
from roundsman.identity.sessions import start_session
from tests.cast import staged
from tests.load.bench_events import COPIED
from tests.load.bench_orders import Office, cpu_of
from tests.load.line import Line, hear_heads
from tests.make.orders import a_line, an_order
from tests.serving import Serving

REST: Final = 0.7
"""Seconds between two askings of one screen."""


class Screen:
    """One page that is open: asks when it is woken, and notes when it has seen which total."""

    def __init__(self, port: int, token: str, replica: str, path: str) -> None:
        self.port, self.token, self.replica, self.path = port, token, replica, path
        self.line = Line(port, token)
        self.seen: list[tuple[float, int]] = []
        self.woken = asyncio.Event()

    async def listen(self) -> None:
        """Be woken, for ever."""
        async for _ in hear_heads(self.port, self.token, self.replica):
            self.woken.set()

    async def show(self) -> None:
        """Ask when woken, for ever."""
        while True:
            await self.woken.wait()
            self.woken.clear()
            answer = await self.line.get(self.path)
            assert answer.status_code == 200, answer.text
            self.seen.append((time.perf_counter(), answer.json()["total"]))
            await asyncio.sleep(REST)


async def sell(office: Office, port: int, pace: int, seconds: int) -> float:
    """Place orders at a pace; the moment the last was answered."""
    line = Line(port, office.tokens["clerk"])
    begun = time.perf_counter()
    for number in range(pace * seconds):
        await asyncio.sleep(max(0.0, begun + number / pace - time.perf_counter()))
        lines = [a_line(office.goods[(number + n) % len(office.goods)], 1 + n) for n in range(3)]
        args = an_order(office.customers[number % len(office.customers)], *lines)
        headers = {"idempotency-key": new_id()}
        answer = await line.post("/api/commands/orders.place", content=json.dumps(args), headers=headers)
        assert answer.status_code == 200, answer.text
    line.close()
    return time.perf_counter()


async def run(url: str, options: argparse.Namespace, folder: Path) -> None:
    """Everything on one database."""
    async with db.connect_to(url) as database:
        with db.use(database):
            async with staged(database) as cast:
                await cast.fill()
                office = Office(cast)
                await office.open()
                await cast.done("administrator", "figures.set_policy", basis="ordered", peers="hidden")
                phone = await cast.phone("manager")
                replicas = [new_id() for _ in range(options.screens)]
                async with db.unit_of_work():
                    _, token = await start_session(cast.people["manager"], now_ms())
                    await db.execute_many(
                        f"INSERT INTO sync_replica (id, {COPIED}) "
                        f"SELECT $1, {COPIED} FROM sync_replica WHERE id = $2",
                        [(made, phone.replica) for made in replicas],
                    )
                dialect = database.dialect
    day = day_on(now_ms())
    path = f"/api/rankings?metric=sales&by=territory&level=9&from={day[:7]}-01&to={day}"
    with Serving(folder, url) as serving:
        port = int(serving.address.rpartition(":")[2])
        screens = [Screen(port, token, replica, path) for replica in replicas]
        tasks = []
        for one in screens:
            # Not all at once: they were not opened in one moment either.
            tasks += [asyncio.create_task(work) for work in (one.listen(), one.show())]
            await asyncio.sleep(0.005)
        while not all(one.seen for one in screens):
            await asyncio.sleep(0.1)
        cpu, begun = cpu_of(serving), time.perf_counter()
        ended = await sell(office, port, options.orders, options.seconds)
        taken, cpu = ended - begun, cpu_of(serving) - cpu
        total = (await Line(port, token).get(path)).json()["total"]
        until = time.monotonic() + 60
        while any(not one.seen or one.seen[-1][1] < total for one in screens):
            assert time.monotonic() < until, "a screen never showed the last order"
            await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
    late = sorted(next(at for at, shown in one.seen if shown >= total) - ended for one in screens)
    asked = sum(len([at for at, _ in one.seen if at <= ended]) for one in screens)
    pace, half = options.orders * options.seconds / taken, late[len(late) // 2]
    print(
        f"{dialect:9} {pace:.0f} orders a second under {len(screens)} screens: {asked / taken:.0f} looks a second,"
        f" {cpu / taken * 100:.0f} % of a core; the last order on half of the screens after {half:.2f} s,"
        f" on all after {late[-1]:.2f} s",
        flush=True,
    )


async def main(options: argparse.Namespace) -> None:
    """Each database in turn."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory() as folder:
        for url in options.urls or [f"sqlite:///{Path(folder)}/bench.db"]:
            await run(url, options, Path(folder))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("urls", nargs="*", metavar="DATABASE_URL")
    parser.add_argument("--screens", type=int, default=1000)
    parser.add_argument("--orders", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=20)
    asyncio.run(main(parser.parse_args(sys.argv[1:])))
