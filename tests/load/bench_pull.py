"""Does a pull cost what changed, or what exists? 20 changed rows out of 10,000 and out of 200,000, through
the real app. And what it costs to hold 2,000 buckets instead of ten, and a first sync of 10,000 rows beside one SELECT
that makes JSON of the same rows.

`python -m tests.load.bench_pull [DATABASE_URL …]`: prints milliseconds and the ratio; the goal is below 1.3.
`--rows 1000000` compares with so many rows.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import structlog
import zstandard

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.phone import Phone
from tests.sync.world import World, make_database

FEW, MANY = 10_000, 200_000
CHANGED = 20
ROUNDS = 60


async def fill(count: int) -> None:
    """So many more rows like customers, over 40 territories."""
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
    if db.current().dialect == "postgres":
        # As its housekeeping does after a while: how it finds things depends on it.
        async with db.unit_of_work():
            await db.execute("ANALYZE")


async def catch_up(phone: Phone) -> None:
    """Bring a phone to the head without the rows: it would take them, not the server, most of the time."""
    await phone.ready()
    head = await db.fetch_value("SELECT max(seq) FROM sync_feed")
    page = await phone.post("pull", phone.pull_request())
    cursors = dict.fromkeys(page["buckets"], (head, head))
    page = await phone.post("pull", phone.pull_request(cursors=cursors))
    assert (page["entries"], phone.take_pull(page)) == ([], True)


async def measure(world: World, count: int, person: str = "wang") -> dict[str, float]:
    """Milliseconds for a pull of 20 changed rows and for one of none: the median of many. And the bytes of the latter,
    request and answer by zstd."""
    phone: Phone = world.phone(person, page=2000)
    phone.client.headers["accept-encoding"] = "zstd"
    await catch_up(phone)
    changed, unchanged, sizes = [], [], (0, 0)
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
            sizes = len(body), int(answer.headers["content-length"])
            page = answer.json()
            assert len(page["entries"]) == entries, (len(page["entries"]), entries)
            phone.take_pull(page)
    return {
        "rows": count,
        "changed": statistics.median(changed),
        "unchanged": statistics.median(unchanged),
        "asked": sizes[0],
        "answered": sizes[1],
    }


async def first_sync(world: World) -> str:
    """Everything there is for somebody who holds it all, page by page, as a phone with nothing gets it; beside it the
    database's own way to say the same rows as JSON."""
    fields = "id, territory_id, author_id, body, is_pinned, extra, rank"
    if world.database.dialect == "postgres":
        plain = f"SELECT json_agg(row_to_json(p))::text AS all FROM (SELECT {fields} FROM notes) AS p"
    else:
        pairs = ", ".join(f"'{name}', {name}" for name in fields.split(", "))
        plain = f'SELECT json_group_array(json_object({pairs})) AS "all" FROM notes'
    best: list[float] = []
    walls, cpus, size, small, rows = [], [], 0, 0, 0
    for _ in range(9):
        began = time.perf_counter()
        text = await db.fetch_value(plain)
        best.append((time.perf_counter() - began) * 1000)
        phone = world.phone("all", page=2000)
        phone.client.headers["accept-encoding"] = "zstd"
        await phone.ready()
        wall = cpu = 0.0
        size = small = rows = 0
        while True:
            body = json.dumps(phone.pull_request())
            began, began_cpu = time.perf_counter(), time.process_time()
            # Without unpacking: that is the phone's work.
            async with phone.client.stream("POST", "/api/sync/pull", content=body) as answer:
                raw = b"".join([part async for part in answer.aiter_raw()])
            wall += time.perf_counter() - began
            cpu += time.process_time() - began_cpu
            whole = zstandard.ZstdDecompressor().decompress(raw, max_output_size=1 << 26)
            size, small = size + len(whole), small + len(raw)
            page = json.loads(whole)
            rows += sum(map(len, page["rows"].values()))
            if phone.take_pull(page):
                break
        walls.append(wall)
        cpus.append(cpu)
    speed = size / min(walls) / 1e6
    selected = len(text) / min(best) / 1000
    return (
        f"{rows:,} rows from nothing: {min(walls) * 1000:.0f} ms, {min(cpus) * 1000:.0f} to "
        f"{max(cpus) * 1000:.0f} ms CPU, {speed:.0f} MB/s; "
        f"{small / rows:.0f} bytes a row by zstd; one SELECT of them as JSON: {selected:.0f} MB/s, {min(best):.0f} ms"
    )


async def main(urls: list[str], many: int) -> None:
    """One table for each database."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    for url in urls:
        await make_database(url)
        world = World(url)
        await world.set_up()
        with db.use(world.database):
            await world.give("wang", *(f"t{n}" for n in range(8)))
            found, present = [], 0
            cold = ""
            for count in (FEW, many):
                await fill(count - present)
                present = count
                if not cold:
                    await world.give("all", *(f"t{n}" for n in range(40)))
                    cold = await first_sync(world)
                found.append(await measure(world, count))
            await world.give("chief", *(f"t{n}" for n in range(1998)))
            wide = await measure(world, present, "chief")
        await world.close()
        print(f"{world.database.dialect:9} {cold}")
        print(
            f"{world.database.dialect:9} 2,000 buckets: {CHANGED} changed {wide['changed']:6.2f} ms, "
            f"nothing {wide['unchanged']:6.2f} ms"
        )
        for line in found:
            print(f"{world.database.dialect:9} {line['rows']:>8,} rows: {CHANGED} changed {line['changed']:6.2f} ms, "
                  f"nothing {line['unchanged']:6.2f} ms, {line['asked']} + {line['answered']} bytes")  # fmt: skip
        print(
            f"{world.database.dialect:9} ratio {found[1]['changed'] / found[0]['changed']:.2f} (goal < 1.3)"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("urls", nargs="*", metavar="DATABASE_URL")
    parser.add_argument("--rows", type=int, default=MANY)
    options = parser.parse_args(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(main(options.urls or [f"sqlite:///{Path(folder)}/bench.db"], options.rows))
