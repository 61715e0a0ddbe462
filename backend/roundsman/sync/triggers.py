"""Generates the triggers that keep sync_feed, and installs those whose text changed. Nobody else
writes to sync_feed.

SQLite: plain AFTER triggers and a counter, since writers are serial. PostgreSQL: deferred
constraint triggers that take the sequencer's lock in the commit phase, so that the order of `seq`
is the order in which transactions become visible.
"""

import hashlib
from collections.abc import Iterable
from functools import cache

from roundsman.core import db
from roundsman.core.db import DialectName
from roundsman.core.domain import Feed
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from roundsman.sync.feed_sql import PUT, REMOVE, bucket_columns, bucket_of, members_of, watched_columns

SEQUENCER = "SELECT pg_advisory_xact_lock(4711, 1)"
_UPSERT = "ON CONFLICT (bucket, tbl, pk) DO UPDATE SET seq = excluded.seq, op = excluded.op, at = excluded.at"
_SQLITE_NOW = "CAST(strftime('%s', 'now') AS integer) * 1000"
_POSTGRES_NOW = "CAST(extract(epoch FROM now()) * 1000 AS bigint)"


def statements_for(feed: Feed, dialect: DialectName) -> list[str]:
    """The statements that make the feed's triggers, after `removal_of` was run."""
    return _postgres(feed) if dialect == "postgres" else _sqlite(feed)


def removal_of(table: str, dialect: DialectName) -> list[str]:
    """The statements that take a table's triggers away, whether or not they are there."""
    kinds = ("insert", "update", "move", "delete")
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS sync_{table}_{kind}" for kind in kinds]
    names = [f"sync_{table}_{kind}" for kind in (*kinds, "truncate")]
    return [
        *(f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in names),
        f"DROP FUNCTION IF EXISTS sync_touch_{table}()",
    ]


@cache
def fingerprint_of(feed: Feed, dialect: DialectName) -> str:
    """Changes exactly when the generated text changes."""
    return hashlib.sha256("\n".join(statements_for(feed, dialect)).encode()).hexdigest()


async def install(feeds: Iterable[Feed]) -> list[str]:
    """Bring the database's triggers and feed in line with these feeds; the names of the tables touched.

    Runs after the migrations and is safe to run at every start, by several processes at once.
    Existing rows of a feed that is new or stands in other buckets than before are entered, and
    entries without ground are turned into removals.
    """
    wanted = {feed.name: feed for feed in feeds}
    dialect = db.current().dialect
    if not await _differences(wanted, dialect):
        return []
    async with db.unit_of_work():
        if dialect == "postgres":
            # Another lock than the sequencer's, which must stay the last one taken.
            await db.fetch("SELECT pg_advisory_xact_lock(4711, 2)")
        await db.execute(
            "INSERT INTO sync_meta (id, epoch, created_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING",
            new_id(),
            now_ms(),
        )
        changed = await _differences(wanted, dialect)
        for name in changed:
            await _install_one(name, wanted.get(name), dialect)
    return changed


async def _differences(wanted: dict[str, Feed], dialect: DialectName) -> list[str]:
    rows = await db.fetch("SELECT tbl, fingerprint FROM sync_source")
    stored = {row["tbl"]: row["fingerprint"] for row in rows}
    now = {name: fingerprint_of(feed, dialect) for name, feed in wanted.items()}
    if not stored and not now and not await db.fetch("SELECT 1 AS found FROM sync_meta"):
        return [""]
    return [
        name
        for name in (*now, *(gone for gone in stored if gone not in now))
        if stored.get(name) != now.get(name)
    ]


async def _install_one(name: str, feed: Feed | None, dialect: DialectName) -> None:
    if not name:
        return
    is_there = bool(await db.fetch(_TABLE_EXISTS[dialect], name))
    if is_there:
        for sql in removal_of(name, dialect):
            await db.execute(sql)
    if feed is None:
        await db.execute("DELETE FROM sync_source WHERE tbl = $1", name)
    else:
        for sql in statements_for(feed, dialect):
            await db.execute(sql)
        await db.execute(
            "INSERT INTO sync_source (tbl, fingerprint, installed_at) VALUES ($1, $2, $3) "
            "ON CONFLICT (tbl) DO UPDATE SET fingerprint = excluded.fingerprint, installed_at = excluded.installed_at",
            name,
            fingerprint_of(feed, dialect),
            now_ms(),
        )
    await reconcile(name, feed, dialect)


_TABLE_EXISTS: dict[DialectName, str] = {
    "sqlite": "SELECT 1 AS found FROM sqlite_schema WHERE type = 'table' AND name = $1",
    "postgres": "SELECT 1 AS found FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1",
}


async def reconcile(name: str, feed: Feed | None, dialect: DialectName) -> None:
    """Make the feed say of a table what its rows say; without a feed, that nothing of it is visible any
    more."""
    if dialect == "postgres":
        await db.fetch(SEQUENCER)
    members = members_of(feed) if feed is not None else "SELECT '' AS bucket, '' AS pk WHERE 1 = 0"
    entered = (
        f"SELECT 1 FROM sync_feed f WHERE f.bucket = m.bucket AND f.tbl = '{name}' AND f.pk = m.pk "
        f"AND f.op = {PUT}"
    )
    await _enter(
        f"SELECT m.bucket, m.pk FROM ({members}) AS m WHERE NOT EXISTS ({entered})", name, PUT, dialect
    )
    await _enter(
        f"SELECT f.bucket, f.pk FROM sync_feed f LEFT JOIN ({members}) AS m ON m.bucket = f.bucket AND m.pk = f.pk "
        f"WHERE f.tbl = '{name}' AND f.op = {PUT} AND m.pk IS NULL",
        name,
        REMOVE,
        dialect,
    )


