"""Orders a second through a serving process, with what they cost it; and lists among a million of them.

`python -m tests.load.bench_orders [DATABASE_URL …] [--orders 400] [--table 1000000]`: drafts saved, and orders placed
and reviewed, of five lines each, by one client and by eight, each command one request and one commit; beside it a plain
INSERT loop of the same rows. Then so many orders are put into the table, and a rep's 50 latest are listed and paged
through to the 10,000th; `--table 0` leaves that out. CPU is the server's; PostgreSQL's own is not counted.
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
from roundsman.core.times import day_on, now_ms
from roundsman.identity.sessions import start_session
from roundsman.orders.commands.rows import _LINE, _MOVE, _ORDER
from roundsman.orders.queries import OrderFilter, orders_seen_by
from roundsman.orders.tables import Order, OrderLine, OrderMove
from roundsman.sync.triggers import removal_of
from tests.cast import Cast, staged
from tests.load.line import Line
from tests.make.customers import make_customer
from tests.make.orders import a_line, an_order, make_goods
from tests.serving import Serving

LINES: Final = 5
CUSTOMERS: Final = 200
GOODS: Final = 500
REPS: Final = 50
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


async def fill(cast: Cast, customers: list[str], count: int) -> list[str]:
    """So many orders of the last three years by fifty reps, without lines and outside the feed; the reps' ids."""
    reps = []
    async with db.unit_of_work():
        for statement in removal_of("orders", db.current().dialect):
            await db.execute(statement)
        for number in range(REPS):
            reps.append(new_id())
            await db.execute(
                "INSERT INTO people (id, name, name_key, roles, is_active, created_at, changed_at)"
                " VALUES ($1, $2, $2, '[\"rep\"]', $3, 0, 0)",
                *(reps[-1], f"rep{number}", True),
            )
    model = await db.fetch_one("SELECT * FROM orders WHERE state <> 'draft' LIMIT 1")
    assert model is not None
    insert = f"INSERT INTO orders ({', '.join(_ORDER)}) VALUES ({', '.join(f'${n + 1}' for n in range(len(_ORDER)))})"
    step = 3 * 365 * 86_400_000 // max(1, count)
    for start in range(0, count, 20_000):
        rows = []
        for n in range(start, min(start + 20_000, count)):
            at = now_ms() - (count - n) * step
            rep = reps[n % REPS]
            row = {
                **model,
                "id": new_id(at),
                "number": f"F{n}",
                "state": "closed",
                "placed_at": at,
                "day_on": day_on(at),
                "person_id": rep,
                "owner_id": rep,
                "customer_id": customers[n % len(customers)],
            }
            rows.append(tuple(row[name] for name in _ORDER))
        async with db.unit_of_work():
            await db.execute_many(insert, rows)
    if db.current().dialect == "postgres":
        async with db.unit_of_work():
            await db.execute("ANALYZE orders")
    return reps


async def list_all(cast: Cast, reps: list[str]) -> list[str]:
    """Milliseconds to list 50 of a rep's and of those over him, and what it takes to page to the rep's 10,000th."""
    told = []
    rep = await cast.registry.load_person(reps[0])  # type: ignore[misc]
    clerk, manager = await cast.person("clerk"), await cast.person("manager")
    for name, person, wanted in (
        ("a rep's", rep, OrderFilter()),
        (
            "a rep's closed of a month",
            rep,
            OrderFilter(states=("closed",), from_on=day_on(now_ms() - 40 * 86_400_000)),
        ),
        ("a manager's", manager, OrderFilter()),
        ("a clerk's", clerk, OrderFilter()),
        ("a clerk's to be reviewed", clerk, OrderFilter(states=("submitted",))),
    ):
        assert person is not None
        times = []
        for _ in range(20):
            begun = time.perf_counter()
            rows = await orders_seen_by(person, now_ms(), wanted, limit=50)
            times.append(time.perf_counter() - begun)
        told.append(f"{name} 50 latest {sorted(times)[10] * 1000:.1f} ms ({len(rows)})")
    assert rep is not None
    after, deepest, begun = None, 0.0, time.perf_counter()
    for _ in range(200):
        at = time.perf_counter()
        rows = await orders_seen_by(rep, now_ms(), OrderFilter(), after=after, limit=50)
        deepest = time.perf_counter() - at
        if not rows:
            break
        after = rows[-1]["placed_at"], rows[-1]["id"]
    told.append(f"to his 10,000th {time.perf_counter() - begun:.2f} s, the last page {deepest * 1000:.1f} ms")
    return told


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
                    serving.stop()
                print(f"{database.dialect:9} plain INSERT: {await insert_all(options.orders)}", flush=True)
                print(f"{database.dialect:9} failed tries: {office.failed}", flush=True)
                if options.table:
                    reps = await fill(cast, office.customers, options.table)
                    for told in await list_all(cast, reps):
                        print(f"{database.dialect:9} of {options.table:,}: {told}", flush=True)


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
    parser.add_argument("--table", type=int, default=1_000_000)
    asyncio.run(main(parser.parse_args(sys.argv[1:])))
