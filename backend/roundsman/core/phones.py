"""Phone numbers as they are compared. Whether a text may stand as somebody's number is each domain's to say."""

import unicodedata
from typing import Final

_NATIONAL_LENGTH: Final = 11


def phone_digits(text: str) -> str:
    """Only the digits of a phone number in any notation; +86, 0086 or 86 before eleven digits is dropped."""
    digits = "".join(
        character for character in unicodedata.normalize("NFKC", text) if character in "0123456789"
    )
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == _NATIONAL_LENGTH:
            return digits[len(prefix) :]
    return digits
