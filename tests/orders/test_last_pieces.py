"""Eight people at once order, accept, change, send, call off and take back the last pieces there are, in random lots.
Whatever they do in between each other: no stock falls below zero, what is reserved is the sum of the lines, the ledgers
balance, and nobody is told anything but what the rules say.

`ROUNDSMAN_LAST_PIECES_SECONDS` lengthens it.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.inventory import check_ledger, make_stock
from tests.make.orders import a_line, an_order, make_goods, make_warehouse

SECONDS = float(os.environ.get("ROUNDSMAN_LAST_PIECES_SECONDS", "2"))
WRITERS = 8
PIECES = 100
EXPECTED = {
    "orders.stale",
    "orders.wrong_state",
    "orders.short",
    "orders.more_than_left",
    "orders.return_decided",
}
"""What may be answered when somebody else was quicker."""


class Shop:
    """Three things of which there are a hundred pieces each, two customers, and what eight writers did."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.told: Counter[str] = Counter()
        self.orders: list[str] = []
        self.returns: list[str] = []

    async def open(self) -> None:
        self.goods = await make_goods(3, stock_e3=PIECES * 1000, packs=[{"unit": "瓶", "factor": 1}])
        self.customers = [await make_customer(self.cast, name=name) for name in ("甲店", "乙店")]
        for who in ("rep", "clerk"):
            await self.cast.client(who)

    def has_been_busy(self) -> bool:
        """Whether enough was ordered, accepted and sent to mean anything; a slow machine needs longer for it."""
        return self.told["place"] > 5 and self.told["review"] > 30 and self.told["ship"] > 0

    async def write(self, number: int, until: float) -> None:
        """One writer's day: until then, and on until it has been busy."""
        dice = random.Random(number)
        while time.monotonic() < until or not self.has_been_busy():
            await dice.choices(
                (self.order, self.decide, self.amend, self.give_back, self.refill),
                (6, 10, 2, 2, 3),
            )[0](dice)

    async def send(self, who: str, name: str, **args: Any) -> dict[str, Any] | None:
        """What a command answered; None when it was refused as it may be."""
        answer = await self.cast.do(who, f"orders.{name}", **args)
        body: dict[str, Any] = answer.json()
        if answer.status_code == 200:
            self.told[name] += 1
            return body.get("result") or {}
        self.told[body["code"]] += 1
        assert body["code"] in EXPECTED, (name, body)
        return None

    async def order(self, dice: random.Random) -> None:
        lines = [a_line(id, dice.randint(1, 30)) for id in dice.sample(self.goods, dice.randint(1, 3))]
        args = an_order(dice.choice(self.customers), *lines)
        await self.send("rep", "place", **args)
        self.orders.append(args["order_id"])
        if await self.send("clerk", "review", order_id=args["order_id"], expect="submitted"):
            await self.decide(dice)

    async def some(self, dice: random.Random) -> tuple[str, str]:
        """One of the last orders and the state it was in a moment ago."""
        order_id = dice.choice(self.orders[-12:])
        state = await db.fetch_value("SELECT state FROM orders WHERE id = $1", order_id)
        return order_id, state

    async def decide(self, dice: random.Random) -> None:
        if not self.orders:
            return
        order_id, state = await self.some(dice)
        verbs = {
            "reviewed": ["allocate", "cancel"],
            "awaiting_purchase": ["allocate", "cancel", "cancel"],
            "allocated": ["ship", "pack", "cancel"],
            "packed": ["ship", "ship", "cancel"],
            "shipped": ["sign"],
            "signed": ["close"],
        }
        await self.send(
            "clerk", dice.choice(verbs.get(state, ["cancel", "review"])), order_id=order_id, expect=state
        )

    async def amend(self, dice: random.Random) -> None:
        if not self.orders:
            return
        order_id, state = await self.some(dice)
        lines = await db.fetch("SELECT id FROM order_lines WHERE order_id = $1", order_id)
        wanted = [{"line_id": dice.choice(lines)["id"], "quantity_e3": dice.randint(1, 30) * 1000}]
        await self.send("clerk", "amend", order_id=order_id, expect=state, lines=wanted)

    async def give_back(self, dice: random.Random) -> None:
        if self.returns and dice.random() < 0.5:
            return_id = self.returns.pop()
            verb = dice.choice(("receive_return", "refuse_return"))
            await self.send("clerk", verb, return_id=return_id, reason="x")
            return
        line = await db.fetch_one(
            """
            SELECT order_lines.id, order_id FROM order_lines JOIN orders ON orders.id = order_id
            WHERE shipped_e3 > 0 AND state IN ('shipped', 'signed', 'closed') ORDER BY orders.id DESC LIMIT 1
            """
        )
        if line is not None:
            coming = {
                "return_line_id": new_id(),
                "line_id": line["id"],
                "quantity_e3": dice.randint(1, 9) * 1000,
            }
            args = {"return_id": new_id(), "order_id": line["order_id"], "lines": [coming], "reason": "x"}
            if await self.send("rep", "ask_return", **args) is not None:
                self.returns.append(args["return_id"])

    async def refill(self, dice: random.Random) -> None:
        """A few pieces arrive, so that there is something to fight for all the time."""
        async with db.unit_of_work():
            warehouse_id = await make_warehouse()
        await make_stock(self.cast, warehouse_id, dice.choice(self.goods), dice.randint(1, 12) * 1000)


