"""The demo's weeks of business: its rankings are worth looking at, and its figures are what its documents say."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.times import add_days, day_on, now_ms
from roundsman.demo import load
from roundsman.demo.doing import id_of
from roundsman.figures.commands.checking import differing
from tests.cast import Cast


async def test_both_reps_have_sold_and_every_queue_has_work(stage: Cast) -> None:
    await load(stage.registry, days=16)
    states = await db.fetch("SELECT DISTINCT state FROM orders")
    assert {row["state"] for row in states} == {"submitted", "reviewed", "allocated", "signed"}
    held = await db.fetch_value("SELECT count(*) FROM orders WHERE CAST(hold_codes AS text) <> '[]'")
    assert held == 0, "the demo's reps sell at the prices there are, to whom may buy"
    assert await differing() == []
    client = stage.anybody()
    signed_in = await client.post("/api/identity/sign_in", json={"login": "zhou", "password": "xingshang"})
    assert signed_in.status_code == 200
    today = day_on(now_ms())
    asked = {"by": "rep", "from": add_days(today, -60), "to": today}
    for metric in ("sales", "collection", "profit", "quantity"):
        ranking = (await client.get("/api/rankings", params={"metric": metric, **asked})).json()
        values = {row["key"]: row["value"] for row in ranking["rows"]}
        assert set(values) == {id_of("person", "wang"), id_of("person", "li")}, metric
        assert min(values.values()) > 0
    # This month's and the last one's, of each of them and of the place they work in.
    assert await db.fetch_value("SELECT count(*) FROM targets") == 6


async def test_without_history_nothing_was_sold(stage: Cast) -> None:
    await load(stage.registry, days=0)
    assert await db.fetch_value("SELECT count(*) FROM orders") == 0
    assert await db.fetch_value("SELECT count(*) FROM targets") == 0
