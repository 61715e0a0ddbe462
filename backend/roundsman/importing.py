"""Brings a company's own spreadsheet in: reads the file, sends its rows as commands of somebody, and tells what became
of them. What the columns mean belongs to the domains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from roundsman.catalog.commands.importing import ImportGoods
from roundsman.catalog.sheets import goods_in
from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.core.domain import Payload
from roundsman.core.errors import Forbidden, NotFound
from roundsman.core.ids import new_id
from roundsman.core.money import money_to_text
from roundsman.core.quantities import amount_of
from roundsman.core.registry import Registry
from roundsman.core.sheets import RowNote, SheetRows, read_sheets
from roundsman.core.times import now_ms
from roundsman.customers.commands.importing import ImportRows
from roundsman.customers.sheets import customers_in
from roundsman.inventory.commands.importing import ImportStock
from roundsman.inventory.sheets import stock_in
from roundsman.orders.commands.importing import ImportOrders, OrdersImported
from roundsman.orders.sheets import orders_in
from roundsman.sync.dispatch import run_one
from roundsman.targets.commands.importing import ImportTargets
from roundsman.targets.sheets import targets_in

ROWS_AT_ONCE: Final = 100
"""Rows of one command, and so of one unit of work: others write between them, and nobody waits longer than 0.3 s."""

ORDERS_AT_ONCE: Final = 200
"""The same of orders: they are looked up and written all at once."""

NOTES_SHOWN: Final = 20
"""Notes of one kind printed in words."""


class Result(msgspec.Struct, kw_only=True):
    """What became of a file's rows; `noticed` ones were taken all the same, `repeated` ones only said again what one
    before them said.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    refused: list[RowNote] = []
    noticed: list[RowNote] = []
    skipped_sheets: list[str] = []


class OrdersResult(Result, kw_only=True):
    """The same of orders, and what they came to, to be held against what the other system says: `goods_e4` in 1/10000
    yuan before any rounding, `returned_amount` in fen, `cancelled` orders.
    """

    goods_e4: int = 0
    returned_amount: int = 0
    cancelled: int = 0

    def add(self, imported: OrdersImported) -> None:
        """Count what one command took."""
        self.goods_e4 += imported.goods_e4
        self.returned_amount += imported.returned_amount
        self.cancelled += imported.cancelled

    @property
    def goods_amount(self) -> int:
        """What the goods came to in fen, rounded once."""
        return amount_of(self.goods_e4, 1000)


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
    """Import the customers of a file as `person`; `_bring` says how."""
    _require(person, "customers.import")
    found = customers_in(read_sheets(content, name), is_gcj02=is_gcj02)
    commands = (
        ImportRows(rows=rows, territory_id=territory_id, owner_id=owner_id) for rows in _portions(found.rows)
    )
    return await _bring(registry, person, "customers.import_rows", found, commands, is_trial)


async def import_products(
    registry: Registry, person: Person, content: bytes, name: str, *, is_trial: bool = False
) -> Result:
    """Import the goods of a file as `person`; `_bring` says how."""
    _require(person, "catalog.import")
    found = goods_in(read_sheets(content, name))
    commands = (ImportGoods(rows=rows) for rows in _portions(found.rows))
    return await _bring(registry, person, "catalog.import_rows", found, commands, is_trial)


async def import_stock(
    registry: Registry, person: Person, content: bytes, name: str, *, is_trial: bool = False
) -> Result:
    """Bring the books up to what a file says there is, as `person`; `_bring` says how."""
    _require(person, "inventory.keep")
    found = stock_in(read_sheets(content, name))
    commands = (ImportStock(rows=rows, reason=name[:300]) for rows in _portions(found.rows))
    return await _bring(registry, person, "inventory.import_rows", found, commands, is_trial)


async def import_orders(
    registry: Registry,
    person: Person,
    content: bytes,
    name: str,
    *,
    customer_id: str | None = None,
    source: str = "",
    is_trial: bool = False,
) -> OrdersResult:
    """Import the past orders of a file as `person`; `_bring` says how. `customer_id` is whose those are that name
    nobody, `source` what the system is called they are from.
    """
    _require(person, "orders.import")
    found = orders_in(read_sheets(content, name))
    commands = (
        ImportOrders(rows=rows, source=source, customer_id=customer_id)
        for rows in _portions(found.rows, ORDERS_AT_ONCE)
    )
    result = await _bring(registry, person, "orders.import_rows", found, commands, is_trial, OrdersResult())
    assert isinstance(result, OrdersResult)
    return result


