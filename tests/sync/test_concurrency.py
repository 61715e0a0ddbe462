"""Real processes at once (T4): writers that commit, roll back and are killed, a phone's batch among them, and
readers that compare
every checkpoint with the rows of the very snapshot it was read in. `ROUNDSMAN_SYNC_SECONDS` shortens or
lengthens it.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from roundsman.core import db
from roundsman.core.context import Person, Session
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from roundsman.sync.feed_sql import members_of
from roundsman.sync.pull import pull
from roundsman.sync.wire import Pull
from tests.phone import Phone, PhoneError, assert_stale_equals_fresh
from tests.sync.domain_notes import FEEDS
from tests.sync.world import World
from tests.sync.writer import TERRITORIES

SECONDS = float(os.environ.get("ROUNDSMAN_SYNC_SECONDS", "3"))
WRITERS = 4
ROOT = Path(__file__).resolve().parents[2]

Standing = dict[tuple[str, str], int]


async def start_writer(url: str, seed: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.sync.writer", url, str(seed)),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'backend'}{os.pathsep}{ROOT}"},
    )


class Reader:
    """A phone that compares: its base after every completed pull, and the tables of the same snapshot."""

    def __init__(self, world: World, person: str, page: int) -> None:
        self.world = world
        self.phone = world.phone(person, page=page)
        self.session = Session(person, Person(person, person, frozenset({"rep"}), frozenset()))
        self.checkpoints = 0
        self.head = 0

    async def read(self, until: float) -> None:
        """Pull page after page until then, and on until it has compared enough to mean anything. The last page and the
        comparison share one snapshot."""
        await self.phone.ready()
        while time.monotonic() < until or self.checkpoints <= SECONDS:
            request = self.phone.pull_request()
            decoded = msgspec.convert(request, Pull)
            async with db.snapshot():
                answer = await pull(self.world.registry, self.session, decoded, now_ms(), is_noted=False)
                page = json.loads(answer)
                rows = {} if page["more"] else await visible(set(page["buckets"]))
            assert page["head"] >= self.head, "I12: the head went back"
            self.head = page["head"]
            if self.phone.take_pull(page):
                assert self.phone.everything() == rows, "I9: a checkpoint differs from its own snapshot"
                self.checkpoints += 1
            await asyncio.sleep(0)


async def visible(buckets: set[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """Oracle: what stands in these buckets by the rows themselves."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for feed in FEEDS:
        ids = {row["pk"] for row in await db.fetch(members_of(feed)) if row["bucket"] in buckets}
        for row in await db.fetch(
            f"SELECT {', '.join(feed.fields)} FROM {feed.name} WHERE id {db.any_of('$1')}", list(ids)
        ):
            if feed.name == "notes":
                row["extra"], row["is_pinned"] = json.loads(row["extra"]), bool(row["is_pinned"])
            found[feed.name, row["id"]] = row
    return found


@pytest.mark.slow(SECONDS)
async def test_readers_see_whole_states_while_writers_write_and_die(world: World, database_url: str) -> None:
    await world.give("p", *TERRITORIES[:4])
    await world.give("q", *TERRITORIES[2:])
    await world.add_stock("tea", 10**6)
    chance = random.Random(7)
    writers = [await start_writer(database_url, seed) for seed in range(WRITERS)]
    until = time.monotonic() + SECONDS
    killed = 0
    readers = [Reader(world, "p", 7), Reader(world, "q", 100)]

    async def kill() -> None:
        nonlocal killed
        while time.monotonic() < until - 2:
            await asyncio.sleep(chance.uniform(1, 3))
            at = chance.randrange(len(writers))
            assert writers[at].returncode is None, "a writer ended by itself"
            writers[at].send_signal(signal.SIGKILL)
            await writers[at].wait()
            killed += 1
            writers[at] = await start_writer(database_url, 100 + killed)

    acted: list[str] = []

    async def push(phone: Phone) -> None:
        while time.monotonic() < until:
            for _ in range(chance.randint(1, 5)):
                args = {"taking_id": new_id(), "stock_id": "tea", "amount": 1}
                acted.append(phone.act("notes.take", args))
            try:
                await phone.push()
            except PhoneError as error:
                if "503" not in str(error):
                    raise
            await asyncio.sleep(chance.random() * 0.05)

    phones = [world.phone("p"), world.phone("q")]
    try:
        async with asyncio.TaskGroup() as group:
            for reader in readers:
                group.create_task(reader.read(until))
            for phone in phones:
                group.create_task(push(phone))
            group.create_task(kill())
    finally:
        for writer in writers:
            if writer.returncode is None:
                writer.kill()
            await writer.wait()
    for phone in phones:
        await assert_stale_equals_fresh(phone)
        assert not phone.core.outbox
    assert await db.fetch_value("SELECT count(*) FROM effects") == len(acted)
    assert await db.fetch_value("SELECT count(DISTINCT uuid) FROM effects") == len(acted)
    assert await db.fetch_value("SELECT 1000000 - amount FROM stock") == len(acted)
    for feed in FEEDS:
        places = {(row["bucket"], row["pk"]) for row in await db.fetch(members_of(feed))}
        entries = await db.fetch("SELECT bucket, pk FROM sync_feed WHERE tbl = $1 AND op = 1", feed.name)
        assert {(row["bucket"], row["pk"]) for row in entries} == places
    assert killed >= min(1, int(SECONDS / 6))
    checkpoints = sum(reader.checkpoints for reader in readers)
    print(
        f"{world.database.dialect}: {checkpoints} checkpoints, {len(acted)} commands, {killed} writers killed"
    )
