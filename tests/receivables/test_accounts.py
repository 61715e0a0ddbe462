"""What documents do to an account: credit asked, commitments, charges, credits, on both databases."""

from __future__ import annotations

import sqlite3

import asyncpg
import pytest

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Conflict
from roundsman.core.ids import new_id
from roundsman.core.times import add_days, day_on
from roundsman.receivables.commands import charge, check_credit, commit, credit, uncommit
from tests.cast import Cast
from tests.make.customers import make_customer


async def account_of(customer_id: str) -> db.Row:
    row = await db.fetch_one("SELECT * FROM accounts WHERE id = $1", customer_id)
    assert row is not None
    return row


async def set_terms(customer_id: str, **fields: object) -> None:
    async with db.unit_of_work():
        for name, value in fields.items():
            await db.execute(f"UPDATE accounts SET {name} = $2 WHERE id = $1", customer_id, value)


async def open_amounts() -> list[int]:
    return [
        row["open_amount"] for row in await db.fetch("SELECT open_amount FROM receivable_items ORDER BY id")
    ]


async def codes(ctx: Ctx, customer_id: str, amount: int, day: str) -> list[str]:
    async with db.unit_of_work():
        return await check_credit(ctx, customer_id, amount, day)


async def test_credit_is_asked_by_the_terms(cast: Cast) -> None:
    ctx, customer_id = await cast.ctx("clerk"), await make_customer(cast)
    today = day_on(ctx.now)
    assert await codes(ctx, customer_id, 10**9, today) == [], "who has no account has no terms"
    async with db.unit_of_work():
        await commit(ctx, customer_id, 400)
        await charge(ctx, customer_id, ("orders", "1"), 500, today, number="S1")
    assert await codes(ctx, customer_id, 10**9, today) == []
    await set_terms(customer_id, policy="hold", credit_limit=1000)
    assert await codes(ctx, customer_id, 100, today) == []
    assert await codes(ctx, customer_id, 101, today) == ["receivables.over_credit"]
    assert await codes(ctx, customer_id, 101, add_days(today, 1)) == [
        "receivables.over_credit",
        "receivables.overdue",
    ]
    await set_terms(customer_id, policy="refuse")
    for amount, day, code in ((101, today, "over_credit"), (0, add_days(today, 1), "overdue")):
        with pytest.raises(Conflict, match=code):
            await codes(ctx, customer_id, amount, day)
    async with db.unit_of_work():
        await uncommit(ctx, customer_id, 400)
    assert await codes(ctx, customer_id, 500, today) == []
    account = await account_of(customer_id)
    assert (account["debt"], account["committed"]) == (500, 0)


async def test_a_charge_is_due_after_the_days_of_the_terms(cast: Cast) -> None:
    ctx, customer_id = await cast.ctx("clerk"), await make_customer(cast)
    async with db.unit_of_work():
        await commit(ctx, customer_id, 0)
    await set_terms(customer_id, credit_days=30)
    async with db.unit_of_work():
        await charge(ctx, customer_id, ("orders", "1"), 500, "2026-02-10", number="S1")
        await charge(ctx, customer_id, ("orders", "2"), 0, "2026-02-10")
    items = await db.fetch("SELECT number, amount, due_on, day_on, territory_id FROM receivable_items")
    assert [tuple(item.values()) for item in items] == [
        ("S1", 500, "2026-03-12", "2026-02-10", cast.territories["north"])
    ]


async def test_a_credit_pays_its_document_first_then_the_oldest_then_the_next(cast: Cast) -> None:
    ctx, customer_id = await cast.ctx("clerk"), await make_customer(cast)
    async with db.unit_of_work():
        await charge(ctx, customer_id, ("orders", "1"), 100, "2026-02-01")
        await charge(ctx, customer_id, ("orders", "2"), 100, "2026-02-02")
        await credit(ctx, customer_id, ("order_returns", "1"), 130, "2026-02-03", against=("orders", "2"))
    assert await open_amounts() == [70, 0, 0]
    async with db.unit_of_work():
        await credit(ctx, customer_id, ("order_returns", "2"), 90, "2026-02-03")
    assert await open_amounts() == [0, 0, 0, -20]
    assert (await account_of(customer_id))["debt"] == -20
    async with db.unit_of_work():
        await charge(ctx, customer_id, ("orders", "3"), 50, "2026-02-04")
    assert await open_amounts() == [0, 0, 0, 0, 30]
    assert (await account_of(customer_id))["debt"] == 30


async def test_a_document_is_charged_once(cast: Cast) -> None:
    ctx, customer_id = await cast.ctx("clerk"), await make_customer(cast)
    order = ("orders", new_id())
    async with db.unit_of_work():
        await charge(ctx, customer_id, order, 100, "2026-02-01")
    with pytest.raises((sqlite3.IntegrityError, asyncpg.UniqueViolationError)):
        async with db.unit_of_work():
            await charge(ctx, customer_id, order, 100, "2026-02-01")
    assert (await account_of(customer_id))["debt"] == 100
