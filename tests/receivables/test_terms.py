"""receivables.set_terms and receivables.open_balance: what is agreed with a customer, and what he owed before."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import add_days, day_on, now_ms
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.receivables import account_of, check_books, make_collection, make_debt, open_of
from tests.phone import assert_stale_equals_fresh


async def test_set_terms_is_seen_where_the_customer_is_and_holds_for_what_comes(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    before = await make_debt(cast, customer_id, 100)
    phone, stranger = await cast.phone("rep"), await cast.phone("stranger")
    args = {"customer_id": customer_id, "credit_limit": 500_000, "credit_days": 30, "policy": "hold"}
    await cast.done("clerk", "receivables.set_terms", **args)
    after = await make_debt(cast, customer_id, 100)
    for one in (phone, stranger):
        await one.sync()
        await assert_stale_equals_fresh(one)
    assert stranger.rows("accounts") == {}
    row = phone.rows("accounts")[customer_id]
    assert row == {
        "id": customer_id,
        "debt": 200,
        "committed": 0,
        "credit_limit": 500_000,
        "credit_days": 30,
        "policy": "hold",
    }
    today = day_on(now_ms())
    items = phone.rows("receivable_items")
    assert (items[before]["due_on"], items[after]["due_on"]) == (today, add_days(today, 30))
    await cast.done("administrator", "receivables.set_terms", customer_id=customer_id)
    await phone.sync()
    row = phone.rows("accounts")[customer_id]
    assert (row["credit_limit"], row["credit_days"], row["policy"]) == (None, 0, "none")


@pytest.mark.parametrize(
    ("who", "args", "code"),
    [
        ("rep", {}, "forbidden"),
        ("manager", {}, "forbidden"),
        ("clerk", {"credit_limit": -1}, "invalid"),
        ("clerk", {"credit_days": -1}, "invalid"),
        ("clerk", {"policy": "perhaps"}, "invalid"),
        ("clerk", {"customer_id": new_id()}, "customers.unknown"),
    ],
)
async def test_set_terms_refuses(cast: Cast, who: str, args: dict[str, Any], code: str) -> None:
    customer_id = await make_customer(cast)
    answer = await cast.do(who, "receivables.set_terms", **{"customer_id": customer_id, **args})
    assert answer.json()["code"] == code
    assert await db.fetch_value("SELECT count(*) FROM accounts") == 0


async def test_open_balance_enters_old_papers_one_by_one(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    ahead = await make_collection(cast, customer_id, 70)
    paper = await make_debt(cast, customer_id, 100, day_on="2025-11-30", due_on="2025-12-30", number=" A-7 ")
    assert await open_of(paper) == [30]
    row = await db.fetch_one("SELECT * FROM receivable_items WHERE id = $1", paper)
    assert row is not None
    assert (row["number"], row["day_on"], row["due_on"]) == ("A-7", "2025-11-30", "2025-12-30")
    assert day_on(row["at"]) == "2025-11-30"
    prepaid = await make_debt(cast, customer_id, -50)
    assert await open_of(paper, prepaid) == [0, -20]
    assert (await account_of(customer_id))["debt"] == -20
    await cast.done("clerk", "receivables.void_collection", collection_id=ahead, reason="错")
    assert await open_of(paper, prepaid) == [50, 0]
    await check_books()


@pytest.mark.parametrize(
    ("who", "args", "code"),
    [
        ("rep", {}, "forbidden"),
        ("clerk", {"amount": 0}, "receivables.amount_missing"),
        ("clerk", {"day_on": "2026-02-30"}, "receivables.no_such_day"),
        ("clerk", {"due_on": "2026-02-30"}, "receivables.no_such_day"),
        ("clerk", {"day_on": "9999-12-31"}, "receivables.day_ahead"),
        ("clerk", {"customer_id": new_id()}, "customers.unknown"),
    ],
)
async def test_open_balance_refuses(cast: Cast, who: str, args: dict[str, Any], code: str) -> None:
    customer_id = await make_customer(cast)
    whole = {"item_id": new_id(), "customer_id": customer_id, "amount": 100, "day_on": "2026-02-01", **args}
    answer = await cast.do(who, "receivables.open_balance", **whole)
    assert answer.json()["code"] == code
    assert await db.fetch_value("SELECT count(*) FROM receivable_items") == 0


async def test_open_balance_takes_a_paper_once_and_no_more_than_a_number_holds(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    item_id = await make_debt(cast, customer_id, 2**53 - 1)
    whole = {"item_id": item_id, "customer_id": customer_id, "amount": 1, "day_on": "2026-02-01"}
    for id, code in ((item_id, "already_there"), (new_id(), "too_much")):
        answer = await cast.do("clerk", "receivables.open_balance", **{**whole, "item_id": id})
        assert answer.json()["code"] == f"receivables.{code}"
    assert (await account_of(customer_id))["debt"] == 2**53 - 1
    await check_books()


async def test_an_account_goes_where_its_customer_goes_and_collections_stay(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    paid = await make_debt(cast, customer_id, 100)
    collection_id = await make_collection(cast, customer_id, 100)
    still = await make_debt(cast, customer_id, 50)
    old, new = await cast.phone("rep"), await cast.phone("other_rep")
    await cast.done(
        "manager",
        "customers.assign",
        customer_id=customer_id,
        territory_id=cast.territories["south"],
        owner_id=cast.people["other_rep"],
    )
    for phone in (old, new):
        await phone.sync()
        await assert_stale_equals_fresh(phone)
        assert await phone.nothing_left()
    assert (old.rows("accounts"), old.rows("receivable_items")) == ({}, {})
    assert set(old.rows("collections")) == {collection_id}
    assert (set(new.rows("accounts")), set(new.rows("receivable_items"))) == ({customer_id}, {still})
    assert paid not in new.rows("receivable_items")
    assert new.rows("collections") == {}
    await check_books()
