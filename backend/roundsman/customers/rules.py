"""Pure rules of customers: how names are searched and compared, when two look alike, how edits merge."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pypinyin import Style, lazy_pinyin

from roundsman.core.geo import distance_m
from roundsman.core.phones import phone_digits as phone_digits

NEAR_M = 100
"""Two pins closer than this (metres) may be the same shop."""

EDITABLE = (
    "code",
    "name",
    "short_name",
    "class_id",
    "tags",
    "phone",
    "province",
    "city",
    "county",
    "street",
    "remark",
)
"""Fields a person may change directly; owner, territory and pin have commands of their own."""


def pinyin_of(text: str) -> str:
    """Toneless pinyin without spaces, lower case; what is not Chinese stays: '和平Store' → 'hepingstore'."""
    return "".join(lazy_pinyin(text, style=Style.NORMAL)).replace(" ", "").lower()


def initials_of(text: str) -> str:
    """First letters of the pinyin; a run of other characters stays whole: '汇暻生活广场店' → 'hjshgcd'."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).replace(" ", "").lower()


def search_line(row: Mapping[str, Any]) -> str:
    """The line a search looks through, lower case, fields separated by tabs."""
    parts = (
        row["name"],
        row["short_name"],
        row["pinyin"],
        row["initials"],
        row["code"],
        phone_digits(row["phone"]),
    )
    return "\t".join(unicodedata.normalize("NFKC", part).lower() for part in parts)


def search_words(text: str) -> list[str]:
    """The words of a query as search_line must contain them; all of them have to match."""
    return unicodedata.normalize("NFKC", text).lower().split()


def name_key(text: str) -> str:
    """A name reduced to what makes it the same name: no spaces, brackets, case, width, or trailing 店/公司 endings."""
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKC", text).lower()
        if unicodedata.category(character)[0] in "LN"
    )
    for ending in ("有限责任公司", "有限公司", "公司", "门店", "店"):
        if plain.endswith(ending) and len(plain) > len(ending) + 1:
            return plain[: -len(ending)]
    return plain


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is compared to find a double; `pin` is (latitude, longitude) in 1e-7 degrees."""

    name: str
    phone: str
    pin: tuple[int, int] | None = None


def looks_like(new: Likeness, known: Likeness) -> str | None:
    """Why `known` may be the same customer as `new`: "phone", "name", "near", or None.

    Near alone is only a hint when the names share their beginning: a mall holds many shops.
    """
    phone = phone_digits(new.phone)
    if phone and phone == phone_digits(known.phone):
        return "phone"
    ours, theirs = name_key(new.name), name_key(known.name)
    if ours and ours == theirs:
        return "name"
    if new.pin is None or known.pin is None:
        return None
    return "near" if distance_m(*new.pin, *known.pin) <= NEAR_M and ours[:2] == theirs[:2] else None


@dataclass(frozen=True, slots=True)
class Merge:
    """`changed` is what to write; `conflicts` the fields somebody else changed since the person's copy."""

    changed: dict[str, Any]
    conflicts: tuple[str, ...]


def merge_fields(current: Mapping[str, Any], changes: Mapping[str, tuple[Any, Any]]) -> Merge:
    """Merge `{field: (base, new)}` into the present values.

    A field nobody else touched takes the new value. One that somebody else changed takes it too, being the later
    decision of a person who looked at the thing, but is named as a conflict so that nothing is overwritten silently.
    """
    changed = {field: new for field, (_, new) in changes.items() if current[field] != new}
    conflicts = tuple(
        field for field, (base, _) in changes.items() if field in changed and current[field] != base
    )
    return Merge(changed, conflicts)


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Tags without surrounding space, empties and doubles, in the order given."""
    return list(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
