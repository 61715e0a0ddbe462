"""visits.plan_route: a rep plans his own round, a manager anybody's below him."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.visits import make_route
from tests.phone import assert_stale_equals_fresh


def route(
    cast: Cast, customers: list[str], who: str = "rep", where: str = "north", **fields: Any
) -> dict[str, Any]:
    return {
        "route_id": new_id(),
        "name": " 周一线 ",
        "person_id": cast.people[who],
        "territory_id": cast.territories[where],
        "weekdays": 1,
        "from_on": "2026-01-05",
        "stops": [{"stop_id": new_id(), "customer_id": customer} for customer in customers],
        **fields,
    }


async def test_plan_route_reaches_the_rep_and_his_manager_and_nobody_else(cast: Cast) -> None:
    customers = [await make_customer(cast, name=name) for name in ("甲", "乙")]
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    others = [await cast.phone(name) for name in ("other_rep", "stranger", "agent", "clerk")]
    given = route(cast, customers, every_weeks=2, until_on="2026-12-31")
    uuid = await phone.do("visits.plan_route", given)
    assert phone.status(uuid) == "applied", phone.code(uuid)
    row = phone.rows("routes")[given["route_id"]]
    assert (row["name"], row["weekdays"], row["every_weeks"]) == ("周一线", 1, 2)
    assert (row["until_on"], row["skips_holidays"], row["is_active"]) == ("2026-12-31", True, True)
    stops = sorted(phone.rows("route_stops").values(), key=lambda stop: stop["position"])
    assert [stop["customer_id"] for stop in stops] == customers
    for one in (phone, manager):
        await assert_stale_equals_fresh(one)
        assert given["route_id"] in one.rows("routes")
    for other in others:
        await other.sync()
        assert other.rows("routes") == other.rows("route_stops") == {}


async def test_plan_route_again_replaces_it_and_moves_it_to_another(cast: Cast) -> None:
    first, second = await make_customer(cast, name="甲"), await make_customer(cast, name="乙")
    await cast.assign("other_rep", "north")
    route_id = await make_route(cast, [first, second])
    phone, other = await cast.phone("rep"), await cast.phone("other_rep")
    kept = next(row["id"] for row in phone.rows("route_stops").values() if row["customer_id"] == second)
    given = route(cast, [], "other_rep", route_id=route_id, stops=[{"stop_id": kept, "customer_id": second}])
    await cast.done("manager", "visits.plan_route", **given)
    for one in (phone, other):
        await one.sync()
        await assert_stale_equals_fresh(one)
    assert phone.rows("routes") == phone.rows("route_stops") == {}
    assert list(other.rows("route_stops")) == [kept]


async def test_plan_route_takes_ones_own_customer_of_another_territory(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    await cast.done(
        "manager",
        "customers.assign",
        customer_id=customer_id,
        territory_id=cast.territories["south"],
        owner_id=cast.people["rep"],
    )
    assert (await cast.do("rep", "visits.plan_route", **route(cast, [customer_id]))).status_code == 200


async def test_plan_route_for_somebody_needs_him_to_see_its_customers(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    for walker, where in (("other_rep", "north"), ("stranger", "north"), ("agent", "north")):
        answer = await cast.do("manager", "visits.plan_route", **route(cast, [customer_id], walker, where))
        assert (answer.status_code, answer.json()["code"]) == (404, "customers.unknown")
    unknown = {**route(cast, [customer_id]), "person_id": new_id()}
    answer = await cast.do("manager", "visits.plan_route", **unknown)
    assert (answer.status_code, answer.json()["code"]) == (404, "visits.person_unknown")
    assert (await cast.do("manager", "visits.plan_route", **route(cast, [customer_id]))).status_code == 200


async def test_plan_route_is_ones_own_or_ones_teams(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    await cast.assign("other_rep", "north")
    for who, walker, where, status, code in (
        ("other_rep", "rep", "north", 403, "visits.not_your_route"),
        ("rep", "rep", "south", 404, "customers.territory_unknown"),
        ("stranger", "stranger", "north", 404, "customers.territory_unknown"),
        ("stranger", "stranger", "west", 404, "customers.unknown"),
        ("clerk", "rep", "north", 403, "forbidden"),
        ("agent", "agent", "north", 403, "forbidden"),
    ):
        answer = await cast.do(who, "visits.plan_route", **route(cast, [customer_id], walker, where))
        assert (answer.status_code, answer.json()["code"]) == (status, code), who
    assert await db.fetch_value("SELECT count(*) FROM routes") == 0


async def test_plan_route_over_anothers_tells_nothing_and_changes_nothing(cast: Cast) -> None:
    route_id = await make_route(cast, [await make_customer(cast)])
    own = await make_customer(cast, "stranger", "west")
    stop_id = await db.fetch_value("SELECT id FROM route_stops")
    given = route(cast, [own], "stranger", "west", route_id=route_id)
    answer = await cast.do("stranger", "visits.plan_route", **given)
    assert (answer.status_code, answer.json()["code"]) == (404, "visits.route_unknown")
    assert cast.territories["north"] not in answer.text
    given = route(cast, [], "stranger", "west", stops=[{"stop_id": stop_id, "customer_id": own}])
    answer = await cast.do("stranger", "visits.plan_route", **given)
    assert (answer.status_code, answer.json()["code"]) == (409, "visits.stop_elsewhere")
    assert await db.fetch_value("SELECT route_id FROM route_stops") == route_id
    assert await db.fetch_value("SELECT person_id FROM routes") == cast.people["rep"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"weekdays": 0}, "invalid"),
        ({"weekdays": 128}, "invalid"),
        ({"every_weeks": 0}, "invalid"),
        ({"name": ""}, "invalid"),
        ({"from_on": "2026-02-30"}, "visits.no_such_day"),
        ({"until_on": "2026-01-04"}, "visits.ends_before_it_begins"),
    ],
)
async def test_plan_route_refuses_nonsense(cast: Cast, changed: dict[str, Any], code: str) -> None:
    answer = await cast.do("rep", "visits.plan_route", **route(cast, [], **changed))
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_plan_route_refuses_one_customer_twice(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    answer = await cast.do("rep", "visits.plan_route", **route(cast, [customer_id, customer_id]))
    assert (answer.status_code, answer.json()["code"]) == (422, "visits.stop_twice")
