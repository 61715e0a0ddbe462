"""Quantities as integer thousandths of a unit (`_e3`) and unit prices as integer 1/10000 yuan (`_e4`): their types,
what a quantity costs, how both are written and how typed text becomes them again. Mirrored by
pwa/src/core/quantities.ts on the vectors in tests/vectors/core/quantities.json.
"""

from typing import Annotated, Final

import msgspec

from roundsman.core.money import parse_scaled

# Thirty million units, three million yuan each: the dearest line there can be, 9 × 10^15 fen, stays below 2^53.
LARGEST_QUANTITY: Final = 30_000_000_000
LARGEST_PRICE: Final = 30_000_000_000
# With it also the base units of any line stay below 2^53.
LARGEST_FACTOR: Final = 100_000

Quantity = Annotated[
    int,
    msgspec.Meta(ge=-LARGEST_QUANTITY, le=LARGEST_QUANTITY, description="thousandths of the unit"),
]
Price = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_PRICE, description="1/10000 yuan per unit")]
Factor = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_FACTOR, description="base units in one pack")]


def amount_of(price_e4: int, quantity_e3: int) -> int:
    """What a quantity costs, in fen, a half rounded away from zero. Rounded once per line; sums are sums of lines."""
    amount = (abs(price_e4 * quantity_e3) + 50_000) // 100_000
    return amount if price_e4 * quantity_e3 >= 0 else -amount


def quantity_to_text(quantity_e3: int) -> str:
    """What stands in a file or a field: "1234.5", "12", no grouping."""
    return _written(quantity_e3, 3, 0)


def format_quantity(quantity_e3: int) -> str:
    """ "1,234.5"; below zero it leads with a true minus sign, as on the phone."""
    return _grouped(quantity_e3, 3, 0)


def price_to_text(price_e4: int) -> str:
    """What stands in a file or a field: "3.20", "0.0125": two decimals, more only when needed."""
    return _written(price_e4, 4, 2)


def format_price(price_e4: int) -> str:
    """ "¥1,203.20", "¥0.0125"."""
    return "¥" + _grouped(price_e4, 4, 2)


def parse_quantity(text: str) -> int | None:
    """Thousandths from typed text ("１.５" → 1500); None when it is no number, has more decimals or is too large."""
    return parse_scaled(text, 3, LARGEST_QUANTITY)


def parse_price(text: str) -> int | None:
    """1/10000 yuan from typed text ("￥0.0125" → 125); None when it is no price, has more decimals or is too large."""
    price_e4 = parse_scaled(text.strip("¥￥元 "), 4, LARGEST_PRICE)
    return price_e4 if price_e4 is not None and price_e4 >= 0 else None


def _written(scaled: int, digits: int, least: int, grouping: str = "") -> str:
    """A scaled integer with `least` decimals, or as many as it needs."""
    whole, fraction = divmod(abs(scaled), 10**digits)
    decimals = f"{fraction:0{digits}d}".rstrip("0").ljust(least, "0")
    return f"{'-' if scaled < 0 else ''}{whole:{grouping}}{'.' if decimals else ''}{decimals}"


def _grouped(scaled: int, digits: int, least: int) -> str:
    return _written(scaled, digits, least, ",").replace("-", "\N{MINUS SIGN}")
