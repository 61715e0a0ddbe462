"""A table with every substitution."""

ID = "0001_first"
DESCRIPTION = "tunes"

STATEMENTS = [
    "CREATE TABLE tunes (id {pk_bigserial}, name text NOT NULL, is_loud {bool} NOT NULL, notes {json}, wave {bytes})",
    {
        "sqlite": "CREATE TABLE only_here (id text PRIMARY KEY)",
        "postgres": ["CREATE TABLE only_there (id text PRIMARY KEY)", "CREATE SEQUENCE postgres_numbers"],
    },
    "INSERT INTO tunes (name, is_loud, notes) VALUES ('one', true, '{\"json\": [1]}')",
]
