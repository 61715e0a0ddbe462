"""The keys doubles are looked up by: filled for what was there before them, and looked up through their indexes."""

from __future__ import annotations

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.migrations import m0009_duplicate_keys as migration
from tests.cast import Cast
from tests.make.customers import make_customer


async def test_rows_of_before_get_their_keys_and_no_phone_hears_of_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [await make_customer(cast, name=f"和平{number}店", phone="138-0000-1234") for number in range(3)]
    contact = {"contact_id": new_id(), "customer_id": many[0], "name": "王", "phone": "+86 13900001234"}
    await cast.done("rep", "customers.set_contact", **contact)
    async with db.unit_of_work():
        await db.execute("UPDATE customers SET name_key = '', phone_digits = ''")
        await db.execute("UPDATE contacts SET phone_digits = ''")
    head = await db.fetch_value("SELECT max(seq) FROM sync_feed")
    monkeypatch.setattr(migration, "_ROWS", 2)
    async with db.unit_of_work():
        await migration.run(db)
    rows = await db.fetch("SELECT name_key, phone_digits FROM customers ORDER BY id")
    assert [(row["name_key"], row["phone_digits"]) for row in rows] == [
        (f"和平{number}", "13800001234") for number in range(3)
    ]
    assert await db.fetch_value("SELECT phone_digits FROM contacts") == "13900001234"
    assert await db.fetch_value("SELECT max(seq) FROM sync_feed") == head


async def test_each_key_is_looked_up_through_its_index(cast: Cast) -> None:
    for table, key in (
        ("customers", "name_key"),
        ("customers", "phone_digits"),
        ("contacts", "phone_digits"),
    ):
        asked = f"SELECT id FROM {table} WHERE {key} = $1 AND {key} <> ''"
        if db.current().dialect == "sqlite":
            plan = await db.fetch(f"EXPLAIN QUERY PLAN {asked}", "x")
        else:
            async with db.unit_of_work():
                # A table of a test is so small that reading all of it is cheaper.
                await db.execute("SET LOCAL enable_seqscan = off")
                plan = await db.fetch(f"EXPLAIN {asked}", "x")
        assert f"{table}_{key}" in " ".join(str(row) for row in plan), plan
