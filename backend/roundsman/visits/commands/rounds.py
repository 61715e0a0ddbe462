"""Commands of the day besides the visit itself (visiting.py): planned visits skipped, and forgotten ones closed."""

from __future__ import annotations

import json

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid
from roundsman.core.ids import Id
from roundsman.core.times import Day, is_day, month_of_day
from roundsman.customers.queries import get_customer_for_fact
from roundsman.visits.commands.facts import Reason
from roundsman.visits.rules import Flag


async def close_by_rule(visit_id: str) -> None:
    """Close an open visit nobody checked out of; the time it really ended stays unknown."""
    row = await db.fetch_one(
        f"SELECT flags FROM visits WHERE id = $1 AND state = 'open'{db.for_update()}", visit_id
    )
    if row is None:
        return
    await db.execute(
        "UPDATE visits SET state = 'done', closed_by = 'rule', flags = $2 WHERE id = $1",
        visit_id,
        json.dumps([*json.loads(row["flags"]), Flag.CLOSED_BY_RULE]),
    )


class SkipVisit(Payload, kw_only=True, frozen=True):
    """A planned visit that is not made, and why."""

    visit_id: Id
    customer_id: Id
    day_on: Day
    reason: Reason
    route_id: Id | None = None


@command("visits.skip", permission="visits.do")
async def skip_visit(ctx: Ctx, cmd: SkipVisit) -> None:
    """Skip a planned visit of a day with a reason; the same customer can still be visited that day."""
    if not cmd.reason.strip():
        raise Invalid("visits.reason_missing", field="reason")
    if not is_day(cmd.day_on):
        raise Invalid("visits.no_such_day", field="day_on")
    found = await get_customer_for_fact(ctx, cmd.customer_id)
    if await db.fetch_value("SELECT 1 FROM visits WHERE id = $1", cmd.visit_id):
        raise Conflict("visits.already_there", visit_id=cmd.visit_id)
    await db.execute(
        """
        INSERT INTO visits (id, person_id, customer_id, territory_id, month, day_on, route_id, is_planned, state,
                            in_reason, skip_reason, note, flags, received_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'skipped', '', $9, '', $10, $11)
        """,
        cmd.visit_id,
        ctx.person.id,
        cmd.customer_id,
        found.row["territory_id"],
        month_of_day(cmd.day_on),
        cmd.day_on,
        cmd.route_id,
        True,
        cmd.reason.strip(),
        json.dumps([] if found.is_yours else [Flag.NOT_YOURS]),
        ctx.now,
    )
