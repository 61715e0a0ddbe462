"""Makers of invitations and agents: the ways people go, as somebody who may; keyword arguments win."""

from __future__ import annotations

import itertools
import secrets
from typing import Any

import httpx

from roundsman.agents.rules import token_hash
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, now_ms
from tests.cast import PASSWORD, Cast
from tests.make.customers import make_price_level

_numbers = itertools.count(1)


async def make_invitation(cast: Cast, who: str = "rep", **fields: Any) -> str:
    """An invitation by `who`, into north unless he is an agent; its token."""
    token = secrets.token_urlsafe(32)
    args: dict[str, Any] = {
        "invitation_id": new_id(),
        "token_hash": token_hash(token),
        "expires_at": now_ms() + DAY,
        **fields,
    }
    await cast.done(who, "agents.invite", **args)
    return token


async def register(cast: Cast, token: str, **fields: Any) -> httpx.Response:
    """A registration of somebody nobody is signed in as, whatever comes of it."""
    asked = {
        "token": token,
        "agent_id": new_id(),
        "name": "钱小云",
        "mobile": f"139{next(_numbers):08d}",
        "password": PASSWORD,
        **fields,
    }
    return await cast.anybody().post("/api/agents/registrations", json=asked)


async def make_asked(cast: Cast, token: str = "", **fields: Any) -> str:
    """Somebody who asked to become an agent; the id."""
    answer = await register(cast, token or await make_invitation(cast), **fields)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["agent_id"])


async def make_agent(cast: Cast, name: str = "", token: str = "", level_id: str = "", **fields: Any) -> str:
    """An agent in the cast under `name`, of a level of his own when none is given; the id, also his customer's."""
    level_id = level_id or await make_price_level(cast)
    agent_id = await make_asked(cast, token, **({"name": name} if name else {}), **fields)
    cast.people[name or agent_id] = new_id()
    await cast.done(
        "manager",
        "agents.approve",
        agent_id=agent_id,
        person_id=cast.people[name or agent_id],
        price_level_id=level_id,
    )
    return agent_id
