"""A session says itself whether its phone is to erase itself; until now only such were locked."""

ID = "0017_ended_phones"
DESCRIPTION = "sessions know what their phone is to do"

STATEMENTS = [
    {
        "sqlite": "ALTER TABLE sessions ADD COLUMN is_wiped integer NOT NULL DEFAULT 0",
        "postgres": "ALTER TABLE sessions ADD COLUMN is_wiped boolean NOT NULL DEFAULT false",
    },
    "UPDATE sessions SET is_wiped = is_locked",
]
