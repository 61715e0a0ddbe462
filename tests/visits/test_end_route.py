"""visits.end_route: a route no longer walked stays where its visits point."""

from __future__ import annotations

from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.visits import make_route
from tests.phone import assert_stale_equals_fresh


async def test_end_route_by_its_rep_or_his_manager(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    for one in (phone, manager):
        route_id = await make_route(cast, [customer_id])
        uuid = await one.do("visits.end_route", {"route_id": route_id})
        assert one.status(uuid) == "applied"
        await phone.sync()
        assert phone.rows("routes")[route_id]["is_active"] is False
        assert any(stop["route_id"] == route_id for stop in phone.rows("route_stops").values())
    await assert_stale_equals_fresh(phone)


async def test_end_route_of_somebody_who_left_is_his_managers_to_end(cast: Cast) -> None:
    route_id = await make_route(cast, [await make_customer(cast)])
    await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["rep"])
    await cast.done("manager", "visits.end_route", route_id=route_id)
    manager = await cast.phone("manager")
    assert manager.rows("routes")[route_id]["is_active"] is False


async def test_end_route_of_anothers_is_unknown_and_not_told_apart(cast: Cast) -> None:
    await cast.assign("other_rep", "north")
    route_id = await make_route(cast, [await make_customer(cast)])
    for who, status in (
        ("other_rep", 404),
        ("stranger", 404),
        ("agent", 403),
        ("courier", 403),
        ("clerk", 403),
    ):
        for command, args in (("visits.end_route", {}), ("visits.arrange_stops", {"stop_ids": []})):
            mine = await cast.do(who, command, route_id=route_id, **args)
            nobodys = await cast.do(who, command, route_id=new_id(), **args)
            assert mine.status_code == nobodys.status_code == status
            assert mine.json()["code"] == nobodys.json()["code"]
            assert set(mine.json()["details"]) == set(nobodys.json()["details"])
    phone = await cast.phone("rep")
    assert phone.rows("routes")[route_id]["is_active"] is True
