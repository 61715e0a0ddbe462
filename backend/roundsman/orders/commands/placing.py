"""Placing an order, at once as a phone does or by submitting a draft. The server prices it again and has the last word:
what it dislikes but need not refuse holds the order for whoever reviews it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    check_visits,
    new_order,
    placed_now,
    require_active,
)
from roundsman.orders.commands.moving import begin_move
from roundsman.orders.commands.pricing import (
    PricedLines,
    Wanted,
    goods_for,
    price_lines,
    price_with,
)
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
from roundsman.orders.commands.telling import tell_of_held
from roundsman.orders.events import OrderSubmitted, told_of
from roundsman.orders.queries import (
    get_customer_to_order_for,
    get_customers_to_order_for,
    lines_of,
    policy_in_force,
)
from roundsman.receivables.commands import commit_within_credit

_NEXT_NUMBERS: Final = """
    INSERT INTO order_numbers (id, last) VALUES ($1, $2)
    ON CONFLICT (id) DO UPDATE SET last = order_numbers.last + excluded.last RETURNING last
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


async def place_orders(wanted: Sequence[tuple[Ctx, PlaceOrder]]) -> list[Placed]:
    """Place orders of one person: a dozen statements for all of them, and two for each. Raises what refuses any."""
    ctx = wanted[0][0]
    for _, cmd in wanted:
        if not is_day(cmd.priced_on):
            raise Invalid("orders.no_such_day", field="priced_on")
        if not cmd.lines:
            raise Invalid("orders.no_lines", field="lines")
    customers = await get_customers_to_order_for(ctx, [cmd.customer_id for _, cmd in wanted])
    orders = [
        new_order(own, cmd, customers[cmd.customer_id], _placed_at(own, cmd.clocks)) for own, cmd in wanted
    ]
    await check_visits(wanted)
    asked = [
        Wanted(cmd.lines, buyer_of(customers[cmd.customer_id]), order["day_on"])
        for order, (_, cmd) in zip(orders, wanted, strict=True)
    ]
    goods = await goods_for(asked)
    submitted = [
        _Submitted(
            order,
            price_with(goods, one),
            seen_amount=cmd.goods_amount,
            age_days=days_between(cmd.priced_on, day_on(own.now)),
        )
        for order, one, (own, cmd) in zip(orders, asked, wanted, strict=True)
    ]
    answers = await _submit(ctx, submitted)
    for order in orders:
        if not await insert_order(order):
            raise Conflict("orders.already_there", order_id=order["id"])
    await add_lines([(one.order, one.priced.rows) for one in submitted])
    await _told(ctx, "place", [(order, "", order["placed_at"]) for order in orders], answers)
    return answers


def _placed_at(ctx: Ctx, clocks: Clocks | None) -> int:
    return ctx.true_at if clocks is None else clocks.true_time(ctx.now).at


@command("orders.place", permission="orders.place", together=place_orders)
async def place_order(ctx: Ctx, cmd: PlaceOrder) -> Placed:
    """Place an order for a customer the person sees, an agent for himself. It is priced by the rules of the day it was
    placed on; what differs from what was seen is applied or held as the policy says.
    """
    (placed,) = await place_orders([(ctx, cmd)])
    return placed


class SubmitOrder(MoveOrder, kw_only=True, frozen=True):
    """Which draft is placed."""


@command("orders.submit", permission="orders.place")
async def submit_order(ctx: Ctx, cmd: SubmitOrder) -> Placed:
    """Place a draft as it stands, by today's prices; what the draft said is what was seen."""
    order = await begin_move(ctx, cmd, "submit")
    customer = await get_customer_to_order_for(ctx, order["customer_id"])
    require_active(customer)
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
    order.update(agent_id=customer["agent_id"])
    before = order["state"]
    (placed,) = await _submit(ctx, [_Submitted(order, priced, seen_amount=seen_amount, age_days=age)])
    await update_order(order, {name: order[name] for name in _SUBMITTED})
    await delete_lines(order)
    await insert_lines(order, priced.rows)
    await _told(ctx, "submit", [(order, before, ctx.now)], [placed])
    return placed


_SUBMITTED: Final = (
    *("state", "number", "price_changes", "hold_codes", "goods_amount", "total_amount", "cost_amount"),
    *("owner_id", "territory_id", "agent_id", "placed_at", "day_on", "month", "changed_at"),
)
"""The columns of a draft that being placed may change."""


@dataclass(frozen=True, slots=True)
class _Submitted:
    """An order with its prices, what it came to on the screen, and how old the prices there were."""

    order: db.Row
    priced: PricedLines
    seen_amount: int
    age_days: int


async def _submit(ctx: Ctx, submitted: Sequence[_Submitted]) -> list[Placed]:
    """Decide in their rows what priced orders come to and become: held or not, their numbers, what they bind of the
    customers' credit. The rows are the caller's to write. Raises what a customer's terms refuse.
    """
    today = day_on(ctx.now)
    policy = await policy_in_force()
    held = []
    for one in submitted:
        order, priced = one.order, one.priced
        order.update(amounts_of(order, priced))
        changed = sum(abs(change.amount_after - change.amount_before) for change in priced.changes)
        difference = max(changed, abs(priced.goods_amount - one.seen_amount))
        holds = rules.holds_of_prices(policy, difference, one.seen_amount, one.age_days)
        holds += await commit_within_credit(ctx, order["customer_id"], order["total_amount"], today)
        held.append(holds)
    # Last, since everybody else who places an order waits for the row of the day.
    last = await db.fetch_value(_NEXT_NUMBERS, today, len(submitted))
    answers = []
    for number, (one, holds) in enumerate(zip(submitted, held, strict=True), last - len(submitted) + 1):
        one.order.update(
            state="submitted",
            number=rules.number_of(today, number),
            price_changes=as_json(one.priced.changes),
            hold_codes=as_json(holds),
        )
        answers.append(
            Placed(
                number=one.order["number"],
                state=one.order["state"],
                goods_amount=one.order["goods_amount"],
                total_amount=one.order["total_amount"],
                changes=one.priced.changes,
                holds=holds,
            )
        )
    return answers


async def _told(
    ctx: Ctx, verb: str, orders: Sequence[tuple[db.Row, str, int]], answers: Sequence[Placed]
) -> None:
    """Write into the history of each order, given with its state before and the moment, that it was placed; and
    announce it.
    """
    moves = []
    for (order, before, at), placed in zip(orders, answers, strict=True):
        detail = {"changes": placed.changes, "holds": placed.holds} if placed.changes or placed.holds else {}
        moves.append(move_of(ctx, order, verb, before, order["state"], at=at, detail=detail))
    await insert_moves(moves)
    for order, _, _ in orders:
        await announce(ctx, told_of(OrderSubmitted, order))
    held = zip(orders, answers, strict=True)
    await tell_of_held(ctx, [order for (order, _, _), placed in held if placed.holds])
