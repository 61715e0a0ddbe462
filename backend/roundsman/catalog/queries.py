"""Reads of the catalog. What an order needs comes in the shapes of rules, in a fixed number of statements however long
the order is; what the office lists starts from the person who asks. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import msgspec

from roundsman.agents.queries import find_agent_of
from roundsman.catalog.rules.packs import Pack, Variant
from roundsman.catalog.rules.pricing import Gift, Offer
from roundsman.core import db
from roundsman.core.access import SALES
from roundsman.core.barcodes import normalized_barcode
from roundsman.core.context import Ctx
from roundsman.core.errors import NotFound
from roundsman.core.search import containing_all
from roundsman.customers.queries import territories_seen_by

_SHOWN: Final = "id, code, name, brand, category_id, axes, description, picture_ids, position, is_on_sale"
_PACKS: Final = msgspec.json.Decoder(tuple[Pack, ...])
_BREAKS: Final = msgspec.json.Decoder(tuple[tuple[int, int], ...])
_GIFTS: Final = msgspec.json.Decoder(tuple[Gift, ...])
_FOR_ORDER: Final = """
    SELECT variants.id, product_id, products.name AS product_name, variants.name, variants.code, packs, price_e4,
           cost_e4, variants.is_on_sale AND products.is_on_sale AS is_on_sale
    FROM variants JOIN products ON products.id = product_id
"""


@dataclass(frozen=True, slots=True)
class VariantForOrder:
    """A variant with what an order keeps of it. `cost_e4` is the last cost of one base unit, 0 while none is known;
    `is_on_sale` says whether both it and its product are.
    """

    variant: Variant
    product_id: str
    product_name: str
    name: str
    code: str
    cost_e4: int
    is_on_sale: bool

    @property
    def full_name(self) -> str:
        """The product's name with the values of its axes: "T恤 红 · XL"."""
        return f"{self.product_name} {self.name}" if self.name else self.product_name


async def variants_for_order(variant_ids: Collection[str]) -> dict[str, VariantForOrder]:
    """Variants by id, those that are not there left out; one statement."""
    rows = await db.fetch(f"{_FOR_ORDER} WHERE variants.id {db.any_of('$1')}", list(variant_ids))
    return {row["id"]: _for_order(row) for row in rows}


async def variants_called(
    codes: Collection[str], names: Collection[str]
) -> tuple[dict[str, VariantForOrder], dict[str, VariantForOrder]]:
    """Variants by their code, and by the name of a product that has but one and shares the name with none; two
    statements.
    """
    by_code, by_product = await variants_of_words(codes, names)
    return by_code, {name: found[0] for name, found in by_product.items() if len(found) == 1}


async def variants_of_words(
    codes: Collection[str], names: Collection[str]
) -> tuple[dict[str, VariantForOrder], dict[str, list[VariantForOrder]]]:
    """Variants by their code, and all there are by the name of their product; two statements."""
    rows = await db.fetch(
        f"{_FOR_ORDER} WHERE variants.code {db.any_of('$1')} AND variants.code <> ''", list(codes)
    )
    by_name: dict[str, list[VariantForOrder]] = {}
    if names:
        named = await db.fetch(f"{_FOR_ORDER} WHERE products.name {db.any_of('$1')}", list(names))
        for row in named:
            by_name.setdefault(row["product_name"], []).append(_for_order(row))
    return {row["code"]: _for_order(row) for row in rows}, by_name


async def variants_of_barcodes(texts: Collection[str]) -> dict[str, tuple[VariantForOrder, str]]:
    """Variants with the unit a barcode is on, by the text it was read as; two statements."""
    codes = {text: normalized_barcode(text) for text in texts}
    rows = await db.fetch(
        f"SELECT id, variant_id, unit FROM barcodes WHERE id {db.any_of('$1')}", list(set(codes.values()))
    )
    known = await variants_for_order({row["variant_id"] for row in rows})
    found = {row["id"]: (known[row["variant_id"]], row["unit"]) for row in rows if row["variant_id"] in known}
    return {text: found[code] for text, code in codes.items() if code in found}


def _for_order(row: db.Row) -> VariantForOrder:
    return VariantForOrder(
        variant=Variant(row["id"], _PACKS.decode(row["packs"]), row["price_e4"]),
        product_id=row["product_id"],
        product_name=row["product_name"],
        name=row["name"],
        code=row["code"],
        cost_e4=row["cost_e4"],
        is_on_sale=bool(row["is_on_sale"]),
    )


async def offers_for(
    customer_id: str | None, level_id: str | None, variant_ids: Collection[str], day: str
) -> list[Offer]:
    """The offers of these variants that hold on an ISO `day` for a customer or his level, in no order; one statement.

    Whose they are is the caller's to know: this asks nobody's leave.
    """
    return await offers_among([customer_id], [level_id], variant_ids, (day, day))


