"""Adds price levels, and which one a customer pays by."""

ID = "0011_price_levels"
DESCRIPTION = "price levels of customers"

STATEMENTS = [
    """
    CREATE TABLE price_levels (
        id text PRIMARY KEY,
        name text NOT NULL,
        position integer NOT NULL,
        is_active {bool} NOT NULL
    )
    """,
    "ALTER TABLE customers ADD COLUMN price_level_id text REFERENCES price_levels (id)",
]
