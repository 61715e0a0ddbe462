"""Every text of the JSON parsing test suite as a body, and as the arguments of a pushed command: what is no JSON is
refused as such, the rest is decided, and nobody's rows change by either.

Suite: github.com/nst/JSONTestSuite (y_ must be accepted, n_ refused, i_ is left to the parser).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.sync.limits import Limits, use_limits
from tests.phone import Phone
from tests.real_data import needs_shared, shared
from tests.sync.world import World

pytestmark = [needs_shared, pytest.mark.slow(6)]
JSON = {"content-type": "application/json"}


def texts() -> list[Path]:
    return sorted(shared("protocol", "json-test-suite", "test_parsing").glob("*.json"))


@pytest.fixture
async def wang(world: World) -> Phone:
    use_limits(Limits(requests_at_once=10_000, bytes_at_once=2**30))
    await world.give("wang", "t1")
    phone = world.phone("wang")
    await phone.sync()
    return phone


async def test_each_as_a_body(wang: Phone) -> None:
    found = texts()
    assert len(found) > 300
    for file in found:
        for path in ("/api/sync/pull", "/api/sync/push", "/api/commands/notes.add"):
            headers = {**JSON, "idempotency-key": new_id()}
            answer = await wang.client.post(path, content=file.read_bytes(), headers=headers)
            # None of them is what these doors ask for, well-formed or not.
            assert 400 <= answer.status_code < 500, (file.name, path, answer.text)
            assert answer.json()["code"], (file.name, path)
    assert await db.fetch_value("SELECT count(*) FROM notes") == 0


async def test_each_as_the_arguments_of_a_command(wang: Phone) -> None:
    taken = 0
    known = wang.pull_request()
    for file in texts():
        uuid = new_id()
        head = (
            f'{{"proto":1,"epoch":"{known["epoch"]}","replica":"{known["replica"]}","schema":1,"client_time":0,'
            f'"commands":[{{"number":{taken + 1},"uuid":"{uuid}","name":"notes.add","v":2,"captured_at":0,"tz":"UTC",'
            f'"args":'
        )
        body = head.encode() + file.read_bytes() + b"}]}"
        answer = await wang.client.post("/api/sync/push", content=body, headers=JSON)
        kind = file.name[0]
        assert answer.status_code < 500, (file.name, answer.text)
        if answer.status_code == 200:
            # As arguments of anything it means nothing: decided, and never applied.
            (result,) = answer.json()["results"]
            assert kind in "yi", file.name
            assert result["status"] == "rejected", (file.name, result)
            taken += 1
        else:
            assert kind in "ni", (file.name, answer.text)
    assert taken >= 95
    assert await db.fetch_value("SELECT count(*) FROM notes") == 0
    numbers = await db.fetch_value("SELECT last_number FROM sync_replica WHERE id = $1", known["replica"])
    assert numbers == taken
