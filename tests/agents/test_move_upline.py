"""agents.move_upline: the tree has no circles, and who stood where when stays known."""

from __future__ import annotations

import asyncio

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.agents import make_agent, make_invitation
from tests.make.customers import make_customer, make_price_level


async def paths() -> dict[str, str]:
    return {row["id"]: row["path"] for row in await db.fetch("SELECT id, path FROM agents")}


async def a_chain(cast: Cast, count: int) -> list[str]:
    """Agents each under the one before; `agent0` is at the top."""
    level_id = await make_price_level(cast)
    found = [await make_agent(cast, "agent0", level_id=level_id)]
    for number in range(1, count):
        token = await make_invitation(cast, f"agent{number - 1}")
        found.append(await make_agent(cast, f"agent{number}", token, level_id))
    return found


async def test_moving_takes_all_below_along(cast: Cast) -> None:
    a, b, c, d = await a_chain(cast, 4)
    assert (await paths())[d] == f"/{a}/{b}/{c}/{d}/"
    await cast.done("manager", "agents.move_upline", agent_id=c, upline_id=a, reason="地区调整")
    assert await paths() == {a: f"/{a}/", b: f"/{a}/{b}/", c: f"/{a}/{c}/", d: f"/{a}/{c}/{d}/"}
    await cast.done("manager", "agents.move_upline", agent_id=c)
    assert (await paths())[d] == f"/{c}/{d}/"
    history = (await (await cast.client("agent2")).get(f"/api/agents/agents/{c}/history")).json()
    assert [span["upline_id"] for span in history["uplines"]] == [None, a, b]
    assert [span["until_at"] is None for span in history["uplines"]] == [True, False, False]
    other = await (await cast.client("agent0")).get(f"/api/agents/agents/{c}/history")
    assert other.status_code == 404, "what became of his downline's levels is not his to read"


async def test_nobody_comes_to_stand_under_himself(cast: Cast) -> None:
    a, b, c = await a_chain(cast, 3)
    before = await paths()
    for upline_id in (a, b, c):
        answer = await cast.do("manager", "agents.move_upline", agent_id=a, upline_id=upline_id)
        assert answer.json()["code"] == "agents.cycle", answer.text
    unknown = await cast.do("manager", "agents.move_upline", agent_id=a, upline_id=new_id())
    assert unknown.json()["code"] == "agents.upline_unknown"
    assert await paths() == before


async def test_two_moves_at_once_make_no_circle(cast: Cast) -> None:
    level_id = await make_price_level(cast)
    a = await make_agent(cast, "a", level_id=level_id)
    b = await make_agent(cast, "b", level_id=level_id)
    one, other = await asyncio.gather(
        cast.do("manager", "agents.move_upline", agent_id=a, upline_id=b),
        cast.do("clerk", "agents.move_upline", agent_id=b, upline_id=a),
    )
    assert sorted((one.status_code, other.status_code)) == [200, 409]
    found = await paths()
    assert {found[a], found[b]} in ({f"/{a}/", f"/{a}/{b}/"}, {f"/{b}/", f"/{b}/{a}/"})


async def test_an_agent_goes_where_his_customer_goes(cast: Cast) -> None:
    agent_id = await make_agent(cast, "zhao")
    rep, stranger = await cast.phone("rep"), await cast.phone("stranger")
    assert agent_id in rep.rows("agents")
    assert stranger.rows("agents") == {}
    await cast.done(
        "administrator",
        "customers.assign",
        customer_id=agent_id,
        territory_id=cast.territories["west"],
        owner_id=cast.people["stranger"],
    )
    await rep.sync()
    await stranger.sync()
    assert rep.rows("agents") == {}
    assert agent_id in stranger.rows("agents")
    listed = await (await cast.client("rep")).get("/api/agents/agents")
    assert listed.json()["rows"] == []


async def test_the_list_is_searched_paged_and_scoped(cast: Cast) -> None:
    level_id = await make_price_level(cast)
    token = await make_invitation(cast, uses=9)
    for name in ("甲", "乙", "丙"):
        await make_agent(cast, name, token, level_id)
    await make_customer(cast)
    client = await cast.client("manager")
    first = (await client.get("/api/agents/agents?limit=2")).json()
    rest = (await client.get(f"/api/agents/agents?limit=2&after={first['next']}")).json()
    assert [row["name"] for row in first["rows"] + rest["rows"]] == ["丙", "乙", "甲"]
    found = (await client.get("/api/agents/agents?search=乙&state=active")).json()
    assert [row["name"] for row in found["rows"]] == ["乙"]
    assert (await client.get("/api/agents/agents?state=asked")).json()["rows"] == []
    assert (await (await cast.client("stranger")).get("/api/agents/agents")).json()["rows"] == []
    assert (await (await cast.client("agent")).get("/api/agents/agents")).status_code == 403
