"""Commands a second through the real app, beside a plain INSERT loop on the same database.

`python -m tests.load.bench_push [DATABASE_URL …]`, with `--profile` for the functions that take the time.
"""

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
from tests.sync.world import World, make_database

BATCHES = 60
SIZE = 50


async def push_all(world: World) -> tuple[float, float]:
    """Wall and CPU seconds for all batches, one phone after another batch."""
    phone = world.phone("wang")
    await phone.pull()
    bodies = []
    for _ in range(BATCHES):
        for _ in range(SIZE):
            args = {"note_id": new_id(), "territory_id": "t1", "body": "a note of some words"}
            phone.act("notes.add", args, version=2)
        request = phone.push_request()
        assert request is not None
        bodies.append(json.dumps(request))
        phone.core.outbox.clear()
    wall, cpu = time.perf_counter(), time.process_time()
    for body in bodies:
        answer = await phone.client.post("/api/sync/push", content=body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["results"][-1]["status"] == "applied"
    return time.perf_counter() - wall, time.process_time() - cpu


async def insert_all() -> tuple[float, float]:
    """The same number of rows by single INSERTs, one commit for each batch, into a table without triggers."""
    async with db.unit_of_work():
        await db.execute(
            "CREATE TABLE plain (id text PRIMARY KEY, territory_id text, author_id text, body text)"
        )
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(BATCHES):
        async with db.unit_of_work():
            for _ in range(SIZE):
                await db.execute(
                    "INSERT INTO plain (id, territory_id, author_id, body) VALUES ($1, $2, $3, $4)",
                    new_id(), "t1", "wang", "a note of some words",
                )  # fmt: skip
    return time.perf_counter() - wall, time.process_time() - cpu


async def main(urls: list[str], is_profiled: bool) -> None:
    """One line for each way and database."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    for url in urls:
        await make_database(url)
        world = World(url)
        await world.set_up()
        with db.use(world.database):
            await world.give("wang", "t1")
            profile = cProfile.Profile()
            if is_profiled:
                profile.enable()
            found = {"push": await push_all(world)}
            profile.disable()
            found["plain INSERT"] = await insert_all()
        await world.close()
        count = BATCHES * SIZE
        for name, (wall, cpu) in found.items():
            print(
                f"{world.database.dialect:9} {name:13} {count / wall:8,.0f}/s, {cpu / count * 1e6:6.0f} us CPU each"
            )
        if is_profiled:
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "--profile"]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(main(given or [f"sqlite:///{Path(folder)}/bench.db"], "--profile" in sys.argv))
