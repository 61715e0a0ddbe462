"""Reading sheets: every encoding, awkward workbooks, and the ones made to do harm."""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from roundsman.core.errors import Invalid
from roundsman.core.sheets import Headings, Sheet, find_table, number_of, process, read_sheets, reading
from tests.real_data import SHARED, needs_shared

TEXT = (
    "编号,客户名称,地址\r\nA1,和平便利店,上海市黄浦区四川北路1689号\r\nA2,永兴超市,杭州市西湖区文三路9号\r\n"
)
ROWS = [line.split(",") for line in TEXT.split()]


def workbook(rows: list[list[object]], *more: list[list[object]], merge: str = "") -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for content in (rows, *more):
            sheet = book.add_worksheet()
            for number, row in enumerate(content):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(number, column, value, day)
                    else:
                        sheet.write(number, column, value)
            if merge:
                sheet.merge_range(merge, "华东")
                merge = ""
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode(encoding), id=encoding)
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
    ]
    + [
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), id="utf-16-be with a mark"),
        pytest.param(TEXT.replace(",", "\t").encode("utf-16"), id="unicode text of a spreadsheet"),
        pytest.param(TEXT.replace(",", ";").encode("gbk"), id="semicolons"),
    ],
)
def test_read_sheets_takes_text_in_any_encoding(content: bytes) -> None:
    (sheet,) = read_sheets(content, "客户.csv")
    assert sheet.name == "客户.csv"
    assert [cells for _, cells in sheet.rows] == ROWS


def test_read_sheets_takes_big5() -> None:
    text = "編號,客戶名稱,地址\nA1,和平便利商店,臺北市信義區市府路一號\n"
    (sheet,) = read_sheets(text.encode("big5"), "x")
    assert sheet.rows[1] == (2, ["A1", "和平便利商店", "臺北市信義區市府路一號"])


def test_read_sheets_keeps_quoted_line_ends_and_numbers_of_rows() -> None:
    (sheet,) = read_sheets(b'sep=;\nname;note\n\n"a;b";"one\ntwo"\n ;\n', "x")
    assert [cells for _, cells in sheet.rows] == [["name", "note"], ["a;b", "one two"]]


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n\0\0\0", b"%PDF-1.4\n\x01\x02"]
)
def test_read_sheets_refuses_what_is_no_text(content: bytes) -> None:
    with pytest.raises(Invalid, match="sheet_format_unknown"):
        read_sheets(content, "x")


def test_read_sheets_gives_cells_as_people_see_them() -> None:
    content = workbook(
        [
            ["13812345678", 13812345678, 0.1 + 0.2, 5.0, True, date(2026, 3, 8), "=1/0", "  a\x0bb ", 1e20],
            [None, None, None],
        ],
        [["second"]],
    )
    first, second = read_sheets(content, "x")
    assert first.rows == [
        (
            1,
            [
                "13812345678",
                "13812345678",
                "0.3",
                "5",
                "TRUE",
                "2026-03-08",
                "0",
                "a b",
                "100000000000000000000",
            ],
        )
    ]
    assert second.rows == [(1, ["second"])]


def test_read_sheets_repeats_what_is_merged_downwards() -> None:
    content = workbook([["区域", "店名"], ["", "甲"], ["", "乙"], ["", "丙"], ["", "丁"]], merge="A2:A4")
    (sheet,) = read_sheets(content, "x")
    assert [cells for _, cells in sheet.rows[1:]] == [
        ["华东", "甲"],
        ["华东", "乙"],
        ["华东", "丙"],
        ["", "丁"],
    ]


def outcome(content: bytes) -> list[Sheet] | str:
    """The sheets, or the code of the refusal."""
    try:
        return read_sheets(content, "x")
    except Invalid as refusal:
        return refusal.code


def test_read_sheets_refuses_too_large_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid, match="sheet_too_large"):
        read_sheets(b"a" * (reading.SIZE_MAX + 1), "x")
    monkeypatch.setattr(reading, "ROWS_MAX", 10)
    with pytest.raises(Invalid, match="sheet_too_long"):
        read_sheets(b"a\n" * 11, "x")


