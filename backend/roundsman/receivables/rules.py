"""Pure rules of what is owed: which money pays what, and what stands in the way of more.

Mirrored by pwa/src/receivables/rules.ts; both run the vectors in tests/vectors/receivables. No database, no clock, no
ids here. Amounts are fen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Policy(StrEnum):
    """What becomes of an order of somebody who is over his credit or overdue."""

    NONE = "none"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Paid:
    """So much of some money (a collection, a credit) pays an item."""

    money_id: str
    item_id: str
    amount: int


def settle(
    money: Sequence[tuple[str, int]],
    items: Sequence[tuple[str, int]],
    chosen: Mapping[str, int] | None = None,
) -> list[Paid]:
    """Pay what is owed with what is free, both as (id, amount > 0) oldest first.

    `chosen` says how much of the first money goes to which items; what an item no longer takes, and all the rest, goes
    to the oldest. Nothing stays free while something is owed.
    """
    owed = dict(items)
    free = dict(money)
    paid: dict[tuple[str, str], int] = {}

    def pay(money_id: str, item_id: str, most: int) -> None:
        amount = min(most, free[money_id], owed[item_id])
        if amount > 0:
            free[money_id] -= amount
            owed[item_id] -= amount
            paid[money_id, item_id] = paid.get((money_id, item_id), 0) + amount

    for chosen_id, amount in (chosen or {}).items():
        if chosen_id in owed and money:
            pay(money[0][0], chosen_id, amount)
    # Both lists are walked once: what is used up on either side is never looked at again.
    left = iter(owed)
    item_id = next(left, None)
    for money_id in free:
        while item_id is not None and free[money_id] > 0:
            pay(money_id, item_id, free[money_id])
            if owed[item_id] == 0:
                item_id = next(left, None)
    return [Paid(money_id, item_id, amount) for (money_id, item_id), amount in paid.items()]


def credit_left(credit_limit: int | None, debt: int, committed: int) -> int | None:
    """How much more may be ordered; below zero when too much was already, None where there is no limit."""
    return None if credit_limit is None else credit_limit - debt - committed


def is_overdue(due_on: str, open_amount: int, day: str) -> bool:
    """Whether something is still owed after its due day ('YYYY-MM-DD')."""
    return open_amount > 0 and due_on < day
