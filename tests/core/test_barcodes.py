"""Check digits and spelling of barcodes, on the vectors both halves run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundsman.core.barcodes import (
    check_digit_of,
    is_check_digit_right,
    is_check_digit_wrong,
    normalized_barcode,
)
from tests.real_data import needs_shared, shared

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "core" / "barcodes.json").read_text("utf-8"))


@pytest.mark.parametrize(("code", "is_right"), VECTORS["is_check_digit_right"])
def test_is_check_digit_right(code: str, is_right: bool) -> None:
    assert is_check_digit_right(code) == is_right


@pytest.mark.parametrize(("text", "kept"), VECTORS["normalized"])
def test_normalized_barcode(text: str, kept: str) -> None:
    assert normalized_barcode(text) == kept
    assert normalized_barcode(kept) == kept


@given(st.sampled_from([7, 11, 12, 13]).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)))
def test_a_code_is_right_with_its_check_digit_and_wrong_with_every_other(digits: str) -> None:
    right = check_digit_of(digits)
    for last in "0123456789":
        assert is_check_digit_right(digits + last) == (last == right)
        assert is_check_digit_wrong(digits + last) == (last != right)


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalized_barcode(normalized_barcode(text)) == normalized_barcode(text)


def test_a_shops_own_code_is_neither_right_nor_wrong() -> None:
    for code in ("2001", "CLY-02-CAS-01", "", "BJXJA2030", "123456789"):
        assert not is_check_digit_right(code)
        assert not is_check_digit_wrong(code)


@needs_shared
@pytest.mark.shared
def test_real_codes_are_judged_as_they_are_noted() -> None:
    rows = csv.reader(shared("china", "code-vectors.csv").read_text("utf-8").splitlines())
    codes = [(row[1], row[2] == "1") for row in rows if row[0] in ("ean13", "itf14")]
    assert len(codes) > 20
    assert [code for code, is_valid in codes if is_check_digit_right(code) != is_valid] == []
