"""Facts made from documents as they stand: what they say now, not what was once told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from roundsman.core import db
from roundsman.core.quantities import amount_of
from roundsman.core.times import day_on
from roundsman.figures.rules import Fact
from roundsman.orders.rules import State, returned_amount

FEN: Final = 100
"""1/10000 yuan."""

_REVIEWED: Final = frozenset(State) - {State.DRAFT, State.SUBMITTED, State.CANCELLED}
_SIGNED: Final = frozenset((State.SIGNED, State.CLOSED))


async def facts_of_orders(order_ids: Collection[str]) -> list[Fact]:
    """What these orders and the goods that came back from them come to; a draft and one that was called off nothing."""
    ids = list(order_ids)
    orders = await db.fetch(
        f"""
        SELECT id, day_on, goods_amount, stated_e4, customer_id, territory_id,
               coalesce(owner_id, person_id) AS person_id
        FROM orders WHERE id {db.any_of("$1")} AND state NOT IN ('draft', 'cancelled')
        """,
        ids,
    )
    if not orders:
        return []
    lines: defaultdict[str, list[db.Row]] = defaultdict(list)
    for line in await db.fetch(
        f"""
        SELECT order_lines.id, order_id, product_id, quantity_e3, factor, order_lines.cost_e4, amount, returned_e3
        FROM order_lines JOIN variants ON variants.id = variant_id
        WHERE order_id {db.any_of("$1")} ORDER BY order_id, order_lines.position, order_lines.id
        """,
        ids,
    ):
        lines[line["order_id"]].append(line)
    days = await _days_of(orders, ids)
    facts: list[Fact] = []
    for order in orders:
        facts += _facts_of_order(order, lines[order["id"]], *days[order["id"]])
    came_back = [order["id"] for order in orders if any(line["returned_e3"] for line in lines[order["id"]])]
    if came_back:
        facts += await _facts_of_returns(came_back, orders, lines, days)
    return facts


async def _days_of(orders: Sequence[db.Row], ids: list[str]) -> dict[str, tuple[str | None, str | None]]:
    """When each order was accepted and when it was signed for. One that was imported was so on its own day."""
    found: dict[str, tuple[str | None, str | None]] = {order["id"]: (None, None) for order in orders}
    own = {order["id"]: order["day_on"] for order in orders}
    for move in await db.fetch(
        f"""
        SELECT order_id, verb, to_state, at FROM order_moves
        WHERE order_id {db.any_of("$1")} AND verb IN ('review', 'sign', 'import') ORDER BY at, id
        """,
        ids,
    ):
        if move["order_id"] not in found:
            continue
        reviewed_on, signed_on = found[move["order_id"]]
        day = own[move["order_id"]] if move["verb"] == "import" else day_on(move["at"])
        if move["to_state"] in _REVIEWED:
            reviewed_on = reviewed_on or day
        if move["to_state"] in _SIGNED:
            signed_on = signed_on or day
        found[move["order_id"]] = reviewed_on, signed_on
    return found


def _facts_of_order(
    order: db.Row, lines: Sequence[db.Row], reviewed_on: str | None, signed_on: str | None
) -> list[Fact]:
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for line in lines:
        found = sums[line["product_id"]]
        found[0] += line["amount"] * FEN
        found[1] += line["quantity_e3"] * line["factor"]
        found[2] += amount_of(line["cost_e4"], line["quantity_e3"]) * FEN
    # What another system states beyond its lines, if only by rounding, is of no product.
    stated_e4 = order["goods_amount"] * FEN if order["stated_e4"] is None else order["stated_e4"]
    if beyond := stated_e4 - sum(found[0] for found in sums.values()):
        sums[""][0] = beyond
    whose = (order["person_id"], order["territory_id"], order["customer_id"])
    days = (order["day_on"], reviewed_on, signed_on)
    return [
        Fact(order["id"], order["id"], product_id, "order", *whose, *days, *found)
        for product_id, found in sums.items()
    ]


async def _facts_of_returns(
    ids: list[str],
    orders: Sequence[db.Row],
    lines: dict[str, list[db.Row]],
    days: dict[str, tuple[str | None, str | None]],
) -> list[Fact]:
    """What came back, below zero, on the day it did; in the basis of signatures no earlier than the order itself."""
    by_id = {order["id"]: order for order in orders}
    own = {line["id"]: line for order_lines in lines.values() for line in order_lines}
    came: defaultdict[str, int] = defaultdict(int)
    sums: defaultdict[tuple[str, str, str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for back in await db.fetch(
        f"""
        SELECT order_returns.id, order_id, decided_at, order_line_id, quantity_e3, order_return_lines.amount
        FROM order_returns JOIN order_return_lines ON return_id = order_returns.id
        WHERE order_id {db.any_of("$1")} AND state = 'received' ORDER BY decided_at, order_returns.id
        """,
        ids,
    ):
        line = own[back["order_line_id"]]
        found = sums[back["order_id"], back["id"], line["product_id"], back["decided_at"]]
        found[0] -= back["amount"] * FEN
        found[1] -= back["quantity_e3"] * line["factor"]
        found[2] -= returned_amount(line["cost_e4"], came[line["id"]], back["quantity_e3"]) * FEN
        came[line["id"]] += back["quantity_e3"]
    facts = []
    for (order_id, return_id, product_id, decided_at), found in sums.items():
        order, (reviewed_on, signed_on) = by_id[order_id], days[order_id]
        whose = (order["person_id"], order["territory_id"], order["customer_id"])
        day = day_on(decided_at)
        on = (day, day if reviewed_on else None, max(day, signed_on) if signed_on else None)
        facts.append(Fact(order_id, return_id, product_id, "return", *whose, *on, *found))
    return facts


async def facts_of_collections(collection_ids: Collection[str]) -> list[Fact]:
    """Money received, by whoever looked after the customer then; what was taken back is nothing."""
    rows = await db.fetch(
        f"""
        SELECT id, customer_id, coalesce(owner_id, person_id) AS person_id, coalesce(territory_id, '') AS territory_id,
               day_on, amount
        FROM collections WHERE id {db.any_of("$1")} AND state = 'recorded'
        """,
        list(collection_ids),
    )
    return [_on_one_day("collection", row, row["amount"] * FEN) for row in rows]


async def facts_of_visits(visit_ids: Collection[str]) -> list[Fact]:
    """Visits that were begun; one that was skipped is none."""
    rows = await db.fetch(
        f"""
        SELECT id, customer_id, person_id, territory_id, day_on FROM visits
        WHERE id {db.any_of("$1")} AND state <> 'skipped'
        """,
        list(visit_ids),
    )
    return [_on_one_day("visit", row, 0) for row in rows]


async def facts_of_customers(customer_ids: Collection[str]) -> list[Fact]:
    """Customers somebody won, where they were filed first; one that was put away is none."""
    rows = await db.fetch(
        f"""
        SELECT customers.id, customers.id AS customer_id, won_by AS person_id, created_at,
               customer_placements.territory_id
        FROM customers JOIN customer_placements ON customer_id = customers.id
        WHERE customers.id {db.any_of("$1")} AND won_by IS NOT NULL AND is_active
        ORDER BY from_at DESC, customer_placements.id DESC
        """,
        list(customer_ids),
    )
    # Of each the last one stays: where it was first.
    first = {row["id"]: row for row in rows}
    return [
        _on_one_day("customer", {**row, "day_on": day_on(row["created_at"])}, 0) for row in first.values()
    ]


def _on_one_day(kind: str, row: db.Row, amount_e4: int) -> Fact:
    id, day = row["id"], row["day_on"]
    whose = (row["person_id"], row["territory_id"], row["customer_id"])
    return Fact(id, id, "", kind, *whose, day, day, day, amount_e4, 0, 0)  # type: ignore[arg-type]
