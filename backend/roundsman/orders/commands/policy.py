"""What an administrator decides about orders."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command

_ID: Final = "company"
"""The id of the one row."""


class SetPolicy(Payload, kw_only=True, frozen=True):
    """When prices that differ from what was seen hold an order: beyond so many thousandths of its amount where
    `on_difference` is "hold", or seen on a phone whose prices are older than so many days.
    """

    tolerance_permille: Annotated[int, msgspec.Meta(ge=0, le=1000)]
    on_difference: Annotated[str, msgspec.Meta(pattern="^(apply|hold)$")]
    list_age_days: Annotated[int, msgspec.Meta(ge=0, le=3650)]


@command("orders.set_policy", permission="orders.keep_policy")
async def set_policy(ctx: Ctx, cmd: SetPolicy) -> None:
    """Decide what becomes of orders whose prices have changed; those that are placed already stay as they are."""
    await db.execute(
        """
        INSERT INTO order_policy (id, tolerance_permille, on_difference, list_age_days, changed_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE
        SET tolerance_permille = excluded.tolerance_permille, on_difference = excluded.on_difference,
            list_age_days = excluded.list_age_days, changed_at = excluded.changed_at
        """,
        *(_ID, cmd.tolerance_permille, cmd.on_difference, cmd.list_age_days, ctx.now),
    )
