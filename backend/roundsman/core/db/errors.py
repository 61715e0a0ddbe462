"""What can go wrong below the commands, and the one place that says whether trying again may help.

Drivers' exceptions are passed on as they are; the classes here are only for what no driver says.
"""

from __future__ import annotations

import errno
import sqlite3

import asyncpg  # type: ignore[import-untyped]  # it ships no types

_TRANSIENT_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)

# Classes of SQLSTATE: connection, rollback (serialization, deadlock), resources, operator intervention
# (shutdown, cancel, statement timeout), system errors; then single codes: lock timeout, idle in transaction.
_TRANSIENT_CLASSES = frozenset({"08", "40", "53", "57", "58"})
_TRANSIENT_STATES = frozenset({"55P03", "25P03"})
_TRANSIENT_ERRNO = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
)
_LOST_STATES = frozenset({"57P01", "57P02", "57P03", "57P05", "25P03"})


class DatabaseMisuse(RuntimeError):
    """A mistake in our own code: a write outside a unit of work, a transaction used by a stranger."""


class TransactionAborted(Exception):
    """An earlier statement of this transaction failed outside a savepoint, so nothing of it can be kept.

    `__cause__` is that statement's error. PostgreSQL behaves so by itself; SQLite is made to.
    """


class Unavailable(Exception):
    """No connection or no lock could be had in time. Nothing was written."""


class OutcomeUnknown(Exception):
    """The connection was lost during COMMIT: written or not, only asking again can tell."""


class MigrationError(Exception):
    """The migrations cannot be applied: a newer database, doubled or ill-named files."""


def is_transient(error: BaseException | None) -> bool:
    """Whether the same work may succeed later without anybody changing it.

    True for locks, deadlocks, serialization, lost connections, full disks and exhausted resources; false
    for broken rules (unique, foreign key, check) and for mistakes in SQL.
    """
    if isinstance(error, TransactionAborted):
        return is_transient(error.__cause__)
    if isinstance(error, (Unavailable, OutcomeUnknown, ConnectionError, TimeoutError)):
        return True
    if isinstance(error, sqlite3.Error):
        code: int | None = getattr(error, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in _TRANSIENT_SQLITE
    if isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
        return state[:2] in _TRANSIENT_CLASSES or state in _TRANSIENT_STATES
    if isinstance(error, (asyncpg.InterfaceError, asyncpg.InternalClientError)):
        return is_connection_lost(error)
    return isinstance(error, OSError) and error.errno in _TRANSIENT_ERRNO


def is_connection_lost(error: BaseException) -> bool:
    """Whether the PostgreSQL connection that raised this is gone."""
    if isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
        return state.startswith("08") or state in _LOST_STATES
    if isinstance(error, asyncpg.InterfaceError):
        text = str(error)
        return "closed" in text or "closing" in text or "released" in text
    # An internal error is the driver losing count, seen when the server ends an idle connection.
    return isinstance(error, (OSError, asyncpg.InternalClientError))


def is_unique_violation(error: BaseException) -> bool:
    """Whether a unique index or a primary key refused the row."""
    if isinstance(error, sqlite3.IntegrityError):
        return error.sqlite_errorcode in (
            sqlite3.SQLITE_CONSTRAINT_UNIQUE,
            sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
            sqlite3.SQLITE_CONSTRAINT_ROWID,
        )
    return isinstance(error, asyncpg.UniqueViolationError)


def is_foreign_key_violation(error: BaseException) -> bool:
    """Whether a row pointed at, or was pointed at by, nothing."""
    if isinstance(error, sqlite3.IntegrityError):
        return error.sqlite_errorcode in (
            sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
            sqlite3.SQLITE_CONSTRAINT_TRIGGER,
        )
    return isinstance(error, (asyncpg.ForeignKeyViolationError, asyncpg.RestrictViolationError))


def is_check_violation(error: BaseException) -> bool:
    """Whether a CHECK or NOT NULL refused the row."""
    if isinstance(error, sqlite3.IntegrityError):
        return error.sqlite_errorcode in (sqlite3.SQLITE_CONSTRAINT_CHECK, sqlite3.SQLITE_CONSTRAINT_NOTNULL)
    return isinstance(error, (asyncpg.CheckViolationError, asyncpg.NotNullViolationError))


def is_unstorable_text(error: BaseException) -> bool:
    """Whether a text could not be handed to the database: U+0000, which PostgreSQL stores nowhere, or half a surrogate
    pair.
    """
    if isinstance(error, TransactionAborted):
        return error.__cause__ is not None and is_unstorable_text(error.__cause__)
    if isinstance(error, (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)):
        return True
    return isinstance(error.__cause__ if isinstance(error, asyncpg.DataError) else error, UnicodeEncodeError)
