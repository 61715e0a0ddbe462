"""Commands of invitations. The token is made where the link is; only its digest comes here."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.agents.commands.rows import Word, get_own, get_upline
from roundsman.agents.queries import find_agent_of
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.core.times import DAY, Moment
from roundsman.customers.commands import require_level
from roundsman.customers.commands.rows import require_owner
from roundsman.customers.queries import territories_seen_by

LIFE_MAX = 365 * DAY


class Invite(Payload, kw_only=True, frozen=True):
    """A link that lets `uses` people ask to become agents; `token_hash` is the SHA-256 of its token, in hex.

    What is None is the inviter's: an agent's own place, a rep's own territory and himself.
    """

    invitation_id: Id
    token_hash: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    price_level_id: Id | None = None
    upline_id: Id | None = None
    territory_id: Id | None = None
    owner_id: Id | None = None
    note: Word = ""
    uses: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1
    expires_at: Moment


@command("agents.invite", permission="agents.invite")
async def invite(ctx: Ctx, cmd: Invite) -> None:
    """Make an invitation. An agent invites under himself; staff where they may see."""
    if not ctx.now < cmd.expires_at <= ctx.now + LIFE_MAX:
        raise Invalid("agents.expiry_out_of_range", field="expires_at", days=LIFE_MAX // DAY)
    if await db.fetch_value(
        "SELECT 1 FROM invitations WHERE id = $1 OR token_hash = $2", cmd.invitation_id, cmd.token_hash
    ):
        raise Conflict("agents.invitation_exists", invitation_id=cmd.invitation_id)
    is_agent = await find_agent_of(ctx.person) is not None
    upline_id, territory_id, owner_id = await (_of_agent(ctx) if is_agent else _of_staff(ctx, cmd))
    level_id = None if is_agent else cmd.price_level_id
    await require_level(level_id)
    await db.execute(
        """
        INSERT INTO invitations (id, token_hash, upline_id, price_level_id, territory_id, owner_id, note, uses_left,
                                 expires_at, is_revoked, created_by, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """,
        cmd.invitation_id,
        cmd.token_hash,
        upline_id,
        level_id or await _lowest_level(),
        territory_id,
        owner_id,
        cmd.note.strip(),
        cmd.uses,
        cmd.expires_at,
        False,
        ctx.person.id,
        ctx.now,
    )


async def _of_agent(ctx: Ctx) -> tuple[str | None, str, str | None]:
    own = await get_own(ctx)
    return own["id"], own["territory_id"], own["owner_id"]


async def _of_staff(ctx: Ctx, cmd: Invite) -> tuple[str | None, str, str | None]:
    """(upline, territory, owner) as named, or as they follow from the upline or the inviter."""
    seen = await territories_seen_by(ctx.person, ctx.now)
    upline = None if cmd.upline_id is None else await get_upline(cmd.upline_id, seen)
    territory_id = cmd.territory_id
    if territory_id is None:
        if upline is None and len(seen) != 1:
            raise Invalid("agents.territory_missing", field="territory_id")
        territory_id = str(upline["territory_id"]) if upline is not None else next(iter(seen))
    if territory_id not in seen:
        raise NotFound("customers.territory_unknown", territory_id=territory_id)
    owner_id = cmd.owner_id or (ctx.person.id if "rep" in ctx.person.roles else None)
    await require_owner(owner_id)
    return cmd.upline_id, territory_id, owner_id


async def _lowest_level() -> str:
    """The last level in their order: who is new begins there."""
    found = await db.fetch_value(
        "SELECT id FROM price_levels WHERE is_active ORDER BY position DESC, id DESC LIMIT 1"
    )
    if found is None:
        raise Conflict("agents.no_level")
    return str(found)


class RevokeInvitation(Payload, kw_only=True, frozen=True):
    """Which link shall let nobody in any more."""

    invitation_id: Id


@command("agents.revoke_invitation", permission="agents.invite")
async def revoke_invitation(ctx: Ctx, cmd: RevokeInvitation) -> None:
    """Take back an invitation of one's own, or one of the territories one decides for."""
    row = await db.fetch_one(f"SELECT * FROM invitations WHERE id = $1{db.for_update()}", cmd.invitation_id)
    if row is None or not (
        row["created_by"] == ctx.person.id
        or (
            ctx.person.may("agents.decide")
            and row["territory_id"] in await territories_seen_by(ctx.person, ctx.now)
        )
    ):
        raise NotFound("agents.invitation_unknown")
    await db.execute("UPDATE invitations SET is_revoked = $2 WHERE id = $1", cmd.invitation_id, True)
