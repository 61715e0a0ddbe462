"""Every write of customers. Who may is checked here; how things are judged is in rules.py."""

from __future__ import annotations

import json
from typing import Annotated, Any

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, Forbidden, Invalid, NotFound
from roundsman.core.events import announce
from roundsman.core.geo import LatitudeE7, LongitudeE7, Metres
from roundsman.core.ids import Id, new_id
from roundsman.customers import rules
from roundsman.customers.addresses import split_address
from roundsman.customers.events import CustomerAssigned, PinDecided
from roundsman.customers.queries import get_customer, territories_seen_by

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Word = Annotated[str, msgspec.Meta(max_length=60)]
Line = Annotated[str, msgspec.Meta(max_length=300)]
Remark = Annotated[str, msgspec.Meta(max_length=2000)]
Tags = Annotated[list[Word], msgspec.Meta(max_length=30)]


class AddCustomer(Payload, kw_only=True, frozen=True):
    """A new customer, from the field or a desk. `address` is one unsplit line; the split fields win over it."""

    customer_id: Id
    name: Name
    territory_id: Id
    short_name: Word = ""
    code: Word = ""
    class_id: Id | None = None
    tags: Tags = []
    phone: Word = ""
    contact_id: Id | None = None
    contact_name: Word = ""
    address: Line = ""
    province: Word = ""
    city: Word = ""
    county: Word = ""
    street: Line = ""
    latitude_e7: LatitudeE7 | None = None
    longitude_e7: LongitudeE7 | None = None
    accuracy_m: Metres | None = None
    remark: Remark = ""


class Added(Answer, kw_only=True, frozen=True):
    """`doubles` are customers the person can see that look like this one; a hint, never a refusal."""

    doubles: list[str]


@command("customers.add", permission="customers.add")
async def add_customer(ctx: Ctx, cmd: AddCustomer) -> Added:
    """Add a customer in a territory the person can see; a rep becomes its owner."""
    await _require_territory(ctx, cmd.territory_id)
    await _require_class(cmd.class_id)
    await _require_free_code(cmd.code.strip(), cmd.customer_id)
    if await db.fetch_value("SELECT 1 FROM customers WHERE id = $1", cmd.customer_id):
        raise Conflict("customers.already_there", customer_id=cmd.customer_id)
    address = split_address(cmd.address) if cmd.address else None
    owner_id = ctx.person.id if "rep" in ctx.person.roles else None
    has_pin = cmd.latitude_e7 is not None and cmd.longitude_e7 is not None
    name = cmd.name.strip()
    if not name:
        raise Invalid("customers.name_missing", field="name")
    row: dict[str, Any] = {
        "id": cmd.customer_id,
        "code": cmd.code.strip(),
        "name": name,
        "short_name": cmd.short_name.strip(),
        "class_id": cmd.class_id,
        "tags": json.dumps(rules.clean_tags(cmd.tags), ensure_ascii=False),
        "phone": cmd.phone.strip(),
        "province": cmd.province or (address.province if address else ""),
        "city": cmd.city or (address.city if address else ""),
        "county": cmd.county or (address.county if address else ""),
        "street": cmd.street or (address.street if address else ""),
        "owner_id": owner_id,
        "territory_id": cmd.territory_id,
        "latitude_e7": cmd.latitude_e7 if has_pin else None,
        "longitude_e7": cmd.longitude_e7 if has_pin else None,
        "pin_accuracy_m": cmd.accuracy_m if has_pin else None,
        "pin_source": "new_customer" if has_pin else None,
        "pin_set_at": ctx.true_at if has_pin else None,
        "pinyin": rules.pinyin_of(name),
        "initials": rules.initials_of(name),
        "remark": cmd.remark.strip(),
        "is_active": True,
        "created_at": ctx.true_at,
        "created_by": ctx.person.id,
        "changed_at": ctx.now,
    }
    row["search"] = rules.search_line(row)
    doubles = await _doubles(ctx, row)
    await insert_customer(row)
    if cmd.contact_id is not None and cmd.contact_name.strip():
        await db.execute(
            "INSERT INTO contacts (id, customer_id, name, phone, position, is_main, territory_id, owner_id)"
            " VALUES ($1, $2, $3, $4, '', $5, $6, $7)",
            cmd.contact_id,
            cmd.customer_id,
            cmd.contact_name.strip(),
            cmd.phone.strip(),
            True,
            cmd.territory_id,
            owner_id,
        )
    return Added(doubles=doubles)


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
        await _insert_pin(
            new_id(),
            row,
            (row["latitude_e7"], row["longitude_e7"], row["pin_accuracy_m"]),
            source=row["pin_source"],
            state="current",
            person_id=row["created_by"],
            at=row["pin_set_at"],
        )


