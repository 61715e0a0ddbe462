"""One open transaction as the code above sees it: a unit of work with savepoints and hooks, or a snapshot.

Nothing here knows SQLite or PostgreSQL; they hand in a `Transaction`. A scope belongs to the task that
opened it: a task started inside does not write in it, unless the scope is shared by name.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from roundsman.core.db.errors import DatabaseMisuse, TransactionAborted

if TYPE_CHECKING:
    from roundsman.core.db.database import Database

Row = dict[str, Any]
Hook = Callable[[], Awaitable[None] | None]
Gathering = Callable[[set[str]], Awaitable[None]]
Result = TypeVar("Result")

logger = logging.getLogger(__name__)
innermost: ContextVar[Scope | None] = ContextVar("roundsman_database_scope", default=None)


class Transaction(Protocol):
    """What an engine hands over when it opened a transaction. Ending it gives everything back."""

    async def fetch(self, sql: str, arguments: Sequence[object]) -> list[Row]: ...

    async def execute(self, sql: str, arguments: Sequence[object]) -> int: ...

    async def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None: ...

    async def commit(self) -> asyncio.CancelledError | None:
        """Commit. A cancellation that came too late to prevent it is returned, to be raised by the caller."""
        ...

    async def rollback(self) -> None: ...


class _Frame:
    """The transaction itself, or one savepoint in it."""

    __slots__ = ("failure", "hooks", "name", "task")

    def __init__(self, name: str, task: asyncio.Task[Any] | None) -> None:
        self.name = name
        self.task = task
        self.failure: BaseException | None = None
        self.hooks: list[Hook] = []


class Scope:
    """An open transaction on one database, seen from the tasks that may use it."""

    __slots__ = ("_frames", "_is_shared", "_transaction", "database", "is_closed", "outer")

    def __init__(self, database: Database, transaction: Transaction) -> None:
        self.database = database
        self.outer = innermost.get()
        self.is_closed = False
        self._transaction = transaction
        self._frames = [_Frame("", asyncio.current_task())]
        self._is_shared = False

    def leave(self) -> None:
        """Close the scope for every task that still knows it."""
        self.is_closed = True
        innermost.set(self.outer)

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Let tasks started inside (`asyncio.gather`, a test's fixture) use this transaction, one at a time.

        They must be finished before the block ends. While one holds a savepoint, the others are refused.
        """
        before, self._is_shared = self._is_shared, True
        try:
            yield
        finally:
            self._is_shared = before

    def frame(self) -> _Frame:
        """The innermost savepoint, after making sure that this task may use it and that it is still good."""
        frame = self._frames[-1]
        if self.is_closed:
            raise DatabaseMisuse("this transaction has ended")
        if frame.task is not asyncio.current_task() and not (self._is_shared and len(self._frames) == 1):
            raise DatabaseMisuse(
                "this task was started inside a transaction of another task; start it after the commit, "
                "with db.start_task(), or inside `with unit.shared():`"
            )
        if frame.failure is not None:
            raise TransactionAborted("an earlier statement failed; wrap it in a savepoint") from frame.failure
        return frame

    async def fetch(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        """Run one statement in this transaction and give its rows."""
        frame = self.frame()
        try:
            return await self._transaction.fetch(sql, arguments)
        except BaseException as error:
            frame.failure = error
            raise


class Snapshot(Scope):
    """A consistent, read-only view of the database: it sees no commit made after it was opened."""

    __slots__ = ()

    def frame(self) -> _Frame:
        """Any task may read a snapshot: it cannot change under anybody."""
        if self.is_closed:
            raise DatabaseMisuse("this snapshot has ended")
        return self._frames[-1]

    async def fetch(self, sql: str, arguments: Sequence[object]) -> list[Row]:
        """Run one reading statement in this view."""
        self.frame()
        return await self._transaction.fetch(sql, arguments)

    async def end(self) -> None:
        """Give the view up."""
        self.leave()
        await self._transaction.rollback()


class UnitOfWork(Scope):
    """The open write transaction of a task."""

    __slots__ = ("_gathered",)

    def __init__(self, database: Database, transaction: Transaction) -> None:
        super().__init__(database, transaction)
        self._gathered: dict[Gathering, set[str]] = {}

    def at_the_end(self, work: Gathering) -> set[str]:
        """The set that `work` gets, once, when everything else of the unit is written and before it is committed.

        What a savepoint that was undone put into it stays: `work` looks at what there is. When it raises, the unit is
        rolled back.
        """
        self.frame()
        return self._gathered.setdefault(work, set())

    def after_commit(self, hook: Hook) -> None:
        """Run `hook` (plain or async) once everything is durable; never if savepoint or unit roll back.

        Hooks run in order, outside the transaction. One that raises is logged: the commit stands.
        """
        self.frame().hooks.append(hook)

    def savepoint(self) -> SavepointBlock:
        """A block whose writes are undone alone when it raises."""
        return SavepointBlock(self)

    async def execute(self, sql: str, arguments: Sequence[object]) -> int:
        """Run one statement and give the number of rows it changed."""
        frame = self.frame()
        try:
            return await self._transaction.execute(sql, arguments)
        except BaseException as error:
            frame.failure = error
            raise

    async def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once for each row of arguments."""
        frame = self.frame()
        try:
            await self._transaction.execute_many(sql, rows)
        except BaseException as error:
            frame.failure = error
            raise

    async def push(self) -> None:
        """Open a savepoint held by this task."""
        self.frame()
        name = f"savepoint_{len(self._frames)}"
        await self.execute(f"SAVEPOINT {name}", ())
        self._frames.append(_Frame(name, asyncio.current_task()))

    async def pop(self, error: BaseException | None) -> None:
        """Close the innermost savepoint; undo it when its block raised or one of its statements failed."""
        frame = self._frames.pop()
        outer = self._frames[-1]
        if error is None and frame.failure is None:
            try:
                await self._transaction.execute(f"RELEASE SAVEPOINT {frame.name}", ())
            except BaseException as failure:
                outer.failure = failure
                raise
            outer.hooks += frame.hooks
            return
        try:
            await self._transaction.execute(f"ROLLBACK TO SAVEPOINT {frame.name}", ())
            await self._transaction.execute(f"RELEASE SAVEPOINT {frame.name}", ())
        except Exception as failure:
            # The transaction itself is gone (lost connection, full disk): the block's own error says more.
            outer.failure = failure
            if error is None:
                raise
        except BaseException as failure:
            outer.failure = failure
            raise
        if error is None:
            raise TransactionAborted("a statement of this savepoint failed") from frame.failure

    async def finish(self, error: BaseException | None) -> None:
        """Commit, or roll back when the block raised; close the scope in any case; then run the hooks."""
        root = self._frames[0]
        misuse = None
        if error is None and len(self._frames) == 1 and root.failure is None:
            error = await self._end_work()
            if error is not None:
                self.leave()
                await self._transaction.rollback()
                raise error
        if error is None:
            if len(self._frames) > 1:
                misuse = DatabaseMisuse("a savepoint of another task is still open")
            elif asyncio.current_task() is not root.task and not self._is_shared:
                misuse = DatabaseMisuse("a transaction must be ended by the task that opened it")
        # Closed before the commit starts, so that no other task can slip a statement in behind it.
        self.leave()
        if error is not None or misuse is not None or root.failure is not None:
            await self._transaction.rollback()
            if misuse is not None:
                raise misuse
            if error is None:
                raise TransactionAborted("a statement failed outside a savepoint") from root.failure
            return
        late = await self._transaction.commit()
        await _run_hooks(root.hooks, late)

    async def _end_work(self) -> BaseException | None:
        """Do what was put off to the end, which may put off more; what it raised."""
        try:
            while self._gathered:
                work, given = self._gathered.popitem()
                await work(given)
        except BaseException as error:
            return error
        return None


class SavepointBlock:
    """`async with` around a savepoint."""

    __slots__ = ("_unit",)

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    async def __aenter__(self) -> UnitOfWork:
        await self._unit.push()
        return self._unit

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        await self._unit.pop(error)


def scope_of(database: Database) -> Scope | None:
    """The open scope this task stands in on that database, if any."""
    scope = innermost.get()
    while scope is not None and (scope.is_closed or scope.database is not database):
        scope = scope.outer
    return scope


async def settled(work: Awaitable[Result]) -> tuple[Result, asyncio.CancelledError | None]:
    """Wait until `work` has an outcome even when cancelled meanwhile; give the outcome and the cancellation.

    When the work failed and a cancellation came too, the cancellation is raised with the failure as cause.
    """
    future = asyncio.ensure_future(work)
    late: asyncio.CancelledError | None = None
    while not future.done():
        try:
            await asyncio.wait((future,))
        except asyncio.CancelledError as cancelled:
            late = cancelled
    if late is not None and not future.cancelled() and (failure := future.exception()) is not None:
        raise late from failure
    return future.result(), late


async def finished(work: Awaitable[Result]) -> Result:
    """Wait until `work` has an outcome even when cancelled meanwhile; then raise the cancellation."""
    result, late = await settled(work)
    if late is not None:
        raise late
    return result


async def _run_hooks(hooks: Sequence[Hook], late: asyncio.CancelledError | None) -> None:
    for hook in hooks:
        try:
            waiting = hook()
            if isawaitable(waiting):
                await waiting
        except asyncio.CancelledError as cancelled:
            late = cancelled
        except Exception:
            logger.exception("a hook failed after the commit")
    if late is not None:
        raise late
