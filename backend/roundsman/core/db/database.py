"""One company's database, and how code finds the one it is working for.

There is no global engine: `use(database)` names the database for everything called inside, and two companies
can be served by one process. The two engines are in `sqlite.py` and `postgres.py`.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar, copy_context
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from roundsman.core.db.dialect import DialectName, any_of_text
from roundsman.core.db.errors import DatabaseMisuse
from roundsman.core.db.scope import (
    Gathering,
    Hook,
    Row,
    SavepointBlock,
    Snapshot,
    Transaction,
    UnitOfWork,
    innermost,
    scope_of,
)

if TYPE_CHECKING:
    from roundsman.core.db.piccolo_engine import CurrentEngine

Result = TypeVar("Result")

_in_use: ContextVar[Database | None] = ContextVar("roundsman_database", default=None)


class Database(ABC):
    """A company's database. Make one with `connect_to(url)`, open it in the event loop that will use it."""

    dialect: ClassVar[DialectName]

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def engine(self) -> CurrentEngine:
        """Piccolo's engine. It is one object for all databases and follows `use()`."""
        from roundsman.core.db.piccolo_engine import ENGINE

        return ENGINE

    @property
    @abstractmethod
    def is_open(self) -> bool:
        """Whether `open()` has been called and `close()` has not."""

    @abstractmethod
    async def open(self) -> None:
        """Connect. Raises the driver's error when the database cannot be reached."""

    @abstractmethod
    async def close(self) -> None:
        """Wait for the unit of work under way, then give every connection and thread back."""

    @abstractmethod
    async def read(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        """Run one reading statement outside any transaction."""

    async def look_up(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        """Run one reading statement that finds a row or two by a key, outside any transaction."""
        return await self.read(sql, arguments)

    @abstractmethod
    async def begin(self, wait: float | None = None) -> Transaction:
        """Open the write transaction, waiting up to `wait` seconds for it (None: the engine's own limit)."""

    @abstractmethod
    async def begin_snapshot(self) -> Transaction:
        """Open a read-only transaction whose view is fixed when this returns."""

    async def __aenter__(self) -> Database:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def connect_to(url: str) -> Database:
    """Make the database named by `sqlite:///relative/path`, `sqlite:////absolute/path` or `postgresql://…`.

    Nothing is opened yet. Raises ValueError for another scheme or for an in-memory database.
    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        from roundsman.core.db.sqlite import SqliteDatabase

        return SqliteDatabase(url, rest.removeprefix("/"))
    if scheme in ("postgresql", "postgres"):
        from roundsman.core.db.postgres import PostgresDatabase

        return PostgresDatabase(url)
    raise ValueError(f"a database address starts with sqlite:/// or postgresql://, not {scheme!r}")


def current() -> Database:
    """The database this code works for. Raises DatabaseMisuse where none was named."""
    database = _in_use.get()
    if database is None:
        raise DatabaseMisuse("no database is in use here: wrap the call in `with db.use(database):`")
    return database


def find_current() -> Database | None:
    """The database in use here, or none."""
    return _in_use.get()


@contextmanager
def use(database: Database) -> Iterator[Database]:
    """Work for that database inside the block, in this task and in those started from it."""
    before = _in_use.get()
    _in_use.set(database)
    try:
        yield database
    finally:
        _in_use.set(before)


async def fetch(sql: str, *arguments: object) -> list[Row]:
    """Rows of one statement as dicts by column name.

    Inside a unit of work or a snapshot it sees that transaction, elsewhere the last commit, read-only.
    """
    database = current()
    scope = scope_of(database)
    if scope is None:
        return await database.read(sql, arguments)
    return await scope.fetch(sql, arguments)


async def fetch_one(sql: str, *arguments: object) -> Row | None:
    """The first row of a statement, or none."""
    rows = await fetch(sql, *arguments)
    return rows[0] if rows else None


async def look_up(sql: str, *arguments: object) -> Row | None:
    """`fetch_one` for what every request asks: a row found by a key of its table in a few microseconds. Nothing else,
    since others may have to wait for it.
    """
    database = current()
    scope = scope_of(database)
    rows = await (database.look_up(sql, arguments) if scope is None else scope.fetch(sql, arguments))
    return rows[0] if rows else None


async def fetch_value(sql: str, *arguments: object) -> Any:
    """The first column of the first row, or None when there is no row."""
    rows = await fetch(sql, *arguments)
    return next(iter(rows[0].values())) if rows else None


async def execute(sql: str, *arguments: object) -> int:
    """Run one writing statement in the open unit of work; the number of rows it changed."""
    return await _unit("a write").execute(sql, arguments)


async def execute_many(sql: str, rows: Iterable[Sequence[object]]) -> None:
    """Run one writing statement for each row of arguments, in the open unit of work."""
    await _unit("a write").execute_many(sql, rows)


def unit_of_work(wait: float | None = None) -> AbstractAsyncContextManager[UnitOfWork]:
    """The one write transaction. Inside another unit of work of the same database it is a savepoint of it.

    `async with db.unit_of_work() as unit:` commits at the end and rolls back when the block raises. When the
    block has ended normally it is durable. Raises Unavailable when `wait` seconds were not enough.
    Cancelled after COMMIT was sent, it first learns the outcome, runs the hooks, then raises CancelledError.
    """
    return _UnitBlock(wait)


def savepoint() -> SavepointBlock:
    """A part of the open unit of work that is undone alone when its block raises."""
    return _unit("a savepoint").savepoint()


@asynccontextmanager
async def snapshot() -> AsyncIterator[Snapshot]:
    """One consistent read-only view for all reads in the block; inside another snapshot, that one.

    Raises DatabaseMisuse in a unit of work: its own writes would not be visible.
    """
    database = current()
    scope = scope_of(database)
    if isinstance(scope, Snapshot):
        yield scope
        return
    if scope is not None:
        raise DatabaseMisuse("a snapshot cannot be opened inside a unit of work")
    opened = Snapshot(database, await database.begin_snapshot())
    innermost.set(opened)
    try:
        yield opened
    finally:
        await opened.end()


def is_in_unit_of_work() -> bool:
    """Whether a unit of work is open here on the database in use."""
    return isinstance(scope_of(current()), UnitOfWork)


def after_commit(hook: Hook) -> None:
    """Run `hook` when the open unit of work is durable; see UnitOfWork.after_commit."""
    _unit("a hook").after_commit(hook)


def at_the_end(work: Gathering) -> set[str]:
    """The set that `work` gets once, at the end of the open unit of work; see UnitOfWork.at_the_end."""
    return _unit("work at the end").at_the_end(work)


def for_update() -> str:
    """What locks the rows of a SELECT where that is needed, nothing where a unit of work excludes other writers anyway.

    Whoever only writes rows that refer to a locked one does not wait for it: keys never change, and a stronger lock
    would let a referring row and the locked one wait for each other.
    """
    return " FOR NO KEY UPDATE" if current().dialect == "postgres" else ""


def any_of(placeholder: str, of: Literal["text", "bigint"] = "text") -> str:
    """`f"id {db.any_of('$1')}"` with a list as the parameter: one statement for lists of any length."""
    return any_of_text(current().dialect, placeholder, of)


def start_task(work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
    """Start a task that keeps the database in use but stands outside the transaction open here."""
    context = copy_context()
    context.run(innermost.set, None)
    return asyncio.get_running_loop().create_task(work, context=context)


def _unit(what: str) -> UnitOfWork:
    scope = scope_of(current())
    if isinstance(scope, UnitOfWork):
        return scope
    if scope is None:
        raise DatabaseMisuse(f"{what} needs `async with db.unit_of_work():` around it")
    raise DatabaseMisuse(f"{what} is not possible in a snapshot")


class _UnitBlock:
    __slots__ = ("_opened", "_savepoint", "_wait")

    def __init__(self, wait: float | None) -> None:
        self._wait = wait
        self._savepoint: SavepointBlock | None = None
        self._opened: UnitOfWork | None = None

    async def __aenter__(self) -> UnitOfWork:
        database = current()
        scope = scope_of(database)
        if isinstance(scope, UnitOfWork):
            self._savepoint = scope.savepoint()
            return await self._savepoint.__aenter__()
        if scope is not None:
            raise DatabaseMisuse("a unit of work cannot be opened inside a snapshot")
        opened = UnitOfWork(database, await database.begin(self._wait))
        innermost.set(opened)
        self._opened = opened
        return opened

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if self._savepoint is not None:
            await self._savepoint.__aexit__(kind, error, trace)
        elif self._opened is not None:
            await self._opened.finish(error)
