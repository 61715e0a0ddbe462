"""Piccolo's view of the database in use: one engine that follows `db.use()` and joins the open transaction.

It replaces Piccolo's own engines, which open connections of their own and lose failed commits.
"""

from __future__ import annotations

import contextvars
import os
from collections.abc import Callable
from typing import Any, Self

from piccolo.engine.base import BaseAtomic, BaseBatch, BaseTransaction, Engine
from piccolo.query.base import DDL, Query
from piccolo.querystring import QueryString

from roundsman.core.db import database as databases
from roundsman.core.db.database import Database, find_current
from roundsman.core.db.errors import DatabaseMisuse
from roundsman.core.db.scope import Row, SavepointBlock, UnitOfWork, scope_of

# Tables look their engine up in this module, wherever the program was started from.
os.environ.setdefault("PICCOLO_CONF", "roundsman.core.db.piccolo_conf")


class CurrentTransaction(BaseTransaction):
    """What `Table`'s code gets from `engine.transaction()`: a unit of work."""

    __slots__ = ("_block", "unit")

    def __init__(self) -> None:
        self._block = databases.unit_of_work()
        self.unit: UnitOfWork | None = None

    async def __aenter__(self, *_: Any, **__: Any) -> Self:
        self.unit = await self._block.__aenter__()
        return self

    async def __aexit__(self, *raised: Any, **_: Any) -> bool:
        await self._block.__aexit__(*raised)
        return False

    def savepoint(self) -> SavepointBlock:
        """A savepoint of the unit of work, as a block."""
        return databases.savepoint()


class CurrentAtomic(BaseAtomic):
    """Queries gathered first and run in one unit of work; Piccolo's own helpers ask for it."""

    __slots__ = ("queries",)

    def __init__(self) -> None:
        self.queries: list[Any] = []

    def add(self, *query: Query[Any, Any] | DDL) -> None:
        """Remember queries."""
        self.queries += query

    async def run(self) -> None:
        """Run them, all or none."""
        queries, self.queries = self.queries, []
        async with databases.unit_of_work():
            for query in queries:
                await query.run()

    def run_sync(self) -> None:
        """Not offered: a database lives in one event loop."""
        raise DatabaseMisuse("await the query; a database lives in one event loop")

    def __await__(self) -> Any:
        return self.run().__await__()


class CurrentBatch(BaseBatch):
    """The rows of one query in portions. They are read at once, so the view is that of one moment."""

    def __init__(self, query: Query[Any, Any], size: int) -> None:
        self._query = query
        self._size = size
        self._rows: list[Row] = []

    async def __aenter__(self, *_: Any, **__: Any) -> Self:
        self._rows = await self._query.run()
        return self

    async def __aexit__(self, *_: Any, **__: Any) -> None:
        self._rows = []

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> list[Row]:
        portion, self._rows = self._rows[: self._size], self._rows[self._size :]
        if not portion:
            raise StopAsyncIteration
        return portion


class CurrentEngine(Engine[CurrentTransaction]):
    """Sends every query to the database in use here, into its open transaction if there is one.

    `fallback` names a database where none is in use: only Piccolo's command line needs it.
    """

    def __init__(self) -> None:
        # Not super().__init__(): it would connect.
        self.log_queries = False
        self.log_responses = False
        self.min_version_number = 0
        self.query_id = 0
        self.current_transaction = contextvars.ContextVar("roundsman_piccolo_unused", default=None)
        self.fallback: Callable[[], Database] | None = None
        self._fallen_back: Database | None = None

    @property
    def engine_type(self) -> str:  # type: ignore[override]  # follows the database in use
        """`sqlite` or `postgres`."""
        return self._known().dialect

    def transaction_exists(self) -> bool:
        """Whether a unit of work is open here."""
        return databases.is_in_unit_of_work()

    async def get_version(self) -> float:
        """A version Piccolo takes for new enough; the real one is checked where we connect."""
        return self.get_version_sync()

    def get_version_sync(self) -> float:
        """See `get_version`."""
        return 3.45 if self.engine_type == "sqlite" else 15.0

    async def prep_database(self) -> None:
        """Nothing to prepare."""

    async def check_version(self) -> None:
        """Nothing to check."""

    async def batch(
        self, query: Query[Any, Any], batch_size: int = 100, node: str | None = None
    ) -> CurrentBatch:
        """See CurrentBatch."""
        return CurrentBatch(query, batch_size)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> list[Row]:
        """Run a query of Piccolo's."""
        database = await self._opened()
        sql, arguments = querystring.compile_string(engine_type=database.dialect)
        scope = scope_of(database)
        return await (database.read(sql, arguments) if scope is None else scope.fetch(sql, arguments))

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> list[Row]:
        """Run a schema statement of Piccolo's, in a unit of work of its own when none is open."""
        with databases.use(await self._opened()):
            async with databases.unit_of_work():
                return await databases.fetch(ddl)

    def transaction(self, *_: Any, **__: Any) -> CurrentTransaction:
        """A unit of work, or a savepoint of the open one."""
        return CurrentTransaction()

    def atomic(self, *_: Any, **__: Any) -> CurrentAtomic:
        """See CurrentAtomic."""
        return CurrentAtomic()

    async def start_connection_pool(self, **_: Any) -> None:
        """Databases are opened by `Database.open()`."""

    async def close_connection_pool(self) -> None:
        """Databases are closed by `Database.close()`."""

    def _known(self) -> Database:
        database = find_current()
        if database is not None:
            return database
        if self.fallback is None:
            return databases.current()
        if self._fallen_back is None:
            self._fallen_back = self.fallback()
        return self._fallen_back

    async def _opened(self) -> Database:
        database = self._known()
        if database is self._fallen_back and not database.is_open:
            await database.open()
        return database


ENGINE = CurrentEngine()
