"""Makers of goods and price lists: each a plain command as somebody who may; keyword arguments win."""

from __future__ import annotations

from typing import Any

from roundsman.core.ids import new_id
from tests.cast import Cast

BOTTLE: dict[str, Any] = {"unit": "瓶", "factor": 1}
CASE: dict[str, Any] = {"unit": "箱", "factor": 24}


def a_variant(**fields: Any) -> dict[str, Any]:
    """A variant in bottles and cases at ¥2.00 a bottle."""
    return {"variant_id": new_id(), "packs": [BOTTLE, CASE], "price_e4": 20_000, **fields}


async def make_product(cast: Cast, **fields: Any) -> str:
    """A product with one variant without axes, or the `variants` given; its id."""
    args = {"product_id": new_id(), "name": "矿泉水", "variants": [a_variant()], **fields}
    await cast.done("clerk", "catalog.add_product", **args)
    return str(args["product_id"])


async def make_variant(cast: Cast, **fields: Any) -> str:
    """A product with one variant; the variant's id."""
    variant = a_variant(**fields)
    await make_product(cast, variants=[variant])
    return str(variant["variant_id"])


async def make_list(cast: Cast, **fields: Any) -> str:
    """A price list without end; whose it is (`level_id` or `customer_id`) must be given. Its id."""
    args = {"list_id": new_id(), "name": "价格表", "from_on": "2026-01-01", **fields}
    await cast.done("manager", "catalog.set_price_list", **args)
    return str(args["list_id"])


async def make_price(cast: Cast, list_id: str, variant_id: str, price_e4: int, **fields: Any) -> None:
    """One price without breaks, per bottle."""
    price = {"variant_id": variant_id, "unit": "瓶", "breaks": [[0, price_e4]], **fields}
    await cast.done("manager", "catalog.set_prices", list_id=list_id, prices=[price])
