"""The office's list of customers: who may sees by search and territory, page by page. No rules of its own."""

from __future__ import annotations

import json
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import QueryParameter

from roundsman.core import db
from roundsman.core.http import After, Limit, Page, RequestCtx, page_of, read_cursor
from roundsman.core.http.paging import DEFAULT_LIMIT
from roundsman.core.search import search_words
from roundsman.customers.queries import SEARCH_LIMIT, customers_seen_by


class CustomerRow(msgspec.Struct, kw_only=True):
    """A customer as the office's list shows it. The pin is WGS-84 in 1e-7 degrees."""

    id: str
    code: str
    name: str
    short_name: str
    class_id: str | None
    price_level_id: str | None
    tags: list[str]
    phone: str
    province: str
    city: str
    county: str
    street: str
    owner_id: str | None
    territory_id: str
    latitude_e7: int | None
    longitude_e7: int | None
    is_active: bool
    created_at: int


@get("/api/customers", tags=["customers"])
async def get_customers(
    ctx: RequestCtx,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
    search: Annotated[
        str,
        QueryParameter(
            name="search",
            max_length=120,
            description="words that name, short name, pinyin, initials, code or phone must contain, all of them",
        ),
    ] = "",
    territory: Annotated[
        str, QueryParameter(name="territory", max_length=36, description="exactly this one")
    ] = "",
    owner: Annotated[str, QueryParameter(name="owner", max_length=36, description="id of a person")] = "",
    is_active: Annotated[
        bool, QueryParameter(name="is_active", description="false: those that were put away")
    ] = True,
) -> Page[CustomerRow]:
    """Customers by name, of the territories the person sees and his own wherever they are filed."""
    ctx.require("customers.see")
    # One row more than a page says whether there is another; the query itself gives SEARCH_LIMIT at most.
    limit = min(limit, SEARCH_LIMIT - 1)
    rows = await customers_seen_by(
        ctx.person,
        ctx.now,
        words=search_words(search),
        territory_id=territory or None,
        owner_id=owner or None,
        is_active=is_active,
        after=read_cursor(after, str, str),
        limit=limit + 1,
    )
    page = page_of(rows, limit, lambda row: (row["name"], row["id"]))
    return Page(rows=[_row(row) for row in page.rows], next=page.next)


def _row(row: db.Row) -> CustomerRow:
    return CustomerRow(**{**row, "tags": json.loads(row["tags"]), "is_active": bool(row["is_active"])})


ROUTES = (get_customers,)
