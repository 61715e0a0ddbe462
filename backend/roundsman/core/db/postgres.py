"""The PostgreSQL side: a pool of connections, opened on request and never at import."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, ClassVar, TypeVar

import asyncpg  # type: ignore[import-untyped]  # it ships no types

from roundsman.core.db.database import Database
from roundsman.core.db.dialect import DialectName
from roundsman.core.db.errors import (
    DatabaseMisuse,
    OutcomeUnknown,
    TransactionAborted,
    Unavailable,
    is_connection_lost,
)
from roundsman.core.db.scope import Row, finished, settled

Result = TypeVar("Result")

_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
# One round trip: the view is fixed by the first query, not by BEGIN.
_BEGIN_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1"
_DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
_COMMIT_SECONDS = 60.0
_ROLLBACK_SECONDS = 10.0
_CLOSE_SECONDS = 30.0


class _Connection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    __slots__ = ()

    def get_reset_query(self) -> str:
        """No session state is ever set on a pooled connection, so nothing needs a round trip to be reset."""
        return ""


class PostgresDatabase(Database):
    """A company in one PostgreSQL database."""

    dialect: ClassVar[DialectName] = "postgres"

    def __init__(
        self, url: str, *, max_size: int = 10, acquire_seconds: float = 30.0, lock_seconds: float = 60.0
    ) -> None:
        super().__init__(url)
        self.max_size = max_size
        self._acquire_seconds = acquire_seconds
        self._lock_seconds = lock_seconds
        self._pool: Any = None
        self._is_closing = False

    @property
    def is_open(self) -> bool:
        """Whether the pool is there."""
        return self._pool is not None

    async def open(self) -> None:
        """Connect once, so that a wrong address shows at the start. Raises asyncpg's errors and OSError."""
        if self._pool is not None:
            raise DatabaseMisuse("the database is open already")
        self._pool = await asyncpg.create_pool(
            self.url,
            min_size=1,
            max_size=self.max_size,
            statement_cache_size=1000,
            connection_class=_Connection,
            init=_prepare,
            server_settings={
                "application_name": "roundsman",
                "timezone": "UTC",
                # A write outside a unit of work is refused by the server; BEGIN … READ WRITE lifts it.
                "default_transaction_read_only": "on",
                # A page of the feed names every table and so looks dear enough to compile: 0.1 to 0.5 s lost.
                "jit": "off",
                "idle_in_transaction_session_timeout": "60s",
                "lock_timeout": f"{int(self._lock_seconds * 1000)}ms",
            },
        )

    async def close(self) -> None:
        """Wait for the connections in use, then close all."""
        if self._pool is None or self._is_closing:
            return
        self._is_closing = True
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()
        finally:
            self._pool, self._is_closing = None, False

    async def read(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        """Run one reading statement; tried again when the server had dropped the pooled connection."""
        return await self._until_connected(lambda: self._read_once(sql, arguments))

    async def begin(self, wait: float | None = None) -> PostgresTransaction:
        """Take a connection and open the write transaction on it."""
        return await self._begin(_BEGIN, wait)

    async def begin_snapshot(self) -> PostgresTransaction:
        """Take a connection and fix its view."""
        return await self._begin(_BEGIN_SNAPSHOT, None)

    async def release(self, connection: Any) -> None:
        """Give a connection back; one that is not idle is closed instead and replaced at the next need."""
        with suppress(*_DRIVER_ERRORS):
            if connection.is_closed() or connection.is_in_transaction():
                connection.terminate()
        if self._pool is not None:
            with suppress(*_DRIVER_ERRORS):
                await self._pool.release(connection)

    async def _read_once(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        connection = await self._acquire(None)
        try:
            return [dict(record) for record in await connection.fetch(sql, *arguments)]
        except asyncpg.ReadOnlySQLTransactionError as error:
            raise DatabaseMisuse("a write needs `async with db.unit_of_work():` around it") from error
        except _DRIVER_ERRORS as error:
            if is_connection_lost(error):
                _terminate(connection)
            raise
        finally:
            await finished(self.release(connection))

    async def _begin(self, command: str, wait: float | None) -> PostgresTransaction:
        return await self._until_connected(lambda: self._begin_once(command, wait))

    async def _until_connected(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Try again for as many connections of the pool as the server may have dropped."""
        for _ in range(self.max_size):
            try:
                return await work()
            except _DRIVER_ERRORS as error:
                if not is_connection_lost(error):
                    raise
        return await work()

    async def _begin_once(self, command: str, wait: float | None) -> PostgresTransaction:
        connection = await self._acquire(wait)
        try:
            await connection.execute(command)
        except BaseException:
            _terminate(connection)
            await finished(self.release(connection))
            raise
        return PostgresTransaction(self, connection)

    async def _acquire(self, wait: float | None) -> Any:
        if self._pool is None or self._is_closing:
            raise DatabaseMisuse("the database is closed")
        try:
            # Not asyncpg's own timeout: that runs in another task and may lose the connection when cancelled.
            async with asyncio.timeout(self._acquire_seconds if wait is None else wait):
                return await self._pool.acquire()
        except TimeoutError as error:
            raise Unavailable("no connection became free in time") from error
        except OSError as error:
            # Its socket is gone, its name is not known: whatever the system calls it, it may be back in a moment.
            raise Unavailable("the database server cannot be reached") from error


class PostgresTransaction:
    """An open transaction. Tasks that share it are served one after another."""

    __slots__ = ("_connection", "_database", "_one_at_a_time")

    def __init__(self, database: PostgresDatabase, connection: Any) -> None:
        self._database = database
        self._connection = connection
        self._one_at_a_time = asyncio.Lock()

    async def fetch(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        """Run one statement; its rows."""
        async with self._one_at_a_time:
            return [dict(record) for record in await self._connection.fetch(sql, *arguments)]

    async def execute(self, sql: str, arguments: Sequence[object]) -> int:
        """Run one statement; the number of rows it changed."""
        async with self._one_at_a_time:
            status: str = await self._connection.execute(sql, *arguments)
        verb, _, count = status.rpartition(" ")
        return int(count) if verb and count.isdigit() else 0

    async def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row."""
        async with self._one_at_a_time:
            await self._connection.executemany(sql, rows)

    async def commit(self) -> asyncio.CancelledError | None:
        """Commit and give the connection back, whatever happens."""
        _, late = await settled(self._commit())
        return late

    async def rollback(self) -> None:
        """Roll back and give the connection back, whatever happens."""
        await finished(self._rollback())

    async def _commit(self) -> None:
        try:
            async with self._one_at_a_time:
                status = await self._connection.execute("COMMIT", timeout=_COMMIT_SECONDS)
        except BaseException as error:
            if is_connection_lost(error):
                _terminate(self._connection)
                raise OutcomeUnknown("the connection was lost during COMMIT") from error
            raise
        finally:
            await self._database.release(self._connection)
        if status != "COMMIT":
            # PostgreSQL answers COMMIT of a failed transaction with a rollback and no error.
            raise TransactionAborted("PostgreSQL has rolled the transaction back")

    async def _rollback(self) -> None:
        try:
            async with self._one_at_a_time:
                await self._connection.execute("ROLLBACK", timeout=_ROLLBACK_SECONDS)
        except (*_DRIVER_ERRORS, TimeoutError):
            # Closing the connection rolls back just as well.
            _terminate(self._connection)
        finally:
            await self._database.release(self._connection)


def _terminate(connection: Any) -> None:
    # The pool takes a connection away from its user when the server has closed it.
    with suppress(*_DRIVER_ERRORS):
        connection.terminate()


async def _prepare(connection: Any) -> None:
    # No column is numeric: what comes so is a sum of bigint (int) or an average (float), as in SQLite.
    await connection.set_type_codec(
        "numeric", schema="pg_catalog", encoder=str, decoder=_number, format="text"
    )


def _number(text: str) -> int | float:
    return float(text) if "." in text or text in ("NaN", "Infinity", "-Infinity") else int(text)
