"""What hangs on orders: lines, moves and returns of many at once, and what an administrator decided about them."""

from __future__ import annotations

from collections.abc import Collection

from roundsman.core import db
from roundsman.orders.rules import Policy


async def policy_in_force() -> Policy:
    """What is decided about differing prices; the default as long as nobody decided."""
    row = await db.fetch_one(
        "SELECT tolerance_permille, on_difference, list_age_days FROM order_policy LIMIT 1"
    )
    return Policy() if row is None else Policy(**row)


async def lines_of(order_ids: Collection[str]) -> list[db.Row]:
    """The lines of these orders, as they stand on each; one statement. Who may see them is the caller's to know."""
    return await db.fetch(
        f"SELECT * FROM order_lines WHERE order_id {db.any_of('$1')} ORDER BY order_id, position, id",
        list(order_ids),
    )


async def moves_of(order_id: str) -> list[db.Row]:
    """An order's history, oldest first, with the names of who moved it."""
    return await db.fetch(
        """
        SELECT order_moves.*, people.name AS mover_name
        FROM order_moves JOIN people ON people.id = mover_id WHERE order_id = $1 ORDER BY at, order_moves.id
        """,
        order_id,
    )


async def returns_of(order_id: str) -> list[db.Row]:
    """An order's returns, oldest first."""
    return await db.fetch("SELECT * FROM order_returns WHERE order_id = $1 ORDER BY asked_at, id", order_id)


async def return_lines_of(return_ids: Collection[str]) -> list[db.Row]:
    """What comes back with these returns."""
    return await db.fetch(
        f"SELECT * FROM order_return_lines WHERE return_id {db.any_of('$1')} ORDER BY return_id, id",
        list(return_ids),
    )
