"""What a fact counts for, the periods sums are kept by, and how a ranking is numbered; pure.

Amounts are 1/10000 yuan (`_e4`), quantities thousandths of a base unit (`_e3`), days ISO days of the company.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from roundsman.core.times import add_days, days_between

Basis = Literal["ordered", "reviewed", "signed"]
Metric = Literal["sales", "quantity", "collection", "profit", "visits", "new_customers"]
By = Literal["rep", "territory", "customer", "product"]
Peers = Literal["hidden", "rank", "amount"]
"""What reps see of each other: nothing, the order they stand in, or what it comes to."""

BASES: Final[tuple[Basis, ...]] = ("ordered", "reviewed", "signed")
"""When a sale counts: when it was ordered, accepted, or signed for."""

MEASURES: Final = (
    *(f"{basis}_{what}" for basis in BASES for what in ("amount_e4", "quantity_e3", "cost_e4")),
    *("collected_e4", "visits", "new_customers"),
)
"""Columns of a sum."""

_OF_SALES: Final = 3 * len(BASES)
"""So many of them are of sales, and come first."""

PERIODS_OF: Final = {"person": "DMQY", "customer": "M", "product": "M"}
"""The periods each subject is summed by. Single days of customers and products are looked up among the facts, years are
twelve months."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a document comes to, of one product where it is of goods. A day is None where it does not count in a basis;
    what is no sale counts on one day in all three.
    """

    root_id: str
    document_id: str
    product_id: str
    kind: Literal["order", "return", "collection", "visit", "customer"]
    person_id: str
    territory_id: str
    customer_id: str
    ordered_on: str | None
    reviewed_on: str | None
    signed_on: str | None
    amount_e4: int
    quantity_e3: int
    cost_e4: int

    def day(self, basis: Basis) -> str | None:
        """The day it counts on."""
        return {"ordered": self.ordered_on, "reviewed": self.reviewed_on, "signed": self.signed_on}[basis]


def counts_of(fact: Fact) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The days a fact counts on, each with what it adds to the measures of that day."""
    if fact.kind not in ("order", "return"):
        if fact.ordered_on is not None:
            collected_e4 = fact.amount_e4 if fact.kind == "collection" else 0
            others = (collected_e4, int(fact.kind == "visit"), int(fact.kind == "customer"))
            yield fact.ordered_on, (*([0] * _OF_SALES), *others)
        return
    for at, basis in enumerate(BASES):
        day = fact.day(basis)
        if day is not None:
            before, after = [0] * (3 * at), [0] * (len(MEASURES) - 3 * at - 3)
            yield day, (*before, fact.amount_e4, fact.quantity_e3, fact.cost_e4, *after)


@lru_cache(maxsize=4096)
def periods_of(day: str, kinds: str) -> list[str]:
    """The periods a day lies in, of these kinds: 'D2026-12-01', 'M2026-12', 'Q2026-4', 'Y2026'."""
    year, month = day[:4], day[:7]
    all_of_them = {"D": f"D{day}", "M": f"M{month}", "Q": f"Q{year}-{quarter_of(day)}", "Y": f"Y{year}"}
    return [all_of_them[kind] for kind in kinds]


def quarter_of(day: str) -> int:
    """1 to 4."""
    return (int(day[5:7]) + 2) // 3


def cut(from_on: str, until_on: str, kinds: str) -> tuple[list[str], list[tuple[str, str]]]:
    """A range, both days inclusive, as the fewest whole periods of these kinds, and the days left over as ranges."""
    periods: list[str] = []
    left: list[tuple[str, str]] = []
    day = from_on
    while day <= until_on:
        for kind in "YQMD":
            last = _last_of(day, kind)
            if kind in kinds and last is not None and last <= until_on:
                periods += periods_of(day, kind)
                break
        else:
            # To the end of the month at most: whole periods begin after it.
            last = min(until_on, _end_of_month(day))
            left.append((day, last))
        assert last is not None
        day = add_days(last, 1)
    return periods, left


def _last_of(day: str, kind: str) -> str | None:
    """The last day of the period that begins on this day; None where none does."""
    year = int(day[:4])
    if kind == "D":
        return day
    if day[8:] != "01":
        return None
    if kind == "M":
        return _end_of_month(day)
    if kind == "Q" and day[5:7] in ("01", "04", "07", "10"):
        return _end_of_month(f"{year}-{3 * quarter_of(day):02}-01")
    return f"{year}-12-31" if kind == "Y" and day[5:7] == "01" else None


def _end_of_month(day: str) -> str:
    year, month = int(day[:4]), int(day[5:7])
    return add_days(f"{year + month // 12}-{month % 12 + 1:02}-01", -1)


def before(from_on: str, until_on: str) -> tuple[str, str]:
    """The range before this one to compare it with: whole months before whole months, else as many days."""
    if from_on[8:] == "01" and until_on == _end_of_month(until_on):
        months = (int(until_on[:4]) - int(from_on[:4])) * 12 + int(until_on[5:7]) - int(from_on[5:7]) + 1
        count = int(from_on[:4]) * 12 + int(from_on[5:7]) - 1 - months
        return f"{count // 12:04}-{count % 12 + 1:02}-01", add_days(from_on, -1)
    length = days_between(from_on, until_on) + 1
    return add_days(from_on, -length), add_days(from_on, -1)


def ranked(values: Iterable[tuple[str, int]]) -> list[tuple[int, str, int]]:
    """(rank, key, value), the highest first; equal values share a rank and the next one skips: 1, 2, 2, 4."""
    ordered = sorted(values, key=lambda one: (-one[1], one[0]))
    found: list[tuple[int, str, int]] = []
    for place, (key, value) in enumerate(ordered, start=1):
        rank = found[-1][0] if found and found[-1][2] == value else place
        found.append((rank, key, value))
    return found
