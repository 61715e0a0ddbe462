"""What the commands of targets share: who may set whose, and how rows are written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Conflict, Forbidden, Invalid, NotFound
from roundsman.core.times import days_between, is_day
from roundsman.identity.queries import territories_of
from roundsman.targets.queries import people_in

MOST_DAYS: Final = 3660
_OWN: Final = ("scope", "scope_id", "metric", "category_id", "from_on", "until_on")
OF_GOODS: Final = frozenset(("sales", "quantity", "profit"))
"""Metrics a category can be told of."""


async def require_scopes(ctx: Ctx, scopes: Collection[tuple[str, str]]) -> None:
    """Raise NotFound("targets.scope_unknown") for a person or territory that is not there or not below whoever sets the
    target, Forbidden("targets.own") for a manager's own: nobody says himself what he is to reach.
    """
    people = {id for scope, id in scopes if scope == "person"}
    places = {id for scope, id in scopes if scope == "territory"}
    if ctx.person.roles.isdisjoint(("clerk", "administrator")):
        _, answered = await territories_of(ctx.person, ctx.now)
        if ctx.person.id in people:
            raise Forbidden("targets.own")
        unknown = (people - await people_in(answered, ctx.now)) | (places - answered)
    else:
        found = await db.fetch(
            f"SELECT id FROM people WHERE id {db.any_of('$1')}"
            f" UNION ALL SELECT id FROM territories WHERE id {db.any_of('$2')}",
            sorted(people),
            sorted(places),
        )
        unknown = (people | places) - {row["id"] for row in found}
    if unknown:
        raise NotFound("targets.scope_unknown", scope_id=min(unknown))


def require_span(from_on: str, until_on: str) -> None:
    """Raise Invalid("targets.no_such_day"), Invalid("targets.wrong_span") for one that ends before it begins or lasts
    more than ten years.
    """
    for field, day in (("from_on", from_on), ("until_on", until_on)):
        if not is_day(day):
            raise Invalid("targets.no_such_day", field=field, value=day)
    if not 0 <= days_between(from_on, until_on) < MOST_DAYS:
        raise Invalid("targets.wrong_span", field="until_on", value=until_on)


def require_metric(metric: str, category_id: str) -> None:
    """Raise Invalid("targets.not_of_goods") for a category where money or visits are counted."""
    if category_id and metric not in OF_GOODS:
        raise Invalid("targets.not_of_goods", field="category_id")


async def require_category(category_id: str) -> None:
    """Raise NotFound("targets.category_unknown"); "" is all goods."""
    if category_id and not await db.fetch_value("SELECT 1 FROM categories WHERE id = $1", category_id):
        raise NotFound("targets.category_unknown", category_id=category_id)


def own_key(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What there is one target of: whose, what and when."""
    return tuple(row[name] for name in _OWN)


async def standing(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, ...], db.Row]:
    """The targets there are already for the same people and places, by `own_key`; locked."""
    found = await db.fetch(
        f"SELECT * FROM targets WHERE scope_id {db.any_of('$1')} ORDER BY id{db.for_update()}",
        sorted({row["scope_id"] for row in rows}),
    )
    return {own_key(row): row for row in found}


async def write(ctx: Ctx, rows: Sequence[Mapping[str, Any]]) -> tuple[int, int, int]:
    """Write targets, in place of those for the same whose, what and when; how many were new, changed, and unchanged.
    Raises Conflict("targets.already_there") for an id another target has.
    """
    there = await standing(rows)
    ids = [row["id"] for row in rows]
    taken = {
        row["id"]: own_key(row)
        for row in await db.fetch(f"SELECT * FROM targets WHERE id {db.any_of('$1')}", ids)
    }
    new, changed = [], []
    for row in rows:
        known = there.get(own_key(row))
        if known is None:
            if row["id"] in taken:
                raise Conflict("targets.already_there", target_id=row["id"])
            new.append(row)
        elif (known["amount"], known["parent_id"]) != (row["amount"], row["parent_id"]):
            changed.append((known["id"], row["amount"], row["parent_id"], ctx.person.id, ctx.now))
    names = ("id", "parent_id", *_OWN, "amount")
    places = ", ".join(f"${n}" for n in range(1, len(names) + 3))
    if new:
        await db.execute_many(
            f"INSERT INTO targets ({', '.join(names)}, changed_by, changed_at) VALUES ({places})",
            [(*(row[name] for name in names), ctx.person.id, ctx.now) for row in new],
        )
    if changed:
        await db.execute_many(
            "UPDATE targets SET amount = $2, parent_id = $3, changed_by = $4, changed_at = $5 WHERE id = $1",
            changed,
        )
    return len(new), len(changed), len(rows) - len(new) - len(changed)


async def get_target(ctx: Ctx, target_id: str) -> db.Row:
    """A target somebody may change, locked. Raises NotFound("targets.unknown") also when it is not his to."""
    row = await db.fetch_one(f"SELECT * FROM targets WHERE id = $1{db.for_update()}", target_id)
    if row is None:
        raise NotFound("targets.unknown", target_id=target_id)
    try:
        await require_scopes(ctx, [(row["scope"], row["scope_id"])])
    except NotFound as refusal:
        raise NotFound("targets.unknown", target_id=target_id) from refusal
    return row
