"""Pure rules of targets: splitting, what counts for a range, days worked and where the pace leads."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundsman.targets.rules import (
    Span,
    completion_permille,
    counting,
    forecast,
    months_of,
    split,
    working_days,
)
from tests.real_data import needs_shared, shared

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/targets/rules.json").read_text("utf-8"))
"""The screen runs them too."""


@given(
    st.integers(1, 10**12),
    st.lists(st.integers(0, 1000), min_size=1, max_size=40),
    st.integers(1, 1_000_000),
)
def test_parts_and_what_remains_come_to_the_whole(amount: int, weights: list[int], step: int) -> None:
    parts, remainder = split(amount, weights, step)
    assert sum(parts) + remainder == amount
    assert remainder >= 0
    assert all(part >= 0 and part % step == 0 for part in parts)
    assert remainder < step * len(weights)


@pytest.mark.parametrize("case", VECTORS["split"], ids=lambda case: case["name"])
def test_a_target_is_split_by_weights_and_in_whole_steps(case: dict[str, Any]) -> None:
    assert split(case["amount"], case["weights"], case["step"]) == (case["parts"], case["remainder"])


@pytest.mark.parametrize("case", VECTORS["months_of"], ids=lambda case: case["name"])
def test_a_period_has_its_months(case: dict[str, Any]) -> None:
    assert months_of(case["from_on"], case["until_on"]) == [tuple(month) for month in case["months"]]


def span(id: str, from_on: str, until_on: str) -> Span:
    return Span(id, from_on, until_on, 1)


def test_the_longest_that_lie_in_a_range_count_and_none_twice() -> None:
    quarter = span("q", "2026-01-01", "2026-03-31")
    months = [span(f"m{n}", f"2026-0{n}-01", f"2026-0{n}-{28 + 2 * (n != 2)}") for n in range(1, 7)]
    year = span("y", "2026-01-01", "2026-12-31")
    every = [*months, year, quarter]

    def found(from_on: str, until_on: str) -> str:
        return " ".join(one.id for one in counting(every, from_on, until_on))

    assert found("2026-01-01", "2026-12-31") == "y"
    assert found("2026-01-01", "2026-03-31") == "q"
    assert found("2026-01-01", "2026-06-30") == "q m4 m5 m6"
    assert found("2026-02-01", "2026-02-28") == "m2"
    assert found("2026-02-02", "2026-02-28") == ""


def test_reached_is_reached_and_nothing_less() -> None:
    assert [completion_permille(actual, 1000) for actual in (999, 1000, 0, -5)] == [999, 1000, 0, -5]
    assert completion_permille(99_999_999, 100_000_000) == 999


def test_the_pace_is_by_days_worked() -> None:
    # October 2026: the 1st is a Thursday, the 1st to 8th are off.
    off = {f"2026-10-0{n}" for n in range(1, 9)}
    assert working_days("2026-10-01", "2026-10-31", off) == 16
    assert working_days("2026-10-01", "2026-10-09", off) == 1
    assert forecast(100, "2026-10-01", "2026-10-31", "2026-10-09", off) == 1600
    assert forecast(100, "2026-10-01", "2026-10-31", "2026-10-08", off) is None
    assert forecast(100, "2026-10-01", "2026-10-31", "2026-09-30", off) is None
    assert forecast(100, "2026-10-01", "2026-10-31", "2026-10-31", off) == 100
    assert forecast(100, "2026-10-01", "2026-10-31", "2027-10-31", off) == 100


@needs_shared
def test_a_full_list_of_days_off_also_knows_saturdays_that_are_worked() -> None:
    with shared("china", "holidays.csv").open(encoding="utf-8") as file:
        days = [row for row in csv.DictReader(file) if row["date"].startswith("2023")]
    off = {row["date"] for row in days if row["day_off"] == "1"}
    assert working_days("2023-01-01", "2023-12-31", off) == sum(row["day_off"] == "0" for row in days)
