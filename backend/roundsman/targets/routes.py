"""Targets online: the list of them, and the ranking by how far everybody is."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get
from litestar.params import QueryParameter
from msgspec import UNSET, UnsetType

from roundsman.core.context import Ctx
from roundsman.core.errors import Forbidden, Invalid
from roundsman.core.http import After, Limit, Page, RequestCtx, page_of, read_cursor, write_cursor
from roundsman.core.http.paging import DEFAULT_LIMIT
from roundsman.core.ids import PATTERN
from roundsman.core.times import day_on, days_between, is_day
from roundsman.figures.queries.rankings import policy_in_force
from roundsman.figures.rules import ranked
from roundsman.targets.queries import (
    Reached,
    days_off,
    names_of,
    reach_of,
    reached_in,
    targets_seen_by,
)
from roundsman.targets.rules import completion_permille, forecast

MOST_DAYS = 3660
Day = r"^\d{4}-\d{2}-\d{2}$"
FromOn = Annotated[str, QueryParameter(name="from", pattern=Day, description="the first day, YYYY-MM-DD")]
UntilOn = Annotated[str, QueryParameter(name="to", pattern=Day, description="the last day, inclusive")]
MetricAsked = Annotated[
    str, QueryParameter(name="metric", pattern="^(sales|quantity|collection|profit|visits)$")
]
ByAsked = Annotated[str, QueryParameter(name="by", pattern="^(rep|territory)$")]
CategoryAsked = Annotated[
    str | None, QueryParameter(name="category", pattern=PATTERN, description="targets of this category alone")
]
TerritoryAsked = Annotated[
    str | None, QueryParameter(name="territory", pattern=PATTERN, description="this one and all below it")
]


class TargetListRow(msgspec.Struct, kw_only=True):
    """A target. `amount` is fen, thousandths or a count; `parts_amount` what its parts come to."""

    id: str
    parent_id: str | None
    scope: str
    scope_id: str
    name: str
    metric: str
    category_id: str
    category_name: str
    from_on: str
    until_on: str
    amount: int
    parts_amount: int
    changed_at: int


class CompletionRow(msgspec.Struct, kw_only=True):
    """How far somebody or a place is. `forecast_permille` is where the pace so far leads, by days worked; null before
    the first one. Amounts the person may not know are not there.
    """

    rank: int
    key: str
    name: str
    completion_permille: int
    forecast_permille: int | None
    value: int | UnsetType = UNSET
    target: int | UnsetType = UNSET
    forecast: int | UnsetType | None = UNSET


class Completion(msgspec.Struct, kw_only=True):
    """A page of the ranking by completion; `own` is the row of whoever asks, wherever it stands. `reached` of `count`
    have reached their targets.
    """

    basis: str
    count: int
    reached: int
    own: CompletionRow | None
    rows: list[CompletionRow]
    next: str | None


@get("/api/targets/targets", tags=["targets"])
async def get_targets(
    ctx: RequestCtx, from_on: FromOn, until_on: UntilOn, after: After = None, limit: Limit = DEFAULT_LIMIT
) -> Page[TargetListRow]:
    """Targets that touch a range, of whom the person sees, the latest begun first."""
    _check(ctx, "", from_on, until_on)
    cursor = read_cursor(after, str, str)
    reach = await reach_of(ctx.person, ctx.now, await policy_in_force())
    key = None if cursor is None else (cursor[0], cursor[1])
    rows = await targets_seen_by(reach, from_on, until_on, after=key, limit=limit + 1)
    page = page_of(rows, limit, lambda row: (row["from_on"], row["id"]))
    names = TargetListRow.__struct_fields__
    return Page(
        rows=[TargetListRow(**{name: row[name] for name in names}) for row in page.rows], next=page.next
    )


@get("/api/targets/completion", tags=["targets"])
async def get_completion(
    ctx: RequestCtx,
    metric: MetricAsked,
    by: ByAsked,
    from_on: FromOn,
    until_on: UntilOn,
    category: CategoryAsked = None,
    territory: TerritoryAsked = None,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Completion:
    """Who is how far with the targets of a range, the furthest first; equal ones share a rank. A rep sees himself, and
    of the others in his places how far they are as the policy lets him.
    """
    _check(ctx, metric, from_on, until_on)
    scope = "person" if by == "rep" else "territory"
    policy = await policy_in_force()
    reach = await reach_of(ctx.person, ctx.now, policy)
    found = await reached_in(
        reach,
        scope,  # type: ignore[arg-type]  # one of the two
        metric,  # type: ignore[arg-type]  # the pattern says so
        policy,
        from_on,
        until_on,
        category_id=category or "",
        territory_id=territory or "",
        now=ctx.now,
    )
    by_key = {one.key: one for one in found}
    places = ranked((one.key, completion_permille(one.actual, one.amount)) for one in found)
    first = read_cursor(after, int)
    begin = first[0] if first else 0
    shown = places[begin : begin + limit]
    mine = next((place for place in places if place[1] == ctx.person.id), None)
    keys = [key for _, key, _ in (*shown, *((mine,) if mine else ()))]
    names = await names_of(scope, keys)  # type: ignore[arg-type]  # one of the two
    off, today = await days_off(from_on, until_on), day_on(ctx.now)

    def row(place: tuple[int, str, int]) -> CompletionRow:
        rank, key, permille = place
        return _row(rank, by_key[key], names.get(key, ""), permille, today, off, key in reach.rates_of)

    return Completion(
        basis=policy.basis,
        count=len(places),
        reached=sum(permille >= 1000 for _, _, permille in places),
        own=None if mine is None else row(mine),
        rows=[row(place) for place in shown],
        next=write_cursor(begin + limit) if begin + limit < len(places) else None,
    )


def _row(
    rank: int, one: Reached, name: str, permille: int, today: str, off: frozenset[str], is_rate_only: bool
) -> CompletionRow:
    expected = forecast(one.actual, one.from_on, one.until_on, today, off)
    made = CompletionRow(
        rank=rank,
        key=one.key,
        name=name,
        completion_permille=permille,
        forecast_permille=None if expected is None else completion_permille(expected, one.amount),
    )
    if not is_rate_only:
        made.value, made.target, made.forecast = one.actual, one.amount, expected
    return made


def _check(ctx: Ctx, metric: str, from_on: str, until_on: str) -> None:
    """Raise Invalid with the field; Forbidden for profits of which the person sees no costs."""
    ctx.require("targets.see")
    if metric == "profit" and not ctx.person.may("orders.see_costs"):
        raise Forbidden("forbidden")
    for name, day in (("from", from_on), ("to", until_on)):
        if not is_day(day):
            raise Invalid("targets.no_such_day", field=name)
    if not 0 <= days_between(from_on, until_on) <= MOST_DAYS:
        raise Invalid("targets.wrong_span", field="to")


ROUTES = (get_targets, get_completion)
