"""Reads of the inventory. Whoever may see it sees all of it: goods belong to no territory. Quantities are thousandths
of the base unit.
"""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.errors import Conflict
from roundsman.core.search import containing_all, search_words


async def default_warehouse() -> str:
    """The id of the warehouse goods go out of unless somebody says otherwise. Raises Conflict("inventory.no_warehouse")
    where there is none yet.
    """
    found = await db.fetch_value("SELECT id FROM warehouses WHERE is_default")
    if found is None:
        raise Conflict("inventory.no_warehouse")
    return str(found)


async def stocks_of(
    *,
    search: str,
    warehouse_id: str | None,
    variant_id: str | None,
    is_short: bool,
    after: tuple[str, str, int, str] | None,
    limit: int,
) -> list[db.Row]:
    """What there is, by product and variant, after a key (product name, product id, position, stock id); at most
    `limit`. `is_short` leaves what nothing is available of. One statement.
    """
    arguments: list[object] = []
    where = ["TRUE"]

    def add(value: object) -> str:
        arguments.append(value)
        return f"${len(arguments)}"

    for column, value in (("warehouse_id", warehouse_id), ("variant_id", variant_id)):
        if value is not None:
            where.append(f"stocks.{column} = {add(value)}")
    where += containing_all("products.search", search_words(search), arguments)
    if is_short:
        where.append("on_hand_e3 = reserved_e3")
    if after is not None:
        key = ", ".join(add(part) for part in after)
        where.append(f"(products.name, products.id, variants.position, stocks.id) > ({key})")
    return await db.fetch(
        f"""
        SELECT stocks.id, warehouse_id, warehouses.name AS warehouse_name, variant_id, products.id AS product_id,
               products.name AS product_name, variants.name AS variant_name, variants.code, variants.position, packs,
               on_hand_e3, reserved_e3, on_hand_e3 - reserved_e3 AS available_e3
        FROM stocks JOIN warehouses ON warehouses.id = warehouse_id JOIN variants ON variants.id = variant_id
             JOIN products ON products.id = variants.product_id
        WHERE {" AND ".join(where)}
        ORDER BY products.name, products.id, variants.position, stocks.id LIMIT {add(limit)}
        """,
        *arguments,
    )


async def movements_of(
    *,
    warehouse_id: str | None,
    variant_id: str | None,
    after: tuple[int, str] | None,
    limit: int,
) -> list[db.Row]:
    """What came and went, newest first, after a key (at, id); at most `limit`. One statement."""
    arguments: list[object] = []
    where = ["TRUE"]
    for column, value in (("variant_id", variant_id), ("warehouse_id", warehouse_id)):
        if value is not None:
            arguments.append(value)
            where.append(f"stock_movements.{column} = ${len(arguments)}")
    if after is not None:
        arguments += after
        where.append(f"(at, stock_movements.id) < (${len(arguments) - 1}, ${len(arguments)})")
    arguments.append(limit)
    return await db.fetch(
        f"""
        SELECT stock_movements.*, warehouses.name AS warehouse_name, products.name AS product_name,
               variants.name AS variant_name, variants.code, packs, coalesce(people.name, '') AS person_name
        FROM stock_movements JOIN warehouses ON warehouses.id = warehouse_id
             JOIN variants ON variants.id = variant_id JOIN products ON products.id = variants.product_id
             LEFT JOIN people ON people.id = person_id
        WHERE {" AND ".join(where)} ORDER BY at DESC, stock_movements.id DESC LIMIT ${len(arguments)}
        """,
        *arguments,
    )
