"""Run by tests as a process of its own: `python process_for_db.py <url> <what> [argument]`."""

from __future__ import annotations

import asyncio
import sys

from roundsman.core import db


async def main(url: str, what: str, argument: str) -> None:
    async with db.connect_to(url) as database:
        with db.use(database):
            if what == "add":
                for _ in range(int(argument)):
                    async with db.unit_of_work():
                        n = await db.fetch_value(f"SELECT n FROM counters WHERE id = 'a'{db.for_update()}")
                        await db.execute("UPDATE counters SET n = $1 WHERE id = 'a'", n + 1)
            elif what == "hang":
                async with db.unit_of_work():
                    await db.execute("UPDATE counters SET n = 1000")
                    await db.execute_many(
                        "INSERT INTO counters VALUES ($1, $2)", [(f"k{n}", n) for n in range(20_000)]
                    )
                    print("inside", flush=True)
                    await asyncio.sleep(60)
            elif what == "migrate":
                print(",".join(await db.migrate(argument)), flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
