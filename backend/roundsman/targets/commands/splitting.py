"""Splitting a target: over the months of its period, or down the tree to territories or people below."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Invalid
from roundsman.core.ids import Id
from roundsman.core.money import LARGEST
from roundsman.targets.commands.rows import get_target, require_scopes, write
from roundsman.targets.queries import people_in
from roundsman.targets.rules import months_of, split


class Part(msgspec.Struct, kw_only=True, frozen=True):
    """One part: the id its target gets, and whose it is: a territory, a person, or a month as 'YYYY-MM'. `weight` is
    its share of all weights.
    """

    target_id: Id
    key: Annotated[str, msgspec.Meta(max_length=40)]
    weight: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 1


class SplitTarget(Payload, kw_only=True, frozen=True):
    """Into what a target is split. Parts are rounded down to whole `step`s (fen, thousandths or visits)."""

    target_id: Id
    into: Annotated[str, msgspec.Meta(pattern="^(months|territories|people)$")]
    parts: Annotated[list[Part], msgspec.Meta(min_length=1, max_length=500)]
    step: Annotated[int, msgspec.Meta(ge=1, le=LARGEST)] = 1


class TargetSplit(Answer, kw_only=True, frozen=True):
    """What each part came to, in the order they were named, and what of the target no part has."""

    amounts: list[int]
    remainder: int


@command("targets.split", permission="targets.keep")
async def split_target(ctx: Ctx, cmd: SplitTarget) -> TargetSplit:
    """Split a target by weights. A part stands in place of the target there is for the same whose, what and when; parts
    of an earlier splitting that are not named again are no more. What does not divide is told, and nobody's.
    """
    target = await get_target(ctx, cmd.target_id)
    keys = [part.key for part in cmd.parts]
    if len(set(keys)) < len(keys) or len({part.target_id for part in cmd.parts}) < len(keys):
        raise Invalid("targets.part_twice", field="parts")
    rows = await _rows(ctx, cmd, target)
    amounts, remainder = split(target["amount"], [part.weight for part in cmd.parts], cmd.step)
    if min(amounts) == 0:
        raise Invalid("targets.part_of_nothing", field=f"parts[{amounts.index(0)}]")
    for row, amount in zip(rows, amounts, strict=True):
        row["amount"] = amount
    kept = {(row["scope_id"], row["from_on"], row["until_on"]) for row in rows}
    for old in await db.fetch("SELECT * FROM targets WHERE parent_id = $1", target["id"]):
        if (old["scope_id"], old["from_on"], old["until_on"]) not in kept:
            await db.execute("DELETE FROM targets WHERE id = $1", old["id"])
    await write(ctx, rows)
    return TargetSplit(amounts=amounts, remainder=remainder)


async def _rows(ctx: Ctx, cmd: SplitTarget, target: db.Row) -> list[db.Row]:
    """The parts' rows, without amounts. Raises Invalid("targets.no_part") for what is no part of the target."""
    shared = {**target, "parent_id": target["id"]}
    if cmd.into == "months":
        months = {start[:7]: (start, end) for start, end in months_of(target["from_on"], target["until_on"])}
        if len(months) == 1 or any(part.key not in months for part in cmd.parts):
            raise Invalid("targets.no_part", field="parts")
        spans = [(part, *months[part.key]) for part in cmd.parts]
        return [{**shared, "id": part.target_id, "from_on": a, "until_on": b} for part, a, b in spans]
    if target["scope"] != "territory":
        raise Invalid("targets.no_part", field="into")
    rows = await db.fetch(
        "SELECT below.id FROM territories AS top JOIN territories AS below ON below.path LIKE top.path || '%'"
        " WHERE top.id = $1",
        target["scope_id"],
    )
    below = {row["id"] for row in rows}
    scope = "territory" if cmd.into == "territories" else "person"
    known = below - {target["scope_id"]} if scope == "territory" else await people_in(below, ctx.now)
    if any(part.key not in known for part in cmd.parts):
        raise Invalid("targets.no_part", field="parts")
    await require_scopes(ctx, [(scope, part.key) for part in cmd.parts])
    return [{**shared, "id": part.target_id, "scope": scope, "scope_id": part.key} for part in cmd.parts]
