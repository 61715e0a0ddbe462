"""Lists written as xlsx: what a spreadsheet program finds in them, and that memory does not grow with them."""

from __future__ import annotations

import tracemalloc
from collections.abc import AsyncIterator

import pytest
from python_calamine import CalamineWorkbook

from roundsman.core.sheets import Cell, Heading, chunks_of, disposition_of, written_sheet

HEADINGS = (Heading("名称", width=20), Heading("数量", "number"), Heading("金额", "money"))


async def pages(rows: int, size: int = 1000) -> AsyncIterator[list[list[Cell]]]:
    for start in range(0, rows, size):
        yield [[f"第{n}行", n, n * 10 + 5] for n in range(start, min(start + size, rows))]


async def test_texts_stay_texts_and_fen_become_yuan() -> None:
    async def one() -> AsyncIterator[list[list[Cell]]]:
        yield [["=HYPERLINK(1)", 3, 1234], ["http://a.b", None, -5], ["", 0, 0]]

    async with written_sheet("表", HEADINGS, one()) as path:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("表")
        assert sheet.to_python() == [
            ["名称", "数量", "金额"],
            ["=HYPERLINK(1)", 3.0, 12.34],
            ["http://a.b", "", -0.05],
            ["", 0.0, 0.0],
        ]
        assert b"".join([chunk async for chunk in chunks_of(path)]) == path.read_bytes()
    assert not path.exists()


async def test_a_list_without_rows_has_its_headings() -> None:
    async with written_sheet("表", HEADINGS, pages(0)) as path:
        assert CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python() == [
            ["名称", "数量", "金额"]
        ]


async def test_nothing_is_left_behind_when_a_page_fails() -> None:
    async def failing() -> AsyncIterator[list[list[Cell]]]:
        yield [["a", 1, 1]]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        async with written_sheet("表", HEADINGS, failing()):
            pass


@pytest.mark.slow(2)
async def test_memory_does_not_grow_with_the_rows() -> None:
    peaks = []
    for rows in (1_000, 8_000):
        tracemalloc.start()
        async with written_sheet("表", HEADINGS, pages(rows)) as path:
            size = path.stat().st_size
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 300_000, peaks
    assert size > 100_000


def test_a_file_keeps_its_chinese_name() -> None:
    assert disposition_of("订单.xlsx").endswith("filename*=UTF-8''%E8%AE%A2%E5%8D%95.xlsx")
