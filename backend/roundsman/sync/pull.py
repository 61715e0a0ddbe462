"""Rows down: one page of what changed since the phone's cursors, read in one snapshot and joined as text; no
row is decoded here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec
import structlog

from roundsman.core import db
from roundsman.core.context import Person, Session
from roundsman.core.domain import Feed
from roundsman.core.errors import Invalid
from roundsman.core.registry import Registry
from roundsman.sync.feed_sql import PUT, REMOVE, rows_by_id
from roundsman.sync.push import result_text
from roundsman.sync.replicas import (
    MIN_SCHEMA,
    Replica,
    note_served,
    own_replica,
    refuse_another,
    refuse_ended,
)
from roundsman.sync.wire import MAX_ASK, Cursor, Pull

MAX_BUCKETS: Final = 2000
"""Enough for whoever manages 400 territories, three months of each; all of them are one bucket."""
MAX_ROWS: Final = 2000
MAX_BYTES: Final = 2 * 1024 * 1024
_MODULUS: Final = 2**61 - 1

_log = structlog.get_logger()

_PROBE = """
    SELECT b.value AS bucket, (SELECT max(f.seq) FROM sync_feed f WHERE f.bucket = b.value) AS newest,
        (SELECT m.min_seq FROM sync_bucket m WHERE m.bucket = b.value) AS min_seq
    FROM {source}
"""
_OWN_RESULTS = """
    SELECT c.number, c.uuid, c.seq, c.outcome FROM sync_number n JOIN sync_command c ON c.uuid = n.uuid
    WHERE n.replica_id = $1 AND n.number > $2 ORDER BY n.number
