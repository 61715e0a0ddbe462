"""A PostgreSQL server for as long as standard input stays open: each line read is answered with a new database."""

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
