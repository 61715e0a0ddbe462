"""Who won a customer, and new customers among the figures. Customers of before were won by nobody: they are not new."""

ID = "0026_new_customers"
DESCRIPTION = "new customers count"

_KINDS = "'order', 'return', 'collection', 'visit', 'customer'"
_FACTS = f"""
    CREATE TABLE figure_facts_wider (
        id text PRIMARY KEY,
        root_id text NOT NULL,
        document_id text NOT NULL,
        product_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ({_KINDS})),
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
"""

STATEMENTS = [
    "ALTER TABLE customers ADD COLUMN won_by text",
    "ALTER TABLE figure_sums ADD COLUMN new_customers bigint NOT NULL DEFAULT 0",
    {
        # A constraint cannot be changed there; the indexes go with the table and are made again.
        "sqlite": [
            _FACTS,
            "INSERT INTO figure_facts_wider SELECT * FROM figure_facts",
            "DROP TABLE figure_facts",
            "ALTER TABLE figure_facts_wider RENAME TO figure_facts",
            "CREATE INDEX figure_facts_root ON figure_facts (root_id)",
            *(
                f"CREATE INDEX figure_facts_{basis} ON figure_facts ({basis}_on, person_id, document_id)"
                f" WHERE {basis}_on IS NOT NULL"
                for basis in ("ordered", "reviewed", "signed")
            ),
        ],
        "postgres": [
            "ALTER TABLE figure_facts DROP CONSTRAINT figure_facts_kind_check",
            f"ALTER TABLE figure_facts ADD CONSTRAINT figure_facts_kind_check CHECK (kind IN ({_KINDS}))",
        ],
    },
]
