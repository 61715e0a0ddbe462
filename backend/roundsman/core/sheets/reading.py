"""From a file's bytes to sheets of plain text cells. A workbook is opened in a process of its own with little
memory and time, so that a malicious one takes nobody else down with it; text is read here.
"""

import csv
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

import msgspec
from charset_normalizer import from_bytes

from roundsman.core.errors import Invalid

SIZE_MAX: Final = 20 * 1024 * 1024
"""Bytes of a file."""
ROWS_MAX: Final = 100_000
"""Rows with anything in them, over all sheets."""
COLUMNS_MAX: Final = 300
"""Columns beyond this are not read."""
CELL_MAX: Final = 5_000
"""Characters of a cell; what goes beyond is cut."""
SECONDS_MAX: Final = 60

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS: Final = ",\t;|"
# What text files hold; a file with other control characters is not text.
_WHITE: Final = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\x1a")
_BACKEND: Final = Path(__file__).resolve().parents[3]


class Sheet(msgspec.Struct, frozen=True):
    """One sheet: its name and its rows that are not empty, each with its number as a person counts, from 1."""

    name: str
    rows: list[tuple[int, list[str]]]


class Read(msgspec.Struct, frozen=True):
    """What the reading process answers."""

    sheets: list[Sheet] = []
    code: str = ""


def read_sheets(content: bytes, name: str = "") -> list[Sheet]:
    """All sheets of a file; a text file is one sheet called `name`. Takes up to SECONDS_MAX seconds and blocks.

    Raises Invalid with sheet_too_large, sheet_too_long, sheet_locked, sheet_unreadable or sheet_format_unknown.
    """
    if len(content) > SIZE_MAX:
        raise Invalid("sheet_too_large", most=SIZE_MAX)
    if content.startswith(_WORKBOOKS):
        return _workbook(content)
    sheet = Sheet(name, list(_text_rows(decode_text(content))))
    return [sheet]


def _workbook(content: bytes) -> list[Sheet]:
    try:
        # The folder is ours: a process that is ended leaves its copy of the file behind.
        with tempfile.TemporaryDirectory(prefix="roundsman-sheet-") as folder:
            done = subprocess.run(  # our own module, read from its input
                [sys.executable, "-m", "roundsman.core.sheets.process"],
                input=content,
                capture_output=True,
                timeout=SECONDS_MAX + 10,
                check=False,
                env={"PYTHONPATH": str(_BACKEND), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": folder},
            )
    except subprocess.TimeoutExpired as error:
        raise Invalid("sheet_too_large", most=SIZE_MAX) from error
    try:
        read = msgspec.json.decode(done.stdout, type=Read)
    except msgspec.DecodeError as error:
        # It ran into its limits: the library ends the process when memory is refused.
        raise Invalid("sheet_too_large", most=SIZE_MAX) from error
    if read.code == "sheet_too_large":
        raise Invalid("sheet_too_large", most=SIZE_MAX)
    if read.code == "sheet_too_long":
        raise Invalid("sheet_too_long", most=ROWS_MAX)
    if read.code == "sheet_locked":
        raise Invalid("sheet_locked")
    if read.code:
        raise Invalid("sheet_unreadable")
    return read.sheets


def decode_text(content: bytes) -> str:
    """A text file's text in whatever encoding it is: UTF-8 or UTF-16 with or without a mark, GB 18030, Big5, others by
    their statistics. Raises Invalid("sheet_format_unknown") for what is no text.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _plain(_decoded(content, encoding))
    if b"\0" in content[:4096]:
        # UTF-16 without a mark: the zero bytes of commas and line ends stand on one side.
        high_first = content[0:4096:2].count(0) > content[1:4096:2].count(0)
        return _plain(_decoded(content, "utf-16-be" if high_first else "utf-16-le"))
    text = _decoded(content, "utf-8")
    if text is None:
        readings = [
            (_commonness(text, encoding), text)
            for encoding in ("gb18030", "big5")
            if (text := _decoded(content, encoding)) is not None
        ]
        # GB 18030 first: of equals the first is taken.
        text = max(readings, key=lambda reading: reading[0])[1] if readings else None
    if text is None and (best := from_bytes(content).best()) is not None:
        text = str(best)
    return _plain(text)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _commonness(text: str, encoding: str) -> float:
    """The part of the characters beyond ASCII that are among the common ones of a Chinese encoding. Both decode
    almost any pair of bytes, but only the right one gives characters people use.
    """
    common = range(0xB0, 0xD8) if encoding == "gb18030" else range(0xA4, 0xC7)
    beyond = [character for character in text if character > "\x7f"]
    count = 0
    for character in beyond:
        raw = character.encode(encoding, "ignore")
        count += len(raw) == 2 and raw[0] in common and (encoding != "gb18030" or raw[1] >= 0xA1)
    return count / len(beyond) if beyond else 0.0


def _plain(text: str | None) -> str:
    if text is None or any(ord(character) < 32 and character not in _WHITE for character in text[:4096]):
        raise Invalid("sheet_format_unknown")
    return text


def _text_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    head = text[:20_000].splitlines()[:30]
    first = 0
    if head and head[0].lower().startswith("sep=") and len(head[0]) == 5:
        delimiter, first = head[0][4], 1
    else:
        delimiter = max(_DELIMITERS, key=lambda sign: sum(line.count(sign) for line in head))
    csv.field_size_limit(SIZE_MAX)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    count = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number <= first:
                continue
            plain = [clean_text(cell) for cell in cells[:COLUMNS_MAX]]
            if any(plain):
                count += 1
                if count > ROWS_MAX:
                    raise Invalid("sheet_too_long", most=ROWS_MAX)
                yield number, plain
    except csv.Error as error:
        raise Invalid("sheet_unreadable") from error


def clean_text(text: str) -> str:
    """A cell's text on one line, without control characters and surrounding space."""
    if text.isprintable() and text[:1] != " " and text[-1:] != " ":
        return text[:CELL_MAX]
    kept = "".join(
        " " if character.isspace() else character
        for character in text[:CELL_MAX]
        if character.isspace() or character.isprintable() or ord(character) > 0xFF
    )
    return kept.encode("utf-8", "ignore").decode().strip()


def number_of(text: str) -> Decimal | None:
    """The number a cell holds: '1.38E+10', '13800000000.0', '1,200'; None for anything else."""
    try:
        number = Decimal(text.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        return None
    # Beyond this a number means nothing here and would only cost memory when written out.
    return number if number.is_finite() and abs(number.adjusted()) <= 30 else None
