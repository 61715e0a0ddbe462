"""The SQLite side: one writing connection, a few reading ones, and a consistent copy while in use.

Statements of a unit of work run on the event loop's own thread, where they cost microseconds; only COMMIT,
which waits for the disk, runs in the writer's thread. Reads outside a unit of work run in readers' threads.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, TypeVar

import msgspec

from roundsman.core.db.database import Database
from roundsman.core.db.dialect import DialectName, sqlite_text
from roundsman.core.db.errors import DatabaseMisuse, TransactionAborted, Unavailable
from roundsman.core.db.scope import Row, finished, settled

Result = TypeVar("Result")

logger = logging.getLogger(__name__)

# How long a unit of work may keep the event loop before other tasks get a turn.
_TURN_SECONDS = 0.01
_NUMBERS = tuple(str(number) for number in range(1, 32_768))
# Between two attempts at the lock another process holds.
_FIRST_PAUSE, _LAST_PAUSE = 0.0005, 0.005


def _list_as_json(value: list[object]) -> str:
    return msgspec.json.encode(value).decode()


sqlite3.register_adapter(list, _list_as_json)


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
        self._turn = asyncio.Lock()
        self._writer: sqlite3.Connection | None = None
        self._idle: asyncio.LifoQueue[sqlite3.Connection] = asyncio.LifoQueue()
        self._writing: ThreadPoolExecutor | None = None
        self._reading: ThreadPoolExecutor | None = None

    @property
    def is_open(self) -> bool:
        """Whether the connections are there."""
        return self._writing is not None

    async def open(self) -> None:
        """Open the connections, making the file if it is missing. Raises Unavailable or sqlite3.Error."""
        if self._writing is not None:
            raise DatabaseMisuse("the database is open already")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        self._reading = ThreadPoolExecutor(self._reader_count, thread_name_prefix="sqlite-reader")
        try:
            self._writer = await self._in_writer(lambda: _connect(self.path, self.lock_seconds, writes=True))
            for _ in range(self._reader_count):
                self._idle.put_nowait(await self._in_writer(lambda: _connect(self.path, self.lock_seconds)))
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Wait for the unit of work and the reads under way, then close everything."""
        async with self._turn:
            writing, reading, writer = self._writing, self._reading, self._writer
            if writing is None or reading is None:
                return
            if writer is not None:
                for _ in range(self._reader_count):
                    (await self._idle.get()).close()
            else:
                while not self._idle.empty():
                    self._idle.get_nowait().close()
            self._writing = self._reading = self._writer = None
            try:
                if writer is not None:
                    # The last connection to close writes the log back into the file, which takes a moment.
                    await finished(asyncio.get_running_loop().run_in_executor(writing, writer.close))
            finally:
                writing.shutdown()
                reading.shutdown()

    async def read(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        """Run one reading statement on a reader."""
        connection = await self._idle_reader()
        try:
            return await self.in_reader(connection, lambda: _rows(connection, sql, arguments))
        finally:
            self._idle.put_nowait(connection)

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
                self._writer = await self._in_writer(
                    lambda: _connect(self.path, self.lock_seconds, writes=True)
                )
            await _begin_immediate(self._writer, deadline)
        except BaseException:
            self._turn.release()
            raise
        return SqliteTransaction(self, self._writer)

    async def begin_snapshot(self) -> SqliteSnapshot:
        """Fix the view of a reader and keep it until the snapshot ends."""
        connection = await self._idle_reader()
        try:
            await self.in_reader(connection, lambda: _begin_snapshot(connection))
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
        self._idle.put_nowait(connection)

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
        if self._reading is None:
            raise DatabaseMisuse("the database is closed")
        return await self._idle.get()

    async def _in_writer(self, connect: Callable[[], sqlite3.Connection]) -> sqlite3.Connection:
        if self._writing is None:
            raise DatabaseMisuse("the database is closed")
        connection, late = await settled(asyncio.get_running_loop().run_in_executor(self._writing, connect))
        if late is not None:
            connection.close()
            raise late
        return connection


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
        return _rows(self._good(), sql, arguments)

    async def execute(self, sql: str, arguments: Sequence[object]) -> int:
        """Run one statement; the number of rows it changed."""
        if time.monotonic() > self._turn_ends:
            await self._let_others_run()
        text = sqlite_text(sql)
        cursor = self._good().execute(text, arguments if text == sql else _by_number(arguments))
        if cursor.description is not None:
            # Rows of RETURNING must be stepped through before the count is final.
            cursor.fetchall()
        return max(cursor.rowcount, 0)

    async def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row."""
        if time.monotonic() > self._turn_ends:
            await self._let_others_run()
        text = sqlite_text(sql)
        self._good().executemany(text, rows if text == sql else map(_by_number, rows))

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
            return await self._database.in_reader(connection, lambda: _rows(connection, sql, arguments))

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


def _connect(path: Path, lock_seconds: float, *, writes: bool = False) -> sqlite3.Connection:
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


async def _begin_immediate(connection: sqlite3.Connection, deadline: float) -> None:
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


def _begin_snapshot(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    # BEGIN alone does not look; the view is fixed by the first read.
    connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()


def _is_busy(error: sqlite3.Error) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _by_number(arguments: Sequence[object]) -> dict[str, object]:
    # `?1` counts as a named parameter: from Python 3.14 on the driver refuses a sequence for it. Piccolo's own
    # SQL has plain `?`, is left as it was by sqlite_text and keeps its sequence.
    return dict(zip(_NUMBERS, arguments))  # noqa: B905 - there are more numbers than SQLite takes arguments


def _rows(connection: sqlite3.Connection, sql: str, arguments: Sequence[object]) -> list[Row]:
    text = sqlite_text(sql)
    cursor = connection.execute(text, arguments if text == sql else _by_number(arguments))
    rows = cursor.fetchall()
    if not rows:
        return []
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in rows]  # noqa: B905 - one name for each value, by construction
