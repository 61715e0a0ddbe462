"""The same tests on both databases: `database` is open, empty and in use, once on SQLite, once on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from roundsman.core import db
from tests.databases import postgres_database, postgres_server


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture
async def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/company.db"


@pytest.fixture
async def postgres_url(server_url: str) -> AsyncIterator[str]:
    async with postgres_database(server_url) as url:
        yield url


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.sqlite),
        pytest.param("postgres", marks=pytest.mark.postgres),
    ]
)
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[db.Database]:
    async with db.connect_to(database_url) as opened:
        with db.use(opened):
            yield opened


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
