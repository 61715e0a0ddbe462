"""A company moves to the other kind of database: every row, number and answer is there, and phones go on by their
cursors as if nothing had been."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from roundsman import moving
from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.moving import move
from roundsman.sync.collection import refuse_restored
from tests.cast import Cast, the_app, the_registry
from tests.databases import postgres_database
from tests.make.customers import make_class, make_customer
from tests.make.files import make_jpeg, make_photo, upload
from tests.make.visits import check_in, clocks, fix, make_route
from tests.phone import Phone, assert_stale_equals_fresh

SHAPE = {
    "sqlite": "SELECT type || name || coalesce(sql, '') AS part FROM sqlite_schema",
    "postgres": """
        SELECT pg_get_triggerdef(oid) || tgenabled::text AS part FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT conrelid::regclass::text || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    """,
}


@asynccontextmanager
async def of_the_other_kind(
    database: db.Database, server_url: str, folder: Path
) -> AsyncIterator[db.Database]:
    if database.dialect == "postgres":
        folder.mkdir()
        yield db.connect_to(f"sqlite:///{folder}/elsewhere.db")
        return
    async with postgres_database(server_url) as url:
        yield db.connect_to(url)


@pytest.fixture
async def target(database: db.Database, server_url: str, tmp_path: Path) -> AsyncIterator[db.Database]:
    """An empty database of the other kind."""
    async with of_the_other_kind(database, server_url, tmp_path / "target") as made:
        yield made


@pytest.fixture
async def fresh(database: db.Database, server_url: str, tmp_path: Path) -> AsyncIterator[db.Database]:
    """Another one."""
    async with of_the_other_kind(database, server_url, tmp_path / "fresh") as made:
        yield made


def quiet(_table: str, _done: int, _total: int) -> None:
    pass


async def read_all(database: db.Database) -> dict[str, list[str]]:
    """Every row of every table as both kinds can say it, read without the code under test."""
    found: dict[str, list[str]] = {}
    with db.use(database):
        tables = [row["name"] for row in await db.fetch(moving._TABLES[database.dialect])]
        for table in sorted({*tables} - {"migration", "sync_head", "sync_source"}):
            found[table] = sorted(
                json.dumps(
                    {column: said(table, column, row[column]) for column in sorted(row)}, sort_keys=True
                )
                for row in await db.fetch(f"SELECT * FROM {table}")
            )
    return found


def said(table: str, column: str, value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if (
        isinstance(value, str)
        and value.startswith(("[", "{"))
        and (table, column) != ("sync_command", "outcome")
    ):
        return json.loads(value)
    return value


async def shape_of(database: db.Database) -> list[str]:
    with db.use(database):
        return sorted(row["part"] for row in await db.fetch(SHAPE[database.dialect]))


@asynccontextmanager
async def served_from(database: db.Database) -> AsyncIterator[None]:
    """The app starts again on another database."""
    companies = the_app().state.companies
    company = next(iter(companies))
    async with database:
        company.database, company.is_ready, company.lock = database, False, asyncio.Lock()
        with db.use(await companies.ready(company)):
            yield


async def work(cast: Cast, phone: Phone) -> list[str]:
    """A bit of everything; the commands' uuids."""
    await make_class(cast)
    shop = await make_customer(cast, tags=["烟酒", "a'b"], remark="")
    await make_route(cast, [shop])
    await upload(phone.client, make_jpeg(64, 48))
    await make_photo(cast.people["rep"], cast.territories["north"], make_jpeg(64, 48))
    begin = check_in(shop)
    uuids = [phone.act("visits.check_in", begin)]
    end = {"visit_id": begin["visit_id"], "clocks": clocks(), "fix": fix()}
    uuids.append(phone.act("visits.check_out", end, deps=uuids))
    await phone.sync()
    # A removal, a refusal, and a counter that stands above every entry.
    uuids.append(await phone.do("customers.archive", {"customer_id": new_id()}))
    await cast.assign("other_rep", "north")
    await cast.unassign("other_rep", "north")
    await phone.sync()
    return uuids


