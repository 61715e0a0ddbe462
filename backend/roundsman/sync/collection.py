"""Housekeeping of the feed and the log: old tombstones, commands and reports go, the history gets a new name after a
restore, and how things stand."""

from collections.abc import Sequence
from typing import Any, Final

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, now_ms
from roundsman.sync.feed_sql import REMOVE
from roundsman.sync.triggers import SEQUENCER

TOMBSTONES_KEPT: Final = 90 * DAY
COMMANDS_KEPT: Final = 180 * DAY
REPORTS_KEPT: Final = 180 * DAY
CHUNK: Final = 5000
_MOVED: Final = "moved to "


async def collect(kept: int = TOMBSTONES_KEPT) -> int:
    """Forget removals older than `kept` milliseconds; the number forgotten.

    The newest entry of the feed always stays, so that head never goes back. A phone whose cursor lies below
    what was forgotten
    reads those buckets again.
    """
    total = 0
    before = now_ms() - kept
    while True:
        async with db.unit_of_work():
            if db.current().dialect == "postgres":
                await db.fetch(SEQUENCER)
            gone = await db.fetch(
                f"SELECT bucket, seq FROM sync_feed WHERE op = {REMOVE} AND at < $1 "
                "AND seq < (SELECT max(seq) FROM sync_feed) ORDER BY at LIMIT $2",
                before,
                CHUNK,
            )
            marks: dict[str, int] = {}
            for row in gone:
                marks[row["bucket"]] = max(row["seq"], marks.get(row["bucket"], 0))
            await db.execute(
                f"DELETE FROM sync_feed WHERE seq {db.any_of('$1', 'bigint')}", [row["seq"] for row in gone]
            )
            if marks:
                await db.execute_many(
                    "INSERT INTO sync_bucket (bucket, min_seq) VALUES ($1, $2) ON CONFLICT (bucket) DO UPDATE "
                    "SET min_seq = CASE WHEN excluded.min_seq > sync_bucket.min_seq THEN excluded.min_seq "
                    "ELSE sync_bucket.min_seq END",
                    list(marks.items()),
                )
        total += len(gone)
        if len(gone) < CHUNK:
            return total


async def collect_commands(kept: int = COMMANDS_KEPT) -> int:
    """Forget what was in commands decided more than `kept` milliseconds ago; the number forgotten.

    That they were decided, and how, is never forgotten: however late a phone or its copy sends one again, or asks
    about it, it is told so and nothing is done twice. Quarantined ones wait for people; the newest command always
    stays, so that head never goes back.
    """
    before = now_ms() - kept
    total = last = 0
    while True:
        async with db.unit_of_work():
            # The order of seq is that of receiving, near enough to stop at the first that are all young.
            rows = await db.fetch(
                "SELECT uuid, person_id, replica_id, number, seq, status, code, "
                "coalesce(redecided_at, received_at) AS at FROM sync_command "
                "WHERE seq > $1 AND seq < (SELECT max(seq) FROM sync_command) ORDER BY seq LIMIT $2",
                last,
                CHUNK,
            )
            old = [row for row in rows if row["at"] < before]
            gone = [row for row in old if row["status"] != "quarantined"]
            await _forget(gone)
        total += len(gone)
        if len(rows) < CHUNK or not old:
            return total
        last = rows[-1]["seq"]


async def _forget(commands: Sequence[db.Row]) -> None:
    if not commands:
        return
    await db.execute_many(
        "INSERT INTO sync_past (uuid, person_id, number, seq, status, code) VALUES ($1, $2, $3, $4, $5, $6)",
        [
            (row["uuid"], row["person_id"], row["number"] or 0, row["seq"], row["status"], row["code"])
            for row in commands
        ],
    )
    await db.execute_many(
        "DELETE FROM sync_number WHERE replica_id = $1 AND number = $2",
        [(row["replica_id"], row["number"]) for row in commands if row["number"] is not None],
    )
    uuids = [row["uuid"] for row in commands]
    for table in ("sync_command", "sync_attempt"):
        await db.execute(f"DELETE FROM {table} WHERE uuid {db.any_of('$1')}", uuids)


async def collect_reports(kept: int = REPORTS_KEPT) -> int:
    """Forget what phones reported more than `kept` milliseconds ago; the number forgotten."""
    before = now_ms() - kept
    total = 0
    while True:
        async with db.unit_of_work():
            gone = await db.fetch(
                "DELETE FROM sync_report WHERE id IN "
                "(SELECT id FROM sync_report WHERE received_at < $1 ORDER BY received_at LIMIT $2) RETURNING id",
                before,
                CHUNK,
            )
        total += len(gone)
        if len(gone) < CHUNK:
            return total


async def rotate_epoch(was: str | None = None) -> str:
    """Name the history anew, after a backup was restored: phones pull everything again and re-send their
    journals. Given the name it had, only if it still has it; the name it has now.
    """
    epoch = new_id()
    async with db.unit_of_work():
        await db.execute(
            "UPDATE sync_meta SET epoch = $1, created_at = $2, restored_marker = NULL "
            "WHERE id = 1 AND epoch = coalesce($3, epoch)",
            epoch,
            now_ms(),
            was,
        )
        return str(await db.fetch_value("SELECT epoch FROM sync_meta WHERE id = 1"))


async def mark_restored(marker: str) -> None:
    """Say that this database came out of a backup; until the epoch is rotated the server refuses to start."""
    async with db.unit_of_work():
        await db.execute("UPDATE sync_meta SET restored_marker = $1 WHERE id = 1", marker)


async def mark_moved(where: str) -> None:
    """Say that this database lives on elsewhere; the server refuses to start on it as on a restored one."""
    await mark_restored(f"{_MOVED}{where}")


async def refuse_restored() -> None:
    """Raise RuntimeError when the database was restored and its epoch is still the old one, or when it was moved."""
    marker = await db.fetch_value("SELECT restored_marker FROM sync_meta WHERE id = 1")
    if marker and marker.startswith(_MOVED):
        raise RuntimeError(
            f"this company lives in {marker.removeprefix(_MOVED)} now; to go on here all the same, run "
            "`roundsman sync rotate-epoch`"
        )
    if marker:
        raise RuntimeError(f"restored from {marker}: run `roundsman sync rotate-epoch` before serving")


async def status() -> dict[str, Any]:
    """Numbers an operator looks at: head, feed, replicas, commands, what is quarantined, what phones hold
    back."""
    row = await db.fetch_one(
        """
        SELECT (SELECT epoch FROM sync_meta WHERE id = 1) AS epoch,
            (SELECT created_at FROM sync_meta WHERE id = 1) AS epoch_since,
            (SELECT max(seq) FROM sync_feed) AS head,
            (SELECT count(*) FROM sync_feed WHERE op = 1) AS entries,
            (SELECT count(*) FROM sync_feed WHERE op = 2) AS tombstones,
            (SELECT count(*) FROM sync_replica WHERE status = 'active') AS replicas,
            (SELECT coalesce(sum(outbox_depth), 0) FROM sync_replica WHERE status = 'active') AS unsent,
            (SELECT count(*) FROM sync_command) AS commands,
            (SELECT count(*) FROM sync_command WHERE status = 'quarantined') AS quarantined,
            (SELECT count(*) FROM sync_attempt) AS attempts,
            (SELECT count(*) FROM sync_report) AS reports
        """
    )
    return row or {}
