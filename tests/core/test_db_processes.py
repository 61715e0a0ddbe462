"""Several processes on one database: they take turns, and one that dies leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from roundsman.core import db
from tests.core.test_db_units import add_one, count

ROOT = Path(__file__).parents[2]


async def start(url: str, what: str, argument: str = "") -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(__file__).with_name("process_for_db.py")),
        url,
        what,
        argument,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'backend'}{os.pathsep}{ROOT}"},
    )


async def test_two_processes_count_right(counter: db.Database) -> None:
    processes = [await start(counter.url, "add", "200") for _ in range(2)]
    for _ in range(20):
        await add_one()
    for process in processes:
        assert await process.wait() == 0
    assert await count() == 420


async def test_a_killed_process_leaves_nothing_behind(counter: db.Database) -> None:
    await add_one()
    for _ in range(2):
        process = await start(counter.url, "hang")
        assert process.stdout is not None
        assert await process.stdout.readline() == b"inside\n"
        process.send_signal(signal.SIGKILL)
        await process.wait()
        before = await count() or 0
        async with asyncio.timeout(10):
            await add_one()
        assert await count() == before + 1
    assert await count() == 3
    assert await db.fetch_value("SELECT count(*) FROM counters") == 1
    if counter.dialect == "sqlite":
        assert await db.fetch_value("PRAGMA integrity_check") == "ok"
