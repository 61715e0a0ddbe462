"""Pure rules of an order's life: its states, the one table of moves, what it comes to and what it earns.

Mirrored by pwa/src/orders/rules.ts, but for what only the server decides (numbers, what holds an order); both run the
vectors in tests/vectors/orders. No database, no clock, no ids here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from roundsman.core.quantities import amount_of


class State(StrEnum):
    """Where an order is in its life."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    AWAITING_PURCHASE = "awaiting_purchase"
    ALLOCATED = "allocated"
    PACKED = "packed"
    SHIPPED = "shipped"
    SIGNED = "signed"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Move:
    """From where a verb leads where, and the permission it takes. Without a state to go to, the order stays where it is
    or is gone.
    """

    from_states: tuple[State, ...]
    to_states: tuple[State, ...]
    permission: str


MOVES: Final[Mapping[str, Move]] = {
    "save_draft": Move((State.DRAFT,), (State.DRAFT,), "orders.place"),
    "discard_draft": Move((State.DRAFT,), (), "orders.place"),
    "submit": Move((State.DRAFT,), (State.SUBMITTED,), "orders.place"),
    # What is not in stock waits to be bought; once it came, the order is allocated like any other.
    "review": Move((State.SUBMITTED,), (State.REVIEWED, State.AWAITING_PURCHASE), "orders.review"),
    "allocate": Move((State.REVIEWED, State.AWAITING_PURCHASE), (State.ALLOCATED,), "orders.review"),
    "pack": Move((State.ALLOCATED,), (State.PACKED,), "orders.ship"),
    "ship": Move((State.ALLOCATED, State.PACKED), (State.SHIPPED,), "orders.ship"),
    "sign": Move((State.SHIPPED,), (State.SIGNED,), "orders.ship"),
    "close": Move((State.SIGNED,), (State.CLOSED,), "orders.review"),
    # What has left comes back only through a return.
    "cancel": Move(
        (State.SUBMITTED, State.REVIEWED, State.AWAITING_PURCHASE, State.ALLOCATED, State.PACKED),
        (State.CANCELLED,),
        "orders.cancel",
    ),
    # It stays where it is unless there is now too little of something, or no longer.
    "amend": Move(
        (State.SUBMITTED, State.REVIEWED, State.AWAITING_PURCHASE, State.ALLOCATED),
        (State.SUBMITTED, State.REVIEWED, State.AWAITING_PURCHASE, State.ALLOCATED),
        "orders.review",
    ),
    "ask_return": Move((State.SHIPPED, State.SIGNED, State.CLOSED), (), "orders.ask_return"),
    # Returned only when everything came back; of a part the order stays where it is.
    "receive_return": Move(
        (State.SHIPPED, State.SIGNED, State.CLOSED), (State.RETURNED,), "orders.decide_return"
    ),
    "refuse_return": Move((State.SHIPPED, State.SIGNED, State.CLOSED), (), "orders.decide_return"),
}


def may_move(state: str, verb: str) -> State | None:
    """The state an order is in after a verb, the usual one where there are several; None when the verb does not begin
    at `state`.
    """
    move = MOVES.get(verb)
    if move is None or state not in move.from_states:
        return None
    return State(state) if state in move.to_states or not move.to_states else move.to_states[0]


def moves_from(state: str) -> list[str]:
    """The verbs that begin at a state, in the order of the table."""
    return [verb for verb, move in MOVES.items() if state in move.from_states]


def is_editable(state: str) -> bool:
    """Whether what an order says can still be changed."""
    return may_move(state, "save_draft") is not None or may_move(state, "amend") is not None


@dataclass(frozen=True, slots=True)
class Totals:
    """Fen: what the expenses come to, what is charged in all, and what of it stays after returns."""

    expense_amount: int
    total_amount: int
    net_amount: int


def totals(goods_amount: int, expenses: Iterable[int], returned_amount: int = 0) -> Totals:
    """What an order comes to, in fen: its goods and its expenses, less what was credited for goods that came back."""
    expense_amount = sum(expenses)
    total_amount = goods_amount + expense_amount
    return Totals(expense_amount, total_amount, total_amount - returned_amount)


def profit(goods_amount: int, cost_amount: int, returned_amount: int = 0, returned_cost: int = 0) -> int:
    """What an order earns, in fen: its goods less what they cost us, without what came back. Expenses are charged as
    they were spent and earn nothing.
    """
    return goods_amount - cost_amount - (returned_amount - returned_cost)


def returned_amount(price_e4: int, before_e3: int, quantity_e3: int) -> int:
    """What so much more of a line coming back is worth, in fen, after `before_e3` came back already: all the parts add
    up to what the whole line had cost.
    """
    return amount_of(price_e4, before_e3 + quantity_e3) - amount_of(price_e4, before_e3)


@dataclass(frozen=True, slots=True)
class Policy:
    """What becomes of prices that differ from what was seen: beyond `tolerance_permille` of the amount they are applied
    ("apply") or hold the order ("hold"); prices older than `list_age_days` hold it in any case.
    """

    tolerance_permille: int = 0
    on_difference: str = "apply"
    list_age_days: int = 7


def holds_of_prices(policy: Policy, difference: int, seen_amount: int, age_days: int) -> list[str]:
    """What holds an order whose prices, so many days old, differ by so many fen from what was seen: codes."""
    holds = []
    is_beyond = difference * 1000 > policy.tolerance_permille * max(seen_amount, 0)
    if is_beyond and policy.on_difference == "hold":
        holds.append("orders.price_changed")
    if age_days > policy.list_age_days:
        holds.append("orders.list_old")
    return holds


def number_of(day: str, count: int) -> str:
    """An order's number: 'S', the day as YYMMDD, and at least four digits of the day's count."""
    return f"S{day[2:4]}{day[5:7]}{day[8:10]}{count:04d}"
