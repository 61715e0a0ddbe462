"""The demo's price levels and agents: invited, registered and approved as anybody is."""

from __future__ import annotations

import secrets

from roundsman.agents.registering import Registration, register
from roundsman.agents.rules import token_hash
from roundsman.core import db
from roundsman.core.times import DAY
from roundsman.demo.company import ACCOUNTS, ASKING_AGENT, LEVELS, PASSWORD
from roundsman.demo.doing import Doer, id_of


async def load_agents(does: Doer) -> None:
    """赵强, whom a rep brought in, and somebody he brought in himself, who waits to be approved."""
    for position, (key, name) in enumerate(LEVELS):
        await does(
            "chen",
            "customers.set_price_level",
            level_id=id_of("level", key),
            name=name,
            position=position,
        )
    zhao = next(account for account in ACCOUNTS if account.login == "zhao")
    agent_id = id_of("agent", zhao.login)
    await _registers(does, "wang", agent_id, zhao.name, zhao.phone, level=LEVELS[1][0])
    await does("wu", "agents.approve", agent_id=agent_id, person_id=id_of("person", zhao.login))
    # Approved he signs in with his mobile; in the demo everybody has a short name for it too.
    await does("chen", "identity.edit_person", person_id=id_of("person", zhao.login), login=zhao.login)
    name, mobile, note = ASKING_AGENT
    await _registers(does, zhao.login, id_of("agent", name), name, mobile, note=note)


async def _registers(
    does: Doer,
    inviter: str,
    agent_id: str,
    name: str,
    mobile: str,
    *,
    level: str | None = None,
    note: str = "",
) -> None:
    """An invitation by somebody, and a registration through it. Its token is known to nobody afterwards."""
    if await db.fetch_value("SELECT 1 FROM agents WHERE id = $1", agent_id):
        return
    token = secrets.token_urlsafe(32)
    await does(
        inviter,
        "agents.invite",
        invitation_id=id_of("invitation", agent_id, token),
        token_hash=token_hash(token),
        price_level_id=None if level is None else id_of("level", level),
        expires_at=does.now + DAY,
    )
    asked = Registration(
        token=token, agent_id=agent_id, name=name, mobile=mobile, password=PASSWORD, note=note
    )
    await register(asked, does.now, address="")
