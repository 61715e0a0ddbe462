"""Applies the numbered files of `roundsman.migrations`, each once, each wholly or not at all.

A file `m0007_orders.py` has `ID = "0007_orders"`, `DESCRIPTION`, `STATEMENTS` and, or instead, `async def run(db)`.
A statement is one SQL text for both databases, with `{json} {bool} {bytes} {pk_bigserial}` for column types,
or a dict `{"sqlite": …, "postgres": …}` of a text or a list of texts. The record is Piccolo's own `migration`
table, so `piccolo migrations check` understands it. Piccolo's runner writes that row outside the transaction
and takes no lock, so two processes starting together would both apply; hence this one.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from roundsman.core import db
from roundsman.core.db.dialect import DialectName, column_words
from roundsman.core.db.errors import MigrationError

Statement = str | Mapping[str, str | Sequence[str]]

APP_NAME = "roundsman"
DEFAULT_PACKAGE = "roundsman.migrations"

# Any constant will do, as long as nothing else takes it.
_LOCK = 7_361_001
_WAIT_SECONDS = 600.0
_FILE_NAME = re.compile(r"m(\d{4}_[a-z0-9_]+)")

_TABLE: dict[DialectName, str] = {
    "sqlite": """
        CREATE TABLE IF NOT EXISTS migration (
            id integer PRIMARY KEY AUTOINCREMENT,
            name varchar(200) NOT NULL,
            app_name varchar(200) NOT NULL,
            ran_on timestamp NOT NULL,
            UNIQUE (app_name, name)
        )
    """,
    "postgres": """
        CREATE TABLE IF NOT EXISTS migration (
            id serial PRIMARY KEY,
            name varchar(200) NOT NULL,
            app_name varchar(200) NOT NULL,
            ran_on timestamp NOT NULL,
            UNIQUE (app_name, name)
        )
    """,
}


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of the history."""

    id: str
    description: str
    statements: tuple[Statement, ...]
    run: Callable[[ModuleType], Awaitable[None]] | None


def history(package: str = DEFAULT_PACKAGE) -> list[Migration]:
    """Every migration of a package, in order. Raises MigrationError for one that is doubled or ill-named."""
    folder = importlib.import_module(package)
    found: list[Migration] = []
    for info in sorted(pkgutil.iter_modules(folder.__path__), key=lambda info: info.name):
        if not (named := _FILE_NAME.fullmatch(info.name)):
            continue
        module = importlib.import_module(f"{package}.{info.name}")
        if getattr(module, "ID", None) != named[1]:
            raise MigrationError(f"{info.name}.py must say ID = {named[1]!r}")
        statements, run = getattr(module, "STATEMENTS", ()), getattr(module, "run", None)
        if not statements and run is None:
            raise MigrationError(f"{info.name}.py has neither STATEMENTS nor run()")
        found.append(Migration(named[1], getattr(module, "DESCRIPTION", ""), tuple(statements), run))
    numbers = [migration.id[:4] for migration in found]
    if len(set(numbers)) != len(numbers):
        raise MigrationError(f"two migrations of {package} have the same number: {numbers}")
    return found


async def migrate(package: str = DEFAULT_PACKAGE) -> list[str]:
    """Bring the database in use up to the code; the ids applied here and now, in order.

    Several processes may call it together. Raises MigrationError when the database is newer than the code,
    and the statement's own error, with that migration undone, when one fails.
    """
    migrations = history(package)
    applied: list[str] = []
    while (migration := await _apply_next(migrations)) is not None:
        applied.append(migration.id)
    return applied


async def pending(package: str = DEFAULT_PACKAGE) -> list[str]:
    """Ids not applied yet to the database in use, in order. Raises MigrationError as `migrate` does."""
    migrations = history(package)
    present = await db.fetch_value(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'"
        if db.current().dialect == "sqlite"
        else "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migration'"
    )
    ran = await _ran() if present else set()
    _refuse_newer(ran, migrations)
    return [migration.id for migration in migrations if migration.id not in ran]


def statements_for(migration: Migration, dialect: DialectName) -> list[str]:
    """The SQL of a migration for one dialect, in order."""
    texts: list[str] = []
    for statement in migration.statements:
        chosen = statement if isinstance(statement, str) else statement.get(dialect, ())
        texts += [chosen] if isinstance(chosen, str) else chosen
    return [column_words(text, dialect) for text in texts]


async def _apply_next(migrations: Sequence[Migration]) -> Migration | None:
    dialect = db.current().dialect
    async with db.unit_of_work(wait=_WAIT_SECONDS):
        # SQLite: the unit of work itself keeps other processes out.
        if dialect == "postgres":
            await db.execute("SET LOCAL lock_timeout = '600s'")
            await db.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            await db.fetch("SELECT 1 FROM pg_advisory_xact_lock($1)", _LOCK)
        await db.execute(_TABLE[dialect])
        ran = await _ran()
        _refuse_newer(ran, migrations)
        for migration in migrations:
            if migration.id not in ran:
                await _apply(migration, dialect)
                return migration
    return None


async def _apply(migration: Migration, dialect: DialectName) -> None:
    for statement in statements_for(migration, dialect):
        await db.execute(statement)
    if migration.run is not None:
        await migration.run(db)
    await db.execute(
        "INSERT INTO migration (name, app_name, ran_on) VALUES ($1, $2, CURRENT_TIMESTAMP)",
        migration.id,
        APP_NAME,
    )


async def _ran() -> set[str]:
    rows = await db.fetch("SELECT name FROM migration WHERE app_name = $1", APP_NAME)
    return {row["name"] for row in rows}


def _refuse_newer(ran: set[str], migrations: Sequence[Migration]) -> None:
    if unknown := sorted(ran - {migration.id for migration in migrations}):
        raise MigrationError(f"the database is newer than this program: it knows {', '.join(unknown)}")
