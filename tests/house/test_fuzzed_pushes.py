"""Every command by a phone with made-up arguments, right and wrong: each is decided, none crashes, and one that is
refused has changed nothing.

`ROUNDSMAN_FUZZ=60` sends so many of each command instead of a few, and others each time; since that takes minutes, with
`-o faulthandler_timeout=0`.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from roundsman.core import db
from roundsman.core.domain import Command
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, now_ms
from roundsman.identity.commands import people
from roundsman.sync.limits import use_limits
from tests.cast import Cast, the_registry
from tests.house.test_rights import COMMANDS, Day
from tests.make.arguments import arguments_of, filled, spoilt
from tests.sync.world import LIMITLESS

MANY: Final = int(os.environ.get("ROUNDSMAN_FUZZ") or 0)
EXAMPLES: Final = MANY or 2
SEED: Final = random.randrange(2**32) if MANY else 20_261_122
THE_LOG: Final = {"sync_command", "sync_number", "sync_replica", "sync_source", "sync_head", "sync_attempt"}
"""What a refused command may write: that it was refused, and how far its phone is."""
TABLES_OF: Final = {
    "customer_id": "customers",
    "territory_id": "territories",
    "parent_id": "territories",
    "owner_id": "people",
    "person_id": "people",
    "visit_id": "visits",
    "step_id": "visit_steps",
    "route_id": "routes",
    "stop_id": "route_stops",
    "class_id": "customer_classes",
    "pin_id": "customer_pins",
    "contact_id": "contacts",
    "membership_id": "memberships",
    "template_id": "step_templates",
    "photo_id": "photos",
    "level_id": "price_levels",
    "price_level_id": "price_levels",
    "agent_id": "agents",
    "upline_id": "agents",
    "invitation_id": "invitations",
    "request_id": "upgrade_requests",
    "variant_id": "variants",
    "list_id": "price_lists",
    "order_id": "orders",
    "line_id": "order_lines",
    "return_id": "order_returns",
    "return_line_id": "order_return_lines",
}
SENDERS: Final = ("rep", "agent", "manager", "clerk", "administrator")
UNENTITLED: Final = "courier"
Tables = dict[str, list[db.Row]]


def cases_of(command: Command) -> list[dict[str, Any]]:
    """What is sent of a command, and how; the same each time unless many are asked for."""
    made: list[dict[str, Any]] = []
    how = st.fixed_dictionaries(
        {
            "args": arguments_of(command),
            "v": st.sampled_from([command.version] * 18 + [command.version + 1, 0]),
            "captured_at": st.sampled_from([None, 0, -1, 2**53, 10**30, now_ms() - DAY, now_ms()]),
            "skew_ms": st.sampled_from([None, 0, DAY, -(2**53), 2**53]),
            "tz": st.sampled_from([None, "Asia/Shanghai", "Nowhere/City", "", "../../etc/passwd"]),
        }
    )

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(how)
    def draw(case: dict[str, Any]) -> None:
        made.append({"name": command.name, **case})

    draw()
    return made


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    """Of all commands, mixed: what one has made is what the next one meets."""
    found = [case for _, command in sorted(the_registry().commands.items()) for case in cases_of(command)]
    random.Random(SEED).shuffle(found)
    return found


def nearly_right(day: Day) -> list[dict[str, Any]]:
    """What the rep of the day did, as it was and with one thing wrong: it comes further into the rules."""
    dice = random.Random(SEED)
    found = []
    for name, payloads in day.acts().items():
        for args in payloads:
            wrong = [spoilt(args, dice.randrange(2**32)) for _ in range(1 + MANY // 4)]
            found += [{"name": name, "v": 1, "args": one} for one in (args, *wrong)]
    dice.shuffle(found)
    return found


class Sender:
    """A phone that sends what it is told, one command a push."""

    def __init__(self, cast: Cast, name: str) -> None:
        self.cast, self.name, self.number = cast, name, 0

    async def begin(self) -> None:
        self.client = await self.cast.client(self.name)
        self.about = (await self.client.post("/api/sync/hello", json={"schema": 1})).json()

    async def push(self, case: dict[str, Any]) -> dict[str, Any]:
        """The one result; a push that is not decided fails the test."""
        self.number += 1
        body = {
            "epoch": self.about["epoch"],
            "replica": self.about["replica"],
            "commands": [{"number": self.number, "uuid": new_id(), **case}],
        }
        answer = await self.client.post("/api/sync/push", content=json.dumps(body))
        assert answer.status_code == 200, (self.name, case, answer.text)
        told = answer.json()
        assert "stop" not in told, (self.name, case, told)
        (result,) = told["results"]
        return dict(result)


async def table_names() -> list[str]:
    """Every table there is, but the log's."""
    if db.current().dialect == "postgres":
        listed = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
    else:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return sorted({row["name"] for row in await db.fetch(listed)} - THE_LOG)


