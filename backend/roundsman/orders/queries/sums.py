"""Sums over orders in the reach of whoever asks: work queues, what a filter comes to, an agent's downline."""

from __future__ import annotations

from typing import Final

from roundsman.agents.queries import find_agent_of
from roundsman.core import db
from roundsman.core.context import Person
from roundsman.core.times import add_days, start_of_day
from roundsman.orders.queries.reach import OrderFilter, reach_of
from roundsman.orders.rules import State

UNDER_WAY: Final = (
    *(State.SUBMITTED, State.REVIEWED, State.AWAITING_PURCHASE, State.ALLOCATED, State.PACKED, State.SHIPPED),
    State.SIGNED,
)
"""States in which somebody has something to do."""
BINDING: Final = tuple(state for state in State if state not in (State.DRAFT, State.CANCELLED))
"""States of an order that counts."""


async def counts_seen_by(person: Person, now: int) -> dict[str, int]:
    """How many orders wait in each state somebody has something to do in, `held` of those to be reviewed, and `returns`
    that wait for an answer; states without any are left out.
    """
    reach = await reach_of(person, now, OrderFilter(states=UNDER_WAY))
    rows = await db.fetch(
        f"SELECT state, count(*) AS count FROM orders WHERE {reach.condition()} GROUP BY state",
        *reach.arguments,
    )
    found = {row["state"]: row["count"] for row in rows}
    # Asked apart, since what holds an order is in no index and most of what is under way is not held.
    reach = await reach_of(person, now, OrderFilter(is_held=True))
    found["held"] = await db.fetch_value(
        f"SELECT count(*) FROM orders WHERE {reach.condition()}", *reach.arguments
    )
    reach = await reach_of(person, now, OrderFilter())
    found["returns"] = await db.fetch_value(
        f"""
        SELECT count(*) FROM order_returns JOIN orders ON orders.id = order_returns.order_id
        WHERE order_returns.state = 'asked' AND {reach.condition()}
        """,
        *reach.arguments,
    )
    return {name: count for name, count in found.items() if count}


async def totals_seen_by(person: Person, now: int, wanted: OrderFilter) -> db.Row:
    """What the orders of a filter come to, drafts and cancelled ones left out unless their state is asked for: count
    and fen, `cost_amount` and `returned_cost_amount` among them, which are not everybody's to see.
    """
    reach = await reach_of(person, now, wanted)
    if not wanted.states:
        reach.where.append(f"orders.state {db.any_of(reach.value(list(BINDING)))}")
    names = ("goods_amount", "expense_amount", "total_amount", "returned_amount", "cost_amount")
    sums = [f"coalesce(sum({name}), 0) AS {name}" for name in (*names, "returned_cost_amount")]
    row = await db.fetch_one(
        f"SELECT count(*) AS order_count, {', '.join(sums)} FROM orders WHERE {reach.condition()}",
        *reach.arguments,
    )
    assert row is not None
    return row


BY: Final = {
    "customer": ("orders.customer_id", "customers"),
    "owner": ("coalesce(orders.owner_id, '')", "people"),
}
"""What profits may be summed by: the key of a group and the table that names it."""


async def profits_seen_by(
    person: Person,
    now: int,
    wanted: OrderFilter,
    by: str,
    *,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[db.Row]:
    """What the orders of a filter come to and earn, by customer or by who looks after him (`by` is a key of BY): what
    earns most first, below a key (profit, id); fen. Drafts and cancelled ones count only where they are asked for.
    """
    group, table = BY[by]
    reach = await reach_of(person, now, wanted)
    if not wanted.states:
        reach.where.append(f"orders.state {db.any_of(reach.value(list(BINDING)))}")
    names = ("goods_amount", "total_amount", "returned_amount", "cost_amount", "returned_cost_amount")
    sums = ", ".join(f"sum({name}) AS {name}" for name in names)
    # As `profit` in rules.py reckons it; sums of PostgreSQL are wider than a cursor's integers.
    earned = (
        "CAST(sum(goods_amount - cost_amount - (returned_amount - returned_cost_amount)) AS bigint) AS profit"
    )
    grouped = f"""
        SELECT {group} AS id, count(*) AS order_count, {sums}, {earned}
        FROM orders WHERE {reach.condition()} GROUP BY {group}
    """
    below = ""
    if after is not None:
        below = f"WHERE (profit, grouped.id) < ({reach.value(after[0])}, {reach.value(after[1])})"
    return await db.fetch(
        f"""
        SELECT grouped.*, coalesce({table}.name, '') AS name
        FROM ({grouped}) AS grouped LEFT JOIN {table} ON {table}.id = grouped.id
        {below} ORDER BY profit DESC, grouped.id DESC LIMIT {reach.value(limit)}
        """,
        *reach.arguments,
    )


async def downline_totals_of(
    person: Person, *, from_on: str, until_on: str, after: str = "", limit: int = 50
) -> list[db.Row]:
    """What each agent below an agent ordered between two days, both inclusive, in fen, and how far below he is (1: his
    own), in the order of the tree after a `path`; never what of. Nobody's for who is no agent.
    """
    agent = await find_agent_of(person)
    if agent is None:
        return []
    rows = await db.fetch(
        f"""
        SELECT agents.id, agents.name, agents.path, count(orders.id) AS order_count,
            coalesce(sum(orders.goods_amount), 0) AS goods_amount,
            coalesce(sum(orders.returned_amount), 0) AS returned_amount
        FROM agents LEFT JOIN orders ON orders.customer_id = agents.id AND orders.agent_id = agents.id
            AND orders.state {db.any_of("$5")} AND orders.placed_at >= $3 AND orders.placed_at < $4
        WHERE agents.path LIKE $1 AND agents.id <> $2 AND agents.path > $6
        GROUP BY agents.id, agents.name, agents.path ORDER BY agents.path LIMIT $7
        """,
        agent["path"] + "%",
        agent["id"],
        start_of_day(from_on),
        start_of_day(add_days(until_on, 1)),
        list(BINDING),
        after,
        limit,
    )
    depth = agent["path"].count("/")
    return [{**row, "depth": row["path"].count("/") - depth} for row in rows]
