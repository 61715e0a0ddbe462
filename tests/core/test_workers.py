"""Two workers on one database, two phones that push at once, and each worker killed in the middle: nothing is lost
and nothing happens twice."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import httpx
import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.domains import gather
from tests.cast import PASSWORD
from tests.phone import Phone, assert_stale_equals_fresh
from tests.serving import Serving, patiently

BATCHES = 12
EACH = 5


async def kill_each_worker(serving: Serving) -> int:
    """Kill one, wait until another stands in its place, and so on with the second; how many were killed."""
    doomed = sorted(serving.worker_ids())
    for pid in doomed:
        os.kill(pid, signal.SIGKILL)
        while len(serving.worker_ids() - {pid}) < 2:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)
    return len(doomed)


@pytest.mark.slow(9)
async def test_two_workers_lose_and_double_nothing_when_they_are_killed(
    database_url: str, tmp_path: Path
) -> None:
    with Serving(tmp_path, database_url, workers=2) as serving:
        async with (
            httpx.AsyncClient(base_url=serving.address, timeout=20) as first,
            httpx.AsyncClient(base_url=serving.address, timeout=20) as second,
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
                killing = group.create_task(kill_each_worker(serving))
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
        serving.stop()
    async with db.connect_to(database_url) as database:
        with db.use(database):
            rows = await db.fetch("SELECT uuid FROM sync_command WHERE name = 'identity.add_territory'")
            assert sorted(row["uuid"] for row in rows) == sorted(done)
            assert await db.fetch_value("SELECT count(*) FROM territories") == len(done) + 1
