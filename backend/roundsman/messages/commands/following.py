"""What messages tell of by themselves, since what happens there knows no domain."""

from __future__ import annotations

from roundsman.core.context import Ctx
from roundsman.core.decisions import CommandSentBack
from roundsman.core.events import on
from roundsman.messages.commands.telling import tell


@on(CommandSentBack)
async def author_hears_of_refusal(ctx: Ctx, event: CommandSentBack) -> None:
    """Whoever recorded something is told when it was turned down later, while he was not looking."""
    about = {"name": event.name, "code": event.code, "said": event.message}
    await tell(ctx, [event.person_id], "command_refused", "/outbox", about, f"command:{event.uuid}")
