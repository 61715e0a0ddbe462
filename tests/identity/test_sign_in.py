"""Signing in: by what, how often, and what somebody who may not learns from it (nothing)."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator

import httpx
import pytest

from roundsman.core import db
from roundsman.core.times import DAY, HOUR, MINUTE, FixedClock, use_clock
from roundsman.identity import passwords
from roundsman.identity.passwords import Hashing, hash_password, use_hashing, verify_password
from roundsman.identity.rules import delay_after
from tests.cast import PASSWORD, Cast

START = 1_772_000_000_000


@pytest.fixture(autouse=True)
def clock() -> Iterator[FixedClock]:
    clock = FixedClock(START)
    with use_clock(clock):
        yield clock


async def attempt(client: httpx.AsyncClient, login: str, password: str = PASSWORD) -> httpx.Response:
    return await client.post("/api/identity/sign_in", json={"login": login, "password": password})


@pytest.mark.parametrize(
    "login",
    ["rep", "REP", " Rep ", "13800000000", "+86 138-0000-0000", "0086 13800000000", "１３８０００００００0"],
)
async def test_sign_in_by_any_of_ones_names(cast: Cast, login: str) -> None:
    answer = await attempt(cast.anybody(), login)
    assert answer.status_code == 200, answer.text
    assert answer.json()["person"]["id"] == cast.people["rep"]
    assert "visits.do" in answer.json()["person"]["permissions"]
    assert answer.json()["server_time"] == START


async def test_sign_in_by_name_only_where_it_is_one_persons(cast: Cast) -> None:
    assert (await attempt(cast.anybody(), "other rep")).status_code == 200
    await cast.done(
        "administrator", "identity.edit_person", person_id=cast.people["stranger"], name="Other Rep"
    )
    assert (await attempt(cast.anybody(), "other rep")).status_code == 403
    await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["stranger"])
    assert (await attempt(cast.anybody(), "other rep")).status_code == 200


async def test_a_phone_number_with_two_wrong_digits_is_nobody(cast: Cast) -> None:
    assert (await attempt(cast.anybody(), "13800000099")).status_code == 403


async def test_the_token_is_only_in_a_strict_cookie_and_hashed_in_the_database(cast: Cast) -> None:
    client = cast.anybody()
    answer = await attempt(client, "rep")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    token = client.cookies["roundsman"]
    assert token not in answer.text
    rows = await db.fetch("SELECT * FROM sessions")
    assert hashlib.sha256(token.encode()).hexdigest() in [row["token_hash"] for row in rows]
    assert token not in str(rows)
    assert (await client.get("/api/identity/me")).json()["person"]["id"] == cast.people["rep"]


async def test_the_cookie_over_https_belongs_to_the_host_alone(cast: Cast) -> None:
    transport = httpx.ASGITransport(app=cast.app)
    async with httpx.AsyncClient(transport=transport, base_url="https://rounds.test") as client:
        cookie = (await attempt(client, "rep")).headers["set-cookie"]
        assert cookie.startswith("__Host-roundsman=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert (await client.get("/api/identity/me")).status_code == 200


async def test_every_refusal_looks_the_same(cast: Cast) -> None:
    await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["courier"])
    client = cast.anybody()
    answers = [
        await attempt(client, "nobody at all"),
        await attempt(client, "rep", "wrong password"),
        await attempt(client, "courier"),
        await attempt(client, "13911111111"),
        await attempt(client, "%"),
    ]
    bodies = []
    for answer in answers:
        body = answer.json()
        body.pop("request_id")
        bodies.append((answer.status_code, body, "set-cookie" in answer.headers))
    assert all(body == bodies[0] for body in bodies)
    assert bodies[0][0] == 403
    assert bodies[0][1]["code"] == "identity.sign_in_refused"
    assert not bodies[0][2]


async def test_an_unknown_login_costs_the_same_work(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[bool] = []
    real = Hashing.verify

    def counting(self: Hashing, password: str, hashed: str | None) -> tuple[bool, str | None]:
        before = len(seen)
        answer = real(self, password, hashed)
        checked.append(len(seen) > before)
        return answer

    hasher = passwords._current()._passwords
    seen: list[str] = []
    real_check = hasher.verify_and_update

    def noting(password: str, hashed: str) -> tuple[bool, str | None]:
        seen.append(hashed.rpartition("$")[0].rpartition("$")[0])
        return real_check(password, hashed)

    monkeypatch.setattr(Hashing, "verify", counting)
    monkeypatch.setattr(hasher, "verify_and_update", noting)
    await attempt(cast.anybody(), "rep", "wrong password")
    await attempt(cast.anybody(), "nobody at all", "wrong password")
    assert checked == [True, True]
    assert seen[0] == seen[1], "the same parameters, so the same time"


async def test_sign_in_takes_the_same_statements_for_known_and_unknown(cast: Cast) -> None:
    statements: list[list[str]] = []
    real = type(cast.database).read

    async def noting(self: object, sql: str, arguments: object) -> object:
        statements[-1].append(sql)
        return await real(self, sql, arguments)  # type: ignore[arg-type]  # handed through

    type(cast.database).read = noting  # type: ignore[method-assign,assignment]  # put back below
    try:
        for login in ("rep", "nobody at all"):
            statements.append([])
            await attempt(cast.anybody(), login, "wrong password")
    finally:
        type(cast.database).read = real  # type: ignore[method-assign]  # put back
    assert statements[0] == statements[1]
    assert statements[0]


async def test_guessing_one_login_gets_slower_and_slower(cast: Cast, clock: FixedClock) -> None:
    waits = []
    for _ in range(9):
        answer = await attempt(cast.anybody(), "rep", "wrong password")
        while answer.status_code == 503:
            assert answer.json()["code"] == "identity.too_many_attempts"
            assert answer.json()["kind"] == "busy"
            wait = int(answer.headers["retry-after"])
            waits.append(wait)
            clock.advance(wait * 1000)
            answer = await attempt(cast.anybody(), "rep", "wrong password")
        assert answer.status_code == 403
    assert waits == [1, 2, 4, 8]


async def test_the_right_password_waits_too_and_then_starts_afresh(cast: Cast, clock: FixedClock) -> None:
    for _ in range(5):
        await attempt(cast.anybody(), "rep", "wrong password")
    assert (await attempt(cast.anybody(), "rep")).status_code == 503
    clock.advance(1000)
    assert (await attempt(cast.anybody(), "rep")).status_code == 200
    for _ in range(4):
        assert (await attempt(cast.anybody(), "rep", "wrong password")).status_code == 403
    assert (await attempt(cast.anybody(), "rep")).status_code == 200


async def test_asking_while_blocked_does_not_prolong_the_wait(cast: Cast, clock: FixedClock) -> None:
    for _ in range(5):
        await attempt(cast.anybody(), "rep", "wrong password")
    for _ in range(20):
        assert (await attempt(cast.anybody(), "rep", "wrong password")).status_code == 503
    clock.advance(1000)
    assert (await attempt(cast.anybody(), "rep")).status_code == 200


async def test_spellings_of_one_phone_number_share_a_counter(cast: Cast) -> None:
    for login in ("13800000000", "+86 13800000000", "138-0000-0000", "138 0000 0000", "008613800000000"):
        assert (await attempt(cast.anybody(), login, "wrong password")).status_code == 403
    assert (await attempt(cast.anybody(), "(138) 00000000", "wrong password")).status_code == 503


async def test_an_unknown_login_is_throttled_like_a_known_one(cast: Cast) -> None:
    codes = [
        [(await attempt(cast.anybody(), login, "wrong password")).status_code for _ in range(7)]
        for login in ("rep", "nobody at all")
    ]
    assert codes[0] == codes[1] == [403] * 5 + [503] * 2


async def test_many_logins_from_one_address_are_throttled(cast: Cast) -> None:
    codes = {
        number: (await attempt(cast.anybody(), f"nobody {number}", "wrong password")).status_code
        for number in range(51)
    }
    assert codes[49] == 403
    assert codes[50] == 503
    assert (await attempt(cast.anybody(), "rep")).status_code == 503


async def test_guesses_sent_together_are_all_counted(cast: Cast) -> None:
    answers = await asyncio.gather(
        *(attempt(cast.anybody(), "rep", f"wrong password {number}") for number in range(12))
    )
    assert sorted(answer.status_code for answer in answers) == [403] * 5 + [503] * 7


async def test_old_failures_are_forgotten(cast: Cast, clock: FixedClock) -> None:
    for _ in range(5):
        await attempt(cast.anybody(), "rep", "wrong password")
    clock.advance(DAY)
    for _ in range(4):
        assert (await attempt(cast.anybody(), "rep", "wrong password")).status_code == 403
    assert (await attempt(cast.anybody(), "rep")).status_code == 200


def test_the_delay_grows_to_a_limit() -> None:
    assert [delay_after("login", count) for count in (1, 4, 5, 6, 7)] == [0, 0, 1000, 2000, 4000]
    assert delay_after("login", 10_000) == 15 * MINUTE
    assert delay_after("address", 10_000) == 5 * MINUTE


async def test_sign_in_replaces_the_session_in_hand(cast: Cast) -> None:
    client = cast.anybody()
    await attempt(client, "rep")
    first = client.cookies["roundsman"]
    await attempt(client, "rep")
    second = client.cookies["roundsman"]
    assert first != second
    old = cast.anybody()
    old.headers["authorization"] = f"Bearer {first}"
    assert (await old.get("/api/identity/me")).status_code == 401


async def test_a_token_somebody_else_chose_is_never_taken_up(cast: Cast) -> None:
    client = cast.anybody()
    client.cookies.set("roundsman", "chosen-by-somebody-else", domain="rounds.test")
    await attempt(client, "rep")
    thief = cast.anybody()
    thief.headers["authorization"] = "Bearer chosen-by-somebody-else"
    assert (await thief.get("/api/identity/me")).status_code == 401


async def test_sign_out_ends_the_session_and_the_cookie(cast: Cast) -> None:
    client = cast.anybody()
    await attempt(client, "rep")
    token = client.cookies["roundsman"]
    assert (await client.post("/api/identity/sign_out")).status_code == 204
    assert "roundsman" not in client.cookies
    client.headers["authorization"] = f"Bearer {token}"
    assert (await client.get("/api/identity/me")).status_code == 401
    assert (await client.post("/api/identity/sign_out")).status_code == 204


async def test_a_session_slides_and_ends(cast: Cast, clock: FixedClock) -> None:
    client = await cast.client("rep")
    for _ in range(4):
        clock.advance(80 * DAY)
        assert (await client.get("/api/identity/me")).status_code == 200
    clock.advance(90 * DAY)
    assert (await client.get("/api/identity/me")).status_code == 401


async def test_a_session_in_use_is_written_once_an_hour(cast: Cast, clock: FixedClock) -> None:
    client = await cast.client("rep")

    async def seen_at() -> int:
        return int(
            await db.fetch_value("SELECT seen_at FROM sessions WHERE person_id = $1", cast.people["rep"])
        )

    clock.advance(HOUR - 1)
    await client.get("/api/identity/me")
    assert await seen_at() == START
    clock.advance(1)
    await client.get("/api/identity/me")
    assert await seen_at() == START + HOUR


async def test_sessions_are_listed_and_ended_only_by_their_person(cast: Cast) -> None:
    here, there = cast.anybody(), cast.anybody()
    await attempt(here, "rep")
    await attempt(there, "rep")
    rows = (await here.get("/api/identity/sessions")).json()["rows"]
    assert [row["is_current"] for row in rows].count(True) == 1
    assert all("token" not in key for row in rows for key in row)
    other = next(row["id"] for row in rows if not row["is_current"])
    stranger = await cast.client("stranger")
    assert (await stranger.delete(f"/api/identity/sessions/{other}")).status_code == 404
    assert (await there.get("/api/identity/me")).status_code == 200
    gone = await here.delete(f"/api/identity/sessions/{other}")
    assert gone.status_code == 204, gone.text
    assert (await there.get("/api/identity/me")).status_code == 401
    assert (await here.get("/api/identity/me")).status_code == 200


async def test_first_run_happens_once(stage: Cast) -> None:
    client = stage.anybody()
    asked = {"company": "行商贸易", "name": "王芳", "login": "13912345678", "password": "long enough words"}
    assert (await client.get("/api/identity/first_run")).json() == {"is_needed": True}
    answer = await client.post("/api/identity/first_run", json=asked)
    assert answer.status_code == 200, answer.text
    assert answer.json()["person"]["roles"] == ["administrator"]
    assert (await client.get("/api/identity/me")).status_code == 200
    assert (await client.get("/api/identity/first_run")).json() == {"is_needed": False}
    again = await stage.anybody().post("/api/identity/first_run", json=asked)
    assert (again.status_code, again.json()["code"]) == (409, "identity.first_run_over")
    assert await db.fetch("SELECT name, depth FROM territories") == [{"name": "行商贸易", "depth": 0}]
    assert (await attempt(stage.anybody(), "王 芳", "long enough words")).status_code == 200


async def test_two_first_runs_at_once_make_one_administrator(stage: Cast) -> None:
    answers = await asyncio.gather(
        *(
            stage.anybody().post(
                "/api/identity/first_run",
                json={"company": "C", "name": "N", "login": f"boss {n}", "password": "long enough words"},
            )
            for n in range(4)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert await db.fetch_value("SELECT count(*) FROM people") == 1


async def test_a_weak_first_password_leaves_nothing_behind(stage: Cast) -> None:
    answer = await stage.anybody().post(
        "/api/identity/first_run", json={"company": "C", "name": "N", "login": "boss", "password": "short"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "identity.password_weak")
    assert await db.fetch_value("SELECT count(*) FROM territories") == 0


async def test_a_hash_of_old_parameters_is_renewed_at_sign_in(cast: Cast) -> None:
    async def stored() -> str:
        return str(await db.fetch_value("SELECT password_hash FROM people WHERE id = $1", cast.people["rep"]))

    before = await stored()
    assert "m=64,t=1" in before
    use_hashing(Hashing(time_cost=2, memory_kib=64))
    try:
        assert (await attempt(cast.anybody(), "rep")).status_code == 200
        assert "m=64,t=2" in await stored()
        assert (await attempt(cast.anybody(), "rep")).status_code == 200
    finally:
        use_hashing(Hashing(time_cost=1, memory_kib=64))


async def test_too_many_waiting_for_a_hash_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "WAITING_MAX", 2)
    hashed = await hash_password("some password")
    answers = await asyncio.gather(
        *(verify_password("some password", hashed) for _ in range(6)), return_exceptions=True
    )
    assert [answer for answer in answers if answer == (True, None)]
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert len(refused) == 4
    assert {str(answer) for answer in refused} == {"busy identity.busy {'retry_after': 2}"}
