"""The feed's key was turned around under entries that were there: none is lost, and the triggers go on writing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from roundsman.core import db
from roundsman.migrations import m0018_feed_by_row
from tests.cast import Cast
from tests.databases import Mould
from tests.make.customers import make_customer
from tests.phone import assert_stale_equals_fresh


@pytest.fixture
def mould(cast_mould: Mould[Cast]) -> Mould[Cast]:
    """Not notes, as the engine's other tests have, but people."""
    return cast_mould


async def entries() -> Sequence[db.Row]:
    return await db.fetch("SELECT bucket, tbl, pk, seq, op, at FROM sync_feed ORDER BY seq")


async def test_entries_stay_and_triggers_go_on(cast: Cast) -> None:
    phone = await cast.phone("rep")
    await make_customer(cast)
    before = await entries()
    assert len(before) > 10
    (both,) = m0018_feed_by_row.STATEMENTS
    async with db.unit_of_work():
        for statement in both[cast.database.dialect]:
            await db.execute(statement)
    assert await entries() == before
    customer = await make_customer(cast)
    await cast.done(
        "administrator", "customers.assign", customer_id=customer, territory_id=cast.territories["north"]
    )
    written = [row for row in await entries() if row["pk"] == customer and row["tbl"] == "customers"]
    assert len(written) == len({row["bucket"] for row in written}) >= 2
    await assert_stale_equals_fresh(phone)
