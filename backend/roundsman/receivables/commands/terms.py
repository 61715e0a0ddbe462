"""Commands of what is agreed with a customer, and of what he owed before the books were opened."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid
from roundsman.core.ids import Id
from roundsman.core.money import LARGEST, Money
from roundsman.core.times import Day, day_on, is_day
from roundsman.customers.queries import get_customer
from roundsman.receivables.commands.books import lock_account, owe, settle, write_account


class SetTerms(Payload, kw_only=True, frozen=True):
    """How far a customer is trusted: `credit_limit` in fen (None: without limit), `credit_days` until a charge is due,
    and what becomes of an order beyond either.
    """

    customer_id: Id
    credit_limit: Annotated[int, msgspec.Meta(ge=0, le=LARGEST)] | None = None
    credit_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 0
    policy: Annotated[str, msgspec.Meta(pattern="^(none|hold|refuse)$")] = "none"


@command("receivables.set_terms", permission="receivables.keep")
async def set_terms(ctx: Ctx, cmd: SetTerms) -> None:
    """Agree on terms; what was charged before stays due when it was."""
    await get_customer(ctx, cmd.customer_id)
    account = await lock_account(ctx, cmd.customer_id)
    account.update(credit_limit=cmd.credit_limit, credit_days=cmd.credit_days, policy=cmd.policy)
    await write_account(ctx, account)


class OpenBalance(Payload, kw_only=True, frozen=True):
    """Something a customer owed (below zero: had paid ahead) before the books were opened, or that puts them right.
    `number` is what the old paper is called; without `due_on` it is due after his days.
    """

    item_id: Id
    customer_id: Id
    amount: Money
    day_on: Day
    due_on: Day | None = None
    number: Annotated[str, msgspec.Meta(max_length=60)] = ""


@command("receivables.open_balance", permission="receivables.keep")
async def open_balance(ctx: Ctx, cmd: OpenBalance) -> None:
    """Enter an old debt, one paper at a time; money that is free pays it at once."""
    if cmd.amount == 0:
        raise Invalid("receivables.amount_missing", field="amount")
    for field, day in (("day_on", cmd.day_on), ("due_on", cmd.due_on)):
        if day is not None and not is_day(day):
            raise Invalid("receivables.no_such_day", field=field)
    if cmd.day_on > day_on(ctx.now):
        raise Invalid("receivables.day_ahead", field="day_on")
    await get_customer(ctx, cmd.customer_id)
    account = await lock_account(ctx, cmd.customer_id)
    if await db.fetch_value("SELECT 1 FROM receivable_items WHERE id = $1", cmd.item_id):
        raise Conflict("receivables.already_there", item_id=cmd.item_id)
    await owe(
        ctx,
        account,
        cmd.item_id,
        ("openings", cmd.item_id),
        cmd.amount,
        cmd.day_on,
        number=cmd.number.strip(),
        due_on=cmd.due_on,
    )
    await settle(account)
    await write_account(ctx, account)
