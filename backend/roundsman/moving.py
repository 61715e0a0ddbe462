"""Moves a company to another database, also of the other kind: every row, the feed with its numbers, the log of
commands, the counter. The history stays the same, so phones go on where they are. Photos do not move.
"""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from roundsman.core import db
from roundsman.core.db.schema import LiveColumn, live_columns
from roundsman.core.registry import Registry
from roundsman.sync import triggers
from roundsman.sync.collection import mark_moved, refuse_restored

CHUNK: Final = 2000
_OWN: Final = frozenset({"migration", "sync_head", "sync_source"})
"""What each database has for itself: its migrations, its counter (another thing on the other kind), its triggers."""
_TABLES: Final[dict[db.DialectName, str]] = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'",
    "postgres": "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
}
_KEYS: Final[dict[db.DialectName, str]] = {
    "sqlite": "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk",
    "postgres": """
        SELECT a.attname AS name FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
        WHERE i.indrelid = $1::text::regclass AND i.indisprimary
        ORDER BY array_position(i.indkey::int2[], a.attnum)
    """,
}
_COUNTER: Final[dict[db.DialectName, str]] = {
    "sqlite": "SELECT seq FROM sync_head",
    "postgres": "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM sync_seq",
}
_FOREIGN_KEYS: Final = """
    SELECT conrelid::regclass::text AS tbl, conname AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2
"""
Say = Callable[[str, int, int], None]
"""Told table, rows done and rows in all, after every chunk."""


@dataclass(slots=True)
class Sum:
    """How many rows, and the sum of their fingerprints: the same whatever their order and the kind of database."""

    rows: int = 0
    digest: int = 0

    def add(
        self, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], types: Mapping[str, str]
    ) -> None:
        """Take rows in."""
        for row in rows:
            plain = [_plain(row[column], types[column]) for column in columns]
            found = hashlib.sha256(msgspec.json.encode(plain)).digest()
            self.digest = (self.digest + int.from_bytes(found[:16])) % (1 << 128)
            self.rows += 1


