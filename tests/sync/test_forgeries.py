"""What a forged request gets: no crash, nothing changed, and nothing of anybody else in the answer."""

from __future__ import annotations

import base64
import copy
import gzip
import json
from typing import Any, Final

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.phone import Phone
from tests.sync.world import World

SECRET: Final = "what only li may read"
HUGE: Final = (-1, 2**31, 2**53 + 1, 2**63, 2**64, 10**40)
TEXTS: Final = ("", "\u0000", "x" * 5000, "' OR 1=1 --", "%", "../../etc", "\ud83d", "ü" * 40)
TABLES: Final = (
    "notes",
    "effects",
    "stock",
    "holdings",
    "sync_command",
    "sync_number",
    "sync_attempt",
    "sync_feed",
)


async def everything() -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables a forgery might want to change."""
    found = {}
    for table in TABLES:
        rows = await db.fetch(f"SELECT * FROM {table}")
        found[table] = sorted((tuple(row.values()) for row in rows), key=repr)
    return found


@pytest.fixture
async def pair(world: World) -> tuple[Phone, Phone, str]:
    """Two phones with a territory each, and the uuid of a command of the second's."""
    await world.give("wang", "t1")
    await world.give("li", "t2")
    wang, li = world.phone("wang"), world.phone("li")
    uuid = ""
    for phone, territory, body in ((wang, "t1", "a note"), (li, "t2", SECRET)):
        args = {"note_id": new_id(), "territory_id": territory, "body": body}
        uuid = await phone.do("notes.add", args, version=2)
    await wang.sync()
    return wang, li, uuid


