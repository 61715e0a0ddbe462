"""A customer's account while one act changes it: locked first, then its items and money, so that of two acts on one
account the second waits. After each act no money is free while something is owed, and debt = items − collections.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Conflict, NotFound
from roundsman.core.ids import new_id
from roundsman.core.money import LARGEST
from roundsman.core.times import add_days, day_on, start_of_day
from roundsman.receivables import rules

Source = tuple[str, str]
"""(table, id) of the document something comes from."""


async def lock_account(ctx: Ctx, customer_id: str) -> db.Row:
    """The customer's account, made where he has none yet. Raises NotFound("customers.unknown").

    Whether the person may see the customer was decided above.
    """
    account = await find_account(customer_id)
    if account is not None:
        return account
    # A customer on his way to another territory is waited for: what is written here is filed where he is. An agent who
    # was let go sees nothing any more, and what was his again once he is back.
    account = await db.fetch_one(
        f"""
        INSERT INTO accounts (id, debt, committed, credit_limit, credit_days, policy, territory_id, owner_id, buyer_id,
                              changed_at)
        SELECT id, 0, 0, NULL, 0, 'none', territory_id, owner_id,
            (SELECT agents.id FROM agents WHERE agents.id = customers.id), CAST($2 AS bigint)
        FROM customers WHERE id = $1{db.for_update()}
        ON CONFLICT (id) DO NOTHING RETURNING *
        """,
        customer_id,
        ctx.now,
    )
    # Another may just have made it.
    account = account or await find_account(customer_id)
    if account is None:
        raise NotFound("customers.unknown", customer_id=customer_id)
    return account


async def find_account(customer_id: str) -> db.Row | None:
    """The customer's account, locked; None when nothing was ever ordered, owed or agreed on."""
    return await db.fetch_one(f"SELECT * FROM accounts WHERE id = $1{db.for_update()}", customer_id)


async def owe(
    ctx: Ctx,
    account: db.Row,
    item_id: str,
    source: Source,
    amount: int,
    day: str,
    *,
    number: str,
    due_on: str | None = None,
) -> None:
    """Write something owed (or, below zero, credited) on a day. It is not settled yet."""
    at = ctx.now if day_on(ctx.now) == day else start_of_day(day)
    await db.execute(
        """
        INSERT INTO receivable_items (id, customer_id, source_table, source_id, number, amount, open_amount, due_on, at,
                                      day_on, audience, territory_id, owner_id, buyer_id)
        VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, 'all', $10, $11, $12)
        """,
        item_id,
        account["id"],
        *source,
        number,
        amount,
        due_on or (add_days(day, account["credit_days"]) if amount > 0 else day),
        at,
        day,
        account["territory_id"],
        account["owner_id"],
        account["buyer_id"],
    )
    account["debt"] += amount


async def settle(
    account: db.Row, *, first: str | None = None, chosen: Mapping[str, int] | None = None
) -> None:
    """Let all free money of the account pay what is owed. `first` is the money (a collection, a credit) that `chosen`
    is about: how much of it goes to which items.
    """
    if not await _has_free_money(account["id"]):
        return
    items = await db.fetch(
        """
        SELECT id, open_amount FROM receivable_items
        WHERE customer_id = $1 AND open_amount <> 0 ORDER BY due_on, id
        """,
        account["id"],
    )
    collections = await db.fetch(
        """
        SELECT id, unallocated FROM collections
        WHERE customer_id = $1 AND unallocated > 0 ORDER BY collected_at, id
        """,
        account["id"],
    )
    credits = {row["id"]: -row["open_amount"] for row in items if row["open_amount"] < 0}
    money = [*credits.items(), *((row["id"], row["unallocated"]) for row in collections)]
    money.sort(key=lambda one: one[0] != first)
    owed = [(row["id"], row["open_amount"]) for row in items if row["open_amount"] > 0]
    paid = rules.settle(money, owed, chosen)
    if not paid:
        return
    await db.execute_many(
        "INSERT INTO allocations (id, collection_id, credit_id, item_id, amount) VALUES ($1, $2, $3, $4, $5)",
        [
            (
                new_id(),
                None if one.money_id in credits else one.money_id,
                one.money_id if one.money_id in credits else None,
                one.item_id,
                one.amount,
            )
            for one in paid
        ],
    )
    await change_open(
        account,
        [(one.item_id, -one.amount) for one in paid]
        + [(one.money_id, one.amount) for one in paid if one.money_id in credits],
    )
    await db.execute_many(
        "UPDATE collections SET unallocated = unallocated - $2 WHERE id = $1",
        [(one.money_id, one.amount) for one in paid if one.money_id not in credits],
    )


async def change_open(account: db.Row, changes: Iterable[tuple[str, int]]) -> None:
    """Change what is open of items of the account: (item id, by how much) each."""
    await db.execute_many(
        """
        UPDATE receivable_items
        SET open_amount = open_amount + $2,
            audience = CASE WHEN open_amount + $2 = 0 THEN NULL ELSE 'all' END,
            territory_id = CASE WHEN open_amount + $2 = 0 THEN NULL ELSE $3 END,
            owner_id = CASE WHEN open_amount + $2 = 0 THEN NULL ELSE $4 END,
            buyer_id = CASE WHEN open_amount + $2 = 0 THEN NULL ELSE $5 END
        WHERE id = $1
        """,
        [
            (item_id, change, account["territory_id"], account["owner_id"], account["buyer_id"])
            for item_id, change in changes
        ],
    )


async def _has_free_money(customer_id: str) -> bool:
    """Whether anything could be settled at all: mostly not, and then what is open need not be read. That it is not 0 is
    said for the sake of the partial index.
    """
    found = await db.fetch_value(
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM collections WHERE customer_id = $1 AND unallocated > 0)
            OR EXISTS (SELECT 1 FROM receivable_items
                       WHERE customer_id = $1 AND open_amount <> 0 AND open_amount < 0)
        """,
        customer_id,
    )
    return found is not None


async def write_account(ctx: Ctx, account: db.Row) -> None:
    """Write what became of the account. Raises Conflict("receivables.too_much") beyond what a number can hold."""
    if max(abs(account["debt"]), account["committed"]) > LARGEST:
        raise Conflict("receivables.too_much", customer_id=account["id"])
    await db.execute(
        """
        UPDATE accounts SET debt = $2, committed = $3, credit_limit = $4, credit_days = $5, policy = $6, changed_at = $7
        WHERE id = $1
        """,
        *(account[name] for name in ("id", "debt", "committed", "credit_limit", "credit_days", "policy")),
        ctx.now,
    )
