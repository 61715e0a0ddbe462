"""Open event streams on one server process: memory for each, and the time from a commit to the last poke.

`python -m tests.load.bench_events [STREAMS]`: 10,000 unless told otherwise, on a SQLite file.
"""

import asyncio
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import PASSWORD
from tests.serving import Serving

ROUNDS = 5
AT_ONCE = 100
COPIED = "person_id, last_number, status, outbox_depth, outbox_blobs, created_at, last_seen_at"


async def opened(port: int, token: str, replica: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A stream that has said its first head."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4096)
    headers = f"host: localhost\r\nauthorization: Bearer {token}"
    writer.write(f"GET /api/sync/events?replica={replica} HTTP/1.1\r\n{headers}\r\n\r\n".encode())
    await heard(reader)
    return reader, writer


async def heard(reader: asyncio.StreamReader) -> float:
    """The moment the next head arrives."""
    while b"event: head" not in await reader.readline():
        pass
    return time.perf_counter()


async def main(count: int) -> None:
    """Prints one line for memory and one for time."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/company.db"
        with Serving(Path(folder), url) as serving:
            port = int(serving.address.rpartition(":")[2])
            async with httpx.AsyncClient(base_url=serving.address, timeout=60) as client:
                known = {"company": "T", "name": "Ada", "login": "ada", "password": PASSWORD}
                answer = await client.post("/api/identity/first_run", json=known)
                assert answer.status_code == 200, answer.text
                token = next(iter(client.cookies.jar)).value or ""
                hello = await client.post("/api/sync/hello", json={})
                replica = hello.json()["replica"]
                replicas = [new_id() for _ in range(count)]
                async with db.connect_to(url) as database:
                    with db.use(database):
                        async with db.unit_of_work():
                            # As many phones of one person as there are streams.
                            await db.execute_many(
                                f"INSERT INTO sync_replica (id, {COPIED}) "
                                f"SELECT $1, {COPIED} FROM sync_replica WHERE id = $2",
                                [(made, replica) for made in replicas],
                            )
                before = psutil.Process(serving.process.pid).memory_info().rss
                began = time.perf_counter()
                streams = []
                for start in range(0, count, AT_ONCE):
                    streams += await asyncio.gather(
                        *(opened(port, token, made) for made in replicas[start : start + AT_ONCE])
                    )
                took = time.perf_counter() - began
                memory = (psutil.Process(serving.process.pid).memory_info().rss - before) / count
                print(f"{count:,} streams opened in {took:.1f} s; {memory / 1024:.1f} KiB each on the server")
                last, middle = [], []
                for n in range(ROUNDS):
                    waiting = [asyncio.create_task(heard(reader)) for reader, _ in streams]
                    await asyncio.sleep(2)
                    args = {"territory_id": new_id(), "parent_id": None, "name": f"Territory {n}"}
                    answer = await client.post(
                        "/api/commands/identity.add_territory",
                        json=args,
                        headers={"idempotency-key": new_id()},
                    )
                    committed = time.perf_counter()
                    assert answer.status_code == 200, answer.text
                    times = sorted(moment - committed for moment in await asyncio.gather(*waiting))
                    last.append(times[-1])
                    middle.append(times[len(times) // 2])
                print(
                    f"from the answer to the command: half have heard after {statistics.median(middle) * 1000:.0f} ms, "
                    f"the last after {statistics.median(last) * 1000:.0f} ms"
                )
                for _, writer in streams:
                    writer.transport.abort()


if __name__ == "__main__":
    os.environ.setdefault("ROUNDSMAN_LOG", "warning")
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
