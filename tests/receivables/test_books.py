"""The laws of the books under anything that may happen to them, one after another and at the same time."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Refusal
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, day_on
from roundsman.receivables.commands import (
    charge,
    collect,
    commit,
    credit,
    open_balance,
    set_terms,
    uncommit,
    void_collection,
)
from roundsman.receivables.commands.collecting import Collect, Share, VoidCollection
from roundsman.receivables.commands.terms import OpenBalance, SetTerms
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.receivables import account_of, check_books

amounts = st.integers(1, 500)
places = st.integers(0, 5)
shares = st.lists(st.tuples(places, amounts), max_size=3)
ACTS = st.one_of(
    st.tuples(st.just("charge"), amounts),
    st.tuples(st.just("credit"), amounts, st.none() | places),
    st.tuples(st.just("collect"), amounts, shares),
    st.tuples(st.just("void"), places),
    st.tuples(st.just("open"), st.integers(-300, 300)),
    st.tuples(st.just("terms"), st.integers(0, 60)),
)


class Books:
    """One customer's account, and what it must come to."""

    def __init__(self, ctx: Ctx, customer_id: str) -> None:
        self.ctx, self.customer_id = ctx, customer_id
        self.items: list[tuple[str, tuple[str, str]]] = []
        self.recorded: dict[str, int] = {}
        self.debt = 0

    async def act(self, what: str, *how: Any) -> None:
        """Do one thing, at one moment later than the one before."""
        self.ctx = replace(self.ctx, now=self.ctx.now + DAY // 3)
        async with db.unit_of_work():
            await getattr(self, f"_{what}")(*how)

    def _day(self) -> str:
        return day_on(self.ctx.now)

    async def _charge(self, amount: int) -> None:
        source = ("orders", new_id())
        await charge(self.ctx, self.customer_id, source, amount, self._day())
        await self._remember(source)
        self.debt += amount

    async def _credit(self, amount: int, place: int | None) -> None:
        against = self.items[place % len(self.items)][1] if place is not None and self.items else None
        source = ("order_returns", new_id())
        await credit(self.ctx, self.customer_id, source, amount, self._day(), against=against)
        await self._remember(source)
        self.debt -= amount

    async def _collect(self, amount: int, shares: list[tuple[int, int]]) -> None:
        chosen = [
            Share(item_id=self.items[place % len(self.items)][0], amount=part)
            for place, part in shares
            if self.items
        ]
        id = new_id()
        told = await collect(
            self.ctx, Collect(collection_id=id, customer_id=self.customer_id, amount=amount, items=chosen)
        )
        self.recorded[id] = amount
        self.debt -= amount
        assert told.debt == self.debt

    async def _void(self, place: int) -> None:
        if self.recorded:
            id = list(self.recorded)[place % len(self.recorded)]
            await void_collection(self.ctx, VoidCollection(collection_id=id, reason="x"))
            self.debt += self.recorded.pop(id)

    async def _open(self, amount: int) -> None:
        if amount:
            id = new_id()
            await open_balance(
                self.ctx,
                OpenBalance(item_id=id, customer_id=self.customer_id, amount=amount, day_on=self._day()),
            )
            self.items.append((id, ("openings", id)))
            self.debt += amount

    async def _terms(self, days: int) -> None:
        await set_terms(self.ctx, SetTerms(customer_id=self.customer_id, credit_days=days))

    async def _remember(self, source: tuple[str, str]) -> None:
        id = await db.fetch_value("SELECT id FROM receivable_items WHERE source_id = $1", source[1])
        self.items.append((id, source))

    async def check(self) -> None:
        """The laws, and that nothing is missing or there twice."""
        await check_books()
        count = await db.fetch_value(
            "SELECT count(*) FROM receivable_items WHERE customer_id = $1", self.customer_id
        )
        assert count == len(self.items)
        if self.items or self.recorded:
            assert (await account_of(self.customer_id))["debt"] == self.debt


@pytest.mark.slow(10)
async def test_the_books_balance_whatever_happens(cast: Cast) -> None:
    ctx, loop = await cast.ctx("clerk"), asyncio.get_running_loop()
    customer_id = await make_customer(cast)

    async def play(acts: list[tuple[Any, ...]]) -> None:
        async with db.unit_of_work():
            for table in ("allocations", "collections", "receivable_items", "accounts"):
                await db.execute(f"DELETE FROM {table}")
        books = Books(ctx, customer_id)
        for act in acts:
            await books.act(*act)
            await books.check()

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.lists(ACTS, max_size=10))
    def check(acts: list[tuple[Any, ...]]) -> None:
        asyncio.run_coroutine_threadsafe(play(acts), loop).result()

    await asyncio.to_thread(check)


@pytest.mark.slow(8)
async def test_the_books_balance_when_many_write_at_once(cast: Cast) -> None:
    ctx = await cast.ctx("clerk")
    customers = [await make_customer(cast, name=f"{n}号店") for n in range(3)]
    taken: list[str] = []
    refused: set[str] = set()

    async def write(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(12):
            books = Books(ctx, dice.choice(customers))
            amount = dice.randint(1, 300)
            act = dice.choice(["charge", "credit", "collect", "commit", "void"])
            async with db.unit_of_work():
                if act == "void":
                    # Whoever is second finds it voided.
                    if taken:
                        id = dice.choice(taken)
                        try:
                            async with db.savepoint():
                                await void_collection(ctx, VoidCollection(collection_id=id, reason="x"))
                        except Refusal as refusal:
                            refused.add(refusal.code)
                elif act == "commit":
                    await commit(ctx, books.customer_id, amount)
                    await asyncio.sleep(0)
                    await uncommit(ctx, books.customer_id, amount)
                elif act == "collect":
                    id = new_id()
                    await collect(
                        ctx, Collect(collection_id=id, customer_id=books.customer_id, amount=amount)
                    )
                    taken.append(id)
                else:
                    await getattr(books, f"_{act}")(*([amount] if act == "charge" else [amount, None]))

    await asyncio.gather(*(db.start_task(write(seed)) for seed in range(8)))
    await check_books()
    assert refused <= {"receivables.already_voided", "receivables.collection_unknown"}
    rows = await db.fetch("SELECT committed FROM accounts")
    assert [row["committed"] for row in rows] == [0] * len(rows)
    assert await db.fetch_value("SELECT count(*) FROM collections") == len(set(taken))
