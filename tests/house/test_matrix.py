"""The page that says which test holds what (decisions/0012): it has every row, and every test it names exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "backend" / "decisions" / "0012-failure-matrix.md"
NOT_YET: Final = "not yet"
ROWS: Final = {
    cells[0]: cells
    for line in PAGE.read_text("utf-8").splitlines()
    if re.match(r"\| [FI]\d+ ", line)
    for cells in [[cell.strip() for cell in line.strip("|").split(" | ")]]
}


def named_in(text: str) -> list[tuple[str, str]]:
    """(file, test) of every `file::test` in a text."""
    return re.findall(r"`([\w./]+\.(?:py|ts))::([^`]+)`", text)


def has_test(file: Path, name: str) -> bool:
    """Whether the file has a test of this name: a function of it, or a title that is run."""
    text = file.read_text("utf-8")
    if file.suffix == ".py":
        return re.search(rf"^\s*(?:async )?def {re.escape(name)}\(", text, re.MULTILINE) is not None
    return re.search(rf"\(\s*['`\"]{re.escape(name)}['`\"],\s*(?:async\b|\(|\{{)", text) is not None


def test_no_row_is_missing_or_there_twice() -> None:
    expected = [f"F{n}" for n in range(1, 43)] + [f"I{n}" for n in range(1, 21)]
    found = re.findall(r"^\| ([FI]\d+) ", PAGE.read_text("utf-8"), re.MULTILINE)
    assert found == expected


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_names_tests_that_exist_or_says_that_it_is_not_held(row: list[str]) -> None:
    assert len(row) == 4, "what goes wrong, what defends, what holds it"
    tests = named_in(row[3])
    assert tests or NOT_YET in row[3]
    for file, name in tests:
        assert (ROOT / file).is_file(), f"{row[0]}: {file} is not there"
        assert has_test(ROOT / file, name), f"{row[0]}: {file} has no test {name!r}"


def test_a_test_that_is_not_there_is_noticed() -> None:
    """Neither half of a name, nor what only stands in a comment, counts."""
    own = Path(__file__)
    assert has_test(own, "test_no_row_is_missing_or_there_twice")
    assert not has_test(own, "test_no_row_is_missing")
    phone = ROOT / "pwa/src/sync/store.test.ts"
    assert has_test(phone, "every write is strict")
    assert not has_test(phone, "every write")
    assert named_in("`a/b.py::test_x`, `c.test.ts::says so`") == [
        ("a/b.py", "test_x"),
        ("c.test.ts", "says so"),
    ]
