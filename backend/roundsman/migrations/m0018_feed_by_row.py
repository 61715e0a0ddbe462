"""Orders the key of the change feed by row: what one row writes into several buckets, and the rows written after it,
lie side by side instead of in as many places as there are buckets.
"""

ID = "0018_feed_by_row"
DESCRIPTION = "the key of sync_feed begins with the row"

STATEMENTS = [
    {
        # Not by a new name and ALTER … RENAME, which would want every trigger that writes here to be made again.
        "sqlite": [
            "CREATE TABLE sync_feed_kept AS SELECT bucket, tbl, pk, seq, op, at FROM sync_feed",
            "DROP TABLE sync_feed",
            """
            CREATE TABLE sync_feed (
                bucket text NOT NULL,
                tbl text NOT NULL,
                pk text NOT NULL,
                seq bigint NOT NULL,
                op smallint NOT NULL CHECK (op IN (1, 2)),
                at bigint NOT NULL,
                PRIMARY KEY (tbl, pk, bucket)
            )
            """,
            """
            INSERT INTO sync_feed (bucket, tbl, pk, seq, op, at)
            SELECT bucket, tbl, pk, seq, op, at FROM sync_feed_kept ORDER BY seq
            """,
            "DROP TABLE sync_feed_kept",
            "CREATE UNIQUE INDEX sync_feed_bucket_seq ON sync_feed (bucket, seq)",
            "CREATE UNIQUE INDEX sync_feed_seq ON sync_feed (seq)",
            "CREATE INDEX sync_feed_removed ON sync_feed (at) WHERE op = 2",
        ],
        "postgres": [
            "ALTER TABLE sync_feed DROP CONSTRAINT sync_feed_pkey, ADD PRIMARY KEY (tbl, pk, bucket)",
        ],
    },
]
