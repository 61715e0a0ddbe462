"""What the office reads of the catalog online: goods page by page, and a price list over them. No rules of its own.

Prices are 1/10000 yuan per unit (`_e4`), quantities thousandths of a unit (`_e3`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Annotated, Any

import msgspec
from litestar import get
from litestar.params import PathParameter, QueryParameter
from msgspec import UNSET, UnsetType

from roundsman.catalog import queries
from roundsman.catalog.commands.lists import PriceGift
from roundsman.catalog.commands.rows import VariantPack
from roundsman.core import db
from roundsman.core.http import After, Limit, Page, RequestCtx, page_of, read_cursor
from roundsman.core.http.paging import DEFAULT_LIMIT
from roundsman.core.ids import PATTERN
from roundsman.core.search import search_words

Search = Annotated[
    str,
    QueryParameter(
        name="search",
        max_length=120,
        description="words that name, pinyin, initials, brand, values, codes or barcodes must contain, all of them",
    ),
]
Category = Annotated[
    str | None, QueryParameter(name="category", pattern=PATTERN, description="this one and all below it")
]
OnSale = Annotated[bool | None, QueryParameter(name="is_on_sale", description="neither: both")]
ProductId = Annotated[str, PathParameter(pattern=PATTERN)]
PriceListId = Annotated[str, QueryParameter(name="list", pattern=PATTERN, description="id of a price list")]
IsPriced = Annotated[
    bool, QueryParameter(name="is_priced", description="false: also what it has no price for")
]


class VariantRow(msgspec.Struct, kw_only=True):
    """A variant as the office's list shows it. `cost_e4`, what a base unit cost last, is there for who may know."""

    id: str
    code: str
    name: str
    spec: list[str]
    packs: list[VariantPack]
    price_e4: int
    position: int
    is_on_sale: bool
    cost_e4: int | UnsetType = UNSET


class ProductRow(msgspec.Struct, kw_only=True):
    """A product with all its variants."""

    id: str
    code: str
    name: str
    brand: str
    category_id: str | None
    axes: list[str]
    description: str
    picture_ids: list[str]
    position: int
    is_on_sale: bool
    variants: list[VariantRow]


class PriceRow(msgspec.Struct, kw_only=True):
    """What a list says of one unit of a variant."""

    unit: str
    breaks: list[tuple[int, int]]
    gifts: list[PriceGift]
    may_rise: bool


class PricedVariantRow(msgspec.Struct, kw_only=True):
    """A variant with its list price per base unit, and what the price list says of its units."""

    variant_id: str
    product_id: str
    product_name: str
    name: str
    code: str
    packs: list[VariantPack]
    price_e4: int
    is_on_sale: bool
    prices: list[PriceRow]


@get("/api/catalog/products", tags=["catalog"])
async def get_products(
    ctx: RequestCtx,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
    search: Search = "",
    category: Category = None,
    is_on_sale: OnSale = None,
) -> Page[ProductRow]:
    """Products by name, with their variants."""
    ctx.require("catalog.see")
    rows = await queries.products_found(
        words=search_words(search),
        category_id=category,
        is_on_sale=is_on_sale,
        after=read_cursor(after, str, str),
        limit=limit + 1,
    )
    page = page_of(rows, limit, lambda row: (row["name"], row["id"]))
    variants: defaultdict[str, list[VariantRow]] = defaultdict(list)
    sees_costs = ctx.person.may("catalog.see_costs")
    for row in await queries.variants_of_products([row["id"] for row in page.rows]):
        variants[row["product_id"]].append(_variant(row, sees_costs=sees_costs))
    return Page(rows=[_product(row, variants[row["id"]]) for row in page.rows], next=page.next)


@get("/api/catalog/products/{product_id:str}", tags=["catalog"])
async def get_product(ctx: RequestCtx, product_id: ProductId) -> ProductRow:
    """One product with its variants."""
    ctx.require("catalog.see")
    row = await queries.get_product_shown(product_id)
    sees_costs = ctx.person.may("catalog.see_costs")
    variants = await queries.variants_of_products([product_id])
    return _product(row, [_variant(one, sees_costs=sees_costs) for one in variants])


@get("/api/catalog/prices", tags=["catalog"])
async def get_prices(
    ctx: RequestCtx,
    price_list: PriceListId,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
    search: Search = "",
    is_priced: IsPriced = True,
) -> Page[PricedVariantRow]:
    """What a price list says, variant by variant."""
    ctx.require("catalog.see")
    found = await queries.get_list_seen(ctx, price_list)
    rows = await queries.variants_priced(
        found["id"],
        words=search_words(search),
        is_priced=is_priced,
        after=read_cursor(after, str, str, int, str),
        limit=limit + 1,
    )
    page = page_of(
        rows, limit, lambda row: (row["product_name"], row["product_id"], row["position"], row["id"])
    )
    prices: defaultdict[str, list[PriceRow]] = defaultdict(list)
    for row in await queries.prices_of_list(found["id"], [row["id"] for row in page.rows]):
        prices[row["variant_id"]].append(_price(row))
    return Page(rows=[_priced(row, prices[row["id"]]) for row in page.rows], next=page.next)


def _product(row: db.Row, variants: list[VariantRow]) -> ProductRow:
    plain = {**row, "is_on_sale": bool(row["is_on_sale"])}
    plain |= {name: json.loads(row[name]) for name in ("axes", "picture_ids")}
    return ProductRow(**plain, variants=variants)


def _variant(row: db.Row, *, sees_costs: bool) -> VariantRow:
    return VariantRow(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        spec=json.loads(row["spec"]),
        packs=_packs(row),
        price_e4=row["price_e4"],
        position=row["position"],
        is_on_sale=bool(row["is_on_sale"]),
        cost_e4=row["cost_e4"] if sees_costs else UNSET,
    )


def _priced(row: db.Row, prices: list[PriceRow]) -> PricedVariantRow:
    return PricedVariantRow(
        variant_id=row["id"],
        product_id=row["product_id"],
        product_name=row["product_name"],
        name=row["name"],
        code=row["code"],
        packs=_packs(row),
        price_e4=row["price_e4"],
        is_on_sale=bool(row["is_on_sale"]),
        prices=prices,
    )


def _price(row: db.Row) -> PriceRow:
    return PriceRow(
        unit=row["unit"],
        breaks=json.loads(row["breaks"]),
        gifts=msgspec.json.decode(row["gifts"], type=list[PriceGift]),
        may_rise=bool(row["may_rise"]),
    )


def _packs(row: db.Row) -> Any:
    return msgspec.json.decode(row["packs"], type=list[VariantPack])


ROUTES = (get_products, get_product, get_prices)
