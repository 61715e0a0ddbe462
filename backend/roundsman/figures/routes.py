"""Rankings, and the documents behind each of their figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import get
from litestar.params import QueryParameter
from msgspec import UNSET, UnsetType

from roundsman.core.context import Ctx
from roundsman.core.errors import Forbidden, Invalid
from roundsman.core.http import After, Limit, Page, RequestCtx, page_of, read_cursor, write_cursor
from roundsman.core.http.paging import DEFAULT_LIMIT
from roundsman.core.ids import PATTERN
from roundsman.core.times import add_days, day_on, days_between, is_day, start_of_day
from roundsman.figures.queries.completing import completion_of
from roundsman.figures.queries.drill import documents_of
from roundsman.figures.queries.rankings import (
    Policy,
    Question,
    Sight,
    names_of,
    phones_behind,
    policy_in_force,
    shown_value,
    sight_of,
    values_of,
)
from roundsman.figures.queries.sharing import shared
from roundsman.figures.rules import before, ranked

MOST_DAYS = 3660
Place = tuple[int, str, int]
"""Rank, key and value."""

Day = r"^\d{4}-\d{2}-\d{2}$"
RankedBy = Annotated[
    str,
    QueryParameter(
        name="metric",
        pattern="^(sales|quantity|collection|profit|visits|new_customers|completion)$",
        description="completion: thousandths of the targets of sales, by rep or territory",
    ),
]
MetricAsked = Annotated[
    str, QueryParameter(name="metric", pattern="^(sales|quantity|collection|profit|visits|new_customers)$")
]
ByAsked = Annotated[str, QueryParameter(name="by", pattern="^(rep|territory|customer|product)$")]
FromOn = Annotated[str, QueryParameter(name="from", pattern=Day, description="the first day, YYYY-MM-DD")]
UntilOn = Annotated[str, QueryParameter(name="to", pattern=Day, description="the last day, inclusive")]
TerritoryAsked = Annotated[
    str | None, QueryParameter(name="territory", pattern=PATTERN, description="this one and all below it")
]
LevelAsked = Annotated[
    int,
    QueryParameter(
        name="level", ge=1, le=9, description="by territory: so many levels below the one asked for"
    ),
]
KeyAsked = Annotated[str, QueryParameter(name="key", pattern=PATTERN, description="`key` of a row")]


class RankingRow(msgspec.Struct, kw_only=True):
    """One place. Money is fen, a quantity thousandths of base units, visits and new customers a count, completion
    thousandths; what the person may not know is not there. `previous`, `previous_rank`: those of the range before.
    """

    rank: int
    key: str
    name: str
    value: int | UnsetType = UNSET
    share_permille: int | UnsetType = UNSET
    previous: int | UnsetType = UNSET
    previous_rank: int | None = None


class Ranking(msgspec.Struct, kw_only=True):
    """A page of a ranking. `own` is the row of whoever asks, wherever it stands; `total` what all rows come to, in the
    unit of a value. `behind` of `phones` in sight were not heard of since `heard_since`.
    """

    basis: str
    from_on: str
    until_on: str
    previous_from_on: str
    previous_until_on: str
    count: int
    total: int | UnsetType
    own: RankingRow | None
    phones: int
    behind: int
    heard_since: int
    rows: list[RankingRow]
    next: str | None


class FigureDocument(msgspec.Struct, kw_only=True):
    """A document and what it adds to a figure. `root_id` is the order of a return, else the document itself."""

    document_id: str
    root_id: str
    kind: str
    number: str
    customer_id: str
    customer_name: str
    day_on: str
    value: int


@get("/api/rankings", tags=["figures"])
async def get_ranking(
    ctx: RequestCtx,
    metric: RankedBy,
    by: ByAsked,
    from_on: FromOn,
    until_on: UntilOn,
    territory: TerritoryAsked = None,
    level: LevelAsked = 1,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Ranking:
    """Who stands where, the highest first; equal values share a rank. A rep sees himself and of the others what the
    policy lets him, a manager everything below him.
    """
    if metric == "completion":
        return await _by_completion(ctx, by, from_on, until_on, territory, after, limit)
    question, sight, policy = await _asked(ctx, metric, by, from_on, until_on, territory, level)
    start, end = before(from_on, until_on)
    own_key = ctx.person.id if by == "rep" else ""
    values, past = await shared((question, sight), lambda: _both(question, sight, start, end))
    if own_key and "rep" in ctx.person.roles:
        values = {own_key: 0, **values}
    places = ranked(values.items())
    past_ranks = {key: rank for rank, key, _ in ranked(past.items())}
    hidden = sight.is_amount_hidden
    total = sum(values.values())

    def row(place: Place, names: dict[str, str]) -> RankingRow:
        rank, key, value = place
        found = RankingRow(rank=rank, key=key, name=names.get(key, ""), previous_rank=past_ranks.get(key))
        if not hidden or key == own_key:
            found.value = shown_value(question.metric, value)
            found.previous = shown_value(question.metric, past.get(key, 0))
            if not hidden and total > 0:
                found.share_permille = max(value, 0) * 1000 // total
        return found

    shown, following = _page_of(places, after, limit)
    mine = next((place for place in places if place[1] == own_key), None)
    names = await names_of(question.by, [key for _, key, _ in (*shown, *((mine,) if mine else ()))])
    since = min(start_of_day(add_days(until_on, 1)), start_of_day(day_on(ctx.now)))
    behind, phones = (0, 0) if sight.person_id else await phones_behind(sight, since)
    return Ranking(
        basis=policy.basis,
        from_on=from_on,
        until_on=until_on,
        previous_from_on=start,
        previous_until_on=end,
        count=len(places),
        total=UNSET if hidden else shown_value(question.metric, total),
        own=None if mine is None else row(mine, names),
        phones=phones,
        behind=behind,
        heard_since=since,
        rows=[row(place, names) for place in shown],
        next=following,
    )


class FigurePolicyRow(msgspec.Struct, kw_only=True):
    """When a sale counts (ordered, reviewed, signed), and what reps see of each other (hidden, rank, amount)."""

    basis: str
    peers: str


@get("/api/figures/policy", tags=["figures"])
async def get_figure_policy(ctx: RequestCtx) -> FigurePolicyRow:
    """What is in force."""
    ctx.require("figures.see")
    policy = await policy_in_force()
    return FigurePolicyRow(basis=policy.basis, peers=policy.peers)


def _page_of(places: Sequence[Place], after: str | None, limit: int) -> tuple[Sequence[Place], str | None]:
    """The places after a cursor, and the cursor after them: a place and its key, never a value, which it would tell."""
    last = read_cursor(after, int, str)
    left = places if last is None else [place for place in places if place[:2] > last]
    return left[:limit], write_cursor(*left[limit - 1][:2]) if len(left) > limit else None


async def _by_completion(
    ctx: Ctx, by: str, from_on: str, until_on: str, territory: str | None, after: str | None, limit: int
) -> Ranking:
    """The same by how far everybody is with his targets: of peers too a rate is no amount."""
    question, sight, policy = await _asked(ctx, "sales", by, from_on, until_on, territory, 1)
    start, end = before(from_on, until_on)
    whose = (ctx, policy, question.by)
    values = await completion_of(*whose, from_on, until_on, question.territory_id)
    past = await completion_of(*whose, start, end, question.territory_id)
    places = ranked(values.items())
    past_ranks = {key: rank for rank, key, _ in ranked(past.items())}
    shown, following = _page_of(places, after, limit)
    mine = [place for place in places if place[1] == ctx.person.id]
    names = await names_of(question.by, [key for _, key, _ in (*shown, *mine)])

    def row(place: Place) -> RankingRow:
        rank, key, value = place
        found = RankingRow(rank=rank, key=key, name=names.get(key, ""), value=value)
        found.previous_rank = past_ranks.get(key)
        if key in past:
            found.previous = past[key]
        return found

    since = min(start_of_day(add_days(until_on, 1)), start_of_day(day_on(ctx.now)))
    behind, phones = (0, 0) if sight.person_id else await phones_behind(sight, since)
    return Ranking(
        basis=policy.basis,
        from_on=from_on,
        until_on=until_on,
        previous_from_on=start,
        previous_until_on=end,
        count=len(places),
        total=UNSET,
        own=row(mine[0]) if mine else None,
        phones=phones,
        behind=behind,
        heard_since=since,
        rows=[row(place) for place in shown],
        next=following,
    )


@get("/api/figures/documents", tags=["figures"])
async def get_figure_documents(
    ctx: RequestCtx,
    metric: MetricAsked,
    by: ByAsked,
    key: KeyAsked,
    from_on: FromOn,
    until_on: UntilOn,
    territory: TerritoryAsked = None,
    level: LevelAsked = 1,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[FigureDocument]:
    """The documents behind a figure, the newest first: what they add comes to it."""
    question, sight, _ = await _asked(ctx, metric, by, from_on, until_on, territory, level)
    rows = await documents_of(question, key, sight, after=read_cursor(after, str, str), limit=limit + 1)
    page = page_of(rows, limit, lambda row: (row["day_on"], row["document_id"]))
    return Page(rows=[_document(question, row) for row in page.rows], next=page.next)


async def _asked(
    ctx: Any, metric: str, by: str, from_on: str, until_on: str, territory: str | None, level: int
) -> tuple[Question, Sight, Policy]:
    """The question, checked, and who asks it. Raises Invalid with the field; Forbidden for profits."""
    ctx.require("figures.see")
    if metric == "profit" and not ctx.person.may("orders.see_costs"):
        raise Forbidden("forbidden")
    for name, day in (("from", from_on), ("to", until_on)):
        if not is_day(day):
            raise Invalid("invalid", field=name, reason="no such day")
    if not 0 <= days_between(from_on, until_on) <= MOST_DAYS:
        raise Invalid("invalid", field="to", reason="before the first day, or ten years after it")
    policy = await policy_in_force()
    question = Question(metric, by, policy.basis, from_on, until_on, territory or "", level)  # type: ignore[arg-type]
    sight = await sight_of(ctx.person, ctx.now, policy)
    if sight.person_id and by != "rep":
        # Of customers, goods and places a rep sees what is his own.
        sight = Sight(frozenset(), sight.person_id)
    return question, sight, policy


async def _both(
    question: Question, sight: Sight, start: str, end: str
) -> tuple[dict[str, int], dict[str, int]]:
    """The values of a range and of the one before it."""
    now = await values_of(question, sight)
    past = Question(
        question.metric, question.by, question.basis, start, end, question.territory_id, question.level
    )
    return now, await values_of(past, sight)


def _document(question: Question, row: dict[str, Any]) -> FigureDocument:
    names = ("document_id", "root_id", "kind", "number", "customer_id", "customer_name", "day_on")
    return FigureDocument(
        **{name: row[name] for name in names}, value=shown_value(question.metric, row["value"])
    )


ROUTES = (get_ranking, get_figure_documents, get_figure_policy)
