"""Which entries and rows a page holds: the buckets from their cursors on, cut where the page is full."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec
import structlog

from roundsman.core import db
from roundsman.core.registry import Registry
from roundsman.sync.feed_sql import PUT, REMOVE, entries_of, rows_by_id
from roundsman.sync.replicas import Replica
from roundsman.sync.wire import Pull

MAX_ROWS: Final = 2000
MAX_BYTES: Final = 2 * 1024 * 1024
# Buckets read by one statement. Each gets only its share of the page, so the first, which the phone may want most, are
# to be few.
_TOGETHER: Final = 8
_NEVER: Final = 2**62
# About what an entry takes on the wire.
_REFERENCE: Final = 80
# Entries whose rows are made at once: their size is known only then, and a row may be large.
_AT_ONCE: Final = 1000

_log = structlog.get_logger()

# The newest entry of a bucket is looked for as the last key of the index (bucket, seq) up to the bucket's end: asked
# for the greatest seq of a bucket, PostgreSQL may walk the index of all seqs backwards, past everybody's entries.
_PROBE = """
    SELECT b.value AS bucket,
        (SELECT CASE WHEN f.bucket = b.value THEN f.seq END FROM sync_feed f
            WHERE (f.bucket, f.seq) <= (b.value, 9223372036854775807)
            ORDER BY f.bucket DESC, f.seq DESC LIMIT 1) AS newest,
        (SELECT m.min_seq FROM sync_bucket m WHERE m.bucket = b.value) AS min_seq
    FROM {source}
"""


Entry = tuple[int, str, str, int, int]
"""Index of the bucket, table, id, seq, and what happened, as on the wire."""
_ENTRIES: Final = msgspec.json.Decoder(list[Entry])


@dataclass(slots=True)
class Reading:
    """One bucket to read from, for all tables the phone knows or for one that it reads again."""

    index: int
    bucket: str
    since: int
    floor: int
    table: str | None = None
    entries: list[Entry] = field(default_factory=list)
    is_exhausted: bool = True

    @property
    def cursor(self) -> int:
        """How far the page goes."""
        return self.entries[-1][3] if self.entries else self.since

    def keep(self, most: int) -> None:
        """Leave what is beyond so many entries for the next page."""
        if most < len(self.entries):
            del self.entries[most:]
            self.is_exhausted = False


@dataclass(slots=True)
class PageSoFar:
    """A page while it is put together. `rows` are by table, joined as text; `entries_left` and `bytes_left` say how
    much may still come."""

    replica: Replica
    buckets: list[str]
    notices: list[str]
    entries_left: int = 0
    bytes_left: int = 0
    restarted: list[str] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    rows: dict[str, list[bytes]] = field(default_factory=dict)

    @property
    def has_more(self) -> bool:
        return any(not reading.is_exhausted for reading in self.readings)

    @property
    def entries(self) -> list[Entry]:
        return [entry for reading in self.readings for entry in reading.entries]

    def keep(self, most: int) -> None:
        """Leave what is beyond so many entries for the next page."""
        for reading in self.readings:
            reading.keep(most)
            most -= len(reading.entries)

    def call_removed(self, gone: set[tuple[str, str]]) -> None:
        """Turn entries of rows that are not there into removals."""
        for reading in self.readings if gone else ():
            reading.entries = [
                (*entry[:4], REMOVE) if entry[1:3] in gone else entry for entry in reading.entries
            ]


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
                page.readings.append(Reading(held.index(bucket), bucket, cursor, floor or head, table))
    with_news = [reading for reading in page.readings if newest.get(reading.bucket, 0) > reading.since]
    await _find_entries(page, with_news, tables)
    await _read_rows(page, registry)
    return page


async def _probe(buckets: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The newest seq and the collection mark of each bucket: one statement, one index probe each."""
    source = "unnest($1::text[]) AS b(value)" if db.current().dialect == "postgres" else "json_each($1) AS b"
    rows = await db.fetch(_PROBE.format(source=source), buckets)
    newest = {row["bucket"]: row["newest"] for row in rows if row["newest"] is not None}
    return newest, {row["bucket"]: row["min_seq"] for row in rows if row["min_seq"] is not None}


