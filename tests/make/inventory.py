"""Makers of warehouses and of what is in them, each a plain command as somebody who may; and the laws of the ledger."""

from __future__ import annotations

from typing import Any

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.inventory.commands.stocks import stock_id
from tests.cast import Cast


async def make_warehouse(cast: Cast, **fields: Any) -> str:
    """A warehouse; its id."""
    args = {"warehouse_id": new_id(), "name": "主仓", **fields}
    await cast.done("clerk", "inventory.set_warehouse", **args)
    return str(args["warehouse_id"])


def receipt(warehouse_id: str, variant_id: str, quantity_e3: int, **fields: Any) -> dict[str, Any]:
    """The payload of a receipt of one line, in bottles."""
    line = {"variant_id": variant_id, "unit": "瓶", "quantity_e3": quantity_e3}
    return {"receipt_id": new_id(), "warehouse_id": warehouse_id, "lines": [line], **fields}


async def make_stock(cast: Cast, warehouse_id: str, variant_id: str, quantity_e3: int) -> str:
    """So much more of a variant in a warehouse; the stock's id."""
    await cast.done("clerk", "inventory.receive", **receipt(warehouse_id, variant_id, quantity_e3))
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
