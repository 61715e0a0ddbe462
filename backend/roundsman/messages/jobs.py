"""Sends what phones are to hear of, and deletes the messages nobody's phone shows any more."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from roundsman.core import db
from roundsman.core.config import Config, read_config
from roundsman.core.domain import Job
from roundsman.core.times import DAY, HOUR, SECOND, now_ms
from roundsman.messages.push_keys import push_keys
from roundsman.messages.push_service import PushService
from roundsman.messages.sending import JOB, send_to

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


async def push(arguments: Mapping[str, Any]) -> None:
    """Send the phone `replica_id` what it is still to hear of."""
    service = PushService(await push_keys(), contact_of(read_config()))
    try:
        await send_to(str(arguments["replica_id"]), service, now_ms())
    finally:
        await service.aclose()


def contact_of(config: Config) -> str:
    """The mail address push services are told."""
    return config.push_contact or f"push@{urlsplit(config.public_url).hostname or 'roundsman.invalid'}"


JOBS = (
    Job("messages.forget", run=forget, every=HOUR // SECOND),
    Job(JOB, run=push, has_unit=False, time_limit=60),
)
