"""Placing an order, at once as a phone does or by submitting a draft. The server prices it again and has the last word:
what it dislikes but need not refuse holds the order for whoever reviews it.
"""

from __future__ import annotations

from typing import Final

from roundsman.core import db
from roundsman.core.clocks import Clocks
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, command
from roundsman.core.errors import Conflict, Invalid
from roundsman.core.events import announce
from roundsman.core.money import Money
from roundsman.core.times import Day, day_on, days_between, is_day
from roundsman.orders import rules
from roundsman.orders.commands.content import (
    add_lines,
    amounts_of,
    buyer_of,
    check_visit,
    new_order,
    placed_now,
)
from roundsman.orders.commands.moving import begin_move
from roundsman.orders.commands.pricing import PricedLines, price_lines
from roundsman.orders.commands.rows import (
    as_json,
    delete_lines,
    insert_lines,
    insert_moves,
    insert_order,
    move_of,
    update_order,
)
from roundsman.orders.commands.shapes import MoveOrder, OrderContent, OrderedLine, PriceChange
from roundsman.orders.events import OrderSubmitted, told_of
from roundsman.orders.queries import get_customer_to_order_for, lines_of, policy_in_force
from roundsman.receivables.commands import commit_within_credit

_NEXT_NUMBER: Final = """
    INSERT INTO order_numbers (id, last) VALUES ($1, 1)
    ON CONFLICT (id) DO UPDATE SET last = order_numbers.last + 1 RETURNING last
"""


class PlaceOrder(OrderContent, kw_only=True, frozen=True):
    """An order as somebody saw and wanted it: `goods_amount` in fen is what the lines came to on his screen, by prices
    his phone had been given on the day `priced_on`.
    """

    goods_amount: Money
    priced_on: Day
    clocks: Clocks | None = None


class Placed(Answer, kw_only=True, frozen=True):
    """The order's number and what it comes to by the server's prices, in fen. `changes` are the lines that cost
    something else than was seen; `holds` are codes of what the review must decide.
    """

    number: str
    state: str
    goods_amount: int
    total_amount: int
    changes: list[PriceChange]
    holds: list[str]


@command("orders.place", permission="orders.place")
async def place_order(ctx: Ctx, cmd: PlaceOrder) -> Placed:
    """Place an order for a customer the person sees, an agent for himself. It is priced by the rules of the day it was
    placed on; what differs from what was seen is applied or held as the policy says.
    """
    if not is_day(cmd.priced_on):
        raise Invalid("orders.no_such_day", field="priced_on")
    if not cmd.lines:
        raise Invalid("orders.no_lines", field="lines")
    customer = await get_customer_to_order_for(ctx, cmd.customer_id)
    at = cmd.clocks.true_time(ctx.now).at if cmd.clocks is not None else ctx.true_at
    order = new_order(ctx, cmd, customer, at)
    await check_visit(ctx, cmd)
    priced = await price_lines(cmd.lines, buyer_of(customer), order["day_on"])
    order.update(amounts_of(order, priced))
    age = days_between(cmd.priced_on, day_on(ctx.now))
    placed = await _submit(ctx, order, priced, seen_amount=cmd.goods_amount, age_days=age)
    if not await insert_order(order):
        raise Conflict("orders.already_there", order_id=cmd.order_id)
    await add_lines(order, priced.rows)
    await _told(ctx, order, "place", "", placed, at=order["placed_at"])
    return placed


class SubmitOrder(MoveOrder, kw_only=True, frozen=True):
    """Which draft is placed."""


@command("orders.submit", permission="orders.place")
async def submit_order(ctx: Ctx, cmd: SubmitOrder) -> Placed:
    """Place a draft as it stands, by today's prices; what the draft said is what was seen."""
    order = await begin_move(ctx, cmd, "submit")
    customer = await get_customer_to_order_for(ctx, order["customer_id"])
    rows = [row for row in await lines_of([order["id"]]) if not row["is_gift"]]
    if not rows:
        raise Invalid("orders.no_lines", field="lines")
    age = days_between(day_on(order["changed_at"]), day_on(ctx.now))
    seen_amount = order["goods_amount"]
    when = placed_now(ctx)
    lines = [
        OrderedLine(
            **{name: row[name] for name in ("variant_id", "unit", "quantity_e3", "price_e4")},
            line_id=row["id"],
        )
        for row in rows
    ]
    priced = await price_lines(lines, buyer_of(customer), when["day_on"])
    order.update(when, owner_id=customer["owner_id"], territory_id=customer["territory_id"])
    order.update(agent_id=customer["agent_id"], **amounts_of(order, priced))
    before = order["state"]
    placed = await _submit(ctx, order, priced, seen_amount=seen_amount, age_days=age)
    await update_order(order, {name: order[name] for name in _SUBMITTED})
    await delete_lines(order)
    await insert_lines(order, priced.rows)
    await _told(ctx, order, "submit", before, placed, at=ctx.now)
    return placed


_SUBMITTED: Final = (
    *("state", "number", "price_changes", "hold_codes", "goods_amount", "total_amount", "cost_amount"),
    *("owner_id", "territory_id", "agent_id", "placed_at", "day_on", "month", "changed_at"),
)
"""The columns of a draft that being placed may change."""


async def _submit(ctx: Ctx, order: db.Row, priced: PricedLines, *, seen_amount: int, age_days: int) -> Placed:
    """Decide in `order` what a priced order becomes: held or not, its number, what it binds of the customer's credit.
    Its row is the caller's to write. Raises what a customer's terms refuse.
    """
    today = day_on(ctx.now)
    policy = await policy_in_force()
    changed = sum(abs(change.amount_after - change.amount_before) for change in priced.changes)
    difference = max(changed, abs(priced.goods_amount - seen_amount))
    holds = rules.holds_of_prices(policy, difference, seen_amount, age_days)
    holds += await commit_within_credit(ctx, order["customer_id"], order["total_amount"], today)
    # Last, since everybody else who places an order waits for the row of the day.
    counted = await db.fetch_value(_NEXT_NUMBER, today)
    order.update(
        state="submitted",
        number=rules.number_of(today, counted),
        price_changes=as_json(priced.changes),
        hold_codes=as_json(holds),
    )
    return Placed(
        number=order["number"],
        state=order["state"],
        goods_amount=order["goods_amount"],
        total_amount=order["total_amount"],
        changes=priced.changes,
        holds=holds,
    )


async def _told(ctx: Ctx, order: db.Row, verb: str, before: str, placed: Placed, *, at: int) -> None:
    detail = {"changes": placed.changes, "holds": placed.holds} if placed.changes or placed.holds else {}
    await insert_moves([move_of(ctx, order, verb, before, order["state"], at=at, detail=detail)])
    await announce(ctx, told_of(OrderSubmitted, order))
