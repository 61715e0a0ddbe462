"""Commands of money received. It is a fact when the server hears of it: only what cannot be one is refused."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.clocks import Clocks
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.events import announce
from roundsman.core.ids import Id
from roundsman.core.money import LARGEST
from roundsman.core.times import day_on, month_of_day
from roundsman.customers.queries import get_customer, get_customer_for_fact
from roundsman.receivables.commands.books import change_open, lock_account, settle, write_account
from roundsman.receivables.events import CollectionsChanged

Received = Annotated[int, msgspec.Meta(ge=1, le=LARGEST, description="minor units of the currency (fen)")]
Note = Annotated[str, msgspec.Meta(max_length=300)]


class Share(msgspec.Struct, kw_only=True, frozen=True):
    """How much of the money shall pay an item."""

    item_id: Id
    amount: Received


class Collect(Payload, kw_only=True, frozen=True):
    """Money received from a customer. Without `items` it pays the oldest first, and so does what they leave of it."""

    collection_id: Id
    customer_id: Id
    amount: Received
    method: Annotated[str, msgspec.Meta(pattern="^(cash|transfer|code)$")] = "cash"
    note: Note = ""
    clocks: Clocks | None = None
    visit_id: Id | None = None
    items: Annotated[list[Share], msgspec.Meta(max_length=500)] = []


class Collected(Answer, kw_only=True, frozen=True):
    """What the customer owes now, and what of the money pays nothing yet; fen."""

    collected_at: int
    debt: int
    unallocated: int


@command("receivables.collect", permission="receivables.collect")
async def collect(ctx: Ctx, cmd: Collect) -> Collected:
    """Record money received: it lowers the debt and pays what is owed; what is more than that pays the next charge.

    An item that was paid meanwhile takes less, and none that is somebody else's: the rest goes to the oldest.
    """
    customer = await get_customer_for_fact(ctx, cmd.customer_id)
    account = await lock_account(ctx, customer.row["id"])
    if await db.fetch_value("SELECT 1 FROM collections WHERE id = $1", cmd.collection_id):
        raise Conflict("receivables.already_there", collection_id=cmd.collection_id)
    collected_at = ctx.true_at if cmd.clocks is None else cmd.clocks.true_time(ctx.now).at
    # The company's day, whatever zone the phone is set to.
    day = day_on(collected_at)
    await db.execute(
        """
        INSERT INTO collections (id, customer_id, person_id, amount, unallocated, method, note, visit_id, state,
                                 void_reason, collected_at, day_on, month, received_at, territory_id, owner_id,
                                 buyer_id)
        VALUES ($1, $2, $3, $4, $4, $5, $6, $7, 'recorded', '', $8, $9, $10, $11, $12, $13, $14)
        """,
        cmd.collection_id,
        cmd.customer_id,
        ctx.person.id,
        cmd.amount,
        cmd.method,
        cmd.note.strip(),
        cmd.visit_id,
        collected_at,
        day,
        month_of_day(day),
        ctx.now,
        account["territory_id"],
        account["owner_id"],
        account["buyer_id"],
    )
    account["debt"] -= cmd.amount
    chosen: dict[str, int] = {}
    for share in cmd.items:
        chosen[share.item_id] = chosen.get(share.item_id, 0) + share.amount
    await settle(account, first=cmd.collection_id, chosen=chosen)
    await write_account(ctx, account)
    await announce(ctx, CollectionsChanged(collection_ids=[cmd.collection_id]))
    left = await db.fetch_value("SELECT unallocated FROM collections WHERE id = $1", cmd.collection_id)
    return Collected(collected_at=collected_at, debt=account["debt"], unallocated=left)


class VoidCollection(Payload, kw_only=True, frozen=True):
    """Which collection never was, and why."""

    collection_id: Id
    reason: Note


@command("receivables.void_collection", permission="receivables.keep")
async def void_collection(ctx: Ctx, cmd: VoidCollection) -> None:
    """Take a collection back: what it paid is owed again. It stays to be seen with its reason."""
    if not cmd.reason.strip():
        raise Invalid("receivables.reason_missing", field="reason")
    known = await db.fetch_one("SELECT customer_id FROM collections WHERE id = $1", cmd.collection_id)
    if known is None:
        raise NotFound("receivables.collection_unknown", collection_id=cmd.collection_id)
    try:
        await get_customer(ctx, known["customer_id"])
    except NotFound as refusal:
        # Not even whose it is may be learnt from here.
        raise NotFound("receivables.collection_unknown", collection_id=cmd.collection_id) from refusal
    account = await lock_account(ctx, known["customer_id"])
    collection = await db.fetch_one("SELECT amount, state FROM collections WHERE id = $1", cmd.collection_id)
    if collection is None or collection["state"] != "recorded":
        raise Conflict("receivables.already_voided", collection_id=cmd.collection_id)
    paid = await db.fetch(
        "SELECT item_id, amount FROM allocations WHERE collection_id = $1", cmd.collection_id
    )
    await db.execute("DELETE FROM allocations WHERE collection_id = $1", cmd.collection_id)
    await change_open(account, [(one["item_id"], one["amount"]) for one in paid])
    await db.execute(
        "UPDATE collections SET state = 'voided', void_reason = $2, unallocated = 0 WHERE id = $1",
        cmd.collection_id,
        cmd.reason.strip(),
    )
    account["debt"] += collection["amount"]
    await settle(account)
    await write_account(ctx, account)
    await announce(ctx, CollectionsChanged(collection_ids=[cmd.collection_id]))
