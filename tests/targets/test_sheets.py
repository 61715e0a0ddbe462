"""Lists of targets as companies have them, and the same through the import."""

from __future__ import annotations

import csv
import io

import pytest

from roundsman.core import db
from roundsman.core.sheets import read_sheets
from roundsman.importing import import_targets
from roundsman.targets.sheets import targets_in
from tests.cast import Cast


def sheet(*rows: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026", ("2026-01-01", "2026-12-31")),
        ("2026年度", ("2026-01-01", "2026-12-31")),
        ("2026-02", ("2026-02-01", "2026-02-28")),
        ("2024年2月", ("2024-02-01", "2024-02-29")),
        ("2026/12", ("2026-12-01", "2026-12-31")),
        ("2026Q3", ("2026-07-01", "2026-09-30")),
        ("2026年第二季度", ("2026-04-01", "2026-06-30")),
        ("2026年1季度", ("2026-01-01", "2026-03-31")),
        ("2026-03-01", ("2026-03-01", "2026-03-31")),
        ("2026-13", None),
        ("2026-03-02", None),
        ("下个月", None),
    ],
)
def test_a_period_as_people_write_it(text: str, span: tuple[str, str] | None) -> None:
    found = targets_in(read_sheets(sheet(("业务员", "月份", "销售目标"), ("王", text, "100")), "t.csv"))
    if span is None:
        assert [note.code for note in found.refused] == ["targets.no_such_day"]
    else:
        (row,) = found.rows
        assert (row.from_on, row.until_on, row.amount) == (*span, 10_000)


async def test_targets_come_from_a_sheet_and_a_second_time_nothing_changes(cast: Cast) -> None:
    content = sheet(
        ("区域", "业务员", "指标", "开始日期", "结束日期", "目标值"),
        ("", "Rep", "", "2026-01-01", "2026-03-31", "12,000.50"),
        ("North", "", "拜访", "2026/1/1", "2026/3/31", "300"),
        ("", "nobody", "", "2026-01-01", "2026-03-31", "1"),
        ("", "Rep", "", "2026-01-01", "2025-03-31", "1"),
        ("", "Rep", "天气", "2026-01-01", "2026-03-31", "1"),
        ("", "other_rep", "回款", "2026-01-01", "2026-03-31", "0"),
        ("", "other_rep", "回款", "2026-01-01", "2026-03-31", "7"),
        ("", "other_rep", "回款", "2026-01-01", "2026-03-31", "8"),
    )
    by = await cast.person("clerk")
    trial = await import_targets(cast.registry, by, content, "t.csv", is_trial=True)
    assert await db.fetch("SELECT id FROM targets") == []
    made = await import_targets(cast.registry, by, content, "t.csv")
    assert (made.created, made.changed, made.unchanged) == (trial.created, 0, 0) == (3, 0, 0)
    assert [(note.row, note.code) for note in made.refused] == [
        (4, "targets.scope_unknown"),
        (5, "targets.wrong_span"),
        (6, "targets.number_wrong"),
        (7, "targets.number_wrong"),
    ]
    assert [(note.row, note.code) for note in made.noticed] == [(9, "targets.row_twice")]
    rows = await db.fetch("SELECT scope, metric, amount FROM targets ORDER BY amount")
    assert [tuple(row.values()) for row in rows] == [
        ("territory", "visits", 300),
        ("person", "collection", 800),
        ("person", "sales", 1_200_050),
    ]
    again = await import_targets(cast.registry, by, content, "t.csv")
    assert (again.created, again.changed, again.unchanged) == (0, 0, 3)
