"""Makers of warehouses, variants and what is in stock of them, by rows alone."""

from __future__ import annotations

import json

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from roundsman.inventory.commands.stocks import lock_or_make_stocks, stock_id


async def make_warehouse(*, name: str = "主仓", is_default: bool = True, is_active: bool = True) -> str:
    """A warehouse; its id."""
    id = new_id()
    async with db.unit_of_work():
        await db.execute(
            "INSERT INTO warehouses (id, name, is_default, is_active) VALUES ($1, $2, $3, $4)",
            id,
            name,
            is_default,
            is_active,
        )
    return id


async def make_variant(name: str = "短袖", *, code: str = "", box: int = 12) -> str:
    """A variant sold by 件 and by 箱 of `box`; its id."""
    product_id, id = new_id(), new_id()
    packs = [
        {"unit": unit, "factor": factor, "barcode": "", "price_e4": None, "minimum_e3": 1000, "maximum_e3": None,
         "step_e3": 1000, "is_sold": True}
        for unit, factor in (("件", 1), ("箱", box))
    ]  # fmt: skip
    async with db.unit_of_work():
        await db.execute(
            """
            INSERT INTO products (id, code, name, brand, category_id, axes, description, picture_id, pinyin, initials,
                                  search, position, is_on_sale, created_at, changed_at)
            VALUES ($1, $2, $3, '', NULL, '[]', '', NULL, '', '', $4, 0, $5, $6, $6)
            """,
            product_id,
            code,
            name,
            f"{name}\t{code}".lower(),
            True,
            now_ms(),
        )
        await db.execute(
            """
            INSERT INTO variants (id, product_id, code, name, spec, packs, price_e4, cost_e4, position, is_on_sale,
                                  changed_at)
            VALUES ($1, $2, $3, '', '[]', $4, 100000, 60000, 0, $5, $6)
            """,
            id,
            product_id,
            code,
            json.dumps(packs, ensure_ascii=False),
            True,
            now_ms(),
        )
    return id


async def make_stock(ctx: Ctx, warehouse_id: str, variant_id: str, quantity_e3: int) -> str:
    """So much more of a variant in a warehouse; the stock's id."""
    async with db.unit_of_work():
        stocks = await lock_or_make_stocks(ctx, warehouse_id, [variant_id])
        stocks.move(stock_id(warehouse_id, variant_id), "opening", quantity_e3, ("opening", new_id()))
        await stocks.write()
    return stock_id(warehouse_id, variant_id)


async def check_ledger() -> None:
    """The laws: nothing below zero, what is reserved is the sum of reservations, what is on hand that of movements,
    and every balance follows from the one before.
    """
    stocks = {row["id"]: row for row in await db.fetch("SELECT * FROM stocks")}
    reserved = dict.fromkeys(stocks, 0)
    for row in await db.fetch("SELECT * FROM stock_reservations"):
        reserved[stock_id(row["warehouse_id"], row["variant_id"])] += row["quantity_e3"]
    balance = dict.fromkeys(stocks, 0)
    for row in await db.fetch("SELECT * FROM stock_movements ORDER BY at, id"):
        id = stock_id(row["warehouse_id"], row["variant_id"])
        balance[id] += row["quantity_e3"]
        assert row["balance_e3"] == balance[id], row
    for id, row in stocks.items():
        assert 0 <= row["reserved_e3"] <= row["on_hand_e3"], row
        assert row["reserved_e3"] == reserved[id], row
        assert row["on_hand_e3"] == balance[id], row
