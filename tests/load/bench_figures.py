"""What a ranking costs beside the same question asked of the raw orders, and what keeping its figures costs an order.

`python -m tests.load.bench_figures [DATABASE_URL …] [--orders 1000000] [--placed 300] [--screens 1000]`: orders of
three lines of the last three years, their figures made by the server's own code; a month's ranking by rep and by
territory, the median of nine in ms and the rows of sums it reads; orders placed one by one with and without figures,
the process's CPU each; and many screens that ask for the same ranking while orders come, with the statements they cost.
In one process, without a network.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import structlog

from roundsman.core import db, events
from roundsman.core.times import add_days, day_on, now_ms
from roundsman.figures.commands.following import placed
from roundsman.figures.commands.restating import restate_orders
from roundsman.figures.queries.rankings import Question, Sight, values_of
from roundsman.figures.rules import MEASURES, By
from roundsman.orders.commands.rows import _LINE
from roundsman.orders.events import OrderSubmitted
from tests.cast import Cast, staged
from tests.load.bench_lists import NAMED, RUNS, _fill, fill, make_teams
from tests.make.customers import make_customer
from tests.make.orders import a_line, an_order, make_goods, make_order

LINES: Final = 3
AT_ONCE: Final = 500
GOODS: Final = 50
PEOPLE: Final = 10_000
ALL: Final = Sight(None)
COLUMNS: Final[dict[By, str]] = {"rep": "coalesce(owner_id, person_id)", "territory": "territory_id"}


async def fill_lines(goods: list[str], count: int) -> None:
    """Three lines for each order, of goods in turn."""
    dialect = db.current().dialect
    digits = "printf('%012d', {0})" if dialect == "sqlite" else "lpad(CAST({0} AS text), 12, '0')"
    order = digits.format(f"((n - 1) / {LINES} + 1)")
    cases = " ".join(f"WHEN {number} THEN '{id}'" for number, id in enumerate(goods))
    own = {
        "id": f"'{NAMED}' || {digits.format('n')}",
        "order_id": f"'{NAMED}' || {order}",
        "position": f"(n - 1) % {LINES}",
        "variant_id": f"CASE n % {len(goods)} {cases} END",
    }
    await _fill("order_lines", list(_LINE), own, count * LINES)
    # The model they are all like had one line.
    async with db.unit_of_work():
        await db.execute(
            f"UPDATE orders SET goods_amount = goods_amount * {LINES}, total_amount = total_amount * {LINES},"
            f" cost_amount = cost_amount * {LINES} WHERE id LIKE '{NAMED}%'"
        )


async def fill_figures(count: int) -> float:
    """Figures of all orders, by the server's own code; seconds."""
    begun, after = time.perf_counter(), ""
    while rows := await db.fetch("SELECT id FROM orders WHERE id > $1 ORDER BY id LIMIT $2", after, AT_ONCE):
        async with db.unit_of_work():
            await restate_orders([row["id"] for row in rows])
        after = rows[-1]["id"]
    if db.current().dialect == "postgres":
        async with db.unit_of_work():
            for table in ("figure_facts", "figure_sums", "orders", "order_lines"):
                await db.execute(f"ANALYZE {table}")
    return time.perf_counter() - begun


