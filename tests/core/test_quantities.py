"""Quantities and unit prices on the vectors that the phone runs too."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundsman.core import money, quantities
from roundsman.core.quantities import LARGEST_FACTOR, LARGEST_PRICE, LARGEST_QUANTITY

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors/core/quantities.json").read_text("utf-8")
)
a_quantity = st.integers(-LARGEST_QUANTITY, LARGEST_QUANTITY)
a_price = st.integers(0, LARGEST_PRICE)


@pytest.mark.parametrize(("price_e4", "quantity_e3", "amount"), VECTORS["amount_of"])
def test_amount_of(price_e4: int, quantity_e3: int, amount: int) -> None:
    assert quantities.amount_of(price_e4, quantity_e3) == amount


@pytest.mark.parametrize(("quantity_e3", "text", "read"), VECTORS["quantities"])
def test_quantities_written(quantity_e3: int, text: str, read: str) -> None:
    assert quantities.quantity_to_text(quantity_e3) == text
    assert quantities.format_quantity(quantity_e3) == read


@pytest.mark.parametrize(("price_e4", "text", "read"), VECTORS["prices"])
def test_prices_written(price_e4: int, text: str, read: str) -> None:
    assert quantities.price_to_text(price_e4) == text
    assert quantities.format_price(price_e4) == read


@pytest.mark.parametrize(("text", "quantity_e3"), VECTORS["parse_quantity"])
def test_typed_quantities(text: str, quantity_e3: int | None) -> None:
    assert quantities.parse_quantity(text) == quantity_e3


@pytest.mark.parametrize(("text", "price_e4"), VECTORS["parse_price"])
def test_typed_prices(text: str, price_e4: int | None) -> None:
    assert quantities.parse_price(text) == price_e4


@given(a_quantity, a_price)
def test_what_is_written_is_read(quantity_e3: int, price_e4: int) -> None:
    assert quantities.parse_quantity(quantities.quantity_to_text(quantity_e3)) == quantity_e3
    assert quantities.parse_quantity(quantities.format_quantity(quantity_e3)) == quantity_e3
    assert quantities.parse_price(quantities.price_to_text(price_e4)) == price_e4
    assert quantities.parse_price(quantities.format_price(price_e4)) == price_e4


@given(a_price, a_quantity)
def test_an_amount_is_the_nearest_fen(price_e4: int, quantity_e3: int) -> None:
    exact = Fraction(price_e4 * quantity_e3, 100_000)
    amount = quantities.amount_of(price_e4, quantity_e3)
    assert abs(amount - exact) <= Fraction(1, 2)
    assert abs(amount - exact) < Fraction(1, 2) or abs(amount) > abs(exact)
    assert quantities.amount_of(price_e4, -quantity_e3) == -amount
    assert abs(amount) <= money.LARGEST


def test_the_base_units_of_a_line_fit_a_json_number() -> None:
    assert LARGEST_QUANTITY * LARGEST_FACTOR <= money.LARGEST


@pytest.mark.parametrize(
    ("of", "value"),
    [
        (quantities.Quantity, LARGEST_QUANTITY + 1),
        (quantities.Quantity, -LARGEST_QUANTITY - 1),
        (quantities.Quantity, 1.5),
        (quantities.Price, -1),
        (quantities.Price, LARGEST_PRICE + 1),
        (quantities.Factor, 0),
        (quantities.Factor, LARGEST_FACTOR + 1),
    ],
)
def test_payloads_take_no_other(of: Any, value: float) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(value, of)
