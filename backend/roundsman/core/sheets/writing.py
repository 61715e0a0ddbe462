"""Writes a list as an xlsx file, page by page, in memory that does not grow with it; what the columns mean belongs to
the domains.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

import xlsxwriter  # type: ignore[import-untyped]  # the wheel carries no types

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITTEN_MAX: Final = 1_000_000
"""Rows a sheet takes, a little below what the format allows; what goes beyond is not written."""

Cell = str | int | None
Kind = Literal["text", "number", "money"]
_FORMATS: Final[Mapping[Kind, Mapping[str, str]]] = {
    "text": {"num_format": "@"},
    "number": {"num_format": "0"},
    "money": {"num_format": "#,##0.00"},
}
_CHUNK: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading, what is in it, and how wide it is in characters. Money is fen and shown as yuan."""

    title: str
    kind: Kind = "text"
    width: int = 12


@asynccontextmanager
async def written_sheet(
    name: str, headings: Sequence[Heading], pages: AsyncIterator[Sequence[Sequence[Cell]]]
) -> AsyncIterator[Path]:
    """The file of a sheet with these rows, for the length of the block. Texts stay texts, whatever they begin with."""
    with tempfile.TemporaryDirectory(prefix="roundsman-sheet-") as folder:
        path = Path(folder) / "sheet.xlsx"
        sheet = await asyncio.to_thread(_Sheet, path, name, headings)
        try:
            async for rows in pages:
                # In a thread: a thousand rows take longer than anybody else should wait.
                if not await asyncio.to_thread(sheet.add, rows):
                    break
        finally:
            await asyncio.to_thread(sheet.close)
        yield path


async def chunks_of(path: Path) -> AsyncIterator[bytes]:
    """A file's bytes, piece by piece."""
    with await asyncio.to_thread(path.open, "rb") as file:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            yield chunk


def disposition_of(filename: str) -> str:
    """The header that lets a browser keep an answer under a name (RFC 6266)."""
    return f"attachment; filename=\"export.xlsx\"; filename*=UTF-8''{quote(filename)}"


class _Sheet:
    """One open workbook with one sheet; used by one thread at a time."""

    def __init__(self, path: Path, name: str, headings: Sequence[Heading]) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book: Any = xlsxwriter.Workbook(str(path), options)
        self._sheet = self._book.add_worksheet(name)
        formats = {kind: self._book.add_format(dict(look)) for kind, look in _FORMATS.items()}
        bold = self._book.add_format({"bold": True, "bottom": 1})
        self._money = [heading.kind == "money" for heading in headings]
        for place, heading in enumerate(headings):
            self._sheet.set_column(place, place, heading.width, formats[heading.kind])
            self._sheet.write_string(0, place, heading.title, bold)
        self._sheet.freeze_panes(1, 0)
        self._count = 0

    def add(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Add rows; False once no more fit."""
        for row in rows:
            if self._count >= WRITTEN_MAX:
                return False
            self._count += 1
            for place, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, str):
                    self._sheet.write_string(self._count, place, cell)
                else:
                    number = cell / 100 if self._money[place] else cell
                    self._sheet.write_number(self._count, place, number)
        return True

    def close(self) -> None:
        self._book.close()