async def median_of(work: Any) -> tuple[Any, float]:
    """What it gives, and the median of some runs in ms."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        given = await work()
        times.append((time.perf_counter() - begun) * 1000)
    return given, sorted(times)[RUNS // 2]


async def rankings() -> None:
    """A month by rep and by territory, from sums and from the orders and their lines."""
    dialect = db.current().dialect
    month = add_days(f"{day_on(now_ms())[:7]}-01", -1)[:7]
    first, last = f"{month}-01", add_days(f"{add_days(f'{month}-28', 4)[:7]}-01", -1)
    read = await db.fetch_value(
        "SELECT count(*) FROM figure_sums WHERE id >= $1 AND id < $2",
        f"M{month}|person|",
        f"M{month}|person}}",
    )
    for by, column in COLUMNS.items():
        question = Question("sales", by, "ordered", first, last, level=9)
        sums, taken = await median_of(lambda q=question: values_of(q, ALL))
        select = f"""
            SELECT {
            column.replace("territory_id", "orders.territory_id")
            .replace("owner_id", "orders.owner_id")
            .replace("person_id", "orders.person_id")
        } AS key, CAST(sum(amount) AS bigint) AS value
            FROM orders JOIN order_lines ON order_id = orders.id
            WHERE day_on BETWEEN $1 AND $2 AND state NOT IN ('draft', 'cancelled') GROUP BY 1
        """
        raw, slow = await median_of(lambda s=select: db.fetch(s, first, last))
        assert {row["key"]: row["value"] * 100 for row in raw} == sums, "both say the same"
        print(
            f"{dialect:9} month by {by:10} {taken:8.2f} ms, {read} rows of sums; raw {slow:10.1f} ms,"
            f" {slow / taken:.0f} times as long",
            flush=True,
        )


async def many_people(territories: list[str]) -> None:
    """A month of PEOPLE people, one row of sums each, all ranked."""
    rows = []
    for number in range(PEOPLE):
        place, person = territories[number % len(territories)], f"{NAMED}{number:012}"
        counts = [(number + 1) * 1000, *[1] * (len(MEASURES) - 1)]
        rows.append((f"M2000-01|person|{place}|{person}|", place, person, "", *counts))
    places = ", ".join(f"${n}" for n in range(1, len(MEASURES) + 5))
    async with db.unit_of_work():
        await db.execute_many(
            f"INSERT INTO figure_sums (id, territory_id, person_id, subject_id, {', '.join(MEASURES)})"
            f" VALUES ({places})",
            rows,
        )
    question = Question("sales", "rep", "ordered", "2000-01-01", "2000-01-31")
    found, taken = await median_of(lambda: values_of(question, ALL))
    assert len(found) == PEOPLE
    print(f"{db.current().dialect:9} month by rep of {PEOPLE:,} people: {taken:.1f} ms", flush=True)


async def placing(cast: Cast, customers: list[str], goods: list[str], count: int) -> None:
    """CPU of an order placed alone, with and without figures, in turn so that both meet the same machine."""
    spent = {True: 0.0, False: 0.0}
    subscribers = events._within[OrderSubmitted]
    for number in range(-20, 2 * count):
        has_figures = number % 2 == 0
        if not has_figures:
            subscribers.remove(placed)
        lines = [a_line(goods[(number + n) % len(goods)], 1 + n) for n in range(LINES)]
        begun = time.process_time()
        await cast.done("rep", "orders.place", **an_order(customers[number % len(customers)], *lines))
        if number >= 0:
            spent[has_figures] += time.process_time() - begun
        if not has_figures:
            subscribers.append(placed)
    kept, bare = (spent[one] * 1000 / count for one in (True, False))
    print(
        f"{db.current().dialect:9} placing: {bare:.2f} ms CPU, with figures {kept:.2f}:"
        f" {(kept / bare - 1) * 100:+.0f} %",
        flush=True,
    )


async def screens(cast: Cast, customers: list[str], goods: list[str], count: int) -> None:
    """Screens that all ask anew after each of some orders, as an open one does when it is woken."""
    client = await cast.client("manager")
    day = day_on(now_ms())
    asked = {"metric": "sales", "by": "rep", "from": f"{day[:7]}-01", "to": day}
    looks = 0
    fetch = db.fetch

    async def counting(sql: str, *arguments: object) -> list[db.Row]:
        nonlocal looks
        looks += "FROM figure_sums" in sql
        return await fetch(sql, *arguments)

    db.fetch = counting
    begun, orders = time.perf_counter(), 3
    try:
        for _ in range(orders):
            await cast.done("rep", "orders.place", **an_order(customers[0], a_line(goods[0], 1)))
            answers = await asyncio.gather(*(client.get("/api/rankings", params=asked) for _ in range(count)))
            assert {answer.status_code for answer in answers} == {200}
    finally:
        db.fetch = fetch
    taken = (time.perf_counter() - begun) / orders
    print(
        f"{db.current().dialect:9} {count} screens after an order: {looks / orders:.1f} looks at the sums,"
        f" all answered in {taken:.2f} s",
        flush=True,
    )


async def run(url: str, options: argparse.Namespace) -> None:
    """Everything on one database."""
    async with db.connect_to(url) as database:
        with db.use(database):
            async with staged(database) as cast:
                await cast.fill()
                goods = await make_goods(GOODS, stock_e3=10**12)
                customers = [await make_customer(cast) for _ in range(20)]
                await make_order(cast, customers[0], a_line(goods[0]))
                territories, reps = await make_teams(cast)
                begun = time.perf_counter()
                await fill(territories, reps, options.orders)
                await fill_lines(goods, options.orders)
                made = time.perf_counter() - begun
                filled = await fill_figures(options.orders)
                print(
                    f"{database.dialect:9} {options.orders:,} orders in {made:.0f} s, their figures in {filled:.0f} s",
                    flush=True,
                )
                await rankings()
                await many_people(territories)
                await placing(cast, customers, goods, options.placed)
                await screens(cast, customers, goods, options.screens)


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
    parser.add_argument("--placed", type=int, default=300)
    parser.add_argument("--screens", type=int, default=1000)
    asyncio.run(main(parser.parse_args(sys.argv[1:])))