async def _enter(source: str, table: str, op: int, dialect: DialectName) -> None:
    into = "INSERT INTO sync_feed (bucket, tbl, pk, seq, op, at)"
    if dialect == "postgres":
        await db.execute(
            f"{into} SELECT s.bucket, '{table}', s.pk, nextval('sync_seq'), {op}, {_POSTGRES_NOW} "
            f"FROM ({source}) AS s {_UPSERT}"
        )
        return
    await db.execute(
        f"{into} SELECT s.bucket, '{table}', s.pk, (SELECT seq FROM sync_head) + row_number() OVER (), {op}, "
        f"{_SQLITE_NOW} "
        f"FROM ({source}) AS s WHERE true {_UPSERT}"
    )
    await db.execute("UPDATE sync_head SET seq = max(seq, coalesce((SELECT max(seq) FROM sync_feed), 0))")


def _sqlite(feed: Feed) -> list[str]:
    name = feed.name

    # One statement for all buckets: SQLite reads the text of every trigger for each connection it opens.
    def entries(buckets: list[str], pk: str, op: int, wanted: str = "") -> str:
        places = ", ".join(f"({bucket}, {at})" for at, bucket in enumerate(buckets, start=1 - len(buckets)))
        return (
            f"UPDATE sync_head SET seq = seq + {len(buckets)};\n"
            f"INSERT INTO sync_feed (bucket, tbl, pk, seq, op, at) SELECT b, '{name}', {pk}, "
            f"(SELECT seq FROM sync_head) + n, {op}, {_SQLITE_NOW} FROM "
            f"(SELECT column1 AS b, column2 AS n FROM (VALUES {places})) WHERE b IS NOT NULL{wanted} {_UPSERT};"
        )

    new = [bucket_of(template, "NEW") for template in feed.buckets]
    old = [bucket_of(template, "OLD") for template in feed.buckets]
    puts, removals = entries(new, "NEW.id", PUT), entries(old, "OLD.id", REMOVE)
    left = " AND ".join(f"b IS NOT {bucket}" for bucket in new)
    moved = entries(old, "OLD.id", REMOVE, f" AND (OLD.id IS NOT NEW.id OR ({left}))")
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in watched_columns(feed))
    leaves = " OR ".join(
        f"OLD.{column} IS NOT NEW.{column}" for column in dict.fromkeys(("id", *bucket_columns(feed)))
    )
    return [
        f"CREATE TRIGGER sync_{name}_insert AFTER INSERT ON {name} BEGIN\n{puts}\nEND",
        f"CREATE TRIGGER sync_{name}_update AFTER UPDATE ON {name} WHEN {changed} BEGIN\n{puts}\nEND",
        # Apart from the put above, so that the common edit does not pay for it; the two never name the same
        # entry.
        f"CREATE TRIGGER sync_{name}_move AFTER UPDATE ON {name} WHEN {leaves} BEGIN\n{moved}\nEND",
        f"CREATE TRIGGER sync_{name}_delete AFTER DELETE ON {name} BEGIN\n{removals}\nEND",
    ]


def _postgres(feed: Feed) -> list[str]:
    name = feed.name

    def buckets(row: str) -> str:
        return "ARRAY[" + ", ".join(bucket_of(template, row) for template in feed.buckets) + "]::text[]"

    def entry(pk: str, op: int) -> str:
        return (
            f"INSERT INTO sync_feed (bucket, tbl, pk, seq, op, at) "
            f"VALUES (b, '{name}', {pk}, nextval('sync_seq'), {op}, {_POSTGRES_NOW}) {_UPSERT};"
        )

    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in watched_columns(feed))
    deferred = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
    run = f"EXECUTE FUNCTION sync_touch_{name}()"
    return [
        f"""
CREATE FUNCTION sync_touch_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was text[] := '{{}}';
    becomes text[] := '{{}}';
    b text;
BEGIN
    PERFORM pg_advisory_xact_lock(4711, 1);
    IF TG_OP <> 'INSERT' THEN was := {buckets("OLD")}; END IF;
    IF TG_OP <> 'DELETE' THEN becomes := {buckets("NEW")}; END IF;
    FOREACH b IN ARRAY was LOOP
        IF b IS NOT NULL AND (TG_OP = 'DELETE' OR OLD.id <> NEW.id OR array_position(becomes, b) IS NULL) THEN
            {entry("OLD.id", REMOVE)}
        END IF;
    END LOOP;
    FOREACH b IN ARRAY becomes LOOP
        IF b IS NOT NULL THEN
            {entry("NEW.id", PUT)}
        END IF;
    END LOOP;
    RETURN NULL;
END $$
""",
        f"CREATE CONSTRAINT TRIGGER sync_{name}_insert AFTER INSERT ON {name} {deferred} {run}",
        f"CREATE CONSTRAINT TRIGGER sync_{name}_update AFTER UPDATE ON {name} {deferred} WHEN ({changed}) {run}",
        f"CREATE CONSTRAINT TRIGGER sync_{name}_delete AFTER DELETE ON {name} {deferred} {run}",
        f"CREATE TRIGGER sync_{name}_truncate BEFORE TRUNCATE ON {name} EXECUTE FUNCTION sync_forbid_truncate()",
    ]
