"""The rules of packs and prices on the vectors the phone runs too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from roundsman.catalog.rules import packs, pricing
from roundsman.catalog.rules.packs import Line, Pack, Variant
from roundsman.catalog.rules.pricing import Buyer, Offer

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors/catalog/pricing.json").read_text("utf-8")
)
VARIANTS = {
    name: msgspec.convert({"id": name, **variant}, Variant) for name, variant in VECTORS["variants"].items()
}
# The columns of a row are the fields of an offer.
OFFERS = {name: msgspec.convert(offer, Offer) for name, offer in VECTORS["offers"].items()}


def cases(rule: str) -> Any:
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in VECTORS[rule]])


def offers_of(case: dict[str, Any]) -> list[Offer]:
    return [OFFERS[name] for name in case["offers"]]


def line_of(case: dict[str, Any]) -> Line:
    return Line(case["variant"], case["unit"], case["quantity_e3"])


def pack_of(case: dict[str, Any]) -> Pack | None:
    return packs.find_pack(VARIANTS[case["variant"]].packs, case["unit"])


@cases("price_line")
def test_price_line(case: dict[str, Any]) -> None:
    priced = pricing.price_line(
        line_of(case), VARIANTS[case["variant"]], offers_of(case), Buyer(**case["buyer"]), case["day"]
    )
    assert json.loads(msgspec.json.encode(priced)) == case["priced"]


@cases("price_order")
def test_price_order(case: dict[str, Any]) -> None:
    lines = [Line(*line) for line in case["lines"]]
    priced = pricing.price_order(lines, VARIANTS, offers_of(case), Buyer(**case["buyer"]), case["day"])
    assert [one.amount for one in priced.lines] == case["amounts"]
    assert priced.goods_amount == case["goods_amount"]


def test_a_unit_nobody_checked_is_an_error() -> None:
    with pytest.raises(LookupError):
        pricing.price_line(Line("water", "桶", 1000), VARIANTS["water"], [], Buyer(), "2026-06-15")


@cases("check_line")
def test_check_line(case: dict[str, Any]) -> None:
    assert packs.check_line(line_of(case), pack_of(case), case.get("is_on_sale", True)) == case["fault"]


@cases("next_orderable")
def test_next_orderable(case: dict[str, Any]) -> None:
    pack = pack_of(case)
    assert pack is not None
    assert packs.next_orderable(case["quantity_e3"], pack) == case["next_e3"]


@cases("merge_lines")
def test_merge_lines(case: dict[str, Any]) -> None:
    def lines(given: list[list[Any]]) -> list[Line]:
        return [Line(*line, line_id=line_id) for line_id, *line in given]

    assert packs.merge_lines(lines(case["lines"])) == lines(case["merged"])


@pytest.mark.parametrize(("quantity_e3", "factor", "base_e3"), VECTORS["base_quantity"])
def test_base_quantity(quantity_e3: int, factor: int, base_e3: int) -> None:
    assert packs.base_quantity(quantity_e3, factor) == base_e3


@cases("breaks_fault")
def test_breaks_fault(case: dict[str, Any]) -> None:
    breaks = [tuple(one) for one in case["breaks"]]
    assert pricing.breaks_fault(breaks, case["may_rise"]) == case["fault"]
