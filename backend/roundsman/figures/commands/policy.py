"""What an administrator decides about figures."""

from __future__ import annotations

from typing import Final

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.figures.rules import Basis, Peers

_ID: Final = "company"
"""The id of the one row."""


class SetFigurePolicy(Payload, kw_only=True, frozen=True):
    """When a sale counts, and what reps see of each other: nothing, the order they stand in, or the amounts too."""

    basis: Basis
    peers: Peers


@command("figures.set_policy", permission="figures.keep_policy")
async def set_figure_policy(ctx: Ctx, cmd: SetFigurePolicy) -> None:
    """Decide it. Nothing is counted anew: every fact has its day in each basis."""
    await db.execute(
        """
        INSERT INTO figure_policy (id, basis, peers, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE
        SET basis = excluded.basis, peers = excluded.peers, changed_at = excluded.changed_at
        """,
        *(_ID, cmd.basis, cmd.peers, ctx.now),
    )
