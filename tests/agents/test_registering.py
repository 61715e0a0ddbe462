"""Becoming an agent: invited (agents.invite, agents.revoke_invitation), registered, approved or refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, FixedClock, now_ms, use_clock
from tests.cast import PASSWORD, Cast
from tests.make.agents import make_agent, make_asked, make_invitation, register
from tests.make.customers import make_price_level


@pytest.fixture(autouse=True)
def clock() -> Iterator[FixedClock]:
    # The cast's memberships began a moment ago.
    clock = FixedClock(now_ms())
    with use_clock(clock):
        yield clock


async def agent_row(agent_id: str) -> db.Row:
    row = await db.fetch_one("SELECT * FROM agents WHERE id = $1", agent_id)
    assert row is not None
    return row


async def test_from_the_link_to_the_first_sign_in(cast: Cast, clock: FixedClock) -> None:
    level_id = await make_price_level(cast, name="银牌", position=5)
    token = await make_invitation(cast, note="展会")
    asked = await cast.anybody().get(f"/api/agents/invitations/{token}")
    assert asked.json() == {"inviter": "Rep", "company": "Company", "expires_at": clock.at + DAY}
    agent_id = await make_asked(cast, token, name="孙 小云", mobile="+86 139-1234-5678", county="徐汇区")
    row = await agent_row(agent_id)
    assert (row["state"], row["mobile"], row["price_level_id"]) == ("asked", "13912345678", level_id)
    assert (row["territory_id"], row["owner_id"]) == (cast.territories["north"], cast.people["rep"])
    # Nothing of him is a customer or may sign in before somebody decided.
    signed = {"login": "13912345678", "password": PASSWORD}
    assert (await cast.anybody().post("/api/identity/sign_in", json=signed)).status_code == 403
    rep = await cast.phone("rep")
    assert rep.rows("agents")[agent_id]["state"] == "asked"
    assert agent_id not in rep.rows("customers")
    cast.people["new"] = new_id()
    await cast.done("manager", "agents.approve", agent_id=agent_id, person_id=cast.people["new"])
    assert (await cast.anybody().post("/api/identity/sign_in", json=signed)).status_code == 200
    await rep.sync()
    customer = rep.rows("customers")[agent_id]
    assert (customer["name"], customer["phone"], customer["county"]) == ("孙 小云", "13912345678", "徐汇区")
    assert (customer["price_level_id"], customer["owner_id"]) == (level_id, cast.people["rep"])
    row = await agent_row(agent_id)
    assert (row["state"], row["path"], row["password_hash"]) == ("active", f"/{agent_id}/", None)
    phone = await cast.phone("new")
    assert phone.rows("agents") == {agent_id: phone.rows("agents")[agent_id]}
    # Staff's remarks about him as a customer are not his to read.
    assert phone.rows("customers") == {}


async def test_registering_twice_is_once_and_uses_the_invitation_up(cast: Cast) -> None:
    await make_price_level(cast)
    token = await make_invitation(cast)
    agent_id = await make_asked(cast, token, mobile="13900001111")
    again = await register(cast, token, agent_id=agent_id, mobile="13900001111")
    assert (again.status_code, again.json()) == (200, {"agent_id": agent_id})
    other = await register(cast, token)
    assert (other.status_code, other.json()["code"]) == (410, "agents.invitation_used")
    assert await db.fetch_value("SELECT count(*) FROM agents") == 1


async def test_an_invitation_ends(cast: Cast, clock: FixedClock) -> None:
    await make_price_level(cast)
    invitation_id = new_id()
    token = await make_invitation(cast, invitation_id=invitation_id, uses=5)
    unseen = await cast.do("stranger", "agents.revoke_invitation", invitation_id=invitation_id)
    assert unseen.status_code == 404
    await cast.done("manager", "agents.revoke_invitation", invitation_id=invitation_id)
    assert (await register(cast, token)).json()["code"] == "agents.invitation_revoked"
    late = await make_invitation(cast)
    clock.advance(2 * DAY)
    assert (await register(cast, late)).json()["code"] == "agents.invitation_expired"
    assert (await cast.anybody().get(f"/api/agents/invitations/{'x' * 30}")).status_code == 404


async def test_registering_refuses_what_cannot_be_and_tells_nothing_about_others(cast: Cast) -> None:
    await make_price_level(cast)
    token = await make_invitation(cast, uses=9)
    for bad, code in (
        ({"mobile": "021-61234567"}, "agents.mobile_unreadable"),
        ({"name": "   "}, "agents.name_missing"),
        ({"password": "12345678901"[:5]}, "identity.password_weak"),
        # The rep's own number, and one somebody else is waiting with.
        ({"mobile": "13800000000"}, "agents.mobile_taken"),
    ):
        answer = await register(cast, token, **bad)
        assert answer.json()["code"] == code, answer.text
    await make_asked(cast, token, mobile="13700001111")
    answer = await register(cast, token, mobile="13700001111")
    assert answer.json()["code"] == "agents.mobile_taken"
    assert "Rep" not in answer.text
    assert await db.fetch_value("SELECT uses_left FROM invitations") == 8


async def test_guesses_are_throttled_like_passwords(cast: Cast) -> None:
    await make_price_level(cast)
    token = await make_invitation(cast, uses=3)
    # Fine ones cost nothing.
    await make_asked(cast, token)
    for _ in range(51):
        await register(cast, "y" * 43)
    answer = await register(cast, token)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


async def test_an_agent_invites_only_under_himself(cast: Cast) -> None:
    low = await make_price_level(cast, name="铜牌", position=9)
    high = await make_price_level(cast, name="金牌", position=1)
    upline = await make_agent(cast, "upline", level_id=high)
    token = await make_invitation(
        cast, "upline", territory_id=cast.territories["west"], price_level_id=high, upline_id=None
    )
    below = await make_asked(cast, token)
    row = await agent_row(below)
    assert (row["upline_id"], row["price_level_id"]) == (upline, low)
    assert (row["territory_id"], row["owner_id"]) == (cast.territories["north"], cast.people["rep"])
    cast.people["below"] = new_id()
    await cast.done("manager", "agents.approve", agent_id=below, person_id=cast.people["below"])
    assert (await agent_row(below))["path"] == f"/{upline}/{below}/"
    seen = await (await cast.client("upline")).get("/api/agents/downline")
    assert [(one["id"], one["is_direct"]) for one in seen.json()["rows"]] == [(below, True)]
    assert "13" not in "".join(str(one.get("mobile", "")) for one in seen.json()["rows"])
    assert (await (await cast.client("below")).get("/api/agents/downline")).json()["rows"] == []


async def test_whoever_is_invited_by_one_who_left_stands_under_the_next_above(cast: Cast) -> None:
    level_id = await make_price_level(cast)
    top = await make_agent(cast, "top", level_id=level_id)
    middle = await make_agent(cast, "middle", await make_invitation(cast, "top"), level_id)
    asked = await make_asked(cast, await make_invitation(cast, "middle"))
    await cast.done("clerk", "agents.end", agent_id=middle, reason="不做了")
    cast.people["new"] = new_id()
    await cast.done("manager", "agents.approve", agent_id=asked, person_id=cast.people["new"])
    assert (await agent_row(asked))["upline_id"] == top


async def test_refusing_and_ending(cast: Cast, clock: FixedClock) -> None:
    await make_price_level(cast)
    agent_id = await make_asked(cast, mobile="13600001111")
    for command in ("agents.refuse", "agents.end"):
        unseen = await cast.do("stranger", command, agent_id=agent_id, reason="x")
        assert unseen.status_code == 403, command
    bare = await cast.do("manager", "agents.refuse", agent_id=agent_id, reason="  ")
    assert bare.json()["code"] == "agents.reason_missing"
    await cast.done("manager", "agents.refuse", agent_id=agent_id, reason="不在服务区")
    row = await agent_row(agent_id)
    assert (row["state"], row["decision_reason"], row["password_hash"]) == ("refused", "不在服务区", None)
    again = await cast.do("manager", "agents.approve", agent_id=agent_id, person_id=new_id())
    assert again.json()["code"] == "agents.decided"
    # Refused once is no reason not to ask again.
    second = await make_agent(cast, "again", mobile="13600001111")
    await cast.done("manager", "agents.end", agent_id=second, reason="合同到期")
    signed = {"login": "13600001111", "password": PASSWORD}
    assert (await cast.anybody().post("/api/identity/sign_in", json=signed)).status_code == 403
    kept = await db.fetch_value("SELECT until_at FROM agent_levels WHERE agent_id = $1", second)
    assert kept == clock.at


async def test_inviting_refuses_places_one_does_not_see(cast: Cast, clock: FixedClock) -> None:
    await make_price_level(cast)
    args = {"invitation_id": new_id(), "token_hash": "a" * 64, "expires_at": clock.at + DAY}
    west = cast.territories["west"]
    for who, more, code in (
        ("rep", {"territory_id": west}, "customers.territory_unknown"),
        ("manager", {}, "agents.territory_missing"),
        ("rep", {"upline_id": new_id()}, "agents.upline_unknown"),
        ("rep", {"expires_at": clock.at}, "agents.expiry_out_of_range"),
        ("rep", {"owner_id": new_id()}, "customers.owner_unknown"),
        ("rep", {"price_level_id": new_id()}, "customers.level_unknown"),
    ):
        answer = await cast.do(who, "agents.invite", **{**args, **more})
        assert answer.json()["code"] == code, (who, more, answer.text)
    await cast.done("rep", "agents.invite", **args)
    twice = await cast.do("rep", "agents.invite", **args)
    assert twice.json()["code"] == "agents.invitation_exists"
    mine = await (await cast.client("rep")).get("/api/agents/invitations")
    assert [one["id"] for one in mine.json()["rows"]] == [args["invitation_id"]]
    theirs = await (await cast.client("stranger")).get("/api/agents/invitations")
    assert theirs.json()["rows"] == []
