"""What an import of past orders must know: which of them are there, and who is meant by the names in a sheet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.customers.queries import territories_seen_by
from roundsman.identity.rules import name_key


@dataclass(slots=True)
class KnownPast:
    """Orders by the key they were imported with; `moved` are ids of those somebody did something to since, `numbers`
    and `ids` those that are taken. People and territories by name, None where two share it.
    """

    orders: dict[str, db.Row] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    by_id: dict[str, db.Row] = field(default_factory=dict)
    by_code: dict[str, db.Row] = field(default_factory=dict)
    by_name: dict[str, db.Row | None] = field(default_factory=dict)
    people: dict[str, str | None] = field(default_factory=dict)
    territories: dict[str, str | None] = field(default_factory=dict)

    def customer_of(self, code: str, name: str, otherwise: str | None) -> db.Row | None:
        """The customer a row means: by code, else by a name only one has; `otherwise` where it names none."""
        if code:
            return self.by_code.get(code)
        if name:
            return self.by_name.get(name)
        return self.by_id.get(otherwise or "")


async def read_past(
    ctx: Ctx,
    keys: Collection[str],
    order_ids: Collection[str],
    *,
    customer_ids: Collection[str],
    customer_codes: Collection[str],
    customer_names: Collection[str],
) -> KnownPast:
    """All of it for one batch, in a handful of statements. Orders that are there are locked."""
    known = KnownPast()
    rows = await db.fetch(
        f"""
        SELECT * FROM orders WHERE external_key {db.any_of("$1")} AND external_key IS NOT NULL
        ORDER BY id{db.for_update()}
        """,
        list(keys),
    )
    known.orders = {row["external_key"]: row for row in rows}
    rows = await db.fetch(
        f"""
        SELECT id, number FROM orders WHERE number {db.any_of("$1")} AND number <> ''
        UNION SELECT id, number FROM orders WHERE id {db.any_of("$2")}
        """,
        list(keys),
        list(order_ids),
    )
    known.numbers = {row["number"] for row in rows}
    known.ids = {row["id"] for row in rows}
    if known.orders:
        ids = [row["id"] for row in known.orders.values()]
        moved = await db.fetch(
            f"SELECT DISTINCT order_id FROM order_moves WHERE order_id {db.any_of('$1')} AND verb <> 'import'",
            ids,
        )
        known.moved = {row["order_id"] for row in moved}
    await _read_names(ctx, known, customer_ids, customer_codes, customer_names)
    return known


async def _read_names(
    ctx: Ctx, known: KnownPast, ids: Collection[str], codes: Collection[str], names: Collection[str]
) -> None:
    seen = await territories_seen_by(ctx.person, ctx.now)
    for row in await db.fetch(
        f"""
        SELECT customers.id, customers.code, customers.name, customers.owner_id, customers.territory_id,
            agents.id AS agent_id
        FROM customers LEFT JOIN agents ON agents.id = customers.id AND agents.state = 'active'
        WHERE customers.id IN (
            SELECT id FROM customers WHERE id {db.any_of("$1")}
            UNION SELECT id FROM customers WHERE code {db.any_of("$2")} AND code <> ''
            UNION SELECT id FROM customers WHERE name {db.any_of("$3")}
        )
        """,
        list(ids),
        [code for code in codes if code],
        [name for name in names if name],
    ):
        if row["territory_id"] in seen or row["owner_id"] == ctx.person.id:
            known.by_id[row["id"]] = row
            known.by_code[row["code"]] = row
            known.by_name[row["name"]] = None if row["name"] in known.by_name else row
    for row in await db.fetch("SELECT id, name FROM people WHERE is_active"):
        key = name_key(row["name"])
        known.people[key] = None if key in known.people else row["id"]
    for row in await db.fetch("SELECT id, name FROM territories"):
        known.territories[row["name"]] = None if row["name"] in known.territories else row["id"]
