"""The test bed for the engine's tests: on SQLite and on PostgreSQL, each test's database a copy of one made
once."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from roundsman.core.ids import new_id
from tests.databases import postgres_database
from tests.sync.world import World, a_world, make_database


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the notes domain in it, for copying."""
    file = tmp_path_factory.mktemp("made") / "notes.db"
    asyncio.run(make_database(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def template(server_url: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the notes domain in it, for copying."""
    manager = postgres_database(server_url)
    with asyncio.Runner() as runner:
        url = runner.run(manager.__aenter__())
        runner.run(make_database(url))
        yield urlsplit(url).path.removeprefix("/")
        runner.run(manager.__aexit__(None, None, None))


@pytest.fixture
def sqlite_url(tmp_path: Path, made_file: Path) -> str:
    """A database with the notes domain in it."""
    shutil.copy(made_file, tmp_path / "notes.db")
    return f"sqlite:///{tmp_path}/notes.db"


@pytest.fixture
async def postgres_url(server_url: str, template: str) -> AsyncIterator[str]:
    """A database with the notes domain in it."""
    name = "test_" + new_id().replace("-", "")
    server = await asyncpg.connect(server_url)
    try:
        await server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await server.close()


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    """A world of notes with nothing in it."""
    async with a_world(database_url) as made:
        yield made
