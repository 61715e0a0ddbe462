"""Piccolo's queries go to the database in use and join its open transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from piccolo.columns import JSON, BigInt, Boolean, Text
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

from roundsman.core import db


class Shop(Table, tablename="shops"):
    id = Text(primary_key=True, default=None)
    name = Text()
    is_open = Boolean()
    tags = JSON()
    balance = BigInt(index_method=IndexMethod.btree)


@pytest.fixture
async def shops(database: db.Database) -> AsyncIterator[db.Database]:
    async with db.unit_of_work():
        await db.execute(
            db.column_words(
                "CREATE TABLE shops (id text PRIMARY KEY, name text NOT NULL, is_open {bool} NOT NULL,"
                " tags {json} NOT NULL, balance bigint NOT NULL)",
                database.dialect,
            )
        )
        await Shop.insert(
            *(Shop(id=f"s{n}", name=f"店{n}", is_open=n % 2 == 0, tags=[n], balance=n) for n in range(5))
        )
    return database


async def test_the_queries_a_domain_uses(shops: db.Database) -> None:
    assert await Shop.count() == 5
    assert await Shop.exists().where(Shop.id == "s1")
    rows = (
        await Shop.select(Shop.id, Shop.is_open)
        .where(Shop.is_open.eq(True))
        .order_by(Shop.id, ascending=False)
    )
    assert rows == [{"id": key, "is_open": True} for key in ("s4", "s2", "s0")]
    assert await Shop.select(Shop.id).where(Shop.id.is_in(["s1", "s3"]), Shop.balance > 1) == [{"id": "s3"}]
    assert await Shop.raw("SELECT name FROM shops WHERE id = {} AND balance < {}", "s2", 9) == [
        {"name": "店2"}
    ]
    loaded = await Shop.select(Shop.tags).where(Shop.id == "s3").output(load_json=True).first()
    assert loaded == {"tags": [3]}
    thing = await Shop.objects().get(Shop.id == "s4")
    assert thing is not None
    assert (thing.name, thing.balance) == ("店4", 4)
    async with db.unit_of_work():
        changed = (
            await Shop.update({Shop.balance: Shop.balance + 10})
            .where(Shop.id == "s1")
            .returning(Shop.balance)
        )
        assert changed == [{"balance": 11}]
        assert (
            await Shop.update({Shop.balance: 0}, force=True).where(Shop.id == "none").returning(Shop.id) == []
        )
        thing.balance = 40
        await thing.save()
        await Shop.insert(Shop(id="s1", name="", is_open=False, tags=[], balance=0)).on_conflict(
            action="DO NOTHING"
        )
        await Shop.delete().where(Shop.id == "s0")
    assert await Shop.select(Shop.balance).order_by(Shop.id).output(as_list=True) == [11, 2, 3, 40]


async def test_they_join_the_transaction(shops: db.Database) -> None:
    with pytest.raises(ValueError, match="no"):
        async with db.unit_of_work():
            await Shop.delete().where(Shop.id == "s0")
            assert await Shop.count() == 4
            assert await db.fetch_value("SELECT count(*) FROM shops") == 4
            assert await db.start_task(_count()) == 5
            async with await Shop.select(Shop.id).order_by(Shop.id).batch(batch_size=3) as batch:
                assert [len(rows) async for rows in batch] == [3, 1]
            raise ValueError("no")
    assert await Shop.count() == 5


async def _count() -> int:
    return await Shop.count()


async def test_a_write_outside_a_unit_of_work_is_refused(shops: db.Database) -> None:
    with pytest.raises(db.DatabaseMisuse):
        await Shop.delete().where(Shop.id == "s0")
    assert await Shop.count() == 5


async def test_piccolos_own_transactions_are_units_of_work(shops: db.Database) -> None:
    engine = shops.engine
    async with engine.transaction():
        assert engine.transaction_exists()
        await Shop.delete().where(Shop.id == "s0")
        with pytest.raises(ValueError, match="no"):
            async with engine.transaction():
                await Shop.delete(force=True)
                raise ValueError("no")
    assert await Shop.count() == 4
    atomic = engine.atomic()
    atomic.add(Shop.delete().where(Shop.id == "s1"), Shop.raw("INSERT INTO nothing VALUES (1)"))
    with pytest.raises(Exception, match="nothing"):
        await atomic.run()
    assert await Shop.count() == 4


async def test_a_read_in_a_snapshot(shops: db.Database) -> None:
    async with db.snapshot():
        await db.start_task(_delete_all())
        assert await Shop.count() == 5
    assert await Shop.count() == 0


async def _delete_all() -> None:
    async with db.unit_of_work():
        await Shop.delete(force=True)


async def test_two_companies_in_one_process(database_url: str, sqlite_url: str, tmp_path: Path) -> None:
    async with db.connect_to(database_url) as one, db.connect_to(f"sqlite:///{tmp_path}/two.db") as two:
        for company in (one, two):
            with db.use(company):
                async with db.unit_of_work():
                    await db.execute("CREATE TABLE shops (id text PRIMARY KEY, balance bigint NOT NULL)")

        async def works(company: db.Database, name: str) -> None:
            with db.use(company):
                for n in range(20):
                    async with db.unit_of_work():
                        await db.execute("INSERT INTO shops VALUES ($1, $2)", f"{name}{n}", n)
                        await asyncio.sleep(0)
                        await Shop.raw("UPDATE shops SET balance = balance + 1 WHERE id = {}", f"{name}{n}")

        await asyncio.gather(works(one, "a"), works(two, "b"))
        for company, name in ((one, "a"), (two, "b")):
            with db.use(company):
                rows = await db.fetch("SELECT id, balance FROM shops")
                assert {row["id"]: row["balance"] for row in rows} == {f"{name}{n}": n + 1 for n in range(20)}

        with db.use(one):
            async with db.unit_of_work():
                await db.execute("DELETE FROM shops")
                with db.use(two):
                    # Another company's unit is another transaction, inside it too.
                    with pytest.raises(db.DatabaseMisuse):
                        await db.execute("DELETE FROM shops")
                    async with db.unit_of_work():
                        await db.execute("DELETE FROM shops WHERE id = 'b0'")
                        with db.use(one):
                            assert await Shop.count() == 0
                assert await db.fetch_value("SELECT count(*) FROM shops") == 0
        with db.use(two):
            assert await Shop.count() == 19
