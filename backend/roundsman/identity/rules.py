"""Roles, kinds of membership, and how names, phone numbers, logins and passwords are compared or judged; pure."""

import unicodedata
from typing import Final, Literal

Role = Literal["rep", "agent", "courier", "clerk", "manager", "administrator"]
ROLES: Final[tuple[Role, ...]] = ("rep", "agent", "courier", "clerk", "manager", "administrator")
STAFF: Final[tuple[Role, ...]] = ("rep", "courier", "clerk", "manager", "administrator")
MembershipKind = Literal["member", "manager"]

PASSWORD_LENGTH_MIN: Final = 8
PASSWORD_LENGTH_MAX: Final = 256
"""Longer input only serves to keep the hashing threads busy."""

MONTHS_HELD: Final = 3


def name_key(text: str) -> str:
    """The form in which names are compared: compatibility-normalised, case-folded, without any white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


login_key = name_key


def phone_key(text: str) -> str:
    """A phone number reduced to its digits; a leading +86, 0086 or 86 before a Chinese mobile number is dropped.

    Empty when the text holds anything that is not part of a phone number.
    """
    plain = unicodedata.normalize("NFKC", text)
    if any(not (character.isdigit() or character in "+-() .‐‑–—") for character in plain):
        return ""
    digits = "".join(character for character in plain if character in "0123456789")
    for prefix in ("0086", "86"):
        rest = digits.removeprefix(prefix)
        if rest != digits and len(rest) == 11 and rest.startswith("1"):
            return rest
    return digits


def months_held(month: str, count: int = MONTHS_HELD) -> list[str]:
    """`month` ('YYYYMM') and the months before it, newest first, `count` in all."""
    index = int(month[:4]) * 12 + int(month[4:]) - 1
    return [f"{(index - back) // 12:04d}{(index - back) % 12 + 1:02d}" for back in range(count)]


def is_password_acceptable(password: str, own_words: tuple[str, ...]) -> bool:
    """Whether a password is long enough and neither one of the person's own words nor one character repeated.

    Length is what counts (NIST SP 800-63B 5.1.1.2); there are no rules about kinds of characters.
    """
    if not PASSWORD_LENGTH_MIN <= len(password) <= PASSWORD_LENGTH_MAX or len(set(password)) < 3:
        return False
    return name_key(password) not in {name_key(word) for word in own_words if word}
