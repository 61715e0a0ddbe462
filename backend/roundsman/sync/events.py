"""Wake-ups for phones in the foreground: "there is something new", never what. A lost one may
delay, it cannot corrupt.

Each worker looks at the head of each of its databases once a second, and at once after a commit of
its own, and tells those who listen and hold a bucket in which something changed, or whose own commands were decided.
What each of them does then, a pull, is dearer by far: many are told one after another, and of what comes meanwhile
only the last.
"""

import asyncio
import random
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
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
PLACE_EVERY: Final = (10.0, 300.0)
"""Seconds after which it is asked again which buckets a listener holds: when something changed for him, and anyhow."""
LISTENERS_PER_REPLICA: Final = 2
TOLD_A_SECOND: Final = 100
"""So many pulls are a quarter of a core. Six hundred hear of something new within six seconds, a dozen at once."""
MOST_ENTRIES: Final = 20_000
"""After an import so large nobody asks whom it concerns: everybody is told."""

Held = Callable[[], Awaitable[Sequence[str]]]
"""→ the buckets a listener holds now."""

_CHANGED: Final = """
    SELECT bucket AS place FROM sync_feed WHERE seq > $1 AND seq <= $2
    UNION SELECT replica_id FROM sync_command WHERE seq > $1 AND seq <= $2 AND replica_id IS NOT NULL
"""

_log = structlog.get_logger()


class _Listener:
    """One stream: the places it hears of, since when they are known, and how many were woken with it."""

    __slots__ = ("crowd", "placed_at", "places", "woken")

    def __init__(self) -> None:
        self.places: frozenset[str] = frozenset()
        self.placed_at = 0.0
        self.woken = asyncio.Event()
        self.crowd = 0


class Watch:
    """One database's head, watched while anybody listens."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._head = -1
        self._poked = asyncio.Event()
        self._counts: dict[str, int] = {}
        self._listeners: set[_Listener] = set()
        self._by_place: dict[str, set[_Listener]] = {}
        self._task: asyncio.Task[None] | None = None
        self._is_closed = False
        self._closed = asyncio.Event()

    def poke(self) -> None:
        """Look now: something was committed in this process."""
        self._poked.set()

    async def listen(self, replica_id: str, held: Held) -> AsyncGenerator[int | None, None]:
        """The head, first at once and then whenever something changed in the buckets `held` or for this replica; None
        when it is time for a ping. Ends when the server stops.

        Raises Busy when this replica listens too often already.
        """
        if self._is_closed or self._counts.get(replica_id, 0) >= LISTENERS_PER_REPLICA:
            raise Busy("sync.too_many_listeners")
        self._counts[replica_id] = self._counts.get(replica_id, 0) + 1
        listener = _Listener()
        self._listeners.add(listener)
        try:
            await self._place(listener, replica_id, held)
            if self._task is None or self._task.done():
                with db.use(self._database):
                    self._head = await db.fetch_value(HEAD)
                    if self._task is None or self._task.done():
                        self._task = db.start_task(self._look())
            yield self._head
            while not self._has_ended():
                is_woken = await self._wait(listener)
                age = time.monotonic() - listener.placed_at
                if age >= PLACE_EVERY[0 if is_woken else 1] and not self._has_ended():
                    await self._place(listener, replica_id, held)
                if not self._has_ended():
                    yield self._head if is_woken else None
        finally:
            self._move(listener, frozenset())
            self._listeners.discard(listener)
            self._counts[replica_id] -= 1
            if not self._counts[replica_id]:
                del self._counts[replica_id]

    async def close(self) -> None:
        """Send everyone home."""
        self._is_closed = True
        self._closed.set()
        for listener in self._listeners:
            listener.woken.set()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def _has_ended(self) -> bool:
        return self._is_closed

    async def _place(self, listener: _Listener, replica_id: str, held: Held) -> None:
        """Ask what the listener is to hear of."""
        with db.use(self._database):
            # Many hold the same: one text for all of them.
            places = frozenset(map(sys.intern, (replica_id, *await held())))
        self._move(listener, places)
        listener.placed_at = time.monotonic()

    def _move(self, listener: _Listener, places: frozenset[str]) -> None:
        for place in listener.places - places:
            there = self._by_place[place]
            there.discard(listener)
            if not there:
                del self._by_place[place]
        for place in places - listener.places:
            self._by_place.setdefault(place, set()).add(listener)
        listener.places = places

    async def _wait(self, listener: _Listener) -> bool:
        """Whether something changed for the listener, when his turn has come; False after the time between two pings
        or at the end.
        """
        try:
            async with asyncio.timeout(PING_EVERY):
                await listener.woken.wait()
        except TimeoutError:
            return False
        # A moment, each another one; ends when the server stops.
        share = random.random()  # noqa: S311 - spreads pulls, guards nothing
        with suppress(TimeoutError):
            async with asyncio.timeout(share * listener.crowd / TOLD_A_SECOND):
                await self._closed.wait()
        listener.woken.clear()
        return not self._is_closed

    async def _look(self) -> None:
        while self._listeners and not self._is_closed:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._poked.wait()
            self._poked.clear()
            try:
                head = await db.fetch_value(HEAD)
                if head == self._head:
                    continue
                concerned = await self._concerned(self._head, head)
            except Exception:
                _log.exception("the head cannot be read; trying again")
                continue
            self._head = head
            for listener in concerned:
                listener.crowd = len(concerned)
                listener.woken.set()

    async def _concerned(self, before: int, head: int) -> set[_Listener]:
        """Those to tell that the head moved."""
        if not before <= head <= before + MOST_ENTRIES:
            return set(self._listeners)
        found: set[_Listener] = set()
        for row in await db.fetch(_CHANGED, before, head):
            found |= self._by_place.get(row["place"], set())
        return found


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
