"""The generated triggers: for random rows and edits the feed says exactly where every row stands (T8), and
nothing it need not."""

import asyncio
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roundsman.core import db
from roundsman.core.domain import Feed
from roundsman.sync import triggers
from roundsman.sync.feed_sql import members_of
from tests.databases import postgres_database
from tests.sync.domain_notes import FEEDS, Note
from tests.sync.world import World, make_database

TERRITORIES = st.sampled_from(["a", "b", None])
AUTHORS = st.sampled_from(["p", "q", None])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "edit", "move", "rename", "delete", "touch", "upsert"]),
        st.sampled_from(["1", "2", "3"]),
        TERRITORIES,
        AUTHORS,
        st.booleans(),
    ),
    max_size=25,
)
NOTES = FEEDS[0]
# Every row also stands in a bucket that no column decides, as those who hold everything need it.
WIDE = Feed(Note, fields=NOTES.fields, buckets=("terr:{territory_id}", "terr:all", "user:{author_id}"))


async def standing(feed: Feed) -> set[tuple[str, str]]:
    rows = await db.fetch("SELECT bucket, pk FROM sync_feed WHERE tbl = $1 AND op = 1", feed.name)
    return {(row["bucket"], row["pk"]) for row in rows}


async def membership(feed: Feed) -> set[tuple[str, str]]:
    return {(row["bucket"], row["pk"]) for row in await db.fetch(members_of(feed))}


async def seqs() -> dict[tuple[str, str], int]:
    rows = await db.fetch("SELECT bucket, pk, seq FROM sync_feed")
    return {(row["bucket"], row["pk"]): row["seq"] for row in rows}


async def insert(pk: str, territory: str | None, author: str | None) -> None:
    await db.execute(
        "INSERT INTO notes (id, territory_id, author_id, body, is_pinned, extra, rank, secret) "
        "VALUES ($1, $2, $3, 'x', $4, '[]', 0, '')",
        pk,
        territory,
        author,
        True,
    )


async def run_step(what: str, pk: str, territory: str | None, author: str | None) -> None:
    try:
        async with db.savepoint():
            if what == "insert":
                await insert(pk, territory, author)
            elif what == "edit":
                await db.execute("UPDATE notes SET body = body || 'y' WHERE id = $1", pk)
            elif what == "move":
                await db.execute(
                    "UPDATE notes SET territory_id = $2, author_id = $3 WHERE id = $1", pk, territory, author
                )
            elif what == "rename":
                await db.execute("UPDATE notes SET id = $2 WHERE id = $1", pk, "4")
            elif what == "delete":
                await db.execute("DELETE FROM notes WHERE id = $1", pk)
            elif what == "touch":
                await db.execute("UPDATE notes SET secret = secret || 'z' WHERE id = $1", pk)
            elif what == "upsert":
                await db.execute(
                    "INSERT INTO notes (id, territory_id, author_id, body, is_pinned, extra, rank, secret) "
                    "VALUES ($1, $2, $3, 'x', $4, '[]', 0, '') "
                    "ON CONFLICT (id) DO UPDATE SET territory_id = excluded.territory_id, rank = notes.rank + 1",
                    pk,
                    territory,
                    author,
                    False,
                )
    except Exception as error:
        if not db.is_unique_violation(error):
            raise


async def play(url: str, steps: list[tuple[str, str, str | None, str | None, bool]]) -> None:
    """Run the steps, some of them in one transaction, and compare after every commit."""
    async with db.connect_to(url) as database:
        with db.use(database):
            await triggers.install([WIDE, *FEEDS[1:]])
            async with db.unit_of_work():
                await db.execute("DELETE FROM notes")
            groups: list[list[Any]] = [[]]
            for what, pk, territory, author, ends in steps:
                groups[-1].append((what, pk, territory, author))
                if ends:
                    groups.append([])
            before = await seqs()
            for group in groups:
                async with db.unit_of_work():
                    for step in group:
                        await run_step(*step)
                assert await standing(WIDE) == await membership(WIDE)
                after = await seqs()
                assert all(after[key] >= seq for key, seq in before.items()), "a seq went back"
                if all(step[0] == "touch" for step in group):
                    assert after == before, "a column no phone sees made work for phones"
                before = after


@pytest.fixture
def postgres_url(server_url: str) -> Iterator[str]:
    """As for the other tests, but outside any event loop: Hypothesis runs one of its own for each example."""
    manager = postgres_database(server_url)
    with asyncio.Runner() as runner:
        url = runner.run(manager.__aenter__())
        runner.run(make_database(url))
        yield url
        runner.run(manager.__aexit__(None, None, None))


@pytest.mark.slow(2)
def test_the_feed_equals_the_membership(database_url: str) -> None:
    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(steps=STEPS)
    def check(steps: list[tuple[str, str, str | None, str | None, bool]]) -> None:
        asyncio.run(play(database_url, steps))

    check()


async def test_rows_from_before_are_entered_and_changed_buckets_reconciled(world: World) -> None:
    wider = Feed(Note, fields=NOTES.fields, buckets=("org", "terr:{territory_id}"))
    async with db.unit_of_work():
        await insert("1", "a", "p")
        await insert("2", None, "p")
    head = max((await seqs()).values())
    assert await triggers.install([wider, *FEEDS[1:]]) == ["notes"]
    assert await standing(wider) == {("org", "1"), ("org", "2"), ("terr:a", "1")}
    after = await seqs()
    assert after["terr:a", "1"] <= head, "what stood there already was not touched"
    assert min(after["org", "1"], after["org", "2"], after["user:p", "1"]) > head
    assert await triggers.install([wider, *FEEDS[1:]]) == []
    async with db.unit_of_work():
        await db.execute("UPDATE notes SET body = 'new' WHERE id = '1'")
    assert (await seqs())["org", "1"] > after["org", "1"]


async def test_a_feed_that_is_gone_leaves_every_phone(world: World) -> None:
    async with db.unit_of_work():
        await insert("1", "a", "p")
    assert await triggers.install(FEEDS[1:]) == ["notes"]
    assert await standing(NOTES) == set()
    async with db.unit_of_work():
        await insert("2", "a", "p")
    assert await standing(NOTES) == set()


async def test_a_new_installation_names_its_history_once(world: World) -> None:
    epoch = await db.fetch_value("SELECT epoch FROM sync_meta")
    assert await triggers.install(FEEDS) == []
    assert await db.fetch_value("SELECT epoch FROM sync_meta") == epoch


@pytest.mark.postgres
async def test_truncate_is_forbidden(world: World) -> None:
    if world.database.dialect != "postgres":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(asyncpg.RaiseError, match="TRUNCATE"):
        async with db.unit_of_work():
            await db.execute("TRUNCATE notes")
