"""Barcodes of goods as text: their check digits, and the one spelling under which each is kept and looked up. What a
code stands for is the catalog's. Mirrored by pwa/src/core/barcodes.ts on tests/vectors/core/barcodes.json.
"""

import re
from typing import Final

# What JavaScript's \s and trim() take for space, so that both halves spell a code alike.
_SPACE: Final = "\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_SPACES: Final = re.compile(f"[{_SPACE}]")
_AROUND: Final = re.compile(f"^[{_SPACE}]+|[{_SPACE}]+$")
_FIGURES: Final = re.compile(f"[0-9{_SPACE}-]+")
_GOODS: Final = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def check_digit_of(digits: str) -> str:
    """The last digit of a code whose other digits are these (GS1 General Specifications, section 7.9: mod 10, weights 3
    and 1 from the right).
    """
    total = sum(int(digit) * (1 if at % 2 else 3) for at, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def is_check_digit_right(code: str) -> bool:
    """Whether this is a whole EAN-8, UPC-A, EAN-13 or ITF-14 (digits only) with the check digit it must have."""
    return _GOODS.fullmatch(code) is not None and check_digit_of(code[:-1]) == code[-1]


def is_check_digit_wrong(code: str) -> bool:
    """Whether this looks like one of those, but somebody mistyped it. A shop's own code of another length or with
    letters is neither right nor wrong.
    """
    return _GOODS.fullmatch(code) is not None and check_digit_of(code[:-1]) != code[-1]


def normalized_barcode(text: str) -> str:
    """The spelling a code of goods is kept and looked up under: ASCII; figures without spaces; UPC-A, and ITF-14 of
    a single piece (indicator 0), as the EAN-13 they stand for. What is no code of goods, such as a shop's own, only
    loses the space around it. Doing it twice changes nothing.
    """
    plain = _AROUND.sub("", text.translate(_NARROW))
    if not _FIGURES.fullmatch(plain):
        return plain
    figures = _SPACES.sub("", plain)
    digits = figures.replace("-", "")
    # Hyphens are how people print an ISBN, and belong to other codes.
    if not is_check_digit_right(digits):
        return figures
    if len(digits) == 12:
        return f"0{digits}"
    return digits[1:] if len(digits) == 14 and digits.startswith("0") else digits
