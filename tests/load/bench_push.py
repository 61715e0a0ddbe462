"""Check-ins and check-outs a second through the real app, beside a plain INSERT loop on the same database.

`python -m tests.load.bench_push [DATABASE_URL …]`: batches of 100 commands, each batch one request and one commit.
A person is in one visit at a time, so check-in and check-out are sent in turn, as a day has them; `--days` sends
check-ins alone, each of another day, with the forgotten one before it closed by rule. `--records 200000` puts so many
visits and decided commands into the tables first; `--profile` shows what takes the time.
"""

import argparse
import asyncio
import cProfile
import json
import pstats
import sys
import tempfile
import time
from pathlib import Path

import structlog

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, month_of, now_ms
from roundsman.sync.limits import use_limits
from roundsman.sync.wire import MAX_COMMANDS
from tests.cast import Cast, staged
from tests.make.customers import make_class, make_customer
from tests.make.visits import clocks, fix
from tests.phone import Phone
from tests.sync.world import LIMITLESS

BATCHES = 40
SIZE = MAX_COMMANDS
CUSTOMERS = 60
CHUNK = 10_000


def acts(phone: Phone, customers: list[str], batch: int, *, are_pairs: bool) -> None:
    """One batch's commands into the outbox: each check-in of another day, or check-in and check-out in turn."""
    for n in range(SIZE // 2 if are_pairs else SIZE):
        at = now_ms() - (0 if are_pairs else (1 + n % 80) * DAY)
        visit_id, customer = new_id(), customers[(batch * SIZE + n) % len(customers)]
        args = {"visit_id": visit_id, "customer_id": customer, "clocks": clocks(at), "fix": fix(n % 50)}
        phone.act("visits.check_in", args)
        if are_pairs:
            phone.act("visits.check_out", {"visit_id": visit_id, "clocks": clocks(at), "fix": fix(n % 50)})


async def push_all(cast: Cast, customers: list[str], *, are_pairs: bool) -> tuple[float, float]:
    """Wall and CPU seconds for all batches, one after another."""
    phone = await cast.phone("rep")
    bodies = []
    for batch in range(BATCHES + 1):
        acts(phone, customers, batch, are_pairs=are_pairs)
        phone.batch = SIZE
        bodies.append(json.dumps(phone.push_request()))
        phone.core.outbox.clear()
    wall = cpu = 0.0
    for number, body in enumerate(bodies):
        if number == 1:
            # The first warms the statements up.
            wall, cpu = time.perf_counter(), time.process_time()
        answer = await phone.client.post("/api/sync/push", content=body)
        assert answer.status_code == 200, answer.text
        results = answer.json()["results"]
        assert [result["status"] for result in results] == ["applied"] * SIZE, results
    return time.perf_counter() - wall, time.process_time() - cpu


async def insert_all() -> tuple[float, float]:
    """As many rows of a check-in by single INSERTs, one commit for each batch, into a table without triggers."""
    columns = (
        "person_id, customer_id, territory_id, month, day_on, state, fence, reason, skip_reason, note, flags"
    )
    numbers = (
        "checked_in_at, wall_at, latitude_e7, longitude_e7, accuracy_m, count, distance_m, pin_n, pin_e, at"
    )
    names = ["id", *columns.split(", "), *numbers.split(", ")]
    kinds = ["id text PRIMARY KEY", *(f"{name} text" for name in columns.split(", "))]
    kinds += [f"{name} bigint" for name in numbers.split(", ")]
    places = ", ".join(f"${n + 1}" for n in range(len(names)))
    insert = f"INSERT INTO plain ({', '.join(names)}) VALUES ({places})"
    async with db.unit_of_work():
        await db.execute(f"CREATE TABLE plain ({', '.join(kinds)})")
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(BATCHES):
        async with db.unit_of_work():
            for _ in range(SIZE):
                texts = (
                    new_id(),
                    new_id(),
                    new_id(),
                    "202601",
                    "2026-01-01",
                    "open",
                    "inside",
                    "",
                    "",
                    "",
                    "[]",
                )
                await db.execute(insert, new_id(), *texts, *range(1_700_000_000_000, 1_700_000_000_010))
    return time.perf_counter() - wall, time.process_time() - cpu


async def fill(cast: Cast, customers: list[str], records: int) -> None:
    """So many visits of the last three months, with a decided command each, spread over everybody."""
    people = list(cast.people.values())
    for start in range(0, records, CHUNK):
        visits, commands = [], []
        for n in range(start, min(start + CHUNK, records)):
            at = now_ms() - n % 90 * DAY
            person = people[n % len(people)]
            visits.append(
                (new_id(), person, customers[n % len(customers)], cast.territories["north"], month_of(at), at)
            )
            commands.append((new_id(), person, at))
        async with db.unit_of_work():
            await db.execute_many(
                "INSERT INTO visits (id, person_id, customer_id, territory_id, month, day_on, is_planned, state, "
                "checked_in_at, in_reason, skip_reason, note, flags, received_at) "
                "VALUES ($1, $2, $3, $4, $5, '2026-01-01', false, 'done', $6, '', '', '', '[]', $6)",
                visits,
            )
            await db.execute_many(
                "INSERT INTO sync_command (uuid, person_id, name, version, args, hash, received_at, status, outcome) "
                "VALUES ($1, $2, 'visits.check_in', 1, '{}', '', $3, 'applied', '{\"status\":\"applied\"}')",
                commands,
            )


async def measure(url: str, options: argparse.Namespace) -> None:
    """One line for the app, one for the loop."""
    async with db.connect_to(url) as database:
        with db.use(database):
            async with staged(database) as cast:
                await cast.fill()
                use_limits(LIMITLESS)
                shop = await make_class(cast)
                customers = [await make_customer(cast, class_id=shop) for _ in range(CUSTOMERS)]
                if options.records:
                    await fill(cast, customers, options.records)
                profile = cProfile.Profile()
                if options.profile:
                    profile.enable()
                found = {"push": await push_all(cast, customers, are_pairs=not options.days)}
                profile.disable()
                found["plain INSERT"] = await insert_all()
        count = BATCHES * SIZE
        for name, (wall, cpu) in found.items():
            print(
                f"{database.dialect:9} {name:13} {count / wall:8,.0f}/s, {cpu / count * 1e6:6.0f} us CPU each"
            )
        if options.profile:
            pstats.Stats(profile).sort_stats("tottime").print_stats(30)


async def main(options: argparse.Namespace) -> None:
    """Each database in turn."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory() as folder:
        for url in options.urls or [f"sqlite:///{Path(folder)}/bench.db"]:
            await measure(url, options)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("urls", nargs="*", metavar="DATABASE_URL")
    parser.add_argument("--records", type=int, default=0)
    parser.add_argument("--days", action="store_true")
    parser.add_argument("--profile", action="store_true")
    asyncio.run(main(parser.parse_args(sys.argv[1:])))
