"""The test bed for the engine's tests: on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from tests.sync.world import World, a_world


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    """An empty world of notes."""
    async with a_world(database_url) as made:
        yield made
