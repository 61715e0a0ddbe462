"""A phone without a screen, for the tests of every domain: an outbox, rows, push and pull, through the app's
own HTTP door.

    async with sign_in(app, "wang", "secret") as client:         # or any httpx client that is signed in
        phone = await a_phone(client, tables=registry.feeds)
        uuid = phone.act("visits.check_in", {...})               # into the outbox, as a tap would
        await phone.sync()                                       # push until empty, pull until nothing is
        left
        assert phone.status(uuid) == "applied"                   # or phone.code(uuid) == "visits.still_open"
        assert phone.rows("visits")[visit_id]["state"] == "open"
        await assert_stale_equals_fresh(phone)                   # the law, after every command's test

What a phone may see is `phone.rows(table)`; `phone.buckets` are those it holds; `phone.nothing_left()` says
that one more pull
brings nothing. The protocol's half of it is the reference client of tests/sync/model. No optimistic view
here: rows are what a
checkpoint brought.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import httpx

from roundsman.core.domain import Feed
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from tests.sync.model.client import Client
from tests.sync.model.wire import Command

Rows = dict[str, dict[str, Any]]


class PhoneError(AssertionError):
    """The server answered something a phone does not expect."""


class Phone:
    """One replica of one person. Requests and answers can also be had apart, for tests that lose or repeat
    them."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        tables: Mapping[str, int | Feed],
        *,
        person: str = "",
        page: int = 500,
        batch: int = 50,
    ) -> None:
        self.client = client
        self._tables = {
            name: known if isinstance(known, int) else known.version for name, known in tables.items()
        }
        self.page = page
        self.batch = batch
        self.bytes = 2 * 1024 * 1024
        self.core = Client(person, new_id)
        self.results: dict[str, dict[str, Any]] = {}
        self.registered = ""

    # -- what it knows ---------------------------------------------------------------------------------------

    @property
    def replica(self) -> str:
        """The replica's id."""
        return self.core.replica

    @property
    def tables(self) -> dict[str, int]:
        """The feeds it understands, with their versions."""
        return self._tables

    @tables.setter
    def tables(self, tables: dict[str, int]) -> None:
        self._tables, self.core.tables_name = tables, ""

    @property
    def buckets(self) -> set[str]:
        """The buckets it holds since its last checkpoint."""
        return set(self.core.cursors)

    def rows(self, table: str) -> Rows:
        """The rows of a table by id, as the last checkpoint brought them."""
        return {pk: dict(held.row) for (name, pk), held in self.core.rows.items() if name == table}

    def everything(self) -> dict[tuple[str, str], dict[str, Any]]:
        """All rows by (table, id)."""
        return {key: dict(held.row) for key, held in self.core.rows.items()}

    def status(self, uuid: str) -> str | None:
        """applied, rejected, quarantined, or None while nothing was decided."""
        return cast("str | None", self.results.get(uuid, {}).get("status"))

    def code(self, uuid: str) -> str | None:
        """The code of a refusal."""
        return cast("str | None", self.results.get(uuid, {}).get("code"))

    def answer(self, uuid: str) -> dict[str, Any]:
        """What the command answered."""
        return cast("dict[str, Any]", self.results[uuid].get("result", {}))

    # -- what it does ----------------------------------------------------------------------------------------

    def act(
        self,
        name: str,
        args: Mapping[str, Any],
        *,
        deps: Iterable[str] = (),
        uuid: str | None = None,
        version: int = 1,
        captured_at: int | None = None,
        skew_ms: int | None = 0,
        tz: str = "Asia/Shanghai",
    ) -> str:
        """Put a command into the outbox, as a tap would; its uuid."""
        uuid = uuid or new_id()
        made = {
            "uuid": uuid,
            "name": name,
            "v": version,
            "args": dict(args),
            "captured_at": now_ms() if captured_at is None else captured_at,
            "tz": tz,
            "skew_ms": skew_ms,
            "deps": list(deps),
            "hash": "",
        }
        self.core.enqueue(cast("Command", made))
        return uuid

    async def do(self, name: str, args: Mapping[str, Any], **how: Any) -> str:
        """Act and sync at once; the uuid."""
        uuid = self.act(name, args, **how)
        await self.sync()
        return uuid

    async def sync(self) -> None:
        """Push until nothing can be pushed, then pull until nothing is left. Raises PhoneError when it does
        not come to rest."""
        for _ in range(20):
            await self.push()
            await self.pull()
            if not any(entry.state != "applied" for entry in self.core.outbox.values()):
                break
            if self.last_stop in ("retry", "dependency_wait"):
                break
        while self.core.outbox and self.last_stop is None:
            await self.pull()

    async def hello(self) -> None:
        """Register this replica, or the new one after a fork."""
        wanted = self.core.replica or None
        answer = await self.post(
            "hello", {"proto": 1, "replica": wanted, "prev_replica": self.registered or None, "schema": 1}
        )
        if not self.core.epoch:
            self.core.epoch, self.core.replica = answer["epoch"], answer["replica"]
        else:
            self.core.hello(answer["epoch"])
        self.registered = answer["replica"]

    last_stop: str | None = None

    async def push(self) -> None:
        """Send the outbox until it is empty or the server says stop."""
        self.last_stop = None
        for _ in range(1000):
            await self.ready()
            request = self.push_request()
            if request is None:
                return
            answer = await self.post("push", request)
            self.take_push(request, answer)
            self.last_stop = answer["stop"]["reason"] if "stop" in answer else None
            if self.last_stop in ("retry", "dependency_wait"):
                return
        raise PhoneError("pushing does not end")

    async def pull(self) -> list[dict[str, Any]]:
        """Pull until a checkpoint is committed; the pages."""
        pages = []
        for _ in range(10_000):
            await self.ready()
            page = await self.post("pull", self.pull_request())
            pages.append(page)
            seen = {
                "epoch": self.core.epoch,
                "replica": self.core.replica,
                "head": self.core.head,
                "acked_number": self.core.acked_number,
            }
            was_recovering = self.core.recovering
            if self.take_pull(page):
                return pages
            if "refused" not in page and self.core.recovering and not was_recovering:
                await self.post("report", {"kind": "went_back", "body": seen})
        raise PhoneError("pulling does not end")

    async def nothing_left(self) -> bool:
        """Whether one more pull brings no entry."""
        return not any(page["entries"] for page in await self.pull())

    async def ready(self) -> None:
        """Say hello when this replica is not registered yet."""
        if not self.registered or self.core.replica != self.registered:
            await self.hello()

    # -- requests and answers apart --------------------------------------------------------------------------

    def push_request(self) -> dict[str, Any] | None:
        """The next batch, sealed; None when there is nothing to send now."""
        return cast("dict[str, Any] | None", self.core.build_push(self.batch, now_ms()))

    def take_push(self, request: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        """What a push's answer changes."""
        self._note(answer["results"])
        self.core.on_push_response(cast("Any", request), cast("Any", answer))

    def pull_request(self, **extra: Any) -> dict[str, Any]:
        """The request for the next page."""
        request = cast("dict[str, Any]", self.core.build_pull(self.page))
        request["tables"] = self.core.tables_name or self.tables
        request["ask"] = request["ask"][:200]
        request["limit"] = {"rows": self.page, "bytes": self.bytes}
        return {**request, **extra}

    def take_pull(self, page: Mapping[str, Any]) -> bool:
        """What a page changes; True when it completed a checkpoint."""
        if "refused" not in page and not page["more"] and page["gen"] == self.core.gen:
            self._note(page["results"])
        return self.core.on_pull_response(cast("Any", page))

    async def post(self, what: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """One request, after another hello when the server has forgotten this replica. Raises PhoneError for an
        answer other than 200 or 202."""
        headers = {"content-type": "application/json"}
        answer = await self.client.post(f"/api/sync/{what}", content=json.dumps(body), headers=headers)
        if answer.status_code == 410 and "sync.replica_unknown" in answer.text and what != "hello":
            await self.hello()
            answer = await self.client.post(f"/api/sync/{what}", content=json.dumps(body), headers=headers)
        if answer.status_code not in (200, 202):
            raise PhoneError(f"{what}: {answer.status_code} {answer.text}")
        return cast("dict[str, Any]", answer.json())

    def _note(self, results: Iterable[Mapping[str, Any]]) -> None:
        for result in results:
            self.results[result["uuid"]] = dict(result)


async def a_phone(
    client: httpx.AsyncClient, tables: Mapping[str, int | Feed], *, person: str = "", page: int = 500
) -> Phone:
    """A phone that has registered and pulled everything it may see. `tables` are the feeds it understands, or their
    versions."""
    phone = Phone(client, tables, person=person, page=page)
    await phone.pull()
    return phone


async def assert_stale_equals_fresh(phone: Phone, differences: Callable[[str], None] | None = None) -> None:
    """The law: a phone that was away plus one sync holds exactly what a new phone of the same person gets."""
    await phone.sync()
    fresh = Phone(phone.client, phone.tables, person=phone.core.user, page=phone.page)
    await fresh.pull()
    await phone.pull()
    stale_rows, fresh_rows = phone.everything(), fresh.everything()
    if stale_rows != fresh_rows:
        lacks = sorted(set(fresh_rows) - set(stale_rows))
        keeps = sorted(set(stale_rows) - set(fresh_rows))
        differs = sorted(
            key for key in fresh_rows.keys() & stale_rows.keys() if fresh_rows[key] != stale_rows[key]
        )
        raise AssertionError(f"a stale phone lacks {lacks}, still has {keeps}, and has {differs} differently")
    assert phone.buckets == fresh.buckets
    assert await phone.nothing_left(), "a second pull brought entries again"
