"""Reads of the inventory. Whoever may see it sees all of it: goods belong to no territory."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.errors import Conflict


async def default_warehouse() -> str:
    """The id of the warehouse goods go out of unless somebody says otherwise. Raises Conflict("inventory.no_warehouse")
    where there is none yet.
    """
    found = await db.fetch_value("SELECT id FROM warehouses WHERE is_default")
    if found is None:
        raise Conflict("inventory.no_warehouse")
    return str(found)
