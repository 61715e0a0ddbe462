"""visits.arrange_stops: the order of a round, whatever came and went meanwhile."""

from __future__ import annotations

from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.visits import make_route
from tests.phone import Phone, assert_stale_equals_fresh


def order(phone: Phone) -> list[str]:
    return [row["id"] for row in sorted(phone.rows("route_stops").values(), key=lambda row: row["position"])]


async def test_arrange_stops_puts_them_in_order_and_keeps_the_rest_behind(cast: Cast) -> None:
    customers = [await make_customer(cast, name=name) for name in "甲乙丙丁"]
    route_id = await make_route(cast, customers)
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    a, b, c, d = order(phone)
    await phone.do("visits.arrange_stops", {"route_id": route_id, "stop_ids": [d, new_id(), b, d]})
    assert order(phone) == [d, b, a, c]
    await manager.do("visits.arrange_stops", {"route_id": route_id, "stop_ids": [a]})
    await phone.sync()
    assert order(phone) == [a, d, b, c]
    for one in (phone, manager):
        await assert_stale_equals_fresh(one)


async def test_arrange_stops_changes_nothing_where_nothing_changed(cast: Cast) -> None:
    route_id = await make_route(cast, [await make_customer(cast, name=name) for name in "甲乙"])
    phone = await cast.phone("rep")
    await cast.done("rep", "visits.arrange_stops", route_id=route_id, stop_ids=order(phone))
    await cast.done("rep", "visits.arrange_stops", route_id=route_id, stop_ids=[])
    pages = await phone.pull()
    assert not any(entry for page in pages for entry in page["entries"])
