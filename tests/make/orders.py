"""Makers of what orders are about, by rows alone, and of orders by commands; keyword arguments win."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.quantities import amount_of
from roundsman.core.times import day_on, now_ms
from tests.cast import Cast
from tests.make.customers import make_customer, make_price_level

PACKS: list[dict[str, Any]] = [
    {"unit": "瓶", "factor": 1, "minimum_e3": 1000, "step_e3": 1000},
    {"unit": "箱", "factor": 24, "minimum_e3": 1000, "step_e3": 1000},
]
PRICE_E4 = 20_000
"""¥2.00 a bottle."""


async def make_goods(
    count: int = 1, *, stock_e3: int = 1_000_000, packs: Sequence[dict[str, Any]] = PACKS, **fields: Any
) -> list[str]:
    """So many products of one variant each, ¥2.00 a bottle (¥1.20 cost), with a thousand bottles in the only warehouse
    unless told otherwise; the variants' ids.
    """
    async with db.unit_of_work():
        return await _make_goods(count, stock_e3, packs, fields)


async def _make_goods(
    count: int, stock_e3: int, packs: Sequence[dict[str, Any]], fields: dict[str, Any]
) -> list[str]:
    warehouse_id = await make_warehouse()
    products, variants, stocks, movements = [], [], [], []
    for number in range(count):
        product_id, variant_id = new_id(), new_id()
        products.append((product_id, f"矿泉水{number}" if number else "矿泉水", now_ms()))
        row = {"price_e4": PRICE_E4, "cost_e4": 12_000, "is_on_sale": True, **fields}
        variants.append(
            (
                variant_id,
                product_id,
                json.dumps(list(packs)),
                row["price_e4"],
                row["cost_e4"],
                row["is_on_sale"],
            )
        )
        stocks.append((f"{warehouse_id}:{variant_id}", warehouse_id, variant_id, stock_e3))
        movements.append((new_id(), warehouse_id, variant_id, stock_e3, now_ms(), day_on(now_ms())))
    await db.execute_many(
        """
        INSERT INTO products (id, code, name, brand, axes, description, pinyin, initials, search, position, is_on_sale,
                              created_at, changed_at)
        VALUES ($1, '', $2, '', '[]', '', '', '', '', 0, true, $3, $3)
        """,
        products,
    )
    await db.execute_many(
        """
        INSERT INTO variants (id, product_id, code, name, spec, packs, price_e4, cost_e4, position, is_on_sale,
                              changed_at)
        VALUES ($1, $2, '', '', '[]', $3, $4, $5, 0, $6, 0)
        """,
        variants,
    )
    await db.execute_many(
        "INSERT INTO stocks (id, warehouse_id, variant_id, on_hand_e3, reserved_e3, changed_at)"
        " VALUES ($1, $2, $3, $4, 0, 0)",
        stocks,
    )
    if stock_e3:
        await db.execute_many(
            """
            INSERT INTO stock_movements (id, warehouse_id, variant_id, kind, quantity_e3, balance_e3, reason,
                                         source_table, source_id, person_id, at, day_on)
            VALUES ($1, $2, $3, 'opening', $4, $4, '', '', '', '', $5, $6)
            """,
            movements,
        )
    return [row[0] for row in variants]


async def make_warehouse() -> str:
    """The only warehouse; its id."""
    known = await db.fetch_value("SELECT id FROM warehouses WHERE is_default")
    if known is None:
        known = new_id()
        await db.execute(
            "INSERT INTO warehouses (id, name, is_default, is_active) VALUES ($1, '总仓', true, true)", known
        )
    return str(known)


async def make_offer(variant_id: str, price_e4: int, **fields: Any) -> str:
    """A price of one bottle for a customer or a level (`customer_id`, `level_id`) on its own list; the list's id."""
    row = {
        "customer_id": None,
        "level_id": None,
        "unit": "瓶",
        "breaks": [[0, price_e4]],
        "gifts": [],
        "from_on": "2020-01-01",
        "until_on": None,
        **fields,
    }
    list_id = new_id()
    kind = "level" if row["customer_id"] is None else "customer"
    async with db.unit_of_work():
        await db.execute(
            """
            INSERT INTO price_lists (id, name, kind, level_id, customer_id, from_on, until_on, is_active, version,
                                     changed_at)
            VALUES ($1, '价格表', $2, $3, $4, $5, $6, true, 1, 0)
            """,
            *(list_id, kind, row["level_id"], row["customer_id"], row["from_on"], row["until_on"]),
        )
        await db.execute(
            """
            INSERT INTO prices (id, list_id, variant_id, unit, breaks, gifts, may_rise, level_id, customer_id, from_on,
                                until_on, is_active)
            VALUES ($1, $2, $3, $4, $5, $6, false, $7, $8, $9, $10, true)
            """,
            *(
                new_id(),
                list_id,
                variant_id,
                row["unit"],
                json.dumps(row["breaks"]),
                json.dumps(row["gifts"]),
            ),
            *(row["level_id"], row["customer_id"], row["from_on"], row["until_on"]),
        )
    return list_id


