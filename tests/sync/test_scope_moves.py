"""What a rep may see moves while his phone is away, in the middle of a pull, or has something to say: through the
door, with customers and visits as they are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import HOUR, FixedClock, now_ms, use_clock
from tests.cast import Cast
from tests.databases import Mould
from tests.make.customers import make_customer
from tests.make.visits import check_in
from tests.phone import Phone, assert_stale_equals_fresh


@pytest.fixture
def mould(cast_mould: Mould[Cast]) -> Mould[Cast]:
    """The app with everybody in it, not the engine's own test bed."""
    return cast_mould


async def page_of(phone: Phone) -> dict[str, Any]:
    """Ask for one page and take it."""
    page = await phone.post("pull", phone.pull_request())
    phone.take_pull(page)
    return page


async def begun(cast: Cast, name: str, size: int) -> Phone:
    """A phone in the middle of its first pull: it has the first customer and not all of them."""
    phone = Phone(await cast.client(name), cast.registry.feeds, person=cast.people[name], page=size)
    await phone.ready()
    for _ in range(1000):
        page = await page_of(phone)
        assert page["more"]
        if any(entry[1] == "customers" for entry in page["entries"]):
            break
    return phone


async def move(cast: Cast, customer_id: str, territory: str, owner: str | None) -> None:
    owner_id = cast.people[owner] if owner else None
    args = {"customer_id": customer_id, "territory_id": cast.territories[territory], "owner_id": owner_id}
    await cast.done("administrator", "customers.assign", **args)


async def test_customers_are_given_away_and_taken_back_while_their_phones_page(cast: Cast) -> None:
    ids = [
        await make_customer(cast, "manager", "north", name=f"店{n}", contact_id=new_id(), contact_name="李")
        for n in range(6)
    ]
    phones = [await begun(cast, name, 2) for name in ("rep", "manager")]
    for customer_id in ids[:3]:
        await move(cast, customer_id, "south", "other_rep")
    phones.append(await begun(cast, "other_rep", 1))
    await move(cast, ids[0], "north", "rep")
    await move(cast, ids[1], "west", None)
    await move(cast, ids[5], "south", None)
    for phone, seen in zip(phones, ([0, 3, 4], [0, 2, 3, 4, 5], [2, 5]), strict=True):
        await phone.pull()
        assert set(phone.rows("customers")) == {ids[n] for n in seen}
        held = {row["customer_id"] for row in phone.rows("contacts").values()}
        assert held == {ids[n] for n in seen}, "what belongs to a customer moves with him"
        await assert_stale_equals_fresh(phone)


async def test_a_territory_is_lost_and_regained_while_its_phone_pages(cast: Cast) -> None:
    ids = [await make_customer(cast, "manager", "north", name=f"店{n}") for n in range(6)]
    phone = await begun(cast, "rep", 1)
    bucket = f"terr:{cast.territories['north']}"
    await cast.unassign("rep", "north")
    await move(cast, ids[0], "south", None)
    page = await page_of(phone)
    assert bucket not in page["cursors"]
    await cast.assign("rep", "north")
    await move(cast, ids[1], "south", None)
    await phone.pull()
    assert set(phone.rows("customers")) == set(ids[2:]), (
        "read from zero and swept: nothing of the first pages stays"
    )
    await assert_stale_equals_fresh(phone)


async def test_lost_and_regained_between_two_pulls_costs_nothing(cast: Cast) -> None:
    ids = {await make_customer(cast, "manager", "north", name=f"店{n}") for n in range(3)}
    phone = await cast.phone("rep")
    await cast.unassign("rep", "north")
    await cast.assign("rep", "north")
    (page,) = await phone.pull()
    assert page["drop"] == page["reset"] == []
    assert not [entry for entry in page["entries"] if entry[1] == "customers"]
    assert ids == set(phone.rows("customers"))
    await assert_stale_equals_fresh(phone)


