"""Wake-ups: they come after a commit, by poke or by looking, to those whom it concerns, carry no data, are capped, and
end when the server stops."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.errors import Busy
from roundsman.core.ids import new_id
from roundsman.sync import events
from tests.sync.world import World


@pytest.fixture
async def watch(world: World) -> AsyncIterator[events.Watch]:
    found = events.watch()
    yield found
    await events.close_all()


async def of_the_company() -> list[str]:
    return ["org"]


async def write() -> None:
    """Something everybody may see."""
    async with db.unit_of_work():
        await db.execute("INSERT INTO stock (id, name, amount) VALUES ($1, 'x', 1)", new_id())


async def soon(heads: Any, seconds: float = 5) -> Any:
    async with asyncio.timeout(seconds):
        return await anext(heads)


async def test_a_head_comes_at_once_and_after_every_change(world: World, watch: events.Watch) -> None:
    heads = watch.listen("r1", of_the_company)
    first = await soon(heads)
    await write()
    events.poke()
    second = await soon(heads, 0.9)
    assert second > first
    await write()
    assert await soon(heads) > second, "without a poke: another worker's commit"
    await heads.aclose()


async def test_only_those_are_told_in_whose_buckets_something_changed(
    world: World, watch: events.Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "PLACE_EVERY", (0, 300))
    monkeypatch.setattr(events, "PING_EVERY", 300)
    wang, li = world.phone("wang"), world.phone("li")
    await world.give("wang", "north")
    await wang.ready()
    await li.ready()
    held: dict[str, list[str]] = {"wang": ["terr:north"], "li": ["terr:south"]}

    async def of_wang() -> list[str]:
        return held["wang"]

    async def of_li() -> list[str]:
        return held["li"]

    heads = {"wang": watch.listen(wang.replica, of_wang), "li": watch.listen(li.replica, of_li)}
    for stream in heads.values():
        await soon(stream)
    hearing = {name: asyncio.create_task(soon(stream, 60)) for name, stream in heads.items()}

    async def heard(*names: str) -> None:
        done, _ = await asyncio.wait([hearing[name] for name in names], timeout=20)
        assert len(done) == len(names)
        await asyncio.sleep(0.1)
        for name, task in hearing.items():
            assert task.done() == (name in names), name
        for name in names:
            hearing[name] = asyncio.create_task(soon(heads[name], 60))

    wang.act("notes.add", {"note_id": new_id(), "territory_id": "north", "text": "x"})
    await wang.push()
    await heard("wang")
    await write_in("south")
    await heard("li")
    # What a listener holds is asked again once something changed for him.
    held["li"] = ["terr:north", "terr:south"]
    await write_in("south")
    await heard("li")
    await write_in("north")
    await heard("wang", "li")
    # A refusal changes no row, and is told to the phone it is for.
    refused = wang.act("notes.add", {"note_id": new_id(), "territory_id": "nobody's", "text": "x"})
    await wang.push()
    assert wang.status(refused) == "rejected"
    await heard("wang")
    monkeypatch.setattr(events, "MOST_ENTRIES", 0)
    await write_in("elsewhere")
    await heard("wang", "li")
    for task in hearing.values():
        task.cancel()
    await asyncio.gather(*hearing.values(), return_exceptions=True)


async def write_in(territory: str) -> None:
    async with db.unit_of_work():
        await db.execute(
            "INSERT INTO notes (id, territory_id, author_id, body, is_pinned, extra, rank, secret) "
            "VALUES ($1, $2, NULL, 'x', $3, '{}', 1, '')",
            new_id(),
            territory,
            False,
        )
    events.poke()


async def test_a_crowd_is_told_one_after_another_and_the_end_waits_for_nobody(
    world: World, watch: events.Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "TOLD_A_SECOND", 50)
    crowd = [watch.listen(f"r{n}", of_the_company) for n in range(40)]
    first = max([await soon(heads) for heads in crowd])
    told: list[float] = []

    async def hear(heads: Any) -> None:
        await soon(heads)
        told.append(time.monotonic())

    hearing = [asyncio.create_task(hear(heads)) for heads in crowd]
    await asyncio.sleep(0)
    began = time.monotonic()
    await write()
    events.poke()
    await asyncio.gather(*hearing)
    assert told[-1] - told[0] > 0.3, "all at once"
    assert told[-1] - began < 3
    monkeypatch.setattr(events, "TOLD_A_SECOND", 0.5)
    waiting = [asyncio.create_task(soon(heads)) for heads in crowd]
    await asyncio.sleep(0)
    await write()
    events.poke()
    await asyncio.sleep(0.1)
    began = time.monotonic()
    await events.close_all()
    ends = await asyncio.gather(*waiting, return_exceptions=True)
    assert time.monotonic() - began < 1
    assert sum(isinstance(end, StopAsyncIteration) for end in ends) > 30
    assert all(isinstance(end, StopAsyncIteration) or end > first for end in ends)


async def test_a_replica_may_listen_twice_and_no_more(world: World, watch: events.Watch) -> None:
    streams = [watch.listen("r1", of_the_company) for _ in range(events.LISTENERS_PER_REPLICA)]
    for heads in streams:
        await soon(heads)
    with pytest.raises(Busy):
        await soon(watch.listen("r1", of_the_company))
    await streams[0].aclose()
    again = watch.listen("r1", of_the_company)
    await soon(again)
    for heads in (*streams[1:], again):
        await heads.aclose()


async def test_pings_and_the_end(world: World, watch: events.Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "PING_EVERY", 0.02)
    heads = watch.listen("r1", of_the_company)
    await soon(heads)
    assert await soon(heads) is None
    waiting = asyncio.create_task(soon(heads))
    await asyncio.sleep(0)
    await events.close_all()
    with pytest.raises(StopAsyncIteration):
        while await waiting is None:
            waiting = asyncio.create_task(soon(heads))
    with pytest.raises(Busy):
        await soon(watch.listen("r1", of_the_company))


async def test_the_stream_over_http(world: World) -> None:
    phone = world.phone("wang")
    await phone.pull()
    sent: list[Any] = []
    got, ended = asyncio.Event(), asyncio.Event()

    given = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        if given:
            return given.pop()
        await ended.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if b"head" in message.get("body", b""):
            got.set()
        if message["type"] == "http.response.body" and not message.get("more_body"):
            ended.set()

    scope: Any = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/api/sync/events",
        "raw_path": b"/api/sync/events",
        "query_string": f"replica={phone.replica}".encode(),
        "root_path": "",
        "headers": [
            (b"host", b"phone.test"),
            (b"authorization", b"Bearer wang"),
            (b"accept-encoding", b"gzip, br, zstd"),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("phone.test", 80),
    }
    stream = asyncio.create_task(world.app(scope, receive, send))
    async with asyncio.timeout(5):
        await got.wait()
    headers = dict(sent[0]["headers"])
    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert b"content-encoding" not in headers, "a compressor would hold the events back"
    got.clear()
    await write()
    events.poke()
    async with asyncio.timeout(5):
        await got.wait()
    await events.close_all()
    async with asyncio.timeout(5):
        await stream
    body = b"".join(message.get("body", b"") for message in sent[1:])
    assert body.count(b"event: head") == 2
    stranger = await world.client("li").get(f"/api/sync/events?replica={phone.replica}")
    assert stranger.status_code == 410
