"""Brings a company's own spreadsheet in: reads the file, sends its rows as commands of somebody, and tells what became
of them. What the columns mean belongs to the domains.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.core.errors import Forbidden, NotFound
from roundsman.core.ids import new_id
from roundsman.core.registry import Registry
from roundsman.core.sheets import read_sheets
from roundsman.core.times import now_ms
from roundsman.customers.commands.importing import Imported, ImportRows
from roundsman.customers.commands.sheet_rows import RowNote
from roundsman.customers.sheets import CustomerRows, customers_in
from roundsman.sync.dispatch import run_one

ROWS_AT_ONCE: Final = 100
"""Rows of one command, and so of one unit of work: others write between them, and nobody waits longer than 0.3 s."""

NOTES_SHOWN: Final = 20
"""Notes of one kind printed in words."""


class Result(msgspec.Struct, kw_only=True):
    """What became of a file's rows; `noticed` ones were taken all the same."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[RowNote] = []
    noticed: list[RowNote] = []
    skipped_sheets: list[str] = []


class _Undo(Exception):
    """Ends a trial."""


async def import_customers(
    registry: Registry,
    person: Person,
    content: bytes,
    name: str,
    *,
    territory_id: str | None = None,
    owner_id: str | None = None,
    is_gcj02: bool = False,
    is_trial: bool = False,
) -> Result:
    """Import the customers of a file as `person`. A trial does everything and undoes it.

    Raises Invalid for a file that cannot be read, Forbidden for a person who may not, and what the command refuses as a
    whole. What was done before stays done: the file can simply be sent again.
    """
    if not person.may("customers.import"):
        raise Forbidden("forbidden", permission="customers.import")
    found = customers_in(read_sheets(content, name), is_gcj02=is_gcj02)
    result = Result(refused=found.refused, noticed=found.noticed, skipped_sheets=found.skipped_sheets)
    chunks = _chunks(found, territory_id, owner_id)
    if is_trial:
        await _try(registry, person, chunks, result)
    else:
        command = registry.commands["customers.import_rows"]
        for chunk in chunks:
            ctx = Ctx(person=person, now=now_ms())
            outcome = await run_one(ctx, command, msgspec.json.encode(chunk), new_id())
            if outcome.refusal is not None:
                raise outcome.refusal
            _add(result, msgspec.json.decode(outcome.result or b"", type=Imported))
    result.refused.sort(key=lambda note: (note.sheet, note.row))
    return result


async def _try(registry: Registry, person: Person, chunks: Iterator[ImportRows], result: Result) -> None:
    handler = registry.commands["customers.import_rows"].handler
    try:
        async with db.unit_of_work():
            for chunk in chunks:
                _add(result, await handler(Ctx(person=person, now=now_ms(), uuid=new_id()), chunk))
            raise _Undo
    except _Undo:
        pass


def _chunks(found: CustomerRows, territory_id: str | None, owner_id: str | None) -> Iterator[ImportRows]:
    for start in range(0, len(found.rows), ROWS_AT_ONCE):
        rows = found.rows[start : start + ROWS_AT_ONCE]
        yield ImportRows(rows=rows, territory_id=territory_id, owner_id=owner_id)


def _add(result: Result, imported: Imported) -> None:
    result.created += imported.created
    result.changed += imported.changed
    result.unchanged += imported.unchanged
    result.refused += imported.refused
    result.noticed += imported.noticed


def in_words(result: Result, *, is_trial: bool = False) -> Iterator[str]:
    """The result as lines for a terminal."""
    would = "would be " if is_trial else ""
    yield (
        f"{result.created} {would}created, {result.changed} {would}changed, {result.unchanged} unchanged, "
        f"{len(result.refused)} refused"
    )
    for title, notes in (("refused", result.refused), ("taken, but", result.noticed)):
        for note in notes[:NOTES_SHOWN]:
            yield f"  {title}: {note.sheet} row {note.row}: {note.code} {note.value}".rstrip()
        if len(notes) > NOTES_SHOWN:
            yield f"  {title}: and {len(notes) - NOTES_SHOWN} more; --json shows all"
    for sheet in result.skipped_sheets:
        yield f"  no customers in the sheet {sheet}"


async def find_importer(registry: Registry, login: str) -> Person:
    """Who the import is done as: the person with that login, else the first administrator. Raises
    NotFound("identity.person_unknown").
    """
    rows = await db.fetch(
        """
        SELECT id FROM people
        WHERE is_active AND (login = $1 OR ($1 = '' AND CAST(roles AS text) LIKE '%"administrator"%'))
        ORDER BY created_at, id LIMIT 1
        """,
        login,
    )
    person = await registry.load_person(rows[0]["id"]) if rows and registry.load_person else None
    if person is None:
        raise NotFound("identity.person_unknown", login=login)
    return person


async def find_place(named: str) -> str:
    """The territory a person means by its id or its name; the root of the tree for "". Raises
    NotFound("customers.territory_unknown").
    """
    where = "(id = $1 OR name = $1)" if named else "parent_id IS NULL"
    rows = await db.fetch(f"SELECT id FROM territories WHERE {where} LIMIT 2", *([named] if named else []))
    if len(rows) != 1:
        raise NotFound("customers.territory_unknown", name=named)
    return str(rows[0]["id"])


async def find_owner(named: str) -> str | None:
    """The active person somebody means by id, login or a name only one has; None for "". Raises
    NotFound("customers.owner_unknown").
    """
    if not named:
        return None
    rows = await db.fetch(
        "SELECT id FROM people WHERE is_active AND (id = $1 OR login = $1 OR name = $1) LIMIT 2", named
    )
    if len(rows) != 1:
        raise NotFound("customers.owner_unknown", name=named)
    return str(rows[0]["id"])
