"""Commands of the people at a customer."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.core.texts import Name, Word
from roundsman.customers.queries import get_customer
from roundsman.customers.rules import phone_digits


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
    if not cmd.name.strip():
        raise Invalid("customers.name_missing", field="name")
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
        INSERT INTO contacts (id, customer_id, name, phone, position, is_main, territory_id, owner_id,
                              phone_digits)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, phone = excluded.phone, position = excluded.position, is_main = excluded.is_main,
            phone_digits = excluded.phone_digits
        """,
        cmd.contact_id,
        cmd.customer_id,
        cmd.name.strip(),
        cmd.phone.strip(),
        cmd.position.strip(),
        cmd.is_main,
        customer["territory_id"],
        customer["owner_id"],
        phone_digits(cmd.phone),
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
    try:
        await get_customer(ctx, known["customer_id"])
    except NotFound as refusal:
        # Not even whose it is may be learnt from here.
        raise NotFound("customers.contact_unknown", contact_id=cmd.contact_id) from refusal
    await db.execute("DELETE FROM contacts WHERE id = $1", cmd.contact_id)
