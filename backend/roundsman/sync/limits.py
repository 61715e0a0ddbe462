"""How often one phone may knock and how much it may send: two buckets of tokens for each session, in this process.

A limit protects the others from a phone that runs wild; nothing is decided by it, and a phone that is told to wait
loses nothing. Several workers each count for themselves.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any, Final
from weakref import WeakKeyDictionary

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from roundsman.core import db
from roundsman.core.errors import TooMany
from roundsman.core.http.auth import session_of
from roundsman.sync.wire import MAX_PUSH_BYTES

SESSIONS_MAX: Final = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a session may do at length, and how far it may get ahead of that."""

    requests_a_second: float = 10
    requests_at_once: int = 100
    bytes_a_second: float = 2 * 1024 * 1024 / 60
    bytes_at_once: int = 4 * 1024 * 1024


@dataclass(slots=True)
class _Left:
    requests: float
    bytes: float
    at: float


class Meter:
    """Counts for one company in one process. `clock` gives seconds and never goes back."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._left: OrderedDict[str, _Left] = OrderedDict()

    def charge(self, session_id: str, size: int) -> None:
        """Count one request with a body of `size` bytes. Raises TooMany("sync.too_many_requests"), counting nothing."""
        limits, now = self.limits, self._clock()
        left = self._left.pop(session_id, None)
        if left is None:
            left = _Left(limits.requests_at_once, limits.bytes_at_once, now)
            if len(self._left) >= SESSIONS_MAX:
                self._left.popitem(last=False)
        self._left[session_id] = left
        gone = now - left.at
        left.at = now
        left.requests = min(limits.requests_at_once, left.requests + gone * limits.requests_a_second)
        left.bytes = min(limits.bytes_at_once, left.bytes + gone * limits.bytes_a_second)
        wait = max(
            (1 - left.requests) / limits.requests_a_second, (size - left.bytes) / limits.bytes_a_second
        )
        if wait > 0:
            raise TooMany("sync.too_many_requests", retry_after=ceil(wait))
        left.requests -= 1
        left.bytes -= size


_meters: "WeakKeyDictionary[db.Database, Meter]" = WeakKeyDictionary()


def use_limits(limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
    """Count anew for the database in use, with other limits than the usual ones."""
    _meters[db.current()] = Meter(limits, clock)


async def within_limits(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """The guard before a phone's requests; the body is not read yet. Raises TooMany."""
    length = connection.headers.get("content-length", "")
    # A body without a length may be as long as bodies get.
    size = min(int(length), MAX_PUSH_BYTES) if length.isdecimal() else MAX_PUSH_BYTES
    meter = _meters.get(db.current())
    if meter is None:
        meter = _meters[db.current()] = Meter(Limits())
    meter.charge(session_of(connection).id, size)
