"""Deletes the messages nobody's phone shows any more."""

from collections.abc import Mapping
from typing import Any, Final

from roundsman.core import db
from roundsman.core.domain import Job
from roundsman.core.times import DAY, SECOND, now_ms

KEPT_FOR: Final = 200 * DAY
AT_ONCE: Final = 1000


async def forget_old(now: int) -> int:
    """Delete what was told long ago, inside the open unit of work, a part of it at a time; how many."""
    return await db.execute(
        "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE at < $1 ORDER BY at LIMIT $2)",
        *(now - KEPT_FOR, AT_ONCE),
    )


async def forget(_arguments: Mapping[str, Any]) -> None:
    """`forget_old` by the clock."""
    await forget_old(now_ms())


JOBS = (Job("messages.forget", run=forget, every=DAY // SECOND // 24),)
