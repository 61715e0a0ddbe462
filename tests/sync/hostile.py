"""The real app in this process, emptied for every example: the server of test_machine.py and test_broken_server.py,
phones that talk to it without HTTP, and what a person must see by the rows alone.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterator
from contextvars import copy_context
from typing import Any, TypeVar, cast

import httpx
import pytest
import structlog

from roundsman.core import db
from roundsman.core.times import FixedClock, use_clock
from roundsman.sync.feed_sql import members_of
from tests.databases import postgres_database
from tests.phone import Phone
from tests.sync import domain_notes
from tests.sync.domain_notes import FAULTS, FEEDS, TABLES
from tests.sync.world import World, make_database

TERRITORIES = ("a", "b", "c")
STOCK = 12

Result = TypeVar("Result")
Everything = dict[tuple[str, str], dict[str, Any]]


class Broken(Exception):
    """The request failed on its way or at the server; the phone only knows that no answer came."""


class Server:
    """The world under test and the loop it runs in; one for all examples."""

    def __init__(self, url: str) -> None:
        self.runner = asyncio.Runner()
        self.runner.run(make_database(url))
        self.world = World(url)
        self.run(self.world.set_up())
        self.clock = FixedClock(1_790_000_000_000)

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        with db.use(self.world.database):
            return self.runner.run(work, context=copy_context())

    def close(self) -> None:
        self.run(self.world.close())
        self.runner.close()

    async def reset(self) -> None:
        """An empty company. The head goes on: nobody remembers it."""
        FAULTS.clear()
        async with db.unit_of_work():
            for table in ("notes", "stock", "takings", "holdings", "effects", "sync_command", "sync_number"):
                await db.execute(f"DELETE FROM {table}")
        async with db.unit_of_work():
            for table in ("sync_feed", "sync_bucket", "sync_replica", "sync_attempt", "sync_report"):
                await db.execute(f"DELETE FROM {table}")
            await db.execute("INSERT INTO stock (id, name, amount) VALUES ('tea', 'tea', $1)", STOCK)
            for person, territory in (("ann", "a"), ("ann", "b"), ("bob", "b")):
                await db.execute(
                    "INSERT INTO holdings (person_id, territory_id) VALUES ($1, $2)", person, territory
                )

    async def post(self, person: str, what: str, body: dict[str, Any]) -> dict[str, Any]:
        """One request through the app, without the weight of an HTTP client. Raises Broken for a 503."""
        content = json.dumps(body).encode()
        given = [{"type": "http.request", "body": content, "more_body": False}]
        sent: list[dict[str, Any]] = []

        async def receive() -> Any:
            return given.pop() if given else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": f"/api/sync/{what}",
            "raw_path": f"/api/sync/{what}".encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [
                (b"host", b"phone.test"),
                (b"authorization", f"Bearer {person}".encode()),
                (b"content-type", b"application/json"),
                (b"content-length", str(len(content)).encode()),
            ],
            "client": ("127.0.0.1", 1),
            "server": ("phone.test", 80),
        }
        await self.world.app(cast("Any", scope), receive, send)
        status = sent[0]["status"]
        text = b"".join(message.get("body", b"") for message in sent[1:])
        if status == 503:
            raise Broken
        assert status == 200, (what, status, text)
        return cast("dict[str, Any]", json.loads(text))


class Direct(Phone):
    """A phone whose requests go straight into the app."""

    def __init__(self, server: Server, person: str) -> None:
        super().__init__(cast("httpx.AsyncClient", None), TABLES, person=person)
        self.server = server

    async def post(self, what: str, body: Any) -> dict[str, Any]:
        return await self.server.post(self.core.user, what, dict(body))


async def scope_of(person: str) -> Everything:
    """Oracle of I9 and I11: what a person may see, from the rows and the assignments alone."""
    held = set(await domain_notes.buckets_of(cast("Any", await domain_notes.load_person(person)), 0))
    found: Everything = {}
    for feed in FEEDS:
        places = await db.fetch(members_of(feed))
        ids = {row["pk"] for row in places if row["bucket"] in held}
        columns = f"SELECT {', '.join(feed.fields)} FROM {feed.name}"
        for row in await db.fetch(f"{columns} WHERE id {db.any_of('$1')}", list(ids)):
            found[feed.name, row["id"]] = {field: _on_the_wire(field, row[field]) for field in feed.fields}
    return found


def _on_the_wire(field: str, value: Any) -> Any:
    """A column's value as JSON has it, on either database."""
    if field.startswith("is_"):
        return bool(value)
    return json.loads(value) if field == "extra" and isinstance(value, str) else value


async def write_notes(ids: list[str]) -> None:
    """Notes of the office, one territory after another: an example need not first make what it can lose."""
    async with db.unit_of_work():
        for number, pk in enumerate(ids):
            await db.execute(
                "INSERT INTO notes (id, territory_id, author_id, body, is_pinned, extra, rank, secret) "
                "VALUES ($1, $2, NULL, 'x', $3, '{}', 0, '')",
                pk,
                TERRITORIES[number % len(TERRITORIES)],
                False,
            )


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """One server for all examples, outside any event loop; its log is quiet."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    manager = None
    with asyncio.Runner() as runner:
        if request.param == "postgres":
            manager = postgres_database(request.getfixturevalue("server_url"))
            url = runner.run(manager.__aenter__())
        else:
            url = f"sqlite:///{request.getfixturevalue('tmp_path')}/notes.db"
        server = Server(url)
        with use_clock(server.clock):
            yield server
        server.close()
        if manager is not None:
            runner.run(manager.__aexit__(None, None, None))
    structlog.configure(**before)
