"""What is made of a sheet's lines: rows for a command, and notes on those that are refused or only partly taken. What
a row is, is the domain's.
"""

import re
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

import msgspec

from roundsman.core.errors import Refusal
from roundsman.core.sheets.reading import number_of

Row = TypeVar("Row")

_NUMERIC: Final = re.compile(r"^\d+(\.\d+)?([eE]\+?\d+)?$")


class RowNote(msgspec.Struct, kw_only=True, frozen=True):
    """What is the matter with a row: a refusal's code, and the value it is about."""

    row: int
    sheet: str = ""
    code: str
    value: str = ""


def note_of(refusal: Refusal, row: int, sheet: str, otherwise: str = "") -> RowNote:
    """Why a row is refused: the refusal's code with the value it speaks of; where it names none, `otherwise`."""
    value = str(refusal.details.get("value", otherwise))
    return RowNote(row=row, sheet=sheet, code=refusal.code, value=value)


@dataclass(slots=True)
class SheetRows(Generic[Row]):
    """What a file holds: rows to import, rows refused already, things to notice, how many rows only say again what one
    before them says, and sheets without any.
    """

    rows: list[Row] = field(default_factory=list)
    refused: list[RowNote] = field(default_factory=list)
    noticed: list[RowNote] = field(default_factory=list)
    repeated: int = 0
    skipped_sheets: list[str] = field(default_factory=list)


def plain_number(text: str) -> str:
    """A number as a spreadsheet may have mangled it, in plain digits: '1.38E+10' and "'13800000000.0" alike."""
    text = text.lstrip("'’").strip()
    if not _NUMERIC.match(text) or ("." not in text and "e" not in text.lower()):
        return text
    number = number_of(text)
    return str(int(number)) if number is not None and number == number.to_integral_value() else text


def is_rounded(text: str) -> bool:
    """Whether a number was written with an exponent: the sheet shows fewer digits than it had, and it may not be the
    number any more.
    """
    return "e" in text.lower() and plain_number(text) != text
