"""The rules of an order's life on the vectors the phone runs too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundsman.core.quantities import amount_of
from roundsman.orders import rules
from roundsman.orders.rules import MOVES, State

FOLDER = Path(__file__).parents[1] / "vectors/orders"
WAYS: dict[str, Any] = json.loads((FOLDER / "moves.json").read_text("utf-8"))
SUMS: dict[str, Any] = json.loads((FOLDER / "totals.json").read_text("utf-8"))


def cases(rule: str) -> Any:
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in SUMS[rule]])


def test_the_vectors_are_every_state_by_every_verb() -> None:
    assert list(WAYS["may_move"]) == list(WAYS["is_editable"]) == list(State)
    assert all(list(row) == list(MOVES) for row in WAYS["may_move"].values())


@pytest.mark.parametrize("state", WAYS["may_move"])
def test_moves(state: str) -> None:
    row = WAYS["may_move"][state]
    assert {verb: rules.may_move(state, verb) for verb in row} == row
    assert rules.moves_from(state) == [verb for verb, to in row.items() if to is not None]
    assert rules.is_editable(state) is WAYS["is_editable"][state]


def test_a_verb_takes_its_permission_and_leads_where_it_does() -> None:
    assert {verb: move.permission for verb, move in MOVES.items()} == WAYS["permissions"]
    assert {verb: list(move.to_states) for verb, move in MOVES.items()} == WAYS["leads_to"]


def test_what_nobody_knows_leads_nowhere() -> None:
    assert rules.may_move("draft", "shred") is None
    assert rules.may_move("lost", "submit") is None


@cases("totals")
def test_totals(case: dict[str, Any]) -> None:
    got = rules.totals(case["goods_amount"], case["expenses"], case["returned_amount"])
    assert got == rules.Totals(case["expense_amount"], case["total_amount"], case["net_amount"])


@cases("profit")
def test_profit(case: dict[str, Any]) -> None:
    assert case["profit"] == rules.profit(
        case["goods_amount"], case["cost_amount"], case["returned_amount"], case["returned_cost"]
    )


@cases("returned_amount")
def test_returned_amount(case: dict[str, Any]) -> None:
    assert rules.returned_amount(case["price_e4"], case["before_e3"], case["quantity_e3"]) == case["amount"]


@given(st.integers(0, 1_000_000), st.lists(st.integers(1, 10_000), max_size=6))
def test_whatever_comes_back_in_parts_is_the_whole_line(price_e4: int, parts: list[int]) -> None:
    back = [
        rules.returned_amount(price_e4, sum(parts[:at]), quantity_e3) for at, quantity_e3 in enumerate(parts)
    ]
    assert sum(back) == amount_of(price_e4, sum(parts))
    assert min(back, default=0) >= 0
