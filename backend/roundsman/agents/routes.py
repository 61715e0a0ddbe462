"""What the office, an agent and somebody who was invited ask online. No rules of its own."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from roundsman.agents import registering
from roundsman.agents.queries import agents_seen_by, downline_of, histories_of, invitations_seen_by
from roundsman.core import db
from roundsman.core.http import After, Limit, Page, RequestCtx, page_of, read_cursor
from roundsman.core.http.paging import DEFAULT_LIMIT
from roundsman.core.times import now_ms


class Invited(msgspec.Struct, kw_only=True):
    """What an invitation tells whoever opens it: who sent it, for which company, and until when it is good."""

    inviter: str
    company: str
    expires_at: int


class Registered(msgspec.Struct, kw_only=True):
    """A registration that waits for a decision."""

    agent_id: str


class AgentListRow(msgspec.Struct, kw_only=True):
    """An agent as the office's list shows him."""

    id: str
    name: str
    mobile: str
    province: str
    city: str
    county: str
    state: str
    price_level_id: str
    upline_id: str | None
    upline_name: str | None
    note: str
    asked_at: int
    decided_at: int | None
    decision_reason: str
    territory_id: str
    owner_id: str | None
    person_id: str | None


class InvitationRow(msgspec.Struct, kw_only=True):
    """An invitation; its link is known only to who made it."""

    id: str
    upline_id: str | None
    upline_name: str | None
    price_level_id: str
    territory_id: str
    owner_id: str | None
    note: str
    uses_left: int
    expires_at: int
    is_revoked: bool
    created_by: str
    created_at: int


class UplineSpan(msgspec.Struct, kw_only=True):
    """Under whom, from when until when; None: at the top, still."""

    upline_id: str | None
    upline_name: str | None
    from_at: int
    until_at: int | None


class LevelSpan(msgspec.Struct, kw_only=True):
    """At which level, from when until when (None: still), and why."""

    price_level_id: str
    level_name: str
    from_at: int
    until_at: int | None
    reason: str


class AgentHistory(msgspec.Struct, kw_only=True):
    """Where an agent stood and what level he held, the latest first."""

    uplines: list[UplineSpan]
    levels: list[LevelSpan]


class DownlineRow(msgspec.Struct, kw_only=True):
    """Somebody below; `is_direct` when brought in by oneself."""

    id: str
    name: str
    level_name: str
    decided_at: int | None
    upline_id: str | None
    is_direct: bool


@get("/api/agents/invitations/{token:str}", opt={"is_public": True, "is_by_token": True}, tags=["agents"])
async def get_invitation(token: FromPath[str]) -> Invited:
    """What an invitation is for."""
    row = await registering.find_invitation(token[:100], now_ms())
    company = await db.fetch_value("SELECT name FROM territories WHERE parent_id IS NULL ORDER BY id LIMIT 1")
    return Invited(inviter=row["inviter_name"], company=company or "", expires_at=row["expires_at"])


@post(
    "/api/agents/registrations",
    opt={"is_public": True, "is_by_token": True},
    status_code=200,
    tags=["agents"],
)
async def post_registration(
    request: Request[Any, Any, Any], data: JSONBody[registering.Registration]
) -> Registered:
    """Ask to become an agent, with an invitation."""
    address = request.client.host if request.client else ""
    await registering.register(data, now_ms(), address=address)
    return Registered(agent_id=data.agent_id)


@get("/api/agents/agents", tags=["agents"])
async def get_agents(
    ctx: RequestCtx,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
    of_state: Annotated[str, QueryParameter(name="state", pattern="^(asked|active|refused|ended)?$")] = "",
    level: Annotated[str, QueryParameter(name="level", max_length=36)] = "",
    search: Annotated[
        str, QueryParameter(name="search", max_length=60, description="part of name or mobile")
    ] = "",
) -> Page[AgentListRow]:
    """Agents of the territories one sees, the latest to ask first."""
    ctx.require("agents.see")
    rows = await agents_seen_by(
        ctx,
        state=of_state,
        price_level_id=level,
        search=search.strip(),
        after=read_cursor(after, int, str),
        limit=limit + 1,
    )
    page = page_of(rows, limit, lambda row: (row["asked_at"], row["id"]))
    return Page(rows=[AgentListRow(**row) for row in page.rows], next=page.next)


@get("/api/agents/invitations", tags=["agents"])
async def get_invitations(
    ctx: RequestCtx, after: After = None, limit: Limit = DEFAULT_LIMIT
) -> Page[InvitationRow]:
    """One's own invitations, and for who decides those of his territories; the latest first."""
    ctx.require("agents.invite")
    rows = await invitations_seen_by(ctx, after=read_cursor(after, int, str), limit=limit + 1)
    page = page_of(rows, limit, lambda row: (row["created_at"], row["id"]))
    return Page(
        rows=[InvitationRow(**{**row, "is_revoked": bool(row["is_revoked"])}) for row in page.rows],
        next=page.next,
    )


@get("/api/agents/agents/{agent_id:str}/history", tags=["agents"])
async def get_history(ctx: RequestCtx, agent_id: FromPath[str]) -> AgentHistory:
    """Under whom an agent stood and what levels he held; staff's who see him, and his own."""
    uplines, levels = await histories_of(ctx, agent_id)
    return AgentHistory(
        uplines=[UplineSpan(**row) for row in uplines], levels=[LevelSpan(**row) for row in levels]
    )


@get("/api/agents/downline", tags=["agents"])
async def get_downline(
    ctx: RequestCtx, after: After = None, limit: Limit = DEFAULT_LIMIT
) -> Page[DownlineRow]:
    """Who stands below oneself, by name."""
    ctx.require("agents.be")
    rows = await downline_of(ctx.person, after=read_cursor(after, str, str), limit=limit + 1)
    page = page_of(rows, limit, lambda row: (row["name"], row["id"]))
    return Page(
        rows=[DownlineRow(**{**row, "is_direct": bool(row["is_direct"])}) for row in page.rows],
        next=page.next,
    )


ROUTES = (
    get_invitation,
    post_registration,
    get_agents,
    get_invitations,
    get_history,
    get_downline,
)
