"""Does a pull cost what changed, or what exists? 20 changed rows out of 10,000 and out of 200,000, through
the real app. And what it costs to hold 2,000 buckets instead of ten.

`python -m tests.load.bench_pull [DATABASE_URL …]`: prints milliseconds and the ratio; the goal is below 1.3.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import structlog

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.phone import Phone
from tests.sync.world import World, make_database

SIZES = (10_000, 200_000)
CHANGED = 20
ROUNDS = 60


async def fill(count: int) -> None:
    """Rows like customers, over 40 territories."""
    made = 0
    while made < count:
        async with db.unit_of_work():
            rows = [
                (new_id(), f"t{(made + n) % 40}", f"customer {made + n}", False, "{}", made + n, "")
                for n in range(min(10_000, count - made))
            ]
            await db.execute_many(
                "INSERT INTO notes (id, territory_id, body, is_pinned, extra, rank, secret) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                rows,
            )
        made += len(rows)


async def measure(world: World, count: int, person: str = "wang") -> dict[str, float]:
    """Milliseconds for a pull of 20 changed rows and for one of none: the median of many."""
    phone: Phone = world.phone(person, page=2000)
    await phone.pull()
    changed, unchanged = [], []
    for _ in range(ROUNDS):
        ids = [
            row["id"]
            for row in await db.fetch("SELECT id FROM notes WHERE territory_id = 't1' LIMIT $1", CHANGED)
        ]
        async with db.unit_of_work():
            await db.execute(f"UPDATE notes SET body = body || 'x' WHERE id {db.any_of('$1')}", ids)
        for times, entries in ((changed, CHANGED), (unchanged, 0)):
            body = json.dumps(phone.pull_request())
            began = time.perf_counter()
            answer = await phone.client.post("/api/sync/pull", content=body)
            times.append((time.perf_counter() - began) * 1000)
            page = answer.json()
            assert len(page["entries"]) == entries, (len(page["entries"]), entries)
            phone.take_pull(page)
    return {"rows": count, "changed": statistics.median(changed), "unchanged": statistics.median(unchanged)}


async def main(urls: list[str]) -> None:
    """One table for each database."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    for url in urls:
        await make_database(url)
        world = World(url)
        await world.set_up()
        with db.use(world.database):
            await world.give("wang", *(f"t{n}" for n in range(8)))
            found, present = [], 0
            for count in SIZES:
                await fill(count - present)
                present = count
                found.append(await measure(world, count))
            await world.give("chief", *(f"t{n}" for n in range(1998)))
            many = await measure(world, present, "chief")
        await world.close()
        print(
            f"{world.database.dialect:9} 2,000 buckets: {CHANGED} changed {many['changed']:6.2f} ms, "
            f"nothing {many['unchanged']:6.2f} ms"
        )
        for line in found:
            print(f"{world.database.dialect:9} {line['rows']:>8,} rows: {CHANGED} changed {line['changed']:6.2f} ms, "
                  f"nothing {line['unchanged']:6.2f} ms")  # fmt: skip
        print(
            f"{world.database.dialect:9} ratio {found[1]['changed'] / found[0]['changed']:.2f} (goal < 1.3)"
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(main(sys.argv[1:] or [f"sqlite:///{Path(folder)}/bench.db"]))
