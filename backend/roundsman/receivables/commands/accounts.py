"""What documents of higher domains do to a customer's account, called down inside their unit of work: ask his credit,
note what he ordered, charge it, credit what came back. Amounts are fen; each takes a handful of statements.
"""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Conflict
from roundsman.core.ids import new_id
from roundsman.core.money import LARGEST
from roundsman.receivables import rules
from roundsman.receivables.commands.books import (
    Source,
    find_account,
    lock_account,
    owe,
    settle,
    write_account,
)
from roundsman.receivables.rules import Policy


async def check_credit(ctx: Ctx, customer_id: str, amount: int, day: str) -> list[str]:
    """What stands in the way of so much more on a day: "receivables.over_credit", "receivables.overdue", both or
    nothing, by the customer's terms. What is committed already counts, so a document that is asks with 0.

    Raises Conflict with the first of these codes where the terms say so. The account stays locked: what is found here
    still holds when the amount is committed.
    """
    account = await find_account(customer_id)
    return [] if account is None else await _objections(account, amount, day)


async def _objections(account: db.Row, amount: int, day: str) -> list[str]:
    if account["policy"] == Policy.NONE:
        return []
    customer_id: str = account["id"]
    codes: list[str] = []
    left = rules.credit_left(account["credit_limit"], account["debt"], account["committed"])
    if left is not None and amount > left:
        if account["policy"] == Policy.REFUSE:
            raise Conflict("receivables.over_credit", customer_id=customer_id, left=left)
        codes.append("receivables.over_credit")
    overdue = await db.fetch_value(
        "SELECT coalesce(sum(open_amount), 0) FROM receivable_items"
        " WHERE customer_id = $1 AND open_amount > 0 AND due_on < $2",
        customer_id,
        day,
    )
    if overdue > 0:
        if account["policy"] == Policy.REFUSE:
            raise Conflict("receivables.overdue", customer_id=customer_id, overdue=overdue)
        codes.append("receivables.overdue")
    return codes


async def commit(ctx: Ctx, customer_id: str, amount: int) -> db.Row:
    """Note what was ordered and is not owed yet; it takes up credit. The account as it stands then. Raises
    NotFound("customers.unknown").
    """
    account = await db.fetch_one(
        "UPDATE accounts SET committed = committed + $2, changed_at = $3 WHERE id = $1 RETURNING *",
        customer_id,
        amount,
        ctx.now,
    )
    if account is None:
        account = await lock_account(ctx, customer_id)
        account["committed"] += amount
        await write_account(ctx, account)
    elif account["committed"] > LARGEST:
        raise Conflict("receivables.too_much", customer_id=customer_id)
    return account


async def commit_within_credit(ctx: Ctx, customer_id: str, amount: int, day: str) -> list[str]:
    """`check_credit`, and `commit` where it raises nothing, in the one statement that most customers' terms need."""
    account = await commit(ctx, customer_id, amount)
    return await _objections({**account, "committed": account["committed"] - amount}, amount, day)


async def uncommit(ctx: Ctx, customer_id: str, amount: int) -> None:
    """Take back what `commit` noted, before it is charged or when the document was cancelled."""
    await commit(ctx, customer_id, -amount)


async def charge(
    ctx: Ctx,
    customer_id: str,
    source: Source,
    amount: int,
    day: str,
    *,
    number: str = "",
    committed: int = 0,
) -> None:
    """A document is owed from a day on, due after the days the customer has; free money of his pays it at once.

    `source` is (table, id) of the document and can be charged or credited once; `number` is what people call it;
    `committed` is what `commit` noted of it, taken back in the same breath. 0 fen is owed by nobody. Raises
    NotFound("customers.unknown").
    """
    if amount or committed:
        account = await lock_account(ctx, customer_id)
        account["committed"] -= committed
        if amount:
            await owe(ctx, account, new_id(), source, amount, day, number=number)
            await settle(account)
        await write_account(ctx, account)


async def credit(
    ctx: Ctx,
    customer_id: str,
    source: Source,
    amount: int,
    day: str,
    *,
    number: str = "",
    against: Source | None = None,
) -> None:
    """The customer owes so much less: a return, a cancelled or lessened document. It pays what is open of the document
    `against` first, then the oldest, then what is charged next.
    """
    if not amount:
        return
    account = await lock_account(ctx, customer_id)
    chosen: dict[str, int] = {}
    if against is not None:
        item_id = await db.fetch_value(
            "SELECT id FROM receivable_items WHERE source_table = $1 AND source_id = $2", *against
        )
        chosen = {} if item_id is None else {item_id: amount}
    credit_id = new_id()
    await owe(ctx, account, credit_id, source, -amount, day, number=number)
    await settle(account, first=credit_id, chosen=chosen)
    await write_account(ctx, account)
