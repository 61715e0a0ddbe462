"""What a list of orders costs among a million of them, beside the same list among ten thousand.

`python -m tests.load.bench_lists [DATABASE_URL …] [--orders 1000000] [--explain 50]`: latest fifty, queues, searches
and counts of a rep, a manager of half the company and a clerk, and a rep's orders page by page to his 10,000th. The
median of nine in ms, each statement's plan where it takes longer than `--explain` says.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import structlog

from roundsman.core import db
from roundsman.core.context import Person
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, day_on, now_ms
from roundsman.customers.tables import Customer
from roundsman.orders.commands.rows import _ORDER
from roundsman.orders.queries import OrderFilter, counts_seen_by, orders_seen_by
from roundsman.orders.queries.sums import UNDER_WAY
from roundsman.sync.triggers import removal_of
from tests.cast import Cast, staged
from tests.make.customers import make_customer
from tests.make.orders import a_line, make_goods, make_order

FEW: Final = 10_000
REPS: Final = 50
TERRITORIES: Final = 10
A_CUSTOMER: Final = 50
"""Orders each customer has."""
RUNS: Final = 9
NAMED: Final = "fade0000-0000-7000-8000-"
"""How ids of what is made here begin."""

Found = dict[str, tuple[float, int]]
"""By list: milliseconds, and how many rows or orders counted."""


async def make_teams(cast: Cast) -> tuple[list[str], list[str]]:
    """Ten territories, half of them below the manager, and fifty reps: by their ids."""
    territories, reps = [], []
    for number in range(TERRITORIES):
        territories.append(new_id())
        await cast.done(
            "administrator",
            "identity.add_territory",
            territory_id=territories[-1],
            parent_id=cast.territories["east" if number % 2 else "west"],
            name=f"区{number}",
        )
    async with db.unit_of_work():
        for number in range(REPS):
            reps.append(new_id())
            await db.execute(
                "INSERT INTO people (id, name, name_key, roles, is_active, created_at, changed_at)"
                " VALUES ($1, $2, $2, '[\"rep\"]', $3, 0, 0)",
                *(reps[-1], f"rep{number}", True),
            )
    return territories, reps


async def fill(territories: list[str], reps: list[str], count: int) -> None:
    """So many orders of the last three years, without lines and outside the feed, of a fiftieth as many customers: of a
    thousand orders one is a draft, the newest three are under way, the rest are over with, a few of them called off or
    sent back. One statement for each table, and their indexes are made behind it.
    """
    dialect = db.current().dialect
    customers = count // A_CUSTOMER
    digits = "printf('%012d', {0})" if dialect == "sqlite" else "lpad(CAST({0} AS text), 12, '0')"
    at = f"CAST({now_ms()} - ({count} - n) * CAST({3 * 365 * DAY // count} AS bigint) AS bigint)"
    day = (
        f"date({at} / 1000, 'unixepoch', '+8 hours')"
        if dialect == "sqlite"
        else f"to_char(to_timestamp({at} / 1000) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')"
    )
    whose = {"owner_id": _one_of(reps), "territory_id": _one_of(territories)}
    await _fill(
        "customers",
        [column._meta.name for column in Customer._meta.columns],
        {"id": f"'{NAMED}' || {digits.format('n')}", "name": "'店' || n", "search": "'店' || n", **whose},
        customers,
    )
    await _fill(
        "orders",
        list(_ORDER),
        {
            "id": f"'{NAMED}' || {digits.format('n')}",
            "number": f"'S' || substr(replace({day}, '-', ''), 3) || {digits.format('n')}",
            "external_key": "NULL",
            "state": _state_of(count),
            "placed_at": at,
            "changed_at": at,
            "day_on": day,
            "month": f"replace(substr({day}, 1, 7), '-', '')",
            "person_id": _one_of(reps),
            "customer_id": f"'{NAMED}' || {digits.format(f'(n % {customers} + 1)')}",
            **whose,
        },
        count,
    )
    if dialect == "postgres":
        async with db.unit_of_work():
            await db.execute("ANALYZE customers")
            await db.execute("ANALYZE orders")


async def _fill(table: str, columns: list[str], own: dict[str, str], count: int) -> None:
    """Rows n = 1, 2, … like one that is there, but for the columns that are their own."""
    dialect = db.current().dialect
    numbers = (
        f"WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"
        if dialect == "sqlite"
        else f"WITH numbers (n) AS (SELECT CAST(i AS bigint) FROM generate_series(1, {count}) AS i)"
    )
    model = await db.fetch_value(f"SELECT id FROM {table} WHERE id NOT LIKE '{NAMED}%' ORDER BY id LIMIT 1")
    shared = [name for name in columns if name not in own]
    values = [*own.values(), *(f"model.{name}" for name in shared)]
    async with db.unit_of_work():
        for statement in removal_of(table, dialect):
            await db.execute(statement)
        indexes = await _take_indexes_away(table)
        await db.execute(
            f"INSERT INTO {table} ({', '.join([*own, *shared])}) {numbers} "
            f"SELECT {', '.join(values)} FROM numbers, (SELECT * FROM {table} WHERE id = $1) AS model",
            model,
        )
        for statement in indexes:
            await db.execute(statement)


async def _take_indexes_away(table: str) -> list[str]:
    """Drop what indexes a table has but for that of its key; the statements that make them again."""
    if db.current().dialect == "sqlite":
        found = (
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL"
        )
    else:
        found = (
            "SELECT indexname AS name, indexdef AS sql FROM pg_indexes"
            " WHERE schemaname = current_schema() AND tablename = $1 AND indexname NOT LIKE '%_pkey'"
        )
    rows = await db.fetch(found, table)
    for row in rows:
        await db.execute(f"DROP INDEX {row['name']}")
    return [row["sql"] for row in rows]


def _one_of(values: list[str]) -> str:
    """SQL for one of these texts in turn."""
    cases = " ".join(f"WHEN {place} THEN '{value}'" for place, value in enumerate(values))
    return f"CASE n % {len(values)} {cases} END"


def _state_of(count: int) -> str:
    under_way = " ".join(f"WHEN {place} THEN '{state}'" for place, state in enumerate(UNDER_WAY))
    return (
        f"CASE WHEN n > {count - count * 3 // 1000} THEN CASE n / 50 % {len(UNDER_WAY)} {under_way} END "
        "WHEN n / 50 % 1000 = 0 THEN 'draft' WHEN n / 50 % 100 < 3 THEN 'cancelled' "
        "WHEN n / 50 % 100 = 3 THEN 'returned' ELSE 'closed' END"
    )


async def empty() -> None:
    """Take away what was made here, for more of it."""
    async with db.unit_of_work():
        for table in ("orders", "customers"):
            await db.execute(f"DELETE FROM {table} WHERE id LIKE '{NAMED}%'")


async def filters(rep_id: str) -> dict[str, OrderFilter]:
    """What of the orders is asked for, by a name."""
    number = str(await db.fetch_value("SELECT max(number) FROM orders WHERE owner_id = $1", rep_id))
    customer = str(await db.fetch_value("SELECT max(customer_id) FROM orders WHERE owner_id = $1", rep_id))
    name = await db.fetch_value("SELECT name FROM customers WHERE id = $1", customer)
    month = {"from_on": day_on(now_ms() - 60 * DAY), "until_on": day_on(now_ms() - 30 * DAY)}
    return {
        "latest": OrderFilter(),
        "to be reviewed": OrderFilter(states=("submitted",)),
        "to be sent": OrderFilter(states=("reviewed", "allocated", "packed")),
        "drafts": OrderFilter(states=("draft",)),
        "held": OrderFilter(is_held=True),
        "closed of a month": OrderFilter(states=("closed",), **month),  # type: ignore[arg-type]
        "sent back": OrderFilter(states=("returned",)),
        "of a customer": OrderFilter(customer_id=customer),
        "by number": OrderFilter(search=number),
        "by a number's beginning": OrderFilter(search=number[:-2]),
        "by a name one has": OrderFilter(search=str(name)),
        "by a name a hundred have": OrderFilter(search="店117"),
        "by a name many have": OrderFilter(search="店1"),
        "by a name none has": OrderFilter(search="没有这家"),
    }


async def measure(people: dict[str, Person], explain_from: float) -> Found:
    """Every list for everybody."""
    found: Found = {}
    wanted = await filters(people["rep"].id)
    for who, person in people.items():
        for name, one in wanted.items():
            rows, taken = await timed(lambda p=person, w=one: orders_seen_by(p, now_ms(), w), explain_from)  # type: ignore[misc]
            found[f"{who}: {name}"] = taken, len(rows)
        counts, taken = await timed(lambda p=person: counts_seen_by(p, now_ms()), explain_from)  # type: ignore[misc]
        found[f"{who}: counts of the queues"] = taken, sum(counts.values())
    begun, after, pages = time.perf_counter(), None, 0
    while pages < 10_000 // 50:
        begun_page = time.perf_counter()
        rows = await orders_seen_by(people["rep"], now_ms(), OrderFilter(), after=after, limit=50)
        if not rows:
            break
        pages, after = pages + 1, (rows[-1]["placed_at"], rows[-1]["id"])
    last = (time.perf_counter() - begun_page) * 1000
    found["rep: the last page of those"] = last, 50
    found["rep: all pages to his 10,000th"] = (time.perf_counter() - begun) * 1000, pages * 50
    return found


async def timed(work: Callable[[], Awaitable[Any]], explain_from: float) -> tuple[Any, float]:
    """What it gives, and the median of some runs in ms."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        given = await work()
        times.append((time.perf_counter() - begun) * 1000)
    median = sorted(times)[RUNS // 2]
    if median > explain_from:
        await explain(work)
    return given, median


async def explain(work: Callable[[], Awaitable[Any]]) -> None:
    """Print the plan of every statement."""
    told: list[tuple[str, tuple[object, ...]]] = []
    fetch = db.fetch

    async def telling(sql: str, *arguments: object) -> list[db.Row]:
        told.append((sql, arguments))
        return await fetch(sql, *arguments)

    db.fetch = telling
    try:
        await work()
    finally:
        db.fetch = fetch
    word = "EXPLAIN QUERY PLAN" if db.current().dialect == "sqlite" else "EXPLAIN ANALYZE"
    for sql, arguments in told:
        for row in await fetch(f"{word} {sql}", *arguments):
            print("   ", row.get("detail") or row.get("QUERY PLAN"))


async def run(url: str, options: argparse.Namespace) -> None:
    """Both sizes on one database, side by side."""
    async with db.connect_to(url) as database:
        with db.use(database):
            async with staged(database) as cast:
                await cast.fill()
                customer = await make_customer(cast, "clerk")
                await make_order(cast, customer, a_line((await make_goods())[0]), who="clerk")
                territories, reps = await make_teams(cast)
                assert cast.registry.load_person is not None
                rep = await cast.registry.load_person(reps[REPS // 2])
                assert rep is not None
                people = {
                    "rep": rep,
                    "manager": await cast.person("manager"),
                    "clerk": await cast.person("clerk"),
                }
                by_size: list[Found] = []
                for count in (FEW, options.orders):
                    await empty()
                    begun = time.perf_counter()
                    await fill(territories, reps, count)
                    print(
                        f"{database.dialect} {count:,} orders in {time.perf_counter() - begun:.0f} s",
                        flush=True,
                    )
                    by_size.append(await measure(people, options.explain))
                few, many = by_size
                for name, (taken, rows) in many.items():
                    print(f"{database.dialect:9} {name:38} {few[name][0]:8.1f} → {taken:8.1f} ms ({rows:,})")


async def main(options: argparse.Namespace) -> None:
    """Each database in turn."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory() as folder:
        for url in options.urls or [f"sqlite:///{Path(folder)}/bench.db"]:
            await run(url, options)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("urls", nargs="*", metavar="DATABASE_URL")
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--explain", type=float, default=1e9, metavar="MS")
    asyncio.run(main(parser.parse_args(sys.argv[1:])))