class EditCustomer(Payload, kw_only=True, frozen=True):
    """`changes` maps a field to [what the person saw, what it shall be]."""

    customer_id: Id
    changes: dict[str, tuple[Any, Any]]


class Edited(Answer, kw_only=True, frozen=True):
    """`conflicts` are fields somebody else had changed since; the new value stands and both are in the log."""

    conflicts: list[str]


class _Editable(msgspec.Struct):
    """The allowed shapes of editable fields; decoding through it validates each new value."""

    code: Word = ""
    name: Name = "-"
    short_name: Word = ""
    class_id: Id | None = None
    tags: Tags = []
    phone: Word = ""
    province: Word = ""
    city: Word = ""
    county: Word = ""
    street: Line = ""
    remark: Remark = ""


@command("customers.edit", permission="customers.edit")
async def edit_customer(ctx: Ctx, cmd: EditCustomer) -> Edited:
    """Change some fields; fields the person did not touch keep what others wrote meanwhile."""
    current = await get_customer(ctx, cmd.customer_id, is_locked=True)
    for field in cmd.changes:
        if field not in rules.EDITABLE:
            raise Invalid("customers.not_editable", field=field)
    try:
        values = msgspec.convert({field: new for field, (_, new) in cmd.changes.items()}, _Editable)
    except msgspec.ValidationError as error:
        raise Invalid("invalid", field="changes", reason=str(error)) from error
    known = {**current, "tags": json.loads(current["tags"])}
    wanted = {field: (base, getattr(values, field)) for field, (base, _) in cmd.changes.items()}
    merge = rules.merge_fields(known, wanted)
    if not merge.changed:
        return Edited(conflicts=[])
    await _require_class(merge.changed.get("class_id"))
    if "code" in merge.changed:
        await _require_free_code(merge.changed["code"], cmd.customer_id)
    changed = dict(merge.changed)
    if "tags" in changed:
        changed["tags"] = json.dumps(rules.clean_tags(changed["tags"]), ensure_ascii=False)
    if "name" in changed:
        changed["pinyin"] = rules.pinyin_of(changed["name"])
        changed["initials"] = rules.initials_of(changed["name"])
    changed["search"] = rules.search_line({**current, **changed})
    changed["changed_at"] = ctx.now
    await _update(cmd.customer_id, changed)
    return Edited(conflicts=list(merge.conflicts))


async def _update(customer_id: str, changed: dict[str, Any]) -> None:
    pairs = ", ".join(f"{column} = ${number}" for number, column in enumerate(changed, start=2))
    await db.execute(f"UPDATE customers SET {pairs} WHERE id = $1", customer_id, *changed.values())


class AssignCustomer(Payload, kw_only=True, frozen=True):
    """To whom and to which territory a customer goes; `owner_id` None leaves it to the territory."""

    customer_id: Id
    territory_id: Id
    owner_id: Id | None = None


