"""What the commands share: shapes of texts, checks of what a customer refers to, and how rows are written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.ids import new_id
from roundsman.core.texts import Word
from roundsman.customers import rules
from roundsman.customers.queries import territories_seen_by

Tags = Annotated[list[Word], msgspec.Meta(max_length=30)]


TEXTS = ("code", "name", "short_name", "phone", "province", "city", "county", "street", "remark")


def new_customer(
    ctx: Ctx,
    customer_id: str,
    texts: Mapping[str, str],
    *,
    territory_id: str,
    owner_id: str | None,
    class_id: str | None,
    tags: Iterable[str],
    place: tuple[int | None, int | None, int | None],
    source: str,
) -> dict[str, Any]:
    """A complete row with what follows from its name. `texts` are any of TEXTS; `place` is (latitude, longitude in 1e-7
    degrees, accuracy in metres) or has a None. Raises Invalid("customers.name_missing").
    """
    plain = {name: texts.get(name, "").strip() for name in TEXTS}
    if not plain["name"]:
        raise Invalid("customers.name_missing", field="name")
    has_pin = place[0] is not None and place[1] is not None
    row: dict[str, Any] = {
        "id": customer_id,
        **plain,
        "class_id": class_id,
        "tags": json.dumps(rules.clean_tags(tags), ensure_ascii=False),
        "owner_id": owner_id,
        "territory_id": territory_id,
        "latitude_e7": place[0] if has_pin else None,
        "longitude_e7": place[1] if has_pin else None,
        "pin_accuracy_m": place[2] if has_pin else None,
        "pin_source": source if has_pin else None,
        "pin_set_at": ctx.true_at if has_pin else None,
        "pinyin": rules.pinyin_of(plain["name"]),
        "initials": rules.initials_of(plain["name"]),
        "name_key": rules.name_key(plain["name"]),
        "phone_digits": rules.phone_digits(plain["phone"]),
        "is_active": True,
        "created_at": ctx.true_at,
        "created_by": ctx.person.id,
        "won_by": None if source == "import" else owner_id,
        "changed_at": ctx.now,
    }
    row["search"] = rules.search_line(row)
    return row


async def insert_contact(
    contact_id: str, customer: Mapping[str, Any], name: str, phone: str, *, is_main: bool
) -> None:
    """Write a new contact of a customer. No checks here."""
    await db.execute(
        "INSERT INTO contacts (id, customer_id, name, phone, phone_digits, position, is_main, territory_id, owner_id)"
        " VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8)",
        *(contact_id, customer["id"], name, phone, rules.phone_digits(phone), is_main),
        *(customer["territory_id"], customer["owner_id"]),
    )


async def insert_customer(row: dict[str, Any]) -> None:
    """Write a complete row with its first placement and, when it has a pin, the pin's history. No checks here."""
    columns = ", ".join(row)
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    await db.execute(f"INSERT INTO customers ({columns}) VALUES ({places})", *row.values())
    await db.execute(
        "INSERT INTO customer_placements (id, customer_id, territory_id, owner_id, from_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        new_id(),
        row["id"],
        row["territory_id"],
        row["owner_id"],
        row["changed_at"],
    )
    if row["latitude_e7"] is not None:
        await insert_pin(
            new_id(),
            row,
            (row["latitude_e7"], row["longitude_e7"], row["pin_accuracy_m"]),
            source=row["pin_source"],
            state="current",
            person_id=row["created_by"],
            at=row["pin_set_at"],
        )


async def update_customer(customer_id: str, changed: dict[str, Any]) -> None:
    """Write some columns, with the keys that follow from them. No checks here."""
    changed = dict(changed)
    if "name" in changed:
        changed["name_key"] = rules.name_key(changed["name"])
    if "phone" in changed:
        changed["phone_digits"] = rules.phone_digits(changed["phone"])
    pairs = ", ".join(f"{column} = ${number}" for number, column in enumerate(changed, start=2))
    await db.execute(f"UPDATE customers SET {pairs} WHERE id = $1", customer_id, *changed.values())


async def insert_pin(
    pin_id: str,
    customer: db.Row | dict[str, Any],
    place: tuple[int, int, int | None],
    *,
    source: str,
    state: str,
    person_id: str | None,
    at: int,
    reason: str = "",
) -> None:
    """Write one place of a customer into its history. No checks here."""
    await db.execute(
        """
        INSERT INTO customer_pins (id, customer_id, latitude_e7, longitude_e7, accuracy_m, source, reason, state,
                                   person_id, asked_at, decision_reason, territory_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11)
        """,
        pin_id,
        customer["id"],
        place[0],
        place[1],
        place[2],
        source,
        reason,
        state,
        person_id,
        at,
        customer["territory_id"],
    )


async def require_territory(ctx: Ctx, territory_id: str) -> None:
    """Raise NotFound("customers.territory_unknown") unless the person sees the territory."""
    if territory_id not in await territories_seen_by(ctx.person, ctx.now):
        raise NotFound("customers.territory_unknown", territory_id=territory_id)


async def require_class(class_id: str | None) -> None:
    """Raise NotFound("customers.class_unknown") for a class that is not there; None is no class."""
    if class_id is not None and not await db.fetch_value(
        "SELECT 1 FROM customer_classes WHERE id = $1", class_id
    ):
        raise NotFound("customers.class_unknown", class_id=class_id)


async def require_free_code(code: str, customer_id: str) -> None:
    """Raise Conflict("customers.code_taken") when another customer has the code; empty is no code."""
    if code and await db.fetch_value(
        "SELECT 1 FROM customers WHERE code = $1 AND id <> $2", code, customer_id
    ):
        raise Conflict("customers.code_taken", field="code", code=code)


async def require_owner(owner_id: str | None) -> None:
    """Raise NotFound("customers.owner_unknown") for somebody who is not there or no longer active; None is nobody."""
    if owner_id is not None and not await db.fetch_value(
        "SELECT 1 FROM people WHERE id = $1 AND is_active", owner_id
    ):
        raise NotFound("customers.owner_unknown", owner_id=owner_id)
