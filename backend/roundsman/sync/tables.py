"""Columns of the engine's tables; the SQL that makes them is in migrations/m0002_sync.py, and the queries are
written out: these classes let a test compare both. SQLite's counter, sync_head, is the migration's own.

Piccolo knows no key of several columns: where there is one, its first column is marked.
"""

from piccolo.columns import JSON, BigInt, Integer, SmallInt, Text
from piccolo.table import Table


class Meta(Table, tablename="sync_meta"):
    """One row: the name of this history, and the backup it came from while that name is still the old one."""

    id = Integer(primary_key=True, default=None)
    epoch = Text()
    created_at = BigInt()
    restored_marker = Text(null=True, default=None)


class Source(Table, tablename="sync_source"):
    """A table with a feed, and the fingerprint of the triggers it has."""

    tbl = Text(primary_key=True, default=None)
    fingerprint = Text()
    installed_at = BigInt()


class FeedEntry(Table, tablename="sync_feed"):
    """That a row stands in a bucket (`op` 1) or did (2), since `seq`. Key: tbl, pk, bucket. Only triggers write it;
    `at` is for forgetting removals, never for order.
    """

    bucket = Text(primary_key=True, default=None)
    tbl = Text()
    pk = Text()
    seq = BigInt()
    op = SmallInt()
    at = BigInt()


class CollectedBucket(Table, tablename="sync_bucket"):
    """A bucket of which removals were forgotten: whoever read less than `min_seq` reads it again."""

    bucket = Text(primary_key=True, default=None)
    min_seq = BigInt()


class ReplicaRow(Table, tablename="sync_replica"):
    """One browser profile of one person. `served_at`, `served_head` and `entitled_since`: see replicas.note_served."""

    id = Text(primary_key=True, default=None)
    person_id = Text()
    last_number = BigInt()
    status = Text()
    prev_replica = Text(null=True, default=None)
    device = JSON(null=True, default=None)
    schema_version = Integer(null=True, default=None)
    outbox_depth = Integer()
    outbox_oldest_at = BigInt(null=True, default=None)
    outbox_blobs = Integer()
    clock_skew_ms = BigInt(null=True, default=None)
    created_at = BigInt()
    last_seen_at = BigInt()
    served_at = BigInt(null=True, default=None)
    served_head = BigInt(null=True, default=None)
    entitled_since = BigInt(null=True, default=None)


class DecidedCommand(Table, tablename="sync_command"):
    """The log: every command that was decided, with its arguments as sent and its outcome as answered.

    `redecided_at`: when an administrator decided one that had been quarantined.
    """

    uuid = Text(primary_key=True, default=None)
    person_id = Text()
    replica_id = Text(null=True, default=None)
    number = BigInt(null=True, default=None)
    name = Text()
    version = Integer()
    args = Text()
    hash = Text()
    deps = Text(null=True, default=None)
    captured_at = BigInt(null=True, default=None)
    skew_ms = BigInt(null=True, default=None)
    tz = Text(null=True, default=None)
    received_at = BigInt()
    status = Text()
    code = Text(null=True, default=None)
    outcome = Text()
    seq = BigInt(null=True, default=None)
    redecided_at = BigInt(null=True, default=None)


class PastCommand(Table, tablename="sync_past"):
    """What is left of a command decided long ago: that it was, so that it is never done twice, and how."""

    uuid = Text(primary_key=True, default=None)
    person_id = Text()
    number = BigInt()
    seq = BigInt()
    status = Text()
    code = Text(null=True, default=None)


class Number(Table, tablename="sync_number"):
    """Which command a replica sent under a number. Key: replica_id, number."""

    replica_id = Text(primary_key=True, default=None)
    number = BigInt()
    uuid = Text()


class Attempt(Table, tablename="sync_attempt"):
    """How often a command could not be decided, until it can be or is quarantined."""

    uuid = Text(primary_key=True, default=None)
    n = Integer()
    first_at = BigInt()
    last_at = BigInt()
    last_error = Text()


class ReportRow(Table, tablename="sync_report"):
    """A phone's own diagnostics; `body` is JSON text."""

    id = Text(primary_key=True, default=None)
    person_id = Text()
    replica_id = Text(null=True, default=None)
    kind = Text()
    body = Text()
    received_at = BigInt()


TABLES = (
    Meta,
    Source,
    FeedEntry,
    CollectedBucket,
    ReplicaRow,
    DecidedCommand,
    PastCommand,
    Number,
    Attempt,
    ReportRow,
)
