"""receivables.collect and receivables.void_collection: money is a fact, pays what is owed, and can be undone."""

from __future__ import annotations

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, HOUR, day_on, now_ms
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.receivables import (
    account_of,
    check_books,
    collection,
    make_collection,
    make_debt,
    open_of,
)
from tests.make.visits import clocks
from tests.phone import assert_stale_equals_fresh


async def test_collect_pays_the_oldest_first_and_the_rest_pays_what_comes_next(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    newer = await make_debt(cast, customer_id, 200, due_on="2026-02-01", number="S2")
    older = await make_debt(cast, customer_id, 100, due_on="2026-01-01", number="S1")
    first = await cast.done("rep", "receivables.collect", **collection(customer_id, 150))
    assert (first["debt"], first["unallocated"]) == (150, 0)
    assert await open_of(older, newer) == [0, 150]
    second = await cast.done("rep", "receivables.collect", **collection(customer_id, 500, method="transfer"))
    assert (second["debt"], second["unallocated"]) == (-350, 350)
    await check_books()
    third = await make_debt(cast, customer_id, 300)
    assert await open_of(third) == [0]
    assert (await account_of(customer_id))["debt"] == -50
    await check_books()


async def test_collect_pays_what_the_person_chose_and_the_rest_the_oldest(cast: Cast) -> None:
    customer_id, other_id = await make_customer(cast), await make_customer(cast, name="乙店")
    older = await make_debt(cast, customer_id, 100, due_on="2026-01-01")
    newer = await make_debt(cast, customer_id, 100, due_on="2026-02-01")
    elsewhere = await make_debt(cast, other_id, 100)
    shares = [{"item_id": newer, "amount": 60}, {"item_id": newer, "amount": 20}]
    await make_collection(cast, customer_id, 90, items=[*shares, {"item_id": elsewhere, "amount": 50}])
    assert await open_of(older, newer, elsewhere) == [90, 20, 100]
    # Paid meanwhile by somebody else: the money is there all the same.
    await make_collection(cast, customer_id, 50, items=[{"item_id": newer, "amount": 50}])
    assert await open_of(older, newer, elsewhere) == [60, 0, 100]
    await check_books()


async def test_collect_refuses_only_what_cannot_be_money(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    for bad in ({"amount": 0}, {"amount": -5}, {"amount": 2**53}, {"method": "cheque"}, {"amount": 1.5}):
        answer = await cast.do("rep", "receivables.collect", **{**collection(customer_id, 100), **bad})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), bad
    unknown = await cast.do("rep", "receivables.collect", **collection(new_id(), 100))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "customers.unknown")
    args = collection(customer_id, 100)
    await cast.done("rep", "receivables.collect", **args)
    again = await cast.do("rep", "receivables.collect", **args)
    assert (again.status_code, again.json()["code"]) == (409, "receivables.already_there")
    assert (await account_of(customer_id))["debt"] == -100
    assert await db.fetch_value("SELECT count(*) FROM collections") == 1


async def test_collect_believes_the_true_clock_and_files_by_the_companys_day(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    then = now_ms() - 3 * DAY
    ahead = clocks(then + 5 * HOUR, elapsed_ms=0, contact_wall_at=then + 5 * HOUR, contact_server_at=then)
    collection_id = await make_collection(cast, customer_id, 100, clocks=ahead, note=" 订金 ")
    row = await db.fetch_one("SELECT * FROM collections WHERE id = $1", collection_id)
    assert row is not None
    assert (row["collected_at"], row["day_on"], row["note"]) == (then, day_on(then), "订金")
    assert row["month"] == day_on(then)[:7].replace("-", "")


async def test_collect_offline_counts_for_a_customer_who_left_meanwhile(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    item_id = await make_debt(cast, customer_id, 300)
    phone = await cast.phone("rep")
    assert phone.rows("accounts")[customer_id]["debt"] == 300
    assert phone.rows("receivable_items")[item_id]["open_amount"] == 300
    uuid = phone.act("receivables.collect", collection(customer_id, 120, clocks=clocks()))
    await cast.done(
        "manager",
        "customers.assign",
        customer_id=customer_id,
        territory_id=cast.territories["south"],
        owner_id=cast.people["other_rep"],
    )
    await phone.sync()
    assert phone.status(uuid) == "applied"
    assert (await account_of(customer_id))["debt"] == 180
    # His own collection stays on his phone; the customer's account went with the customer.
    assert [row["amount"] for row in phone.rows("collections").values()] == [120]
    assert phone.rows("accounts") == {}
    await assert_stale_equals_fresh(phone)
    await check_books()


async def test_collect_of_a_phone_is_on_every_phone_that_sees_the_customer(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    item_id = await make_debt(cast, customer_id, 300)
    phones = {who: await cast.phone(who) for who in ("rep", "manager", "other_rep", "stranger", "agent")}
    uuid = await phones["rep"].do("receivables.collect", collection(customer_id, 300))
    assert phones["rep"].answer(uuid)["debt"] == 0
    for who, phone in phones.items():
        await phone.sync()
        sees = who in ("rep", "manager")
        assert (customer_id in phone.rows("accounts")) is sees, who
        assert len(phone.rows("collections")) == sees, who
        # Paid: no phone needs it any more.
        assert item_id not in phone.rows("receivable_items")
        await assert_stale_equals_fresh(phone)
        assert await phone.nothing_left()
    await cast.done(
        "clerk",
        "receivables.void_collection",
        collection_id=next(iter(phones["rep"].rows("collections"))),
        reason="重复",
    )
    for who in ("rep", "manager"):
        await phones[who].sync()
        assert phones[who].rows("receivable_items")[item_id]["open_amount"] == 300
        await assert_stale_equals_fresh(phones[who])


async def test_void_collection_makes_what_it_paid_owed_again(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    older = await make_debt(cast, customer_id, 100, due_on="2026-01-01")
    newer = await make_debt(cast, customer_id, 100, due_on="2026-02-01")
    first = await make_collection(cast, customer_id, 150)
    await make_collection(cast, customer_id, 80)
    assert await open_of(older, newer) == [0, 0]
    await cast.done("clerk", "receivables.void_collection", collection_id=first, reason=" 假币 ")
    # What the second had left over pays at once.
    assert await open_of(older, newer) == [70, 50]
    await check_books()
    row = await db.fetch_one("SELECT * FROM collections WHERE id = $1", first)
    assert row is not None
    assert (row["state"], row["void_reason"], row["unallocated"]) == ("voided", "假币", 0)
    again = await cast.do("clerk", "receivables.void_collection", collection_id=first, reason="假币")
    assert (again.status_code, again.json()["code"]) == (409, "receivables.already_voided")


@pytest.mark.parametrize(
    ("who", "args", "code"),
    [
        ("rep", {"reason": "x"}, "forbidden"),
        ("manager", {"reason": "x"}, "forbidden"),
        ("clerk", {"reason": "  "}, "receivables.reason_missing"),
        ("clerk", {"reason": "x", "collection_id": new_id()}, "receivables.collection_unknown"),
    ],
)
async def test_void_collection_refuses(cast: Cast, who: str, args: dict[str, str], code: str) -> None:
    customer_id = await make_customer(cast)
    collection_id = await make_collection(cast, customer_id, 100)
    answer = await cast.do(who, "receivables.void_collection", **{"collection_id": collection_id, **args})
    assert answer.json()["code"] == code
    assert (await account_of(customer_id))["debt"] == -100
