"""The command that takes customers from a sheet, some hundred rows at a time: new, changed, unchanged or refused."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, Refusal
from roundsman.core.ids import Id, new_id
from roundsman.core.sheets import RowNote, note_of
from roundsman.customers import rules
from roundsman.customers.addresses import split_address
from roundsman.customers.commands.customers import AssignCustomer, assign_customer
from roundsman.customers.commands.pins import set_first_pin
from roundsman.customers.commands.rows import (
    insert_contact,
    insert_customer,
    new_customer,
    require_owner,
    require_territory,
    update_customer,
)
from roundsman.customers.commands.sheet_rows import ImportRow
from roundsman.customers.queries import territories_seen_by


class ImportRows(Payload, kw_only=True, frozen=True):
    """Some rows; `territory_id` and `owner_id` stand for new customers whose row names none that is known."""

    rows: Annotated[list[ImportRow], msgspec.Meta(max_length=500)]
    territory_id: Id | None = None
    owner_id: Id | None = None


class Imported(Answer, kw_only=True, frozen=True):
    """How many rows became what; `noticed` rows were taken all the same."""

    created: int
    changed: int
    unchanged: int
    refused: list[RowNote]
    noticed: list[RowNote]


@dataclass(slots=True)
class _Import:
    """What is known while the rows of one command are taken."""

    ctx: Ctx
    cmd: ImportRows
    territories: dict[str, str | None]
    people: dict[str, str | None]
    classes: dict[str, str]
    by_code: dict[str, db.Row]
    by_name: dict[str, list[db.Row]]
    seen: set[str]
    counts: dict[str, int] = field(default_factory=lambda: {"created": 0, "changed": 0, "unchanged": 0})
    noticed: list[RowNote] = field(default_factory=list)

    def notice(self, row: ImportRow, code: str, value: str) -> None:
        self.noticed.append(RowNote(row=row.row, sheet=row.sheet, code=code, value=value))


@command("customers.import_rows", permission="customers.import")
async def import_rows(ctx: Ctx, cmd: ImportRows) -> Imported:
    """Take customers from a sheet: known by their code, else by name with phone or address, they are brought up to it;
    the others are added. The same rows again change nothing.
    """
    if cmd.territory_id is not None:
        await require_territory(ctx, cmd.territory_id)
    await require_owner(cmd.owner_id)
    work = await _begin(ctx, cmd)
    refused = []
    for row in cmd.rows:
        try:
            async with db.savepoint():
                became = await _take(work, row)
            work.counts[became] += 1
        except Refusal as refusal:
            refused.append(note_of(refusal, row.row, row.sheet, row.name))
    return Imported(**work.counts, refused=refused, noticed=work.noticed)


async def _begin(ctx: Ctx, cmd: ImportRows) -> _Import:
    seen = await territories_seen_by(ctx.person, ctx.now)
    territories: dict[str, str | None] = {}
    for found in await db.fetch("SELECT id, name FROM territories"):
        if found["id"] in seen:
            # Of two with one name neither is meant for sure.
            territories[found["name"]] = None if found["name"] in territories else found["id"]
    people: dict[str, str | None] = {}
    for found in await db.fetch("SELECT id, name FROM people WHERE is_active"):
        key = rules.name_key(found["name"])
        people[key] = None if key in people else found["id"]
    classes = await db.fetch("SELECT id, name FROM customer_classes WHERE is_active")
    known = await db.fetch(
        f"""
        SELECT * FROM customers WHERE (code <> '' AND code {db.any_of("$1")}) OR name {db.any_of("$2")}
        ORDER BY id{db.for_update()}
        """,
        sorted({row.code for row in cmd.rows if row.code}),
        sorted({row.name.strip() for row in cmd.rows}),
    )
    work = _Import(ctx, cmd, territories, people, {one["name"]: one["id"] for one in classes}, {}, {}, seen)
    for customer in known:
        _remember(work, customer)
    return work


def _remember(work: _Import, customer: db.Row) -> None:
    if customer["code"]:
        work.by_code[customer["code"]] = customer
    work.by_name.setdefault(customer["name"], []).append(customer)


async def _take(work: _Import, row: ImportRow) -> str:
    """Take one row; created, changed or unchanged. Raises Refusal."""
    wanted = _wanted(row)
    known = _find(work, row, wanted)
    if known is None:
        await _create(work, row, wanted)
        return "created"
    if known["territory_id"] not in work.seen and known["owner_id"] != work.ctx.person.id:
        raise Conflict("customers.code_taken", value=row.code or row.name)
    is_changed = await _change(work, row, wanted, known)
    return "changed" if is_changed else "unchanged"


def _wanted(row: ImportRow) -> dict[str, str]:
    """The columns a row speaks of; empty texts are left out."""
    wanted = {
        "name": row.name.strip(),
        "code": row.code.strip(),
        "short_name": row.short_name.strip(),
        "phone": (row.phone or row.mobile).strip(),
        "remark": row.remark.strip(),
    }
    if row.address or row.province or row.city:
        address = split_address(row.address, province=row.province, city=row.city)
        wanted |= {
            "province": address.province,
            "city": address.city,
            "county": address.county,
            "street": address.street,
        }
    return {name: text for name, text in wanted.items() if text}


def _find(work: _Import, row: ImportRow, wanted: dict[str, str]) -> db.Row | None:
    """The customer a row means: by code; else by name together with phone or street, or by name alone where nothing
    else is known of one of them.
    """
    code = wanted.get("code", "")
    if code and code in work.by_code:
        return work.by_code[code]
    named = [known for known in work.by_name.get(wanted.get("name", ""), ()) if not (code and known["code"])]
    phone, street = rules.phone_digits(wanted.get("phone", "")), wanted.get("street", "")
    for known in named:
        if phone and phone == rules.phone_digits(known["phone"]):
            return known
        if street and street == known["street"]:
            return known
    bare = [known for known in named if not (phone or street) or not (known["phone"] or known["street"])]
    return bare[0] if len(bare) == 1 else None


async def _create(work: _Import, row: ImportRow, wanted: dict[str, str]) -> None:
    if await db.fetch_value("SELECT 1 FROM customers WHERE id = $1", row.customer_id):
        raise Conflict("customers.already_there", value=row.customer_id)
    territory_id = _territory(work, row) or work.cmd.territory_id
    if territory_id is None:
        raise Conflict("customers.territory_unknown", value=row.territory_name)
    class_id, tags = _class(work, row)
    customer = new_customer(
        work.ctx,
        row.customer_id,
        wanted,
        territory_id=territory_id,
        owner_id=_owner(work, row) or work.cmd.owner_id,
        class_id=class_id,
        tags=tags,
        place=(row.latitude_e7, row.longitude_e7, None),
        source="import",
    )
    await insert_customer(customer)
    await _contact(row, customer)
    _remember(work, customer)


async def _change(work: _Import, row: ImportRow, wanted: dict[str, str], known: db.Row) -> bool:
    changed: dict[str, Any] = {name: text for name, text in wanted.items() if known[name] != text}
    class_id, tags = _class(work, row)
    if class_id is not None and known["class_id"] != class_id:
        changed["class_id"] = class_id
    present = json.loads(known["tags"])
    if any(tag not in present for tag in tags):
        changed["tags"] = json.dumps(rules.clean_tags([*present, *tags]), ensure_ascii=False)
    if "name" in changed:
        changed["pinyin"] = rules.pinyin_of(changed["name"])
        changed["initials"] = rules.initials_of(changed["name"])
    is_changed = bool(changed)
    if changed:
        changed["search"] = rules.search_line({**known, **changed})
        await update_customer(known["id"], {**changed, "changed_at": work.ctx.now})
        known.update(changed)
    territory_id = _territory(work, row) or known["territory_id"]
    owner_id = _owner(work, row) or known["owner_id"]
    if (territory_id, owner_id) != (known["territory_id"], known["owner_id"]):
        moved = AssignCustomer(customer_id=known["id"], territory_id=territory_id, owner_id=owner_id)
        await assign_customer(work.ctx, moved)
        known.update(territory_id=territory_id, owner_id=owner_id)
        is_changed = True
    if row.latitude_e7 is not None and row.longitude_e7 is not None and known["latitude_e7"] is None:
        place = (row.latitude_e7, row.longitude_e7, None)
        is_changed |= await set_first_pin(work.ctx, known["id"], new_id(), place, "import")
        known.update(latitude_e7=place[0], longitude_e7=place[1])
    return await _contact(row, known) or is_changed


async def _contact(row: ImportRow, customer: db.Row) -> bool:
    """Bring the contact a row names up to it; whether anything changed."""
    name, phone = row.contact_name.strip(), (row.mobile or row.phone).strip()
    if not name:
        return False
    contacts = await db.fetch("SELECT id, name, phone FROM contacts WHERE customer_id = $1", customer["id"])
    known = next((contact for contact in contacts if contact["name"] == name), None)
    if known is None:
        await insert_contact(new_id(), customer, name, phone, is_main=not contacts)
        return True
    if phone and known["phone"] != phone:
        await db.execute(
            "UPDATE contacts SET phone = $2, phone_digits = $3 WHERE id = $1",
            known["id"],
            phone,
            rules.phone_digits(phone),
        )
        return True
    return False


def _territory(work: _Import, row: ImportRow) -> str | None:
    """The territory a row names; one that nobody knows is noticed."""
    if not row.territory_name:
        return None
    found = work.territories.get(row.territory_name)
    if found is None and work.cmd.territory_id is not None:
        work.notice(row, "customers.territory_unknown", row.territory_name)
    return found


def _owner(work: _Import, row: ImportRow) -> str | None:
    if not row.owner_name:
        return None
    found = work.people.get(rules.name_key(row.owner_name))
    if found is None:
        work.notice(row, "customers.owner_unknown", row.owner_name)
    return found


def _class(work: _Import, row: ImportRow) -> tuple[str | None, list[str]]:
    """(class, tags): a class nobody knows by that name becomes a tag, so that it is not lost."""
    if not row.class_name:
        return None, []
    found = work.classes.get(row.class_name)
    return (found, []) if found is not None else (None, [row.class_name])
