"""The job that closes visits nobody checked out of."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.times import DAY, MINUTE, now_ms
from roundsman.visits.jobs import close_forgotten
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.visits import clocks, make_visit
from tests.phone import assert_stale_equals_fresh


async def run() -> None:
    async with db.unit_of_work():
        await close_forgotten({})


async def test_close_forgotten_closes_old_ones_only_and_a_late_check_out_puts_them_right(cast: Cast) -> None:
    old_at = now_ms() - 3 * DAY
    old = await make_visit(cast, await make_customer(cast), clocks=clocks(old_at))
    fresh = await make_visit(
        cast, await make_customer(cast, "stranger", "west"), "stranger", clocks=clocks(now_ms() - DAY)
    )
    phone, manager, stranger = [await cast.phone(name) for name in ("rep", "manager", "stranger")]
    await run()
    await run()
    for one in (phone, manager, stranger):
        await one.sync()
    row = phone.rows("visits")[old]
    assert (row["state"], row["closed_by"], row["checked_out_at"]) == ("done", "rule", None)
    assert row["flags"] == ["late", "closed_by_rule"]
    assert manager.rows("visits")[old] == row
    assert stranger.rows("visits")[fresh]["state"] == "open"
    out = {"visit_id": old, "clocks": clocks(old_at + 9 * MINUTE), "note": "没信号"}
    assert phone.status(await phone.do("visits.check_out", out)) == "applied"
    row = phone.rows("visits")[old]
    assert (row["closed_by"], row["checked_out_at"], row["flags"]) == (
        "person",
        old_at + 9 * MINUTE,
        ["late"],
    )
    await assert_stale_equals_fresh(phone)
    await assert_stale_equals_fresh(manager)
