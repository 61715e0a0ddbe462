"""What the office reads of receivables: debts by customer, by person and in all, and one account from the inside."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, add_days, day_on, now_ms
from tests.cast import Cast
from tests.make.agents import make_agent
from tests.make.customers import make_customer
from tests.make.receivables import make_collection, make_debt
from tests.make.visits import clocks
from tests.phone import assert_stale_equals_fresh


async def ask(cast: Cast, who: str, path: str, **query: Any) -> dict[str, Any]:
    answer = await (await cast.client(who)).get(f"/api/receivables/{path}", params=query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def names(cast: Cast, who: str, **query: Any) -> list[str]:
    return [row["name"] for row in (await ask(cast, who, "debts", **query))["rows"]]


async def pages(cast: Cast, who: str, path: str, **query: Any) -> list[dict[str, Any]]:
    """All rows, two at a time."""
    rows: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    for _ in range(20):
        page = await ask(cast, who, path, limit=2, **query, **after)
        rows += page["rows"]
        if page["next"] is None:
            return rows
        after = {"after": page["next"]}
    raise AssertionError("it never ends")


async def make_debts(cast: Cast) -> dict[str, str]:
    """Five customers, four of whom owe or have paid ahead: 甲 300 (100 overdue 45 days), 乙 200, 丙 −50, 丁 0,
    戊 1000 of another region.
    """
    today = day_on(now_ms())
    ids = {name: await make_customer(cast, name=f"{name}店", code=name) for name in "甲乙丁"}
    ids["丙"] = await make_customer(cast, "other_rep", "south", name="丙店")
    ids["戊"] = await make_customer(cast, "stranger", "west", name="戊店")
    await make_debt(cast, ids["甲"], 100, due_on=add_days(today, -45), number="A1")
    await make_debt(cast, ids["甲"], 200, due_on=add_days(today, 1), number="A2")
    await make_debt(cast, ids["乙"], 200)
    await make_collection(cast, ids["丙"], 50, "other_rep")
    await make_debt(cast, ids["戊"], 1000, due_on=add_days(today, -200))
    return ids


async def test_debts_are_those_of_the_customers_one_sees(cast: Cast) -> None:
    ids = await make_debts(cast)
    for who, expected in {
        "rep": ["甲店", "乙店"],
        "other_rep": ["丙店"],
        "stranger": ["戊店"],
        "manager": ["甲店", "乙店", "丙店"],
        "clerk": ["戊店", "甲店", "乙店", "丙店"],
        "administrator": ["戊店", "甲店", "乙店", "丙店"],
    }.items():
        assert await names(cast, who) == expected, who
        assert [row["name"] for row in await pages(cast, who, "debts")] == expected, who
    for who in ("agent", "courier"):
        refused = await (await cast.client(who)).get("/api/receivables/debts")
        assert refused.status_code == 403, who
    assert await names(cast, "clerk", overdue=True) == ["戊店", "甲店"]
    assert await names(cast, "clerk", search="乙") == ["乙店"]
    assert await names(cast, "clerk", owner=cast.people["rep"]) == ["甲店", "乙店"]
    assert await names(cast, "clerk", territory=cast.territories["south"]) == ["丙店"]
    assert await names(cast, "rep", owner=cast.people["stranger"]) == []
    assert await names(cast, "rep", all=True) == ["甲店", "乙店", "丁店"]
    tomorrow = add_days(day_on(now_ms()), 1)
    assert await names(cast, "rep", overdue=True, day=tomorrow) == ["甲店", "乙店"]
    first = (await ask(cast, "clerk", "debts", search="甲"))["rows"][0]
    assert first == {
        "customer_id": ids["甲"],
        "code": "甲",
        "name": "甲店",
        "phone": "",
        "territory_id": cast.territories["north"],
        "owner_id": cast.people["rep"],
        "owner_name": "Rep",
        "debt": 300,
        "committed": 0,
        "credit_limit": None,
        "credit_days": 0,
        "policy": "none",
        "overdue": 100,
        "overdue_since": add_days(day_on(now_ms()), -45),
    }


async def test_debts_are_summed_by_person_and_in_all(cast: Cast) -> None:
    ids = await make_debts(cast)
    await cast.done(
        "manager",
        "customers.assign",
        customer_id=ids["乙"],
        territory_id=cast.territories["north"],
        owner_id=None,
    )
    found = [
        (row["owner_name"], row["customer_count"], row["debt"], row["overdue"])
        for row in await pages(cast, "clerk", "debts_by_owner")
    ]
    assert found == [
        ("Stranger", 1, 1000, 1000),
        ("Rep", 1, 300, 100),
        (None, 1, 200, 0),
        ("Other Rep", 1, -50, 0),
    ]
    assert (await ask(cast, "clerk", "debt_totals")) == {
        "customer_count": 4,
        "debt": 1500,
        "paid_ahead": 50,
        "not_due": 400,
        "overdue_30": 0,
        "overdue_60": 100,
        "overdue_90": 0,
        "overdue_more": 1000,
    }
    assert (await ask(cast, "rep", "debt_totals", overdue=True))["debt"] == 300


async def test_a_statement_says_what_made_the_debt(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    now = now_ms()
    days = {ago: day_on(now - ago * DAY) for ago in (1, 5, 9)}
    await make_debt(cast, customer_id, 500, day_on=days[9], number="S1")
    await make_collection(
        cast, customer_id, 200, clocks=clocks(now - 5 * DAY), method="transfer", note="微信"
    )
    wrong = await make_collection(cast, customer_id, 999, clocks=clocks(now - 4 * DAY))
    await cast.done("clerk", "receivables.void_collection", collection_id=wrong, reason="多打一位")
    await make_debt(cast, customer_id, 100, day_on=days[1], number="S2")
    await make_debt(cast, customer_id, -30, number="退货")
    expected = [
        ("退货", -30, -30, 370),
        ("S2", 100, 100, 400),
        ("", -999, 0, 300),
        ("", -200, -200, 300),
        ("S1", 500, 500, 500),
    ]

    def told(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        return [tuple(row[name] for name in ("number", "amount", "effect", "balance")) for row in rows]

    path = f"statement/{customer_id}"
    assert told((await ask(cast, "rep", path))["rows"]) == expected
    assert told(await pages(cast, "manager", path)) == expected
    part = await ask(cast, "clerk", path, **{"from": days[5], "until": days[1]})
    assert told(part["rows"]) == expected[1:4]
    assert part["rows"][2]["person_name"] == "Rep"
    assert (part["rows"][2]["method"], part["rows"][2]["note"]) == ("transfer", "微信")
    assert part["rows"][1]["void_reason"] == "多打一位"
    account = await ask(cast, "rep", f"accounts/{customer_id}")
    assert (account["debt"], account["name"], account["overdue"]) == (370, "和平便利店", 370)
    items = (await ask(cast, "rep", f"items/{customer_id}"))["rows"]
    assert [(row["number"], row["amount"], row["open_amount"]) for row in items] == [
        ("S1", 500, 270),
        ("S2", 100, 100),
    ]
    assert [row["id"] for row in await pages(cast, "rep", f"items/{customer_id}")] == [
        row["id"] for row in items
    ]


async def test_an_account_is_no_strangers(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    await make_debt(cast, customer_id, 500)
    for what in ("statement", "accounts", "items"):
        for who, status in (("stranger", 404), ("other_rep", 404), ("agent", 404), ("courier", 403)):
            answer = await (await cast.client(who)).get(f"/api/receivables/{what}/{customer_id}")
            assert answer.status_code == status, (what, who)
        gone = await (await cast.client("clerk")).get(f"/api/receivables/{what}/{new_id()}")
        assert gone.json()["code"] == "customers.unknown"
        bad = await (await cast.client("clerk")).get(f"/api/receivables/{what}/x")
        assert bad.status_code == 422


@pytest.mark.parametrize("path", ["debts", "debts_by_owner"])
async def test_a_list_costs_the_same_for_one_and_for_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    await make_debts(cast)
    person, counts = "clerk", []
    real = db.fetch

    async def counting(sql: str, *arguments: object) -> list[db.Row]:
        counts.append(sql)
        return await real(sql, *arguments)

    await ask(cast, person, path)
    monkeypatch.setattr(db, "fetch", counting)
    found = []
    for query in ({"search": "甲"}, {}):
        counts.clear()
        rows = (await ask(cast, person, path, **query))["rows"]
        found.append(len(counts))
        assert len(rows) == (1 if query else (4 if path == "debts" else 3))
    assert found[0] == found[1]


async def test_bad_questions_are_told_so(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    client = await cast.client("clerk")
    for path in ("debts?day=2026-02-30", f"statement/{customer_id}?until=2026-13-01", "debts?owner=x"):
        assert (await client.get(f"/api/receivables/{path}")).status_code == 422, path
    assert (await client.get("/api/receivables/debts?after=nonsense")).status_code == 422


async def test_an_agent_sees_his_own_account_and_no_other(cast: Cast) -> None:
    own = await make_agent(cast, name="buyer")
    other = await make_customer(cast)
    item_id = await make_debt(cast, own, 500, number="S1")
    await make_debt(cast, other, 700)
    phone, rep = await cast.phone("buyer"), await cast.phone("rep")
    collection_id = await make_collection(cast, own, 200)
    for one in (phone, rep):
        await one.sync()
        await assert_stale_equals_fresh(one)
    assert {id: row["debt"] for id, row in phone.rows("accounts").items()} == {own: 300}
    assert {id: row["open_amount"] for id, row in phone.rows("receivable_items").items()} == {item_id: 300}
    assert set(phone.rows("collections")) == {collection_id}
    assert {row["debt"] for row in rep.rows("accounts").values()} == {300, 700}
    rows = (await ask(cast, "buyer", f"statement/{own}"))["rows"]
    assert [row["balance"] for row in rows] == [300, 500]
    assert (await ask(cast, "buyer", f"accounts/{own}"))["debt"] == 300
    refused = await (await cast.client("buyer")).get(f"/api/receivables/statement/{other}")
    assert refused.json()["code"] == "customers.unknown"
