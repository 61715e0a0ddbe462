"""What the office reads of visits online, page by page. No rules of its own."""

import json
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import QueryParameter

from roundsman.core import db
from roundsman.core.errors import Invalid
from roundsman.core.http import After, Limit, Page, RequestCtx, page_of, read_cursor
from roundsman.core.http.paging import DEFAULT_LIMIT
from roundsman.core.ids import PATTERN
from roundsman.core.times import is_day
from roundsman.visits.queries import visits_seen_by

PersonId = Annotated[
    str | None,
    QueryParameter(name="person", pattern=PATTERN, description="whose visits; everybody's without it"),
]
OnDay = Annotated[
    str | None,
    QueryParameter(name="day", pattern=r"^\d{4}-\d{2}-\d{2}$", description="of which day, YYYY-MM-DD"),
]


class VisitRow(msgspec.Struct, kw_only=True):
    """A visit as the office sees it: moments in epoch ms, distances in metres, places in 1e-7 degrees."""

    id: str
    person_id: str
    person_name: str
    customer_id: str
    customer_name: str
    territory_id: str
    day_on: str
    route_id: str | None
    is_planned: bool
    state: str
    """open, done, skipped"""
    begun_at: int
    """The check-in, by the true time as the server reckons it; for a skipped visit, when it was told."""
    checked_in_at: int | None
    checked_out_at: int | None
    in_latitude_e7: int | None
    in_longitude_e7: int | None
    in_accuracy_m: int | None
    in_distance_m: int | None
    in_fence: str | None
    in_reason: str
    out_distance_m: int | None
    closed_by: str | None
    """person or rule"""
    skip_reason: str
    note: str
    flags: list[str]
    step_count: int
    photo_count: int
    received_at: int


@get("/api/visits", tags=["visits"])
async def get_visits(
    ctx: RequestCtx,
    person: PersonId = None,
    day: OnDay = None,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[VisitRow]:
    """Visits, newest first: one's own, and for managers those in the territories they answer for."""
    if day is not None and not is_day(day):
        raise Invalid("visits.no_such_day", field="day")
    cursor = read_cursor(after, str, int, str)
    rows = await visits_seen_by(
        ctx.person,
        ctx.now,
        person_id=person,
        day_on=day,
        after=None if cursor is None else (cursor[0], cursor[1], cursor[2]),
        limit=limit + 1,
    )
    page = page_of(rows, limit, lambda row: (row["day_on"], row["begun_at"], row["id"]))
    return Page(rows=[_visit_row(row) for row in page.rows], next=page.next)


def _visit_row(row: db.Row) -> VisitRow:
    fields = {name: row[name] for name in VisitRow.__struct_fields__}
    fields["is_planned"] = bool(row["is_planned"])
    fields["flags"] = json.loads(row["flags"])
    return VisitRow(**fields)


ROUTES = (get_visits,)