async def _find_entries(page: PageSoFar, waiting: list[Reading], tables: list[str]) -> None:
    """Fill the page from these readings, a few in one statement, each with an equal share of the room; what that
    leaves free is for those who have more."""
    while waiting and page.entries_left:
        group = [one for one in waiting[: min(_TOGETHER, page.entries_left)] if one.table == waiting[0].table]
        share = page.entries_left // len(group)
        found = await _entries(group, tables, share + 1)
        for reading in group:
            news = found[reading.index]
            reading.entries += news[:share]
            reading.is_exhausted = len(news) <= share
            page.entries_left -= min(len(news), share)
        waiting = [one for one in group if not one.is_exhausted] + waiting[len(group) :]
    for reading in waiting:
        # Not asked: statements for buckets that must wait anyway would be thousands a page.
        reading.is_exhausted = False


async def _entries(group: Sequence[Reading], tables: list[str], most: int) -> dict[int, list[Entry]]:
    """By index, at most so many entries after the cursor of each. Removals from before a reading from zero began were
    never delivered in it; of a table that is read again they came with the bucket's own cursor."""
    of_one = group[0].table
    arguments: list[object] = [most, tables if of_one is None else [of_one]]
    for one in group:
        arguments += [one.index, one.bucket, one.cursor, _NEVER if one.table else one.floor]
    found = await db.fetch(entries_of(len(group), db.current().dialect), *arguments)
    return {row["at"]: _ENTRIES.decode(row["entries"] or "[]") for row in found}


async def _read_rows(page: PageSoFar, registry: Registry) -> None:
    """The rows of the page's entries, each once, up to the first that would make the page too large; the very first
    comes whatever its size."""
    entries = page.entries
    taken: dict[str, set[str]] = {}
    gone: set[tuple[str, str]] = set()
    at, step = 0, _AT_ONCE
    while at < len(entries):
        part = entries[at : at + step]
        wanted = _new_ids(part, taken)
        texts, missing = await _rows_of(wanted, registry)
        size = len(part) * _REFERENCE + sum(map(len, texts.values()))
        if size > page.bytes_left and (at or len(part) > 1):
            # So many as should fit, and a little less: what does not fit was made for nothing.
            step = len(part) * page.bytes_left * 9 // (size * 10) or (not at)
            if not step:
                break
            continue
        for table, text in texts.items():
            page.rows.setdefault(table, []).append(text)
            taken.setdefault(table, set()).update(wanted[table])
        gone |= missing
        page.bytes_left -= size
        at += len(part)
    page.keep(at)
    page.call_removed(gone)


def _new_ids(entries: Iterable[Entry], taken: dict[str, set[str]]) -> dict[str, dict[str, None]]:
    """By table, the ids of the rows these entries put and the page does not hold yet, each once."""
    wanted: dict[str, dict[str, None]] = {}
    for _, table, pk, _, op in entries:
        if op == PUT and pk not in taken.get(table, ()):
            wanted.setdefault(table, {})[pk] = None
    return wanted


async def _rows_of(
    wanted: dict[str, dict[str, None]], registry: Registry
) -> tuple[dict[str, bytes], set[tuple[str, str]]]:
    """The rows as text by table, which the database makes, and those that are not there: somebody wrote behind the
    triggers' back."""
    tables = sorted(wanted)
    if not tables:
        return {}, set()
    sql = rows_by_id(tuple(registry.feeds[table] for table in tables), db.current().dialect)
    found = await db.fetch(sql, *(list(wanted[table]) for table in tables))
    missing: set[tuple[str, str]] = set()
    for row in found:
        table = row["tbl"]
        if row["n"] < len(wanted[table]):
            there = await db.fetch(f"SELECT id FROM {table} WHERE id {db.any_of('$1')}", list(wanted[table]))
            missing |= {(table, pk) for pk in wanted[table].keys() - {one["id"] for one in there}}
    return {row["tbl"]: row["rows"].encode() for row in found if row["n"]}, missing