async def send(phone: Phone, what: str, body: Any) -> tuple[int, str]:
    answer = await phone.client.post(
        f"/api/sync/{what}", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    assert answer.status_code < 500, (what, body, answer.text)
    assert SECRET not in answer.text
    return answer.status_code, answer.text


def forged_pulls(request: dict[str, Any], foreign: Phone, foreign_uuid: str) -> list[dict[str, Any]]:
    """Pulls with one thing in them that the server never said."""
    own = next(iter(request["cursors"]))
    cursors = [{own: [n, n]} for n in HUGE] + [{own: [0, n]} for n in HUGE]
    cursors += [{own: [0.5, 0]}, {own: "0"}, {own: [0]}, {own: None}, {own: [2**50, 2**50]}]
    cursors += [{text: [0, 0]} for text in TEXTS]
    cursors += [{bucket: [0, 0]} for bucket in (*foreign.buckets, "terr:all", "team:all", "user:li", "{x}")]
    forged: list[dict[str, Any]] = [{"cursors": cursor} for cursor in cursors]
    forged += [{"backfill": {"notes": cursor}} for cursor in cursors]
    forged += [{"backfill": {text: {own: [0, 0]}}} for text in TEXTS]
    forged += [{"resetting": [*foreign.buckets]}, {"priority": [*foreign.buckets, *TEXTS]}]
    forged += [{"ask": [uuid]} for uuid in (foreign_uuid, foreign_uuid.upper(), *TEXTS)]
    forged += [{"tables": {text: 1}, "want_digest": True} for text in (*TEXTS, "people", "sync_command")]
    forged += [{name: n} for name in ("acked_number", "gen", "schema", "proto") for n in HUGE]
    forged += [{"limit": {"rows": n, "bytes": n}} for n in HUGE]
    forged += [{"replica": text} for text in (foreign.replica, foreign.replica.upper(), *TEXTS)]
    forged += [{"epoch": text} for text in TEXTS]
    return forged


@pytest.mark.slow(4)
async def test_a_forged_pull_reveals_and_changes_nothing(pair: tuple[Phone, Phone, str]) -> None:
    wang, li, uuid = pair
    before = await everything()
    request = wang.pull_request()
    held = wang.buckets
    for forged in forged_pulls(request, li, uuid):
        status, text = await send(wang, "pull", {**request, **forged})
        if status == 200 and "refused" not in (page := json.loads(text)):
            assert set(page["buckets"]) == held, forged
            assert uuid not in json.dumps(page["results"]), forged
            assert all(row["id"] in wang.rows("notes") for row in page["rows"].get("notes", {}).values())
    assert await everything() == before
    await wang.pull()
    assert [row["body"] for row in wang.rows("notes").values()] == ["a note"]


def forged_commands(real: dict[str, Any], foreign: Phone, foreign_uuid: str) -> list[dict[str, Any]]:
    """Commands with one thing wrong in the wrapping; what stands in `args` is the schema's business."""
    forged: list[dict[str, Any]] = [{"number": n} for n in (0, real["number"] - 1, real["number"] + 5, *HUGE)]
    forged += [{"uuid": foreign_uuid}, *({"uuid": text} for text in TEXTS if not 0 < len(text) < 20)]
    forged += [{"name": text} for text in ("\u0000", "", "x" * 5000, "ü")]
    forged += [{"v": n} for n in (-1, *HUGE)] + [{"deps": [text]} for text in TEXTS]
    forged += [{"tz": "x" * 5000}, {"tz": "\u0000"}, {"hash": "0" * 64, "uuid": foreign_uuid}]
    forged += [{"args": text} for text in (None, [], "x", 1, {"note_id": {"a": [1] * 50}})]
    return forged


@pytest.mark.slow(4)
async def test_a_forged_push_does_nothing_but_what_its_person_may(pair: tuple[Phone, Phone, str]) -> None:
    wang, li, foreign = pair
    notes = (await everything())["notes"]
    real = {"note_id": new_id(), "territory_id": "t1", "body": "kept"}
    wang.act("notes.add", real, version=2)
    request = wang.push_request()
    assert request is not None
    for forged in forged_commands(request["commands"][0], li, foreign):
        changed = copy.deepcopy(request)
        changed["commands"][0].update(forged)
        if "uuid" not in forged:
            # What is decided about a forgery must not be the answer to the real one.
            changed["commands"][0]["uuid"] = new_id()
        status, text = await send(wang, "push", changed)
        assert (await everything())["notes"] == notes, forged
        if status == 200:
            for result in json.loads(text)["results"]:
                assert result["status"] in ("rejected", "quarantined"), (forged, result)
            wang.core.outbox.clear()
            wang.core.next_number = json.loads(text)["last_number"] + 1
            wang.act("notes.add", {**real, "note_id": new_id()}, version=2)
            fresh = wang.push_request()
            assert fresh is not None
            request = fresh
    for forged in ({"replica": li.replica}, {"replica": li.replica, "person_id": "li"}, {"person_id": "li"}):
        status, _ = await send(wang, "push", {**request, **forged})
        assert status in (403, 410), forged
    for outbox in ({"depth": n, "oldest_at": n, "blobs": n} for n in HUGE):
        # What a phone says about itself is no reason to refuse its work.
        assert (await send(wang, "push", {**request, "commands": [], "outbox": outbox}))[0] == 200, outbox
    for n in HUGE:
        assert (await send(wang, "push", {**request, "commands": [], "client_time": n}))[0] == 200, n
    await send(wang, "push", request)
    assert len((await everything())["notes"]) == len(notes) + 1


async def test_moments_no_calendar_has_do_not_hold_a_phone_up(pair: tuple[Phone, Phone, str]) -> None:
    """A clock may be set to anything: the command counts, the moment does not."""
    wang, _, _ = pair
    for n in HUGE[:-2]:
        args = {"note_id": new_id(), "territory_id": "t1", "body": "x"}
        uuid = await wang.do("notes.add", args, version=2, captured_at=n, skew_ms=n)
        assert wang.status(uuid) == "applied", n


async def test_a_forged_hello_takes_over_nobodys_phone(pair: tuple[Phone, Phone, str]) -> None:
    wang, li, _ = pair
    count = "SELECT count(*) FROM sync_replica WHERE person_id = 'li'"
    before = await db.fetch_value(count)
    for n in HUGE:
        await send(wang, "hello", {"client_time": n, "schema": n, "lost": {"outbox_depth_last_known": n}})
    for text in (li.replica, *TEXTS):
        for name in ("replica", "prev_replica"):
            status, body = await send(wang, "hello", {name: text})
            assert status in (200, 422)
            if status == 200:
                assert json.loads(body)["replica"] != li.replica
    assert await db.fetch_value(count) == before
    assert not await db.fetch_value(
        "SELECT count(*) FROM sync_replica WHERE status <> 'active' AND person_id = 'li'"
    )


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
async def test_a_compressed_request_is_not_unpacked(pair: tuple[Phone, Phone, str], encoding: str) -> None:
    """Nobody who talks to us compresses what he sends; so a few bytes cannot become a gigabyte here."""
    wang, _, _ = pair
    before = await everything()
    bomb = gzip.compress(b"[" * 10_000_000)
    for what in ("hello", "push", "pull", "report"):
        headers = {"content-type": "application/json", "content-encoding": encoding}
        answer = await wang.client.post(f"/api/sync/{what}", content=bomb, headers=headers)
        assert answer.status_code == 415, (what, answer.text)
        assert answer.json()["code"] == "encoding_unknown"
        assert len(base64.b64encode(answer.content)) < 2000
    assert await everything() == before


@pytest.mark.parametrize("depth", [500, 100_000])
async def test_deep_json_is_refused(pair: tuple[Phone, Phone, str], depth: int) -> None:
    wang, _, _ = pair
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        deep = f'{{"kind":"x","body":{opening * depth}1{closing * depth}}}'[:250_000]
        for what in ("hello", "push", "pull", "report"):
            answer = await wang.client.post(f"/api/sync/{what}", content=deep)
            assert answer.status_code < 500, (what, answer.text)
