"""What the office reads of receivables online: debts, and one account from the inside. No rules of its own. Amounts are
fen.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get
from litestar.params import PathParameter, QueryParameter

from roundsman.core.context import Ctx
from roundsman.core.errors import Invalid
from roundsman.core.http import After, Limit, Page, RequestCtx, page_of, read_cursor
from roundsman.core.http.paging import DEFAULT_LIMIT
from roundsman.core.ids import PATTERN
from roundsman.core.times import day_on, is_day
from roundsman.receivables import queries

DAY = r"^2\d{3}-\d{2}-\d{2}$"
CustomerId = Annotated[str, PathParameter(pattern=PATTERN)]
Search = Annotated[
    str, QueryParameter(name="search", max_length=120, description="words the customer must match")
]
Owner = Annotated[str | None, QueryParameter(name="owner", pattern=PATTERN, description="id of a person")]
Territory = Annotated[
    str | None, QueryParameter(name="territory", pattern=PATTERN, description="exactly this one")
]
OnlyOverdue = Annotated[bool, QueryParameter(name="overdue", description="only who is overdue")]
Everybody = Annotated[bool, QueryParameter(name="all", description="also who owes nothing")]
OnDay = Annotated[
    str | None,
    QueryParameter(name="day", pattern=DAY, description="overdue as of this day; today without it"),
]


class AccountRow(msgspec.Struct, kw_only=True):
    """How a customer's account stands. `committed` is ordered and not owed yet."""

    customer_id: str
    code: str
    name: str
    phone: str
    owner_name: str | None
    debt: int
    committed: int
    credit_limit: int | None
    credit_days: int
    policy: str
    overdue: int


class DebtRow(AccountRow, kw_only=True):
    """The same in the list of debts; `overdue_since` is the first day something was due on."""

    territory_id: str
    owner_id: str | None
    overdue_since: str | None


class OwnerDebtRow(msgspec.Struct, kw_only=True):
    """What all customers of one person owe; nobody's are under null."""

    owner_id: str | None
    owner_name: str | None
    customer_count: int
    debt: int
    overdue: int


class DebtTotals(msgspec.Struct, kw_only=True):
    """What all these customers owe and have paid ahead, and how many days what is open is overdue."""

    customer_count: int
    debt: int
    paid_ahead: int
    not_due: int
    overdue_30: int
    overdue_60: int
    overdue_90: int
    overdue_more: int


class OpenItemRow(msgspec.Struct, kw_only=True):
    """Something that is owed."""

    id: str
    number: str
    source_table: str
    source_id: str
    amount: int
    open_amount: int
    day_on: str
    due_on: str


class StatementRow(msgspec.Struct, kw_only=True):
    """Something that changed the debt. `amount` is below zero for money and credits; `effect` is the same, and 0 for a
    collection that was taken back; `balance` is what was owed after it.
    """

    id: str
    kind: str
    """item or collection"""
    at: int
    day_on: str
    amount: int
    effect: int
    open_amount: int
    balance: int
    number: str
    source_table: str
    source_id: str
    due_on: str | None
    method: str
    note: str
    void_reason: str
    person_name: str


@get("/api/receivables/debts", tags=["receivables"])
async def get_debts(
    ctx: RequestCtx,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
    search: Search = "",
    owner: Owner = None,
    territory: Territory = None,
    overdue: OnlyOverdue = False,
    everybody: Everybody = False,
    day: OnDay = None,
) -> Page[DebtRow]:
    """Who owes or has paid ahead, the largest debt first, of the customers the person sees."""
    today = _day(ctx, day)
    which = await _which(ctx, today, search, owner, territory, overdue, everybody)
    cursor = read_cursor(after, int, str)
    rows = await queries.debts_of(which, today, None if cursor is None else (cursor[0], cursor[1]), limit + 1)
    page = page_of(rows, limit, lambda row: (row["debt"], row["customer_id"]))
    return Page(rows=[DebtRow(**row) for row in page.rows], next=page.next)


