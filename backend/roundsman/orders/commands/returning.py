"""Goods that come back: asked for against lines of an order that left, then received into stock and credited, or
refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.events import announce
from roundsman.core.ids import Id
from roundsman.core.quantities import LARGEST_QUANTITY
from roundsman.core.times import day_on
from roundsman.inventory.commands import take_back
from roundsman.inventory.queries import default_warehouse
from roundsman.orders.commands.keeping import SOURCE
from roundsman.orders.commands.moving import require_state
from roundsman.orders.commands.rows import SCOPE, insert_moves, move_of, scope_of, update_order
from roundsman.orders.commands.shapes import LINES_MAX, Reason
from roundsman.orders.events import OrderReturned, told_of
from roundsman.orders.queries import get_order, lines_of, return_lines_of
from roundsman.orders.rules import MOVES, State, returned_amount
from roundsman.receivables.commands import credit


class ReturnedLine(msgspec.Struct, kw_only=True, frozen=True):
    """How much of an order's line comes back, in the line's unit."""

    return_line_id: Id
    line_id: Id
    quantity_e3: Annotated[
        int, msgspec.Meta(ge=1, le=LARGEST_QUANTITY, description="thousandths of the unit")
    ]


class AskReturn(Payload, kw_only=True, frozen=True):
    """What of an order shall come back, and why."""

    return_id: Id
    order_id: Id
    lines: Annotated[list[ReturnedLine], msgspec.Meta(min_length=1, max_length=LINES_MAX)]
    reason: Reason


class ReturnAsked(Answer, kw_only=True, frozen=True):
    """What would be credited, in fen."""

    amount: int


@command("orders.ask_return", permission=MOVES["ask_return"].permission)
async def ask_return(ctx: Ctx, cmd: AskReturn) -> ReturnAsked:
    """Ask for goods to come back; no more of a line than left and is not coming back already."""
    if not cmd.reason.strip():
        raise Invalid("orders.reason_missing", field="reason")
    order = await get_order(ctx, cmd.order_id, is_locked=True)
    require_state(order, "ask_return")
    await _require_new(cmd)
    own = {row["id"]: row for row in await lines_of([order["id"]])}
    coming = await _coming_back(order["id"])
    amounts = []
    for place, line in enumerate(cmd.lines):
        row = own.get(line.line_id)
        if row is None:
            raise Invalid("orders.line_unknown", field=f"lines[{place}].line_id", line_id=line.line_id)
        base_e3 = line.quantity_e3 * row["factor"]
        open_e3 = row["shipped_e3"] - row["returned_e3"] - coming.get(row["id"], 0)
        if base_e3 > open_e3:
            raise Invalid(
                "orders.more_than_left",
                field=f"lines[{place}].quantity_e3",
                line_id=line.line_id,
                left_e3=max(0, open_e3) // row["factor"],
            )
        before_e3 = (row["returned_e3"] + coming.get(row["id"], 0)) // row["factor"]
        amounts.append(returned_amount(row["price_e4"], before_e3, line.quantity_e3))
        coming[row["id"]] = coming.get(row["id"], 0) + base_e3
    await _insert(ctx, order, cmd, amounts)
    return ReturnAsked(amount=sum(amounts))


async def _require_new(cmd: AskReturn) -> None:
    ids = [line.return_line_id for line in cmd.lines]
    if len(set(ids)) < len(ids):
        raise Invalid("orders.line_twice", field="lines")
    known = await db.fetch_value(
        f"""
        SELECT id FROM order_returns WHERE id = $1
        UNION ALL SELECT id FROM order_return_lines WHERE id {db.any_of("$2")} LIMIT 1
        """,
        cmd.return_id,
        ids,
    )
    if known is not None:
        raise Conflict("orders.return_already_there", return_id=cmd.return_id)


async def _coming_back(order_id: str) -> dict[str, int]:
    """What is asked to come back and not decided yet: thousandths of base units by line id."""
    rows = await db.fetch(
        """
        SELECT order_line_id, sum(order_return_lines.quantity_e3 * factor) AS base_e3
        FROM order_return_lines JOIN order_returns ON order_returns.id = return_id
            JOIN order_lines ON order_lines.id = order_line_id
        WHERE order_returns.order_id = $1 AND state = 'asked' GROUP BY order_line_id
        """,
        order_id,
    )
    return {row["order_line_id"]: row["base_e3"] for row in rows}


async def _insert(ctx: Ctx, order: db.Row, cmd: AskReturn, amounts: Sequence[int]) -> None:
    scope = tuple(scope_of(order).values())
    await db.execute(
        f"""
        INSERT INTO order_returns (id, order_id, state, reason, amount, asked_by, asked_at, decision_reason,
                                   {", ".join(SCOPE)})
        VALUES ($1, $2, 'asked', $3, $4, $5, $6, '', $7, $8, $9, $10, $11)
        """,
        *(
            cmd.return_id,
            order["id"],
            cmd.reason.strip(),
            sum(amounts),
            ctx.person.id,
            max(0, ctx.true_at),
            *scope,
        ),
    )
    await db.execute_many(
        f"""
        INSERT INTO order_return_lines (id, return_id, order_line_id, quantity_e3, amount, {", ".join(SCOPE)})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        [
            (line.return_line_id, cmd.return_id, line.line_id, line.quantity_e3, amount, *scope)
            for line, amount in zip(cmd.lines, amounts, strict=True)
        ],
    )
    told = move_of(ctx, order, "ask_return", order["state"], order["state"], reason=cmd.reason)
    await insert_moves([told])


