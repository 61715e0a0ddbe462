"""Commands of a customer itself: add, edit, assign, archive."""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, Invalid
from roundsman.core.events import announce
from roundsman.core.geo import LatitudeE7, LongitudeE7, Metres
from roundsman.core.ids import Id, new_id
from roundsman.core.texts import Line, Name, Remark, Word
from roundsman.customers import rules
from roundsman.customers.addresses import split_address
from roundsman.customers.commands.rows import (
    Tags,
    insert_contact,
    insert_customer,
    new_customer,
    require_class,
    require_free_code,
    require_owner,
    require_territory,
    update_customer,
)
from roundsman.customers.events import CustomerAssigned, CustomersChanged
from roundsman.customers.queries import get_customer, territories_seen_by
from roundsman.messages.commands import tell

ADDRESS: Final = ("province", "city", "county", "street")


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
    await require_territory(ctx, cmd.territory_id)
    await require_class(cmd.class_id)
    await require_free_code(cmd.code.strip(), cmd.customer_id)
    if await db.fetch_value("SELECT 1 FROM customers WHERE id = $1", cmd.customer_id):
        raise Conflict("customers.already_there", customer_id=cmd.customer_id)
    if cmd.contact_id is not None and await db.fetch_value(
        "SELECT 1 FROM contacts WHERE id = $1", cmd.contact_id
    ):
        raise Conflict("customers.contact_already_there", contact_id=cmd.contact_id)
    address = split_address(cmd.address)
    row = new_customer(
        ctx,
        cmd.customer_id,
        {
            **{name: getattr(cmd, name) for name in ("code", "name", "short_name", "phone", "remark")},
            **{name: getattr(cmd, name) or getattr(address, name) for name in ADDRESS},
        },
        territory_id=cmd.territory_id,
        owner_id=ctx.person.id if "rep" in ctx.person.roles else None,
        class_id=cmd.class_id,
        tags=cmd.tags,
        place=(cmd.latitude_e7, cmd.longitude_e7, cmd.accuracy_m),
        source="new_customer",
    )
    doubles = await _doubles(ctx, row)
    await insert_customer(row)
    await announce(ctx, CustomersChanged([cmd.customer_id]))
    if cmd.contact_id is not None and cmd.contact_name.strip():
        await insert_contact(cmd.contact_id, row, cmd.contact_name.strip(), cmd.phone.strip(), is_main=True)
    return Added(doubles=doubles)


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
    wanted = {field: (base, _trimmed(getattr(values, field))) for field, (base, _) in cmd.changes.items()}
    if "name" in wanted and not wanted["name"][1]:
        raise Invalid("customers.name_missing", field="name")
    merge = rules.merge_fields(known, wanted)
    if not merge.changed:
        return Edited(conflicts=[])
    await require_class(merge.changed.get("class_id"))
    if "code" in merge.changed:
        await require_free_code(merge.changed["code"], cmd.customer_id)
    changed = dict(merge.changed)
    if "tags" in changed:
        changed["tags"] = json.dumps(rules.clean_tags(changed["tags"]), ensure_ascii=False)
    if "name" in changed:
        changed["pinyin"] = rules.pinyin_of(changed["name"])
        changed["initials"] = rules.initials_of(changed["name"])
    changed["search"] = rules.search_line({**current, **changed})
    changed["changed_at"] = ctx.now
    await update_customer(cmd.customer_id, changed)
    return Edited(conflicts=list(merge.conflicts))


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


class AssignCustomer(Payload, kw_only=True, frozen=True):
    """To whom and to which territory a customer goes; `owner_id` None leaves it to the territory."""

    customer_id: Id
    territory_id: Id
    owner_id: Id | None = None


