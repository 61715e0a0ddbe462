"""A company in one file: one writing connection, a few reading ones, and whose turn it is."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from roundsman.core.db.database import Database
from roundsman.core.db.dialect import DialectName
from roundsman.core.db.errors import DatabaseMisuse, Unavailable
from roundsman.core.db.scope import Row, finished, settled
from roundsman.core.db.sqlite.connections import begin_immediate, begin_snapshot, connect_file, rows_of
from roundsman.core.db.sqlite.transactions import SqliteSnapshot, SqliteTransaction

Result = TypeVar("Result")

logger = logging.getLogger(__name__)


class SqliteDatabase(Database):
    """A company in one file on a local disk."""

    dialect: ClassVar[DialectName] = "sqlite"

    def __init__(self, url: str, path: str, *, readers: int = 2, lock_seconds: float = 60.0) -> None:
        super().__init__(url)
        if not path or path == ":memory:":
            raise ValueError("a company needs a file: sqlite:///path/to/company.db")
        self.path = Path(path)
        self.lock_seconds = lock_seconds
        self._reader_count = readers
        self._may_read = asyncio.Semaphore(readers)
        self._idle: list[sqlite3.Connection] = []
        self._turn = asyncio.Lock()
        self._writer: sqlite3.Connection | None = None
        self._writing: ThreadPoolExecutor | None = None
        self._reading: ThreadPoolExecutor | None = None

    @property
    def is_open(self) -> bool:
        """Whether the connections are there."""
        return self._writing is not None

    async def open(self) -> None:
        """Open the file for writing, making it if it is missing; each reader is opened when one is first missed, since
        every connection reads the whole schema. Raises Unavailable or sqlite3.Error.
        """
        if self._writing is not None:
            raise DatabaseMisuse("the database is open already")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        self._reading = ThreadPoolExecutor(self._reader_count, thread_name_prefix="sqlite-reader")
        try:
            self._writer = await self._connected(self._writing, writes=True)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Wait for the unit of work and the reads under way, then close everything."""
        async with self._turn:
            writing, reading, writer = self._writing, self._reading, self._writer
            if writing is None or reading is None:
                return
            for _ in range(self._reader_count):
                await self._may_read.acquire()
            while self._idle:
                self._idle.pop().close()
            self._writing = self._reading = self._writer = None
            try:
                if writer is not None:
                    # The last connection to close writes the log back into the file, which takes a moment.
                    await finished(asyncio.get_running_loop().run_in_executor(writing, writer.close))
            finally:
                # Whoever waits to read hears that there is nothing to read any more.
                for _ in range(self._reader_count):
                    self._may_read.release()
                writing.shutdown()
                reading.shutdown()

    async def read(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        """Run one reading statement on a reader."""
        connection = await self._idle_reader()
        try:
            return await self.in_reader(connection, lambda: rows_of(connection, sql, arguments))
        finally:
            self._return(connection)

    async def look_up(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        """Run it on the event loop's own thread: handing it to another costs more than it does."""
        connection = await self._idle_reader()
        try:
            return rows_of(connection, sql, arguments)
        finally:
            self._return(connection)

    async def begin(self, wait: float | None = None) -> SqliteTransaction:
        """Wait for our turn in this process, then for the lock of the file."""
        wait = self.lock_seconds if wait is None else wait
        deadline = time.monotonic() + wait
        try:
            if self._turn.locked():
                async with asyncio.timeout(wait):
                    await self._turn.acquire()
            else:
                await self._turn.acquire()
        except TimeoutError as error:
            raise Unavailable("the database has been busy for too long") from error
        try:
            if self._writing is None:
                raise DatabaseMisuse("the database is closed")
            if self._writer is None:
                self._writer = await self._connected(self._writing, writes=True)
            await begin_immediate(self._writer, deadline)
        except BaseException:
            self._turn.release()
            raise
        return SqliteTransaction(self, self._writer)

    async def begin_snapshot(self) -> SqliteSnapshot:
        """Fix the view of a reader and keep it until the snapshot ends."""
        connection = await self._idle_reader()
        try:
            await self.in_reader(connection, lambda: begin_snapshot(connection))
        except BaseException:
            self.give_back(connection)
            raise
        return SqliteSnapshot(self, connection)

    async def in_reader(self, connection: sqlite3.Connection, work: Callable[[], Result]) -> Result:
        """Run `work` on that connection in a reader's thread; cancelled, it is interrupted and waited for."""
        if self._reading is None:
            raise DatabaseMisuse("the database is closed")
        future = asyncio.get_running_loop().run_in_executor(self._reading, work)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            connection.interrupt()
            with suppress(Exception):
                await settled(future)
            raise
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_READONLY:
                raise DatabaseMisuse("a write needs `async with db.unit_of_work():` around it") from error
            raise

    def give_back(self, connection: sqlite3.Connection) -> None:
        """Return a reader that may be in a transaction."""
        with suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        self._return(connection)

    async def commit(self, connection: sqlite3.Connection) -> asyncio.CancelledError | None:
        """Commit in the writer's thread and pass the turn on, whatever happens."""
        if self._writing is None:
            raise DatabaseMisuse("the database is closed")
        try:
            future = asyncio.get_running_loop().run_in_executor(self._writing, connection.execute, "COMMIT")
            _, late = await settled(future)
        except BaseException:
            self.abandon(connection)
            raise
        self._turn.release()
        return late

    def abandon(self, connection: sqlite3.Connection) -> None:
        """Roll back and pass the turn on; a connection that cannot even do that is replaced."""
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            logger.exception("the writing connection is replaced: it could not roll back")
            self._writer = None
            with suppress(sqlite3.Error):
                connection.close()
        finally:
            self._turn.release()

    async def _idle_reader(self) -> sqlite3.Connection:
        await self._may_read.acquire()
        try:
            if self._reading is None:
                raise DatabaseMisuse("the database is closed")
            return self._idle.pop() if self._idle else await self._connected(self._reading)
        except BaseException:
            self._may_read.release()
            raise

    def _return(self, connection: sqlite3.Connection) -> None:
        self._idle.append(connection)
        self._may_read.release()

    async def _connected(self, thread: ThreadPoolExecutor, *, writes: bool = False) -> sqlite3.Connection:
        connect = partial(connect_file, self.path, self.lock_seconds, writes=writes)
        connection, late = await settled(asyncio.get_running_loop().run_in_executor(thread, connect))
        if late is not None:
            connection.close()
            raise late
        return connection
