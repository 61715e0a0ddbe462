"""Which entries and rows a page holds: the buckets from their cursors on, cut where the page is full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from roundsman.core import db
from roundsman.core.domain import Feed
from roundsman.core.registry import Registry
from roundsman.sync.feed_sql import PUT, rows_by_id
from roundsman.sync.replicas import Replica
from roundsman.sync.wire import Pull

MAX_ROWS: Final = 2000
MAX_BYTES: Final = 2 * 1024 * 1024

_log = structlog.get_logger()

_PROBE = """
    SELECT b.value AS bucket, (SELECT max(f.seq) FROM sync_feed f WHERE f.bucket = b.value) AS newest,
        (SELECT m.min_seq FROM sync_bucket m WHERE m.bucket = b.value) AS min_seq
    FROM {source}
"""


@dataclass(slots=True)
class Reading:
    """One bucket to read from, for all tables the phone knows or for one that it reads again."""

    index: int
    bucket: str
    cursor: int
    floor: int
    table: str | None = None
    entries: list[tuple[str, str, int, int]] = field(default_factory=list)
    is_exhausted: bool = True


@dataclass(slots=True)
class PageSoFar:
    """A page while it is put together."""

    replica: Replica
    buckets: list[str]
    readings: list[Reading]
    restarted: list[str]
    notices: list[str]
    bodies: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def has_more(self) -> bool:
        return any(not reading.is_exhausted for reading in self.readings)


async def read_page(
    registry: Registry, buckets: tuple[list[str], list[str]], request: Pull, replica: Replica
) -> PageSoFar:
    """One page of what changed in the buckets held, inside the open snapshot. `buckets`: those held, and notices."""
    held, notices = buckets
    page = PageSoFar(replica, held, [], [], notices)
    head = replica.head
    newest, min_seqs = await _probe(held)
    if any(cursor[0] > head for cursor in request.cursors.values()):
        _log.error("a phone has seen more than there is: restored without a new epoch?", replica=replica.id)
        notices.append("head_behind")
    tables = [name for name in request.tables if name in registry.feeds]
    for index, bucket in enumerate(held):
        cursor, floor = request.cursors.get(bucket, (0, head))
        if bucket in request.cursors and max(cursor, floor) < min_seqs.get(bucket, 0):
            cursor, floor = 0, head
            page.restarted.append(bucket)
        page.readings.append(Reading(index, bucket, cursor, floor))
    for table, cursors in (request.backfill or {}).items():
        if table not in registry.feeds:
            continue
        for bucket, (cursor, floor) in cursors.items():
            if bucket in held:
                # Removals come with the bucket's own cursor; here only what stands is read again.
                page.readings.append(Reading(held.index(bucket), bucket, cursor, floor or head, table))
    room = max(1, min(request.limit.rows, MAX_ROWS))
    for reading in page.readings:
        if newest.get(reading.bucket, 0) <= reading.cursor:
            continue
        if room == 0:
            # Not asked: one statement for each bucket that must wait anyway would be thousands a page.
            reading.is_exhausted = False
            continue
        found = await _entries(reading, tables, room)
        reading.is_exhausted = len(found) <= room
        reading.entries = found[:room]
        room -= len(reading.entries)
    await _bodies(page, registry.feeds)
    _cut(page, max(1, min(request.limit.bytes, MAX_BYTES)))
    return page


async def _probe(buckets: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The newest seq and the collection mark of each bucket: one statement, one index probe each."""
    source = "unnest($1::text[]) AS b(value)" if db.current().dialect == "postgres" else "json_each($1) AS b"
    rows = await db.fetch(_PROBE.format(source=source), buckets)
    newest = {row["bucket"]: row["newest"] for row in rows if row["newest"] is not None}
    return newest, {row["bucket"]: row["min_seq"] for row in rows if row["min_seq"] is not None}


async def _entries(reading: Reading, tables: Sequence[str], room: int) -> list[tuple[str, str, int, int]]:
    """Up to room + 1 entries after the cursor. Removals from before a reading from zero began were never
    delivered in it."""
    wanted = [reading.table] if reading.table is not None else list(tables)
    arguments: list[object] = [reading.bucket, reading.cursor, wanted, room + 1]
    standing = f"op = {PUT}"
    if reading.table is None:
        standing = f"(op = {PUT} OR seq > $5)"
        arguments.append(reading.floor)
    rows = await db.fetch(
        f"SELECT tbl, pk, seq, op FROM sync_feed WHERE bucket = $1 AND seq > $2 "
        f"AND tbl {db.any_of('$3')} AND {standing} "
        "ORDER BY seq LIMIT $4",
        *arguments,
    )
    return [(row["tbl"], row["pk"], row["seq"], row["op"]) for row in rows]


async def _bodies(page: PageSoFar, feeds: Mapping[str, Feed]) -> None:
    """The rows' JSON, made by the database in the same snapshot: one statement for each table."""
    wanted: dict[str, dict[str, None]] = {}
    for reading in page.readings:
        for table, pk, _, op in reading.entries:
            if op == PUT:
                wanted.setdefault(table, {})[pk] = None
    dialect = db.current().dialect
    for table, ids in wanted.items():
        for row in await db.fetch(rows_by_id(feeds[table], dialect), list(ids)):
            page.bodies[table, row["pk"]] = row["body"]


def _cut(page: PageSoFar, room: int) -> None:
    """End the page at the entry that would go beyond `room` bytes; one entry is always let through."""
    seen: set[tuple[str, str]] = set()
    is_first = True
    is_full = False
    for reading in page.readings:
        kept = 0
        for table, pk, _, op in reading.entries:
            key = (table, pk)
            size = len(page.bodies.get(key, "")) + 100 if op == PUT and key not in seen else 60
            if is_full or (size > room and not is_first):
                is_full = True
                break
            is_first = False
            room -= size
            seen.add(key)
            kept += 1
        if kept < len(reading.entries):
            reading.entries = reading.entries[:kept]
            reading.is_exhausted = False
