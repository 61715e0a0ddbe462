"""Setting and removing single targets."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.ids import Id
from roundsman.core.money import LARGEST
from roundsman.core.times import Day
from roundsman.targets.commands.rows import (
    get_target,
    require_category,
    require_metric,
    require_scopes,
    require_span,
    write,
)

ScopeWord = Annotated[str, msgspec.Meta(pattern="^(person|territory)$")]
MetricWord = Annotated[str, msgspec.Meta(pattern="^(sales|quantity|collection|profit|visits)$")]
Amount = Annotated[
    int, msgspec.Meta(ge=1, le=LARGEST, description="fen, thousandths of base units, or a count of visits")
]


class SetTarget(Payload, kw_only=True, frozen=True):
    """What somebody, or a territory with all below it, is to reach between two days, both included, of all goods or of
    one category.
    """

    target_id: Id
    scope: ScopeWord
    scope_id: Id
    metric: MetricWord
    from_on: Day
    until_on: Day
    amount: Amount
    category_id: Id | None = None


@command("targets.set", permission="targets.keep")
async def set_target(ctx: Ctx, cmd: SetTarget) -> None:
    """Set a target, in place of the one there is for the same whose, what and when. A manager sets those of the people
    and places below him.
    """
    category_id = cmd.category_id or ""
    require_span(cmd.from_on, cmd.until_on)
    require_metric(cmd.metric, category_id)
    await require_scopes(ctx, [(cmd.scope, cmd.scope_id)])
    await require_category(category_id)
    row = {
        "id": cmd.target_id,
        "parent_id": None,
        "scope": cmd.scope,
        "scope_id": cmd.scope_id,
        "metric": cmd.metric,
        "category_id": category_id,
        "from_on": cmd.from_on,
        "until_on": cmd.until_on,
        "amount": cmd.amount,
    }
    await write(ctx, [row])


class RemoveTarget(Payload, kw_only=True, frozen=True):
    """Which target is no more."""

    target_id: Id


@command("targets.remove", permission="targets.keep")
async def remove_target(ctx: Ctx, cmd: RemoveTarget) -> None:
    """Take a target away; its parts stay as targets of their own."""
    target = await get_target(ctx, cmd.target_id)
    await db.execute("UPDATE targets SET parent_id = NULL WHERE parent_id = $1", target["id"])
    await db.execute("DELETE FROM targets WHERE id = $1", target["id"])
