"""What every database test stands on: one PostgreSQL server a session and, for each test, an empty database,
once on SQLite and once on PostgreSQL. The people and rows in it are made elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from roundsman.core import db
from tests.cast import cast, stage
from tests.databases import postgres_database, postgres_server

__all__ = ["cast", "stage"]


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The maintenance database of a PostgreSQL server that lives as long as the session."""
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
    """The address of an empty database; a test that asks for it runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[db.Database]:
    """An empty database, open and in use."""
    async with db.connect_to(database_url) as opened:
        with db.use(opened):
            yield opened