async def check_books() -> None:
    """What is reserved, owed, committed and numbered is what the orders say."""
    for row in await db.fetch(
        """
        SELECT variant_id, reserved_e3,
            (SELECT coalesce(sum(order_lines.reserved_e3), 0) FROM order_lines
             WHERE order_lines.variant_id = stocks.variant_id) AS of_lines,
            (SELECT coalesce(sum(shipped_e3 - returned_e3), 0) FROM order_lines
             WHERE order_lines.variant_id = stocks.variant_id) AS gone,
            (SELECT -coalesce(sum(quantity_e3), 0) FROM stock_movements
             WHERE stock_movements.variant_id = stocks.variant_id AND kind IN ('shipment', 'return')) AS booked
        FROM stocks
        """
    ):
        assert row["reserved_e3"] == row["of_lines"], row
        assert row["gone"] == row["booked"], row
    for row in await db.fetch(
        """
        SELECT debt, committed,
            (SELECT coalesce(sum(amount), 0) FROM receivable_items WHERE customer_id = accounts.id) AS items,
            (SELECT coalesce(sum(total_amount - returned_amount), 0) FROM orders WHERE customer_id = accounts.id
             AND state NOT IN ('draft', 'submitted', 'cancelled')) AS owed,
            (SELECT coalesce(sum(total_amount), 0) FROM orders WHERE customer_id = accounts.id
             AND state = 'submitted') AS submitted
        FROM accounts
        """
    ):
        assert row["debt"] == row["items"] == row["owed"], row
        assert row["committed"] == row["submitted"], row
    for row in await db.fetch(
        """
        SELECT orders.id, goods_amount, (SELECT sum(amount) FROM order_lines WHERE order_id = orders.id) AS amount
        FROM orders
        """
    ):
        assert row["goods_amount"] == row["amount"], row
    numbers = sorted(row["number"] for row in await db.fetch("SELECT number FROM orders"))
    last = await db.fetch_value("SELECT sum(last) FROM order_numbers")
    assert len(set(numbers)) == len(numbers) == last, "numbers have neither gap nor double"


@pytest.mark.slow(SECONDS + 3)
async def test_nobody_gets_what_is_not_there(cast: Cast) -> None:
    shop = Shop(cast)
    await shop.open()
    until = time.monotonic() + SECONDS
    await asyncio.gather(*(shop.write(number, until) for number in range(WRITERS)))
    await check_ledger()
    await check_books()
    short = await db.fetch_value("SELECT count(*) FROM order_moves WHERE to_state = 'awaiting_purchase'")
    assert short > 0, "there was never too little: nobody had to fight"
    print(f"{cast.database.dialect}: {dict(shop.told)}, {short} short")
