"""Commands of a customer's place on the map: the first pin, corrections asked and decided."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, Forbidden, Invalid, NotFound
from roundsman.core.events import announce
from roundsman.core.geo import LatitudeE7, LongitudeE7, Metres
from roundsman.core.ids import Id
from roundsman.customers.commands.rows import insert_pin, update_customer
from roundsman.customers.events import PinDecided
from roundsman.customers.queries import get_customer


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
            ctx, cmd.customer_id, cmd.pin_id, (cmd.latitude_e7, cmd.longitude_e7, cmd.accuracy_m), "person"
        )
        return PinAsked(state="current")
    if not cmd.reason.strip():
        raise Invalid("customers.reason_missing", field="reason")
    await insert_pin(
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
    ctx: Ctx, customer_id: str, pin_id: str, place: tuple[int, int, int | None], source: str
) -> bool:
    """Give a customer without a pin its first one; False, and nothing done, when it got one meanwhile or `pin_id` is
    known. `place` is (latitude, longitude, accuracy): 1e-7 degrees, metres. Who may is the caller's to check.
    """
    customer = await db.fetch_one(f"SELECT * FROM customers WHERE id = $1{db.for_update()}", customer_id)
    if customer is None or customer["latitude_e7"] is not None:
        return False
    if await db.fetch_value("SELECT 1 FROM customer_pins WHERE id = $1", pin_id):
        return False
    await insert_pin(
        pin_id, customer, place, source=source, state="current", person_id=ctx.person.id, at=ctx.true_at
    )
    await _move_pin(ctx, customer_id, place, source)
    return True


async def _move_pin(ctx: Ctx, customer_id: str, place: tuple[int, int, int | None], source: str) -> None:
    await update_customer(
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
    try:
        customer = await get_customer(ctx, pin["customer_id"], is_locked=True)
    except NotFound as refusal:
        raise NotFound("customers.pin_unknown", pin_id=cmd.pin_id) from refusal
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
