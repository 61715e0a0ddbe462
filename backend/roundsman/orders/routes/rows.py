"""Shapes of what the office reads of orders. Amounts are fen, prices 1/10000 yuan, quantities thousandths, moments
epoch ms. Costs and profits are None for who may not see them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from roundsman.core import db
from roundsman.core.context import Person
from roundsman.orders.commands.shapes import PriceChange, Recipient
from roundsman.orders.rules import profit

Shape = TypeVar("Shape", bound=msgspec.Struct)


class OrderListRow(msgspec.Struct, kw_only=True):
    """An order as lists show it."""

    id: str
    number: str
    customer_id: str
    customer_name: str
    agent_id: str | None
    person_id: str
    person_name: str
    owner_id: str | None
    owner_name: str | None
    territory_id: str
    day_on: str
    state: str
    goods_amount: int
    expense_amount: int
    total_amount: int
    returned_amount: int
    cost_amount: int | None
    """What the goods that stayed cost us."""
    profit: int | None
    line_count: int
    short_count: int
    hold_codes: list[str]
    recipient: Recipient
    delivery_method: str
    wanted_on: str | None
    install_at: int | None
    note: str
    visit_id: str | None
    placed_at: int
    changed_at: int
    version: int


class OrderLineRow(msgspec.Struct, kw_only=True):
    """A line of an order; `reserved_e3`, `shipped_e3` and `returned_e3` are in base units."""

    id: str
    position: int
    variant_id: str
    name: str
    code: str
    unit: str
    factor: int
    quantity_e3: int
    price_e4: int
    list_price_e4: int
    amount: int
    is_gift: bool
    gift_of: str | None
    source: str
    list_id: str | None
    cost_e4: int | None
    reserved_e3: int
    shipped_e3: int
    returned_e3: int


class OrderMoveRow(msgspec.Struct, kw_only=True):
    """A step of an order's life; `detail` says what a step that changed something changed."""

    id: str
    verb: str
    from_state: str
    to_state: str
    mover_id: str
    mover_name: str
    at: int
    reason: str
    detail: dict[str, Any]


class OrderReturnLineRow(msgspec.Struct, kw_only=True):
    """How much of a line comes back, in its unit."""

    id: str
    order_line_id: str
    quantity_e3: int
    amount: int


class OrderReturnRow(msgspec.Struct, kw_only=True):
    """Goods that come back, or are asked to."""

    id: str
    state: str
    reason: str
    amount: int
    asked_by: str
    asked_at: int
    decided_by: str | None
    decided_at: int | None
    decision_reason: str
    lines: list[OrderReturnLineRow]


class ReturnListRow(msgspec.Struct, kw_only=True):
    """A return as lists show it."""

    id: str
    order_id: str
    number: str
    customer_id: str
    customer_name: str
    state: str
    reason: str
    amount: int
    asked_by: str
    asker_name: str
    asked_at: int
    decided_at: int | None
    decision_reason: str


class ExpenseRow(msgspec.Struct, kw_only=True):
    """What an order came to beside its goods; below zero only where another system said so."""

    name: str
    amount: int
    remark: str


class OrderDetail(OrderListRow, kw_only=True):
    """An order with all that hangs on it."""

    expenses: list[ExpenseRow]
    price_changes: list[PriceChange]
    warehouse_id: str | None
    lines: list[OrderLineRow]
    moves: list[OrderMoveRow]
    returns: list[OrderReturnRow]


class OrderTotals(msgspec.Struct, kw_only=True):
    """What the orders of a filter come to; `profit` is what they earn, without what came back."""

    order_count: int
    goods_amount: int
    expense_amount: int
    total_amount: int
    returned_amount: int
    cost_amount: int | None
    profit: int | None


class ProfitRow(msgspec.Struct, kw_only=True):
    """What the orders of one customer or rep come to and earn; `id` and `name` are empty for those of nobody."""

    id: str
    name: str
    order_count: int
    goods_amount: int
    total_amount: int
    returned_amount: int
    cost_amount: int
    """What the goods that stayed cost us."""
    profit: int


class DownlineTotals(msgspec.Struct, kw_only=True):
    """What an agent below one ordered; `depth` 1 is one's own, 2 one of his."""

    agent_id: str
    name: str
    depth: int
    order_count: int
    goods_amount: int
    returned_amount: int


def list_row(person: Person, row: db.Row) -> OrderListRow:
    """A row of `orders_seen_by`."""
    return OrderListRow(**_of_the_list(person, row))


def detail_of(
    person: Person,
    row: db.Row,
    lines: Iterable[db.Row],
    moves: Iterable[db.Row],
    returns: Iterable[db.Row],
    return_lines: Iterable[db.Row],
) -> OrderDetail:
    """An order's row with what hangs on it."""
    sees_costs = person.may("orders.see_costs")
    coming: dict[str, list[OrderReturnLineRow]] = {}
    for line in return_lines:
        coming.setdefault(line["return_id"], []).append(_made(OrderReturnLineRow, line))
    return OrderDetail(
        **_of_the_list(person, row),
        expenses=msgspec.json.decode(row["expenses"], type=list[ExpenseRow]),
        price_changes=msgspec.json.decode(row["price_changes"], type=list[PriceChange]),
        warehouse_id=row["warehouse_id"],
        lines=[
            _made(
                OrderLineRow,
                line,
                is_gift=bool(line["is_gift"]),
                cost_e4=line["cost_e4"] if sees_costs else None,
            )
            for line in lines
        ],
        moves=[_made(OrderMoveRow, move, detail=json.loads(move["detail"])) for move in moves],
        returns=[_made(OrderReturnRow, one, lines=coming.get(one["id"], [])) for one in returns],
    )


def return_list_row(row: db.Row) -> ReturnListRow:
    """A row of `returns_seen_by`."""
    return _made(ReturnListRow, row)


def totals_row(person: Person, row: db.Row) -> OrderTotals:
    """The row of `totals_seen_by`."""
    return _made(OrderTotals, row, **_earnings(person, row))


def profit_row(row: db.Row) -> ProfitRow:
    """A row of `profits_seen_by`."""
    return _made(ProfitRow, row, cost_amount=row["cost_amount"] - row["returned_cost_amount"])


def _of_the_list(person: Person, row: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: row.get(name) for name in OrderListRow.__struct_fields__}
    return {
        **fields,
        **_earnings(person, row),
        "hold_codes": json.loads(row["hold_codes"]),
        "recipient": msgspec.json.decode(row["recipient"], type=Recipient),
    }


def _earnings(person: Person, row: Mapping[str, Any]) -> dict[str, int | None]:
    if not person.may("orders.see_costs"):
        return {"cost_amount": None, "profit": None}
    cost, back = row["cost_amount"], row["returned_cost_amount"]
    earned = profit(row["goods_amount"], cost, row["returned_amount"], back)
    return {"cost_amount": cost - back, "profit": earned}


def _made(shape: type[Shape], row: Mapping[str, Any], **more: Any) -> Shape:
    return shape(**{name: more[name] if name in more else row[name] for name in shape.__struct_fields__})
