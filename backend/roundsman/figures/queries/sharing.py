"""One answer for many who ask the same: whoever asks while it is being found waits for the next finding, which all of
those share. Nobody gets what was found before he asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

from roundsman.core import db

Found = TypeVar("Found")

_running: dict[Hashable, asyncio.Task[Any]] = {}
_waiting: dict[Hashable, asyncio.Task[Any]] = {}


async def shared(key: Hashable, find: Callable[[], Awaitable[Found]]) -> Found:
    """What `find` gives, begun no earlier than now; a thousand askers at once cost two findings."""
    key = (id(db.current()), key)
    running = _running.get(key)
    if running is None:
        return await asyncio.shield(_start(key, find))
    waiting = _waiting.get(key)
    if waiting is None:
        waiting = _waiting[key] = db.start_task(_after(key, running, find))
    found: Found = await asyncio.shield(waiting)
    return found


def _start(key: Hashable, find: Callable[[], Awaitable[Found]]) -> asyncio.Task[Found]:
    async def run() -> Found:
        try:
            return await find()
        finally:
            _running.pop(key, None)

    task = _running[key] = db.start_task(run())
    return task


async def _after(key: Hashable, running: asyncio.Task[Any], find: Callable[[], Awaitable[Found]]) -> Found:
    await asyncio.wait((running,))
    _waiting.pop(key, None)
    return await _start(key, find)
