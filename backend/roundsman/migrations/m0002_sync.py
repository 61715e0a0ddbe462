"""Makes the tables of the sync engine. The triggers that fill sync_feed are generated from the registry, not
written here."""

ID = "0002_sync"
DESCRIPTION = "change feed, replicas, the log of commands"

_TABLES = [
    """
    CREATE TABLE sync_meta (
        id integer PRIMARY KEY CHECK (id = 1),
        epoch text NOT NULL,
        created_at bigint NOT NULL,
        restored_marker text
    )
    """,
    """
    CREATE TABLE sync_source (
        tbl text PRIMARY KEY,
        fingerprint text NOT NULL,
        installed_at bigint NOT NULL
    )
    """,
    """
    CREATE TABLE sync_feed (
        bucket text NOT NULL,
        tbl text NOT NULL,
        pk text NOT NULL,
        seq bigint NOT NULL,
        op smallint NOT NULL CHECK (op IN (1, 2)),
        at bigint NOT NULL,
        PRIMARY KEY (bucket, tbl, pk)
    )
    """,
    "CREATE UNIQUE INDEX sync_feed_bucket_seq ON sync_feed (bucket, seq)",
    "CREATE UNIQUE INDEX sync_feed_seq ON sync_feed (seq)",
    "CREATE INDEX sync_feed_removed ON sync_feed (at) WHERE op = 2",
    """
    CREATE TABLE sync_bucket (
        bucket text PRIMARY KEY,
        min_seq bigint NOT NULL
    )
    """,
    """
    CREATE TABLE sync_replica (
        id text PRIMARY KEY,
        person_id text NOT NULL,
        last_number bigint NOT NULL,
        status text NOT NULL CHECK (status IN ('active', 'retired', 'revoked', 'wipe')),
        prev_replica text,
        device {json},
        schema_version integer,
        outbox_depth integer NOT NULL,
        outbox_oldest_at bigint,
        outbox_blobs integer NOT NULL,
        clock_skew_ms bigint,
        created_at bigint NOT NULL,
        last_seen_at bigint NOT NULL,
        served_at bigint,
        served_head bigint,
        entitled_since bigint
    )
    """,
    "CREATE INDEX sync_replica_person ON sync_replica (person_id, last_seen_at)",
    """
    CREATE TABLE sync_command (
        uuid text PRIMARY KEY,
        person_id text NOT NULL,
        replica_id text,
        number bigint,
        name text NOT NULL,
        version integer NOT NULL,
        args text NOT NULL,
        hash text NOT NULL,
        deps text,
        captured_at bigint,
        skew_ms bigint,
        tz text,
        received_at bigint NOT NULL,
        status text NOT NULL CHECK (status IN ('applied', 'rejected', 'quarantined')),
        code text,
        outcome text NOT NULL,
        seq bigint
    )
    """,
    "CREATE UNIQUE INDEX sync_command_seq ON sync_command (seq)",
    "CREATE INDEX sync_command_person ON sync_command (person_id, seq)",
    "CREATE INDEX sync_command_quarantined ON sync_command (received_at) WHERE status = 'quarantined'",
    """
    CREATE TABLE sync_number (
        replica_id text NOT NULL,
        number bigint NOT NULL,
        uuid text NOT NULL,
        PRIMARY KEY (replica_id, number)
    )
    """,
    """
    CREATE TABLE sync_attempt (
        uuid text PRIMARY KEY,
        n integer NOT NULL,
        first_at bigint NOT NULL,
        last_at bigint NOT NULL,
        last_error text NOT NULL
    )
    """,
    """
    CREATE TABLE sync_report (
        id text PRIMARY KEY,
        person_id text NOT NULL,
        replica_id text,
        kind text NOT NULL,
        body text NOT NULL,
        received_at bigint NOT NULL
    )
    """,
    "CREATE INDEX sync_report_received ON sync_report (received_at)",
]

_SQLITE = [
    # Writers are serial, so a counter in a row is handed out in the order of the commits.
    "CREATE TABLE sync_head (id integer PRIMARY KEY CHECK (id = 1), seq bigint NOT NULL)",
    "INSERT INTO sync_head (id, seq) VALUES (1, 0)",
    """
    CREATE TRIGGER sync_command_ack AFTER INSERT ON sync_command BEGIN
        UPDATE sync_head SET seq = seq + 1;
        UPDATE sync_command SET seq = (SELECT seq FROM sync_head) WHERE uuid = NEW.uuid;
    END
    """,
]

_POSTGRES = [
    # CACHE above 1 would hand blocks of numbers to sessions and break the order.
    "CREATE SEQUENCE sync_seq CACHE 1",
    """
    CREATE FUNCTION sync_stamp_ack() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(4711, 1);
        UPDATE sync_command SET seq = nextval('sync_seq') WHERE uuid = NEW.uuid;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER sync_command_ack AFTER INSERT ON sync_command
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sync_stamp_ack()
    """,
    """
    CREATE FUNCTION sync_forbid_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'TRUNCATE of % would be invisible to every phone; use DELETE', TG_TABLE_NAME;
    END $$
    """,
]


STATEMENTS = [*_TABLES, {"sqlite": _SQLITE, "postgres": _POSTGRES}]
