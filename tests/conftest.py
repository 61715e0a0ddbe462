"""What every database test stands on: one PostgreSQL server a session and, for each test, a database of its own,
once on SQLite and once on PostgreSQL: empty, or a copy of what the test's `mould` made once."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import structlog
from xdist.scheduler import LoadScopeScheduling

from roundsman.core import db
from tests.cast import cast, cast_mould, stage, stage_mould
from tests.databases import Mould, postgres_database, postgres_server

# Only what went wrong, without a drawing of every frame's variables: that costs more than the tests.
structlog.configure(
    wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ],
)

SERVER = pytest.StashKey[ExitStack]()
SERVER_URL = pytest.StashKey[str]()
TOGETHER = ("tests/house/test_fuzzed_pushes.py", "tests/house/test_openapi.py")

__all__ = ["cast", "cast_mould", "stage", "stage_mould"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no worker is left with one while the others have nothing to do."""
    items.sort(key=_seconds, reverse=True)


class OneByOne(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Tests go to whichever worker is free, but those that share what takes long to make to one worker. (xdist's own
    groups are not seen: it writes them where this pytest no longer reads the names of tests.)
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneByOne:
    return OneByOne(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Every worker is told of one PostgreSQL server, started with the first of them."""
    stash = node.config.stash
    if SERVER not in stash:
        stash[SERVER] = ExitStack()
        stash[SERVER_URL] = stash[SERVER].enter_context(postgres_server())
    node.workerinput["server_url"] = stash[SERVER_URL]


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash.get(SERVER, ExitStack()).close()


def pytest_collection_finish() -> None:
    """What was collected lives as long as the session: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()


def _seconds(item: pytest.Item) -> float:
    mark = item.get_closest_marker("slow")
    return 0.0 if mark is None else float(mark.args[0])


@pytest.fixture(scope="session")
def server_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The maintenance database of a PostgreSQL server that lives as long as the session."""
    shared = getattr(request.config, "workerinput", {}).get("server_url")
    if shared is not None:
        yield shared
        return
    with postgres_server() as url:
        yield url


@pytest.fixture
def mould(request: pytest.FixtureRequest) -> Mould[Any] | None:
    """What the test's database is a copy of: the cast's, the stage's, or nothing."""
    for name in ("cast", "stage"):
        if name in request.fixturenames:
            found: Mould[Any] = request.getfixturevalue(f"{name}_mould")
            return found
    return None


@pytest.fixture
def sqlite_url(tmp_path: Path, mould: Mould[Any] | None) -> str:
    file = tmp_path / "company.db"
    if mould is not None:
        mould.copy_file(file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_mould(server_url: str, mould: Mould[Any] | None) -> Mould[Any] | None:
    """The mould, ready for PostgreSQL."""
    if mould is not None:
        mould.prepare(server_url)
    return mould


@pytest.fixture
async def postgres_url(server_url: str, postgres_mould: Mould[Any] | None) -> AsyncIterator[str]:
    async with postgres_database(server_url) if postgres_mould is None else postgres_mould.lent() as url:
        yield url


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.sqlite),
        pytest.param("postgres", marks=pytest.mark.postgres),
    ]
)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of the test's database; a test that asks for it runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[db.Database]:
    """The test's database, open and in use."""
    async with db.connect_to(database_url) as opened:
        with db.use(opened):
            yield opened
