"""Compares Piccolo's Table classes with the tables that are really there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from piccolo.columns import (
    JSON,
    JSONB,
    BigInt,
    Boolean,
    Bytea,
    Column,
    ForeignKey,
    Integer,
    Serial,
    SmallInt,
    Text,
    Varchar,
)
from piccolo.table import Table

from roundsman.core import db
from roundsman.core.db.dialect import DialectName


class LiveColumn(NamedTuple):
    """A column as the database describes it."""

    type: str
    is_nullable: bool


_WORDS: Sequence[tuple[type[Column], str]] = (
    (JSON, "json"),
    (JSONB, "json"),
    (Boolean, "boolean"),
    (Bytea, "bytes"),
    (Serial, "integer"),
    (BigInt, "integer"),
    (SmallInt, "integer"),
    (Integer, "integer"),
    (Varchar, "text"),
    (Text, "text"),
)
_LIVE_WORDS = {
    "smallint": "integer",
    "integer": "integer",
    "int": "integer",
    "bigint": "integer",
    "text": "text",
    "character varying": "text",
    "boolean": "boolean",
    "json": "json",
    "jsonb": "json",
    "bytea": "bytes",
    "blob": "bytes",
}
# SQLite has no type of its own for these; migrations store them so.
_SQLITE_STORES = {"json": "text", "boolean": "integer"}


async def schema_differences(tables: Iterable[type[Table]]) -> list[str]:
    """One line for each column that is missing, unknown to its class, or differs in type or nullability.

    Reads the database in use. A primary key counts as not null on both sides.
    """
    differences: list[str] = []
    for table in tables:
        name = table._meta.tablename
        live = await live_columns(name)
        if not live:
            differences.append(f"{name}: the table does not exist")
            continue
        declared = {column._meta.db_column_name: column for column in table._meta.columns}
        differences += [f"{name}.{column}: not in the database" for column in declared.keys() - live.keys()]
        differences += [f"{name}.{column}: not in the class" for column in live.keys() - declared.keys()]
        for column in declared.keys() & live.keys():
            differences += [
                f"{name}.{column}: {what}"
                for what in _column_differences(declared[column], live[column], db.current().dialect)
            ]
    return sorted(differences)


async def live_columns(table: str) -> dict[str, LiveColumn]:
    """The columns of a table of the database in use by name; empty when there is no such table."""
    if db.current().dialect == "sqlite":
        rows = await db.fetch('SELECT name, type, "notnull" AS is_set, pk FROM pragma_table_info($1)', table)
        return {
            row["name"]: LiveColumn(row["type"].lower(), not row["is_set"] and not row["pk"]) for row in rows
        }
    rows = await db.fetch(
        "SELECT column_name, data_type, is_nullable FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = $1",
        table,
    )
    return {row["column_name"]: LiveColumn(row["data_type"], row["is_nullable"] == "YES") for row in rows}


def _column_differences(column: Column, live: LiveColumn, dialect: DialectName) -> list[str]:
    found = []
    may_be_null = column._meta.null and not column._meta.primary_key
    if may_be_null != live.is_nullable:
        found.append(f"null in the class: {may_be_null}, in the database: {live.is_nullable}")
    word = _word(column)
    stored = _SQLITE_STORES.get(word, word) if dialect == "sqlite" else word
    if _LIVE_WORDS.get(live.type.partition("(")[0], live.type) != stored:
        found.append(f"{word} in the class, {live.type} in the database")
    return found


def _word(column: Column) -> str:
    if isinstance(column, ForeignKey):
        return _word(column._foreign_key_meta.resolved_references._meta.primary_key)
    return next((word for kind, word in _WORDS if isinstance(column, kind)), type(column).__name__)
