"""Makers of what customers owe and paid, and the laws of their books; keyword arguments win over what is made up."""

from __future__ import annotations

from typing import Any

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import day_on, now_ms
from tests.cast import Cast


async def make_debt(cast: Cast, customer_id: str, amount: int, **fields: Any) -> str:
    """Something owed since today, due today; the item's id."""
    args = {
        "item_id": new_id(),
        "customer_id": customer_id,
        "amount": amount,
        "day_on": day_on(now_ms()),
        **fields,
    }
    await cast.done("clerk", "receivables.open_balance", **args)
    return str(args["item_id"])


def collection(customer_id: str, amount: int, **fields: Any) -> dict[str, Any]:
    """The payload of cash received."""
    return {
        "collection_id": new_id(),
        "customer_id": customer_id,
        "amount": amount,
        "method": "cash",
        **fields,
    }


async def make_collection(cast: Cast, customer_id: str, amount: int, who: str = "rep", **fields: Any) -> str:
    """Cash received; the collection's id."""
    args = collection(customer_id, amount, **fields)
    await cast.done(who, "receivables.collect", **args)
    return str(args["collection_id"])


async def account_of(customer_id: str) -> db.Row:
    """The row of an account that must be there."""
    row = await db.fetch_one("SELECT * FROM accounts WHERE id = $1", customer_id)
    assert row is not None
    return row


async def open_of(*item_ids: str) -> list[int]:
    """What is open of these items."""
    rows = {row["id"]: row["open_amount"] for row in await db.fetch("SELECT * FROM receivable_items")}
    return [rows[item_id] for item_id in item_ids]


async def check_books() -> None:
    """The laws: debt = items − collections that were not taken back; what is open or free is what no allocation says;
    no money is free while something is owed; only what is open is on a phone.
    """
    items = {row["id"]: row for row in await db.fetch("SELECT * FROM receivable_items")}
    collections = {row["id"]: row for row in await db.fetch("SELECT * FROM collections")}
    used = dict.fromkeys([*items, *collections], 0)
    for row in await db.fetch("SELECT * FROM allocations"):
        assert row["amount"] > 0
        used[row["item_id"]] += row["amount"]
        used[row["collection_id"] or row["credit_id"]] += row["amount"]
        assert items[row["item_id"]]["amount"] > 0, "a credit is paid by nothing"
        assert row["credit_id"] is None or items[row["credit_id"]]["amount"] < 0
    for account in await db.fetch("SELECT * FROM accounts"):
        own_items = [row for row in items.values() if row["customer_id"] == account["id"]]
        own_money = [row for row in collections.values() if row["customer_id"] == account["id"]]
        recorded = [row for row in own_money if row["state"] == "recorded"]
        for row in own_items:
            sign = 1 if row["amount"] > 0 else -1
            assert row["open_amount"] == row["amount"] - sign * used[row["id"]], row
            is_open = row["open_amount"] != 0
            assert row["territory_id"] == (account["territory_id"] if is_open else None), row
            assert (row["audience"], row["owner_id"], row["buyer_id"]) == (
                ("all", account["owner_id"], account["buyer_id"]) if is_open else (None, None, None)
            ), row
        for row in own_money:
            free = row["amount"] - used[row["id"]] if row["state"] == "recorded" else 0
            assert row["unallocated"] == free, row
            assert row["state"] == "recorded" or used[row["id"]] == 0
        owed = sum(row["amount"] for row in own_items)
        assert account["debt"] == owed - sum(row["amount"] for row in recorded), account
        still = sum(max(0, row["open_amount"]) for row in own_items)
        free = sum(row["unallocated"] for row in own_money)
        free += sum(max(0, -row["open_amount"]) for row in own_items)
        assert account["debt"] == still - free
        assert min(still, free) == 0, "money lies idle while something is owed"
