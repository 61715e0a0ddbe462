"""The rules of a visit on the vectors the phone runs too."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roundsman.core.clocks import Clocks
from roundsman.visits import rules

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/visits/rules.json").read_text("utf-8"))


def cases(rule: str) -> Any:
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in VECTORS[rule]])


def place(given: list[int] | None) -> rules.Place | None:
    return rules.Place(*given) if given is not None else None


@cases("judge_place")
def test_judge_place(case: dict[str, Any]) -> None:
    got = rules.judge_place(case["geofence"], case["radius_m"], place(case["pin"]), place(case["fix"]))
    assert got == rules.Judgement(
        rules.Fence(case["fence"]),
        case["distance_m"],
        case["needs_reason"],
        tuple(rules.Flag(flag) for flag in case["flags"]),
    )


@cases("is_after")
def test_a_step_is_after_the_check_out_by_its_true_time(case: dict[str, Any]) -> None:
    at = Clocks(**case["clocks"]).true_time(10_000_000).at
    assert rules.is_after(at, case["checked_out_at"]) is case["after"]


@cases("is_due")
def test_is_due(case: dict[str, Any]) -> None:
    given = case["recurrence"]
    recurrence = rules.Recurrence(
        weekdays=given["weekdays"],
        every_weeks=given["every_weeks"],
        from_on=date.fromisoformat(given["from_on"]),
        until_on=date.fromisoformat(given["until_on"]) if "until_on" in given else None,
        skips_holidays=given.get("skips_holidays", False),
    )
    holidays = {date.fromisoformat(day) for day in case.get("holidays", [])}
    assert rules.is_due(recurrence, date.fromisoformat(case["day"]), holidays) is case["due"]


@cases("coverage")
def test_coverage(case: dict[str, Any]) -> None:
    got = rules.coverage(case["planned"], [tuple(visit) for visit in case["visits"]])
    assert got == rules.Coverage(**case["coverage"])


@cases("missing_steps")
def test_missing_steps(case: dict[str, Any]) -> None:
    templates = [rules.Template(**template) for template in case["templates"]]
    steps = {key: (state, photos) for key, (state, photos) in case["steps"].items()}
    assert rules.missing_steps(templates, steps) == case["missing"]
