"""The command that takes targets from a sheet, some hundred at a time: new, changed, unchanged or refused."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import NotFound, Refusal
from roundsman.core.ids import Id
from roundsman.core.sheets import RowNote
from roundsman.core.texts import Name, Word
from roundsman.core.times import Day
from roundsman.identity.rules import name_key
from roundsman.targets.commands.rows import own_key, require_metric, require_span, write
from roundsman.targets.commands.setting import Amount, MetricWord


class TargetRow(msgspec.Struct, kw_only=True, frozen=True):
    """A row of the sheet: a person by name or login, or a territory by name."""

    row: int
    sheet: str = ""
    target_id: Id
    person_name: Word = ""
    territory_name: Word = ""
    category_name: Name | None = None
    metric: MetricWord = "sales"
    from_on: Day
    until_on: Day
    amount: Amount


class ImportTargets(Payload, kw_only=True, frozen=True):
    """Some rows of a sheet of targets."""

    rows: Annotated[list[TargetRow], msgspec.Meta(max_length=500)]


class TargetsImported(Answer, kw_only=True, frozen=True):
    """How many rows became what; `noticed` ones were taken all the same."""

    created: int
    changed: int
    unchanged: int
    refused: list[RowNote]
    noticed: list[RowNote]


@command("targets.import_rows", permission="targets.import")
async def import_targets(ctx: Ctx, cmd: ImportTargets) -> TargetsImported:
    """Take targets from a sheet, each in place of the one there is for the same whose, what and when. The same rows
    again change nothing.
    """
    people = await _ids("SELECT id, name, coalesce(login, '') AS login FROM people WHERE is_active")
    places = await _ids("SELECT id, name, '' AS login FROM territories")
    categories = await _ids("SELECT id, name, '' AS login FROM categories")
    taken: dict[tuple[str, ...], dict[str, Any]] = {}
    refused, noticed = [], []
    for row in cmd.rows:
        try:
            made = _taken(row, people, places, categories)
        except Refusal as refusal:
            value = str(refusal.details.get("value", row.person_name or row.territory_name))
            refused.append(RowNote(row=row.row, sheet=row.sheet, code=refusal.code, value=value))
            continue
        if own_key(made) in taken:
            # The last one said holds, as it would if the rows were sent one by one.
            named = row.person_name or row.territory_name
            noticed.append(RowNote(row=row.row, sheet=row.sheet, code="targets.row_twice", value=named))
        taken[own_key(made)] = made
    created, changed, unchanged = await write(ctx, list(taken.values()))
    return TargetsImported(
        created=created, changed=changed, unchanged=unchanged, refused=refused, noticed=noticed
    )


async def _ids(select: str) -> dict[str, str | None]:
    """Ids by the forms names and logins are compared in; None where two are called the same."""
    found: dict[str, str | None] = {}
    for row in await db.fetch(select):
        for key in {name_key(row["name"]), name_key(row["login"])} - {""}:
            found[key] = None if key in found else row["id"]
    return found


def _taken(
    row: TargetRow,
    people: dict[str, str | None],
    places: dict[str, str | None],
    categories: dict[str, str | None],
) -> dict[str, Any]:
    require_span(row.from_on, row.until_on)
    scope, text = ("person", row.person_name) if row.person_name else ("territory", row.territory_name)
    scope_id = (people if row.person_name else places).get(name_key(text))
    if scope_id is None:
        raise NotFound("targets.scope_unknown", value=text)
    category_id: str | None = ""
    if row.category_name:
        category_id = categories.get(name_key(row.category_name))
        if category_id is None:
            raise NotFound("targets.category_unknown", value=row.category_name)
        require_metric(row.metric, category_id)
    return {
        "id": row.target_id,
        "parent_id": None,
        "scope": scope,
        "scope_id": scope_id,
        "metric": row.metric,
        "category_id": category_id,
        "from_on": row.from_on,
        "until_on": row.until_on,
        "amount": row.amount,
    }
