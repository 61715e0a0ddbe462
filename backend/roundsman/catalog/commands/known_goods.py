"""The goods the rows of a sheet may mean, all in memory: which variant a row is, which product a new one belongs to.
Nothing is written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from roundsman.catalog.commands.rows import variants_of
from roundsman.catalog.commands.sheet_rows import GoodsRow
from roundsman.core import db


@dataclass(slots=True)
class KnownGoods:
    """Products and variants as they stand, or shall stand; `new` and `changed` are ids of either to be written."""

    products: dict[str, dict[str, Any]] = field(default_factory=dict)
    variants: dict[str, dict[str, Any]] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    barcodes: dict[str, str] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    _codes: dict[str, str] = field(default_factory=dict)
    _product_codes: dict[str, str] = field(default_factory=dict)
    _named: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def put_product(self, row: dict[str, Any]) -> None:
        """Take a product, or its new state."""
        before = self.products.get(row["id"])
        if before is None or before["name"] != row["name"]:
            self._named[row["name"]].append(row["id"])
        if before is not None and before["name"] != row["name"]:
            self._named[before["name"]].remove(row["id"])
        self.products[row["id"]] = row
        if row["code"]:
            self._product_codes[row["code"]] = row["id"]

    def put_variant(self, row: dict[str, Any]) -> None:
        """Take a variant, or its new state."""
        before = self.variants.get(row["id"])
        if before is None:
            self.members[row["product_id"]].append(row["id"])
        else:
            self._codes.pop(before["code"], None)
            for barcode in _barcodes_of(before):
                self.barcodes.pop(barcode, None)
        self.variants[row["id"]] = row
        self.barcodes |= dict.fromkeys(_barcodes_of(row), row["id"])
        if row["code"]:
            self._codes[row["code"]] = row["id"]

    def of(self, product_id: str) -> list[dict[str, Any]]:
        """The variants of a product."""
        return [self.variants[id] for id in self.members[product_id]]

    def sibling(self, product_id: str, spec: list[str]) -> dict[str, Any] | None:
        """The variant of a product that has these values."""
        return next((one for one in self.of(product_id) if one["spec"] == spec), None)

    def find(self, row: GoodsRow) -> dict[str, Any] | None:
        """The variant a row means: by its code; else by its barcode, unless that is on goods of another code; else by
        its product and its values.
        """
        if row.code and row.code in self._codes:
            return self.variants[self._codes[row.code]]
        if row.barcode and row.barcode in self.barcodes:
            known = self.variants[self.barcodes[row.barcode]]
            product_code = self.products[known["product_id"]]["code"]
            if not (row.code and known["code"]) and row.product_code in ("", product_code):
                return known
        for product_id in self._candidates(row):
            sibling = self.sibling(product_id, row.spec)
            if sibling is not None and _may_be(row, sibling):
                return sibling
        return None

    def home_of(self, row: GoodsRow) -> str | None:
        """The product a row that is no known variant adds one to: that of its code, or one of its name whose variants
        have other values; None when it needs a product of its own.
        """
        for product_id in self._candidates(row):
            is_by_code = product_id == self._by_code(row)
            if is_by_code or (row.spec and self.sibling(product_id, row.spec) is None):
                return product_id
        return None

    def _candidates(self, row: GoodsRow) -> Iterator[str]:
        """Products a row may be a variant of: that of its code, or else those of its name."""
        by_code = self._by_code(row)
        if by_code is not None:
            yield by_code
        if row.product_code:
            return
        for product_id in self._named.get(row.name, ()):
            product = self.products[product_id]
            is_brand = not row.brand or product["brand"] in ("", row.brand)
            if is_brand and product["axes"] == row.axes:
                yield product_id

    def _by_code(self, row: GoodsRow) -> str | None:
        return self._product_codes.get(row.product_code or row.code)


def _may_be(row: GoodsRow, variant: dict[str, Any]) -> bool:
    """Whether nothing says that a row and a variant of the same product and values are different goods."""
    barcode = variant["packs"][0]["barcode"]
    return not (row.code and variant["code"]) and not (row.barcode and barcode and row.barcode != barcode)


def _barcodes_of(variant: dict[str, Any]) -> list[str]:
    return [pack["barcode"] for pack in variant["packs"] if pack["barcode"]]


async def goods_for(rows: Sequence[GoodsRow]) -> KnownGoods:
    """All goods some rows may mean, their products locked; three statements."""
    ids = await db.fetch(
        f"""
        SELECT product_id FROM variants WHERE code <> '' AND code {db.any_of("$1")}
        UNION
        SELECT product_id FROM barcodes JOIN variants ON variants.id = variant_id
        WHERE barcodes.id {db.any_of("$2")}
        UNION
        SELECT id FROM products WHERE code <> '' AND code {db.any_of("$1")}
        UNION
        SELECT id FROM products WHERE name {db.any_of("$3")}
        UNION
        SELECT id FROM products WHERE id {db.any_of("$4")}
        """,
        sorted({code for row in rows for code in (row.code, row.product_code) if code}),
        sorted({barcode for row in rows for barcode in (row.barcode, row.pack_barcode) if barcode}),
        sorted({row.name for row in rows}),
        sorted({row.product_id for row in rows}),
    )
    products = await db.fetch(
        f"SELECT * FROM products WHERE id {db.any_of('$1')} ORDER BY id{db.for_update()}",
        [row["product_id"] for row in ids],
    )
    found = KnownGoods()
    for product in products:
        found.put_product({**product, "axes": msgspec.json.decode(product["axes"])})
    for variant in await variants_of(list(found.products)):
        found.put_variant(variant)
    return found
