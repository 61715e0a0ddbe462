"""Rules of the goods themselves: what may be said of packs and of the values variants differ by, and by which texts
they are found. Only the server judges these; a desk shows what it answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from roundsman.catalog.rules.packs import Pack, next_orderable
from roundsman.core.quantities import LARGEST_PRICE
from roundsman.core.search import line_of

EDITABLE: Final = ("code", "name", "brand", "category_id", "description", "position")
"""Fields of a product a person may change directly; its axes go with its variants."""


def variant_name(spec: Iterable[str]) -> str:
    """What a variant is called besides its product: ["红", "XL"] → "红 · XL"; nothing without axes."""
    return " · ".join(spec)


def packs_fault(packs: Sequence[Pack], price_e4: int) -> tuple[str, str] | None:
    """(code, unit) of what is wrong with a variant's packs, base unit first; None when nothing is.

    `price_e4` is the list price of one base unit.
    """
    seen: set[str] = set()
    for at, pack in enumerate(packs):
        if not pack.unit:
            return "catalog.unit_missing", pack.unit
        if pack.unit in seen:
            return "catalog.unit_twice", pack.unit
        seen.add(pack.unit)
        if at == 0 and pack.factor != 1:
            return "catalog.base_factor", pack.unit
        if next_orderable(0, pack) is None:
            return "catalog.limits_contradict", pack.unit
        if pack.price_e4 is None and price_e4 * pack.factor > LARGEST_PRICE:
            return "catalog.price_too_large", pack.unit
    return None


def spec_fault(axes: Sequence[str], specs: Iterable[Sequence[str]]) -> tuple[str, str] | None:
    """(code, variant's name) of what is wrong with the values of a product's variants: each needs one for every axis,
    and no two the same ones; None when nothing is.
    """
    seen: set[tuple[str, ...]] = set()
    for spec in specs:
        if len(spec) != len(axes) or not all(spec):
            return "catalog.spec_wrong", variant_name(spec)
        if tuple(spec) in seen:
            return "catalog.variant_twice", variant_name(spec)
        seen.add(tuple(spec))
    return None


def search_line(product: Mapping[str, Any], variants: Iterable[Mapping[str, Any]]) -> str:
    """The line a search for goods looks through: a product's texts and its variants' names, codes and barcodes."""
    texts = [product["name"], product["pinyin"], product["initials"], product["code"], product["brand"]]
    for variant in variants:
        texts += [variant["name"], variant["code"], *(pack["barcode"] for pack in variant["packs"])]
    return line_of(*dict.fromkeys(text for text in texts if text))
