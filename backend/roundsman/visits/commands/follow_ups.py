"""What a manager asks of the next visit to a customer: asked, withdrawn, answered by a step. Who it is asked of follows
the customer: his owner, or whoever of the territory goes next where he has none."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Invalid, NotFound
from roundsman.core.events import on
from roundsman.core.ids import Id
from roundsman.core.times import month_of
from roundsman.customers.events import CustomerAssigned
from roundsman.customers.queries import get_customer
from roundsman.identity.queries import territories_of


class AskFollowUp(Payload, kw_only=True, frozen=True):
    """What is wanted to be known or seen: in words, or as a picture."""

    follow_up_id: Id
    customer_id: Id
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    kind: Literal["note", "photo"] = "note"


@command("visits.ask_follow_up", permission="visits.ask_follow_up")
async def ask_follow_up(ctx: Ctx, cmd: AskFollowUp) -> None:
    """Ask for something that becomes a must-do step of the next visit to a customer one answers for."""
    if not cmd.text.strip():
        raise Invalid("visits.follow_up_empty", field="text")
    customer = await get_customer(ctx, cmd.customer_id)
    _, answered = await territories_of(ctx.person, ctx.now)
    if customer["territory_id"] not in answered:
        raise NotFound("customers.unknown", customer_id=cmd.customer_id)
    known = await db.fetch_value("SELECT asked_by FROM follow_ups WHERE id = $1", cmd.follow_up_id)
    if known is not None:
        if known != ctx.person.id:
            raise NotFound("visits.follow_up_unknown", follow_up_id=cmd.follow_up_id)
        return
    await db.execute(
        """
        INSERT INTO follow_ups (id, customer_id, person_id, asked_by, territory_id, anyone_territory_id, month, text,
                                kind, asked_at, state, answer, skip_reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', '', '')
        """,
        *(cmd.follow_up_id, cmd.customer_id, customer["owner_id"] or "", ctx.person.id),
        *(customer["territory_id"], None if customer["owner_id"] else customer["territory_id"]),
        *(month_of(ctx.true_at), cmd.text.strip(), cmd.kind, ctx.true_at),
    )


class WithdrawFollowUp(Payload, kw_only=True, frozen=True):
    """One's own question."""

    follow_up_id: Id


@command("visits.withdraw_follow_up", permission="visits.ask_follow_up")
async def withdraw_follow_up(ctx: Ctx, cmd: WithdrawFollowUp) -> None:
    """Ask no longer. One that was answered by the time this arrives stays answered: the answer is a fact."""
    asked_by = await db.fetch_value("SELECT asked_by FROM follow_ups WHERE id = $1", cmd.follow_up_id)
    if asked_by != ctx.person.id:
        raise NotFound("visits.follow_up_unknown", follow_up_id=cmd.follow_up_id)
    await db.execute(
        "UPDATE follow_ups SET state = 'withdrawn' WHERE id = $1 AND state = 'open'", cmd.follow_up_id
    )


async def follow_up_of(follow_up_id: str | None, visit: db.Row) -> str | None:
    """Its id if it is asked of the visit's customer. A step that names another is kept as one nobody asked for: what
    was done is worth more than what it was done for.
    """
    found: str | None = await db.fetch_value(
        "SELECT id FROM follow_ups WHERE id = $1 AND customer_id = $2", follow_up_id, visit["customer_id"]
    )
    return found


async def answer_follow_up(follow_up_id: str, visit_id: str, step_id: str, answer: str, at: int) -> None:
    """Put the answer beside the question, also of one withdrawn meanwhile. Of several steps the last by its true time
    stands, in whatever order they arrive.
    """
    await db.execute(
        """
        UPDATE follow_ups
        SET state = 'answered', visit_id = $2, step_id = $3, answer = $4, answered_at = $5, skip_reason = ''
        WHERE id = $1 AND (answered_at IS NULL OR step_id = $3 OR answered_at < $5)
        """,
        *(follow_up_id, visit_id, step_id, answer, at),
    )


async def leave_follow_up(follow_up_id: str, step_id: str, reason: str) -> None:
    """Keep it open for the visit after this one, with the reason why it was not done; an answer this very step gave
    before is taken back.
    """
    await db.execute(
        """
        UPDATE follow_ups
        SET state = CASE WHEN state = 'answered' THEN 'open' ELSE state END, skip_reason = $3,
            visit_id = NULL, step_id = NULL, answer = '', answered_at = NULL
        WHERE id = $1 AND (answered_at IS NULL OR step_id = $2)
        """,
        *(follow_up_id, step_id, reason),
    )


@on(CustomerAssigned)
async def follow_ups_go_along(_ctx: Ctx, event: CustomerAssigned) -> None:
    """Whoever has the customer now has what is open about him; his managers see it."""
    await db.execute(
        """
        UPDATE follow_ups SET person_id = $2, territory_id = $3, anyone_territory_id = $4
        WHERE customer_id = $1 AND state = 'open'
        """,
        *(event.customer_id, event.owner_id or "", event.territory_id),
        None if event.owner_id else event.territory_id,
    )
