"""One command over HTTP: typed, once per key, refused by the same codes as a phone's; on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.core.trial import served_lightly, sign_in_first
from tests.databases import Mould

Client = httpx.AsyncClient
URL = "/api/commands/trial.put"


@pytest.fixture
def mould(stage_mould: Mould[Cast]) -> Mould[Cast]:
    """A company's tables, made once."""
    return stage_mould


@pytest.fixture
async def client(database_url: str) -> AsyncIterator[Client]:
    async with served_lightly(db.connect_to(database_url)) as opened:
        await sign_in_first(opened)
        yield opened


async def test_a_command_is_run_once_per_key(client: Client) -> None:
    key = {"Idempotency-Key": new_id()}
    first = await client.post(URL, json={"word": "茶"}, headers=key)
    assert first.status_code == 200, first.text
    assert first.json()["status"] == "applied"
    assert first.json()["result"] == {"word": "茶"}
    assert first.json()["uuid"] == key["Idempotency-Key"]
    assert "idempotency-replayed" not in first.headers
    again = await client.post(URL, json={"word": "茶"}, headers=key)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == first.json()
    other = await client.post(URL, json={"word": "酒"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


async def test_a_refusal_is_remembered_too(client: Client) -> None:
    key = {"Idempotency-Key": "an-ordinary-key-1"}
    for _ in range(2):
        answer = await client.post(URL, json={"word": "x", "is_wrong": True}, headers=key)
        assert (answer.status_code, answer.json()["code"]) == (409, "trial.wrong")
        assert answer.json()["details"] == {"word": "x"}


async def test_a_command_wants_a_key_a_payload_and_a_permission(client: Client) -> None:
    key = {"Idempotency-Key": new_id()}
    assert (await client.post(URL, json={"word": "x"})).status_code == 422
    assert (
        await client.post(URL, json={"word": "x"}, headers={"Idempotency-Key": "short"})
    ).status_code == 422
    wrong = await client.post(URL, json={"word": 5}, headers=key)
    assert (wrong.status_code, wrong.json()["details"]["field"]) == (422, "word")
    denied = await client.post("/api/commands/trial.touch", json={"word": "x"}, headers=key)
    assert (denied.status_code, denied.json()["code"]) == (403, "forbidden")
    assert denied.json()["details"] == {"permission": "trial.forbidden"}
    assert (await client.post("/api/commands/trial.nothing", json={}, headers=key)).status_code == 404


async def test_the_document_describes_every_command(client: Client) -> None:
    document = (await client.get("/api/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    operation = document["paths"]["/api/commands/trial.put"]["post"]
    assert operation["operationId"] == "trial.put"
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    assert document["components"]["schemas"][body["$ref"].rpartition("/")[2]]["required"] == ["word"]
    assert operation["parameters"][0]["name"] == "Idempotency-Key"
    assert operation["parameters"][0]["required"] is True
    for status in ("401", "403", "404", "409", "410", "413", "422", "500", "503"):
        name = operation["responses"][status]["$ref"].rpartition("/")[2]
        content = document["components"]["responses"][name]["content"]
        assert content == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    ids = [
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    ]
    assert len(ids) == len(set(ids))
    assert document["paths"]["/api/identity/sign_in"]["post"]["security"] == []
