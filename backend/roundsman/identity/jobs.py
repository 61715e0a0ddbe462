"""What is forgotten after a while: sessions that ended and counters of old failures."""

from collections.abc import Mapping
from typing import Any

from roundsman.core.domain import Job
from roundsman.core.times import DAY, HOUR, SECOND, now_ms
from roundsman.identity import sessions, throttle

KEPT_FOR = 30 * DAY


async def forget(_arguments: Mapping[str, Any]) -> None:
    """Delete what nobody needs any more."""
    now = now_ms()
    await sessions.forget_ended(now - KEPT_FOR)
    await throttle.forget_old(now - KEPT_FOR)


JOBS = (Job("identity.forget", run=forget, every=6 * HOUR // SECOND),)
