"""Commands of price levels, and which one a customer pays by."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Invalid, NotFound
from roundsman.core.events import announce
from roundsman.core.ids import Id
from roundsman.core.texts import Word
from roundsman.customers.commands.rows import update_customer
from roundsman.customers.events import CustomerLevelSet
from roundsman.customers.queries import get_customer


class SetPriceLevel(Payload, kw_only=True, frozen=True):
    """A price level, new or changed."""

    level_id: Id
    name: Word
    position: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    is_active: bool = True


@command("customers.set_price_level", permission="customers.keep_levels")
async def set_price_level(ctx: Ctx, cmd: SetPriceLevel) -> None:
    """Add or change a price level."""
    if not cmd.name.strip():
        raise Invalid("customers.name_missing", field="name")
    await db.execute(
        """
        INSERT INTO price_levels (id, name, position, is_active) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, position = excluded.position, is_active = excluded.is_active
        """,
        cmd.level_id,
        cmd.name.strip(),
        cmd.position,
        cmd.is_active,
    )


class SetLevel(Payload, kw_only=True, frozen=True):
    """Which level a customer pays by; None: the list prices."""

    customer_id: Id
    level_id: Id | None = None


@command("customers.set_level", permission="customers.set_level")
async def set_level(ctx: Ctx, cmd: SetLevel) -> None:
    """Give a customer a price level, or take it away."""
    current = await get_customer(ctx, cmd.customer_id, is_locked=True)
    await require_level(cmd.level_id)
    if current["price_level_id"] == cmd.level_id:
        return
    await update_customer(cmd.customer_id, {"price_level_id": cmd.level_id, "changed_at": ctx.now})
    await announce(ctx, CustomerLevelSet(customer_id=cmd.customer_id, price_level_id=cmd.level_id))


async def require_level(level_id: str | None) -> None:
    """Raise NotFound("customers.level_unknown") for a level that is not there or no longer used; None is no level."""
    if level_id is not None and not await db.fetch_value(
        "SELECT 1 FROM price_levels WHERE id = $1 AND is_active", level_id
    ):
        raise NotFound("customers.level_unknown", level_id=level_id)
