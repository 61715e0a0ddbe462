"""The process that opens a workbook: the file comes in by the input, the sheets go out as JSON. It is given
little memory and time, and nothing of the app's.
"""

import datetime as dt
import io
import struct
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec
import python_calamine as calamine

from roundsman.core.sheets.reading import COLUMNS_MAX, ROWS_MAX, SECONDS_MAX, Read, Sheet, clean_text

MEMORY_MAX: Final = 1024 * 1024 * 1024
UNPACKED_MAX: Final = 512 * 1024 * 1024
"""Bytes an archive may say it holds: 25 times the largest file, more than honest workbooks unpack to."""
_ERRORS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)


class TooLong(Exception):
    """More rows than are read."""


def text_of(value: Any) -> str:
    """A cell as text: whole numbers without a point or an exponent, days and moments in ISO form, errors as nothing."""
    if isinstance(value, str):
        return "" if value in _ERRORS else clean_text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        # Fifteen digits are what the program that wrote it shows; the rest is binary noise.
        return format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)


def rows_of(sheet: Any, room: int) -> list[tuple[int, list[str]]]:
    """The rows of a sheet that are not empty; cells merged downwards repeat the first one's text."""
    rows: list[tuple[int, list[str]]] = []
    if sheet.start is None:
        return rows
    below = _merged_down(sheet.merged_cell_ranges or ())
    repeated: dict[int, tuple[int, str]] = {}
    first_row, first_column = sheet.start
    for offset, cells in enumerate(sheet.to_python(skip_empty_area=True)):
        number = first_row + offset
        texts = [""] * first_column + [text_of(value) for value in cells[:COLUMNS_MAX]]
        for column, last in below.get(number, ()):
            if column < len(texts):
                repeated[column] = (last, texts[column])
        for column, (last, text) in repeated.items():
            if number <= last and not texts[column]:
                texts[column] = text
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            if len(rows) >= room:
                raise TooLong
            rows.append((number + 1, texts[:COLUMNS_MAX]))
    return rows


def _merged_down(ranges: Sequence[Any]) -> dict[int, list[tuple[int, int]]]:
    """Row → (column, last row) of ranges that go over several rows."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in ranges:
        if bottom > top and left == right and left < COLUMNS_MAX:
            found.setdefault(top, []).append((left, bottom))
    return found


def suffix_of(content: bytes) -> str:
    """The ending of the file's name that its content calls for."""
    if content.startswith(b"PK"):
        return ".ods" if b"application/vnd.oasis.opendocument" in content[:200] else ".xlsx"
    return ".xlsx" if "EncryptedPackage".encode("utf-16-le") in content else ".xls"


def unpacked_size(content: bytes) -> int:
    """The bytes an archive says it unpacks to; 0 for what is no archive. One that lies runs into MEMORY_MAX."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
        return 0  # for the library to judge


def read(content: bytes) -> Read:
    """The workbook's sheets with cells, or the code of what is wrong."""
    if content.startswith(b"PK") and unpacked_size(content) > UNPACKED_MAX:
        return Read(code="sheet_too_large")
    sheets: list[Sheet] = []
    room = ROWS_MAX
    try:
        with tempfile.NamedTemporaryFile(suffix=suffix_of(content)) as file:
            file.write(content)
            file.flush()
            # By its path: only so the library tells a locked workbook from a broken one.
            workbook = calamine.CalamineWorkbook.from_path(file.name)
            for about in workbook.sheets_metadata:
                if about.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                rows = rows_of(workbook.get_sheet_by_name(about.name), room)
                room -= len(rows)
                sheets.append(Sheet(clean_text(about.name), rows))
    except TooLong:
        return Read(code="sheet_too_long")
    except calamine.PasswordError:
        return Read(code="sheet_locked")
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        return Read(code="sheet_unreadable")
    return Read(sheets=sheets)


def main() -> None:
    """Limit, read, answer."""
    try:
        import resource
    except ImportError:
        pass  # Windows has no such limits
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(msgspec.json.encode(read(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
