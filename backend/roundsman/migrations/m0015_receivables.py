"""Makes the tables of the receivables domain."""

ID = "0015_receivables"
DESCRIPTION = "accounts of customers, what they owe, collections and what those pay"

STATEMENTS = [
    """
    CREATE TABLE accounts (
        id text PRIMARY KEY REFERENCES customers (id),
        debt bigint NOT NULL,
        committed bigint NOT NULL CHECK (committed >= 0),
        credit_limit bigint,
        credit_days integer NOT NULL CHECK (credit_days >= 0),
        policy text NOT NULL CHECK (policy IN ('none', 'hold', 'refuse')),
        territory_id text NOT NULL,
        owner_id text,
        buyer_id text,
        changed_at bigint NOT NULL
    )
    """,
    "CREATE INDEX accounts_debt ON accounts (debt, id) WHERE debt <> 0",
    """
    CREATE TABLE receivable_items (
        id text PRIMARY KEY,
        customer_id text NOT NULL REFERENCES accounts (id),
        source_table text NOT NULL,
        source_id text NOT NULL,
        number text NOT NULL,
        amount bigint NOT NULL CHECK (amount <> 0),
        open_amount bigint NOT NULL,
        due_on text NOT NULL,
        at bigint NOT NULL,
        day_on text NOT NULL,
        audience text,
        territory_id text,
        owner_id text,
        buyer_id text,
        CHECK (amount > 0 AND open_amount BETWEEN 0 AND amount OR amount < 0 AND open_amount BETWEEN amount AND 0)
    )
    """,
    "CREATE INDEX receivable_items_open ON receivable_items (customer_id, due_on, id) WHERE open_amount <> 0",
    "CREATE INDEX receivable_items_customer ON receivable_items (customer_id, at, id)",
    "CREATE UNIQUE INDEX receivable_items_source ON receivable_items (source_table, source_id)",
    """
    CREATE TABLE collections (
        id text PRIMARY KEY,
        customer_id text NOT NULL REFERENCES accounts (id),
        person_id text NOT NULL REFERENCES people (id),
        amount bigint NOT NULL CHECK (amount > 0),
        unallocated bigint NOT NULL CHECK (unallocated BETWEEN 0 AND amount),
        method text NOT NULL CHECK (method IN ('cash', 'transfer', 'code')),
        note text NOT NULL,
        visit_id text,
        state text NOT NULL CHECK (state IN ('recorded', 'voided')),
        void_reason text NOT NULL,
        collected_at bigint NOT NULL,
        day_on text NOT NULL,
        month text NOT NULL,
        received_at bigint NOT NULL,
        territory_id text NOT NULL,
        owner_id text,
        buyer_id text
    )
    """,
    "CREATE INDEX collections_customer ON collections (customer_id, collected_at, id)",
    "CREATE INDEX collections_day ON collections (day_on, id)",
    "CREATE INDEX collections_unallocated ON collections (customer_id, collected_at, id) WHERE unallocated > 0",
    """
    CREATE TABLE allocations (
        id text PRIMARY KEY,
        collection_id text REFERENCES collections (id),
        credit_id text REFERENCES receivable_items (id),
        item_id text NOT NULL REFERENCES receivable_items (id),
        amount bigint NOT NULL CHECK (amount > 0),
        CHECK ((collection_id IS NULL) <> (credit_id IS NULL))
    )
    """,
    "CREATE INDEX allocations_collection ON allocations (collection_id)",
    "CREATE INDEX allocations_credit ON allocations (credit_id)",
    "CREATE INDEX allocations_item ON allocations (item_id)",
]