async def everything(names: list[str]) -> Tables:
    """All rows of all tables."""
    return {name: await db.fetch(f"SELECT * FROM {name}") for name in names}


def changed(before: Tables, after: Tables) -> dict[str, list[str]]:
    """The rows that are only before or only after, by table."""
    texts = {name: (set(map(repr, before[name])), set(map(repr, after[name]))) for name in before}
    return {name: sorted(one ^ other) for name, (one, other) in texts.items() if one != other}


def ids_of(rows: Tables, spared: set[str], **more: list[str]) -> dict[str, list[str]]:
    """What exists, by the name of the field that would hold its id, without the spared ones."""
    ids = {
        field: sorted(str(row["id"]) for row in rows[table] if row["id"] not in spared)
        for field, table in TABLES_OF.items()
    }
    return {**ids, **more}


@pytest.mark.slow(8)
async def test_whatever_a_phone_sends_is_decided(cast: Cast, cases: list[dict[str, Any]]) -> None:
    use_limits(LIMITLESS)
    day = Day(cast)
    await day.live()
    phones = {name: Sender(cast, name) for name in (*SENDERS, UNENTITLED)}
    for phone in phones.values():
        await phone.begin()
    names = await table_names()
    assert {"customers", "visits", "sync_feed", "people", "sessions"} <= set(names)
    told: Counter[tuple[str, str | None]] = Counter()
    senders = {cast.people[name] for name in phones}
    lost = [(await cast.phone("stranger")).replica for _ in range(3)]
    uuids: list[str] = []
    before = await everything(names)
    for number, case in enumerate([*nearly_right(day), *cases]):
        allowed = [name for name in SENDERS if name in COMMANDS[case["name"]].split()]
        who = UNENTITLED if number % 20 == 0 else allowed[number % len(allowed)]
        # What ends people and their phones leaves those who send alone.
        spared = senders if case["name"].startswith("identity.") else set[str]()
        sent = {
            **case,
            "args": filled(case["args"], ids_of(before, spared, uuid=uuids, replica_id=lost), new_id),
        }
        # Too many wrong passwords are answered "not now", as they should be.
        people.forget_own_failures()
        result = await phones[who].push(sent)
        status, code = result["status"], result.get("code")
        told[status, code] += 1
        after = await everything(names)
        if status == "quarantined":
            assert code == "unknown_version", (who, sent, result)
        elif status == "rejected":
            assert code, (who, sent, result)
            assert result["kind"] in ("invalid", "not_found", "forbidden", "conflict", "gone"), result
        if status != "applied":
            assert changed(before, after) == {}, (who, sent, result)
        uuids = [*uuids[-5:], result["uuid"]]
        before = after
    statuses = Counter(status for status, _ in told.elements())
    assert min(statuses["applied"], statuses["rejected"]) > len(cases) // 10, told
    assert len(told) > 10, told
    print(f"seed {SEED}: {dict(statuses)}, {len(told)} outcomes")
