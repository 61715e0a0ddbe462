"""Pure rules of targets: how one is split, which of several count for a range, what is reached of it and what the pace
so far leads to. No database, no clock here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Scope = Literal["person", "territory"]

FULL_LIST: Final = 80
"""Days off from which on a year's list is taken to name its weekends too: then a Saturday it leaves out is worked, as
around Chinese holidays.
"""


def split(amount: int, weights: Sequence[int], step: int = 1) -> tuple[list[int], int]:
    """An amount in parts by their weights, each rounded down to whole steps, and what remains undivided: never more is
    given than there is. Without any weight all are alike.
    """
    whole = sum(weights)
    if whole <= 0:
        weights, whole = [1] * len(weights), len(weights)
    parts = [amount * weight // whole // step * step for weight in weights]
    return parts, amount - sum(parts)


@dataclass(frozen=True, slots=True)
class Span:
    """A target as a piece of time: `amount` to be reached between two days, both included."""

    id: str
    from_on: str
    until_on: str
    amount: int


def counting(targets: Iterable[Span], from_on: str, until_on: str) -> list[Span]:
    """Those that count for a range: they lie in it and never on each other, the longest first taken. So a quarter's own
    target counts and not its months', and three months' where the quarter has none.
    """
    taken: list[Span] = []
    inside = (one for one in targets if from_on <= one.from_on and one.until_on <= until_on)
    for one in sorted(inside, key=lambda span: (-_days(span), span.from_on, span.id)):
        if all(one.until_on < other.from_on or other.until_on < one.from_on for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda span: span.from_on)


def _days(span: Span) -> int:
    return (date.fromisoformat(span.until_on) - date.fromisoformat(span.from_on)).days


def completion_permille(actual: int, amount: int) -> int:
    """What was reached of a target, rounded down: 1000 means reached, and nothing less does."""
    return actual * 1000 // amount


def working_days(from_on: str, until_on: str, days_off: Collection[str]) -> int:
    """Days worked between two days, both included: Monday to Friday but for the days off; see FULL_LIST."""
    full = {
        year
        for year in {day[:4] for day in days_off}
        if sum(day[:4] == year for day in days_off) >= FULL_LIST
    }
    day, last, count = date.fromisoformat(from_on), date.fromisoformat(until_on), 0
    while day <= last:
        text = day.isoformat()
        is_weekend = day.isoweekday() > 5 and text[:4] not in full
        count += not is_weekend and text not in days_off
        day += timedelta(days=1)
    return count


def forecast(actual: int, from_on: str, until_on: str, today: str, days_off: Collection[str]) -> int | None:
    """What the pace so far comes to at the end, by days worked, today among them; None before the first one."""
    if until_on <= today:
        return actual
    done = working_days(from_on, today, days_off) if from_on <= today else 0
    return None if done == 0 else actual * working_days(from_on, until_on, days_off) // done


def months_of(from_on: str, until_on: str) -> list[tuple[str, str]]:
    """The months a period lies in, each cut to it: first and last day."""
    day, last = date.fromisoformat(from_on), date.fromisoformat(until_on)
    found = []
    while day <= last:
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        end = min(last, after - timedelta(days=1))
        found.append((day.isoformat(), end.isoformat()))
        day = after
    return found
