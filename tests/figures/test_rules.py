"""Periods, ranges and ranks: every day of a range is counted once, and equal values share a rank."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundsman.figures.rules import Fact, before, counts_of, cut, periods_of, ranked

DAYS = st.dates(date(2023, 11, 1), date(2026, 3, 1))


def days_in(from_on: str, until_on: str) -> list[str]:
    first, last = date.fromisoformat(from_on), date.fromisoformat(until_on)
    return [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]


@given(DAYS, DAYS, st.sampled_from(["DMQY", "M"]))
def test_every_day_of_a_range_is_in_exactly_one_part(one: date, other: date, kinds: str) -> None:
    from_on, until_on = sorted((one.isoformat(), other.isoformat()))
    periods, left = cut(from_on, until_on, kinds)
    loose = [day for span in left for day in days_in(*span)]
    for day in days_in(from_on, until_on):
        parts = [period for period in periods_of(day, kinds) if period in periods]
        assert len(parts) + loose.count(day) == 1, day
    assert len(loose) <= 60
    if kinds == "DMQY":
        assert not left


def test_a_year_is_one_period_and_a_month_another() -> None:
    assert cut("2025-01-01", "2025-12-31", "DMQY") == (["Y2025"], [])
    assert cut("2025-04-01", "2025-07-31", "MQY") == (["Q2025-2", "M2025-07"], [])
    assert cut("2025-01-31", "2025-02-28", "MQY") == (["M2025-02"], [("2025-01-31", "2025-01-31")])


@pytest.mark.parametrize(
    ("span", "earlier"),
    [
        (("2026-12-01", "2026-12-31"), ("2026-11-01", "2026-11-30")),
        (("2026-01-01", "2026-03-31"), ("2025-10-01", "2025-12-31")),
        (("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")),
        (("2026-03-01", "2026-03-07"), ("2026-02-22", "2026-02-28")),
        (("2026-03-01", "2026-03-01"), ("2026-02-28", "2026-02-28")),
    ],
)
def test_what_a_range_is_compared_with(span: tuple[str, str], earlier: tuple[str, str]) -> None:
    assert before(*span) == earlier


def test_equal_values_share_a_rank() -> None:
    assert ranked({"a": 5, "b": 7, "c": 5, "d": -1}.items()) == [
        (1, "b", 7),
        (2, "a", 5),
        (2, "c", 5),
        (4, "d", -1),
    ]


def test_a_sale_counts_on_a_day_of_its_own_in_each_basis() -> None:
    sale = Fact("o", "o", "p", "order", "x", "t", "c", "2026-01-30", "2026-02-01", None, 500, 2000, 300)
    assert dict(counts_of(sale)) == {
        "2026-01-30": (500, 2000, 300, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        "2026-02-01": (0, 0, 0, 500, 2000, 300, 0, 0, 0, 0, 0, 0),
    }
    day = "2026-01-30"
    visit = Fact("v", "v", "", "visit", "x", "t", "c", day, day, day, 0, 0, 0)
    assert list(counts_of(visit)) == [(day, (0,) * 10 + (1, 0))]
    won = Fact("c", "c", "", "customer", "x", "t", "c", day, day, day, 0, 0, 0)
    assert list(counts_of(won)) == [(day, (0,) * 11 + (1,))]
