"""Makes the tables of figures. What there is already is made facts of by the job `figures.catch_up`."""

ID = "0020_figures"
DESCRIPTION = "facts of sales, money and visits, and their sums"

_SUM = """
        territory_id text NOT NULL,
        person_id text NOT NULL,
        subject_id text NOT NULL,
        ordered_amount_e4 bigint NOT NULL,
        ordered_quantity_e3 bigint NOT NULL,
        ordered_cost_e4 bigint NOT NULL,
        reviewed_amount_e4 bigint NOT NULL,
        reviewed_quantity_e3 bigint NOT NULL,
        reviewed_cost_e4 bigint NOT NULL,
        signed_amount_e4 bigint NOT NULL,
        signed_quantity_e3 bigint NOT NULL,
        signed_cost_e4 bigint NOT NULL,
        collected_e4 bigint NOT NULL,
        visits bigint NOT NULL
"""
"""The id begins with the period and the subject, so that what belongs together lies together and no other index is
needed."""

STATEMENTS = [
    """
    CREATE TABLE figure_facts (
        id text PRIMARY KEY,
        root_id text NOT NULL,
        document_id text NOT NULL,
        product_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('order', 'return', 'collection', 'visit')),
        person_id text NOT NULL,
        territory_id text NOT NULL,
        customer_id text NOT NULL,
        ordered_on text,
        reviewed_on text,
        signed_on text,
        amount_e4 bigint NOT NULL,
        quantity_e3 bigint NOT NULL,
        cost_e4 bigint NOT NULL
    )
    """,
    "CREATE INDEX figure_facts_root ON figure_facts (root_id)",
    *(
        f"CREATE INDEX figure_facts_{basis} ON figure_facts ({basis}_on, person_id, document_id)"
        f" WHERE {basis}_on IS NOT NULL"
        for basis in ("ordered", "reviewed", "signed")
    ),
    {
        "sqlite": f"CREATE TABLE figure_sums (id text PRIMARY KEY NOT NULL, {_SUM}) WITHOUT ROWID",
        "postgres": f'CREATE TABLE figure_sums (id text COLLATE "C" PRIMARY KEY, {_SUM})',
    },
    """
    CREATE TABLE figure_policy (
        id text PRIMARY KEY,
        basis text NOT NULL CHECK (basis IN ('ordered', 'reviewed', 'signed')),
        peers text NOT NULL CHECK (peers IN ('hidden', 'rank', 'amount')),
        changed_at bigint NOT NULL
    )
    """,
]