async def test_what_was_done_while_still_entitled_is_taken_and_what_is_decided_today_is_not(
    cast: Cast,
) -> None:
    with use_clock(FixedClock(now_ms())) as clock:
        assert isinstance(clock, FixedClock)
        customer_id = await make_customer(cast, "manager", "north")
        phone = await cast.phone("rep")
        clock.advance(HOUR)
        args = check_in(customer_id)
        visited = phone.act("visits.check_in", args)
        edited = phone.act("customers.edit", {"customer_id": customer_id, "changes": {"phone": ["", "139"]}})
        clock.advance(HOUR)
        await cast.unassign("rep", "north")
        clock.advance(24 * HOUR)
        await phone.sync()
        assert phone.status(visited) == "applied"
        assert phone.answer(visited)["flags"] == ["late", "not_yours"]
        # To whom it may not be shown any more it does not exist; the office finds it, and why, with its arguments.
        assert (phone.status(edited), phone.code(edited)) == ("rejected", "customers.unknown")
        stored = await db.fetch_one("SELECT args, status FROM sync_command WHERE uuid = $1", edited)
        assert stored is not None
        assert json.loads(stored["args"])["changes"] == {"phone": ["", "139"]}
        assert not phone.rows("customers")
        assert args["visit_id"] in phone.rows("visits"), "his own work stays his"
        await assert_stale_equals_fresh(phone)
        manager = await cast.phone("manager")
        assert args["visit_id"] in manager.rows("visits")
        assert manager.rows("customers")[customer_id]["phone"] == ""

        # A phone that has since heard that it is not his any more cannot claim the grace again.
        for _ in range(2):
            clock.advance(HOUR)
            await phone.pull()
        late = phone.act("visits.check_in", check_in(customer_id))
        await phone.sync()
        assert (phone.status(late), phone.code(late)) == ("rejected", "customers.unknown")


async def test_what_hangs_on_a_refused_command_goes_with_it(cast: Cast) -> None:
    phone = await cast.phone("rep")
    customer_id, before = new_id(), await db.fetch_value("SELECT count(*) FROM visits")
    add = {"customer_id": customer_id, "name": "外地店", "territory_id": cast.territories["south"]}
    parent = phone.act("customers.add", add)
    args = check_in(customer_id)
    child = phone.act("visits.check_in", args, deps=[parent])
    grandchild = phone.act(
        "visits.check_out", {"visit_id": args["visit_id"], "clocks": args["clocks"]}, deps=[child]
    )
    stranger = phone.act(
        "customers.add", {**add, "customer_id": args["visit_id"], "territory_id": cast.territories["north"]}
    )
    await phone.sync()
    codes = [phone.code(uuid) for uuid in (parent, child, grandchild, stranger)]
    assert codes == ["customers.territory_unknown", "dependency", "dependency", None]
    assert phone.status(stranger) == "applied", "the queue goes on behind the group"
    assert await db.fetch_value("SELECT count(*) FROM visits") == before
    issues = phone.core.issues
    assert set(issues) == {parent, child, grandchild}
    kept = [row["args"] for row in await db.fetch("SELECT args FROM sync_command WHERE status = 'rejected'")]
    assert len(kept) == 3
    assert any(args["visit_id"] in text for text in kept), "refused, and still there to be read"


async def test_a_person_let_go_sends_what_he_has_and_it_is_kept(cast: Cast) -> None:
    """What lies on his phone is handed in, kept aside, and decided by an administrator: it does not wait on a phone for
    somebody who may never come back."""
    customer_id = await make_customer(cast)
    phone = await cast.phone("rep")
    uuid = phone.act("visits.check_in", check_in(customer_id))
    await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["rep"])
    await phone.push()
    assert (phone.status(uuid), phone.code(uuid)) == ("quarantined", "sync.replica_revoked")
    assert (await phone.client.post("/api/sync/pull", json=phone.pull_request())).status_code == 403
    page = (await (await cast.client("administrator")).get("/api/sync/commands?status=quarantined")).json()
    assert [row["uuid"] for row in page["rows"]] == [uuid]
    told = await cast.done("administrator", "sync.replay_quarantined", uuid=uuid)
    assert told["status"] == "applied", "his work is taken, though he is gone"
    await cast.done("administrator", "identity.reactivate_person", person_id=cast.people["rep"])
    await phone.sync()
    assert phone.status(uuid) == "applied"
    add = {"customer_id": new_id(), "name": "新店", "territory_id": cast.territories["north"]}
    later = phone.act("customers.add", add)
    await phone.sync()
    assert phone.status(later) == "applied", "the phone is his again"
    await assert_stale_equals_fresh(phone)
