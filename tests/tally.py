"""Reads what a test tool wrote (JUnit XML) and says how many passed, failed and were skipped: `tally.py FILE`.

Used by tests/run for its table; knows nothing of the tests themselves.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree


def tally(file: Path) -> tuple[int, int, int]:
    """Passed, failed (errors included) and skipped cases; an absent or broken report counts as one failure."""
    try:
        cases = list(ElementTree.parse(file).iter("testcase"))
    except (OSError, ElementTree.ParseError):
        return 0, 1, 0
    failed = sum(1 for case in cases if case.find("failure") is not None or case.find("error") is not None)
    skipped = sum(1 for case in cases if case.find("skipped") is not None)
    return len(cases) - failed - skipped, failed, skipped


if __name__ == "__main__":
    print(*tally(Path(sys.argv[1])))
