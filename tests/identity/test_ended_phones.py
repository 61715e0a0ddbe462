"""What is left to a phone that was wiped or revoked, or whose person was let go: through the real doors, with
real sessions."""

from __future__ import annotations

from typing import Any

import httpx

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, FixedClock, month_of, now_ms, use_clock
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


async def test_a_revoked_phone_hands_in_its_outbox_and_gets_nothing_more(cast: Cast) -> None:
    """Under the session it has, which may be its last, and again under any later one."""
    phone, other = await phone_of(cast, await signed_in(cast)), await phone_of(cast, await signed_in(cast))
    uuids = [await act(cast, phone)]
    await cast.done("administrator", "identity.revoke_replica", replica_id=phone.replica)
    for sign_in_again in (False, True):
        if sign_in_again:
            phone.client = await signed_in(cast)
            uuids.append(await act(cast, phone))
        welcome = await ask(phone.client, "hello", {"replica": phone.replica})
        assert (welcome.status_code, welcome.json()["status"]) == (200, "revoked")
        assert refusal(await phone.client.get("/api/identity/me")) == (403, "session_locked")
        await phone.push()
        assert (phone.status(uuids[-1]), phone.code(uuids[-1])) == ("quarantined", "sync.replica_revoked")
        answer = await ask(phone.client, "pull", phone.pull_request())
        assert refusal(answer) == (403, "sync.replica_revoked")
        assert "clear-site-data" not in answer.headers
        assert refusal(await ask(phone.client, "hello", {"replica": None})) == (403, "sync.replica_revoked")
    assert await db.fetch_value("SELECT count(*) FROM customers") == 0
    await other.sync()
    assert other.buckets, "the person's other phone goes on"


async def test_a_new_password_leaves_an_ended_phone_the_session_it_hands_in_under(cast: Cast) -> None:
    """Else it would neither hand in nor ever hear that it is to erase itself."""
    rep, goes_on = cast.people["rep"], await phone_of(cast, await signed_in(cast))
    wiped, revoked = await phone_of(cast, await signed_in(cast)), await phone_of(cast, await signed_in(cast))
    uuids = [await act(cast, wiped), await act(cast, revoked)]
    await cast.done("administrator", "identity.wipe_replica", replica_id=wiped.replica)
    await cast.done("administrator", "identity.revoke_replica", replica_id=revoked.replica)
    rows = (await goes_on.client.get("/api/identity/sessions")).json()["rows"]
    assert [row["replica_id"] for row in rows] == [goes_on.replica], "the others are none of his any more"
    of_the_wiped = await db.fetch_value("SELECT id FROM sessions WHERE replica_id = $1", wiped.replica)
    answer = await goes_on.client.delete(f"/api/identity/sessions/{of_the_wiped}")
    assert refusal(answer) == (404, "not_found")

    await cast.done("administrator", "identity.set_password", person_id=rep, password="quite another one")
    assert (await goes_on.client.get("/api/identity/me")).status_code == 401
    for phone, uuid, code in (
        (wiped, uuids[0], "sync.replica_wiped"),
        (revoked, uuids[1], "sync.replica_revoked"),
    ):
        await phone.push()
        assert (phone.status(uuid), phone.code(uuid)) == ("quarantined", code)
        answer = await ask(phone.client, "pull", phone.pull_request())
        assert refusal(answer) == (403, code)


async def test_a_revoked_phone_can_still_be_told_to_erase_itself(cast: Cast) -> None:
    phone = await phone_of(cast, await signed_in(cast))
    await cast.done("administrator", "identity.revoke_replica", replica_id=phone.replica)
    await cast.done("administrator", "identity.wipe_replica", replica_id=phone.replica)
    answer = await ask(phone.client, "pull", phone.pull_request())
    assert refusal(answer) == (403, "sync.replica_wiped")
    assert "clear-site-data" in answer.headers


async def test_a_wipe_is_not_called_back(cast: Cast) -> None:
    phone = await phone_of(cast, await signed_in(cast))
    await cast.done("administrator", "identity.revoke_replica", replica_id=phone.replica)
    await cast.done("administrator", "identity.wipe_replica", replica_id=phone.replica)
    answer = await cast.do("administrator", "identity.revoke_replica", replica_id=phone.replica)
    assert refusal(answer) == (409, "identity.replica_wiped")