async def move(source: db.Database, target: db.Database, registry: Registry, say: Say) -> dict[str, int]:
    """Copy everything from `source`, open and current, to `target`, which must be empty; rows by table.

    All or nothing. Who writes into the source meanwhile waits; afterwards no server starts on it any more. Raises
    RuntimeError for a target in use, for one of another shape, and when what arrived is not what was sent.
    """
    with db.use(source):
        await refuse_restored()
    if target.dialect == "sqlite":
        Path(target.url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    async with target:
        with db.use(target):
            await _refuse_full()
            await db.migrate()
        with db.use(source):
            async with _nobody_writes():
                copied = await _copy_all(source, target, say)
                with db.use(target):
                    await triggers.install(registry.feeds.values())
                await mark_moved(_where(target.url))
    return copied


async def _copy_all(source: db.Database, target: db.Database, say: Say) -> dict[str, int]:
    names = await _tables()
    with db.use(target):
        if missing := sorted(set(names) ^ set(await _tables())):
            raise RuntimeError(f"only one of the two databases has {', '.join(missing)}")
        async with db.unit_of_work(), _bare(names):
            for name in names:
                with db.use(source):
                    table = await _shape(name)
                with db.use(target):
                    await _copy(table, source, say)
            with db.use(source):
                counter = await db.fetch_value(_COUNTER[source.dialect])
            await _set_counter(counter)
        return dict(await _counts(names))


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    types: Mapping[str, str]


async def _shape(name: str) -> _Table:
    columns: Mapping[str, LiveColumn] = await live_columns(name)
    key = tuple(row["name"] for row in await db.fetch(_KEYS[db.current().dialect], name))
    ordered = tuple(sorted(columns))
    return _Table(name, ordered, key, {column: columns[column].type for column in ordered})


async def _copy(table: _Table, source: db.Database, say: Say) -> None:
    """One table into the database in use, and a look at what arrived."""
    into = await live_columns(table.name)
    if set(into) != set(table.columns):
        raise RuntimeError(f"{table.name} has other columns on the other side")
    types = {column: into[column].type for column in table.columns}
    # One side knows which columns are truths and which are JSON; SQLite stores them as numbers and text.
    known = {column: _telling(types[column], table.types[column]) for column in table.columns}
    places = ", ".join(f"${n}" for n in range(1, len(table.columns) + 1))
    insert = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({places})"
    sent, arrived = Sum(), Sum()
    with db.use(source):
        total = await db.fetch_value(f"SELECT count(*) FROM {table.name}")
    async for rows in _chunks(table, source):
        sent.add(table.columns, rows, known)
        await db.execute_many(
            insert, [[_as_stored(row[column], types[column]) for column in table.columns] for row in rows]
        )
        say(table.name, sent.rows, total)
    async for rows in _chunks(table, db.current()):
        arrived.add(table.columns, rows, known)
    if sent != arrived or sent.rows != total:
        raise RuntimeError(
            f"{table.name} did not arrive as it was sent: {sent.rows} of {total} rows went, {arrived.rows} came"
        )


async def _chunks(table: _Table, database: db.Database) -> AsyncIterator[list[db.Row]]:
    """All rows of a table, some thousands at a time, in the order of its key."""
    key, columns = ", ".join(table.key), ", ".join(table.columns)
    places = ", ".join(f"${n}" for n in range(1, len(table.key) + 1))
    after: tuple[object, ...] = ()
    while True:
        beyond = f"WHERE ({key}) > ({places})" if after else ""
        with db.use(database):
            rows = await db.fetch(
                f"SELECT {columns} FROM {table.name} {beyond} ORDER BY {key} LIMIT {CHUNK}", *after
            )
        if rows:
            yield rows
        if len(rows) < CHUNK:
            return
        after = tuple(rows[-1][column] for column in table.key)


def _telling(one: str, other: str) -> str:
    return next((word for word in ("boolean", "jsonb", "json") if word in (one, other)), one)


def _plain(value: object, type: str) -> object:
    if value is None:
        return None
    if type == "boolean":
        return bool(value)
    if type in ("json", "jsonb"):
        return _sorted(msgspec.json.decode(str(value)))
    return value


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return [[key, _sorted(value[key])] for key in sorted(value)]
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def _as_stored(value: object, type: str) -> object:
    return bool(value) if type == "boolean" and value is not None else value


async def _tables() -> list[str]:
    rows = await db.fetch(_TABLES[db.current().dialect])
    return sorted(row["name"] for row in rows if row["name"] not in _OWN)


async def _counts(names: Iterable[str]) -> list[tuple[str, int]]:
    return [(name, await db.fetch_value(f"SELECT count(*) FROM {name}")) for name in names]


async def _refuse_full() -> None:
    """An earlier attempt that failed leaves tables without rows; anything else is somebody's."""
    if full := [name for name, count in await _counts(await _tables()) if count]:
        raise RuntimeError(f"the database to move to is not empty: {', '.join(full)} has rows")


@asynccontextmanager
async def _nobody_writes() -> AsyncIterator[None]:
    """A unit of work of the database in use that keeps every other writer out."""
    names = await _tables()
    async with db.unit_of_work():
        if db.current().dialect == "postgres":
            await db.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            await db.execute(f"LOCK TABLE {', '.join(names)} IN EXCLUSIVE MODE")
        yield


@asynccontextmanager
async def _bare(names: Sequence[str]) -> AsyncIterator[None]:
    """Tables without triggers and foreign keys inside the block: rows arrive in any order and are stamped by nobody.

    All is there again and holds when it ends. Needs a unit of work.
    """
    if db.current().dialect == "sqlite":
        await db.execute("PRAGMA defer_foreign_keys = ON")
        made = await db.fetch("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        for trigger in made:
            await db.execute(f"DROP TRIGGER {trigger['name']}")
        yield
        for trigger in made:
            await db.execute(trigger["sql"])
        return
    await db.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    keys = await db.fetch(_FOREIGN_KEYS)
    for key in keys:
        await db.execute(f"ALTER TABLE {key['tbl']} DROP CONSTRAINT {key['name']}")
    for name in names:
        await db.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    yield
    for name in names:
        await db.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
    for key in keys:
        await db.execute(f"ALTER TABLE {key['tbl']} ADD CONSTRAINT {key['name']} {key['definition']}")


async def _set_counter(counter: int) -> None:
    """The next number of the feed is above every one that was ever given out."""
    if db.current().dialect == "sqlite":
        await db.execute("UPDATE sync_head SET seq = $1", counter)
    else:
        await db.fetch("SELECT setval('sync_seq', $1, $2)", max(counter, 1), counter > 0)


def _where(url: str) -> str:
    """The address without what nobody should read."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
