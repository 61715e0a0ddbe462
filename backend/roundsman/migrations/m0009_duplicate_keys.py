"""Adds what likely doubles are looked up by: names reduced to what makes them the same, phone numbers as digits."""

from __future__ import annotations

from types import ModuleType

from roundsman.customers.rules import name_key, phone_digits

ID = "0009_duplicate_keys"
DESCRIPTION = "keys of customers and contacts to find doubles by"

# What an old version of the program writes while this runs has empty keys: it is found by nearness until it is edited.
STATEMENTS = [
    "ALTER TABLE customers ADD COLUMN name_key text NOT NULL DEFAULT ''",
    "ALTER TABLE customers ADD COLUMN phone_digits text NOT NULL DEFAULT ''",
    "ALTER TABLE contacts ADD COLUMN phone_digits text NOT NULL DEFAULT ''",
    "CREATE INDEX customers_name_key ON customers (name_key) WHERE name_key <> ''",
    "CREATE INDEX customers_phone_digits ON customers (phone_digits) WHERE phone_digits <> ''",
    "CREATE INDEX contacts_phone_digits ON contacts (phone_digits) WHERE phone_digits <> ''",
    # Nothing looks an exact notation up any more.
    "DROP INDEX customers_phone",
    "DROP INDEX contacts_phone",
]

_ROWS = 1000


async def run(db: ModuleType) -> None:
    """Fill the keys of what is there, some rows at a time; no column that a phone sees is touched."""
    after = ""
    while rows := await db.fetch(
        "SELECT id, name, phone FROM customers WHERE id > $1 ORDER BY id LIMIT $2", after, _ROWS
    ):
        await db.execute_many(
            "UPDATE customers SET name_key = $2, phone_digits = $3 WHERE id = $1",
            [(row["id"], name_key(row["name"]), phone_digits(row["phone"])) for row in rows],
        )
        after = rows[-1]["id"]
    after = ""
    while rows := await db.fetch(
        "SELECT id, phone FROM contacts WHERE id > $1 AND phone <> '' ORDER BY id LIMIT $2", after, _ROWS
    ):
        await db.execute_many(
            "UPDATE contacts SET phone_digits = $2 WHERE id = $1",
            [(row["id"], phone_digits(row["phone"])) for row in rows],
        )
        after = rows[-1]["id"]
