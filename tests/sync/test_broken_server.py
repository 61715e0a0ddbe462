"""Short stories of the real server that fail as soon as one of the mistakes of server_bugs.py is made in it: those
which random days meet seldom or never.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.times import MINUTE
from roundsman.sync.collection import collect, rotate_epoch
from tests.sync.domain_notes import FAULTS
from tests.sync.hostile import Direct, Server, scope_of, write_notes
from tests.sync.server_bugs import HIDDEN, QUICK, SLOW

Story = Callable[[Server], Coroutine[Any, Any, None]]


def add(phone: Direct, note_id: str) -> str:
    return phone.act("notes.add", {"note_id": note_id, "territory_id": "a", "body": "x"}, version=2)


async def effects() -> list[str]:
    return [row["uuid"] for row in await db.fetch("SELECT uuid FROM effects ORDER BY place")]


async def delete(note_id: str) -> None:
    async with db.unit_of_work():
        await db.execute("DELETE FROM notes WHERE id = $1", note_id)


async def an_answer_is_lost(server: Server) -> None:
    """The batch is sent again; it was done once."""
    await write_notes(["n0"])
    phone = Direct(server, "ann")
    await phone.ready()
    uuid = phone.act("notes.edit", {"note_id": "n0", "body": "y"})
    request = phone.push_request()
    assert request is not None
    await phone.post("push", request)
    phone.take_push(request, await phone.post("push", request))
    assert await effects() == [uuid]


async def the_disk_is_full_for_a_while(server: Server) -> None:
    """What could not be written is sent again and done."""
    phone = Direct(server, "ann")
    await phone.ready()
    uuids = [add(phone, "n1"), add(phone, "n2")]
    FAULTS.unavailable.add(uuids[0])
    await phone.push()
    FAULTS.clear()
    await phone.sync()
    assert await effects() == uuids


async def a_handler_always_crashes(server: Server) -> None:
    """What comes after it is done all the same, after some minutes."""
    phone = Direct(server, "ann")
    await phone.ready()
    FAULTS.poisoned.add(add(phone, "n1"))
    behind = add(phone, "n2")
    for _ in range(14):
        await phone.push()
        server.clock.advance(MINUTE)
    assert phone.status(behind) == "applied"


async def a_note_goes_during_the_first_read(server: Server) -> None:
    """It was on an early page already; a later one takes it back."""
    await write_notes([f"n{n}" for n in range(6)])
    phone = Direct(server, "ann")
    phone.page = 1
    await phone.ready()
    gone = ""
    for _ in range(60):
        page = await phone.post("pull", phone.pull_request())
        if not gone and "notes" in page["rows"]:
            gone = next(iter(page["rows"]["notes"]))
            phone.take_pull(page)
            await delete(gone)
        elif phone.take_pull(page):
            break
    assert gone
    assert phone.everything() == await scope_of("ann")


async def tombstones_are_collected_behind_a_phone(server: Server) -> None:
    """The phone reads the bucket again, and what it does not find there goes."""
    await write_notes(["n0", "n1", "n2", "n3"])
    phone = Direct(server, "ann")
    await phone.pull()
    await delete("n0")
    await write_notes(["n4"])
    assert await collect(kept=-(10**12)) == 1
    await phone.pull()
    assert phone.everything() == await scope_of("ann")


async def a_backup_is_put_back(server: Server) -> None:
    """Its history has another name and goes on beyond what the phone saw: the phone sends again what is missing."""
    phone = Direct(server, "ann")
    await phone.ready()
    uuid = add(phone, "n1")
    await phone.sync()
    await delete("n1")
    async with db.unit_of_work():
        for table in ("effects", "sync_number", "sync_command"):
            await db.execute(f"DELETE FROM {table}")
    await write_notes(["n2"])
    await rotate_epoch()
    await phone.sync()
    assert await effects() == [uuid]
    assert phone.everything() == await scope_of("ann")


STORIES: dict[str, Story] = {
    "no_dedupe": an_answer_is_lost,
    "eat_transient": the_disk_is_full_for_a_while,
    "poison_blocks": a_handler_always_crashes,
    "head_of_page": a_note_goes_during_the_first_read,
    "no_floor": a_note_goes_during_the_first_read,
    "gc_no_reset": tombstones_are_collected_behind_a_phone,
    "reset_not_sent": tombstones_are_collected_behind_a_phone,
    "no_epoch": a_backup_is_put_back,
}


@pytest.mark.parametrize("story", sorted(set(STORIES.values()), key=lambda story: story.__name__))
def test_story_ends_well(server: Server, story: Story) -> None:
    server.run(server.reset())
    server.run(story(server))


@pytest.mark.parametrize("bug", sorted(STORIES))
@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_story_fails_with_the_mistake(server: Server, bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    server.run(server.reset())
    server.run((SLOW | HIDDEN)[bug](monkeypatch))
    with pytest.raises(AssertionError):
        server.run(STORIES[bug](server))


def test_every_mistake_is_tried() -> None:
    assert set(STORIES) == set(SLOW | HIDDEN)
    assert not set(QUICK) & set(STORIES)
