"""One variant of a sheet of goods as a command carries it. What becomes of it is in importing.py."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from roundsman.catalog.commands.rows import Axes, Limit, Unit
from roundsman.core.ids import Id
from roundsman.core.quantities import Factor, Price
from roundsman.core.texts import Line, Name, Remark, Word

LENGTHS: Final = {
    **dict.fromkeys(
        ("code", "brand", "category", "subcategory", "subsubcategory", "barcode", "pack_barcode"), 60
    ),
    **dict.fromkeys(("colour", "size", "spec", "model", "traits"), 60),
    **dict.fromkeys(("unit", "pack_unit"), 20),
    "name": 120,
    "description": 2000,
}
"""Characters each text of a row may have."""


class GoodsRow(msgspec.Struct, kw_only=True, frozen=True):
    """One variant of a sheet, as the sheet says it. `row` and `sheet` say where; rows of one new product share its
    `product_id`. `product_code` is that of all its variants, `code` the variant's own. None and an empty text say
    nothing and erase nothing. Prices and costs are per `unit`, the base unit, of which a `pack_unit` holds `factor`.
    """

    row: Annotated[int, msgspec.Meta(ge=1)]
    product_id: Id
    variant_id: Id
    name: Name
    sheet: Line = ""
    product_code: Word = ""
    code: Word = ""
    brand: Word = ""
    category: Annotated[list[Word], msgspec.Meta(max_length=3, description="from the top down")] = []
    axes: Axes = []
    spec: Axes = []
    unit: Unit | None = None
    barcode: Word = ""
    pack_unit: Unit | None = None
    factor: Factor | None = None
    pack_barcode: Word = ""
    price_e4: Price | None = None
    cost_e4: Price | None = None
    minimum_e3: Limit | None = None
    step_e3: Limit | None = None
    description: Remark = ""
    is_on_sale: bool | None = None
