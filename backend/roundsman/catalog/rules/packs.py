"""Packs of a variant and what may be ordered of them: units, minimum, maximum, step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from roundsman.core.quantities import LARGEST_QUANTITY


@dataclass(frozen=True, slots=True)
class Pack:
    """One unit a variant is sold in, holding `factor` base units, as it stands in `variants.packs`.

    `price_e4` is the pack's own list price, None where that follows from the base unit. A maximum of None is none; a
    step of 0 allows any quantity between.
    """

    unit: str
    factor: int = 1
    price_e4: int | None = None
    minimum_e3: int = 0
    maximum_e3: int | None = None
    step_e3: int = 0
    is_sold: bool = True


@dataclass(frozen=True, slots=True)
class Variant:
    """What the rules need of a row of `variants`: its packs, the base one first, and one base unit's list price."""

    id: str
    packs: tuple[Pack, ...]
    price_e4: int


@dataclass(frozen=True, slots=True)
class Line:
    """So much of a variant in one of its units; `line_id` is empty where nobody asks which line it is."""

    variant_id: str
    unit: str
    quantity_e3: int
    line_id: str = ""


def find_pack(packs: Sequence[Pack], unit: str) -> Pack | None:
    """The pack of that unit; None when the variant has none."""
    return next((pack for pack in packs if pack.unit == unit), None)


def base_quantity(quantity_e3: int, factor: int) -> int:
    """Thousandths of base units in a quantity of packs that hold `factor` each."""
    return quantity_e3 * factor


def check_line(line: Line, pack: Pack | None, is_on_sale: bool = True) -> str | None:
    """The code of what is wrong with a line, None when it may be ordered.

    `pack` is that of its unit, None when there is none; `is_on_sale` says whether the variant and its product are.
    """
    if pack is None:
        return "orders.unit_unknown"
    if not (is_on_sale and pack.is_sold):
        return "orders.not_on_sale"
    if line.quantity_e3 <= 0:
        return "orders.quantity_not_positive"
    if line.quantity_e3 < pack.minimum_e3:
        return "orders.below_minimum"
    if line.quantity_e3 > _maximum(pack):
        return "orders.above_maximum"
    if pack.step_e3 and (line.quantity_e3 - pack.minimum_e3) % pack.step_e3:
        return "orders.not_a_step"
    return None


def next_orderable(quantity_e3: int, pack: Pack) -> int | None:
    """The smallest quantity from `quantity_e3` up that may be ordered of a pack; None when its maximum lies below."""
    wanted = max(quantity_e3, pack.minimum_e3, 1)
    if pack.step_e3:
        wanted += -(wanted - pack.minimum_e3) % pack.step_e3
    return wanted if wanted <= _maximum(pack) else None


def merge_lines(lines: Iterable[Line]) -> list[Line]:
    """Lines of one variant and unit become the first of them, with all their quantities."""
    merged: dict[tuple[str, str], Line] = {}
    for line in lines:
        first = merged.get((line.variant_id, line.unit))
        merged[line.variant_id, line.unit] = (
            replace(first, quantity_e3=first.quantity_e3 + line.quantity_e3) if first else line
        )
    return list(merged.values())


def _maximum(pack: Pack) -> int:
    return LARGEST_QUANTITY if pack.maximum_e3 is None else min(pack.maximum_e3, LARGEST_QUANTITY)