@command("customers.assign", permission="customers.assign")
async def assign_customer(ctx: Ctx, cmd: AssignCustomer) -> None:
    """Move a customer with all that hangs on it; both the old and the new place must be the person's to see."""
    current = await get_customer(ctx, cmd.customer_id, is_locked=True)
    await _require_territory(ctx, cmd.territory_id)
    if cmd.owner_id is not None and not await db.fetch_value(
        "SELECT 1 FROM people WHERE id = $1 AND is_active", cmd.owner_id
    ):
        raise NotFound("customers.owner_unknown", owner_id=cmd.owner_id)
    if (current["territory_id"], current["owner_id"]) == (cmd.territory_id, cmd.owner_id):
        return
    await _update(
        cmd.customer_id, {"territory_id": cmd.territory_id, "owner_id": cmd.owner_id, "changed_at": ctx.now}
    )
    await db.execute(
        "UPDATE contacts SET territory_id = $2, owner_id = $3 WHERE customer_id = $1",
        cmd.customer_id,
        cmd.territory_id,
        cmd.owner_id,
    )
    await db.execute(
        "UPDATE customer_pins SET territory_id = $2 WHERE customer_id = $1", cmd.customer_id, cmd.territory_id
    )
    await db.execute(
        "UPDATE customer_placements SET until_at = $2 WHERE customer_id = $1 AND until_at IS NULL",
        cmd.customer_id,
        ctx.now,
    )
    await db.execute(
        "INSERT INTO customer_placements (id, customer_id, territory_id, owner_id, from_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        new_id(),
        cmd.customer_id,
        cmd.territory_id,
        cmd.owner_id,
        ctx.now,
    )
    await announce(
        ctx,
        CustomerAssigned(
            customer_id=cmd.customer_id,
            territory_id=cmd.territory_id,
            owner_id=cmd.owner_id,
            former_owner_id=current["owner_id"],
        ),
    )


class SetContact(Payload, kw_only=True, frozen=True):
    """A contact of a customer, new or changed."""

    contact_id: Id
    customer_id: Id
    name: Name
    phone: Word = ""
    position: Word = ""
    is_main: bool = False


@command("customers.set_contact", permission="customers.edit")
async def set_contact(ctx: Ctx, cmd: SetContact) -> None:
    """Add or replace one contact."""
    customer = await get_customer(ctx, cmd.customer_id, is_locked=True)
    known = await db.fetch_one("SELECT customer_id FROM contacts WHERE id = $1", cmd.contact_id)
    if known is not None and known["customer_id"] != cmd.customer_id:
        raise NotFound("customers.contact_unknown", contact_id=cmd.contact_id)
    if cmd.is_main:
        await db.execute(
            "UPDATE contacts SET is_main = $2 WHERE customer_id = $1 AND id <> $3",
            cmd.customer_id,
            False,
            cmd.contact_id,
        )
    await db.execute(
        """
        INSERT INTO contacts (id, customer_id, name, phone, position, is_main, territory_id, owner_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, phone = excluded.phone, position = excluded.position, is_main = excluded.is_main
        """,
        cmd.contact_id,
        cmd.customer_id,
        cmd.name.strip(),
        cmd.phone.strip(),
        cmd.position.strip(),
        cmd.is_main,
        customer["territory_id"],
        customer["owner_id"],
    )


class RemoveContact(Payload, kw_only=True, frozen=True):
    """Which contact goes."""

    contact_id: Id


@command("customers.remove_contact", permission="customers.edit")
async def remove_contact(ctx: Ctx, cmd: RemoveContact) -> None:
    """Remove a contact; one already gone is no error."""
    known = await db.fetch_one("SELECT customer_id FROM contacts WHERE id = $1", cmd.contact_id)
    if known is None:
        return
    await get_customer(ctx, known["customer_id"])
    await db.execute("DELETE FROM contacts WHERE id = $1", cmd.contact_id)


class AskPin(Payload, kw_only=True, frozen=True):
    """A better place for a customer's pin, with the reason; metres of accuracy as the phone reported them."""

    pin_id: Id
    customer_id: Id
    latitude_e7: LatitudeE7
    longitude_e7: LongitudeE7
    accuracy_m: Metres
    reason: Annotated[str, msgspec.Meta(max_length=300)] = ""


class PinAsked(Answer, kw_only=True, frozen=True):
    """`state` is current when the customer had no pin yet, else asked."""

    state: str


