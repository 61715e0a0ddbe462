"""Tables small enough to test transactions with."""

from __future__ import annotations

import pytest

from roundsman.core import db


@pytest.fixture
async def counter(database: db.Database) -> db.Database:
    """A table `counters` with the row `a` at 0, and `parents`/`children` with a deferred foreign key."""
    async with db.unit_of_work():
        await db.execute("CREATE TABLE counters (id text PRIMARY KEY, n bigint NOT NULL)")
        await db.execute("CREATE TABLE parents (id text PRIMARY KEY)")
        await db.execute(
            "CREATE TABLE children (id text PRIMARY KEY, parent_id text NOT NULL"
            " REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)"
        )
        await db.execute("INSERT INTO counters VALUES ('a', 0)")
    return database
