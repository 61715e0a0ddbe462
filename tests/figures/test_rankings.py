"""GET /api/rankings and the documents behind it: who sees whom, ties, the range before, pages, and sums that agree."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import add_days, day_on, now_ms
from roundsman.figures.queries import rankings
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.orders import a_line, make_goods, make_order, move_to
from tests.make.receivables import make_collection
from tests.make.visits import make_visit

TODAY = day_on(now_ms())
MONTH = f"{TODAY[:7]}-01"


async def ranking(cast: Cast, who: str, expect: int = 200, **asked: Any) -> dict[str, Any]:
    questions = {"metric": "sales", "by": "rep", "from": MONTH, "to": TODAY, **asked}
    answer = await (await cast.client(who)).get("/api/rankings", params=questions)
    assert answer.status_code == expect, answer.text
    found: dict[str, Any] = answer.json()
    return found


def places(cast: Cast, found: dict[str, Any]) -> list[tuple[int, str, int | None]]:
    names = {id: name for name, id in {**cast.people, **cast.territories}.items()}
    return [(row["rank"], names.get(row["key"], row["name"]), row.get("value")) for row in found["rows"]]


async def sell(cast: Cast, who: str, territory: str, bottles: int, water: str) -> str:
    """An order of a customer of his own; 1.80 a bottle."""
    customer = await make_customer(cast, who, territory, name=f"{who}的店")
    return await make_order(cast, customer, a_line(water, bottles), who="clerk")


@pytest.fixture
async def sold(cast: Cast) -> str:
    """Two of the east, who are even, and one of the west; the goods."""
    (water,) = await make_goods(stock_e3=10**9)
    for who, territory, bottles in (
        ("rep", "north", 10),
        ("other_rep", "south", 10),
        ("stranger", "west", 30),
    ):
        await sell(cast, who, territory, bottles, water)
    return water


async def test_who_sees_whom(cast: Cast, sold: str) -> None:
    price = (await ranking(cast, "clerk"))["rows"][1]["value"]
    assert places(cast, await ranking(cast, "administrator")) == [
        (1, "stranger", 3 * price),
        *sorted([(2, "rep", price), (2, "other_rep", price)], key=lambda one: cast.people[one[1]]),
    ]
    managed = await ranking(cast, "manager")
    assert {name for _, name, _ in places(cast, managed)} == {"rep", "other_rep"}
    assert managed["total"] == 2 * price
    assert managed["own"] is None
    for who in ("agent", "courier"):
        await ranking(cast, who, 403)
    # A rep learns the order of those of his own place, and of himself all.
    own = await ranking(cast, "rep")
    assert places(cast, own) == [(1, "rep", price)]
    assert "total" not in own
    await cast.done("administrator", "figures.set_policy", basis="ordered", peers="amount")
    assert (await ranking(cast, "rep"))["total"] == price
    await cast.done("administrator", "figures.set_policy", basis="ordered", peers="hidden")
    assert places(cast, await ranking(cast, "stranger")) == [(1, "stranger", 3 * price)]


async def test_of_peers_only_the_order_is_told(cast: Cast, sold: str) -> None:
    await cast.done(
        "administrator",
        "identity.assign",
        membership_id=new_id(),
        person_id=cast.people["other_rep"],
        territory_id=cast.territories["north"],
        kind="member",
    )
    await sell(cast, "other_rep", "north", 50, sold)
    found = await ranking(cast, "rep")
    assert [(name, value is None) for _, name, value in places(cast, found)] == [
        ("other_rep", True),
        ("rep", False),
    ]
    assert (found["own"]["rank"], found["own"]["value"]) == (2, found["rows"][1]["value"])
    assert not {"value", "previous", "share_permille"} & found["rows"][0].keys()
    # Nor is it to be had by another question.
    client = await cast.client("rep")
    other = {"metric": "sales", "by": "rep", "from": MONTH, "to": TODAY, "key": cast.people["other_rep"]}
    assert (await client.get("/api/figures/documents", params=other)).json()["rows"] == []
    for by in ("territory", "customer", "product"):
        values = [row["value"] for row in (await ranking(cast, "rep", by=by))["rows"] if "value" in row]
        assert sum(values) <= found["own"]["value"]


@pytest.mark.parametrize("by", ["rep", "territory", "customer", "product"])
async def test_the_documents_behind_a_figure_come_to_it(cast: Cast, sold: str, by: str) -> None:
    order_id = await sell(cast, "rep", "north", 7, sold)
    await move_to(cast, order_id, "signed")
    await make_order(cast, await make_customer(cast, "rep", name="二店"), a_line(sold, 3))
    client = await cast.client("clerk")
    for basis in ("ordered", "reviewed", "signed"):
        await cast.done("administrator", "figures.set_policy", basis=basis, peers="hidden")
        for metric in ("sales", "quantity", "profit"):
            for row in (await ranking(cast, "clerk", by=by, metric=metric))["rows"]:
                asked = {
                    "metric": metric,
                    "by": by,
                    "from": MONTH,
                    "to": TODAY,
                    "key": row["key"],
                    "limit": 1,
                }
                total, after = 0, None
                while True:
                    page = (
                        await client.get(
                            "/api/figures/documents", params={**asked, **({"after": after} if after else {})}
                        )
                    ).json()
                    total += sum(one["value"] for one in page["rows"])
                    after = page["next"]
                    if after is None:
                        break
                assert total == row["value"], (basis, metric, row)


async def test_a_territory_stands_for_all_below_it(cast: Cast, sold: str) -> None:
    assert [name for _, name, _ in places(cast, await ranking(cast, "clerk", by="territory"))] == [
        "west",
        "east",
    ]
    below = await ranking(cast, "clerk", by="territory", territory=cast.territories["east"])
    assert sorted(name for _, name, _ in places(cast, below)) == ["north", "south"]
    assert (await ranking(cast, "clerk", 404, territory=cast.people["rep"]))["code"]
    alien = await ranking(cast, "manager", by="territory", territory=cast.territories["west"])
    assert alien["rows"] == []


async def test_what_a_place_sold_itself_is_told_apart_from_what_lies_below_it(cast: Cast, sold: str) -> None:
    await sell(cast, "manager", "east", 4, sold)
    client = await cast.client("clerk")
    east = cast.territories["east"]
    for asked in ({"territory": east}, {"level": 2}, {}):
        found = await ranking(cast, "clerk", by="territory", **asked)
        for row in found["rows"]:
            behind = {
                "metric": "sales",
                "by": "territory",
                "from": MONTH,
                "to": TODAY,
                "key": row["key"],
                **asked,
            }
            documents = (await client.get("/api/figures/documents", params=behind)).json()["rows"]
            assert sum(one["value"] for one in documents) == row["value"], (asked, row)


async def test_what_a_rep_sees_of_a_customer_is_his_own_also_behind_the_figure(cast: Cast, sold: str) -> None:
    await cast.done("administrator", "figures.set_policy", basis="ordered", peers="amount")
    customer = await make_customer(cast, "rep", name="共有的店")
    await make_order(cast, customer, a_line(sold, 3))
    await cast.done(
        "clerk",
        "customers.assign",
        customer_id=customer,
        territory_id=cast.territories["north"],
        owner_id=cast.people["other_rep"],
    )
    await make_order(cast, customer, a_line(sold, 9), who="clerk")
    client = await cast.client("rep")
    (row,) = [row for row in (await ranking(cast, "rep", by="customer"))["rows"] if row["key"] == customer]
    behind = {"metric": "sales", "by": "customer", "from": MONTH, "to": TODAY, "key": customer}
    documents = (await client.get("/api/figures/documents", params=behind)).json()["rows"]
    assert sum(one["value"] for one in documents) == row["value"]


async def test_money_visits_and_the_range_before(cast: Cast) -> None:
    customer = await make_customer(cast, "rep")
    await make_collection(cast, customer, 12_345)
    await make_visit(cast, customer)
    assert places(cast, await ranking(cast, "clerk", metric="collection")) == [(1, "rep", 12_345)]
    assert places(cast, await ranking(cast, "clerk", metric="visits")) == [(1, "rep", 1)]
    assert places(cast, await ranking(cast, "clerk", metric="new_customers")) == [(1, "rep", 1)]
    asked = {"metric": "new_customers", "by": "rep", "key": cast.people["rep"], "from": MONTH, "to": TODAY}
    (one,) = (await (await cast.client("manager")).get("/api/figures/documents", params=asked)).json()["rows"]
    assert (one["kind"], one["document_id"], one["value"]) == ("customer", customer, 1)
    tomorrow = add_days(TODAY, 1)
    later = await ranking(cast, "manager", metric="visits", **{"from": tomorrow, "to": tomorrow})
    assert (later["previous_until_on"], later["rows"]) == (TODAY, [])


async def test_a_question_that_makes_no_sense_is_refused_with_its_field(cast: Cast) -> None:
    for asked, field in (
        ({"from": "2026-02-30"}, "from"),
        ({"from": TODAY, "to": MONTH if MONTH < TODAY else add_days(TODAY, -1)}, "to"),
        ({"from": "1990-01-01"}, "to"),
    ):
        assert (await ranking(cast, "clerk", 422, **asked))["details"]["field"] == field
    for asked in ({"metric": "secrets"}, {"by": "agent"}, {"level": 0}, {"limit": 0}):
        await ranking(cast, "clerk", 422, **asked)
    await ranking(cast, "rep", 403, metric="profit")


async def test_pages_hold_every_place_once(cast: Cast, sold: str) -> None:
    seen, after = [], None
    while True:
        page = await ranking(cast, "clerk", limit=2, **({"after": after} if after else {}))
        seen += [row["key"] for row in page["rows"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page["count"] == 3


async def test_many_who_ask_at_once_are_answered_by_few_looks(
    cast: Cast, sold: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0
    values_of = rankings.values_of

    async def counted(*asked: Any) -> dict[str, int]:
        nonlocal looks
        looks += 1
        await asyncio.sleep(0.05)
        return await values_of(*asked)

    monkeypatch.setattr("roundsman.figures.routes.values_of", counted)
    before = await ranking(cast, "clerk")
    bottle = before["total"] // 50
    looks = 0
    waiting = [asyncio.create_task(ranking(cast, "clerk")) for _ in range(20)]
    await asyncio.sleep(0.02)
    await sell(cast, "rep", "north", 100, sold)
    late = [asyncio.create_task(ranking(cast, "clerk")) for _ in range(20)]
    await asyncio.gather(*waiting)
    # Whoever asks after the sale sees it, whatever is being looked up already.
    assert {answer["total"] for answer in await asyncio.gather(*late)} == {before["total"] + 100 * bottle}
    assert looks <= 8, "each look is this range and the one before"


async def test_how_many_phones_are_behind(cast: Cast) -> None:
    await cast.phone("rep")
    phone = await cast.phone("other_rep")
    await phone.sync()
    found = await ranking(cast, "manager")
    assert (found["phones"], found["behind"]) == (2, 0)
    async with db.unit_of_work():
        await db.execute(
            "UPDATE sync_replica SET last_seen_at = 1 WHERE person_id = $1", cast.people["other_rep"]
        )
    assert (await ranking(cast, "manager"))["behind"] == 1
