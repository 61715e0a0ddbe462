"""What is left to a phone that was wiped or revoked, or whose person was let go: through the real doors, with
real sessions."""

from __future__ import annotations

from typing import Any

import httpx

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import month_of, now_ms
from tests.cast import PASSWORD, Cast
from tests.make.files import make_jpeg, make_photo, offer, upload
from tests.phone import Phone, a_phone

CONTENT = make_jpeg(64, 48)


async def signed_in(cast: Cast, name: str = "rep") -> httpx.AsyncClient:
    """A browser of its own, with the cookie of a sign-in."""
    client = cast.anybody()
    answer = await client.post("/api/identity/sign_in", json={"login": name, "password": PASSWORD})
    assert answer.status_code == 200
    return client


async def phone_of(cast: Cast, client: httpx.AsyncClient, name: str = "rep") -> Phone:
    return await a_phone(client, cast.registry.feeds, person=cast.people[name])


async def ask(client: httpx.AsyncClient, what: str, body: dict[str, Any]) -> httpx.Response:
    return await client.post(f"/api/sync/{what}", json=body)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def act(cast: Cast, phone: Phone) -> str:
    return phone.act(
        "customers.add",
        {"customer_id": new_id(), "name": "Shop", "territory_id": cast.territories["north"]},
    )


async def test_hello_ties_the_session_to_the_phone(cast: Cast) -> None:
    client = await signed_in(cast)
    phone = await phone_of(cast, client)
    bound = "SELECT replica_id FROM sessions WHERE replica_id = $1 AND person_id = $2"
    assert await db.fetch_value(bound, phone.replica, cast.people["rep"]) == phone.replica
    rows = (await client.get("/api/identity/sessions")).json()["rows"]
    assert [row["replica_id"] for row in rows if row["is_current"]] == [phone.replica]
    other = await ask(client, "hello", {"replica": new_id(), "prev_replica": phone.replica})
    assert await db.fetch_value(bound, phone.replica, cast.people["rep"]) is None
    assert await db.fetch_value(bound, other.json()["replica"], cast.people["rep"])


async def test_a_wiped_phone_hands_in_its_outbox_and_gets_nothing_more(cast: Cast) -> None:
    client, elsewhere = await signed_in(cast), await signed_in(cast)
    phone, other = await phone_of(cast, client), await phone_of(cast, elsewhere)
    photo_id = await make_photo(
        cast.people["rep"], cast.territories["north"], CONTENT, month=month_of(now_ms())
    )
    assert (await upload(client, CONTENT)).status_code == 200
    photo = f"/api/files/photos/{photo_id}"
    assert (await client.get(photo)).status_code == 200
    uuid = await act(cast, phone)
    await cast.done("administrator", "identity.wipe_replica", replica_id=phone.replica)

    # It may come in any order: nothing else opens before the outbox was handed in either.
    for path in (photo, "/api/identity/me", "/api/identity/sessions", "/api/customers", "/api/visits"):
        assert refusal(await client.get(path)) == (403, "session_locked"), path
        assert "clear-site-data" not in (await client.get(path)).headers, "the outbox is still there"
    assert refusal(await offer(client, CONTENT)) == (403, "session_locked")
    assert refusal(await client.get("/api/sync/events", params={"replica": phone.replica})) == (
        403,
        "session_locked",
    )
    answer = await client.post(
        "/api/commands/identity.change_password",
        json={"current": PASSWORD, "new": "another password"},
        headers={"idempotency-key": new_id()},
    )
    assert refusal(answer) == (403, "session_locked")

    welcome = await ask(client, "hello", {"replica": phone.replica})
    assert (welcome.status_code, welcome.json()["status"]) == (200, "wipe")
    await phone.push()
    assert (phone.status(uuid), phone.code(uuid)) == ("quarantined", "sync.replica_wiped")
    assert await db.fetch_value("SELECT count(*) FROM customers") == 0

    empty = {"epoch": phone.core.epoch, "replica": phone.replica, "commands": []}
    for what, body in (("push", empty), ("pull", phone.pull_request())):
        answer = await ask(client, what, body)
        assert refusal(answer) == (403, "sync.replica_wiped"), what
        assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert (await client.get(photo)).status_code == 403

    await other.sync()
    assert other.buckets, "the person's other phone goes on"
    assert (await elsewhere.get(photo)).status_code == 200


