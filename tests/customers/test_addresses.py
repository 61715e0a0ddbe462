"""Splitting address lines as sheets and chats have them, on the vectors that the phone runs too."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from roundsman.customers.addresses import MUNICIPALITIES, Address, split_address
from tests.real_data import needs_shared, shared

ROOT = Path(__file__).parents[2]
VECTORS = json.loads((ROOT / "tests/vectors/customers/addresses.json").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in VECTORS["split_address"]])
def test_split_address_on_the_vectors(case: dict[str, Any]) -> None:
    got = split_address(case["text"], case.get("province", ""), case.get("city", ""))
    assert got == Address(*case["parts"])


def test_every_county_of_the_tree_is_found_again() -> None:
    tree = divisions()
    counties = [code for code in tree if len(code) == 6 and tree[code] != tree[code[:4]]]
    assert len(counties) > 2900
    for code in counties:
        province, city = tree[code[:2]], tree[code[:4]]
        if code[:2] in MUNICIPALITIES:
            city = province
        elif "直辖" in city:
            city = ""
        line = f"{province}{'' if code[:2] in MUNICIPALITIES else city}{tree[code]}中山路1号"
        assert split_address(line) == Address(province, city, tree[code], "中山路1号"), line


@needs_shared
@pytest.mark.shared
def test_the_tree_is_the_published_one() -> None:
    published: dict[str, str] = {}
    for name in ("provinces", "cities", "areas"):
        with shared("china", f"{name}.csv").open(encoding="utf-8") as file:
            published.update((row["code"], row["name"]) for row in csv.DictReader(file))
    assert divisions() == published


def divisions() -> dict[str, str]:
    """The names of the tree by code."""
    with (ROOT / "backend/roundsman/customers/divisions.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}