@command("customers.ask_pin", permission="customers.ask_pin")
async def ask_pin(ctx: Ctx, cmd: AskPin) -> PinAsked:
    """Set the first pin at once; ask for a correction of an existing one."""
    customer = await get_customer(ctx, cmd.customer_id, is_locked=True)
    if await db.fetch_value("SELECT 1 FROM customer_pins WHERE id = $1", cmd.pin_id):
        raise Conflict("customers.pin_already_there", pin_id=cmd.pin_id)
    if customer["latitude_e7"] is None:
        await set_first_pin(
            ctx, customer, cmd.pin_id, (cmd.latitude_e7, cmd.longitude_e7, cmd.accuracy_m), "person"
        )
        return PinAsked(state="current")
    if not cmd.reason.strip():
        raise Invalid("customers.reason_missing", field="reason")
    await _insert_pin(
        cmd.pin_id,
        customer,
        (cmd.latitude_e7, cmd.longitude_e7, cmd.accuracy_m),
        source="person",
        state="asked",
        person_id=ctx.person.id,
        at=ctx.true_at,
        reason=cmd.reason.strip(),
    )
    return PinAsked(state="asked")


async def set_first_pin(
    ctx: Ctx, customer: db.Row, pin_id: str, place: tuple[int, int, int | None], source: str
) -> None:
    """Give a customer without a pin its first one. `place` is (latitude, longitude, accuracy): 1e-7 degrees, metres."""
    await _insert_pin(
        pin_id, customer, place, source=source, state="current", person_id=ctx.person.id, at=ctx.true_at
    )
    await _move_pin(ctx, customer["id"], place, source)


async def _move_pin(ctx: Ctx, customer_id: str, place: tuple[int, int, int | None], source: str) -> None:
    await _update(
        customer_id,
        {
            "latitude_e7": place[0],
            "longitude_e7": place[1],
            "pin_accuracy_m": place[2],
            "pin_source": source,
            "pin_set_at": ctx.now,
            "changed_at": ctx.now,
        },
    )


