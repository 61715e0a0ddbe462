"""customers.set_price_level and customers.set_level: what levels there are, and which one a customer pays by."""

from __future__ import annotations

from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import make_customer, make_price_level


async def test_set_price_level_reaches_everybody(cast: Cast) -> None:
    level_id = await make_price_level(cast, name="银牌", position=2)
    rep, agent = await cast.phone("rep"), await cast.phone("agent")
    assert rep.rows("price_levels")[level_id]["name"] == "银牌"
    # An agent asks for a better one by its name; what it costs at one is in no row of his.
    assert agent.rows("price_levels")[level_id]["position"] == 2
    await cast.done("manager", "customers.set_price_level", level_id=level_id, name="金牌", is_active=False)
    await rep.sync()
    assert rep.rows("price_levels")[level_id] == {
        "id": level_id,
        "name": "金牌",
        "position": 0,
        "is_active": False,
    }


async def test_set_price_level_refuses_nonsense(cast: Cast) -> None:
    for bad in ({"name": "  "}, {"position": -1}):
        answer = await cast.do(
            "manager", "customers.set_price_level", **{"level_id": new_id(), "name": "x", **bad}
        )
        assert answer.status_code == 422, bad


async def test_set_level_is_seen_where_the_customer_is(cast: Cast) -> None:
    level_id = await make_price_level(cast)
    customer_id = await make_customer(cast)
    rep = await cast.phone("rep")
    assert rep.rows("customers")[customer_id]["price_level_id"] is None
    await cast.done("manager", "customers.set_level", customer_id=customer_id, level_id=level_id)
    (listed,) = (await (await cast.client("clerk")).get("/api/customers")).json()["rows"]
    assert (listed["id"], listed["price_level_id"]) == (customer_id, level_id)
    await rep.sync()
    assert rep.rows("customers")[customer_id]["price_level_id"] == level_id
    await cast.done("clerk", "customers.set_level", customer_id=customer_id)
    await rep.sync()
    assert rep.rows("customers")[customer_id]["price_level_id"] is None


async def test_set_level_refuses_a_level_that_is_not_used_and_a_customer_that_is_not_yours(
    cast: Cast,
) -> None:
    unused = await make_price_level(cast, is_active=False)
    customer_id = await make_customer(cast)
    for level_id in (unused, new_id()):
        answer = await cast.do("manager", "customers.set_level", customer_id=customer_id, level_id=level_id)
        assert answer.json()["code"] == "customers.level_unknown"
    unseen = await cast.do("manager", "customers.set_level", customer_id=new_id())
    assert unseen.json()["code"] == "customers.unknown"
