"""What every answer of the API has in common: problems without internals, pages, ETags, headers,
compression.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import brotli
import httpx
import pytest
import zstandard
from structlog.testing import capture_logs

from roundsman.core import db
from roundsman.core.http.asgi import Message
from roundsman.core.http.compression import accepted
from tests.cast import Cast
from tests.core.trial import KINDS, served, served_lightly, sign_in_first, the_trial_app
from tests.databases import Mould

Client = httpx.AsyncClient


@pytest.fixture
def mould(stage_mould: Mould[Cast]) -> Mould[Cast]:
    """A company's tables, made once."""
    return stage_mould


@pytest.fixture
async def client(sqlite_url: str) -> AsyncIterator[Client]:
    async with served_lightly(db.connect_to(sqlite_url)) as opened:
        yield opened


@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_a_refusal_becomes_a_problem_of_its_kind(client: Client, kind: str) -> None:
    answer = await client.get(f"/api/trial/refuse/{kind}", headers={"X-Request-Id": "abc-12345"})
    assert answer.status_code == KINDS[kind].status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:roundsman:problem:trial.no",
        "title": {
            422: "Unprocessable Entity",
            404: "Not Found",
            403: "Forbidden",
            409: "Conflict",
            410: "Gone",
        }.get(answer.status_code, "Service Unavailable"),
        "status": KINDS[kind].status,
        "kind": kind,
        "code": "trial.no",
        "details": {"why": "because"},
        "request_id": "abc-12345",
    }