async def test_a_wiped_phone_cannot_come_back_as_another_replica(cast: Cast) -> None:
    client = await signed_in(cast)
    phone = await phone_of(cast, client)
    await cast.done("administrator", "identity.wipe_replica", replica_id=phone.replica)
    answer = await ask(client, "hello", {"replica": None})
    assert refusal(answer) == (403, "sync.replica_wiped"), "an empty store has nothing to hand in"
    assert "clear-site-data" in answer.headers
    # A clone that just took a new id still has work to hand in.
    forked = await phone_of_locked(cast, client, phone)
    uuid = await act(cast, forked)
    await forked.push()
    assert (forked.status(uuid), forked.code(uuid)) == ("quarantined", "sync.replica_wiped")
    assert refusal(await ask(client, "pull", forked.pull_request())) == (403, "sync.replica_wiped")
    # Nor by the id of the person's other phone, which stays as it is.
    other = await phone_of(cast, await signed_in(cast))
    assert (await ask(client, "hello", {"replica": other.replica})).json()["status"] == "wipe"
    borrowed = {**other.pull_request(), "replica": other.replica}
    assert refusal(await ask(client, "pull", borrowed)) == (403, "sync.replica_wiped")
    await other.sync()


async def phone_of_locked(cast: Cast, client: httpx.AsyncClient, before: Phone) -> Phone:
    """The same store under a new replica id, as after a fork."""
    forked = Phone(client, cast.registry.feeds, person=cast.people["rep"])
    id = new_id()
    welcome = await ask(client, "hello", {"replica": id, "prev_replica": before.replica})
    assert (welcome.status_code, welcome.json()["status"]) == (200, "wipe")
    forked.core.epoch, forked.core.replica, forked.registered = before.core.epoch, id, id
    return forked


async def test_signing_in_on_a_wiped_phone_changes_nothing_for_it(cast: Cast) -> None:
    phone = await phone_of(cast, await signed_in(cast))
    uuid = await act(cast, phone)
    await cast.done("administrator", "identity.wipe_replica", replica_id=phone.replica)
    phone.client = await signed_in(cast)
    assert (await ask(phone.client, "hello", {"replica": phone.replica})).json()["status"] == "wipe"
    assert refusal(await phone.client.get("/api/identity/me")) == (403, "session_locked")
    await phone.push()
    assert phone.status(uuid) == "quarantined"
    assert refusal(await ask(phone.client, "pull", phone.pull_request())) == (403, "sync.replica_wiped")
    # Once it is empty the person signs in again and begins anew.
    assert (await phone_of(cast, await signed_in(cast))).buckets


async def test_a_revoked_phone_is_signed_out_and_its_outbox_kept_aside(cast: Cast) -> None:
    phone = await phone_of(cast, await signed_in(cast))
    uuid = await act(cast, phone)
    await cast.done("administrator", "identity.revoke_replica", replica_id=phone.replica)
    request = phone.push_request()
    assert request is not None
    hello = {"replica": phone.replica}
    for what, body in (("hello", hello), ("push", request), ("pull", phone.pull_request())):
        assert (await ask(phone.client, what, body)).status_code == 401, what
    assert (await phone.client.get("/api/identity/me")).status_code == 401
    phone.client = await signed_in(cast)
    assert refusal(await ask(phone.client, "hello", hello)) == (403, "sync.replica_revoked")
    await phone.push()
    assert (phone.status(uuid), phone.code(uuid)) == ("quarantined", "sync.replica_revoked")
    answer = await ask(phone.client, "pull", phone.pull_request())
    assert refusal(answer) == (403, "sync.replica_revoked")
    assert "clear-site-data" not in answer.headers


async def test_a_wipe_is_not_called_back(cast: Cast) -> None:
    phone = await phone_of(cast, await signed_in(cast))
    await cast.done("administrator", "identity.revoke_replica", replica_id=phone.replica)
    await cast.done("administrator", "identity.wipe_replica", replica_id=phone.replica)
    answer = await cast.do("administrator", "identity.revoke_replica", replica_id=phone.replica)
    assert refusal(answer) == (409, "identity.replica_wiped")


async def test_a_person_let_go_is_shut_out_until_he_is_taken_back(cast: Cast) -> None:
    phone = await phone_of(cast, await signed_in(cast))
    uuid = await act(cast, phone)
    await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["rep"])
    request = phone.push_request()
    assert request is not None
    for what, body in (("hello", {}), ("push", request), ("pull", phone.pull_request())):
        assert (await ask(phone.client, what, body)).status_code == 401, what
    again = {"login": "rep", "password": PASSWORD}
    answer = await cast.anybody().post("/api/identity/sign_in", json=again)
    assert refusal(answer) == (403, "identity.sign_in_refused")
    await cast.done("administrator", "identity.reactivate_person", person_id=cast.people["rep"])
    phone.client = await signed_in(cast)
    await phone.sync()
    assert phone.status(uuid) == "applied"
