"""What the Table classes say is what the migrations made, on both databases."""

from __future__ import annotations

import importlib
from pathlib import Path

from piccolo.table import Table

import roundsman
from roundsman.core import db
from roundsman.core.jobs import QueuedJob
from roundsman.domains import gather

# The list of migrations that ran, and SQLite's counter, a sequence on PostgreSQL.
WITHOUT_A_CLASS = {"sqlite": {"migration", "sync_head"}, "postgres": {"migration"}}


def tables_of_all_domains() -> list[type[Table]]:
    found: list[type[Table]] = []
    for file in sorted(Path(roundsman.__file__).parent.glob("*/tables.py")):
        module = importlib.import_module(f"roundsman.{file.parent.name}.tables")
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Table) and value.__module__ == module.__name__
        ]
    return [*found, QueuedJob]


async def test_tables_are_as_their_classes_say(database: db.Database) -> None:
    await db.migrate()
    tables = tables_of_all_domains()
    assert set(gather().tables.values()) <= set(tables)
    assert await db.schema_differences(tables) == []
    listing = {
        "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        "postgres": "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
    }
    there = {row["name"] for row in await db.fetch(listing[database.dialect])}
    assert there - {table._meta.tablename for table in tables} == WITHOUT_A_CLASS[database.dialect]