async def test_a_person_let_go_hands_in_his_outbox_and_gets_nothing_more(cast: Cast) -> None:
    """Kept aside, not refused: he may never sign in again, and nobody else has what lies on his phone."""
    phone, desk = await phone_of(cast, await signed_in(cast)), await signed_in(cast)
    await phone.sync()
    accepted, refused = await act(cast, phone), await act(cast, phone)
    await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["rep"])

    assert (await desk.get("/api/identity/me")).status_code == 401, "a desk has nothing to hand in"
    for path in ("/api/identity/me", "/api/identity/sessions", "/api/customers", "/api/visits"):
        assert refusal(await phone.client.get(path)) == (403, "session_locked"), path
    assert refusal(await offer(phone.client, CONTENT)) == (403, "session_locked")
    again = {"login": "rep", "password": PASSWORD}
    for client in (cast.anybody(), phone.client):
        answer = await client.post("/api/identity/sign_in", json=again)
        assert refusal(answer) == (403, "identity.sign_in_refused")

    # His app may have been closed: it greets before it pushes.
    welcome = await ask(phone.client, "hello", {"replica": phone.replica})
    assert (welcome.status_code, welcome.json()["status"]) == (200, "revoked")
    await phone.push()
    for uuid in (accepted, refused):
        assert (phone.status(uuid), phone.code(uuid)) == ("quarantined", "sync.replica_revoked")
    assert await db.fetch_value("SELECT count(*) FROM customers") == 0
    empty = {"epoch": phone.core.epoch, "replica": phone.replica, "commands": []}
    for what, body in (("push", empty), ("pull", phone.pull_request()), ("hello", {"replica": None})):
        answer = await ask(phone.client, what, body)
        assert refusal(answer) == (403, "sync.replica_revoked"), what
        assert "clear-site-data" not in answer.headers, "locked, not lost"

    await cast.done("administrator", "sync.replay_quarantined", uuid=accepted)
    await cast.done("administrator", "sync.reject_quarantined", uuid=refused, message="不是我们的客户")
    assert await db.fetch_value("SELECT count(*) FROM customers") == 1
    await cast.done("administrator", "identity.reactivate_person", person_id=cast.people["rep"])
    assert (await desk.get("/api/identity/me")).status_code == 401
    await phone.sync()
    assert (phone.status(accepted), phone.status(refused)) == ("applied", "rejected")
    assert len(phone.rows("customers")) == 1
    assert (await phone.client.get("/api/identity/me")).status_code == 200


async def test_a_phone_cloned_by_somebody_let_go_hands_in_too_and_is_his_again(cast: Cast) -> None:
    client = await signed_in(cast)
    phone = await phone_of(cast, client)
    await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["rep"])
    forked = Phone(client, cast.registry.feeds, person=cast.people["rep"])
    id = new_id()
    welcome = await ask(client, "hello", {"replica": id, "prev_replica": phone.replica})
    assert (welcome.status_code, welcome.json()["status"]) == (200, "revoked")
    forked.core.epoch, forked.core.replica, forked.registered = phone.core.epoch, id, id
    uuid = await act(cast, forked)
    await forked.push()
    assert forked.status(uuid) == "quarantined"
    assert refusal(await ask(client, "pull", forked.pull_request())) == (403, "sync.replica_revoked")
    await cast.done("administrator", "identity.reactivate_person", person_id=cast.people["rep"])
    await forked.sync()
    assert forked.buckets


async def test_a_phone_to_be_wiped_is_wiped_whether_its_person_is_let_go_before_or_after(cast: Cast) -> None:
    for is_wiped_first in (True, False):
        phone = await phone_of(cast, await signed_in(cast))
        uuid = await act(cast, phone)
        steps = [
            ("identity.wipe_replica", {"replica_id": phone.replica}),
            ("identity.deactivate_person", {"person_id": cast.people["rep"]}),
        ]
        for command, args in steps if is_wiped_first else reversed(steps):
            await cast.done("administrator", command, **args)
        await phone.push()
        assert (phone.status(uuid), phone.code(uuid)) == ("quarantined", "sync.replica_wiped")
        await cast.done("administrator", "identity.reactivate_person", person_id=cast.people["rep"])
        answer = await ask(phone.client, "pull", phone.pull_request())
        assert refusal(answer) == (403, "sync.replica_wiped"), "taking him back calls no wipe back"
        assert "clear-site-data" in answer.headers


async def test_a_revoked_phone_stays_revoked_when_its_person_comes_back(cast: Cast) -> None:
    phone = await phone_of(cast, await signed_in(cast))
    await cast.done("administrator", "identity.revoke_replica", replica_id=phone.replica)
    await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["rep"])
    await cast.done("administrator", "identity.reactivate_person", person_id=cast.people["rep"])
    answer = await ask(phone.client, "pull", phone.pull_request())
    assert refusal(answer) == (403, "sync.replica_revoked")


async def test_a_new_password_ends_also_the_phones_of_somebody_let_go(cast: Cast) -> None:
    phone = await phone_of(cast, await signed_in(cast))
    rep = cast.people["rep"]
    await cast.done("administrator", "identity.deactivate_person", person_id=rep)
    await cast.done("administrator", "identity.set_password", person_id=rep, password="quite another one")
    assert (await ask(phone.client, "pull", phone.pull_request())).status_code == 401
    await cast.done("administrator", "identity.reactivate_person", person_id=rep)
    assert (await ask(phone.client, "pull", phone.pull_request())).status_code == 401


async def test_the_session_of_somebody_let_go_is_not_prolonged(cast: Cast) -> None:
    with use_clock(FixedClock(now_ms())) as clock:
        assert isinstance(clock, FixedClock)
        phone = await phone_of(cast, await signed_in(cast))
        await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["rep"])
        for days, status in ((89, 403), (2, 401)):
            clock.advance(days * DAY)
            assert (await ask(phone.client, "pull", phone.pull_request())).status_code == status
