"""Makes the table of what managers ask of a next visit, and lets a step say which of them it answers."""

ID = "0024_follow_ups"
DESCRIPTION = "what is asked of the next visit to a customer"

STATEMENTS = [
    """
    CREATE TABLE follow_ups (
        id text PRIMARY KEY,
        customer_id text NOT NULL REFERENCES customers (id),
        person_id text NOT NULL,
        asked_by text NOT NULL,
        territory_id text NOT NULL,
        anyone_territory_id text,
        month text NOT NULL,
        text text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('note', 'photo')),
        asked_at bigint NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'answered', 'withdrawn')),
        visit_id text,
        step_id text,
        answer text NOT NULL,
        answered_at bigint,
        skip_reason text NOT NULL
    )
    """,
    "CREATE INDEX follow_ups_customer ON follow_ups (customer_id, state)",
    "ALTER TABLE visit_steps ADD COLUMN follow_up_id text",
]