class DecideReturn(Payload, kw_only=True, frozen=True):
    """About which return something is decided, and why."""

    return_id: Id
    reason: Reason = ""


class ReceiveReturn(DecideReturn, kw_only=True, frozen=True):
    """Which return arrived."""


class ReturnReceived(Answer, kw_only=True, frozen=True):
    """What was credited, in fen, and the state the order is in now."""

    amount: int
    state: str


@command("orders.receive_return", permission=MOVES["receive_return"].permission)
async def receive_return(ctx: Ctx, cmd: ReceiveReturn) -> ReturnReceived:
    """Take goods back into stock and credit the customer with what they had cost him."""
    order, asked = await _begin(ctx, cmd, "receive_return")
    own = {row["id"]: row for row in await lines_of([order["id"]])}
    coming = await return_lines_of([asked["id"]])
    cost = 0
    for line in coming:
        row = own[line["order_line_id"]]
        before_e3 = row["returned_e3"] // row["factor"]
        line["amount"] = returned_amount(row["price_e4"], before_e3, line["quantity_e3"])
        cost += returned_amount(row["cost_e4"], before_e3, line["quantity_e3"])
        row["returned_e3"] += line["quantity_e3"] * row["factor"]
    amount = sum(line["amount"] for line in coming)
    await _take_in(ctx, order, asked, own, coming)
    source, number = ("order_returns", asked["id"]), order["number"]
    today, against = day_on(ctx.now), (SOURCE, order["id"])
    await credit(ctx, order["customer_id"], source, amount, today, number=number, against=against)
    await _decide(ctx, asked["id"], "received", cmd.reason, amount)
    is_whole = all(row["returned_e3"] >= row["shipped_e3"] for row in own.values())
    before, state = order["state"], State.RETURNED if is_whole else order["state"]
    changed = {
        "returned_amount": order["returned_amount"] + amount,
        "returned_cost_amount": order["returned_cost_amount"] + cost,
        "state": state,
        "changed_at": ctx.now,
    }
    await update_order(order, changed)
    detail = {"return_id": asked["id"], "amount": amount}
    await insert_moves(
        [move_of(ctx, order, "receive_return", before, state, reason=cmd.reason, detail=detail)]
    )
    await announce(
        ctx, told_of(OrderReturned, order, return_id=asked["id"], amount=amount, is_whole=is_whole)
    )
    return ReturnReceived(amount=amount, state=state)


class RefuseReturn(DecideReturn, kw_only=True, frozen=True):
    """Which return is not taken, and why."""


@command("orders.refuse_return", permission=MOVES["refuse_return"].permission)
async def refuse_return(ctx: Ctx, cmd: RefuseReturn) -> None:
    """Say that goods are not taken back."""
    if not cmd.reason.strip():
        raise Invalid("orders.reason_missing", field="reason")
    order, asked = await _begin(ctx, cmd, "refuse_return")
    await _decide(ctx, asked["id"], "refused", cmd.reason, asked["amount"])
    detail = {"return_id": asked["id"]}
    told = move_of(
        ctx, order, "refuse_return", order["state"], order["state"], reason=cmd.reason, detail=detail
    )
    await insert_moves([told])


async def _begin(ctx: Ctx, cmd: DecideReturn, verb: str) -> tuple[db.Row, db.Row]:
    """The order, locked, and its return. Raises NotFound("orders.return_unknown"), Conflict("orders.return_decided")
    with what became of it, Conflict("orders.wrong_state").
    """
    order_id = await db.fetch_value("SELECT order_id FROM order_returns WHERE id = $1", cmd.return_id)
    try:
        order = await get_order(ctx, order_id or "", is_locked=True)
    except NotFound as refusal:
        # Not even whose it is may be learnt from here.
        raise NotFound("orders.return_unknown", return_id=cmd.return_id) from refusal
    asked = await db.fetch_one("SELECT * FROM order_returns WHERE id = $1", cmd.return_id)
    assert asked is not None
    if asked["state"] != "asked":
        raise Conflict("orders.return_decided", return_id=cmd.return_id, state=asked["state"])
    require_state(order, verb)
    return order, asked


async def _take_in(
    ctx: Ctx, order: db.Row, asked: db.Row, own: Mapping[str, db.Row], coming: Sequence[db.Row]
) -> None:
    """Book what comes back into the warehouse it left, and write the lines up to it."""
    warehouse_id = order["warehouse_id"] or await default_warehouse()
    back: dict[str, int] = {}
    for line in coming:
        row = own[line["order_line_id"]]
        back[row["variant_id"]] = back.get(row["variant_id"], 0) + line["quantity_e3"] * row["factor"]
    source = ("order_returns", asked["id"])
    await take_back(ctx, warehouse_id, list(back.items()), source, asked["reason"])
    touched = [own[line["order_line_id"]] for line in coming]
    await db.execute_many(
        "UPDATE order_lines SET returned_e3 = $2 WHERE id = $1",
        [(row["id"], row["returned_e3"]) for row in touched],
    )
    await db.execute_many(
        "UPDATE order_return_lines SET amount = $2 WHERE id = $1",
        [(line["id"], line["amount"]) for line in coming],
    )


async def _decide(ctx: Ctx, return_id: str, state: str, reason: str, amount: int) -> None:
    await db.execute(
        """
        UPDATE order_returns
        SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5, amount = $6 WHERE id = $1
        """,
        *(return_id, state, ctx.person.id, ctx.now, reason.strip(), amount),
    )
