"""One connection to the file: how it is set up, how a transaction begins on it, and how a statement runs."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from roundsman.core.db.dialect import sqlite_text
from roundsman.core.db.errors import Unavailable
from roundsman.core.db.scope import Row

_NUMBERS = tuple(str(number) for number in range(1, 32_768))
# Between two attempts at the lock another process holds.
_FIRST_PAUSE, _LAST_PAUSE = 0.0005, 0.005


def _list_as_json(value: list[object]) -> str:
    return msgspec.json.encode(value).decode()


sqlite3.register_adapter(list, _list_as_json)


def connect_file(path: Path, lock_seconds: float, *, writes: bool = False) -> sqlite3.Connection:
    """A connection with every setting made, for reading only unless it `writes`. Raises Unavailable, sqlite3.Error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(
        path, timeout=lock_seconds, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    try:
        connection.execute(f"PRAGMA busy_timeout={int(lock_seconds * 1000)}")
        _switch_to_wal(connection, lock_seconds)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=1")
        connection.execute("PRAGMA cache_size=-16000")
        connection.execute("PRAGMA temp_store=2")
        connection.execute("PRAGMA mmap_size=0")
        connection.execute("PRAGMA journal_size_limit=67108864")
        # 16 MB of log: an order touches some sixty pages, and copying them back every 4 MB was a third of a commit.
        connection.execute("PRAGMA wal_autocheckpoint=4000")
        if writes:
            # BEGIN is tried again from the event loop instead of sleeping inside SQLite on its thread.
            connection.execute("PRAGMA busy_timeout=0")
        else:
            connection.execute("PRAGMA query_only=1")
    except BaseException:
        connection.close()
        raise
    return connection


def _switch_to_wal(connection: sqlite3.Connection, lock_seconds: float) -> None:
    deadline = time.monotonic() + lock_seconds
    while True:
        try:
            mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        except sqlite3.OperationalError as error:
            # Two processes making the same new file: the busy timeout does not cover this switch.
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(_LAST_PAUSE)
            continue
        if mode != "wal":
            raise Unavailable(f"this file system cannot hold the database: journal mode is {mode}, not wal")
        return


async def begin_immediate(connection: sqlite3.Connection, deadline: float) -> None:
    """Take the lock of the file, at the latest at `deadline` of the monotonic clock. Raises Unavailable."""
    pause = _FIRST_PAUSE
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
            if time.monotonic() > deadline:
                raise Unavailable("another process has kept the database for too long") from error
        await asyncio.sleep(pause * (0.5 + random.random()))  # noqa: S311 - spreads retries, guards nothing
        pause = min(pause * 2, _LAST_PAUSE)


def begin_snapshot(connection: sqlite3.Connection) -> None:
    """Begin to read, with the view of this moment."""
    connection.execute("BEGIN")
    # BEGIN alone does not look; the view is fixed by the first read.
    connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()


def _is_busy(error: sqlite3.Error) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def by_number(arguments: Sequence[object]) -> dict[str, object]:
    """Arguments for a text with `?1 …`."""
    # `?1` counts as a named parameter: from Python 3.14 on the driver refuses a sequence for it. Piccolo's own
    # SQL has plain `?`, is left as it was by sqlite_text and keeps its sequence.
    return dict(zip(_NUMBERS, arguments))  # noqa: B905 - there are more numbers than SQLite takes arguments


def rows_of(connection: sqlite3.Connection, sql: str, arguments: Sequence[object]) -> list[Row]:
    """Run one statement; its rows."""
    text = sqlite_text(sql)
    cursor = connection.execute(text, arguments if text == sql else by_number(arguments))
    rows = cursor.fetchall()
    if not rows:
        return []
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in rows]  # noqa: B905 - one name for each value, by construction