@command("customers.assign", permission="customers.assign")
async def assign_customer(ctx: Ctx, cmd: AssignCustomer) -> None:
    """Move a customer with all that hangs on it; both the old and the new place must be the person's to see."""
    current = await get_customer(ctx, cmd.customer_id, is_locked=True)
    await require_territory(ctx, cmd.territory_id)
    await require_owner(cmd.owner_id)
    if (current["territory_id"], current["owner_id"]) == (cmd.territory_id, cmd.owner_id):
        return
    await update_customer(
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
    if current["owner_id"] != cmd.owner_id:
        await _tell_owners(ctx, current, cmd.owner_id)


async def _tell_owners(ctx: Ctx, customer: db.Row, owner_id: str | None) -> None:
    """Tell whose the customer is now and whose it was; the latter is led to the list, since the page may be closed to
    him.
    """
    key, name = f"customer:{customer['id']}:{ctx.uuid or new_id()}", customer["name"]
    page = f"/customers/{customer['id']}"
    await tell(ctx, [owner_id], "customer_assigned", page, {"name": name, "is_gained": True}, key)
    lost = {"name": name, "is_gained": False}
    await tell(ctx, [customer["owner_id"]], "customer_assigned", "/customers", lost, key)


class ArchiveCustomer(Payload, kw_only=True, frozen=True):
    """Which customer is put away, or brought back."""

    customer_id: Id
    is_active: bool = False


@command("customers.archive", permission="customers.assign")
async def archive_customer(ctx: Ctx, cmd: ArchiveCustomer) -> None:
    """Put a customer away; its visits stay. With `is_active` it comes back."""
    await get_customer(ctx, cmd.customer_id, is_locked=True)
    await update_customer(cmd.customer_id, {"is_active": cmd.is_active, "changed_at": ctx.now})
    await announce(ctx, CustomersChanged([cmd.customer_id]))


async def _doubles(ctx: Ctx, row: dict[str, Any]) -> list[str]:
    """Ids of visible customers that look like `row`; each way to look for them has an index of its own."""
    reach = 15_000  # 1e-7 degrees: some 160 m, more than rules.NEAR_M at any latitude where people trade
    ways = []
    values: list[Any] = [sorted(await territories_seen_by(ctx.person, ctx.now)), ctx.person.id]

    def look(way: str, *sought: Any) -> None:
        numbers = [f"${len(values) + number}" for number in range(1, len(sought) + 1)]
        ways.append(f"SELECT id FROM customers WHERE {way.format(*numbers)}")
        values.extend(sought)

    # That a key is not empty is said for the sake of the partial indexes.
    if row["name_key"]:
        look("name_key = {0} AND name_key <> ''", row["name_key"])
    if row["phone_digits"]:
        by_contact = "SELECT customer_id FROM contacts WHERE phone_digits = {0} AND phone_digits <> ''"
        look("phone_digits = {0} AND phone_digits <> ''", row["phone_digits"])
        look(f"id IN ({by_contact})", row["phone_digits"])
    if row["latitude_e7"] is not None:
        look(
            "latitude_e7 BETWEEN {0} AND {1} AND longitude_e7 BETWEEN {2} AND {3}",
            *(row["latitude_e7"] - reach, row["latitude_e7"] + reach),
            *(row["longitude_e7"] - reach, row["longitude_e7"] + reach),
        )
    if not ways:
        return []
    candidates = await db.fetch(
        f"""
        SELECT id, name, phone, latitude_e7, longitude_e7,
            EXISTS (SELECT 1 FROM contacts WHERE customer_id = customers.id AND phone_digits <> ''
                    AND phone_digits = ${len(values) + 1}) AS has_contact
        FROM customers WHERE id IN ({" UNION ".join(ways)})
            AND (territory_id {db.any_of("$1")} OR owner_id = $2) AND is_active
        ORDER BY id DESC LIMIT 200
        """,
        *values,
        row["phone_digits"],
    )
    mine = _likeness(row)
    return [
        known["id"]
        for known in candidates
        if known["has_contact"] or rules.looks_like(mine, _likeness(known))
    ][:20]


def _likeness(row: dict[str, Any]) -> rules.Likeness:
    has_pin = row["latitude_e7"] is not None and row["longitude_e7"] is not None
    return rules.Likeness(
        row["name"], row["phone"], (row["latitude_e7"], row["longitude_e7"]) if has_pin else None
    )
