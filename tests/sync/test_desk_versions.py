"""A desk page says which version of a command it writes: one left open over a release is read as what it meant."""

from __future__ import annotations

import json
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.sync.dispatch import fingerprint
from tests.sync.world import World

URL = "/api/commands/notes.add"


async def send(world: World, args: Any, version: object = None, key: str | None = None) -> Any:
    headers = {"Idempotency-Key": key or new_id()}
    if version is not None:
        headers["Command-Version"] = str(version)
    body = json.dumps(args).encode() if isinstance(args, dict) else args
    return await world.client("wang").post(URL, content=body, headers=headers)


def note(**args: Any) -> dict[str, Any]:
    return {"note_id": new_id(), "territory_id": "north", **args}


async def bodies() -> list[str]:
    return [row["body"] for row in await db.fetch("SELECT body FROM notes ORDER BY body")]


async def kept() -> list[tuple[int, str]]:
    return [(row["version"], row["status"]) for row in await db.fetch("SELECT * FROM sync_command")]


async def test_a_page_of_an_earlier_release_is_read_as_it_meant(world: World) -> None:
    await world.give("wang", "north")
    args, key = note(text="old shape"), new_id()
    first = await send(world, args, 1, key)
    assert first.status_code == 200, first.text
    assert (await bodies(), await kept()) == (["old shape"], [(1, "applied")])
    again = await send(world, args, 1, key)
    assert (again.json(), again.headers["idempotency-replayed"]) == (first.json(), "true")
    assert (await bodies(), await kept()) == (["old shape"], [(1, "applied")])


@pytest.mark.parametrize("version", [None, 2])
async def test_the_present_version_is_what_nothing_said_means(world: World, version: int | None) -> None:
    await world.give("wang", "north")
    assert (await send(world, note(body="new shape"), version)).status_code == 200
    refused = await send(world, note(text="old shape"), version)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert (await bodies(), await kept()) == (["new shape"], [(2, "applied")])


async def test_a_version_the_server_does_not_know_is_refused_and_its_key_is_free(world: World) -> None:
    await world.give("wang", "north")
    args, key = note(body="x"), new_id()
    refused = await send(world, args, 3, key)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_version")
    assert refused.json()["details"] == {"version": 3, "known": 2}
    assert await kept() == []
    assert (await send(world, args, 2, key)).status_code == 200


async def test_what_was_done_before_a_release_was_taken_back_is_still_answered(world: World) -> None:
    await world.give("wang", "north")
    args, key = note(body="x"), new_id()
    first = await send(world, args, 2, key)
    hash_ = fingerprint("notes.add", 3, bytes(first.request.content))
    async with db.unit_of_work():
        await db.execute("UPDATE sync_command SET version = 3, hash = $1", hash_)
    again = await send(world, args, 3, key)
    assert (again.status_code, again.json()) == (200, first.json())


async def test_what_is_no_version_is_refused(world: World) -> None:
    for version in ("0", "-1", "x", "1.5", "99999999999999999999", ""):
        refused = await send(world, note(body="x"), version)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid"), refused.text
    assert await kept() == []


@pytest.mark.parametrize("version", [None, 1])
async def test_what_cannot_be_read_is_refused_and_not_kept(world: World, version: int | None) -> None:
    for body in (b"", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"note_id":"\\u0000"}', b"[" * 5000):
        refused = await send(world, body, version)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid"), (body[:20], refused.text)
    assert await kept() == []
