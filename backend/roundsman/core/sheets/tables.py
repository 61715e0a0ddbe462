"""Finds the table in a sheet: which row is the header, which column is which field, and which rows are data."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from roundsman.core.sheets.reading import Sheet

HEADER_WITHIN: Final = 30
"""The header is looked for among this many rows."""

_TOTALS: Final = re.compile(
    r"^(合\s*计|总\s*计|小\s*计|共\s*计|总\s*数|本页合计|totals?|sub-?totals?|sum)\s*[:：]?\s*$",
    re.IGNORECASE,
)
_REMARKS: Final = re.compile(r"[(（\[【<].*?[)）\]】>]|\*|※|必填|选填")


@dataclass(frozen=True, slots=True)
class Headings:
    """What the columns of one kind of table may be called.

    `words` maps a field to its header words, most telling first; `required` must be among the columns. `telling`
    are words of `required` that make a table of this kind without a second known column. Two or more columns of
    `foreign` words make it a table of another kind.
    """

    words: Mapping[str, Sequence[str]]
    required: str
    telling: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of data: its number in the sheet and its texts by field, empty ones left out."""

    number: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a sheet. `columns` maps the fields found to their column, from 0."""

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    lines: Sequence[Line]


def header_key(text: str) -> str:
    """A header reduced to its words: '* 客户名称（必填）' → '客户名称', 'Store No.' → 'storeno'."""
    plain = _REMARKS.sub("", unicodedata.normalize("NFKC", text)).lower()
    return "".join(character for character in plain if unicodedata.category(character)[0] in "LN")


def find_table(sheet: Sheet, headings: Headings) -> Table | None:
    """The table of this kind in a sheet, or None. Totals, repeated headers and empty rows are no data."""
    fields = {
        header_key(word): (field, rank)
        for field, words in headings.words.items()
        for rank, word in enumerate(words)
    }
    foreign = {header_key(word) for word in headings.foreign}
    telling = {header_key(word) for word in headings.telling}
    best: tuple[int, int, dict[str, int], list[str]] | None = None
    for index, (_, cells) in enumerate(sheet.rows[:HEADER_WITHIN]):
        keys = [header_key(cell) for cell in cells]
        columns = _columns(keys, fields)
        if headings.required not in columns or sum(key in foreign for key in keys) >= 2:
            continue
        if len(columns) < 2 and keys[columns[headings.required]] not in telling:
            continue
        if best is None or len(columns) > best[0]:
            best = (len(columns), index, columns, keys)
    if best is None:
        return None
    _, at, columns, header = best
    lines = []
    for number, cells in sheet.rows[at + 1 :]:
        values = {
            field: cells[column] for field, column in columns.items() if column < len(cells) and cells[column]
        }
        if not values or _is_totals(cells) or _is_header(cells, header):
            continue
        lines.append(Line(number, values))
    return Table(sheet.name, sheet.rows[at][0], columns, lines)


def _columns(keys: Sequence[str], fields: Mapping[str, tuple[str, int]]) -> dict[str, int]:
    """Field → column; of several columns for one field the one with the most telling word."""
    found: dict[str, tuple[int, int]] = {}
    for column, key in enumerate(keys):
        if key in fields:
            field, rank = fields[key]
            if field not in found or rank < found[field][0]:
                found[field] = (rank, column)
    return {field: column for field, (_, column) in found.items()}


def _is_header(cells: Sequence[str], header: Sequence[str]) -> bool:
    # Most rows differ in their first cell: the others are not reduced to keys for that.
    return len(cells) == len(header) and all(
        header_key(cell) == key for cell, key in zip(cells, header, strict=True)
    )


def _is_totals(cells: Sequence[str]) -> bool:
    first = next((cell for cell in cells if cell), "")
    return _TOTALS.match(first) is not None
