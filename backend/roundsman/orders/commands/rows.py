"""How orders, their lines and moves are written. No checks and no rules here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.ids import new_id
from roundsman.orders.tables import Order, OrderLine, OrderMove

SCOPE: Final = ("person_id", "owner_id", "agent_id", "territory_id", "month")
"""What all that hangs on an order repeats of it."""

_ORDER: Final = tuple(column._meta.name for column in Order._meta.columns)
_LINE: Final = tuple(column._meta.name for column in OrderLine._meta.columns)
_MOVE: Final = tuple(column._meta.name for column in OrderMove._meta.columns)


def _insert(table: str, columns: Sequence[str]) -> str:
    places = ", ".join(f"${n}" for n, _ in enumerate(columns, 1))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"


_INSERT_ORDER: Final = _insert("orders", _ORDER) + " ON CONFLICT (id) DO NOTHING"
_INSERT_LINE: Final = _insert("order_lines", _LINE)
_INSERT_MOVE: Final = _insert("order_moves", _MOVE)


def as_json(value: object) -> str:
    """JSON text for a column."""
    return msgspec.json.encode(value).decode()


def scope_of(order: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of SCOPE."""
    return {name: order[name] for name in SCOPE}


async def insert_order(order: Mapping[str, Any]) -> bool:
    """Write a complete row; False when one of this id is there, also one that another worker is just writing."""
    return await db.execute(_INSERT_ORDER, *(order[name] for name in _ORDER)) > 0


async def insert_orders(orders: Iterable[Mapping[str, Any]]) -> None:
    """Write complete rows of orders that are known to be new, in one go."""
    await db.execute_many(_INSERT_ORDER, [tuple(order[name] for name in _ORDER) for order in orders])


async def insert_lines(order: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> None:
    """Write the lines of an order, in one go."""
    await insert_all_lines([(order, lines)])


async def insert_all_lines(
    orders: Iterable[tuple[Mapping[str, Any], Iterable[Mapping[str, Any]]]],
) -> None:
    """Write the lines of several orders, each with its own, in one go."""
    rows = []
    for order, lines in orders:
        shared = {**scope_of(order), "order_id": order["id"]}
        rows += [{**line, **shared} for line in lines]
    await db.execute_many(_INSERT_LINE, [tuple(row[name] for name in _LINE) for row in rows])


async def delete_lines(*orders: Mapping[str, Any]) -> None:
    """Take all lines off orders, for others to be put on."""
    ids = [order["id"] for order in orders]
    if ids:
        await db.execute(f"DELETE FROM order_lines WHERE order_id {db.any_of('$1')}", ids)


async def insert_moves(moves: Iterable[Mapping[str, Any]]) -> None:
    """Write complete rows of order_moves, in one go."""
    await db.execute_many(_INSERT_MOVE, [tuple(move[name] for name in _MOVE) for move in moves])


def move_of(
    ctx: Ctx,
    order: Mapping[str, Any],
    verb: str,
    from_state: str,
    to_state: str,
    *,
    at: int | None = None,
    reason: str = "",
    detail: object = None,
    move_id: str = "",
) -> dict[str, Any]:
    """The row that says who moved an order, when and why."""
    return {
        "id": move_id or new_id(),
        "order_id": order["id"],
        "verb": verb,
        "from_state": from_state,
        "to_state": to_state,
        "mover_id": ctx.person.id,
        "at": ctx.now if at is None else at,
        "reason": reason.strip(),
        "detail": as_json(detail or {}),
        **scope_of(order),
    }


async def update_order(order: db.Row, changed: Mapping[str, Any]) -> None:
    """Write some columns of an order, in the row at hand too; its version counts up."""
    changed = {**changed, "version": order["version"] + 1}
    pairs = ", ".join(f"{column} = ${number}" for number, column in enumerate(changed, start=2))
    await db.execute(f"UPDATE orders SET {pairs} WHERE id = $1", order["id"], *changed.values())
    order.update(changed)