async def _insert_pin(
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


class DecidePin(Payload, kw_only=True, frozen=True):
    """A manager's answer to an asked correction."""

    pin_id: Id
    is_approved: bool
    reason: Annotated[str, msgspec.Meta(max_length=300)] = ""


@command("customers.decide_pin", permission="customers.decide_pin")
async def decide_pin(ctx: Ctx, cmd: DecidePin) -> None:
    """Approve or refuse a correction. Old visits keep the pin of their own day."""
    pin = await db.fetch_one(f"SELECT * FROM customer_pins WHERE id = $1{db.for_update()}", cmd.pin_id)
    if pin is None:
        raise NotFound("customers.pin_unknown", pin_id=cmd.pin_id)
    customer = await get_customer(ctx, pin["customer_id"], is_locked=True)
    if pin["state"] != "asked":
        raise Conflict("customers.pin_already_decided", pin_id=cmd.pin_id, state=pin["state"])
    if not cmd.is_approved and not cmd.reason.strip():
        raise Invalid("customers.reason_missing", field="reason")
    if pin["person_id"] == ctx.person.id and "administrator" not in ctx.person.roles:
        raise Forbidden("customers.own_pin", pin_id=cmd.pin_id)
    if cmd.is_approved:
        await db.execute(
            "UPDATE customer_pins SET state = 'past' WHERE customer_id = $1 AND state = 'current'",
            customer["id"],
        )
        await _move_pin(
            ctx, customer["id"], (pin["latitude_e7"], pin["longitude_e7"], pin["accuracy_m"]), pin["source"]
        )
    await db.execute(
        "UPDATE customer_pins SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5 WHERE id = $1",
        cmd.pin_id,
        "current" if cmd.is_approved else "refused",
        ctx.person.id,
        ctx.now,
        cmd.reason.strip(),
    )
    await announce(
        ctx,
        PinDecided(
            pin_id=cmd.pin_id,
            customer_id=customer["id"],
            person_id=pin["person_id"],
            is_approved=cmd.is_approved,
        ),
    )


class ArchiveCustomer(Payload, kw_only=True, frozen=True):
    """Which customer is put away, or brought back."""

    customer_id: Id
    is_active: bool = False


@command("customers.archive", permission="customers.assign")
async def archive_customer(ctx: Ctx, cmd: ArchiveCustomer) -> None:
    """Put a customer away; its visits stay. With `is_active` it comes back."""
    await get_customer(ctx, cmd.customer_id, is_locked=True)
    await _update(cmd.customer_id, {"is_active": cmd.is_active, "changed_at": ctx.now})


class SetClass(Payload, kw_only=True, frozen=True):
    """A customer class, new or changed; `radius_m` in metres."""

    class_id: Id
    name: Word
    geofence: Annotated[str, msgspec.Meta(pattern="^(none|flag|hard)$")] = "flag"
    radius_m: Annotated[int, msgspec.Meta(ge=20, le=20_000)] = 200
    photo_source: Annotated[str, msgspec.Meta(pattern="^(camera|any)$")] = "any"
    position: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    is_active: bool = True


@command("customers.set_class", permission="customers.keep_classes")
async def set_class(ctx: Ctx, cmd: SetClass) -> None:
    """Add or change a customer class."""
    if not cmd.name.strip():
        raise Invalid("customers.name_missing", field="name")
    await db.execute(
        """
        INSERT INTO customer_classes (id, name, geofence, radius_m, photo_source, position, is_active)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, geofence = excluded.geofence, radius_m = excluded.radius_m,
            photo_source = excluded.photo_source, position = excluded.position, is_active = excluded.is_active
        """,
        cmd.class_id,
        cmd.name.strip(),
        cmd.geofence,
        cmd.radius_m,
        cmd.photo_source,
        cmd.position,
        cmd.is_active,
    )


async def _require_territory(ctx: Ctx, territory_id: str) -> None:
    if territory_id not in await territories_seen_by(ctx.person, ctx.now):
        raise NotFound("customers.territory_unknown", territory_id=territory_id)


async def _require_class(class_id: str | None) -> None:
    if class_id is not None and not await db.fetch_value(
        "SELECT 1 FROM customer_classes WHERE id = $1", class_id
    ):
        raise NotFound("customers.class_unknown", class_id=class_id)


async def _require_free_code(code: str, customer_id: str) -> None:
    if code and await db.fetch_value(
        "SELECT 1 FROM customers WHERE code = $1 AND id <> $2", code, customer_id
    ):
        raise Conflict("customers.code_taken", field="code", code=code)


async def _doubles(ctx: Ctx, row: dict[str, Any]) -> list[str]:
    """Ids of visible customers that look like `row`; the candidates come from indexed columns only."""
    territories = sorted(await territories_seen_by(ctx.person, ctx.now))
    reach = 15_000  # 1e-7 degrees: some 160 m, more than rules.NEAR_M at any latitude where people trade
    candidates = await db.fetch(
        f"""
        SELECT id, name, phone, latitude_e7, longitude_e7 FROM customers
        WHERE (territory_id {db.any_of("$1")} OR owner_id = $2) AND is_active AND (
            name = $3 OR (phone <> '' AND phone = $4)
            OR (latitude_e7 BETWEEN $5 AND $6 AND longitude_e7 BETWEEN $7 AND $8)
        ) LIMIT 200
        """,
        territories,
        ctx.person.id,
        row["name"],
        row["phone"],
        (row["latitude_e7"] or 0) - reach,
        (row["latitude_e7"] or 0) + reach,
        (row["longitude_e7"] or 0) - reach,
        (row["longitude_e7"] or 0) + reach,
    )
    mine = _likeness(row)
    return [known["id"] for known in candidates if rules.looks_like(mine, _likeness(known))][:20]


def _likeness(row: dict[str, Any]) -> rules.Likeness:
    has_pin = row["latitude_e7"] is not None and row["longitude_e7"] is not None
    return rules.Likeness(
        row["name"], row["phone"], (row["latitude_e7"], row["longitude_e7"]) if has_pin else None
    )
