"""Wake-ups for phones in the foreground: "there is something new", never what. A lost one may
delay, it cannot corrupt.

Each worker looks at the head of each of its databases once a second, and at once after a commit of
its own, and tells everyone who listens; the cost is per worker, not per listener. What each of them does then, a pull,
is dearer by far: many are told one after another, and of what comes meanwhile only the last.
"""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Final
from weakref import WeakKeyDictionary

import structlog

from roundsman.core import db
from roundsman.core.db import Database
from roundsman.core.errors import Busy
from roundsman.sync.replicas import HEAD

LOOK_EVERY: Final = 1.0
PING_EVERY: Final = 15.0
LISTENERS_PER_REPLICA: Final = 2
TOLD_A_SECOND: Final = 100
"""So many pulls are a quarter of a core. Six hundred hear of something new within six seconds, a dozen at once."""

_log = structlog.get_logger()


class Watch:
    """One database's head, watched while anybody listens."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._head = -1
        self._moved = asyncio.Condition()
        self._poked = asyncio.Event()
        self._listeners: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None
        self._is_closed = False
        self._closed = asyncio.Event()

    def poke(self) -> None:
        """Look now: something was committed in this process."""
        self._poked.set()

    async def listen(self, replica_id: str) -> AsyncGenerator[int | None, None]:
        """The head, first at once and then whenever it moves; None when it is time for a ping. Ends when the
        server stops.

        Raises Busy when this replica listens too often already.
        """
        if self._is_closed or self._listeners.get(replica_id, 0) >= LISTENERS_PER_REPLICA:
            raise Busy("sync.too_many_listeners")
        self._listeners[replica_id] = self._listeners.get(replica_id, 0) + 1
        try:
            if self._task is None or self._task.done():
                with db.use(self._database):
                    self._head = await db.fetch_value(HEAD)
                    if self._task is None or self._task.done():
                        self._task = db.start_task(self._look())
            seen = self._head
            yield seen
            while not self._is_closed:
                moved = await self._wait(seen)
                if moved is not None:
                    await self._take_turns()
                    seen = moved = self._head
                if not self._has_ended():
                    yield moved
        finally:
            self._listeners[replica_id] -= 1
            if not self._listeners[replica_id]:
                del self._listeners[replica_id]

    async def close(self) -> None:
        """Send everyone home."""
        self._is_closed = True
        self._closed.set()
        async with self._moved:
            self._moved.notify_all()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def _has_ended(self) -> bool:
        return self._is_closed

    async def _take_turns(self) -> None:
        """Wait a moment, each another one; ends when the server stops."""
        share = random.random()  # noqa: S311 - spreads pulls, guards nothing
        with suppress(TimeoutError):
            async with asyncio.timeout(share * len(self._listeners) / TOLD_A_SECOND):
                await self._closed.wait()

    async def _wait(self, seen: int) -> int | None:
        """The head once it is another than `seen`, or None after the time between two pings or at the end."""
        async with self._moved:
            try:
                async with asyncio.timeout(PING_EVERY):
                    await self._moved.wait_for(lambda: self._is_closed or self._head != seen)
            except TimeoutError:
                return None
            return None if self._is_closed else self._head

    async def _look(self) -> None:
        while self._listeners and not self._is_closed:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._poked.wait()
            self._poked.clear()
            try:
                head = await db.fetch_value(HEAD)
            except Exception:
                _log.exception("the head cannot be read; trying again")
                continue
            if head != self._head:
                async with self._moved:
                    self._head = head
                    self._moved.notify_all()


_watches: "WeakKeyDictionary[Database, Watch]" = WeakKeyDictionary()


def watch() -> Watch:
    """The watch over the database in use."""
    database = db.current()
    found = _watches.get(database)
    if found is None or found._is_closed:
        found = _watches[database] = Watch(database)
    return found


def poke() -> None:
    """Tell this process's listeners after a commit; does nothing where nobody ever listened."""
    found = _watches.get(db.current())
    if found is not None:
        found.poke()


async def close_all() -> None:
    """End every stream, so that the server can stop without waiting for phones to go away."""
    for found in list(_watches.values()):
        await found.close()
