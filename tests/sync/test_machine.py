"""The real app under a hostile network (T3): Hypothesis taps, loses, repeats and delays messages, moves rows
and territories, breaks
handlers and collects tombstones; every committed checkpoint is compared with the scope recomputed by SQL at
the same head.

`ROUNDSMAN_SYNC_EXAMPLES` and `ROUNDSMAN_SYNC_STEPS` make it longer; by default it is derandomised, so that a
failure repeats.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Coroutine, Iterator
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import httpx
import pytest
import structlog
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, MINUTE, FixedClock, use_clock
from roundsman.sync import pull as pull_module
from roundsman.sync.collection import collect
from roundsman.sync.feed_sql import members_of, row_text
from roundsman.sync.pull import answer as answer_module
from roundsman.sync.pull import reading as reading_module
from roundsman.sync.results import result_text
from tests.databases import postgres_database
from tests.phone import Phone
from tests.sync import domain_notes
from tests.sync.domain_notes import FAULTS, FEEDS, TABLES
from tests.sync.world import World, make_database

EXAMPLES = int(os.environ.get("ROUNDSMAN_SYNC_EXAMPLES", "60"))
STEPS = int(os.environ.get("ROUNDSMAN_SYNC_STEPS", "40"))
PEOPLE = ("ann", "bob")
TERRITORIES = ("a", "b", "c")
STOCK = 12
NOTES = 4

Result = TypeVar("Result")
Everything = dict[tuple[str, str], dict[str, Any]]

indices = st.integers(0, 7)
territories = st.sampled_from(TERRITORIES)
people = st.sampled_from(PEOPLE)
fates = st.sampled_from(["ok", "ok", "ok", "ok", "drop", "drop_reply", "twice", "late", "late_reply"])


@dataclass
class Letter:
    """A request on its way, and its answer once the server gave one. `scope` is what a last page must amount
    to."""

    phone: Phone
    what: str
    request: dict[str, Any]
    answer: dict[str, Any] | None = None
    scope: Everything | None = None


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
        text = row_text(feed, db.current().dialect, "own.id")
        which = f"FROM {feed.name} AS own WHERE own.id {db.any_of('$1')}"
        for row in await db.fetch(f"SELECT id, ({text}) AS body {which}", list(ids)):
            found[feed.name, row["id"]] = json.loads(row["body"])
    return found


class Machine(RuleBasedStateMachine):
    """Taps, networks, offices and accidents in any order."""

    server: Server

    @initialize(is_stocked=st.booleans())
    def boot(self, is_stocked: bool) -> None:
        self.run = self.server.run
        self.run(self.server.reset())
        self.phones: list[Direct] = [Direct(self.server, "ann"), Direct(self.server, "bob")]
        self.letters: list[Letter] = []
        self.acted: set[str] = set()
        self.lost: set[str] = set()
        self.ledger: dict[str, dict[str, Any]] = {}
        self.heads: dict[int, int] = {}
        self.note_ids = [f"n{n}" for n in range(NOTES)]
        self.behind: list[Direct] = []
        if is_stocked:
            self.run(self._write_notes())
            for phone in self.phones:
                self.run(self._settle(phone))

    async def _write_notes(self) -> None:
        """Notes of the office in every territory: an example need not first make what it can lose."""
        async with db.unit_of_work():
            for number, pk in enumerate(self.note_ids):
                await db.execute(
                    "INSERT INTO notes (id, territory_id, author_id, body, is_pinned, extra, rank, secret) "
                    "VALUES ($1, $2, NULL, 'x', $3, '{}', 0, '')",
                    pk,
                    TERRITORIES[number % len(TERRITORIES)],
                    False,
                )

    def phone(self, index: int) -> Direct:
        return self.phones[index % len(self.phones)]

    def reader(self, index: int) -> Direct:
        """A phone that pulls: every other time one that holds what has changed since, where a mistake would show."""
        behind = [phone for phone in self.behind if phone in self.phones]
        return behind[index % len(behind)] if behind and index % 2 else self.phone(index)

    def changing(self, index: int) -> str:
        """A note the office changes: every other time one that lies on a phone, and that phone is behind then."""
        held = sorted({pk for phone in self.phones for table, pk in phone.everything() if table == "notes"})
        pk = held[index % len(held)] if held and index % 2 else self.note_ids[index % NOTES]
        self.behind = [phone for phone in self.phones if ("notes", pk) in phone.everything()]
        return pk

    # -- taps ------------------------------------------------------------------------------------------------

    @rule(at=indices, territory=territories, pk=indices)
    def write_note(self, at: int, territory: str, pk: int) -> None:
        args = {"note_id": self.note_ids[pk % NOTES], "territory_id": territory, "body": "x"}
        self.acted.add(self.phone(at).act("notes.add", args, version=2))

    @rule(at=indices, territory=territories, pk=indices)
    def move_note(self, at: int, territory: str, pk: int) -> None:
        args = {"note_id": self.note_ids[pk % NOTES], "territory_id": territory}
        self.acted.add(self.phone(at).act("notes.move", args))

    @rule(at=indices, pk=indices, body=st.sampled_from("pqr"))
    def edit_note(self, at: int, pk: int, body: str) -> None:
        self.acted.add(self.phone(at).act("notes.edit", {"note_id": self.note_ids[pk % NOTES], "body": body}))

    @rule(at=indices, amount=st.integers(1, 5), is_dependent=st.booleans())
    def take(self, at: int, amount: int, is_dependent: bool) -> None:
        phone = self.phone(at)
        entries = list(phone.core.outbox.values())
        deps = [entries[-1].command["uuid"]] if is_dependent and entries else []
        args = {"taking_id": new_id(), "stock_id": "tea", "amount": amount}
        self.acted.add(phone.act("notes.take", args, deps=deps))

    # -- the network -----------------------------------------------------------------------------------------

    @rule(at=indices, fate=fates, size=st.integers(1, 4))
    def push(self, at: int, fate: str, size: int) -> None:
        phone = self.phone(at)
        phone.batch = size
        self.run(self._greet(phone))
        request = phone.push_request()
        if request is not None:
            self.send(Letter(phone, "push", request), fate)

    @rule(at=indices, fate=fates, page=st.integers(1, 3))
    def pull(self, at: int, fate: str, page: int) -> None:
        phone = self.reader(at)
        phone.page = page
        self.run(self._greet(phone))
        self.send(Letter(phone, "pull", phone.pull_request()), fate)

    @rule(at=indices)
    def sync(self, at: int) -> None:
        """A good moment: everything goes through."""
        self.run(self._settle(self.reader(at)))

    @precondition(lambda self: bool(self.letters))
    @rule(at=indices, is_read=st.booleans())
    def deliver_late(self, at: int, is_read: bool) -> None:
        letter = self.letters.pop(at % len(self.letters))
        if letter.answer is None:
            self.run(self._reach(letter))
        if is_read:
            self.read(letter)

    def send(self, letter: Letter, fate: str) -> None:
        if fate == "drop":
            return
        if fate == "late":
            self.letters.append(letter)
            return
        self.run(self._reach(letter))
        if fate == "twice":
            first, letter.answer = letter.answer, None
            self.run(self._reach(letter))
            if first is not None and letter.answer is not None and letter.what == "push":
                assert [r["uuid"] for r in first["results"]] == [r["uuid"] for r in letter.answer["results"]][
                    : len(first["results"])
                ]
        if fate == "late_reply":
            self.letters.append(letter)
        elif fate != "drop_reply":
            self.read(letter)

    async def _greet(self, phone: Direct) -> None:
        await phone.ready()

    async def _reach(self, letter: Letter) -> None:
        """The server answers; what a complete pull must amount to is written down at that very moment."""
        try:
            letter.answer = await self.server.post(letter.phone.core.user, letter.what, letter.request)
        except Broken:
            return
        self._check_results(letter.answer)
        if letter.what == "pull" and "refused" not in letter.answer:
            user = letter.phone.core.user
            held = await domain_notes.buckets_of(cast("Any", await domain_notes.load_person(user)), 0)
            assert letter.answer["buckets"] == held, "I11: only what he holds now"
            if not letter.answer["more"]:
                letter.scope = await scope_of(user)

    def read(self, letter: Letter) -> None:
        phone, answer = letter.phone, letter.answer
        if answer is None or phone not in self.phones:
            return
        if letter.what == "push":
            phone.take_push(letter.request, answer)
        elif letter.request["replica"] == phone.replica and phone.take_pull(answer):
            self._check_checkpoint(phone, answer, letter.scope)

    def _check_checkpoint(self, phone: Direct, page: dict[str, Any], scope: Everything | None) -> None:
        assert phone.everything() == scope, "I9: a checkpoint is the server's state at its head"
        assert page["head"] >= self.heads.get(id(phone), 0), "I12: the head went back"
        self.heads[id(phone)] = page["head"]

    def _check_results(self, answer: dict[str, Any]) -> None:
        for result in answer.get("results", ()):
            known = self.ledger.setdefault(result["uuid"], result)
            assert known == result, "I5: another answer to the same question"

    # -- the office ------------------------------------------------------------------------------------------

    @rule(pk=indices, territory=st.sampled_from([*TERRITORIES, None]))
    def office_moves(self, pk: int, territory: str | None) -> None:
        self._sql("UPDATE notes SET territory_id = $1 WHERE id = $2", territory, self.changing(pk))

    @rule(pk=indices)
    def office_deletes(self, pk: int) -> None:
        self._sql("DELETE FROM notes WHERE id = $1", self.changing(pk))

    @rule(person=people, territory=territories)
    def reassign(self, person: str, territory: str) -> None:
        async def toggle() -> None:
            async with db.unit_of_work():
                arguments = (person, territory)
                if not await db.execute(
                    "DELETE FROM holdings WHERE person_id = $1 AND territory_id = $2", *arguments
                ):
                    await db.execute(
                        "INSERT INTO holdings (person_id, territory_id) VALUES ($1, $2)", *arguments
                    )

        self.run(toggle())

    def _sql(self, sql: str, *arguments: object) -> None:
        async def write() -> None:
            async with db.unit_of_work():
                await db.execute(sql, *arguments)

        self.run(write())

    # -- accidents -------------------------------------------------------------------------------------------

    @rule()
    def collect_tombstones(self) -> None:
        self.run(collect(kept=-(10**12)))

    @rule(at=indices, nth=st.integers(0, 3), kind=st.sampled_from(["unavailable", "poisoned"]))
    def break_handler(self, at: int, nth: int, kind: str) -> None:
        entries = list(self.phone(at).core.outbox.values())
        if entries:
            getattr(FAULTS, kind).add(entries[nth % len(entries)].command["uuid"])

    @rule()
    def mend_handlers(self) -> None:
        FAULTS.clear()

    @rule(minutes=st.sampled_from([1, 11]))
    def time_passes(self, minutes: int) -> None:
        self.server.clock.advance(minutes * MINUTE)

    @rule(at=indices)
    def kill_the_tab(self, at: int) -> None:
        self.phone(at).core.discard_staging()

    @precondition(lambda self: len(self.phones) < 4)
    @rule(at=indices)
    def clone(self, at: int) -> None:
        old = self.phone(at)
        twin = Direct(self.server, old.core.user)
        twin.core, twin.registered = old.core.clone(new_id), old.registered
        self.heads[id(twin)] = self.heads.get(id(old), 0)
        self.phones.append(twin)

    @precondition(lambda self: len(self.phones) < 4)
    @rule(person=people)
    def another_phone(self, person: str) -> None:
        self.phones.append(Direct(self.server, person))

    @precondition(lambda self: len(self.phones) > 2)
    @rule(at=indices)
    def evict(self, at: int) -> None:
        gone = self.phone(at)
        self.phones.remove(gone)
        self.lost |= {entry.command["uuid"] for entry in gone.core.outbox.values()} | set(gone.core.issues)

    # -- the end ---------------------------------------------------------------------------------------------

    async def _settle(self, phone: Direct, *, is_patient: bool = False) -> None:
        for _ in range(200):
            await phone.ready()
            request = phone.push_request()
            stop = None
            if request is not None:
                try:
                    answer = await self.server.post(phone.core.user, "push", request)
                except Broken:
                    return
                self._check_results(answer)
                phone.take_push(request, answer)
                stop = answer.get("stop", {}).get("reason")
            if stop in ("retry", "dependency_wait"):
                if not is_patient:
                    return
                self.server.clock.advance(3 * MINUTE if stop == "retry" else DAY // 3)
            for _ in range(200):
                await phone.ready()
                letter = Letter(phone, "pull", phone.pull_request())
                await self._reach(letter)
                if letter.answer is not None and phone.take_pull(letter.answer):
                    self._check_checkpoint(phone, letter.answer, letter.scope)
                    break
            else:
                raise AssertionError("I13: pulling does not come to an end")
            if not phone.core.outbox:
                return
        raise AssertionError("I13: the outbox does not get empty")

    def teardown(self) -> None:
        if hasattr(self, "phones"):
            FAULTS.clear()
            for phone in (*self.phones, *self.phones):
                self.run(self._settle(phone, is_patient=True))
            self.run(self._check_end())

    async def _check_end(self) -> None:
        effects = [row["uuid"] for row in await db.fetch("SELECT uuid FROM effects")]
        assert len(effects) == len(set(effects)), "I1: an effect happened twice"
        decided = {
            row["uuid"]: row["status"] for row in await db.fetch("SELECT uuid, status FROM sync_command")
        }
        applied = {uuid for uuid, status in decided.items() if status == "applied"}
        assert set(effects) == applied, "I1: effects and decisions differ"
        # What waited for a refused parent and was never sent lies with it in "needs attention".
        issues = {uuid for phone in self.phones for uuid in phone.core.issues}
        assert self.acted - self.lost - issues <= set(decided), "I2: a command was lost"
        ordered = await db.fetch(
            "SELECT e.replica_id, n.number FROM effects e JOIN sync_number n "
            "ON n.uuid = e.uuid AND n.replica_id = e.replica_id ORDER BY e.place"
        )
        last: dict[str, int] = {}
        for row in ordered:
            assert row["number"] > last.get(row["replica_id"], 0), "I3: out of order"
            last[row["replica_id"]] = row["number"]
        gaps = await db.fetch(
            "SELECT r.id FROM sync_replica r LEFT JOIN sync_number n ON n.replica_id = r.id "
            "GROUP BY r.id, r.last_number HAVING count(n.number) <> r.last_number"
        )
        assert gaps == [], "I4: a number was consumed without a decision"
        left = await db.fetch_value("SELECT amount FROM stock WHERE id = 'tea'")
        taken = await db.fetch_value("SELECT coalesce(sum(amount), 0) FROM takings")
        assert left >= 0, "I7: more was taken than there was"
        assert left + taken == STOCK, "I7: stock was made or lost"
        for phone in self.phones:
            assert not phone.core.outbox, "I13: work is left on a phone"
            assert phone.everything() == await scope_of(phone.core.user), "I13: phones and server differ"


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


def play(server: Server, examples: int, *phases: Phase) -> None:
    """Run the machine against a server; raises what it found."""
    bound = type("BoundMachine", (Machine,), {"server": server})
    run_state_machine_as_test(
        bound,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=os.environ.get("ROUNDSMAN_SYNC_RANDOM") is None,
            database=None,
            print_blob=True,
            report_multiple_bugs=False,
            phases=phases or tuple(Phase),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow(19)
def test_the_real_server_under_a_hostile_network(server: Server) -> None:
    play(server, EXAMPLES)


@pytest.mark.slow(5)
@pytest.mark.parametrize("bug", ["no_removals", "foreign_bucket", "changed_answer", "head_of_page"])
@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_the_machine_notices_a_broken_server(
    server: Server, bug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries, buckets, text = reading_module._entries, pull_module._buckets, result_text

    async def without_removals(*arguments: Any) -> Any:
        return [entry for entry in await entries(*arguments) if entry["row"] is not None]

    async def with_a_foreign_bucket(*arguments: Any) -> Any:
        held, notices = await buckets(*arguments)
        return [*dict.fromkeys([*held, "terr:c"])], notices

    async def cut_short(reading: Any, tables: Any, registry: Any, most: int) -> Any:
        return (await entries(reading, tables, registry, most))[: most - 1]

    if bug == "no_removals":
        monkeypatch.setattr(reading_module, "_entries", without_removals)
    elif bug == "foreign_bucket":
        monkeypatch.setattr(pull_module, "_buckets", with_a_foreign_bucket)
    elif bug == "changed_answer":
        monkeypatch.setattr(answer_module, "result_text", lambda number, *rest: text(7, *rest))
    else:
        monkeypatch.setattr(reading_module, "_entries", cut_short)
    with pytest.raises((AssertionError, KeyError)):
        play(server, 400, Phase.generate)