async def import_targets(
    registry: Registry, person: Person, content: bytes, name: str, *, is_trial: bool = False
) -> Result:
    """Set the targets of a file as `person`; `_bring` says how."""
    _require(person, "targets.import")
    found = targets_in(read_sheets(content, name))
    commands = (ImportTargets(rows=rows) for rows in _portions(found.rows))
    return await _bring(registry, person, "targets.import_rows", found, commands, is_trial)


def _require(person: Person, permission: str) -> None:
    if not person.may(permission):
        raise Forbidden("forbidden", permission=permission)


def _portions(rows: list[Any], size: int = ROWS_AT_ONCE) -> Iterator[list[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


async def _bring(
    registry: Registry,
    person: Person,
    name: str,
    found: SheetRows[Any],
    commands: Iterable[Payload],
    is_trial: bool,
    result: Result | None = None,
) -> Result:
    """Send the commands as `person`, and tell what became of the rows. A trial does everything and undoes it.

    Raises Invalid for a file that cannot be read, Forbidden for a person who may not, and what a command refuses as a
    whole. What was done before stays done: the file can simply be sent again.
    """
    result = result or Result()
    result.repeated, result.skipped_sheets = found.repeated, found.skipped_sheets
    result.refused, result.noticed = found.refused, found.noticed
    command = registry.commands[name]
    if is_trial:
        try:
            async with db.unit_of_work():
                for payload in commands:
                    ctx = Ctx(person=person, now=now_ms(), uuid=new_id())
                    _add(result, await command.handler(ctx, payload))
                raise _Undo
        except _Undo:
            pass
    else:
        for payload in commands:
            ctx = Ctx(person=person, now=now_ms())
            outcome = await run_one(ctx, command, msgspec.json.encode(payload), new_id())
            if outcome.refusal is not None:
                raise outcome.refusal
            _add(result, msgspec.json.decode(outcome.result or b"", type=command.answer))
    result.refused.sort(key=lambda note: (note.sheet, note.row))
    return result


def _add(result: Result, imported: Any) -> None:
    result.created += imported.created
    result.changed += imported.changed
    result.unchanged += imported.unchanged
    result.refused += imported.refused
    result.noticed += imported.noticed
    if isinstance(result, OrdersResult):
        result.add(imported)


def in_words(result: Result, *, kind: str, is_trial: bool = False) -> Iterator[str]:
    """The result as lines for a terminal; `kind` is what was imported."""
    would = "would be " if is_trial else ""
    again = f", {result.repeated} said again" if result.repeated else ""
    yield (
        f"{result.created} {would}created, {result.changed} {would}changed, {result.unchanged} unchanged, "
        f"{len(result.refused)} refused{again}"
    )
    for title, notes in (("refused", result.refused), ("taken, but", result.noticed)):
        for note in notes[:NOTES_SHOWN]:
            yield f"  {title}: {note.sheet} row {note.row}: {note.code} {note.value}".rstrip()
        if len(notes) > NOTES_SHOWN:
            yield f"  {title}: and {len(notes) - NOTES_SHOWN} more; --json shows all"
    if isinstance(result, OrdersResult):
        yield (
            f"  goods {money_to_text(result.goods_amount)}, returned {money_to_text(result.returned_amount)}, "
            f"{result.cancelled} cancelled"
        )
    for sheet in result.skipped_sheets:
        yield f"  no {kind} in the sheet {sheet}"


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


async def find_customer(named: str) -> str | None:
    """The customer somebody means by code or a name only one has; None for "". Raises NotFound("customers.unknown")."""
    if not named:
        return None
    rows = await db.fetch(
        "SELECT id FROM customers WHERE (code = $1 AND code <> '') OR name = $1 LIMIT 2", named
    )
    if len(rows) != 1:
        raise NotFound("customers.unknown", name=named)
    return str(rows[0]["id"])