"""


@dataclass(slots=True)
class _Reading:
    """One bucket to read from, for all tables the phone knows or for one that it reads again."""

    index: int
    bucket: str
    cursor: int
    floor: int
    table: str | None = None
    entries: list[tuple[str, str, int, int]] = field(default_factory=list)
    is_exhausted: bool = True


@dataclass(slots=True)
class _Page:
    """A page while it is put together."""

    replica: Replica
    buckets: list[str]
    readings: list[_Reading]
    restarted: list[str]
    notices: list[str]
    bodies: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def has_more(self) -> bool:
        return any(not reading.is_exhausted for reading in self.readings)


async def pull(
    registry: Registry, session: Session, request: Pull, now: int, *, is_noted: bool = True
) -> bytes:
    """Answer a pull as JSON. Raises Gone for an unknown replica, Forbidden for an ended one and for another person's,
    Invalid for a senseless request."""
    person = session.person
    refuse_another(person, request.person_id)
    if len(request.ask) > MAX_ASK:
        raise Invalid("sync.asks_too_much", most=MAX_ASK)
    async with db.snapshot():
        replica = await own_replica(session, request.replica)
        refuse_ended(replica)
        if request.epoch != replica.epoch:
            return msgspec.json.encode({"epoch": replica.epoch, "gen": request.gen, "refused": "epoch"})
        buckets = await _buckets(registry, person, request, now)
        if request.schema < MIN_SCHEMA:
            page = _Page(replica, buckets[0], [], [], [*buckets[1], "upgrade"])
        else:
            page = await _read(registry, buckets, request, replica)
        results = "" if page.has_more else await _results(person, request, replica)
        digest = await _digest(page, request) if request.want_digest and not page.has_more else None
    answer = _join(page, request, now, results, digest)
    if is_noted and not page.has_more and request.schema >= MIN_SCHEMA:
        await note_served(
            replica, max((c[0] for c in request.cursors.values()), default=0), replica.head, now
        )
    return answer


async def _buckets(
    registry: Registry, person: Person, request: Pull, now: int
) -> tuple[list[str], list[str]]:
    held = list(dict.fromkeys(await registry.buckets(person, now))) if registry.buckets is not None else []
    notices = []
    if len(held) > MAX_BUCKETS:
        _log.error("a person holds too many buckets", person=person.id, count=len(held))
        notices.append("too_many_buckets")
        held = held[:MAX_BUCKETS]
    if request.priority:
        first = {bucket: at for at, bucket in enumerate(request.priority)}
        held.sort(key=lambda bucket: first.get(bucket, len(first)))
    return held, notices


async def _read(
    registry: Registry, buckets: tuple[list[str], list[str]], request: Pull, replica: Replica
) -> _Page:
    held, notices = buckets
    page = _Page(replica, held, [], [], notices)
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
        page.readings.append(_Reading(index, bucket, cursor, floor))
    for table, cursors in (request.backfill or {}).items():
        if table not in registry.feeds:
            continue
        for bucket, (cursor, floor) in cursors.items():
            if bucket in held:
                # Removals come with the bucket's own cursor; here only what stands is read again.
                page.readings.append(_Reading(held.index(bucket), bucket, cursor, floor or head, table))
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


async def _entries(reading: _Reading, tables: Sequence[str], room: int) -> list[tuple[str, str, int, int]]:
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


async def _bodies(page: _Page, feeds: Mapping[str, Feed]) -> None:
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


def _cut(page: _Page, room: int) -> None:
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


async def _results(person: Person, request: Pull, replica: Replica) -> str:
    """Decisions above what this replica acknowledged, and those of this person it asks for by uuid."""
    rows: dict[str, str] = {}
    if replica.last_number > request.acked_number:
        for row in await db.fetch(_OWN_RESULTS, replica.id, request.acked_number):
            rows[row["uuid"]] = result_text(**row)
    missing = [uuid for uuid in request.ask if uuid not in rows]
    if missing:
        asked = await db.fetch(
            f"SELECT number, uuid, seq, outcome FROM sync_command WHERE uuid {db.any_of('$1')} AND person_id = $2",
            missing,
            person.id,
        )
        for row in asked:
            rows[row["uuid"]] = result_text(**row)
    return ",".join(rows.values())


async def _digest(page: _Page, request: Pull) -> dict[str, dict[str, int | str]]:
    rows = await db.fetch(
        f"SELECT bucket, count(*) AS n, sum(seq) AS s FROM sync_feed WHERE bucket {db.any_of('$1')} "
        f"AND tbl {db.any_of('$2')} AND op = {PUT} GROUP BY bucket",
        page.buckets,
        list(request.tables),
    )
    found = {row["bucket"]: {"n": row["n"], "s": str(int(row["s"]) % _MODULUS)} for row in rows}
    return {bucket: found.get(bucket, {"n": 0, "s": "0"}) for bucket in page.buckets}


def _join(
    page: _Page, request: Pull, now: int, results: str, digest: dict[str, dict[str, int | str]] | None
) -> bytes:
    head = page.replica.head
    entries: list[tuple[int, str, str, int, int]] = []
    cursors: dict[str, Cursor] = (
        {} if page.readings else {b: c for b, c in request.cursors.items() if b in page.buckets}
    )
    backfill: dict[str, dict[str, Cursor]] = {}
    rows: dict[str, list[str]] = {}
    sent: set[tuple[str, str]] = set()
    for reading in page.readings:
        for table, pk, seq, op in reading.entries:
            body = page.bodies.get((table, pk)) if op == PUT else None
            entries.append((reading.index, table, pk, seq, PUT if body is not None else REMOVE))
            if body is not None and (table, pk) not in sent:
                sent.add((table, pk))
                rows.setdefault(table, []).append(f"{msgspec.json.encode(pk).decode()}:{body}")
        if reading.is_exhausted:
            at = (head, head)
        else:
            at = (reading.entries[-1][2] if reading.entries else reading.cursor, reading.floor)
        if reading.table is None:
            cursors[reading.bucket] = at
        else:
            backfill.setdefault(reading.table, {})[reading.bucket] = at
    reset = [bucket for bucket in request.resetting if bucket in page.buckets]
    reset += [bucket for bucket in page.restarted if bucket not in reset]
    parts = {
        "buckets": page.buckets,
        "cursors": cursors,
        "drop": [bucket for bucket in request.cursors if bucket not in page.buckets],
        "reset": reset,
        "restarted": page.restarted,
        "last_number": page.replica.last_number,
    }
    if request.backfill is not None:
        parts["backfill"] = backfill
    if digest is not None:
        parts["digest"] = digest
    if page.notices:
        parts["notices"] = [{"code": code} for code in page.notices]
    tables = ",".join(f'"{table}":{{{",".join(texts)}}}' for table, texts in rows.items())
    more = "true" if page.has_more else "false"
    return b"".join(
        (
            f'{{"epoch":"{page.replica.epoch}","gen":{request.gen},"server_time":{now},"head":{head},"more":{more},'
            f'"rows":{{{tables}}},"entries":'.encode(),
            msgspec.json.encode(entries),
            f',"results":[{results}],'.encode(),
            msgspec.json.encode(parts)[1:],
        )
    )
