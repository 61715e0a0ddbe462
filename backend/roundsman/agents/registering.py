"""Asking to become an agent: the one write of agents nobody is signed in for. It needs an invitation's token."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.agents import rules
from roundsman.agents.commands.rows import Name, Note, Word
from roundsman.core import db
from roundsman.core.errors import Conflict, Gone, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.identity.commands import hash_acceptable
from roundsman.identity.queries import deciders_of
from roundsman.identity.throttle import address_throttle, charge, refund
from roundsman.messages.commands import Told, tell_each

Token = Annotated[str, msgspec.Meta(min_length=20, max_length=100)]


class Registration(msgspec.Struct, kw_only=True):
    """Who wants to become an agent. `agent_id` is made where the form is, so that sending it twice is once."""

    token: Token
    agent_id: Id
    name: Name
    mobile: Word
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
    province: Word = ""
    city: Word = ""
    county: Word = ""
    note: Note = ""


async def find_invitation(token: str, now: int, *, is_locked: bool = False) -> db.Row:
    """The invitation a token opens, with `inviter_name`.

    Raises NotFound("agents.invitation_unknown") and Gone with the reason it is of no use any more.
    """
    lock = db.for_update() if is_locked else ""
    row = await db.fetch_one(
        f"SELECT * FROM invitations WHERE token_hash = $1{lock}", rules.token_hash(token)
    )
    if row is None:
        raise NotFound("agents.invitation_unknown")
    inviter = await db.fetch_one("SELECT name, is_active FROM people WHERE id = $1", row["created_by"])
    fault = rules.invitation_fault(
        is_revoked=bool(row["is_revoked"]) or inviter is None or not inviter["is_active"],
        uses_left=row["uses_left"],
        expires_at=row["expires_at"],
        now=now,
    )
    if fault is not None:
        raise Gone(fault)
    return {**row, "inviter_name": inviter["name"] if inviter else ""}


async def register(asked: Registration, now: int, *, address: str) -> None:
    """Keep a registration for staff to decide about; the same one again changes nothing.

    Every try counts against the address like a sign-in that failed, and is taken back when it was fine. A number that
    is already somebody's is refused without saying whose. Raises Busy, Invalid, NotFound, Gone and Conflict.
    """
    throttles = [address_throttle(address)]
    await charge(throttles, now)
    if await _is_kept(asked):
        async with db.unit_of_work():
            await refund(throttles)
        return
    await find_invitation(asked.token, now)
    name, mobile = " ".join(asked.name.split()), rules.mobile_of(asked.mobile)
    if not name:
        raise Invalid("agents.name_missing", field="name")
    if mobile is None:
        raise Invalid("agents.mobile_unreadable", field="mobile")
    hashed = await hash_acceptable(asked.password, name, mobile)
    async with db.unit_of_work():
        invitation = await find_invitation(asked.token, now, is_locked=True)
        if await db.fetch_value(
            """
            SELECT 1 FROM people WHERE phone = $1
            UNION ALL SELECT 1 FROM agents WHERE mobile = $1 AND state IN ('asked', 'active')
            """,
            mobile,
        ):
            raise Conflict("agents.mobile_taken", field="mobile")
        if await db.fetch_value("SELECT 1 FROM agents WHERE id = $1", asked.agent_id):
            raise Conflict("agents.already_there")
        await _keep(asked, invitation, name, mobile, hashed, now)
        await _tell_deciders(asked.agent_id, name, invitation["territory_id"], now)
        await refund(throttles)


async def _tell_deciders(agent_id: str, name: str, territory_id: str, now: int) -> None:
    """Tell whoever may decide there that somebody wants to become an agent."""
    deciders = (await deciders_of([territory_id], now, roles=("manager", "clerk")))[territory_id]
    await tell_each(
        [
            Told(person, "approval_wanted", "/agents", f"agent:{agent_id}", {"what": "agent", "name": name})
            for person in deciders
        ],
        now,
    )


async def _is_kept(asked: Registration) -> bool:
    """Whether this very registration has arrived before: the same id through the same invitation."""
    return (
        await db.fetch_value(
            """
            SELECT 1 FROM agents JOIN invitations ON invitations.id = agents.invitation_id
            WHERE agents.id = $1 AND token_hash = $2
            """,
            asked.agent_id,
            rules.token_hash(asked.token),
        )
        is not None
    )


async def _keep(
    asked: Registration, invitation: db.Row, name: str, mobile: str, hashed: str, now: int
) -> None:
    await db.execute("UPDATE invitations SET uses_left = uses_left - 1 WHERE id = $1", invitation["id"])
    await db.execute(
        """
        INSERT INTO agents (id, invitation_id, name, mobile, password_hash, province, city, county, state,
                            price_level_id, upline_id, path, profile, note, asked_at, decision_reason, territory_id,
                            owner_id, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'asked', $9, $10, '', '{}', $11, $12, '', $13, $14, $12)
        """,
        asked.agent_id,
        invitation["id"],
        name,
        mobile,
        hashed,
        asked.province.strip(),
        asked.city.strip(),
        asked.county.strip(),
        invitation["price_level_id"],
        invitation["upline_id"],
        asked.note.strip(),
        now,
        invitation["territory_id"],
        invitation["owner_id"],
    )
