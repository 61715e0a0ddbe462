"""The command that moves an agent, with all below him, to another upline."""

from __future__ import annotations

from roundsman.agents import rules
from roundsman.agents.commands.rows import Note, begin_upline, get_active_agent, get_upline
from roundsman.agents.events import AgentMoved
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict
from roundsman.core.events import announce
from roundsman.core.ids import Id
from roundsman.customers.queries import territories_seen_by

# Any constant that nothing else locks.
_TREE_LOCK = 7_361_003


class MoveUpline(Payload, kw_only=True, frozen=True):
    """Under whom an agent stands from now on; None: at the top."""

    agent_id: Id
    upline_id: Id | None = None
    reason: Note = ""


@command("agents.move_upline", permission="agents.decide")
async def move_upline(ctx: Ctx, cmd: MoveUpline) -> None:
    """Put an agent under another upline; who was above him when stays known. Nobody comes to stand under himself."""
    if db.current().dialect == "postgres":
        # Two moves at once could each be fine and make a circle together.
        await db.fetch("SELECT 1 FROM pg_advisory_xact_lock($1)", _TREE_LOCK)
    agent = await get_active_agent(ctx, cmd.agent_id)
    if agent["upline_id"] == cmd.upline_id:
        return
    above = ""
    if cmd.upline_id is not None:
        upline = await get_upline(cmd.upline_id, await territories_seen_by(ctx.person, ctx.now))
        if rules.is_below(upline["path"], agent["id"]):
            raise Conflict("agents.cycle", upline_id=cmd.upline_id)
        above = upline["path"]
    before, after = agent["path"], rules.path_under(above, agent["id"])
    await db.execute(
        """
        UPDATE agents SET path = $2 || substr(path, $3), changed_at = $4 WHERE path LIKE $1
        """,
        f"{before}%",
        after,
        len(before) + 1,
        ctx.now,
    )
    await db.execute("UPDATE agents SET upline_id = $2 WHERE id = $1", agent["id"], cmd.upline_id)
    await begin_upline(agent["id"], cmd.upline_id, ctx.now)
    await announce(
        ctx,
        AgentMoved(agent_id=agent["id"], upline_id=cmd.upline_id, former_upline_id=agent["upline_id"]),
    )
