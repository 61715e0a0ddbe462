"""The rules of customers on the vectors that the phone runs too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from roundsman.core import search
from roundsman.customers import rules

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "customers" / "rules.json").read_text("utf-8")
)


@pytest.mark.parametrize("name", ["phone_digits", "name_key", "search_line", "search_words", "clean_tags"])
def test_texts_on_the_vectors(name: str) -> None:
    assert VECTORS[name]
    for given, wanted in VECTORS[name]:
        assert getattr(search if name == "search_words" else rules, name)(given) == wanted, given


@pytest.mark.parametrize("case", VECTORS["looks_like"], ids=lambda case: case["name"])
def test_looks_like_on_the_vectors(case: dict[str, Any]) -> None:
    fresh, known = (
        rules.Likeness(name, phone, tuple(pin) if pin else None)
        for name, phone, pin in (case["fresh"], case["known"])
    )
    assert rules.looks_like(fresh, known) == case["why"]
    assert rules.looks_like(known, fresh) == case["why"]
