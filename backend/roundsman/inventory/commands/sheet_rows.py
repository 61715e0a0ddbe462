"""What a sheet says there is of one variant in one warehouse, as a command carries it. What becomes of it is in
importing.py.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.catalog.commands.rows import Axes, Unit
from roundsman.core.money import LARGEST
from roundsman.core.texts import Line, Name, Word


class Counted(msgspec.Struct, kw_only=True, frozen=True):
    """So much in one unit; without one, in the base unit."""

    quantity_e3: Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]
    unit: Unit | None = None


class CountedRow(msgspec.Struct, kw_only=True, frozen=True):
    """What there is of something in a warehouse, both as the sheet calls them, in all its units together. `row` and
    `sheet` say where it says so first; without a `warehouse` the default one is meant.
    """

    row: Annotated[int, msgspec.Meta(ge=1)]
    name: Name
    counted: Annotated[list[Counted], msgspec.Meta(min_length=1, max_length=20)]
    sheet: Line = ""
    warehouse: Word = ""
    product_code: Word = ""
    code: Word = ""
    barcode: Word = ""
    brand: Word = ""
    axes: Axes = []
    spec: Axes = []
