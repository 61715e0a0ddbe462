"""The demo's stock and debts: the books balance, something is short, somebody is overdue."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.times import day_on, now_ms
from roundsman.demo import load
from roundsman.demo.catalog import goods
from tests.cast import Cast
from tests.make.inventory import check_ledger
from tests.make.receivables import check_books


async def test_the_demo_has_stock_and_debts_that_balance(stage: Cast) -> None:
    await load(stage.registry, days=0)
    await check_ledger()
    await check_books()
    assert await db.fetch_value("SELECT count(*) FROM stocks") == len(list(goods())) + 12
    assert await db.fetch_value("SELECT min(on_hand_e3) FROM stocks") == 2000
    owed = await db.fetch("SELECT due_on, open_amount FROM receivable_items WHERE open_amount > 0")
    overdue = [row for row in owed if row["due_on"] < day_on(now_ms())]
    assert 0 < len(overdue) < len(owed)
    assert await db.fetch_value("SELECT count(*) FROM collections WHERE unallocated = 0") == 8
