"""The test bed for the engine's tests: on SQLite and on PostgreSQL, each test's database a copy of one made
once."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.databases import Mould
from tests.sync.hostile import server
from tests.sync.world import World, a_world, make_database

__all__ = ["server"]


@pytest.fixture(scope="session")
def notes_mould(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mould[None]]:
    """A database with the notes domain in it."""
    mould = Mould(make_database, tmp_path_factory.mktemp("notes"))
    yield mould
    mould.close()


@pytest.fixture
def mould(notes_mould: Mould[None]) -> Mould[None]:
    """What the engine's tests copy."""
    return notes_mould


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    """A world of notes with nothing in it."""
    async with a_world(database_url) as made:
        yield made
