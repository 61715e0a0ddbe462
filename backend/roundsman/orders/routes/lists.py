"""What the office reads of orders online: lists, one order with all that hangs on it, and sums. No rules of its own."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.params import FromPath, QueryParameter

from roundsman.core.errors import Invalid
from roundsman.core.http import After, Limit, Page, RequestCtx, page_of, read_cursor
from roundsman.core.http.paging import DEFAULT_LIMIT
from roundsman.core.times import day_on, is_day
from roundsman.orders.queries import (
    counts_seen_by,
    downline_totals_of,
    get_order_in_full,
    lines_of,
    moves_of,
    orders_seen_by,
    profits_seen_by,
    return_lines_of,
    returns_of,
    returns_seen_by,
    totals_seen_by,
)
from roundsman.orders.routes.filters import FILTERED, FromOn, UntilOn, Wanted
from roundsman.orders.routes.rows import (
    DownlineTotals,
    OrderDetail,
    OrderListRow,
    OrderTotals,
    ProfitRow,
    ReturnListRow,
    detail_of,
    list_row,
    profit_row,
    return_list_row,
    totals_row,
)

ReturnState = Annotated[
    str,
    QueryParameter(name="return_state", pattern="^(asked|received|refused)?$", description="of the return"),
]


@get("/api/orders/orders", tags=["orders"], dependencies=FILTERED)
async def get_orders(
    ctx: RequestCtx, wanted: Wanted, after: After = None, limit: Limit = DEFAULT_LIMIT
) -> Page[OrderListRow]:
    """Orders, newest first: one's own and of customers one looks after, an agent's his, a manager's everyone's below
    him, a clerk's all.
    """
    ctx.require("orders.see")
    cursor = read_cursor(after, int, str)
    key = None if cursor is None else (cursor[0], cursor[1])
    rows = await orders_seen_by(ctx.person, ctx.now, wanted, after=key, limit=limit + 1)
    page = page_of(rows, limit, lambda row: (row["placed_at"], row["id"]))
    return Page(rows=[list_row(ctx.person, row) for row in page.rows], next=page.next)


@get("/api/orders/orders/{order_id:str}", tags=["orders"])
async def get_one_order(ctx: RequestCtx, order_id: FromPath[str]) -> OrderDetail:
    """An order with its lines, its history and its returns."""
    ctx.require("orders.see")
    row = await get_order_in_full(ctx, order_id)
    returns = await returns_of(order_id)
    coming = await return_lines_of([one["id"] for one in returns]) if returns else []
    lines, moves = await lines_of([order_id]), await moves_of(order_id)
    return detail_of(ctx.person, row, lines, moves, returns, coming)


@get("/api/orders/counts", tags=["orders"])
async def get_counts(ctx: RequestCtx) -> dict[str, int]:
    """How many orders wait, by the state they are in; `held` of those submitted are held by something, and `returns`
    wait for an answer. What there is none of is left out.
    """
    ctx.require("orders.see")
    return await counts_seen_by(ctx.person, ctx.now)


@get("/api/orders/totals", tags=["orders"], dependencies=FILTERED)
async def get_totals(ctx: RequestCtx, wanted: Wanted) -> OrderTotals:
    """What the orders of a filter come to and earn; drafts and cancelled ones count only where they are asked for."""
    ctx.require("orders.see")
    return totals_row(ctx.person, await totals_seen_by(ctx.person, ctx.now, wanted))


@get("/api/orders/profit", tags=["orders"], dependencies=FILTERED)
async def get_profits(
    ctx: RequestCtx,
    wanted: Wanted,
    by: Annotated[str, QueryParameter(name="by", pattern="^(customer|owner)$")] = "customer",
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[ProfitRow]:
    """What the orders of a filter earn, by customer or by who looks after him, what earns most first."""
    ctx.require("orders.see_costs")
    cursor = read_cursor(after, int, str)
    key = None if cursor is None else (cursor[0], cursor[1])
    rows = await profits_seen_by(ctx.person, ctx.now, wanted, by, after=key, limit=limit + 1)
    page = page_of(rows, limit, lambda row: (row["profit"], row["id"]))
    return Page(rows=[profit_row(row) for row in page.rows], next=page.next)


@get("/api/orders/returns", tags=["orders"], dependencies=FILTERED)
async def get_returns(
    ctx: RequestCtx,
    wanted: Wanted,
    return_state: ReturnState = "",
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[ReturnListRow]:
    """Returns of the orders a filter means, the latest asked first."""
    ctx.require("orders.see")
    cursor = read_cursor(after, int, str)
    key = None if cursor is None else (cursor[0], cursor[1])
    rows = await returns_seen_by(ctx.person, ctx.now, wanted, state=return_state, after=key, limit=limit + 1)
    page = page_of(rows, limit, lambda row: (row["asked_at"], row["id"]))
    return Page(rows=[return_list_row(row) for row in page.rows], next=page.next)


@get("/api/orders/downline", tags=["orders"])
async def get_downline_totals(
    ctx: RequestCtx,
    from_on: FromOn = None,
    until_on: UntilOn = None,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[DownlineTotals]:
    """What each agent below the one who asks ordered, this month's without days; the totals alone."""
    ctx.require("orders.see")
    today = day_on(ctx.now)
    from_on, until_on = from_on or today[:8] + "01", until_on or today
    for field, day in (("from", from_on), ("until", until_on)):
        if not is_day(day):
            raise Invalid("orders.no_such_day", field=field)
    cursor = read_cursor(after, str)
    rows = await downline_totals_of(
        ctx.person,
        from_on=from_on,
        until_on=until_on,
        after="" if cursor is None else cursor[0],
        limit=limit + 1,
    )
    page = page_of(rows, limit, lambda row: (row["path"],))
    shown = [
        DownlineTotals(
            agent_id=row["id"],
            name=row["name"],
            depth=row["depth"],
            order_count=row["order_count"],
            goods_amount=row["goods_amount"],
            returned_amount=row["returned_amount"],
        )
        for row in page.rows
    ]
    return Page(rows=shown, next=page.next)
