"""Orders a phone sends at once come to what the same orders come to one by one."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, FixedClock, now_ms, use_clock
from roundsman.sync.limits import use_limits
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.orders import a_line, an_order, make_goods, make_offer
from tests.make.visits import clocks
from tests.sync.world import LIMITLESS

CUSTOMERS = 3
SAID_OF_AN_ORDER = ("state", "goods_amount", "total_amount", "cost_amount", "hold_codes", "day_on")
SAID_OF_A_LINE = ("position", "variant_id", "unit", "quantity_e3", "price_e4", "amount", "is_gift", "source")


async def make_shops(cast: Cast, goods: list[str]) -> list[str]:
    """Customers of the same kinds each time: one with prices of his own and something free, one with little credit."""
    plain, special, tight = [await make_customer(cast, "clerk") for _ in range(CUSTOMERS)]
    gift = [{"every_e3": 5000, "variant_id": goods[3], "unit": "瓶", "quantity_e3": 1000}]
    await make_offer(goods[0], 15_000, customer_id=special, gifts=gift)
    await make_offer(goods[1], 16_000, customer_id=special, until_on="2020-06-30")
    terms = {"customer_id": tight, "credit_limit": 6000, "credit_days": 30, "policy": "hold"}
    await cast.done("clerk", "receivables.set_terms", **terms)
    return [plain, special, tight]


def a_batch(chance: random.Random, now: int, goods: list[str], *, is_clean: bool) -> list[dict[str, Any]]:
    """Orders whose customer is a number; in one that is not clean some are refused."""
    batch: list[dict[str, Any]] = []
    for _ in range(8):
        lines = [a_line(id, chance.randint(1, 12)) for id in chance.sample(goods[:3], chance.randint(1, 3))]
        lines[0]["price_e4"] = chance.choice((20_000, 15_000, None))
        at = now - chance.randint(0, 3) * DAY
        batch.append(
            an_order("", *lines, clocks=clocks(at), note=" n ", expenses=[{"name": "运费", "amount": 7}])
        )
        batch[-1]["customer_id"] = chance.randrange(CUSTOMERS)
    if not is_clean:
        batch[2]["order_id"] = batch[1]["order_id"]
        batch[4]["lines"][0]["line_id"] = batch[3]["lines"][0]["line_id"]
        batch[6]["lines"][0]["unit"] = "吨"
        batch[7]["customer_id"] = CUSTOMERS
    return batch


async def outcome(
    cast: Cast, who: str, customers: list[str], batch: list[dict[str, Any]], at_once: int
) -> tuple[list[Any], list[Any], list[Any]]:
    """What was answered, what the orders say and what is committed of each customer, as far as it can be compared."""
    phone = await cast.phone(who)
    phone.batch = at_once
    ids: dict[str, str] = {}

    def mine(id: str) -> str:
        return ids.setdefault(id, new_id())

    uuids = []
    for order in batch:
        lines = [{**line, "line_id": mine(line["line_id"])} for line in order["lines"]]
        number = order["customer_id"]
        customer = customers[number] if number < len(customers) else new_id()
        args = {**order, "order_id": mine(order["order_id"]), "customer_id": customer, "lines": lines}
        uuids.append(phone.act("orders.place", args))
    await phone.sync()
    answers = []
    for uuid in uuids:
        answer = dict(phone.answer(uuid) or {})
        answer.pop("number", None)
        for change in answer.get("changes", ()):
            change.pop("line_id")
        answers.append((phone.status(uuid), phone.code(uuid), answer))
    rows = []
    for order in dict.fromkeys(mine(order["order_id"]) for order in batch):
        found = await db.fetch_one("SELECT * FROM orders WHERE id = $1", order)
        lines = await db.fetch("SELECT * FROM order_lines WHERE order_id = $1 ORDER BY position", order)
        moves = await db.fetch(
            "SELECT verb, to_state, at, detail FROM order_moves WHERE order_id = $1", order
        )
        rows.append(
            (
                found and [found[name] for name in SAID_OF_AN_ORDER],
                [[line[name] for name in SAID_OF_A_LINE] for line in lines],
                [
                    (move["verb"], move["to_state"], move["at"], len(json.loads(move["detail"])))
                    for move in moves
                ],
            )
        )
    accounts = await db.fetch(
        f"SELECT committed, debt FROM accounts WHERE id {db.any_of('$1')} ORDER BY committed", customers
    )
    return answers, rows, accounts


@pytest.mark.slow(3)
async def test_at_once_and_one_by_one_are_the_same(cast: Cast) -> None:
    await cast.assign("other_rep", "north")
    use_limits(LIMITLESS)
    goods = await make_goods(4)
    chance = random.Random(5)
    with use_clock(FixedClock(now_ms())) as clock:
        for is_clean in (True, False) * 2:
            batch = a_batch(chance, clock.now_ms(), goods, is_clean=is_clean)
            together = await outcome(cast, "rep", await make_shops(cast, goods), batch, 50)
            assert together == await outcome(cast, "other_rep", await make_shops(cast, goods), batch, 1)
            codes = [code for _, code, _ in together[0] if code]
            assert len(codes) == (0 if is_clean else 4), codes
    numbers = [row["number"] for row in await db.fetch("SELECT number FROM orders ORDER BY number")]
    assert [int(number[7:]) for number in numbers] == list(range(1, len(numbers) + 1))


@pytest.mark.slow(1)
async def test_a_run_takes_two_statements_an_order(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """What else is read or written is so once, however many are sent: round trips are what a push costs."""
    goods = await make_goods(5)
    customers = [await make_customer(cast) for _ in range(4)]
    told: list[str] = []
    for name in ("fetch", "fetch_one", "fetch_value", "execute", "execute_many"):
        original = getattr(db, name)

        async def counting(sql: str, *rest: Any, _original: Any = original) -> Any:
            told.append(sql)
            return await _original(sql, *rest)

        monkeypatch.setattr(db, name, counting)
    found = []
    for count in (4, 4, 20):
        phone = await cast.phone("rep")
        for n in range(count):
            phone.act("orders.place", an_order(customers[n % 4], *(a_line(id, 1 + n) for id in goods)))
        told.clear()
        await phone.push()
        assert not [uuid for uuid in phone.results if phone.status(uuid) != "applied"]
        found.append(len(told))
    # The first four make their customers' accounts.
    assert found[2] - found[1] == 16 * 2, told
    # Six of them bring the figures in line with all that was placed.
    assert found[1] <= 22 + 4 * 2, told