async def make_agent(cast: Cast, who: str = "agent", **fields: Any) -> str:
    """Makes somebody with the role an active agent, a customer filed in `north` with nobody to look after him; the
    customer's id. `level_id` is his price level.
    """
    level_id = fields.get("level_id")
    customer_id = await make_customer(cast, "administrator", name=f"代理{who}", code=f"A-{who}")
    if level_id is None:
        level_id = await make_price_level(cast)
    async with db.unit_of_work():
        await db.execute(
            """
            INSERT INTO agents (id, person_id, name, mobile, province, city, county, state, price_level_id, path,
                                profile, note, asked_at, decision_reason, territory_id, upline_id, changed_at)
            VALUES ($1, $2, $3, $4, '', '', '', 'active', $5, $6, '{}', '', 0, '', $7, $8, 0)
            """,
            *(customer_id, cast.people[who], who, new_id()[-11:], level_id),
            *(fields.get("path", f"/{customer_id}/"), cast.territories["north"], fields.get("upline_id")),
        )
        await db.execute("UPDATE customers SET price_level_id = $2 WHERE id = $1", customer_id, level_id)
    return customer_id


def a_line(variant_id: str, bottles: int = 10, **fields: Any) -> dict[str, Any]:
    """A line of so many bottles at the list price."""
    line = {"line_id": new_id(), "variant_id": variant_id, "unit": "瓶", "quantity_e3": bottles * 1000}
    return {**line, "price_e4": PRICE_E4, **fields}


def an_order(customer_id: str, *lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The payload of an order seen today at what its lines say."""
    seen = sum(amount_of(line["price_e4"] or 0, line["quantity_e3"]) for line in lines)
    order = {"order_id": new_id(), "customer_id": customer_id, "lines": list(lines), "goods_amount": seen}
    return {**order, "priced_on": day_on(now_ms()), **fields}


async def make_order(
    cast: Cast, customer_id: str, *lines: dict[str, Any], who: str = "rep", **fields: Any
) -> str:
    """A placed order; its id."""
    args = an_order(customer_id, *lines, **fields)
    await cast.done(who, "orders.place", **args)
    return str(args["order_id"])


async def order_of(order_id: str) -> dict[str, Any]:
    """An order's row with its JSON read, its lines and its moves."""
    row = await db.fetch_one("SELECT * FROM orders WHERE id = $1", order_id)
    assert row is not None
    for name in ("expenses", "recipient", "price_changes", "hold_codes"):
        row[name] = json.loads(row[name])
    row["lines"] = await db.fetch("SELECT * FROM order_lines WHERE order_id = $1 ORDER BY position", order_id)
    row["moves"] = await db.fetch("SELECT * FROM order_moves WHERE order_id = $1 ORDER BY at, id", order_id)
    for move in row["moves"]:
        move["detail"] = json.loads(move["detail"])
    return row


async def move(cast: Cast, order_id: str, verb: str, who: str = "clerk", **fields: Any) -> dict[str, Any]:
    """Move an order on from the state it is in; what was answered."""
    state = await db.fetch_value("SELECT state FROM orders WHERE id = $1", order_id)
    return await cast.done(who, f"orders.{verb}", order_id=order_id, **{"expect": state, **fields})


async def move_to(cast: Cast, order_id: str, state: str) -> None:
    """Bring a submitted order along the straight way as far as this state."""
    for verb, reached in (
        *(("review", "reviewed"), ("allocate", "allocated"), ("pack", "packed"), ("ship", "shipped")),
        *(("sign", "signed"), ("close", "closed")),
    ):
        await move(cast, order_id, verb)
        if reached == state:
            return
