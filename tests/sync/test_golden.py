"""What earlier builds sent is sent to this server: every recorded day ends as it ended, and upcasters read all of it.

A command that changed is answered by `python -m tests.sync.record <date>`, never by writing a recorded build anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Command, Domain, Payload, command
from roundsman.core.ids import new_id
from roundsman.core.registry import Registry
from roundsman.core.times import FixedClock, use_clock
from roundsman.sync.domain import DOMAIN as SYNC
from roundsman.sync.limits import use_limits
from tests.cast import Cast, the_registry
from tests.databases import Mould
from tests.phone import Phone, assert_stale_equals_fresh
from tests.sync import domain_notes
from tests.sync.builds import BEGAN, Build, builds, digests, lacks, replay, shapes
from tests.sync.world import LIMITLESS, World

BUILDS = builds()
REFUSED = {
    "customers.territory_unknown": "a customer put where the rep does not work",
    "customers.unknown": "a change of a customer he does not have",
    "dependency": "what hangs on a refused one",
    "sync.still_unknown": "a quarantined command nobody knows yet",
    "unknown_command": "a command of a later build, kept in quarantine",
}
"""The only refusals in a recorded day, and what each was provoked by."""
NOT_LIVED = {
    "2026-11-30": re.compile(
        r"(agents|catalog|inventory|receivables|orders)\.|customers\.set_(price_)?level$|files\.give_up_photo$"
    )
}
"""What an older build knew and its day did not send; every later one sends all it knows."""


@pytest.fixture
def mould(request: pytest.FixtureRequest) -> Mould[Any]:
    """The app with nobody in it for the recorded days, the notes for what no build of the app ever sent."""
    name = "stage_mould" if "stage" in request.fixturenames else "notes_mould"
    found: Mould[Any] = request.getfixturevalue(name)
    return found


@pytest.fixture
def clock() -> Iterator[FixedClock]:
    made = FixedClock(BEGAN)
    with use_clock(made):
        yield made


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.name)
async def test_a_recorded_day_ends_as_it_ended(stage: Cast, build: Build, clock: FixedClock) -> None:
    use_limits(LIMITLESS)
    now, then = await replay(stage, build, clock), build.kept("answers.json")
    assert len(now) == len(then) == len(build.requests)
    codes = set()
    for number, (before, after) in enumerate(zip(then, now, strict=True)):
        place = f"request {number}, {build.requests[number]['path']}"
        assert after["status"] == before["status"], place
        assert after.get("told") == before.get("told"), place
        assert lacks(before["shape"], after["shape"]) == [], place
        for uuid, result in before.get("results", {}).items():
            assert after["results"][uuid]["told"] == result["told"], f"{place}, {uuid}"
            assert lacks(result["shape"], after["results"][uuid]["shape"]) == [], f"{place}, {uuid}"
            codes.add(result["told"][1])
        codes.add((before.get("told") or {}).get("code"))
    assert codes - {None} == set(REFUSED)
    # Sent again, the whole day changes nothing: decided is decided.
    pushes = [request for request in build.requests if request["path"].endswith("/push")]
    numbers = await db.fetch_value("SELECT count(*) FROM sync_command WHERE number IS NOT NULL")
    assert numbers == len({one["uuid"] for push in pushes for one in json.loads(push["text"])["commands"]})


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.name)
def test_what_a_build_sent_can_still_be_read(build: Build) -> None:
    registry = the_registry()
    for name, version, args in build.sent():
        found = registry.commands.get(name)
        if found is None:
            assert name == "visits.sing", f"{name} is gone, and phones still send it"
            continue
        raw = json.dumps(args).replace("replica-", "019aa000-000c-7000-8000-00000000000").encode()
        assert isinstance(found.decode(raw, version), found.payload), name


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.name)
def test_a_recorded_build_is_as_it_was_recorded(build: Build) -> None:
    assert digests(build.name) == build.kept("build.json")["sha256"], "a recorded build is never written anew"
    names = {name for name, _, _ in build.sent()}
    not_lived = NOT_LIVED.get(build.name, re.compile("$."))
    known = {name for name in build.kept("build.json")["commands"] if not not_lived.match(name)}
    assert known <= names, f"a build's day has every command it knew, but not {sorted(known - names)}"
    assert BUILDS[-1].name not in NOT_LIVED


def test_the_newest_recorded_build_has_the_commands_as_they_are() -> None:
    recorded, now = BUILDS[-1].kept("build.json")["commands"], shapes(the_registry())
    changed = {name for name in {**now, **recorded} if now.get(name) != recorded.get(name)}
    assert not changed, (
        f"{sorted(changed)}: a command or its version changed. Record a new build and keep the old ones: "
        "`python -m tests.sync.record <date>`"
    )


def test_a_command_whose_shape_changed_is_noticed() -> None:
    registry = the_registry()
    name = "visits.check_in"
    before = registry.commands[name]

    class CheckIn(before.payload, kw_only=True, frozen=True):  # type: ignore[name-defined,misc,call-arg]  # made here
        mood: str

    changed = dict(registry.commands)
    changed[name] = Command(name, before.version, before.permission, CheckIn, None, before.handler)
    assert shapes(registry)[name] != shapes(_With(changed))[name]  # type: ignore[arg-type]  # all it looks at
    assert shapes(registry)["visits.skip"] == shapes(_With(changed))["visits.skip"]  # type: ignore[arg-type]


class _With:
    def __init__(self, commands: dict[str, Command]) -> None:
        self.commands = commands


def test_lost_and_changed_fields_of_an_answer_are_noticed_and_new_ones_are_not() -> None:
    before = {"a": "int", "b": [{"c": "str"}]}
    assert lacks(before, {**before, "more": "int"}) == []
    assert lacks(before, {"b": [{"c": "str"}]}) == [".a"]
    assert lacks(before, {"a": "str", "b": [{}]}) == [".a: int is now str", ".b[].c"]


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)


@cache
def _old_arguments() -> list[tuple[Command, int, st.SearchStrategy[dict[str, Any]]]]:
    """Every older version a command can be read in, with arguments of it: as recorded, and with unknown fields."""
    found = []
    for registry in (the_registry(), Registry([domain_notes.DOMAIN, SYNC])):
        for one in registry.commands.values():
            for version in range(1, one.version):
                assert one.knows(version), f"{one.name} {version}: phones may still send it"
                recorded = [a for b in BUILDS for n, v, a in b.sent() if (n, v) == (one.name, version)]
                recorded += OLD.get((one.name, version), [])
                assert recorded, f"no build ever sent {one.name} {version}"
                extra = st.dictionaries(st.sampled_from(["unknown", "未知"]), st.integers() | WORDS)
                varied = st.builds(lambda base, more: {**more, **base}, st.sampled_from(recorded), extra)
                found.append((one, version, varied))
    return found


# The engine's own domain of the tests has the one command that was ever upcast; no build of the app sent it.
OLD = {
    ("notes.add", 1): [
        {"note_id": new_id(), "territory_id": "north", "text": text} for text in ("", "甲", "x" * 4000, '"\\')
    ]
}


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_upcasters_are_total_and_leave_their_input_alone(data: st.DataObject) -> None:
    """Twice from the same sealed bytes is the same payload: a batch may be decided again."""
    for one, version, arguments in _old_arguments():
        args = data.draw(arguments)
        raw = json.dumps(args).encode()
        payload = one.decode(raw, version)
        assert isinstance(payload, one.payload)
        assert one.decode(raw, version) == payload
        for step in range(version, one.version):
            before = json.loads(json.dumps(args))
            after = one.upcasters[step](dict(args))
            assert one.upcasters[step](dict(before)) == after, "an upcaster knows only its arguments"
            args = after
        # What came out is of the present version: reading it as such changes nothing any more.
        assert one.decode(json.dumps(args).encode(), one.version) == payload


class Sing(Payload, kw_only=True, frozen=True):
    """A note under a song's name."""

    note_id: str
    song: str


