"""A consistent copy of the file while it is in use."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from pathlib import Path

from roundsman.core.db.database import Database
from roundsman.core.db.sqlite.database import SqliteDatabase


async def backup(database: Database, target: Path) -> None:
    """Write a consistent copy of an open SQLite database to `target` while it is in use.

    The copy is checked and made durable before it takes the name `target`; an existing file is replaced.
    Raises ValueError for another database, sqlite3.Error or OSError when the copy fails; it leaves nothing.
    """
    if not isinstance(database, SqliteDatabase):
        raise ValueError("only a SQLite database is copied this way")
    await asyncio.to_thread(_copy, database.path, target)


def _copy(source: Path, target: Path) -> None:
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        reading = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=60)
        writing = sqlite3.connect(partial)
        try:
            # All pages in one step: one read transaction, so the copy is one moment of the database.
            reading.backup(writing, pages=-1)
            # A copy is one file: not a log beside it that somebody forgets to carry along.
            writing.execute("PRAGMA journal_mode=DELETE")
            verdict = writing.execute("PRAGMA quick_check").fetchone()[0]
            if verdict != "ok":
                raise sqlite3.DatabaseError(f"the copy is damaged: {verdict}")
        finally:
            writing.close()
            reading.close()
        _sync(partial)
        partial.replace(target)
        _sync(target.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
