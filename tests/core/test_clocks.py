"""Which of three clocks is believed, on the vectors that the phone runs too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from roundsman.core.clocks import Clocks

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/core/clocks.json").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in VECTORS["true_time"]])
def test_true_time(case: dict[str, Any]) -> None:
    got = Clocks(**case["clocks"]).true_time(case["received_at"])
    assert (got.at, got.is_suspect) == (case["at"], case["is_suspect"])
