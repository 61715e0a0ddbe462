"""How much of the bare driver's speed is left, for 100 statements and a commit, best of 15 rounds.

A ratio of 1 is as fast as the driver alone; SQLite's is meant to stay above 0.5.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg

from roundsman.core import db
from tests.databases import postgres_database, postgres_server

ROUNDS, STATEMENTS = 15, 100
TABLE = "CREATE TABLE things (id bigint PRIMARY KEY, a text NOT NULL, b bigint NOT NULL)"
INSERT = "INSERT INTO things VALUES ($1, $2, $3)"
SELECT = "SELECT id, a, b FROM things WHERE id = $1"


async def best(work: Callable[[int], Awaitable[None]]) -> float:
    """Milliseconds of the fastest round."""
    times = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        await work(number)
        times.append(time.perf_counter() - began)
    return min(times) * 1000


async def ours(url: str, base: int) -> float:
    async with db.connect_to(url) as database:
        with db.use(database):

            async def work(number: int) -> None:
                async with db.unit_of_work():
                    for n in range(STATEMENTS // 2):
                        key = base + number * STATEMENTS + n
                        await db.execute(INSERT, key, "some text", n)
                        await db.fetch_one(SELECT, key)

            return await best(work)


async def plain_sqlite(path: Path) -> float:
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    connection.row_factory = lambda cursor, row: {
        name[0]: value for name, value in zip(cursor.description, row, strict=True)
    }
    connection.execute("PRAGMA synchronous=FULL")

    async def work(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for n in range(STATEMENTS // 2):
            key = number * STATEMENTS + n
            connection.execute("INSERT INTO things VALUES (?, ?, ?)", (key, "some text", n))
            connection.execute("SELECT id, a, b FROM things WHERE id = ?", (key,)).fetchone()
        connection.execute("COMMIT")

    try:
        return await best(work)
    finally:
        connection.close()


async def plain_asyncpg(url: str) -> float:
    connection = await asyncpg.connect(url)

    async def work(number: int) -> None:
        async with connection.transaction():
            for n in range(STATEMENTS // 2):
                key = number * STATEMENTS + n
                await connection.execute(INSERT, key, "some text", n)
                dict(await connection.fetchrow(SELECT, key))

    try:
        return await best(work)
    finally:
        await connection.close()


async def prepare(url: str) -> None:
    async with db.connect_to(url) as database:
        with db.use(database):
            async with db.unit_of_work():
                await db.execute(TABLE)


async def main(server_url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        await prepare(f"sqlite:///{path}")
        bare, with_us = await plain_sqlite(path), await ours(f"sqlite:///{path}", 1_000_000)
        print(f"sqlite   bare {bare:6.2f} ms   ours {with_us:6.2f} ms   ratio {bare / with_us:.2f}")
    async with postgres_database(server_url) as url:
        await prepare(url)
        bare, with_us = await plain_asyncpg(url), await ours(url, 1_000_000)
        print(f"postgres bare {bare:6.2f} ms   ours {with_us:6.2f} ms   ratio {bare / with_us:.2f}")


if __name__ == "__main__":
    with postgres_server() as server:
        asyncio.run(main(server))
