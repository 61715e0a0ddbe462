"""Two workers on one database, two phones that push at once, and each worker killed in the middle: nothing is lost
and nothing happens twice."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil
import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.domains import gather
from tests.cast import PASSWORD
from tests.phone import Phone, PhoneError, assert_stale_equals_fresh

BATCHES = 12
EACH = 5


@contextmanager
def two_workers(folder: Path, database_url: str) -> Iterator[tuple[psutil.Process, str]]:
    """The supervisor and the address."""
    settings = {"ROUNDSMAN_DATA": str(folder), "ROUNDSMAN_PORT": "0", "ROUNDSMAN_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "roundsman", "serve", "--workers", "2"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Roundsman is at"), (folder / "log").read_text()
            yield psutil.Process(process.pid), line.split()[-1]
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stdout.close()


def workers_of(supervisor: psutil.Process) -> set[int]:
    found = set()
    for child in supervisor.children():
        # One that was just killed is a zombie until the supervisor looks.
        with suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
            if "spawn_main" in " ".join(child.cmdline()):
                found.add(child.pid)
    return found


async def kill_each_worker(supervisor: psutil.Process) -> int:
    """Kill one, wait until another stands in its place, and so on with the second; how many were killed."""
    doomed = sorted(workers_of(supervisor))
    for pid in doomed:
        os.kill(pid, signal.SIGKILL)
        while len(workers_of(supervisor) - {pid}) < 2:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)
    return len(doomed)


async def patiently(phone: Phone, what: str) -> None:
    """As a phone does: silence, a broken connection and a busy server are tried again with the same batch."""
    for _ in range(200):
        try:
            await getattr(phone, what)()
            return
        except httpx.TransportError:
            pass
        except PhoneError as error:
            if "503" not in str(error):
                raise
        await asyncio.sleep(0.05)
    raise AssertionError(f"the server does not come back for a {what}")


@pytest.mark.slow(9)
async def test_two_workers_lose_and_double_nothing_when_they_are_killed(
    database_url: str, tmp_path: Path
) -> None:
    with two_workers(tmp_path, database_url) as (supervisor, address):
        async with (
            httpx.AsyncClient(base_url=address, timeout=20) as first,
            httpx.AsyncClient(base_url=address, timeout=20) as second,
        ):
            known = {"company": "Trial", "name": "Ada", "login": "ada", "password": PASSWORD}
            assert (await first.post("/api/identity/first_run", json=known)).status_code == 200
            answer = await second.post("/api/identity/sign_in", json={"login": "ada", "password": PASSWORD})
            person = answer.json()["person"]["id"]
            phones = [Phone(client, gather().feeds, person=person) for client in (first, second)]
            done: dict[str, str] = {}

            async def work(phone: Phone) -> None:
                batches = 0
                while batches < BATCHES or not killing.done():
                    batches += 1
                    for n in range(EACH):
                        args = {"territory_id": new_id(), "parent_id": None, "name": f"Territory {n}"}
                        done[phone.act("identity.add_territory", args)] = args["territory_id"]
                    await patiently(phone, "push")
                    await asyncio.sleep(0.05)

            for phone in phones:
                await patiently(phone, "pull")
            async with asyncio.TaskGroup() as group:
                killing = group.create_task(kill_each_worker(supervisor))
                for phone in phones:
                    group.create_task(work(phone))
            assert killing.result() == 2
            for phone in phones:
                await patiently(phone, "sync")
                assert not phone.core.outbox
                await assert_stale_equals_fresh(phone)
            statuses = {uuid: phone.status(uuid) for phone in phones for uuid in done if phone.status(uuid)}
            assert statuses == dict.fromkeys(done, "applied")
            assert set(done.values()) < set(phones[0].rows("territories"))
    async with db.connect_to(database_url) as database:
        with db.use(database):
            rows = await db.fetch("SELECT uuid FROM sync_command WHERE name = 'identity.add_territory'")
            assert sorted(row["uuid"] for row in rows) == sorted(done)
            assert await db.fetch_value("SELECT count(*) FROM territories") == len(done) + 1
