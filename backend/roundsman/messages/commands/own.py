"""Commands of a person about his own messages: what he read, and how he wants to be told. Nobody has any about those of
others.
"""

from __future__ import annotations

import json
from typing import Annotated, Literal

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Invalid
from roundsman.core.ids import Id
from roundsman.core.times import Moment
from roundsman.messages.queries import settings_of
from roundsman.messages.rules import MINUTES_OF_A_DAY

Kind = Literal[
    "approval_wanted", "order_moved", "customer_assigned", "comment", "target_reached", "command_refused"
]
Minute = Annotated[int, msgspec.Meta(ge=0, lt=MINUTES_OF_A_DAY, description="minute of the day")]


class ReadMessages(Payload, kw_only=True, frozen=True):
    """Which ones, or everything told up to a moment, by the server's clock."""

    message_ids: Annotated[list[Id], msgspec.Meta(max_length=200)] = []
    up_to: Moment | None = None


@command("messages.read", permission=None)
async def read_messages(ctx: Ctx, cmd: ReadMessages) -> None:
    """Mark one's own messages as read. What is not one's own, or is no longer kept, is passed over: a phone may have
    been away for long.
    """
    await db.execute(
        f"""
        UPDATE messages SET read_at = $2
        WHERE person_id = $1 AND read_at IS NULL AND (id {db.any_of("$3")} OR at <= $4)
        """,
        *(ctx.person.id, ctx.true_at, list(cmd.message_ids), -1 if cmd.up_to is None else cmd.up_to),
    )


class MuteMessages(Payload, kw_only=True, frozen=True):
    """A kind, and whether it shall be silent."""

    kind: Kind
    is_muted: bool


@command("messages.mute", permission=None)
async def mute_messages(ctx: Ctx, cmd: MuteMessages) -> None:
    """Have a kind of message come in as read and without a sound from now on, or be heard again."""
    muted = set(json.loads((await settings_of(ctx.person.id))["muted"]))
    muted = muted | {cmd.kind} if cmd.is_muted else muted - {cmd.kind}
    await db.execute(
        """
        INSERT INTO message_settings (id, muted) VALUES ($1, $2)
        ON CONFLICT (id) DO UPDATE SET muted = excluded.muted
        """,
        *(ctx.person.id, json.dumps(sorted(muted))),
    )


class SetQuietHours(Payload, kw_only=True, frozen=True):
    """From which minute of the company's day to which; both None: never."""

    quiet_from: Minute | None = None
    quiet_until: Minute | None = None


@command("messages.set_quiet_hours", permission=None)
async def set_quiet_hours(ctx: Ctx, cmd: SetQuietHours) -> None:
    """Say when no phone shall ring; what comes meanwhile lies in the inbox and is heard of afterwards."""
    if (cmd.quiet_from is None) != (cmd.quiet_until is None):
        raise Invalid("messages.half_quiet_hours", field="quiet_until")
    if cmd.quiet_from is not None and cmd.quiet_from == cmd.quiet_until:
        raise Invalid("messages.empty_quiet_hours", field="quiet_until")
    await db.execute(
        """
        INSERT INTO message_settings (id, muted, quiet_from, quiet_until) VALUES ($1, '[]', $2, $3)
        ON CONFLICT (id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until
        """,
        *(ctx.person.id, cmd.quiet_from, cmd.quiet_until),
    )


COMMANDS = (read_messages, mute_messages, set_quiet_hours)
