"""Reads of the catalog. What an order needs comes in the shapes of rules/, in a fixed number of statements however
long the order is. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import msgspec

from roundsman.catalog.rules.packs import Pack, Variant
from roundsman.catalog.rules.pricing import Gift, Offer
from roundsman.core import db

_PACKS: Final = msgspec.json.Decoder(tuple[Pack, ...])
_BREAKS: Final = msgspec.json.Decoder(tuple[tuple[int, int], ...])
_GIFTS: Final = msgspec.json.Decoder(tuple[Gift, ...])


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
    rows = await db.fetch(
        f"""
        SELECT variants.id, product_id, products.name AS product_name, variants.name, variants.code, packs, price_e4,
               cost_e4, variants.is_on_sale AND products.is_on_sale AS is_on_sale
        FROM variants JOIN products ON products.id = product_id WHERE variants.id {db.any_of("$1")}
        """,
        list(variant_ids),
    )
    return {
        row["id"]: VariantForOrder(
            variant=Variant(row["id"], _PACKS.decode(row["packs"]), row["price_e4"]),
            product_id=row["product_id"],
            product_name=row["product_name"],
            name=row["name"],
            code=row["code"],
            cost_e4=row["cost_e4"],
            is_on_sale=bool(row["is_on_sale"]),
        )
        for row in rows
    }


async def offers_for(
    customer_id: str | None, level_id: str | None, variant_ids: Collection[str], day: str
) -> list[Offer]:
    """The offers of these variants that hold on an ISO `day` for a customer or his level, in no order; one statement.

    Whose they are is the caller's to know: this asks nobody's leave.
    """
    # One question for each index: an OR of both would read every offer of a variant.
    columns = "id, list_id, variant_id, unit, breaks, gifts, level_id, customer_id, from_on, until_on"
    holds = "is_active AND from_on <= $4 AND (until_on IS NULL OR until_on >= $4)"
    rows = await db.fetch(
        f"""
        SELECT {columns} FROM prices WHERE variant_id {db.any_of("$1")} AND level_id = $2 AND {holds}
        UNION ALL
        SELECT {columns} FROM prices WHERE variant_id {db.any_of("$1")} AND customer_id = $3 AND {holds}
        """,
        list(variant_ids),
        level_id,
        customer_id,
        day,
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
