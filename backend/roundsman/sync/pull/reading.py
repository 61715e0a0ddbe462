"""Which entries and rows a page holds: the buckets from their cursors on, cut where the page is full."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec
import structlog

from roundsman.core import db
from roundsman.core.registry import Registry
from roundsman.sync.feed_sql import PUT, REMOVE, entries_with_rows
from roundsman.sync.replicas import Replica
from roundsman.sync.wire import Pull

MAX_ROWS: Final = 2000
MAX_BYTES: Final = 2 * 1024 * 1024
# About what an entry takes on the wire, and its row beside its own text.
_REFERENCE: Final = 60
_AROUND_ROW: Final = 100

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
    is_exhausted: bool = True


@dataclass(slots=True)
class PageSoFar:
    """A page while it is put together. `rows` are by table and id; `entries_left` and
    `bytes_left` say how much may still come."""

    replica: Replica
    buckets: list[str]
    notices: list[str]
    entries_left: int = 0
    bytes_left: int = 0
    restarted: list[str] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    entries: list[tuple[int, str, str, int, int]] = field(default_factory=list)
    rows: dict[str, dict[str, msgspec.Raw]] = field(default_factory=dict)

    @property
    def has_more(self) -> bool:
        return any(not reading.is_exhausted for reading in self.readings)

    def take(self, reading: Reading, found: Iterable[db.Row]) -> None:
        """Put entries with their rows into the page, up to the first that would go beyond it; the very first entry
        is let through whatever its size."""
        for entry in found:
            table, pk, seq, text = entry.values()
            rows = self.rows.get(table)
            is_new = text is not None and (rows is None or pk not in rows)
            size = len(text) + _AROUND_ROW if is_new else _REFERENCE
            if not self.entries_left or (size > self.bytes_left and self.entries):
                self.entries_left = 0
                reading.is_exhausted = False
                return
            self.entries_left -= 1
            self.bytes_left -= size
            if is_new:
                if rows is None:
                    rows = self.rows[table] = {}
                rows[pk] = msgspec.Raw(text)
            reading.cursor = seq
            self.entries.append((reading.index, table, pk, seq, REMOVE if text is None else PUT))


async def read_page(
    registry: Registry, buckets: tuple[list[str], list[str]], request: Pull, replica: Replica
) -> PageSoFar:
    """One page of what changed in the buckets held, inside the open snapshot. `buckets`: those held, and notices."""
    held, notices = buckets
    page = PageSoFar(
        replica,
        held,
        notices,
        entries_left=max(1, min(request.limit.rows, MAX_ROWS)),
        bytes_left=max(1, min(request.limit.bytes, MAX_BYTES)),
    )
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
    for reading in page.readings:
        if newest.get(reading.bucket, 0) <= reading.cursor:
            continue
        if page.entries_left:
            page.take(reading, await _entries(reading, tables, registry, page.entries_left + 1))
        else:
            # Not asked: one statement for each bucket that must wait anyway would be thousands a page.
            reading.is_exhausted = False
    return page


async def _probe(buckets: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The newest seq and the collection mark of each bucket: one statement, one index probe each."""
    source = "unnest($1::text[]) AS b(value)" if db.current().dialect == "postgres" else "json_each($1) AS b"
    rows = await db.fetch(_PROBE.format(source=source), buckets)
    newest = {row["bucket"]: row["newest"] for row in rows if row["newest"] is not None}
    return newest, {row["bucket"]: row["min_seq"] for row in rows if row["min_seq"] is not None}


async def _entries(reading: Reading, tables: Sequence[str], registry: Registry, most: int) -> list[db.Row]:
    """Entries after the cursor and their rows as JSON, which the database makes. Removals from before a reading from
    zero began were never delivered in it."""
    condition = f"bucket = $2 AND seq > $3 AND tbl {db.any_of('$4')} AND "
    if reading.table is not None:
        arguments: list[object] = [most, reading.bucket, reading.cursor, [reading.table]]
        condition += f"op = {PUT}"
    else:
        arguments = [most, reading.bucket, reading.cursor, list(tables), reading.floor]
        condition += f"(op = {PUT} OR seq > $5)"
    sql = entries_with_rows(tuple(registry.feeds.values()), db.current().dialect, condition)
    return await db.fetch(sql, *arguments)
