"""Makes the table of work that can wait."""

ID = "0006_jobs"
DESCRIPTION = "jobs"

STATEMENTS = [
    """
    CREATE TABLE jobs (
        id text PRIMARY KEY,
        name text NOT NULL,
        arguments {json} NOT NULL,
        key text,
        state text NOT NULL CHECK (state IN ('waiting', 'running', 'parked')),
        run_at bigint NOT NULL,
        tries integer NOT NULL,
        lease text,
        leased_until bigint,
        last_error text,
        created_at bigint NOT NULL
    )
    """,
    "CREATE INDEX jobs_due ON jobs (state, run_at, id)",
    # One waiting row per key; while it runs, a second may wait, since what it looks at may have changed.
    "CREATE UNIQUE INDEX jobs_key ON jobs (name, key) WHERE key IS NOT NULL AND state = 'waiting'",
]
