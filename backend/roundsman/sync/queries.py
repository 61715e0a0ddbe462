"""What an administrator sees of the engine: the phones, and the log of commands, which is the audit trail."""

from typing import Any

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx


class ReplicaSeen(msgspec.Struct, kw_only=True):
    """A phone or browser, how much it still holds back, and when it was last heard of."""

    id: str
    person_id: str
    status: str
    device: dict[str, Any] | None
    last_number: int
    outbox_depth: int
    outbox_oldest_at: int | None
    outbox_blobs: int
    clock_skew_ms: int | None
    created_at: int
    last_seen_at: int
    entitled_since: int | None


class CommandSeen(msgspec.Struct, kw_only=True):
    """One decided command. `args` and `outcome` are JSON as sent and as answered; `device` is what the phone said of
    itself, `error` what its last failed try raised."""

    seq: int
    uuid: str
    person_id: str
    replica_id: str | None
    name: str
    version: int
    args: msgspec.Raw
    captured_at: int | None
    received_at: int
    status: str
    code: str | None
    outcome: msgspec.Raw
    device: dict[str, Any] | None
    error: str | None


class ReportSeen(msgspec.Struct, kw_only=True):
    """What a phone, or the engine about one, reported. `body` is JSON; of a `suspected_loss` it has `count`, how many
    commands and pictures were known to wait in the store that is gone."""

    id: str
    person_id: str
    replica_id: str | None
    kind: str
    body: msgspec.Raw
    received_at: int


async def reports_seen(
    ctx: Ctx, after: tuple[Any, ...] | None, limit: int, *, kind: str | None = None
) -> list[ReportSeen]:
    """Reports, newest first, below the key (received_at, id). Raises Forbidden."""
    ctx.require("sync.see_replicas")
    at, report_id = after or (1 << 60, "")
    arguments: list[object] = [at, report_id, limit]
    only = ""
    if kind is not None:
        arguments.append(kind)
        only = "AND kind = $4 "
    rows = await db.fetch(
        "SELECT id, person_id, replica_id, kind, body, received_at FROM sync_report "
        f"WHERE (received_at < $1 OR (received_at = $1 AND id > $2)) {only}"
        "ORDER BY received_at DESC, id LIMIT $3",
        *arguments,
    )
    return [ReportSeen(**{**row, "body": msgspec.Raw(row["body"].encode())}) for row in rows]


async def replicas_seen(ctx: Ctx, after: tuple[Any, ...] | None, limit: int) -> list[ReplicaSeen]:
    """Replicas, last heard of first, after the key (last_seen_at, id). Raises Forbidden."""
    ctx.require("sync.see_replicas")
    at, replica_id = after or (1 << 60, "")
    rows = await db.fetch(
        "SELECT id, person_id, status, device, last_number, outbox_depth, outbox_oldest_at, "
        "outbox_blobs, clock_skew_ms, created_at, last_seen_at, "
        "coalesce(entitled_since, served_at) AS entitled_since FROM sync_replica "
        "WHERE last_seen_at < $1 OR (last_seen_at = $1 AND id > $2) ORDER BY last_seen_at DESC, id LIMIT $3",
        at,
        replica_id,
        limit,
    )
    for row in rows:
        row["device"] = msgspec.json.decode(row["device"]) if row["device"] else None
    return [ReplicaSeen(**row) for row in rows]


async def commands_seen(
    ctx: Ctx,
    after: tuple[Any, ...] | None,
    limit: int,
    *,
    person_id: str | None = None,
    name: str | None = None,
    status: str | None = None,
) -> list[CommandSeen]:
    """Commands, newest first, below the key (seq). Raises Forbidden."""
    ctx.require("sync.see_commands")
    arguments: list[object] = [after[0] if after else 1 << 60, limit]
    conditions = ["c.seq < $1"]
    for column, value in (("person_id", person_id), ("name", name), ("status", status)):
        if value is not None:
            arguments.append(value)
            conditions.append(f"c.{column} = ${len(arguments)}")
    rows = await db.fetch(
        "SELECT c.seq, c.uuid, c.person_id, c.replica_id, c.name, c.version, c.args, c.captured_at, c.received_at, "
        "c.status, c.code, c.outcome, r.device, a.last_error AS error FROM sync_command c "
        "LEFT JOIN sync_replica r ON r.id = c.replica_id LEFT JOIN sync_attempt a ON a.uuid = c.uuid "
        f"WHERE {' AND '.join(conditions)} ORDER BY c.seq DESC LIMIT $2",
        *arguments,
    )
    return [
        CommandSeen(
            **{
                **row,
                "args": msgspec.Raw(row["args"].encode()),
                "outcome": msgspec.Raw(row["outcome"].encode()),
                "device": msgspec.json.decode(row["device"]) if row["device"] else None,
            }
        )
        for row in rows
    ]