@get("/api/receivables/debts_by_owner", tags=["receivables"])
async def get_debts_by_owner(
    ctx: RequestCtx,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
    search: Search = "",
    owner: Owner = None,
    territory: Territory = None,
    overdue: OnlyOverdue = False,
    day: OnDay = None,
) -> Page[OwnerDebtRow]:
    """The same summed by who looks after the customers, the largest debt first."""
    today = _day(ctx, day)
    which = await _which(ctx, today, search, owner, territory, overdue)
    cursor = read_cursor(after, int, str)
    rows = await queries.debts_by_owner(
        which, today, None if cursor is None else (cursor[0], cursor[1]), limit + 1
    )
    page = page_of(rows, limit, lambda row: (row["debt"], row["owner_key"]))
    names = OwnerDebtRow.__struct_fields__
    return Page(
        rows=[OwnerDebtRow(**{name: row[name] for name in names}) for row in page.rows], next=page.next
    )


@get("/api/receivables/debt_totals", tags=["receivables"])
async def get_debt_totals(
    ctx: RequestCtx,
    search: Search = "",
    owner: Owner = None,
    territory: Territory = None,
    overdue: OnlyOverdue = False,
    day: OnDay = None,
) -> DebtTotals:
    """What they owe together, and how old it is."""
    today = _day(ctx, day)
    which = await _which(ctx, today, search, owner, territory, overdue)
    return DebtTotals(**await queries.totals_of(which, today))


@get("/api/receivables/accounts/{customer_id:str}", tags=["receivables"])
async def get_account(ctx: RequestCtx, customer_id: CustomerId) -> AccountRow:
    """How one customer's account stands today."""
    ctx.require("receivables.see")
    return AccountRow(**await queries.account_of(ctx, customer_id, day_on(ctx.now)))


@get("/api/receivables/items/{customer_id:str}", tags=["receivables"])
async def get_items(
    ctx: RequestCtx, customer_id: CustomerId, after: After = None, limit: Limit = DEFAULT_LIMIT
) -> Page[OpenItemRow]:
    """What one customer owes, first due first."""
    ctx.require("receivables.see")
    cursor = read_cursor(after, str, str)
    rows = await queries.open_items_of(
        ctx, customer_id, None if cursor is None else (cursor[0], cursor[1]), limit + 1
    )
    page = page_of(rows, limit, lambda row: (row["due_on"], row["id"]))
    return Page(rows=[OpenItemRow(**row) for row in page.rows], next=page.next)


@get("/api/receivables/statement/{customer_id:str}", tags=["receivables"])
async def get_statement(
    ctx: RequestCtx,
    customer_id: CustomerId,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
    from_on: Annotated[
        str | None, QueryParameter(name="from", pattern=DAY, description="since this day")
    ] = None,
    until_on: Annotated[
        str | None, QueryParameter(name="until", pattern=DAY, description="this day is the last")
    ] = None,
) -> Page[StatementRow]:
    """What made one customer's debt, newest first, with what was owed after each."""
    ctx.require("receivables.see")
    for field, day in (("from", from_on), ("until", until_on)):
        if day is not None and not is_day(day):
            raise Invalid("receivables.no_such_day", field=field)
    cursor = read_cursor(after, int, str, int)
    rows = await queries.statement_of(
        ctx,
        customer_id,
        from_on=from_on,
        until_on=until_on,
        after=None if cursor is None else (cursor[0], cursor[1], cursor[2]),
        limit=limit + 1,
    )
    page = page_of(rows, limit, lambda row: (row["at"], row["id"], row["balance"] - row["effect"]))
    names = StatementRow.__struct_fields__
    return Page(
        rows=[StatementRow(**{name: row[name] for name in names}) for row in page.rows], next=page.next
    )


def _day(ctx: Ctx, day: str | None) -> str:
    if day is not None and not is_day(day):
        raise Invalid("receivables.no_such_day", field="day")
    return day or day_on(ctx.now)


async def _which(
    ctx: Ctx,
    today: str,
    search: str,
    owner: str | None,
    territory: str | None,
    is_overdue: bool,
    is_everybody: bool = False,
) -> queries.Which:
    ctx.require("receivables.see_debts")
    return await queries.accounts_seen_by(
        ctx.person,
        ctx.now,
        today,
        search=search,
        owner_id=owner,
        territory_id=territory,
        is_overdue=is_overdue,
        is_owing=not is_everybody,
    )


ROUTES = (get_debts, get_debts_by_owner, get_debt_totals, get_account, get_items, get_statement)
