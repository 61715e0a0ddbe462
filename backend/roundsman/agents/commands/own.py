"""What an agent changes of himself."""

from __future__ import annotations

import msgspec

from roundsman.agents.commands.rows import Line, Word, get_own
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command


class Profile(msgspec.Struct, kw_only=True, frozen=True):
    """Who sends an agent's parcels, as it fills itself in; each order may say otherwise."""

    sender: Word = ""
    mobile: Word = ""
    province: Word = ""
    city: Word = ""
    county: Word = ""
    street: Line = ""


class SetProfile(Payload, kw_only=True, frozen=True):
    """One's own shipping profile."""

    profile: Profile


@command("agents.set_profile", permission="agents.be")
async def set_profile(ctx: Ctx, cmd: SetProfile) -> None:
    """Keep one's shipping profile."""
    own = await get_own(ctx)
    trimmed = {name: text.strip() for name, text in msgspec.structs.asdict(cmd.profile).items()}
    await db.execute(
        "UPDATE agents SET profile = $2, changed_at = $3 WHERE id = $1",
        own["id"],
        msgspec.json.encode(trimmed).decode(),
        ctx.now,
    )
