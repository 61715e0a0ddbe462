"""Money as integer minor units (fen): its type, how it is written and how typed text becomes it again. Sums
are plain integer sums in the rules of each domain; what a quantity costs is in quantities.py.
"""

import re
from typing import Annotated, Final

import msgspec

# 2^53 − 1: what a JSON number carries exactly through a browser.
LARGEST: Final = 9_007_199_254_740_991
Money = Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST, description="minor units of the currency (fen)")]

_DIGITS: Final = {"JPY": 0}
_SYMBOLS: Final = {"CNY": "¥", "HKD": "HK$", "TWD": "NT$", "USD": "$", "EUR": "€", "JPY": "JP¥"}
# int() raises for thousands of digits; nothing that long is a number anyone typed.
_NUMBER: Final = re.compile(r"^(-?)([0-9]{0,40})(?:\.([0-9]*))?$")
_NARROW: Final = str.maketrans("０１２３４５６７８９．，－−", "0123456789.,--")
_SPACING: Final = re.compile(r"[\s,]")
_CURRENCY: Final = re.compile(r"[¥￥元]")


def digits_of(currency: str) -> int:
    """How many decimals a currency has."""
    return _DIGITS.get(currency, 2)


def money_to_text(minor: int, currency: str = "CNY") -> str:
    """What stands in a file or a field: "1234.50", no symbol, no grouping."""
    digits = digits_of(currency)
    text = str(abs(minor)).rjust(digits + 1, "0")
    cut = len(text) - digits
    return ("-" if minor < 0 else "") + text[:cut] + ("." + text[cut:] if digits else "")


def format_money(minor: int, currency: str = "CNY") -> str:
    """ "¥1,234.50"; negative amounts lead with a true minus sign, as on the phone."""
    digits = digits_of(currency)
    whole, fraction = divmod(abs(minor), 10**digits)
    sign = "\N{MINUS SIGN}" if minor < 0 else ""
    tail = f".{fraction:0{digits}d}" if digits else ""
    return f"{sign}{_SYMBOLS.get(currency, currency + ' ')}{whole:,}{tail}"


def parse_money(text: str, currency: str = "CNY") -> int | None:
    """Minor units from typed text ("￥1,234.5" → 123450); None when it is no amount or has more decimals
    than the currency.
    """
    return parse_scaled(_CURRENCY.sub("", text), digits_of(currency))


def parse_scaled(text: str, digits: int, largest: int = LARGEST) -> int | None:
    """A typed number in units of its last decimal ("１,234.5" with 3 digits → 1234500); None when it is none, has
    more decimals or is beyond `largest` on either side.
    """
    found = _NUMBER.match(_SPACING.sub("", text.translate(_NARROW)))
    if found is None or not (found[2] or found[3]):
        return None
    fraction = found[3] or ""
    if len(fraction) > digits:
        return None
    scaled = int((found[2] or "0") + fraction.ljust(digits, "0"))
    if scaled > largest:
        return None
    return -scaled if found[1] else scaled
