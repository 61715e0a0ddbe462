"""Ids, times, money, positions and refusals; where the phone has the same rule, the same figures stand in
its test.
"""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundsman.core import errors, geo, ids, money, times
from roundsman.core.times import FixedClock, use_clock


def test_ids_sort_in_the_order_they_were_made_whatever_the_clock_does() -> None:
    with use_clock(FixedClock(1_795_000_000_000)) as clock:
        made = [ids.new_id() for _ in range(5000)]
        clock.advance(-60_000)
        made += [ids.new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 10_000
    assert all(re.match(ids.PATTERN, one) for one in made)
    assert all(one[14] == "7" for one in made)


def test_an_id_for_a_moment_carries_it() -> None:
    assert ids.moment_of(ids.new_id(1_600_000_000_123)) == 1_600_000_000_123
    assert ids.new_id(5)[:13] == "00000000-0005"


@pytest.mark.parametrize(
    "text", ["", "x", "01A2040D-8898-7252-A580-F4C1190E7C29", "01a2040d88987252a580f4c1190e7c29"]
)
def test_only_lower_case_uuids_are_ids(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, ids.Id)


def test_a_day_begins_in_its_own_zone() -> None:
    just_before, midnight = 1_772_899_199_999, 1_772_899_200_000
    assert times.day_on(just_before) == "2026-03-07"
    assert times.day_on(midnight) == "2026-03-08"
    assert times.day_on(midnight, "UTC") == "2026-03-07"
    assert times.start_of_day("2026-03-08") == midnight
    assert times.month_of(midnight) == times.month_of_day("2026-03-08") == "202603"
    assert times.iso_of(midnight) == "2026-03-07T16:00:00.000Z"


@given(st.dates(), st.integers(-3000, 3000))
def test_days_are_counted_both_ways(day: object, count: int) -> None:
    start = str(day)
    try:
        other = times.add_days(start, count)
    except OverflowError:
        return
    assert times.days_between(start, other) == count
    assert (times.weekday_of(other) - times.weekday_of(start) - count) % 7 == 0


def test_months_go_back_over_the_year() -> None:
    assert [times.months_back("202602", count) for count in (0, 1, 2, 14)] == [
        "202602",
        "202601",
        "202512",
        "202412",
    ]
    assert (times.weekday_of("2026-11-22"), times.is_day("2026-02-29"), times.is_day("2028-02-29")) == (
        7,
        False,
        True,
    )


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("￥1,234.5", 123450),
        ("１２．３元", 1230),
        ("-0.01", -1),
        ("−5", -500),
        (".5", 50),
        ("5.", 500),
        ("", None),
        (".", None),
        ("1.234", None),
        ("1e5", None),
        ("一百", None),
        ("90071992547409.92", None),
    ],
)
def test_typed_amounts(text: str, minor: int | None) -> None:
    assert money.parse_money(text) == minor


@given(st.integers(-money.LARGEST, money.LARGEST))
def test_money_written_is_money_read(minor: int) -> None:
    assert money.parse_money(money.money_to_text(minor)) == minor
    assert money.parse_money(money.format_money(minor)) == minor


def test_money_as_people_read_it() -> None:
    assert money.format_money(123450) == "¥1,234.50"
    assert money.format_money(-5) == "−¥0.05"
    assert money.format_money(1234, "JPY") == "JP¥1,234"


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ((0, 0), (0, 0), 0),
        # One degree of latitude on the mean sphere: 6371008.8 × π / 180.
        ((0, 0), (10_000_000, 0), 111_195),
        ((900_000_000, 0), (-900_000_000, 0), 20_015_114),
        ((0, 1_799_999_000), (0, -1_799_999_000), 22),
    ],
)
def test_distances(one: tuple[int, int], other: tuple[int, int], metres: int) -> None:
    assert geo.distance_m(*one, *other) == metres
    assert geo.distance_m(*other, *one) == metres


def test_refusals_carry_code_and_facts() -> None:
    refusal = errors.Conflict("visits.still_open", visit_id="v")
    assert (refusal.kind, refusal.status, refusal.code, refusal.details) == (
        "conflict",
        409,
        "visits.still_open",
        {"visit_id": "v"},
    )
    assert {(kind.kind, kind.status) for kind in errors.KINDS} == {
        ("invalid", 422),
        ("not_found", 404),
        ("forbidden", 403),
        ("conflict", 409),
        ("gone", 410),
        ("busy", 503),
    }
