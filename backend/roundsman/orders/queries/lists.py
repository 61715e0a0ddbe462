"""Lists of orders and of their returns, newest first, page by page, in the reach of whoever asks."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.core.errors import NotFound
from roundsman.orders.queries.access import is_seen
from roundsman.orders.queries.reach import OrderFilter, Reach, reach_of

_ROWS = """
    SELECT orders.*, customers.name AS customer_name, people.name AS person_name, owners.name AS owner_name,
        (SELECT count(*) FROM order_lines WHERE order_id = orders.id) AS line_count
    FROM orders JOIN customers ON customers.id = orders.customer_id JOIN people ON people.id = orders.person_id
        LEFT JOIN people AS owners ON owners.id = orders.owner_id
"""


async def orders_seen_by(
    person: Person,
    now: int,
    wanted: OrderFilter,
    *,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[db.Row]:
    """Orders in the order of (placed_at, id), the newest first, below a key; at most `limit`. One statement beside
    those that ask what the person is over; it costs what it gives, not what there is.
    """
    reach = await reach_of(person, now, wanted)
    if after is not None:
        reach.where.append(
            f"(orders.placed_at, orders.id) < ({reach.value(after[0])}, {reach.value(after[1])})"
        )
    most = reach.value(limit)
    return await db.fetch(
        f"""
        {_ROWS} WHERE orders.id IN ({_newest(reach, most)})
        ORDER BY orders.placed_at DESC, orders.id DESC LIMIT {most}
        """,
        *reach.arguments,
    )


async def get_order_in_full(ctx: Ctx, order_id: str) -> db.Row:
    """An order as a list shows it. Raises NotFound("orders.unknown") also when it is not the person's to see."""
    rows = await db.fetch(f"{_ROWS} WHERE orders.id = $1", order_id)
    if not rows or not await is_seen(ctx.person, ctx.now, rows[0]):
        raise NotFound("orders.unknown", order_id=order_id)
    return rows[0]


def _newest(reach: Reach, most: str) -> str:
    """The ids of the newest of each arm: every index is read from its end and no further than the page goes."""
    where = "".join(f" AND {condition}" for condition in reach.where)
    return " UNION ".join(
        f"""
        SELECT id FROM (
            SELECT orders.id FROM orders WHERE {arm}{where} ORDER BY placed_at DESC, id DESC LIMIT {most}
        ) AS arm_{number}
        """
        for number, arm in enumerate(reach.arms)
    )


async def returns_seen_by(
    person: Person,
    now: int,
    wanted: OrderFilter,
    *,
    state: str = "",
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[db.Row]:
    """Returns of the orders one sees, the latest asked first, below a key (asked_at, id); at most `limit`."""
    reach = await reach_of(person, now, wanted)
    where = [reach.condition()]
    if state:
        where.append(f"order_returns.state = {reach.value(state)}")
    if after is not None:
        key = f"({reach.value(after[0])}, {reach.value(after[1])})"
        where.append(f"(order_returns.asked_at, order_returns.id) < {key}")
    return await db.fetch(
        f"""
        SELECT order_returns.*, orders.number, orders.customer_id, customers.name AS customer_name,
            askers.name AS asker_name
        FROM order_returns JOIN orders ON orders.id = order_returns.order_id
            JOIN customers ON customers.id = orders.customer_id
            JOIN people AS askers ON askers.id = order_returns.asked_by
        WHERE {" AND ".join(where)}
        ORDER BY order_returns.asked_at DESC, order_returns.id DESC LIMIT {reach.value(limit)}
        """,
        *reach.arguments,
    )
