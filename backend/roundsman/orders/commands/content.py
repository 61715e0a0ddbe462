"""From what a payload says to the row of an order: the same for a draft and for one that is placed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from roundsman.catalog.rules.pricing import Buyer
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Conflict, Invalid
from roundsman.core.money import LARGEST
from roundsman.core.times import day_on, is_day, month_of_day
from roundsman.orders.commands.pricing import PricedLines
from roundsman.orders.commands.rows import as_json, insert_all_lines
from roundsman.orders.commands.shapes import OrderContent


def new_order(ctx: Ctx, cmd: OrderContent, customer: db.Row, at: int) -> db.Row:
    """A complete row for `at` (epoch ms), without prices. It keeps the customer's owner and territory of now: history
    isn't rewritten when he moves. Raises Invalid("orders.no_such_day"), Conflict("orders.customer_inactive").
    """
    require_active(customer)
    return {
        "id": cmd.order_id,
        "number": "",
        "external_key": None,
        "customer_id": customer["id"],
        "agent_id": customer["agent_id"],
        "person_id": ctx.person.id,
        "owner_id": customer["owner_id"],
        "territory_id": customer["territory_id"],
        "state": "draft",
        "warehouse_id": None,
        "currency": "CNY",
        "goods_amount": 0,
        "expense_amount": 0,
        "total_amount": 0,
        "returned_amount": 0,
        "cost_amount": 0,
        "returned_cost_amount": 0,
        "stated_e4": None,
        "price_changes": "[]",
        "hold_codes": "[]",
        "short_count": 0,
        "version": 1,
        **content_of(cmd),
        **_when(ctx, at),
    }


def require_active(customer: db.Row) -> None:
    """Raise Conflict("orders.customer_inactive") for a customer who was put away: nothing is ordered for him."""
    if not customer["is_active"]:
        raise Conflict("orders.customer_inactive", customer_id=customer["id"])


def content_of(cmd: OrderContent) -> dict[str, Any]:
    """The columns a person writes himself. Raises Invalid("orders.no_such_day")."""
    if cmd.wanted_on is not None and not is_day(cmd.wanted_on):
        raise Invalid("orders.no_such_day", field="wanted_on")
    return {
        "visit_id": cmd.visit_id,
        "recipient": as_json(cmd.recipient),
        "delivery_method": cmd.delivery_method.strip(),
        "wanted_on": cmd.wanted_on,
        "install_at": cmd.install_at,
        "note": cmd.note.strip(),
        "expenses": as_json(cmd.expenses),
        "expense_amount": sum(expense.amount for expense in cmd.expenses),
    }


def _when(ctx: Ctx, at: int) -> dict[str, Any]:
    # A phone whose clock is nonsense says so by its skew; no order is older than 1970 for that.
    at = max(0, at)
    day = day_on(at)
    return {"placed_at": at, "day_on": day, "month": month_of_day(day), "changed_at": ctx.now}


def placed_now(ctx: Ctx) -> dict[str, Any]:
    """The columns that say when, for an order that is placed at this moment."""
    return _when(ctx, ctx.now)


def amounts_of(order: db.Row, priced: PricedLines) -> dict[str, int]:
    """The amounts of an order with these lines, in fen. Raises Invalid("orders.too_large")."""
    total = priced.goods_amount + order["expense_amount"]
    if total > LARGEST:
        raise Invalid("orders.too_large", field="expenses")
    return {
        "goods_amount": priced.goods_amount,
        "total_amount": total,
        "cost_amount": priced.cost_amount,
    }


def buyer_of(customer: db.Row) -> Buyer:
    """Who pays, as the rules of a price ask it."""
    return Buyer(customer_id=customer["id"], level_id=customer["price_level_id"])


async def add_lines(orders: Sequence[tuple[db.Row, Sequence[db.Row]]]) -> None:
    """Write the lines of orders that have none, each with its own. Raises Conflict("orders.line_elsewhere") when one of
    them is another order's; what was written before is then to be undone by who called.
    """
    try:
        await insert_all_lines(orders)
    except Exception as error:
        # Asked of the key itself: to look for them first would cost every order a statement for what nobody does.
        if db.is_unique_violation(error):
            raise Conflict("orders.line_elsewhere", order_id=orders[0][0]["id"]) from error
        raise


async def check_visits(orders: Sequence[tuple[Ctx, OrderContent]]) -> None:
    """Raise Invalid("orders.other_visit") for a visit of somebody else or at another customer. One that is not known
    (yet) says nothing against the order.
    """
    ids = [cmd.visit_id for _, cmd in orders if cmd.visit_id is not None]
    if not ids:
        return
    rows = await db.fetch(f"SELECT id, person_id, customer_id FROM visits WHERE id {db.any_of('$1')}", ids)
    known = {row["id"]: (row["person_id"], row["customer_id"]) for row in rows}
    for ctx, cmd in orders:
        ours = (ctx.person.id, cmd.customer_id)
        if cmd.visit_id is not None and known.get(cmd.visit_id, ours) != ours:
            raise Invalid("orders.other_visit", field="visit_id")
