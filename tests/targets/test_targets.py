"""Targets through the door: who sets whose, how they are split and taken from a sheet, and who sees how far who is."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.orders import a_line, make_goods, make_order
from tests.make.targets import make_target, target, this_month

SPAN = dict(zip(("from", "to"), this_month(), strict=True))
MONTH = SPAN["from"][:7]


async def ask(
    cast: Cast, who: str, path: str = "completion", expect: int = 200, **asked: Any
) -> dict[str, Any]:
    plain: dict[str, Any] = {**SPAN, **({"metric": "sales", "by": "rep"} if path == "completion" else {})}
    answer = await (await cast.client(who)).get(f"/api/targets/{path}", params={**plain, **asked})
    assert answer.status_code == expect, answer.text
    found: dict[str, Any] = answer.json()
    return found


def places(cast: Cast, found: dict[str, Any]) -> list[tuple[int, str, int]]:
    names = {id: name for name, id in {**cast.people, **cast.territories}.items()}
    return [(row["rank"], names[row["key"]], row["completion_permille"]) for row in found["rows"]]


@pytest.fixture
async def sold(cast: Cast) -> None:
    """¥20 by each rep of the east and by the stranger, of targets of ¥40, ¥20 and ¥10."""
    (water,) = await make_goods()
    for who, where, amount in (
        ("rep", "north", 4000),
        ("other_rep", "south", 2000),
        ("stranger", "west", 1000),
    ):
        await make_order(cast, await make_customer(cast, who, where), a_line(water, 10), who=who)
        await make_target(cast, "person", cast.people[who], amount, who="administrator")


async def test_who_sees_how_far_who_is(cast: Cast, sold: None) -> None:
    found = await ask(cast, "administrator")
    assert places(cast, found) == [(1, "stranger", 2000), (2, "other_rep", 1000), (3, "rep", 500)]
    assert (found["count"], found["reached"], found["own"]) == (3, 2, None)
    assert [(row["value"], row["target"]) for row in found["rows"]] == [
        (2000, 1000),
        (2000, 2000),
        (2000, 4000),
    ]
    assert places(cast, await ask(cast, "manager")) == [(1, "other_rep", 1000), (2, "rep", 500)]
    assert places(cast, await ask(cast, "stranger")) == [(1, "stranger", 2000)]
    for who in ("agent", "courier"):
        await ask(cast, who, expect=403)
        await ask(cast, who, "targets", expect=403)


async def test_of_peers_how_far_they_are_and_no_amounts(cast: Cast, sold: None) -> None:
    await cast.assign("other_rep", "north")
    found = await ask(cast, "rep")
    assert places(cast, found) == [(1, "other_rep", 1000), (2, "rep", 500)]
    assert not {"value", "target", "forecast"} & set(found["rows"][0])
    assert (found["own"]["value"], found["own"]["target"]) == (2000, 4000)
    assert [row["name"] for row in (await ask(cast, "rep", "targets"))["rows"]] == ["Rep"]
    await cast.done("administrator", "figures.set_policy", basis="ordered", peers="amount")
    assert (await ask(cast, "rep"))["rows"][0]["value"] == 2000
    await cast.done("administrator", "figures.set_policy", basis="ordered", peers="hidden")
    assert places(cast, await ask(cast, "rep")) == [(1, "rep", 500)]


async def test_pages_go_on_where_the_last_one_ended(cast: Cast, sold: None) -> None:
    first = await ask(cast, "administrator", limit=2)
    second = await ask(cast, "administrator", limit=2, after=first["next"])
    assert [row["rank"] for row in (*first["rows"], *second["rows"])] == [1, 2, 3]
    assert second["next"] is None
    rows = (await ask(cast, "administrator", "targets", limit=2))["rows"]
    after = (await ask(cast, "administrator", "targets", limit=2))["next"]
    rows += (await ask(cast, "administrator", "targets", limit=2, after=after))["rows"]
    assert len({row["id"] for row in rows}) == 3


async def test_a_territory_is_held_against_all_below_it(cast: Cast, sold: None) -> None:
    for place, amount in (("east", 8000), ("north", 2000), ("company", 6000)):
        await make_target(cast, "territory", cast.territories[place], amount, who="administrator")
    found = await ask(cast, "administrator", by="territory")
    assert sorted(places(cast, found)) == sorted([(1, "company", 1000), (1, "north", 1000), (3, "east", 500)])
    assert {name for _, name, _ in places(cast, await ask(cast, "manager", by="territory"))} == {
        "east",
        "north",
    }
    assert places(cast, await ask(cast, "rep", by="territory")) == []


async def test_a_category_is_held_against_its_goods_alone(cast: Cast) -> None:
    water, tea = await make_goods(2)
    drinks, hot = new_id(), new_id()
    await cast.done("clerk", "catalog.set_category", category_id=drinks, name="饮料")
    await cast.done("clerk", "catalog.set_category", category_id=hot, name="热饮", parent_id=drinks)
    async with db.unit_of_work():
        await db.execute(
            "UPDATE products SET category_id = $2 WHERE id = (SELECT product_id FROM variants WHERE id = $1)",
            tea,
            hot,
        )
    await make_order(cast, await make_customer(cast), a_line(water, 10), a_line(tea, 5))
    await make_target(cast, "person", cast.people["rep"], 4000, category_id=drinks)
    await make_target(cast, "territory", cast.territories["east"], 1000, category_id=drinks)
    assert places(cast, await ask(cast, "manager", category=drinks)) == [(1, "rep", 250)]
    assert places(cast, await ask(cast, "manager", category=drinks, by="territory")) == [(1, "east", 1000)]
    assert places(cast, await ask(cast, "manager")) == []
    wrong = target("person", cast.people["rep"], 1, metric="visits", category_id=drinks)
    assert (await cast.do("manager", "targets.set", **wrong)).json()["code"] == "targets.not_of_goods"


async def test_a_manager_sets_those_below_him_and_nobody_his_own(cast: Cast) -> None:
    for scope, id, code in (
        ("person", cast.people["manager"], "targets.own"),
        ("person", cast.people["stranger"], "targets.scope_unknown"),
        ("person", new_id(), "targets.scope_unknown"),
        ("territory", cast.territories["west"], "targets.scope_unknown"),
        ("territory", cast.territories["company"], "targets.scope_unknown"),
    ):
        answer = await cast.do("manager", "targets.set", **target(scope, id, 1))
        assert answer.json()["code"] == code, answer.text
    for wrong, code in (
        ({"until_on": f"{MONTH}-00"}, "invalid"),
        ({"until_on": "2020-01-01"}, "targets.wrong_span"),
        ({"from_on": "2026-02-30"}, "targets.no_such_day"),
        ({"category_id": new_id()}, "targets.category_unknown"),
    ):
        answer = await cast.do("manager", "targets.set", **target("person", cast.people["rep"], 1, **wrong))
        assert answer.json()["code"] == code, answer.text
    assert await db.fetch_value("SELECT count(*) FROM targets") == 0
    theirs = await make_target(cast, "person", cast.people["stranger"], 1, who="administrator")
    answer = await cast.do("manager", "targets.remove", target_id=theirs)
    assert answer.json()["code"] == "targets.unknown"


async def test_the_same_whose_what_and_when_is_one_target(cast: Cast) -> None:
    first = await make_target(cast, "person", cast.people["rep"], 100)
    await make_target(cast, "person", cast.people["rep"], 200)
    rows = await db.fetch("SELECT id, amount FROM targets")
    assert rows == [{"id": first, "amount": 200}]
    other = target("person", cast.people["other_rep"], 1, target_id=first)
    assert (await cast.do("manager", "targets.set", **other)).json()["code"] == "targets.already_there"
    await cast.done("manager", "targets.remove", target_id=first)
    assert await db.fetch("SELECT id FROM targets") == []


async def test_a_target_is_split_and_what_remains_is_told(cast: Cast) -> None:
    whole = await make_target(
        cast, "territory", cast.territories["east"], 1_000_00, from_on="2026-01-01", until_on="2026-03-31"
    )

    def parts(*keys: str, weight: int = 1) -> list[dict[str, Any]]:
        return [{"target_id": new_id(), "key": key, "weight": weight} for key in keys]

    months = parts("2026-01", "2026-02", "2026-03")
    answer = await cast.done("manager", "targets.split", target_id=whole, into="months", parts=months)
    assert answer == {"amounts": [33333, 33333, 33333], "remainder": 1}
    people = [*parts(cast.people["rep"], weight=2), *parts(cast.people["other_rep"])]
    args = {"target_id": months[1]["target_id"], "into": "people", "parts": people, "step": 10000}
    assert await cast.done("manager", "targets.split", **args) == {
        "amounts": [20000, 10000],
        "remainder": 3333,
    }
    found = await ask(cast, "manager", "targets", **{"from": "2026-02-01", "to": "2026-02-28"})
    assert {row["name"]: (row["from_on"], row["until_on"]) for row in found["rows"][:3]} == dict.fromkeys(
        ("Rep", "Other Rep", "East"), ("2026-02-01", "2026-02-28")
    )
    assert {row["id"]: row["parts_amount"] for row in found["rows"]}[months[1]["target_id"]] == 30000
    # Again, otherwise: the parts that are not named any more are gone.
    again = parts("2026-01", "2026-03")
    await cast.done("manager", "targets.split", target_id=whole, into="months", parts=again)
    rows = await db.fetch("SELECT id, amount FROM targets WHERE parent_id = $1 ORDER BY from_on", whole)
    assert [row["amount"] for row in rows] == [50000, 50000]
    assert [row["id"] for row in rows] == [months[0]["target_id"], months[2]["target_id"]]
    west, east = cast.territories["west"], cast.territories["east"]
    for into, keys in (
        ("months", ["2026-04"]),
        ("territories", [west]),
        ("territories", [east]),
        ("people", [cast.people["stranger"]]),
    ):
        wrong = {"target_id": whole, "into": into, "parts": parts(*keys)}
        assert (await cast.do("manager", "targets.split", **wrong)).json()["code"] == "targets.no_part", into
    twice = {"target_id": whole, "into": "months", "parts": parts("2026-01", "2026-01")}
    assert (await cast.do("manager", "targets.split", **twice)).json()["code"] == "targets.part_twice"
    nothing = {
        "target_id": whole,
        "into": "months",
        "parts": [*parts("2026-01"), *parts("2026-02", weight=0)],
    }
    assert (await cast.do("manager", "targets.split", **nothing)).json()["code"] == "targets.part_of_nothing"


async def test_the_ranking_costs_the_same_for_one_and_for_three(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    fetch = db.fetch

    async def counting(sql: str, *arguments: object) -> list[db.Row]:
        told.append(sql)
        return await fetch(sql, *arguments)

    await cast.client("administrator")
    monkeypatch.setattr(db, "fetch", counting)
    found = []
    for who in ("rep", "other_rep", "stranger"):
        await make_target(cast, "person", cast.people[who], 1, who="administrator")
        told.clear()
        await ask(cast, "administrator")
        found.append(len(told))
    assert found[0] == found[1] == found[2], found


async def test_the_ranking_by_completion_says_the_same(cast: Cast, sold: None) -> None:
    await cast.assign("other_rep", "north")
    for who, by in (("administrator", "rep"), ("manager", "rep"), ("rep", "rep"), ("stranger", "rep")):
        asked = {**SPAN, "metric": "completion", "by": by}
        answer = await (await cast.client(who)).get("/api/rankings", params=asked)
        assert answer.status_code == 200, answer.text
        found, own = answer.json(), await ask(cast, who, by=by)
        assert [(row["rank"], row["key"], row["value"]) for row in found["rows"]] == [
            (row["rank"], row["key"], row["completion_permille"]) for row in own["rows"]
        ]
        assert (found["own"] is None) == (own["own"] is None)
        assert "total" not in found
    client = await cast.client("administrator")
    for wrong in ("customer", "product"):
        asked = {**SPAN, "metric": "completion", "by": wrong}
        assert (await client.get("/api/rankings", params=asked)).json()["code"] == "invalid"
    assert (await (await cast.client("agent")).get("/api/rankings", params=asked)).status_code == 403