async def offers_among(
    customer_ids: Iterable[str | None],
    level_ids: Iterable[str | None],
    variant_ids: Collection[str],
    days: tuple[str, str],
) -> list[Offer]:
    """The offers of these variants that hold on any of the `days` from the first to the last for any of the customers
    or levels, in no order; one statement. Which of them is for whom and when is for the rules to say.
    """
    # One question for each index: an OR of both would read every offer of a variant.
    columns = "id, list_id, variant_id, unit, breaks, gifts, level_id, customer_id, from_on, until_on"
    holds = "is_active AND from_on <= $5 AND (until_on IS NULL OR until_on >= $4)"
    variants = f"variant_id {db.any_of('$1')}"
    rows = await db.fetch(
        f"""
        SELECT {columns} FROM prices WHERE {variants} AND level_id {db.any_of("$2")} AND {holds}
        UNION ALL
        SELECT {columns} FROM prices WHERE {variants} AND customer_id {db.any_of("$3")} AND {holds}
        """,
        list(variant_ids),
        list({id for id in level_ids if id is not None}),
        list({id for id in customer_ids if id is not None}),
        *days,
    )
    return [
        Offer(
            id=row["id"],
            list_id=row["list_id"],
            variant_id=row["variant_id"],
            unit=row["unit"],
            breaks=_BREAKS.decode(row["breaks"]),
            from_on=row["from_on"],
            until_on=row["until_on"],
            gifts=_GIFTS.decode(row["gifts"]),
            customer_id=row["customer_id"],
            level_id=row["level_id"],
        )
        for row in rows
    ]


async def products_found(
    *,
    words: list[str],
    category_id: str | None = None,
    is_on_sale: bool | None = None,
    after: tuple[str, str] | None = None,
    limit: int = 50,
) -> list[db.Row]:
    """Products in the order of (name, id) after a key, all of whose search words match, in a category or below it.
    They are everybody's to see.
    """
    arguments: list[object] = []
    where = ["TRUE"]
    below = ""
    if category_id is not None:
        arguments.append(category_id)
        where.append("category_id IN (SELECT id FROM below)")
        below = f"""
            WITH RECURSIVE below AS (
                SELECT id FROM categories WHERE id = ${len(arguments)}
                UNION
                SELECT categories.id FROM categories JOIN below ON categories.parent_id = below.id
            )
            """
    if is_on_sale is not None:
        arguments.append(is_on_sale)
        where.append(f"is_on_sale = ${len(arguments)}")
    where += containing_all("search", words, arguments)
    if after is not None:
        arguments += after
        where.append(f"(name, id) > (${len(arguments) - 1}, ${len(arguments)})")
    arguments.append(limit)
    return await db.fetch(
        f"""
        {below}
        SELECT {_SHOWN} FROM products WHERE {" AND ".join(where)} ORDER BY name, id LIMIT ${len(arguments)}
        """,
        *arguments,
    )


async def get_product_shown(product_id: str) -> db.Row:
    """A product as the office's list has it. Raises NotFound("catalog.product_unknown")."""
    row = await db.fetch_one(f"SELECT {_SHOWN} FROM products WHERE id = $1", product_id)
    if row is None:
        raise NotFound("catalog.product_unknown", product_id=product_id)
    return row


async def variants_of_products(product_ids: Collection[str]) -> list[db.Row]:
    """All variants of some products in their order, with what they cost."""
    return await db.fetch(
        f"""
        SELECT id, product_id, code, name, spec, packs, price_e4, cost_e4, position, is_on_sale
        FROM variants WHERE product_id {db.any_of("$1")} ORDER BY position, id
        """,
        list(product_ids),
    )


async def get_list_seen(ctx: Ctx, list_id: str) -> db.Row:
    """A price list the person may know: of any level for who sells, of his own level for an agent, of a customer for
    who sees him and for himself. Raises NotFound("catalog.list_unknown") for all others alike.
    """
    found = await db.fetch_one("SELECT * FROM price_lists WHERE id = $1", list_id)
    if found is None or not await _is_list_seen(ctx, found):
        raise NotFound("catalog.list_unknown", list_id=list_id)
    return found


async def _is_list_seen(ctx: Ctx, found: db.Row) -> bool:
    agent = await find_agent_of(ctx.person)
    if agent is not None and (
        found["customer_id"] == agent["id"]
        or (found["level_id"] is not None and found["level_id"] == agent["price_level_id"])
    ):
        return True
    if found["level_id"] is not None:
        return not ctx.person.roles.isdisjoint(SALES)
    if found["owner_id"] == ctx.person.id:
        return True
    return found["territory_id"] in await territories_seen_by(ctx.person, ctx.now)


async def variants_priced(
    list_id: str,
    *,
    words: list[str],
    is_priced: bool,
    after: tuple[str, str, int, str] | None = None,
    limit: int = 50,
) -> list[db.Row]:
    """Variants with their product's name in the order of (product's name, product, position, id) after a key; only
    those the list has a price for, unless `is_priced` is False.
    """
    arguments: list[object] = []
    where = ["TRUE"]
    if is_priced:
        arguments.append(list_id)
        where.append("EXISTS (SELECT 1 FROM prices WHERE list_id = $1 AND variant_id = variants.id)")
    where += containing_all("search", words, arguments)
    if after is not None:
        arguments += after
        keys = ", ".join(f"${len(arguments) - 3 + number}" for number in range(4))
        where.append(f"(products.name, products.id, variants.position, variants.id) > ({keys})")
    arguments.append(limit)
    return await db.fetch(
        f"""
        SELECT variants.id, product_id, products.name AS product_name, variants.name, variants.code, packs, price_e4,
               variants.position, variants.is_on_sale AND products.is_on_sale AS is_on_sale
        FROM products JOIN variants ON variants.product_id = products.id
        WHERE {" AND ".join(where)}
        ORDER BY products.name, products.id, variants.position, variants.id LIMIT ${len(arguments)}
        """,
        *arguments,
    )


async def prices_of_list(list_id: str, variant_ids: Collection[str]) -> list[db.Row]:
    """What a list says of some variants."""
    return await db.fetch(
        f"""
        SELECT id, variant_id, unit, breaks, gifts, may_rise FROM prices
        WHERE list_id = $1 AND variant_id {db.any_of("$2")} ORDER BY variant_id, unit
        """,
        list_id,
        list(variant_ids),
    )
