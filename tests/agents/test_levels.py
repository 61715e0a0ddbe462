"""What level an agent holds: given (agents.set_level), asked for (agents.ask_upgrade, agents.decide_upgrade); and that
his phone then has the prices of that level and no other.
"""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.agents import make_agent
from tests.make.customers import make_price_level


async def levels_of(agent_id: str) -> list[tuple[str, bool, str]]:
    rows = await db.fetch(
        "SELECT price_level_id, until_at, reason FROM agent_levels WHERE agent_id = $1 ORDER BY from_at, id",
        agent_id,
    )
    return [(row["price_level_id"], row["until_at"] is None, row["reason"]) for row in rows]


async def buckets_of(cast: Cast, name: str) -> set[str]:
    assert cast.registry.buckets is not None
    return {
        bucket
        for bucket in await cast.registry.buckets(await cast.person(name), 0)
        if bucket.startswith(("level:", "buyer:", "sales"))
    }


async def test_another_level_is_another_bucket(cast: Cast) -> None:
    silver, gold = await make_price_level(cast, name="银牌"), await make_price_level(cast, name="金牌")
    agent_id = await make_agent(cast, "zhao", level_id=silver)
    assert await buckets_of(cast, "zhao") == {f"level:{silver}", f"buyer:{agent_id}"}
    phone = await cast.phone("zhao")
    await cast.done("clerk", "agents.set_level", agent_id=agent_id, price_level_id=gold, reason="季度达标")
    assert await buckets_of(cast, "zhao") == {f"level:{gold}", f"buyer:{agent_id}"}
    await phone.sync()
    assert phone.rows("agents")[agent_id]["price_level_id"] == gold
    assert await levels_of(agent_id) == [(silver, False, ""), (gold, True, "季度达标")]
    # The same again changes nothing.
    await cast.done("clerk", "agents.set_level", agent_id=agent_id, price_level_id=gold)
    assert len(await levels_of(agent_id)) == 2
    rep = await cast.phone("rep")
    assert rep.rows("customers")[agent_id]["price_level_id"] == gold


async def test_the_customers_level_is_the_agents(cast: Cast) -> None:
    silver, gold = await make_price_level(cast, name="银牌"), await make_price_level(cast, name="金牌")
    agent_id = await make_agent(cast, "zhao", level_id=silver)
    await cast.done("manager", "customers.set_level", customer_id=agent_id, level_id=gold)
    assert [level for level, _, _ in await levels_of(agent_id)] == [silver, gold]
    without = await cast.do("manager", "customers.set_level", customer_id=agent_id)
    assert without.json()["code"] == "agents.level_needed"
    assert f"level:{gold}" in await buckets_of(cast, "zhao")


async def test_an_upgrade_is_asked_decided_and_seen(cast: Cast) -> None:
    silver, gold = await make_price_level(cast, name="银牌"), await make_price_level(cast, name="金牌")
    agent_id = await make_agent(cast, "zhao", level_id=silver)
    phone = await cast.phone("zhao")
    request_id = new_id()
    phone.act("agents.ask_upgrade", {"request_id": request_id, "price_level_id": gold, "reason": "月销三万"})
    await phone.sync()
    assert phone.rows("upgrade_requests")[request_id]["state"] == "asked"
    for args, code in (
        ({"request_id": new_id(), "price_level_id": gold}, "agents.upgrade_asked"),
        ({"request_id": new_id(), "price_level_id": silver}, "agents.level_held"),
        ({"request_id": new_id(), "price_level_id": new_id()}, "customers.level_unknown"),
    ):
        assert (await cast.do("zhao", "agents.ask_upgrade", **args)).json()["code"] == code
    bare = await cast.do("manager", "agents.decide_upgrade", request_id=request_id, is_approved=False)
    assert bare.json()["code"] == "agents.reason_missing"
    rep = await cast.phone("rep")
    assert rep.rows("upgrade_requests")[request_id]["reason"] == "月销三万"
    await cast.done("manager", "agents.decide_upgrade", request_id=request_id, is_approved=True)
    twice = await cast.do("manager", "agents.decide_upgrade", request_id=request_id, is_approved=True)
    assert twice.json()["code"] == "agents.decided"
    await phone.sync()
    assert phone.rows("agents")[agent_id]["price_level_id"] == gold
    assert phone.rows("upgrade_requests")[request_id]["state"] == "approved"
    assert (await levels_of(agent_id))[-1] == (gold, True, "月销三万")


async def test_an_agent_who_is_none_any_more_holds_nothing(cast: Cast) -> None:
    agent_id = await make_agent(cast, "zhao")
    await cast.done("manager", "agents.end", agent_id=agent_id, reason="x")
    assert await buckets_of(cast, "zhao") == set()
    # A role alone makes no agent.
    assert await buckets_of(cast, "agent") == set()
    for command, args in (
        ("agents.ask_upgrade", {"request_id": new_id(), "price_level_id": new_id()}),
        ("agents.set_profile", {"profile": {"sender": "x"}}),
    ):
        assert (await cast.do("agent", command, **args)).json()["code"] == "agents.not_an_agent"


async def test_a_profile_is_the_agents_own(cast: Cast) -> None:
    agent_id = await make_agent(cast, "zhao")
    phone = await cast.phone("zhao")
    phone.act(
        "agents.set_profile", {"profile": {"sender": " 赵记 ", "mobile": "139", "street": "和平路 1 号"}}
    )
    await phone.sync()
    profile = phone.rows("agents")[agent_id]["profile"]
    assert (profile["sender"], profile["street"], profile["city"]) == ("赵记", "和平路 1 号", "")
