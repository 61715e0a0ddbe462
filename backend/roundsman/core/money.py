"""Money as integer minor units (fen): its type, how it is written and how typed text becomes it again. Sums
are plain integer sums in the rules of each domain.
"""

import re
from typing import Annotated, Final

import msgspec

# 2^53 − 1: what a JSON number carries exactly through a browser.
LARGEST: Final = 9_007_199_254_740_991
Money = Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST, description="minor units of the currency (fen)")]

_DIGITS: Final = {"JPY": 0}
_SYMBOLS: Final = {"CNY": "¥", "HKD": "HK$", "TWD": "NT$", "USD": "$", "EUR": "€", "JPY": "JP¥"}
_AMOUNT: Final = re.compile(r"^(-?)([0-9]*)(?:\.([0-9]*))?$")
_NARROW: Final = str.maketrans("０１２３４５６７８９．，－−", "0123456789.,--")
_DROPPED: Final = re.compile(r"[\s,¥￥元]")


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
    found = _AMOUNT.match(_DROPPED.sub("", text.translate(_NARROW)))
    if found is None or not (found[2] or found[3]):
        return None
    digits = digits_of(currency)
    fraction = found[3] or ""
    if len(fraction) > digits:
        return None
    minor = int((found[2] or "0") + fraction.ljust(digits, "0"))
    if minor > LARGEST:
        return None
    return -minor if found[1] else minor
