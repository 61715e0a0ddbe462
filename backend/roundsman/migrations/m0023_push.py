"""Makes the tables of what is pushed to phones: our keys, who wants it where, and what is to be sent."""

ID = "0023_push"
DESCRIPTION = "keys, subscriptions and deliveries of web push"

STATEMENTS = [
    """
    CREATE TABLE push_keys (
        id text PRIMARY KEY,
        private_key text NOT NULL,
        public_key text NOT NULL,
        created_at bigint NOT NULL
    )
    """,
    """
    CREATE TABLE push_subscriptions (
        id text PRIMARY KEY,
        person_id text NOT NULL,
        endpoint text NOT NULL,
        p256dh text NOT NULL,
        auth text NOT NULL,
        language text NOT NULL,
        created_at bigint NOT NULL,
        failure_count integer NOT NULL,
        paused_until bigint NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX push_subscriptions_endpoint ON push_subscriptions (endpoint)",
    "CREATE INDEX push_subscriptions_person ON push_subscriptions (person_id)",
    """
    CREATE TABLE push_deliveries (
        id text PRIMARY KEY,
        message_id text NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        replica_id text NOT NULL REFERENCES push_subscriptions (id) ON DELETE CASCADE,
        leased_until bigint NOT NULL
    )
    """,
    "CREATE INDEX push_deliveries_replica ON push_deliveries (replica_id)",
    "CREATE INDEX push_deliveries_message ON push_deliveries (message_id)",
]
