"""Orders a second through a serving process, with what they cost it.

`python -m tests.load.bench_orders [DATABASE_URL …] [--orders 400]`: drafts saved, and orders placed and reviewed, of
five lines each, by one client and by eight, each command one request and one commit; placed by a phone, fifty a push;
beside it a plain INSERT loop of the same rows. CPU is the server's; PostgreSQL's own is not counted. Lists of orders
are in bench_lists.py.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import structlog

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from roundsman.identity.sessions import start_session
from roundsman.orders.commands.rows import _LINE, _MOVE, _ORDER
from roundsman.orders.tables import Order, OrderLine, OrderMove
from tests.cast import Cast, staged
from tests.load.line import Line
from tests.make.customers import make_customer
from tests.make.orders import a_line, an_order, make_goods
from tests.serving import Serving

LINES: Final = 5
CUSTOMERS: Final = 200
GOODS: Final = 500
A_PUSH: Final = 50
TABLES: Final = {
    "orders": (Order, _ORDER),
    "order_lines": (OrderLine, _LINE),
    "order_moves": (OrderMove, _MOVE),
}


class Office:
    """A company with customers and goods, and what clients need to work for it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.failed = 0

    async def open(self) -> None:
        self.customers = [await make_customer(self.cast, "clerk", name=f"店{n}") for n in range(CUSTOMERS)]
        self.goods = await make_goods(GOODS, stock_e3=10**12)
        self.tokens = {}
        for who in ("rep", "clerk"):
            async with db.unit_of_work():
                _, self.tokens[who] = await start_session(self.cast.people["clerk"], now_ms())

    def an_order(self, number: int) -> dict[str, Any]:
        lines = [a_line(self.goods[(number * LINES + n) % GOODS], 1 + n) for n in range(LINES)]
        return an_order(self.customers[number % CUSTOMERS], *lines, note="上午送到")

    async def send(self, line: Line, name: str, args: dict[str, Any]) -> None:
        headers = {"idempotency-key": new_id()}
        answer = await line.post(f"/api/commands/orders.{name}", content=json.dumps(args), headers=headers)
        if answer.status_code != 200:
            self.failed += 1
            print(f"failed: {name} {answer.status_code} {answer.text[:300]}", file=sys.stderr)

    async def draft(self, line: Line, number: int) -> None:
        await self.send(line, "save_draft", self.an_order(number))

    async def place(self, line: Line, number: int) -> None:
        args = self.an_order(number)
        await self.send(line, "place", args)
        await self.send(line, "review", {"order_id": args["order_id"], "expect": "submitted"})


async def measure(
    office: Office, serving: Serving, work: Callable[[Line, int], Awaitable[None]], clients: int, count: int
) -> str:
    """So many orders by so many clients at once: a second, and milliseconds of the server's CPU each."""
    port = int(serving.address.rpartition(":")[2])
    lines = [Line(port, office.tokens["clerk"]) for _ in range(clients)]
    waiting = iter(range(count))

    async def one(line: Line) -> None:
        for number in waiting:
            await work(line, number)

    await asyncio.gather(*(work(line, count + n) for n, line in enumerate(lines)))
    wall, cpu = time.perf_counter(), cpu_of(serving)
    await asyncio.gather(*(one(line) for line in lines))
    wall, cpu = time.perf_counter() - wall, cpu_of(serving) - cpu
    for line in lines:
        line.close()
    return f"{count / wall:6,.0f}/s, {cpu / count * 1000:5.2f} ms CPU each"


async def measure_pushes(office: Office, serving: Serving, count: int) -> str:
    """The same for orders a phone has kept and now sends, so many a push."""
    phone = await office.cast.phone("clerk")
    phone.batch = A_PUSH
    bodies = []
    for start in range(-A_PUSH, count, A_PUSH):
        for number in range(start, start + A_PUSH):
            phone.act("orders.place", office.an_order(number % CUSTOMERS))
        bodies.append(json.dumps(phone.push_request()))
        phone.core.outbox.clear()
    token = phone.client.headers["authorization"].removeprefix("Bearer ")
    line = Line(int(serving.address.rpartition(":")[2]), token)
    wall = cpu = 0.0
    for place, body in enumerate(bodies):
        if place == 1:
            # The first warms the statements up.
            wall, cpu = time.perf_counter(), cpu_of(serving)
        answer = await line.post("/api/sync/push", content=body, headers={})
        done = [result["status"] for result in answer.json()["results"]] if answer.status_code == 200 else []
        office.failed += A_PUSH - done.count("applied")
    wall, cpu = time.perf_counter() - wall, cpu_of(serving) - cpu
    line.close()
    sent = A_PUSH * (len(bodies) - 1)
    return f"{sent / wall:6,.0f}/s, {cpu / sent * 1000:5.2f} ms CPU each"


def cpu_of(serving: Serving) -> float:
    """Seconds the server has used, in all its processes."""
    processes = [serving.process, *serving.process.children(recursive=True)]
    return sum(sum(process.cpu_times()[:2]) for process in processes)


async def insert_all(count: int) -> str:
    """The rows of as many orders by plain INSERTs into tables without triggers or indexes, one commit an order."""
    rows: dict[str, list[db.Row]] = {}
    async with db.unit_of_work():
        for table in TABLES:
            await db.execute(f"CREATE TABLE plain_{table} AS SELECT * FROM {table} WHERE false")
    for table in TABLES:
        order = await db.fetch_value("SELECT id FROM orders WHERE state <> 'draft' LIMIT 1")
        column = "id" if table == "orders" else "order_id"
        rows[table] = await db.fetch(f"SELECT * FROM {table} WHERE {column} = $1", order)
    inserts = {
        table: f"INSERT INTO plain_{table} ({', '.join(names)}) "
        f"VALUES ({', '.join(f'${n}' for n, _ in enumerate(names, 1))})"
        for table, (_, names) in TABLES.items()
    }
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(count):
        async with db.unit_of_work():
            for table, (_, names) in TABLES.items():
                for row in rows[table]:
                    await db.execute(inserts[table], *(row[name] for name in names))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return f"{count / wall:6,.0f}/s, {cpu / count * 1000:5.2f} ms CPU each"


async def run(url: str, folder: Path, options: argparse.Namespace) -> None:
    """Every figure of one database."""
    async with db.connect_to(url) as database:
        with db.use(database):
            async with staged(database) as cast:
                await cast.fill()
                office = Office(cast)
                await office.open()
                with Serving(folder, url) as serving:
                    for name, work in (("drafts", office.draft), ("placed and reviewed", office.place)):
                        for clients in (1, 8):
                            found = await measure(office, serving, work, clients, options.orders)
                            print(f"{database.dialect:9} {name}, {clients} at once: {found}", flush=True)
                    found = await measure_pushes(office, serving, options.orders)
                    print(f"{database.dialect:9} placed by a phone: {found}", flush=True)
                    serving.stop()
                print(f"{database.dialect:9} plain INSERT: {await insert_all(options.orders)}", flush=True)
                print(f"{database.dialect:9} failed tries: {office.failed}", flush=True)


async def main(options: argparse.Namespace) -> None:
    """Each database in turn."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory() as folder:
        for url in options.urls or [f"sqlite:///{Path(folder)}/bench.db"]:
            await run(url, Path(folder), options)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("urls", nargs="*", metavar="DATABASE_URL")
    parser.add_argument("--orders", type=int, default=400)
    asyncio.run(main(parser.parse_args(sys.argv[1:])))