async def test_a_crash_tells_nothing_to_the_one_who_asked(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await client.get("/api/trial/break")
    assert answer.status_code == 500
    assert answer.json()["code"] == "error"
    assert "4711" not in answer.text
    assert "ZeroDivision" not in answer.text


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b'{"lines": [{"quantity": 1}, {"quantity": "x"}]}', 422, "lines[1].quantity"),
        (b'{"lines": 5}', 422, "lines"),
        (b"{}", 422, ""),
        (b"{nonsense", 422, ""),
        (b"\xff\xfe", 422, ""),
    ],
)
async def test_a_body_of_the_wrong_shape_names_the_field(
    client: Client, body: bytes, status: int, field: str
) -> None:
    answer = await client.post("/api/trial/sheet", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (status, "invalid")
    assert answer.json()["details"]["field"] == field


async def test_a_body_over_the_limit_is_too_large(client: Client) -> None:
    answer = await client.post("/api/trial/sheet", content=b"x" * 1_100_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_the_limit_of_bodies_is_a_setting(sqlite_url: str, tmp_path: Path) -> None:
    async with served(sqlite_url, tmp_path, body_limit=70_000) as client:
        assert (await client.post("/api/trial/sheet", content=b"x" * 70_001)).status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nowhere", 404),
        ("POST", "/api/nowhere", 404),
        ("DELETE", "/api/identity/me", 405),
        ("GET", "/api/identity/me", 401),
        ("GET", "/api/trial/mine", 401),
        ("OPTIONS", "/api/trial/mine", 401),
        ("POST", "/api/commands/trial.put", 401),
    ],
)
async def test_what_is_not_there_and_who_is_not_known(
    client: Client, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path, headers={"accept": "text/html"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


async def test_every_answer_has_the_security_headers(client: Client) -> None:
    for path in (
        "/",
        "/api/nowhere",
        "/api/trial/numbers",
        "/healthz",
        "/api/trial/break",
        "/assets/nothing.js",
    ):
        headers = (await client.get(path)).headers
        assert headers["content-security-policy"] == (
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
            "img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
            "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        ), path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["permissions-policy"].startswith("camera=(self), geolocation=(self)")
        assert "strict-transport-security" not in headers
        assert "server" not in headers
    assert (await client.get("/api/trial/numbers")).headers["cache-control"] == "no-store"
    assert (await client.get("/api/nowhere")).headers["cache-control"] == "no-store"
    secure = await client.get("https://rounds.test/healthz")
    assert secure.headers["strict-transport-security"] == "max-age=31536000"


async def test_a_request_id_that_is_no_id_is_replaced(client: Client) -> None:
    answer = await client.get("/healthz", headers={"X-Request-Id": 'x"} injected'})
    assert len(answer.headers["x-request-id"]) == 36


@pytest.mark.parametrize(
    ("headers", "is_let_in"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://rounds.test"}, False),
        ({"Origin": "http://rounds.test"}, True),
        ({"Origin": "https://rounds.test"}, False),
        ({"Origin": "http://evil.test"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://evil.test", "Authorization": "Bearer x"}, True),
    ],
)
async def test_another_sites_page_cannot_write(
    client: Client, headers: dict[str, str], is_let_in: bool
) -> None:
    answer = await client.post("/api/trial/sheet", json={"lines": []}, headers=headers)
    assert answer.status_code == (201 if is_let_in else 403)
    if not is_let_in:
        assert answer.json()["code"] == "cross_site"
    assert (await client.get("/api/trial/numbers", headers=headers)).status_code == 200


async def test_pages_follow_each_other_to_the_end(client: Client) -> None:
    seen: list[int] = []
    after = ""
    for _ in range(5):
        page = (await client.get("/api/trial/numbers", params={"after": after} if after else {})).json()
        seen += page["rows"]
        after = page["next"]
        if after is None:
            break
    assert seen == list(range(8))


@pytest.mark.parametrize("after", ["x", "WyJhIl0", "W10", "WzEsMl0", "%00", "A" * 2000])
async def test_a_cursor_of_another_list_is_refused(client: Client, after: str) -> None:
    answer = await client.get("/api/trial/numbers", params={"after": after})
    assert (answer.status_code, answer.json()["details"].get("field")) == (422, "after")


@pytest.mark.parametrize("limit", ["0", "501", "x"])
async def test_a_page_has_a_sensible_size(client: Client, limit: str) -> None:
    assert (await client.get("/api/trial/numbers", params={"limit": limit})).status_code == 422


async def test_what_the_client_holds_is_not_sent_again(client: Client) -> None:
    first = await client.get("/api/trial/tagged")
    tag = first.headers["etag"]
    again = await client.get("/api/trial/tagged", headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    changed = await client.get("/api/trial/tagged?size=11", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


async def test_json_is_compressed_as_the_client_takes_it(client: Client) -> None:
    async def answer_for(encodings: str) -> tuple[str | None, bytes]:
        request = client.build_request(
            "GET", "/api/trial/tagged?size=900", headers={"accept-encoding": encodings}
        )
        response = await client.send(request, stream=True)
        raw = b"".join([part async for part in response.aiter_raw()])
        assert int(response.headers["content-length"]) == len(raw)
        assert response.headers["vary"] == "accept-encoding"
        return response.headers.get("content-encoding"), raw

    kind, plain = await answer_for("identity")
    assert kind is None
    kind, body = await answer_for("gzip, br, zstd")
    assert (kind, zstandard.ZstdDecompressor().decompress(body)) == ("zstd", plain)
    kind, body = await answer_for("gzip, deflate, br")
    assert (kind, brotli.decompress(body)) == ("br", plain)
    assert await answer_for("br;q=0, zstd;q=0.0") == (None, plain)


def test_an_encoding_of_weight_nought_is_not_accepted() -> None:
    assert accepted("br;q=0, zstd; q=0.000 , gzip;q=0.5,deflate") == {"gzip", "deflate"}


async def test_health_needs_no_company_and_readiness_its_database(client: Client) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    assert (await client.get("/readyz")).json() == {"status": "ready"}


async def test_the_context_of_a_request_is_the_persons(client: Client) -> None:
    person_id = await sign_in_first(client)
    assert (await client.get("/api/trial/mine")).json() == {"id": person_id, "tz": "Asia/Shanghai"}


async def test_a_token_in_the_header_counts_as_well_and_alone(client: Client) -> None:
    await sign_in_first(client)
    token = client.cookies["roundsman"]
    bearer = {"Authorization": f"Bearer {token}"}
    client.cookies.clear()
    assert (await client.get("/api/trial/mine", headers=bearer)).status_code == 200
    assert (await client.get("/api/trial/mine", headers={"Authorization": "Bearer wrong"})).status_code == 401
    # A plain cookie could come from a neighbouring site, so over https only the __Host- one counts.
    assert (
        await client.get("https://rounds.test/api/trial/mine", headers={"Cookie": f"roundsman={token}"})
    ).status_code == 401
    named = {"Cookie": f"__Host-roundsman={token}"}
    assert (await client.get("https://rounds.test/api/trial/mine", headers=named)).status_code == 200


async def test_whoever_goes_away_in_the_middle_of_his_body_is_no_failure_of_ours(client: Client) -> None:
    app = the_trial_app()
    said = iter(
        [
            {"type": "http.request", "body": b'{"lines": [', "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    sent: list[Message] = []

    async def receive() -> Message:
        return next(said)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"rounds.test"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/api/trial/sheet", "headers": headers}
    with capture_logs() as logs:
        await app({**scope, "scheme": "http", "query_string": b"", "client": None}, receive, send)
    assert sent[0]["status"] == 400
    # That he asked may be told, where an app of another test tells it.
    assert [line for line in logs if line["log_level"] != "info"] == []
