"""The one place a transaction opens. A company is a database: `with db.use(database):` says whose.

SQL is written once, with `$1, $2 …`, for SQLite and PostgreSQL. JSON columns go in and come out as JSON text.
A boolean column gives 0/1 on SQLite and False/True on PostgreSQL; both take Python's bool as a parameter.
Ids are str, never uuid.UUID. Every statement is one statement.
"""

from roundsman.core.db.database import (
    Database,
    after_commit,
    any_of,
    at_the_end,
    connect_to,
    current,
    execute,
    execute_many,
    fetch,
    fetch_one,
    fetch_value,
    find_current,
    for_update,
    is_in_unit_of_work,
    look_up,
    savepoint,
    snapshot,
    start_task,
    unit_of_work,
    use,
)
from roundsman.core.db.dialect import DialectName, column_words
from roundsman.core.db.errors import (
    DatabaseMisuse,
    MigrationError,
    OutcomeUnknown,
    TransactionAborted,
    Unavailable,
    is_check_violation,
    is_foreign_key_violation,
    is_transient,
    is_unique_violation,
    is_unstorable_text,
)
from roundsman.core.db.scope import Row, Snapshot, UnitOfWork

# isort: split
from roundsman.core.db.migrations import migrate, pending
from roundsman.core.db.piccolo_engine import ENGINE
from roundsman.core.db.schema import schema_differences

__all__ = [
    "ENGINE",
    "Database",
    "DatabaseMisuse",
    "DialectName",
    "MigrationError",
    "OutcomeUnknown",
    "Row",
    "Snapshot",
    "TransactionAborted",
    "Unavailable",
    "UnitOfWork",
    "after_commit",
    "any_of",
    "at_the_end",
    "column_words",
    "connect_to",
    "current",
    "execute",
    "execute_many",
    "fetch",
    "fetch_one",
    "fetch_value",
    "find_current",
    "for_update",
    "is_check_violation",
    "is_foreign_key_violation",
    "is_in_unit_of_work",
    "is_transient",
    "is_unique_violation",
    "is_unstorable_text",
    "look_up",
    "migrate",
    "pending",
    "savepoint",
    "schema_differences",
    "snapshot",
    "start_task",
    "unit_of_work",
    "use",
]