async def test_phones_go_on_by_their_cursors(
    cast: Cast, target: db.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "CHUNK", 7)
    phone, boss = await cast.phone("rep"), await cast.phone("manager")
    uuids = await work(cast, phone)
    await boss.sync()
    # Not all is calm: one has not sent yet, one has not read the last change.
    waiting = phone.act(
        "customers.add",
        {"customer_id": new_id(), "name": "路上", "territory_id": cast.territories["north"]},
    )
    late = await make_customer(cast, name="刚加的")
    before = await read_all(cast.database)
    told: list[tuple[str, int, int]] = []
    copied = await move(cast.database, target, the_registry(), lambda *said: told.append(said))
    assert {name: len(rows) for name, rows in before.items()} == copied
    assert [total for table, done, total in told if table == "sync_feed" and done == total] == [
        copied["sync_feed"]
    ]
    epoch = await db.fetch_value("SELECT epoch FROM sync_meta")
    answers = {uuid: dict(phone.results[uuid]) for uuid in uuids}
    cursors, seen = dict(phone.core.cursors), phone.core.head
    async with served_from(target):
        assert await read_all(target) == before
        assert await db.fetch_value("SELECT epoch FROM sync_meta") == epoch
        pages = await phone.pull()
        entries = [entry for page in pages for entry in page["entries"]]
        assert {entry[2] for entry in entries if entry[1] == "customers"} == {late}
        assert all(entry[3] > seen for entry in entries), "read on, not again"
        assert not any(page["reset"] or page["restarted"] or page["drop"] for page in pages)
        assert cursors.keys() == phone.core.cursors.keys()
        page = await phone.post("pull", phone.pull_request(ask=uuids))
        assert {result["uuid"]: result for result in page["results"] if result["uuid"] in answers} == answers
        replica, head = phone.replica, phone.core.head
        await phone.sync()
        assert (phone.status(waiting), phone.replica) == ("applied", replica)
        assert phone.results[waiting]["seq"] > head
        await make_customer(cast, name="搬家以后")
        for one in (phone, boss):
            await one.sync()
            await assert_stale_equals_fresh(one)
        assert len(phone.rows("customers")) == 4


async def test_the_new_database_is_made_like_any_other(
    cast: Cast, target: db.Database, fresh: db.Database
) -> None:
    phone = await cast.phone("rep")
    await work(cast, phone)
    await move(cast.database, target, the_registry(), quiet)
    async with served_from(fresh):
        expected = await shape_of(fresh)
    async with target:
        assert await shape_of(target) == expected
        with db.use(target):
            for sql in ("UPDATE customers SET territory_id = 'nowhere'", "DELETE FROM territories"):
                with pytest.raises(Exception, match="(?i)foreign key"):
                    async with db.unit_of_work():
                        await db.execute(sql)


async def test_the_old_database_is_not_served_any_more(cast: Cast, target: db.Database) -> None:
    await move(cast.database, target, the_registry(), quiet)
    with pytest.raises(RuntimeError, match="lives in"):
        await refuse_restored()
    with pytest.raises(RuntimeError, match="lives in"):
        await move(cast.database, target, the_registry(), quiet)


async def test_another_companys_database_is_left_alone(cast: Cast, target: db.Database) -> None:
    async with served_from(target):
        before = await read_all(target)
    with pytest.raises(RuntimeError, match="not empty"):
        await move(cast.database, target, the_registry(), quiet)
    await refuse_restored()
    async with target:
        assert await read_all(target) == before


async def test_a_move_that_fails_leaves_nothing_and_may_be_tried_again(
    cast: Cast, target: db.Database
) -> None:
    await make_customer(cast)

    def stumble(table: str, _done: int, _total: int) -> None:
        if table == "territories":
            raise ConnectionError("the network went away")

    with pytest.raises(ConnectionError):
        await move(cast.database, target, the_registry(), stumble)
    await refuse_restored()
    async with target:
        assert not any((await read_all(target)).values())
    await make_customer(cast)
    before = await read_all(cast.database)
    await move(cast.database, target, the_registry(), quiet)
    async with target:
        assert await read_all(target) == before


async def test_what_arrives_wrong_is_noticed(
    cast: Cast, target: db.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_customer(cast, name="和平便利店")
    right = moving._as_stored

    def bend(value: object, type: str) -> object:
        return "和平便利  店" if value == "和平便利店" else right(value, type)

    monkeypatch.setattr(moving, "_as_stored", bend)
    with pytest.raises(RuntimeError, match="customers did not arrive as it was sent"):
        await move(cast.database, target, the_registry(), quiet)
    async with target:
        assert not any((await read_all(target)).values())