@command("notes.sing", permission=None)
async def sing(ctx: Ctx, cmd: Sing) -> None:
    """Write the song down."""
    await db.execute(
        "INSERT INTO notes (id, territory_id, author_id, body, is_pinned, extra, rank, secret) "
        "VALUES ($1, NULL, $2, $3, $4, $5, 0, '')",
        cmd.note_id, ctx.person.id, cmd.song, False, "{}",
    )  # fmt: skip


def _later() -> Registry:
    """The release after this one: a command more, and another version of one there is."""
    old = domain_notes.DOMAIN
    known = Registry([old, SYNC]).commands
    adding = known["notes.add"]
    newer = Command(
        name=adding.name,
        version=adding.version + 1,
        permission=adding.permission,
        payload=adding.payload,
        answer=adding.answer,
        handler=adding.handler,
        upcasters={**adding.upcasters, adding.version: lambda args: args},
    )
    others = [one for name, one in known.items() if name.startswith("notes.") and one is not adding]
    rest = {
        name: getattr(old, name)
        for name in ("tables", "feeds", "permissions", "buckets", "load_person", "authenticate")
    }
    return Registry([Domain(name=old.name, commands=[*others, newer, sing], **rest), SYNC])


async def test_what_a_later_build_sends_waits_for_the_release_that_knows_it(
    world: World, database_url: str
) -> None:
    await world.give("wang", "north")
    phone: Phone = world.phone("wang")
    note, song = new_id(), new_id()
    uuids = [
        phone.act("notes.sing", {"note_id": song, "song": "茉莉花"}),
        phone.act("notes.add", {"note_id": note, "territory_id": "north", "body": "x"}, version=3),
        phone.act("notes.add", {"note_id": new_id(), "territory_id": "north", "body": "y"}, version=2),
    ]
    await phone.sync()
    assert [phone.status(uuid) for uuid in uuids] == ["quarantined", "quarantined", "applied"]
    assert [phone.code(uuid) for uuid in uuids[:2]] == ["unknown_command", "unknown_version"]
    assert len(phone.rows("notes")) == 1
    deployed = World(database_url, _later())
    try:
        await deployed.set_up()
        with db.use(deployed.database):
            for uuid in uuids[:2]:
                headers = {"Idempotency-Key": new_id()}
                answer = await deployed.client("boss").post(
                    "/api/commands/sync.replay_quarantined", json={"uuid": uuid}, headers=headers
                )
                assert answer.json()["status"] == "applied", answer.text
            phone.client = deployed.client("wang")
            await assert_stale_equals_fresh(phone)
            assert [phone.status(uuid) for uuid in uuids] == ["applied"] * 3
            assert {song, note} < set(phone.rows("notes"))
            assert await db.fetch_value("SELECT count(*) FROM notes") == 3
    finally:
        await deployed.close()
