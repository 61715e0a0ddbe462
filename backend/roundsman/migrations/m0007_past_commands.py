"""Makes the table of what is left of commands decided long ago, and the moment a quarantined one was decided again."""

ID = "0007_past_commands"
DESCRIPTION = "what is left of old commands"

_PAST = """
    CREATE TABLE sync_past (
        uuid text PRIMARY KEY,
        person_id text NOT NULL,
        number bigint NOT NULL,
        seq bigint NOT NULL,
        status text NOT NULL CHECK (status IN ('applied', 'rejected')),
        code text
    )
"""

STATEMENTS = [
    # One small row for every command there ever was: it is its own index where that is possible.
    {"sqlite": [_PAST + " WITHOUT ROWID"], "postgres": [_PAST]},
    "ALTER TABLE sync_command ADD COLUMN redecided_at bigint",
]