def bomb(parts: Iterable[bytes]) -> bytes:
    """A small workbook with these bytes in the first row of its sheet."""
    whole, target = workbook([["name"], ["a"]]), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for name in source.namelist():
            if name != "xl/worksheets/sheet1.xml":
                made.writestr(name, source.read(name))
        with made.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')
            sheet.write(b'<sheetData><row r="1">')
            for part in parts:
                sheet.write(part)
            sheet.write(b"</sheetData></worksheet>")
    assert target.tell() < 5_000_000
    return target.getvalue()


def test_read_sheets_refuses_a_bomb_before_it_goes_off() -> None:
    """A small archive that unpacks to more than half a gigabyte: refused for what it says of itself, and stopped
    when it lies.
    """
    megabyte = b"a" * 1_000_000
    cell = [b'<c r="A1" t="inlineStr"><is><t>', *[megabyte] * 600, b"</t></is></c></row>"]
    honest = bomb(cell)
    assert process.read(honest).code == "sheet_too_large"
    assert outcome(honest) == "sheet_too_large"
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    liar = honest.replace(struct.pack("<L", size), struct.pack("<L", 1_000))
    assert process.unpacked_size(liar) < 20_000
    assert outcome(liar) in ("sheet_too_large", "sheet_unreadable")


def test_read_sheets_bears_cells_that_span_the_whole_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    got = outcome(bomb([b'<c r="A1"><v>1</v></c></row><row r="1000000"><c r="CU1000000"><v>1</v></c></row>']))
    if isinstance(got, str):
        assert got in ("sheet_too_large", "sheet_unreadable")
    else:
        assert [len(sheet.rows) for sheet in got] == [2]
    # Its process was ended in the middle, and left nothing on the disk.
    assert list(tmp_path.iterdir()) == []


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.name)
        for path in sorted(SHARED.glob("sheets-licensed/calamine/*"))
        if path.name
        in (
            "OOM_alloc3.xls",
            "issue252.xlsx",
            "issue_385.xls",
            "issue_594_dos.ods",
            "pass_protected.xlsx",
            "pass_protected.ods",
            "too_small.xls",
            "errors.xlsx",
            "merged_range.xlsx",
            "biff5_write.xls",
            "date_1904.xlsx",
            "empty_sheet.xlsx",
        )
    ],
)
def test_read_sheets_bears_awkward_and_malicious_files(path: Path) -> None:
    got = outcome(path.read_bytes())
    locked = {"issue_385.xls", "pass_protected.xlsx", "pass_protected.ods"}
    broken = {"OOM_alloc3.xls", "issue252.xlsx", "issue_594_dos.ods"}
    if path.name in locked | broken:
        assert got == ("sheet_locked" if path.name in locked else "sheet_unreadable")
    else:
        assert not isinstance(got, str)
        assert all(isinstance(cell, str) for sheet in got for _, cells in sheet.rows for cell in cells)


HEADINGS = Headings(
    words={"name": ("客户名称", "名称"), "phone": ("电话",), "note": ("备注",)},
    required="name",
    telling=frozenset({"客户名称"}),
    foreign=frozenset({"单价", "数量"}),
)


def table(text: str) -> object:
    (sheet,) = read_sheets(text.encode(), "s")
    found = find_table(sheet, HEADINGS)
    return (
        None
        if found is None
        else (found.header_row, [(line.number, dict(line.values)) for line in found.lines])
    )


def test_find_table_steps_over_notes_totals_and_repeated_headers() -> None:
    header = "名称*,电话（必填）,备注\n"
    text = f"客户资料表,,\n1、带*为必填,,\n{header}甲,1,\n{header}乙,,x\n合 计,2,\n小计：,,\n"
    assert table(text) == (3, [(4, {"name": "甲", "phone": "1"}), (6, {"name": "乙", "note": "x"})])


def test_find_table_takes_no_table_of_another_kind() -> None:
    assert table("客户名称,单价,数量,备注\n甲,1,2,\n") is None
    assert table("名称\n甲\n") is None
    assert table("客户名称\n甲\n") == (1, [(2, {"name": "甲"})])
    assert table("a,b\n1,2\n") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.38E+10", "13800000000"), ("1,200.50", "1200.50"), ("x", None), ("NaN", None), ("1e999", None)],
)
def test_number_of(text: str, number: str | None) -> None:
    found = number_of(text)
    assert (None if found is None else format(found, "f")) == number
