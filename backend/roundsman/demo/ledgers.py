"""The demo's stock and money: two warehouses with goods, some of them short; customers who owe, some too long, and
what was received of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from roundsman.core.times import MINUTE, add_days, day_on, start_of_day
from roundsman.demo.catalog import goods
from roundsman.demo.doing import Doer, id_of

# (place in the list of customers, fen, days since the paper, days to pay, fen received of it)
DEBTS: Final = (
    (0, 32_000, 12, 30, 0),
    (2, 158_640, 48, 30, 60_000),
    (3, 9_950, 3, 0, 9_950),
    (5, 420_000, 75, 45, 0),
    (7, 67_300, 20, 30, 30_000),
    (11, 1_283_050, 140, 30, 500_000),
)
SHORT: Final = (4, 9, 23)
"""Places in the list of goods of which there is next to nothing."""


async def load_stock(does: Doer) -> None:
    """Goods of the last delivery, in cases where they come in cases."""
    for key, name in (("main", "主仓"), ("south", "南仓")):
        await does("wu", "inventory.set_warehouse", warehouse_id=id_of("warehouse", key), name=name)
    rows = list(goods())
    lines = []
    for place, row in enumerate(rows):
        is_cased = "pack_unit" in row and place not in SHORT
        factor = row.get("factor", 1)
        lines.append(
            {
                "variant_id": row["variant_id"],
                "unit": row["pack_unit"] if is_cased else row["unit"],
                "quantity_e3": (2 if place in SHORT else 20 + place % 7 * 5) * 1000,
                "cost_e4": row["cost_e4"] * (factor if is_cased else 1),
            }
        )
    warehouse_id, receipt_id = id_of("warehouse", "main"), id_of("receipt", "main")
    await does(
        "wu",
        "inventory.receive",
        receipt_id=receipt_id,
        warehouse_id=warehouse_id,
        lines=lines,
        reason="期初盘点",
    )
    await does(
        "wu",
        "inventory.receive",
        receipt_id=id_of("receipt", "south"),
        warehouse_id=id_of("warehouse", "south"),
        lines=[{**line, "quantity_e3": 10_000} for line in lines[:12]],
        reason="期初盘点",
    )
    await does(
        "wu",
        "inventory.adjust",
        adjustment_id=id_of("adjustment", "broken"),
        warehouse_id=warehouse_id,
        variant_id=rows[0]["variant_id"],
        change_e3=-3000,
        reason="破损",
    )


async def load_debts(does: Doer, login: str, customer_ids: Sequence[str]) -> None:
    """What customers of one rep owe, on what terms, and what he received of it."""
    today = day_on(does.now)
    for place, amount, age, days, received in DEBTS:
        customer_id, day = customer_ids[place], add_days(today, -age)
        await does(
            "wu",
            "receivables.set_terms",
            customer_id=customer_id,
            credit_limit=500_000 if place % 2 else None,
            credit_days=days,
            policy="hold" if place % 2 else "none",
        )
        await does(
            "wu",
            "receivables.open_balance",
            item_id=id_of("item", login, place),
            customer_id=customer_id,
            amount=amount,
            day_on=day,
            number=f"XS{day.replace('-', '')[2:]}{place:02d}",
        )
        if received:
            at = start_of_day(add_days(today, -1)) + 10 * 60 * MINUTE + place * 17 * MINUTE
            await does(
                login,
                "receivables.collect",
                at=at,
                collection_id=id_of("collection", login, place),
                customer_id=customer_id,
                amount=received,
                method=("cash", "code", "transfer")[place % 3],
                clocks={"wall_at": at},
            )
