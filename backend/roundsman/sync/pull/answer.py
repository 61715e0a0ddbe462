"""What else a page says, decisions and digests, and the page as JSON text."""

from typing import Final

import msgspec

from roundsman.core import db
from roundsman.core.context import Person
from roundsman.sync.feed_sql import PUT
from roundsman.sync.pull.reading import PageSoFar
from roundsman.sync.replicas import Replica
from roundsman.sync.results import past_outcome, result_text
from roundsman.sync.wire import Cursor, Pull

_MODULUS: Final = 2**61 - 1

_OWN_RESULTS = """
    SELECT c.number, c.uuid, c.seq, c.outcome FROM sync_number n JOIN sync_command c ON c.uuid = n.uuid
    WHERE n.replica_id = $1 AND n.number > $2 ORDER BY n.number
"""


async def results_of(person: Person, request: Pull, replica: Replica) -> str:
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
        if len(asked) < len(missing):
            rows |= await _past_results(person, [uuid for uuid in missing if uuid not in rows])
    return ",".join(rows.values())


async def _past_results(person: Person, uuids: list[str]) -> dict[str, str]:
    rows = await db.fetch(
        f"SELECT number, uuid, seq, status, code FROM sync_past WHERE uuid {db.any_of('$1')} AND person_id = $2",
        uuids,
        person.id,
    )
    return {
        row["uuid"]: result_text(
            row["number"], row["uuid"], row["seq"], past_outcome(row["status"], row["code"])
        )
        for row in rows
    }


async def digest_of(page: PageSoFar, request: Pull) -> dict[str, dict[str, int | str]]:
    """Number and sum of seqs of what stands in each bucket held."""
    rows = await db.fetch(
        f"SELECT bucket, count(*) AS n, sum(seq) AS s FROM sync_feed WHERE bucket {db.any_of('$1')} "
        f"AND tbl {db.any_of('$2')} AND op = {PUT} GROUP BY bucket",
        page.buckets,
        list(request.tables),
    )
    found = {row["bucket"]: {"n": row["n"], "s": str(int(row["s"]) % _MODULUS)} for row in rows}
    return {bucket: found.get(bucket, {"n": 0, "s": "0"}) for bucket in page.buckets}


def answer_of(
    page: PageSoFar,
    request: Pull,
    now: int,
    results: str,
    digest: dict[str, dict[str, int | str]] | None,
    tables: str | None,
) -> bytes:
    """The page's parts joined; rows are text already."""
    head = page.replica.head
    cursors: dict[str, Cursor] = (
        {} if page.readings else {b: c for b, c in request.cursors.items() if b in page.buckets}
    )
    backfill: dict[str, dict[str, Cursor]] = {}
    for reading in page.readings:
        at = (head, head) if reading.is_exhausted else (reading.cursor, reading.floor)
        if reading.table is None:
            cursors[reading.bucket] = at
        else:
            backfill.setdefault(reading.table, {})[reading.bucket] = at
    reset = [bucket for bucket in request.resetting if bucket in page.buckets]
    reset += [bucket for bucket in page.restarted if bucket not in reset]
    parts: dict[str, object] = {
        "epoch": page.replica.epoch,
        "gen": request.gen,
        "server_time": now,
        "head": head,
        "more": page.has_more,
        "rows": {table: msgspec.Raw(b"{" + b",".join(texts) + b"}") for table, texts in page.rows.items()},
        "entries": page.entries,
        "results": msgspec.Raw(f"[{results}]"),
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
    if tables is not None:
        parts["tables"] = tables
    if page.notices:
        parts["notices"] = [{"code": code} for code in page.notices]
    return msgspec.json.encode(parts)
