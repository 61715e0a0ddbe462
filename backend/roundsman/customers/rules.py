"""Pure rules of customers: how their names are searched and compared, and when two look alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from roundsman.core.edits import Merge as Merge
from roundsman.core.edits import merge_fields as merge_fields
from roundsman.core.geo import distance_m
from roundsman.core.phones import phone_digits as phone_digits
from roundsman.core.search import initials_of as initials_of
from roundsman.core.search import line_of
from roundsman.core.search import pinyin_of as pinyin_of

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


def search_line(row: Mapping[str, Any]) -> str:
    """The line a search looks through, lower case, fields separated by tabs."""
    return line_of(
        row["name"],
        row["short_name"],
        row["pinyin"],
        row["initials"],
        row["code"],
        phone_digits(row["phone"]),
    )


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


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Tags without surrounding space, empties and doubles, in the order given."""
    return list(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
