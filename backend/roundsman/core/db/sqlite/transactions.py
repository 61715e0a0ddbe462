"""What statements run in: the one write transaction of the process, and readers whose view is held still."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from roundsman.core.db.dialect import sqlite_text
from roundsman.core.db.errors import DatabaseMisuse, TransactionAborted
from roundsman.core.db.scope import Row, finished
from roundsman.core.db.sqlite.connections import by_number, rows_of

if TYPE_CHECKING:
    from roundsman.core.db.sqlite.database import SqliteDatabase

# How long a unit of work may keep the event loop before other tasks get a turn.
_TURN_SECONDS = 0.01


class SqliteTransaction:
    """The write transaction: statements run here and now, on the event loop's thread."""

    __slots__ = ("_connection", "_database", "_turn_ends")

    def __init__(self, database: SqliteDatabase, connection: sqlite3.Connection) -> None:
        self._database = database
        self._connection = connection
        self._turn_ends = time.monotonic() + _TURN_SECONDS

    async def fetch(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        """Run one statement; its rows."""
        if time.monotonic() > self._turn_ends:
            await self._let_others_run()
        return rows_of(self._good(), sql, arguments)

    async def execute(self, sql: str, arguments: Sequence[object]) -> int:
        """Run one statement; the number of rows it changed."""
        if time.monotonic() > self._turn_ends:
            await self._let_others_run()
        text = sqlite_text(sql)
        cursor = self._good().execute(text, arguments if text == sql else by_number(arguments))
        if cursor.description is not None:
            # Rows of RETURNING must be stepped through before the count is final.
            cursor.fetchall()
        return max(cursor.rowcount, 0)

    async def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row."""
        if time.monotonic() > self._turn_ends:
            await self._let_others_run()
        text = sqlite_text(sql)
        self._good().executemany(text, rows if text == sql else map(by_number, rows))

    async def commit(self) -> asyncio.CancelledError | None:
        """Make it durable."""
        try:
            connection = self._good()
        except TransactionAborted:
            self._database.abandon(self._connection)
            raise
        return await self._database.commit(connection)

    async def rollback(self) -> None:
        """Undo everything; this only forgets pages, so it does not wait for the disk."""
        self._database.abandon(self._connection)

    def _good(self) -> sqlite3.Connection:
        # SQLite rolls back by itself on a full disk and the like; what came after would commit one by one.
        if not self._connection.in_transaction:
            raise TransactionAborted("SQLite has rolled the transaction back")
        return self._connection

    async def _let_others_run(self) -> None:
        await asyncio.sleep(0)
        self._turn_ends = time.monotonic() + _TURN_SECONDS


class SqliteSnapshot:
    """A reader with its view held still."""

    __slots__ = ("_connection", "_database", "_one_at_a_time")

    def __init__(self, database: SqliteDatabase, connection: sqlite3.Connection) -> None:
        self._database = database
        self._connection = connection
        self._one_at_a_time = asyncio.Lock()

    async def fetch(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        """Run one reading statement in the view."""
        connection = self._connection
        async with self._one_at_a_time:
            return await self._database.in_reader(connection, lambda: rows_of(connection, sql, arguments))

    async def execute(self, sql: str, arguments: Sequence[object]) -> int:
        """A snapshot writes nothing."""
        raise DatabaseMisuse("a write is not possible in a snapshot")

    async def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """A snapshot writes nothing."""
        raise DatabaseMisuse("a write is not possible in a snapshot")

    async def commit(self) -> asyncio.CancelledError | None:
        """End the view."""
        await self.rollback()
        return None

    async def rollback(self) -> None:
        """End the view, after the read of another task that is still under way."""
        await finished(self._end())

    async def _end(self) -> None:
        async with self._one_at_a_time:
            self._database.give_back(self._connection)
