"""What the office reads of the inventory online: what there is, and what came and went. No rules of its own. Quantities
are thousandths of the base unit.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

import msgspec
from litestar import get
from litestar.params import QueryParameter

from roundsman.core import db
from roundsman.core.http import After, Limit, Page, RequestCtx, page_of, read_cursor
from roundsman.core.http.paging import DEFAULT_LIMIT
from roundsman.core.ids import PATTERN
from roundsman.inventory.queries import movements_of, stocks_of

Warehouse = Annotated[
    str | None, QueryParameter(name="warehouse", pattern=PATTERN, description="only this one")
]
OfVariant = Annotated[
    str | None, QueryParameter(name="variant", pattern=PATTERN, description="only this one")
]


class PackOfStock(msgspec.Struct, kw_only=True):
    """A unit the variant is counted in; the first is the base unit."""

    unit: str
    factor: int


class StockRow(msgspec.Struct, kw_only=True):
    """What a warehouse has of a variant."""

    id: str
    warehouse_id: str
    warehouse_name: str
    variant_id: str
    product_name: str
    variant_name: str
    code: str
    packs: list[PackOfStock]
    on_hand_e3: int
    reserved_e3: int
    available_e3: int


class MovementRow(msgspec.Struct, kw_only=True):
    """What came or, below zero, went; `balance_e3` is what was there after it, `cost_e4` what one base unit cost."""

    id: str
    warehouse_id: str
    warehouse_name: str
    variant_id: str
    product_name: str
    variant_name: str
    code: str
    unit: str
    kind: str
    """opening, receipt, adjustment, shipment, return"""
    quantity_e3: int
    balance_e3: int
    cost_e4: int | None
    reason: str
    source_table: str
    source_id: str
    person_name: str
    at: int
    day_on: str


@get("/api/inventory/stocks", tags=["inventory"])
async def get_stocks(
    ctx: RequestCtx,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
    search: Annotated[
        str, QueryParameter(name="search", max_length=120, description="words the goods must match")
    ] = "",
    warehouse: Warehouse = None,
    variant: OfVariant = None,
    short: Annotated[
        bool, QueryParameter(name="short", description="only what nothing is available of")
    ] = False,
) -> Page[StockRow]:
    """What there is, by product and variant."""
    ctx.require("inventory.see")
    cursor = read_cursor(after, str, str, int, str)
    rows = await stocks_of(
        search=search,
        warehouse_id=warehouse,
        variant_id=variant,
        is_short=short,
        after=None if cursor is None else (cursor[0], cursor[1], cursor[2], cursor[3]),
        limit=limit + 1,
    )
    page = page_of(
        rows, limit, lambda row: (row["product_name"], row["product_id"], row["position"], row["id"])
    )
    return Page(rows=[_stock_row(row) for row in page.rows], next=page.next)


@get("/api/inventory/movements", tags=["inventory"])
async def get_movements(
    ctx: RequestCtx,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
    warehouse: Warehouse = None,
    variant: OfVariant = None,
) -> Page[MovementRow]:
    """What came and went, newest first. It names documents and reasons of the whole company: for whoever keeps it."""
    ctx.require("inventory.keep")
    cursor = read_cursor(after, int, str)
    rows = await movements_of(
        warehouse_id=warehouse,
        variant_id=variant,
        after=None if cursor is None else (cursor[0], cursor[1]),
        limit=limit + 1,
    )
    page = page_of(rows, limit, lambda row: (row["at"], row["id"]))
    return Page(rows=[_movement_row(row) for row in page.rows], next=page.next)


def _packs(row: db.Row) -> list[dict[str, Any]]:
    packs: list[dict[str, Any]] = json.loads(row["packs"])
    return packs


def _stock_row(row: db.Row) -> StockRow:
    fields = {name: row[name] for name in StockRow.__struct_fields__}
    fields["packs"] = [PackOfStock(unit=pack["unit"], factor=pack["factor"]) for pack in _packs(row)]
    return StockRow(**fields)


def _movement_row(row: db.Row) -> MovementRow:
    known = {**row, "unit": _packs(row)[0]["unit"]}
    return MovementRow(**{name: known[name] for name in MovementRow.__struct_fields__})


ROUTES = (get_stocks, get_movements)
