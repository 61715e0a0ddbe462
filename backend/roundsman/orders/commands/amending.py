"""Changing an order that was accepted: the one way to do so, with what it said before kept in its history."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, command
from roundsman.core.errors import Invalid
from roundsman.core.events import announce
from roundsman.core.ids import Id, new_id
from roundsman.core.quantities import LARGEST_QUANTITY, amount_of
from roundsman.core.texts import Remark
from roundsman.core.times import day_on
from roundsman.orders.commands.content import amounts_of, buyer_of
from roundsman.orders.commands.keeping import SOURCE, ShortLine, give_up, keep
from roundsman.orders.commands.moving import begin_move, end_move
from roundsman.orders.commands.pricing import PricedLines, price_lines
from roundsman.orders.commands.rows import as_json, delete_lines, insert_lines
from roundsman.orders.commands.shapes import LINES_MAX, MoveOrder, OrderedLine, Recipient
from roundsman.orders.events import OrderAmended, told_of
from roundsman.orders.queries import get_customer_of, lines_of
from roundsman.orders.rules import MOVES, State
from roundsman.receivables.commands import charge, check_credit, commit, credit, uncommit

_TOLD: Final = ("quantity_e3", "price_e4", "amount")
"""What the history says of a line, before and after."""


class AmendedLine(msgspec.Struct, kw_only=True, frozen=True):
    """A line's new quantity in its unit; 0 takes it off the order."""

    line_id: Id
    quantity_e3: Annotated[
        int, msgspec.Meta(ge=0, le=LARGEST_QUANTITY, description="thousandths of the unit")
    ]


class AmendOrder(MoveOrder, kw_only=True, frozen=True):
    """What changes of an order; what is not named, or None, stays."""

    lines: Annotated[list[AmendedLine], msgspec.Meta(max_length=LINES_MAX)] = []
    note: Remark | None = None
    recipient: Recipient | None = None


class Amended(Answer, kw_only=True, frozen=True):
    """What the order comes to now, in fen, the state it is in, and the lines there is not enough for."""

    state: str
    goods_amount: int
    total_amount: int
    short: list[ShortLine]


@command("orders.amend", permission=MOVES["amend"].permission)
async def amend_order(ctx: Ctx, cmd: AmendOrder) -> Amended:
    """Change quantities, note or recipient of an order. A line of another quantity is priced again by the rules of the
    order's day, the others keep what was agreed; what is reserved and owed follows.
    """
    order = await begin_move(ctx, cmd, "amend")
    before = await lines_of([order["id"]])
    after = await _amended(order, before, cmd.lines) if cmd.lines else before
    short: list[ShortLine] = []
    state, move_id, old_total = order["state"], new_id(), order["total_amount"]
    told = {"lines": _differences(before, after), **_texts(order, cmd)}
    changed: dict[str, Any] = _new_texts(cmd)
    if cmd.lines:
        goods = sum(row["amount"] for row in after)
        cost = sum(amount_of(row["cost_e4"], row["quantity_e3"]) for row in after)
        changed |= amounts_of(order, PricedLines(after, goods, cost))
        told |= {"total_before": old_total, "total_after": changed["total_amount"]}
        await _rewrite(ctx, order, before, after)
        if state != State.SUBMITTED:
            short = await keep(ctx, order, after)
            state = _state_with(state, short)
            changed |= {"short_count": len(short), "warehouse_id": order["warehouse_id"]}
        await _owe(ctx, order, changed["total_amount"] - old_total, move_id)
    goods_before = order["goods_amount"]
    await end_move(
        ctx, order, "amend", state, reason=cmd.reason, detail=told, changed=changed, move_id=move_id
    )
    await announce(ctx, told_of(OrderAmended, order, goods_before=goods_before, total_before=old_total))
    return Amended(
        state=state, goods_amount=order["goods_amount"], total_amount=order["total_amount"], short=short
    )


async def _amended(order: db.Row, before: Sequence[db.Row], wanted: Sequence[AmendedLine]) -> list[db.Row]:
    """The order's lines as they are to be, numbered anew, each with what is reserved for it so far."""
    own = {row["id"]: row for row in before if not row["is_gift"]}
    for place, line in enumerate(wanted):
        if line.line_id not in own:
            raise Invalid("orders.line_unknown", field=f"lines[{place}].line_id", line_id=line.line_id)
    quantities = {line.line_id: line.quantity_e3 for line in wanted}
    differing = {id: q for id, q in quantities.items() if q != own[id]["quantity_e3"]}
    priced = await _priced_again(order, [row for row in own.values() if differing.get(row["id"])], differing)
    after: list[db.Row] = []
    for row in before:
        head = row["gift_of"] if row["is_gift"] else row["id"]
        if head not in differing:
            after.append(row)
        elif not row["is_gift"]:
            after += priced.get(row["id"], ())
    if not after:
        raise Invalid("orders.no_lines", field="lines")
    for position, row in enumerate(after):
        row["position"] = position
    return after


