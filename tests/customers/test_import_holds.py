"""How long an import keeps others from committing: some rows a commit, and nothing between them (F42)."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from roundsman.core import db
from roundsman.importing import ROWS_AT_ONCE, import_customers
from tests.cast import Cast

ROWS = 700
MOST_SECONDS = 0.3
"""What one commit may hold the sequencer. Other work on the machine makes single ones longer: the least counts, and on
SQLite, where all of it is done by this process, only the time it had a processor."""


def sheet(remark: str) -> bytes:
    lines = ["编号,名称,联系人,手机,地址,类别,业务员,区域,备注,经度,纬度"]
    lines += [
        f"N{n},和平便利店{n},张三,138{n:08d},上海市黄浦区四川北路{n}号,,Rep,North,{remark},121.{n:06d},31.{n:06d}"
        for n in range(ROWS)
    ]
    return "\n".join(lines).encode()


class _Watched:
    """A transaction that tells how long it kept other writers waiting."""

    def __init__(self, transaction: Any, holds: list[tuple[float, float]], *, is_held_from_now: bool) -> None:
        self._transaction, self._holds = transaction, holds
        self._began = _now() if is_held_from_now else None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transaction, name)

    async def commit(self) -> Any:
        began = _now() if self._began is None else self._began
        late = await self._transaction.commit()
        ended = _now()
        self._holds.append((ended[0] - began[0], ended[1] - began[1]))
        return late


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


@pytest.fixture
def holds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, float]]:
    """Seconds, and seconds with a processor, each commit held the sequencer: on SQLite from the beginning of the unit,
    on PostgreSQL while it commits."""
    found: list[tuple[float, float]] = []
    kind = type(cast.database)
    begin, is_sqlite = kind.begin, cast.database.dialect == "sqlite"

    async def watched(self: Any, wait: float | None = None) -> Any:
        return _Watched(await begin(self, wait), found, is_held_from_now=is_sqlite)

    monkeypatch.setattr(kind, "begin", watched)
    return found


async def rows_of_commands() -> list[int]:
    found = await db.fetch("SELECT args FROM sync_command WHERE name = 'customers.import_rows' ORDER BY seq")
    return [
        len((row["args"] if isinstance(row["args"], dict) else json.loads(row["args"]))["rows"])
        for row in found
    ]


@pytest.mark.slow(4)
async def test_an_import_lets_others_commit_between_its_rows(
    cast: Cast, holds: list[tuple[float, float]]
) -> None:
    assert ROWS % ROWS_AT_ONCE == 0, "each commit has as many rows"
    clerk = await cast.person("clerk")
    for remark, done in (("老", "created"), ("新", "changed")):
        holds.clear()
        result = await import_customers(
            cast.registry, clerk, sheet(remark), "客户.csv", territory_id=cast.territories["north"]
        )
        assert getattr(result, done) == ROWS
        assert len(holds) == ROWS // ROWS_AT_ONCE, "one commit for each command"
        shown = " ".join(f"{1000 * seconds:.0f}" for seconds, _ in holds)
        print(f"{cast.database.dialect}, {done}: {ROWS_AT_ONCE} rows a commit, held for {shown} ms")
        assert min(hold[cast.database.dialect == "sqlite"] for hold in holds) < MOST_SECONDS, (shown, holds)
    rows = await rows_of_commands()
    assert sum(rows) == 2 * ROWS
    assert max(rows) == ROWS_AT_ONCE <= 100
