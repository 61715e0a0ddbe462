"""Makes the tables of the messages domain."""

ID = "0021_messages"
DESCRIPTION = "messages and how people want to be told"

STATEMENTS = [
    """
    CREATE TABLE messages (
        id text PRIMARY KEY,
        person_id text NOT NULL,
        kind text NOT NULL,
        about text NOT NULL,
        args {json} NOT NULL,
        key text NOT NULL,
        at bigint NOT NULL,
        month text NOT NULL,
        read_at bigint
    )
    """,
    "CREATE UNIQUE INDEX messages_key ON messages (person_id, key)",
    "CREATE INDEX messages_unread ON messages (person_id, at) WHERE read_at IS NULL",
    "CREATE INDEX messages_age ON messages (at)",
    """
    CREATE TABLE message_settings (
        id text PRIMARY KEY,
        muted {json} NOT NULL,
        quiet_from integer CHECK (quiet_from BETWEEN 0 AND 1439),
        quiet_until integer CHECK (quiet_until BETWEEN 0 AND 1439),
        CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
    )
    """,
]
