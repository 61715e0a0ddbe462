"""The command that takes past orders from a sheet, some hundred at a time: new, changed, unchanged or refused. All are
looked up at once, decided one by one in memory, and written together.

What is over is over: nothing is reserved, shipped or owed by it. Where the other system counts in 1/10000 yuan, an
order keeps that beside its own amount, which is rounded to the fen like any other; a sum over such orders is that of
what was kept, rounded once at its end: only so it comes to what the other system says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec

from roundsman.catalog.queries import VariantForOrder, variants_called
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, NotFound, Refusal
from roundsman.core.events import announce
from roundsman.core.ids import Id
from roundsman.core.sheets import RowNote, note_of
from roundsman.core.texts import Word
from roundsman.core.times import day_on, month_of_day
from roundsman.identity.rules import name_key
from roundsman.orders.commands.past_rows import SOURCE, goods_e4, line_of, said_of, same_lines, says_other
from roundsman.orders.commands.rows import (
    delete_lines,
    insert_all_lines,
    insert_moves,
    insert_orders,
    move_of,
    update_order,
)
from roundsman.orders.commands.sheet_rows import PastLine, PastOrder
from roundsman.orders.events import PastOrdersWritten
from roundsman.orders.queries import lines_of
from roundsman.orders.queries.past import KnownPast, read_past
from roundsman.orders.rules import State


class ImportOrders(Payload, kw_only=True, frozen=True):
    """Some orders of one system, named `source` where there are several; `customer_id` stands for the customer of those
    that name none.
    """

    rows: Annotated[list[PastOrder], msgspec.Meta(max_length=500)]
    source: Word = ""
    customer_id: Id | None = None


class OrdersImported(Answer, kw_only=True, frozen=True):
    """How many orders became what; `noticed` ones were taken all the same. `goods_e4` is what the goods of all that
    were taken came to in 1/10000 yuan, before any rounding, `returned_amount` what came back in fen, `cancelled` how
    many were.
    """

    created: int
    changed: int
    unchanged: int
    refused: list[RowNote]
    noticed: list[RowNote]
    goods_e4: int
    returned_amount: int
    cancelled: int


@dataclass(slots=True)
class _Import:
    """What is known while the orders of one command are taken, and what is to be written."""

    ctx: Ctx
    cmd: ImportOrders
    known: KnownPast
    by_code: dict[str, VariantForOrder]
    by_name: dict[str, VariantForOrder]
    old_lines: dict[str, list[db.Row]]
    counts: dict[str, int] = field(default_factory=lambda: {"created": 0, "changed": 0, "unchanged": 0})
    sums: dict[str, int] = field(
        default_factory=lambda: {"goods_e4": 0, "returned_amount": 0, "cancelled": 0}
    )
    noticed: list[RowNote] = field(default_factory=list)
    orders: dict[str, db.Row] = field(default_factory=dict)
    lines: list[tuple[db.Row, list[db.Row]]] = field(default_factory=list)
    moves: list[dict[str, Any]] = field(default_factory=list)
    updates: list[tuple[db.Row, dict[str, Any]]] = field(default_factory=list)


@command("orders.import_rows", permission="orders.import")
async def import_orders(ctx: Ctx, cmd: ImportOrders) -> OrdersImported:
    """Take past orders from a sheet, known by the number they had there. The same orders again change nothing; one
    somebody has moved here since is left as it is.
    """
    work = await _begin(ctx, cmd)
    refused = []
    for row in cmd.rows:
        try:
            became = _take(work, row)
        except Refusal as refusal:
            place = int(refusal.details.get("row", row.row))
            refused.append(note_of(refusal, place, row.sheet, row.number))
        else:
            work.counts[became] += 1
            work.sums["goods_e4"] += goods_e4(row)
            work.sums["returned_amount"] += row.returned_amount
            work.sums["cancelled"] += row.state == State.CANCELLED
    await _write(work)
    return OrdersImported(**work.counts, **work.sums, refused=refused, noticed=work.noticed)


async def _begin(ctx: Ctx, cmd: ImportOrders) -> _Import:
    keys = [_key(cmd, row) for row in cmd.rows]
    known = await read_past(
        ctx,
        keys,
        [row.order_id for row in cmd.rows],
        customer_ids=[cmd.customer_id] if cmd.customer_id else [],
        customer_codes={row.customer_code for row in cmd.rows},
        customer_names={row.customer_name for row in cmd.rows},
    )
    lines = [line for row in cmd.rows for line in row.lines]
    codes = {line.code for line in lines if line.code}
    by_code, by_name = await variants_called(codes, {line.name for line in lines if not line.code})
    old: dict[str, list[db.Row]] = {}
    for line in await lines_of([order["id"] for order in known.orders.values()]):
        old.setdefault(line["order_id"], []).append(line)
    return _Import(ctx, cmd, known, by_code, by_name, old)


def _key(cmd: ImportOrders, row: PastOrder) -> str:
    """What an order is known by: its number, with the name of the system it is from."""
    return f"{cmd.source}/{row.number}" if cmd.source else row.number


def _take(work: _Import, row: PastOrder) -> str:
    """Take one order; created, changed or unchanged. Raises Refusal."""
    key = _key(work.cmd, row)
    lines = [
        line_of(line, _variant_of(work, line), position, row.state) for position, line in enumerate(row.lines)
    ]
    said = said_of(row, lines)
    known = work.known.orders.get(key)
    if known is None:
        if key in work.known.numbers or row.order_id in work.known.ids:
            raise Conflict("orders.number_taken", value=key)
        order = {**_new(work, row, key), **said}
        # A number that stands in the sheet twice is the second time one that is there.
        work.known.orders[key] = work.orders[key] = order
        work.known.ids.add(row.order_id)
        work.old_lines[order["id"]] = lines
        work.lines.append((order, lines))
        work.moves.append(move_of(work.ctx, order, SOURCE, "", order["state"]))
        return "created"
    is_other = says_other(known, said)
    if not is_other and same_lines(work.old_lines.get(known["id"], []), lines):
        return "unchanged"
    if key in work.orders:
        raise Conflict("orders.row_twice", value=key)
    if known["id"] in work.known.moved:
        raise Conflict("orders.changed_since", value=key)
    work.updates.append((known, {**said, "changed_at": work.ctx.now}))
    work.lines.append((known, lines))
    work.moves.append(move_of(work.ctx, known, SOURCE, known["state"], row.state))
    work.old_lines[known["id"]] = lines
    return "changed"


def _variant_of(work: _Import, line: PastLine) -> VariantForOrder | None:
    return work.by_code.get(line.code) if line.code else work.by_name.get(line.name)


def _new(work: _Import, row: PastOrder, key: str) -> db.Row:
    customer = work.known.customer_of(row.customer_code, row.customer_name, work.cmd.customer_id)
    if customer is None:
        raise NotFound("customers.unknown", value=row.customer_code or row.customer_name or row.number)
    owner_id = _named(work, row, row.owner_name, work.known.people, name_key(row.owner_name), "owner_unknown")
    territory_id = _named(
        work, row, row.territory_name, work.known.territories, row.territory_name, "territory_unknown"
    )
    day = day_on(row.placed_at)
    return {
        "id": row.order_id,
        "number": key,
        "external_key": key,
        "customer_id": customer["id"],
        "agent_id": customer["agent_id"],
        "person_id": owner_id or work.ctx.person.id,
        "owner_id": owner_id or customer["owner_id"],
        "territory_id": territory_id or customer["territory_id"],
        "month": month_of_day(day),
        "day_on": day,
        "placed_at": row.placed_at,
        "changed_at": work.ctx.now,
        "visit_id": None,
        "warehouse_id": None,
        "currency": "CNY",
        "delivery_method": "",
        "wanted_on": None,
        "install_at": None,
        "price_changes": "[]",
        "hold_codes": "[]",
        "short_count": 0,
        "returned_cost_amount": 0,
        "version": 1,
    }


def _named(
    work: _Import, row: PastOrder, text: str, known: dict[str, str | None], key: str, code: str
) -> str | None:
    """Who or what a text names; a name nobody or more than one has is noticed."""
    found = known.get(key) if text else None
    if text and found is None:
        work.noticed.append(RowNote(row=row.row, sheet=row.sheet, code=f"customers.{code}", value=text))
    return found


async def _write(work: _Import) -> None:
    await insert_orders(work.orders.values())
    for order, changed in work.updates:
        await update_order(order, changed)
    await delete_lines(*(order for order, _ in work.updates))
    await insert_all_lines(work.lines)
    await insert_moves(work.moves)
    await announce(
        work.ctx,
        PastOrdersWritten(
            order_ids=[
                order["id"] for order in (*work.orders.values(), *(order for order, _ in work.updates))
            ]
        ),
    )
