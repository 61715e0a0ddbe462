"""How names, phone numbers, logins and passwords are compared or judged, and how long a wrong password is
paid for; pure.
"""

import unicodedata
from typing import Final, Literal

from roundsman.core.phones import phone_digits
from roundsman.core.times import DAY, HOUR, MINUTE, SECOND, months_back

Role = Literal["rep", "agent", "courier", "clerk", "manager", "administrator"]
MembershipKind = Literal["member", "manager"]

PASSWORD_LENGTH_MIN: Final = 8
PASSWORD_LENGTH_MAX: Final = 256
"""Longer input only serves to keep the hashing threads busy."""

PHONE_LENGTH_MIN: Final = 5
MONTHS_HELD: Final = 3

SESSION_LIFE: Final = 90 * DAY
SESSION_SLIDES_EVERY: Final = HOUR
"""A session in use is prolonged, and written, at most this often."""

FREE_FAILURES: Final = {"login": 5, "address": 50}
"""A whole office sits behind one address, so an address has more."""
DELAY_MAX: Final = {"login": 15 * MINUTE, "address": 5 * MINUTE}
FORGOTTEN_AFTER: Final = {"login": DAY, "address": HOUR}


def name_key(text: str) -> str:
    """The form in which names are compared: compatibility-normalised, case-folded, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def login_key(text: str) -> str:
    """The form in which login names are compared."""
    return name_key(text)


def phone_key(text: str) -> str:
    """The form in which phone numbers are compared; empty when the text is no phone number."""
    for character in unicodedata.normalize("NFKC", text):
        is_written_so = character in "0123456789+()./" or character.isspace()
        if not is_written_so and unicodedata.category(character) != "Pd":
            return ""
    digits = phone_digits(text)
    return digits if len(digits) >= PHONE_LENGTH_MIN else ""


def months_held(month: str, count: int = MONTHS_HELD) -> list[str]:
    """`month` ('YYYYMM') and the months before it, newest first, `count` in all."""
    return [months_back(month, back) for back in range(count)]


def is_password_acceptable(password: str, own_words: tuple[str | None, ...]) -> bool:
    """Whether a password is long enough and neither one of the person's own words nor two keys repeated.

    Length is what counts (NIST SP 800-63B 5.1.1.2); there are no rules about kinds of characters.
    """
    if not PASSWORD_LENGTH_MIN <= len(password) <= PASSWORD_LENGTH_MAX or len(set(password)) < 3:
        return False
    return name_key(password) not in {name_key(word) for word in own_words if word}


def delay_after(kind: Literal["login", "address"], failure_count: int) -> int:
    """Milliseconds until the next try after so many failures: none at first, then 1, 2, 4 … seconds."""
    beyond = failure_count - FREE_FAILURES[kind]
    if beyond < 0:
        return 0
    return min(SECOND << min(beyond, 30), DELAY_MAX[kind])
