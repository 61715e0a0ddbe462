"""One customer's account from the inside: how it stands, what is open, and what made it so."""

from __future__ import annotations

from typing import Final

from roundsman.agents.queries import find_agent_of
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import NotFound
from roundsman.customers.queries import get_customer

# What a row of the statement adds to the debt; a voided collection adds nothing.
_ITEMS: Final = """
    SELECT id, 'item' AS kind, at, day_on, amount, amount AS effect, open_amount AS open_amount, number, source_table,
           source_id, due_on, '' AS method, '' AS note, '' AS void_reason, NULL AS person_id
    FROM receivable_items WHERE customer_id = $1
"""
_MONEY: Final = """
    SELECT id, 'collection' AS kind, collected_at AS at, day_on, -amount AS amount,
           CASE WHEN state = 'recorded' THEN -amount ELSE 0 END AS effect, -unallocated AS open_amount, '' AS number,
           'collections' AS source_table, id AS source_id, NULL AS due_on, method, note, void_reason, person_id
    FROM collections WHERE customer_id = $1
"""


async def require_account_seen(ctx: Ctx, customer_id: str) -> None:
    """Raise NotFound("customers.unknown") unless the account is the person's to see: his own as a buyer, or that of a
    customer he sees.
    """
    agent = await find_agent_of(ctx.person)
    if agent is None or agent["id"] != customer_id:
        await get_customer(ctx, customer_id)


async def account_of(ctx: Ctx, customer_id: str, day: str) -> db.Row:
    """How a customer's account stands on a day. Raises NotFound("customers.unknown"), also when it is not the person's
    to see.
    """
    await require_account_seen(ctx, customer_id)
    row = await db.fetch_one(
        """
        SELECT customers.id AS customer_id, customers.name, customers.code, customers.phone, people.name AS owner_name,
               coalesce(debt, 0) AS debt, coalesce(committed, 0) AS committed, credit_limit,
               coalesce(credit_days, 0) AS credit_days, coalesce(policy, 'none') AS policy,
               (SELECT coalesce(sum(open_amount), 0) FROM receivable_items
                WHERE customer_id = customers.id AND open_amount <> 0 AND open_amount > 0 AND due_on < $2) AS overdue
        FROM customers LEFT JOIN accounts ON accounts.id = customers.id
             LEFT JOIN people ON people.id = customers.owner_id
        WHERE customers.id = $1
        """,
        customer_id,
        day,
    )
    if row is None:
        raise NotFound("customers.unknown", customer_id=customer_id)
    return row


async def open_items_of(
    ctx: Ctx, customer_id: str, after: tuple[str, str] | None, limit: int
) -> list[db.Row]:
    """What is owed, first due first, after a key (due_on, id); at most `limit`."""
    await require_account_seen(ctx, customer_id)
    due_on, id = after or ("", "")
    return await db.fetch(
        """
        SELECT id, number, source_table, source_id, amount, open_amount, day_on, due_on FROM receivable_items
        WHERE customer_id = $1 AND open_amount <> 0 AND open_amount > 0 AND (due_on, id) > ($2, $3)
        ORDER BY due_on, id LIMIT $4
        """,
        customer_id,
        due_on,
        id,
        limit,
    )


async def statement_of(
    ctx: Ctx,
    customer_id: str,
    *,
    from_on: str | None,
    until_on: str | None,
    after: tuple[int, str, int] | None,
    limit: int,
) -> list[db.Row]:
    """What made the debt, newest first, each row with `balance`, what was owed after it. Both days are included;
    `after` is (at, id, balance before that row); at most `limit` rows.
    """
    await require_account_seen(ctx, customer_id)
    arguments: list[object] = [customer_id, limit]
    where = ["TRUE"]
    for condition, value in (("day_on >=", from_on), ("day_on <=", until_on)):
        if value is not None:
            arguments.append(value)
            where.append(f"{condition} ${len(arguments)}")
    if after is not None:
        arguments += after[:2]
        where.append(f"(at, id) < (${len(arguments) - 1}, ${len(arguments)})")
    page = f"WHERE {' AND '.join(where)} ORDER BY at DESC, id DESC LIMIT $2"
    # Each half by its own index, no further than the page reaches.
    rows = await db.fetch(
        f"""
        WITH items AS (SELECT * FROM ({_ITEMS}) AS all_items {page}),
             money AS (SELECT * FROM ({_MONEY}) AS all_money {page})
        SELECT entries.*, coalesce(people.name, '') AS person_name
        FROM (SELECT * FROM items UNION ALL SELECT * FROM money) AS entries
        LEFT JOIN people ON people.id = entries.person_id ORDER BY at DESC, entries.id DESC LIMIT $2
        """,
        *arguments,
    )
    balance = after[2] if after is not None else await _balance_at(customer_id, until_on)
    for row in rows:
        row["balance"] = balance
        balance -= row["effect"]
    return rows


async def _balance_at(customer_id: str, until_on: str | None) -> int:
    """What was owed at the end of a day; now without one."""
    debt = int(await db.fetch_value("SELECT debt FROM accounts WHERE id = $1", customer_id) or 0)
    if until_on is None:
        return debt
    later = await db.fetch_value(
        f"SELECT coalesce(sum(effect), 0) FROM ({_ITEMS} UNION ALL {_MONEY}) AS entries WHERE day_on > $2",
        customer_id,
        until_on,
    )
    return debt - int(later)
