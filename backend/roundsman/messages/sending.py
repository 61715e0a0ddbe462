"""Sending what a phone is still to hear of. Several may try at once: whoever takes a delivery has it for a while, and
what he dropped is taken up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog

from roundsman.core import db
from roundsman.core.jobs import enqueue, wait_after
from roundsman.core.times import DAY, MINUTE, SECOND, day_on, start_of_day
from roundsman.messages.push_service import Fate, Handed, PushService
from roundsman.messages.queries import settings_of
from roundsman.messages.rules import minutes_of_quiet_left

JOB: Final = "messages.push"
AT_ONCE: Final = 5
"""More at a time would only rattle; the inbox has them all."""
KEPT_FOR: Final = DAY
_LEASE: Final = 50 * SECOND

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Batch:
    subscription: db.Row
    messages: Sequence[db.Row]
    unread: int


async def queue(message_ids: Sequence[str]) -> None:
    """Have messages that were just told sent to the phones that want them, once the open unit of work is durable."""
    rows = await db.fetch(
        f"""
        INSERT INTO push_deliveries (id, message_id, replica_id, leased_until)
        SELECT messages.id || ':' || push_subscriptions.id, messages.id, push_subscriptions.id, 0
        FROM messages JOIN push_subscriptions ON push_subscriptions.person_id = messages.person_id
        WHERE messages.id {db.any_of("$1")} AND messages.read_at IS NULL
        RETURNING replica_id
        """,
        list(message_ids),
    )
    for replica_id in sorted({row["replica_id"] for row in rows}):
        # Without a key: one would make those who tell the same person at once wait for each other.
        await enqueue(JOB, {"replica_id": replica_id})


async def send_to(replica_id: str, service: PushService, now: int) -> int:
    """Send a phone what it is still to hear of; how many were sent. What must wait is planned again."""
    async with db.unit_of_work():
        batch = await _take(replica_id, now)
    if batch is None:
        return 0
    sent = 0
    for message in batch.messages:
        handed = await service.hand_over(
            batch.subscription,
            {
                "id": message["id"],
                "kind": message["kind"],
                "unread": batch.unread,
                "language": batch.subscription["language"],
            },
            topic=message["id"].replace("-", ""),
        )
        async with db.unit_of_work():
            await _settle(batch.subscription, message, handed, now)
        if handed.fate in (Fate.GONE, Fate.LATER):
            break
        sent += handed.fate is Fate.SENT
    return sent


async def _take(replica_id: str, now: int) -> _Batch | None:
    """Lease what is due, drop what nobody needs to hear of any more; None when there is nothing to be sent now."""
    subscription = await db.fetch_one("SELECT * FROM push_subscriptions WHERE id = $1", replica_id)
    if subscription is None:
        return None
    until = await _wait_until(subscription, now)
    if until > now:
        if await db.fetch_value("SELECT 1 FROM push_deliveries WHERE replica_id = $1 LIMIT 1", replica_id):
            await enqueue(JOB, {"replica_id": replica_id}, run_at=until, key=replica_id)
        return None
    taken = await db.fetch(
        """
        UPDATE push_deliveries SET leased_until = $3 WHERE replica_id = $1 AND leased_until <= $2
        RETURNING message_id
        """,
        *(replica_id, now, now + _LEASE),
    )
    ids = [row["message_id"] for row in taken]
    due: list[db.Row] = []
    if ids and await _is_reachable(subscription, now):
        due = await db.fetch(
            f"""
            SELECT id, kind FROM messages WHERE id {db.any_of("$1")} AND read_at IS NULL AND at > $2
            ORDER BY at DESC, id DESC LIMIT $3
            """,
            *(ids, now - KEPT_FOR, AT_ONCE),
        )
    kept = {row["id"] for row in due}
    await _drop(replica_id, [id for id in ids if id not in kept])
    if not due:
        return None
    unread = await db.fetch_value(
        "SELECT count(*) FROM messages WHERE person_id = $1 AND read_at IS NULL", subscription["person_id"]
    )
    return _Batch(subscription, due[::-1], unread)


async def _wait_until(subscription: db.Row, now: int) -> int:
    """Until when this phone is left alone: its service asked for it, or its owner's quiet hours are not over."""
    settings = await settings_of(subscription["person_id"])
    minute = (now - start_of_day(day_on(now))) // MINUTE
    quiet = minutes_of_quiet_left(minute, settings["quiet_from"], settings["quiet_until"])
    over = (now // MINUTE + quiet) * MINUTE if quiet else now
    return max(over, int(subscription["paused_until"]))


async def _is_reachable(subscription: db.Row, now: int) -> bool:
    """Whether somebody is signed in on the phone, it is the one who asked, and neither he nor it was shut out."""
    found = await db.fetch_value(
        """
        SELECT 1 FROM sessions JOIN people ON people.id = sessions.person_id
        WHERE sessions.replica_id = $1 AND sessions.person_id = $2 AND sessions.revoked_at IS NULL
          AND sessions.expires_at > $3 AND NOT sessions.is_locked AND people.is_active
        LIMIT 1
        """,
        *(subscription["id"], subscription["person_id"], now),
    )
    return found is not None


async def _settle(subscription: db.Row, message: db.Row, handed: Handed, now: int) -> None:
    replica_id = subscription["id"]
    if handed.fate is Fate.LATER:
        failures = subscription["failure_count"] + 1
        until = now + max(handed.wait, wait_after(failures))
        await db.execute(
            "UPDATE push_subscriptions SET failure_count = $2, paused_until = $3 WHERE id = $1",
            *(replica_id, failures, until),
        )
        await db.execute(
            "UPDATE push_deliveries SET leased_until = 0 WHERE replica_id = $1 AND leased_until <> 0",
            replica_id,
        )
        await enqueue(JOB, {"replica_id": replica_id}, run_at=until, key=replica_id)
        return
    if handed.fate is Fate.GONE:
        # The very one that was tried: the phone may have brought a new one meanwhile.
        await db.execute(
            "DELETE FROM push_subscriptions WHERE id = $1 AND endpoint = $2",
            *(replica_id, subscription["endpoint"]),
        )
        return
    if handed.fate is Fate.REFUSED:
        _log.warning("a push service refused a message", replica=replica_id, kind=message["kind"])
    elif subscription["failure_count"]:
        await db.execute("UPDATE push_subscriptions SET failure_count = 0 WHERE id = $1", replica_id)
    await _drop(replica_id, [message["id"]])


async def _drop(replica_id: str, message_ids: Sequence[Any]) -> None:
    await db.execute(
        f"DELETE FROM push_deliveries WHERE replica_id = $1 AND message_id {db.any_of('$2')}",
        *(replica_id, list(message_ids)),
    )
