"""The rows a past order of a sheet becomes, and whether they say anything new of those that are there. Pure: what is
looked up for them, and all writing, is importing.py's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from roundsman.catalog.queries import VariantForOrder
from roundsman.catalog.rules.packs import find_pack
from roundsman.catalog.rules.pricing import list_price_of
from roundsman.core import db
from roundsman.core.errors import Invalid, NotFound
from roundsman.core.ids import new_id
from roundsman.core.money import LARGEST
from roundsman.core.quantities import amount_of
from roundsman.orders.commands.rows import as_json
from roundsman.orders.commands.sheet_rows import PastLine, PastOrder
from roundsman.orders.rules import State

SOURCE: Final = "import"
"""Where the price of such a line is from, and the verb of the move such an order begins with."""
_SAID: Final = (
    "state",
    "stated_e4",
    "goods_amount",
    "expense_amount",
    "total_amount",
    "returned_amount",
    "note",
)
_SAID_AS_JSON: Final = ("expenses", "recipient")
_SAID_OF_A_LINE: Final = ("variant_id", "unit", "quantity_e3", "price_e4")
"""What a sheet may say anew of an order, and of its lines."""


def goods_e4(row: PastOrder) -> int:
    """What an order's goods came to in 1/10000 yuan: as stated, else by its lines, each rounded to the fen."""
    if row.goods_e4 is not None:
        return row.goods_e4
    return sum(amount_of(line.price_e4, line.quantity_e3) for line in row.lines) * 100


def said_of(row: PastOrder, lines: list[db.Row]) -> dict[str, Any]:
    """The columns a sheet speaks of. Raises Invalid("orders.too_large")."""
    goods = sum(line["amount"] for line in lines) if lines else amount_of(goods_e4(row), 1000)
    expense = sum(one.amount for one in row.expenses)
    cost = sum(amount_of(line["cost_e4"], line["quantity_e3"]) for line in lines)
    if max(goods, cost, abs(goods + expense)) > LARGEST:
        raise Invalid("orders.too_large", value=row.number)
    return {
        "state": row.state,
        "stated_e4": row.goods_e4,
        "goods_amount": goods,
        "expense_amount": expense,
        "total_amount": goods + expense,
        "returned_amount": row.returned_amount,
        "cost_amount": cost,
        "expenses": as_json([{"name": one.name, "amount": one.amount, "remark": ""} for one in row.expenses]),
        "recipient": as_json(row.recipient),
        "note": row.note.strip(),
    }


def line_of(line: PastLine, found: VariantForOrder | None, position: int, state: str) -> db.Row:
    """The row of a line of the variant found for it. Raises NotFound("orders.variant_unknown"),
    Invalid("orders.unit_unknown").
    """
    if found is None:
        raise NotFound("orders.variant_unknown", value=line.code or line.name, row=line.row)
    packs = found.variant.packs
    pack = find_pack(packs, line.unit) if line.unit else packs[0]
    if pack is None:
        raise Invalid("orders.unit_unknown", value=line.unit, row=line.row)
    base_e3 = line.quantity_e3 * pack.factor
    return {
        "id": new_id(),
        "position": position,
        "variant_id": found.variant.id,
        "name": found.full_name,
        "code": found.code,
        "unit": pack.unit,
        "factor": pack.factor,
        "quantity_e3": line.quantity_e3,
        "price_e4": line.price_e4,
        "list_price_e4": list_price_of(found.variant, pack),
        "amount": amount_of(line.price_e4, line.quantity_e3),
        "is_gift": False,
        "gift_of": None,
        "source": SOURCE,
        "list_id": None,
        "cost_e4": found.cost_e4 * pack.factor,
        "reserved_e3": 0,
        "shipped_e3": 0 if state == State.CANCELLED else base_e3,
        "returned_e3": base_e3 if state == State.RETURNED else 0,
    }


def says_other(known: db.Row, said: dict[str, Any]) -> bool:
    """Whether a sheet says something new of an order."""
    return any(known[name] != said[name] for name in _SAID) or any(
        json.loads(known[name]) != json.loads(said[name]) for name in _SAID_AS_JSON
    )


def same_lines(old: Iterable[db.Row], new: Iterable[db.Row]) -> bool:
    """Whether a sheet says nothing new of an order's lines."""
    return [[line[name] for name in _SAID_OF_A_LINE] for line in old] == [
        [line[name] for name in _SAID_OF_A_LINE] for line in new
    ]