async def _priced_again(
    order: db.Row, lines: Sequence[db.Row], quantities: Mapping[str, int]
) -> dict[str, list[db.Row]]:
    """By line id: the line with its new quantity, and the gifts that come with it now."""
    if not lines:
        return {}
    wanted = [
        OrderedLine(
            line_id=row["id"],
            variant_id=row["variant_id"],
            unit=row["unit"],
            quantity_e3=quantities[row["id"]],
        )
        for row in lines
    ]
    customer = await get_customer_of(order)
    # What may be ordered is not asked again: whoever amends makes do with what there is.
    priced = await price_lines(wanted, buyer_of(customer), order["day_on"], is_checked=False)
    old = {row["id"]: row for row in lines}
    found: dict[str, list[db.Row]] = {}
    for row in priced.rows:
        known = old.get(row["id"])
        if known is not None:
            row["reserved_e3"] = known["reserved_e3"]
            if row["factor"] == known["factor"]:
                row.update({name: known[name] for name in ("name", "code", "cost_e4")})
        found.setdefault(row["gift_of"] or row["id"], []).append(row)
    return found


async def _rewrite(ctx: Ctx, order: db.Row, before: Sequence[db.Row], after: Sequence[db.Row]) -> None:
    """Put the new lines in place of the old ones, after giving up what was reserved for any that goes."""
    staying = {row["id"] for row in after if row["reserved_e3"]}
    await give_up(ctx, [row for row in before if row["id"] not in staying])
    await delete_lines(order)
    await insert_lines(order, after)


def _state_with(state: str, short: Sequence[ShortLine]) -> str:
    """Where an order stands once it was changed: one that lacks something waits for it."""
    if short:
        return State.AWAITING_PURCHASE
    return State.REVIEWED if state == State.AWAITING_PURCHASE else state


async def _owe(ctx: Ctx, order: db.Row, more: int, move_id: str) -> None:
    """So many fen more (below zero: less) are owed, or bound as long as the order is not reviewed."""
    customer_id, today = order["customer_id"], day_on(ctx.now)
    if more > 0:
        # Terms that refuse refuse this too; what they would only hold is decided by whoever amends.
        await check_credit(ctx, customer_id, more, today)
    if order["state"] == State.SUBMITTED:
        await (commit(ctx, customer_id, more) if more > 0 else uncommit(ctx, customer_id, -more))
    elif more > 0:
        await charge(ctx, customer_id, ("order_moves", move_id), more, today, number=order["number"])
    elif more < 0:
        await credit(
            ctx,
            customer_id,
            ("order_moves", move_id),
            -more,
            today,
            number=order["number"],
            against=(SOURCE, order["id"]),
        )


def _new_texts(cmd: AmendOrder) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    if cmd.note is not None:
        changed["note"] = cmd.note.strip()
    if cmd.recipient is not None:
        changed["recipient"] = as_json(cmd.recipient)
    return changed


def _texts(order: db.Row, cmd: AmendOrder) -> dict[str, Any]:
    """What the texts said before, for the history."""
    told: dict[str, Any] = {}
    if cmd.note is not None:
        told |= {"note_before": order["note"], "note_after": cmd.note.strip()}
    if cmd.recipient is not None:
        told |= {"recipient_before": json.loads(order["recipient"]), "recipient_after": cmd.recipient}
    return told


def _differences(before: Sequence[db.Row], after: Sequence[db.Row]) -> list[dict[str, Any]]:
    """Line by line what changed, for the history; a line that goes ends at 0."""
    old, new = ({row["id"]: row for row in rows} for rows in (before, after))
    found = []
    for id, row in {**old, **new}.items():
        was, now = ({name: rows[id][name] if id in rows else 0 for name in _TOLD} for rows in (old, new))
        if was != now:
            told: dict[str, Any] = {"line_id": id, "name": row["name"], "unit": row["unit"]}
            for name in _TOLD:
                word, _, suffix = name.partition("_")
                tail = f"_{suffix}" if suffix else ""
                told |= {f"{word}_before{tail}": was[name], f"{word}_after{tail}": now[name]}
            found.append(told)
    return found
