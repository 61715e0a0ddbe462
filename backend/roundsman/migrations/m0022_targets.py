"""Makes the table of the targets domain."""

ID = "0022_targets"
DESCRIPTION = "what people and territories are to reach"

STATEMENTS = [
    """
    CREATE TABLE targets (
        id text PRIMARY KEY,
        parent_id text,
        scope text NOT NULL CHECK (scope IN ('person', 'territory')),
        scope_id text NOT NULL,
        metric text NOT NULL CHECK (metric IN ('sales', 'quantity', 'collection', 'profit', 'visits')),
        category_id text NOT NULL,
        from_on text NOT NULL,
        until_on text NOT NULL,
        amount bigint NOT NULL CHECK (amount > 0),
        changed_by text NOT NULL,
        changed_at bigint NOT NULL
    )
    """,
    """
    CREATE UNIQUE INDEX targets_own ON targets (scope, scope_id, metric, category_id, from_on, until_on)
    """,
    "CREATE INDEX targets_span ON targets (metric, scope, from_on, until_on)",
    "CREATE INDEX targets_parent ON targets (parent_id) WHERE parent_id IS NOT NULL",
]
