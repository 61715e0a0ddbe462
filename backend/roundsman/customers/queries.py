"""Reads of customers, each starting from the person who asks. Nothing here writes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.core.errors import NotFound
from roundsman.core.search import containing_all
from roundsman.identity.queries import held_since, territories_of

SEARCH_LIMIT = 200
OVER_ALL = frozenset(("clerk", "administrator"))
"""Roles that see every customer."""


async def territories_seen_by(person: Person, now: int) -> set[str]:
    """Ids of the territories whose customers this person may see at `now` (epoch ms)."""
    seen, _ = await territories_of(person, now)
    return seen


async def seen_among(person: Person, now: int, territory_ids: Collection[str]) -> set[str]:
    """Those of some territories whose customers the person may see: nothing is read for who sees all of them."""
    if not territory_ids or not person.roles.isdisjoint(OVER_ALL):
        return set(territory_ids)
    return await territories_seen_by(person, now) & set(territory_ids)


async def get_customer(ctx: Ctx, customer_id: str, *, is_locked: bool = False) -> db.Row:
    """The customer's row as it stands now, for a change. Raises NotFound("customers.unknown") also when it is not the
    person's to see.
    """
    lock = db.for_update() if is_locked else ""
    row = await db.fetch_one(f"SELECT * FROM customers WHERE id = $1{lock}", customer_id)
    if row is None or not await _is_seen(ctx, row):
        raise NotFound("customers.unknown", customer_id=customer_id)
    return row


async def _is_seen(ctx: Ctx, row: db.Row) -> bool:
    if row["owner_id"] == ctx.person.id:
        return True
    return bool(await seen_among(ctx.person, ctx.now, [row["territory_id"]]))


@dataclass(frozen=True, slots=True)
class CustomerForFact:
    """A customer somebody reports a fact about; `is_yours` is False when it left his view before the report came."""

    row: db.Row
    is_yours: bool


async def get_customer_for_fact(ctx: Ctx, customer_id: str) -> CustomerForFact:
    """One of `get_customers_for_facts`. Raises NotFound("customers.unknown")."""
    found = (await get_customers_for_facts(ctx, [customer_id])).get(customer_id)
    if found is None:
        raise NotFound("customers.unknown", customer_id=customer_id)
    return found


async def get_customers_for_facts(ctx: Ctx, customer_ids: Collection[str]) -> dict[str, CustomerForFact]:
    """Customers by id for facts (a check-in, a scan): also those the person lost since his last checkpoint.

    What was still on his phone in good faith may be reported about; others are left out. `row` has where the customer
    is filed, the pin, and his class's fence (NULL without a class).
    """
    rows = await db.fetch(
        f"""
        SELECT customers.id, class_id, owner_id, territory_id, latitude_e7, longitude_e7, geofence, radius_m
        FROM customers LEFT JOIN customer_classes ON customer_classes.id = customers.class_id
        WHERE customers.id {db.any_of("$1")}
        """,
        list(customer_ids),
    )
    seen: set[str] = set()
    if any(row["owner_id"] != ctx.person.id for row in rows):
        seen = await territories_seen_by(ctx.person, ctx.now)
    found: dict[str, CustomerForFact] = {}
    for row in rows:
        if row["owner_id"] == ctx.person.id or row["territory_id"] in seen:
            found[row["id"]] = CustomerForFact(row, is_yours=True)
        elif await _was_seen(ctx, row["id"]):
            found[row["id"]] = CustomerForFact(row, is_yours=False)
    return found


async def _was_seen(ctx: Ctx, customer_id: str) -> bool:
    """Whether the person saw the customer at some moment since the phone's last checkpoint."""
    if ctx.entitled_since is None:
        return False
    placements = await db.fetch(
        """
        SELECT territory_id, owner_id FROM customer_placements
        WHERE customer_id = $1 AND (until_at IS NULL OR until_at >= $2)
        """,
        customer_id,
        ctx.entitled_since,
    )
    for placement in placements:
        if placement["owner_id"] == ctx.person.id or await held_since(
            ctx.person, placement["territory_id"], ctx.entitled_since, ctx.now
        ):
            return True
    return False


async def customers_seen_by(
    person: Person,
    now: int,
    *,
    words: list[str],
    territory_id: str | None = None,
    owner_id: str | None = None,
    is_active: bool = True,
    after: tuple[str, ...] | None = None,
    limit: int = 50,
) -> list[db.Row]:
    """Customers in the order of (name, id) after a key, all of whose search words match; at most `limit` rows.

    `is_active` False gives those that were put away instead.
    """
    limit = min(limit, SEARCH_LIMIT)
    arguments: list[object] = [sorted(await territories_seen_by(person, now)), person.id]
    where = [
        f"(territory_id {db.any_of('$1')} OR owner_id = $2)",
        "is_active" if is_active else "NOT is_active",
    ]
    if territory_id is not None:
        arguments.append(territory_id)
        where.append(f"territory_id = ${len(arguments)}")
    if owner_id is not None:
        arguments.append(owner_id)
        where.append(f"owner_id = ${len(arguments)}")
    where += containing_all("search", words, arguments)
    if after is not None:
        arguments += after
        where.append(f"(name, id) > (${len(arguments) - 1}, ${len(arguments)})")
    arguments.append(limit)
    return await db.fetch(
        f"""
        SELECT id, code, name, short_name, class_id, price_level_id, tags, phone, province, city, county, street,
               owner_id, territory_id, latitude_e7, longitude_e7, is_active, created_at
        FROM customers WHERE {" AND ".join(where)} ORDER BY name, id LIMIT ${len(arguments)}
        """,
        *arguments,
    )
