"""Work of visits that runs by itself: closing visits nobody checked out of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roundsman.core import db
from roundsman.core.domain import Job
from roundsman.core.times import HOUR, add_days, day_on, now_ms
from roundsman.visits.commands.rounds import close_by_rule

AGE_DAYS = 2
"""A phone without signal may bring the check-out late; only visits this many days old are closed, and a check-out that
still comes puts them right."""


async def close_forgotten(arguments: Mapping[str, Any]) -> None:
    """Close open visits from AGE_DAYS ago or earlier, by the server's day."""
    before = add_days(day_on(now_ms()), -AGE_DAYS)
    for row in await db.fetch(
        "SELECT id FROM visits WHERE state = 'open' AND day_on <= $1 ORDER BY id LIMIT 1000", before
    ):
        await close_by_rule(row["id"])


JOBS = (Job(name="visits.close_forgotten", run=close_forgotten, every=HOUR // 1000),)
