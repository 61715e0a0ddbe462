"""The rules of what is owed, on the vectors the phone runs too, and their laws on anything else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundsman.receivables import rules

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/receivables/rules.json").read_text("utf-8"))


def cases(rule: str) -> Any:
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in VECTORS[rule]])


def pairs(given: list[list[Any]]) -> list[tuple[str, int]]:
    return [(id, amount) for id, amount in given]


@cases("settle")
def test_settle(case: dict[str, Any]) -> None:
    paid = rules.settle(pairs(case["money"]), pairs(case["items"]), dict(pairs(case.get("chosen", []))))
    assert [[one.money_id, one.item_id, one.amount] for one in paid] == case["paid"]


@cases("credit_left")
def test_credit_left(case: dict[str, Any]) -> None:
    assert rules.credit_left(case["credit_limit"], case["debt"], case["committed"]) == case["left"]


@cases("is_overdue")
def test_is_overdue(case: dict[str, Any]) -> None:
    assert rules.is_overdue(case["due_on"], case["open_amount"], case["day"]) is case["overdue"]


amounts = st.lists(st.integers(1, 1000), max_size=6)


@given(amounts, amounts, st.dictionaries(st.integers(0, 7).map(lambda n: f"i{n}"), st.integers(1, 1000)))
def test_settle_uses_nothing_twice_and_leaves_nothing_idle(
    money: list[int], items: list[int], chosen: dict[str, int]
) -> None:
    paid = rules.settle(
        [(f"m{n}", amount) for n, amount in enumerate(money)],
        [(f"i{n}", amount) for n, amount in enumerate(items)],
        chosen,
    )
    assert len({(one.money_id, one.item_id) for one in paid}) == len(paid)
    assert all(one.amount > 0 for one in paid)
    used = {f"m{n}": 0 for n in range(len(money))} | {f"i{n}": 0 for n in range(len(items))}
    for one in paid:
        used[one.money_id] += one.amount
        used[one.item_id] += one.amount
    assert all(used[f"m{n}"] <= amount for n, amount in enumerate(money))
    assert all(used[f"i{n}"] <= amount for n, amount in enumerate(items))
    assert sum(one.amount for one in paid) == min(sum(money), sum(items))
