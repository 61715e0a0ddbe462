"""Makers of customers and classes: each a plain command as somebody who may; keyword arguments win."""

from __future__ import annotations

from typing import Any

from roundsman.core.ids import new_id
from tests.cast import Cast

DOOR = (312_000_000, 1_214_800_000)
"""A pin in Shanghai: degrees × 10⁷."""


async def make_class(cast: Cast, **fields: Any) -> str:
    """A customer class with a flagging fence of 200 m; its id."""
    args = {"class_id": new_id(), "name": "Corner shop", "geofence": "flag", "radius_m": 200, **fields}
    await cast.done("administrator", "customers.set_class", **args)
    return str(args["class_id"])


async def make_customer(cast: Cast, who: str = "rep", where: str = "north", **fields: Any) -> str:
    """A customer added by `who` in the territory `where`, with a pin at DOOR; its id."""
    args = {
        "customer_id": new_id(),
        "name": "和平便利店",
        "territory_id": cast.territories[where],
        "latitude_e7": DOOR[0],
        "longitude_e7": DOOR[1],
        **fields,
    }
    await cast.done(who, "customers.add", **args)
    return str(args["customer_id"])


async def make_price_level(cast: Cast, **fields: Any) -> str:
    """A price level; its id."""
    args = {"level_id": new_id(), "name": "银牌", **fields}
    await cast.done("administrator", "customers.set_price_level", **args)
    return str(args["level_id"])
