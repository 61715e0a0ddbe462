"""A PostgreSQL server for as long as its standard input stays open: prints the address of a new, empty database for each line read."""

import asyncio
import sys
from contextlib import AsyncExitStack

from tests.databases import postgres_database, postgres_server


async def main() -> None:
    with postgres_server() as server_url:
        async with AsyncExitStack() as databases:
            while await asyncio.to_thread(sys.stdin.readline):
                print(await databases.enter_async_context(postgres_database(server_url)), flush=True)


asyncio.run(main())
