"""Commands of the day: check-in, check-out, and planned visits skipped; steps are in steps.py.

These are facts. A fact is refused only when it cannot be one (an unknown customer, a second open visit); what a rule
dislikes about it becomes a flag a manager sees, because the phone may have judged by an older pin or step list.
"""

from __future__ import annotations

import json

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, Invalid
from roundsman.core.ids import Id
from roundsman.core.times import DAY, Day, day_on, is_day, month_of_day
from roundsman.customers.commands import set_first_pin
from roundsman.customers.queries import CustomerForFact, get_customer_for_fact
from roundsman.visits import rules
from roundsman.visits.commands.facts import Clocks, Fix, Note, Reason, own_visit
from roundsman.visits.rules import Flag


class CheckIn(Payload, kw_only=True, frozen=True):
    """The start of a visit. `reason` when the place is not proven; `pin_id` when the first pin shall be set here."""

    visit_id: Id
    customer_id: Id
    clocks: Clocks
    fix: Fix | None = None
    reason: Reason = ""
    route_id: Id | None = None
    is_planned: bool = False
    pin_id: Id | None = None


class CheckedIn(Answer, kw_only=True, frozen=True):
    """How the server judged the place, and when it reckons the visit began."""

    checked_in_at: int
    fence: str
    distance_m: int | None
    flags: list[str]


@command("visits.check_in", permission="visits.do")
async def check_in(ctx: Ctx, cmd: CheckIn) -> CheckedIn:
    """Begin a visit. One visit is open at a time; one forgotten on an earlier day is closed by rule and marked."""
    # Two phones of one person wait for each other here; whoever is second finds the first one's visit.
    await db.fetch_one(f"SELECT id FROM people WHERE id = $1{db.for_update()}", ctx.person.id)
    found = await get_customer_for_fact(ctx, cmd.customer_id)
    true = cmd.clocks.true_time(ctx.now)
    # The company's day, whatever zone the phone is set to: routes, plans and months go by it.
    day = day_on(true.at)
    await _make_room(ctx, cmd.visit_id, day)
    judgement = rules.judge_place(
        *await _fence_of(found), _pin_of(found.row), cmd.fix.place() if cmd.fix else None
    )
    flags = [*judgement.flags]
    if true.is_suspect:
        flags.append(Flag.CLOCK)
    if ctx.now - true.at > DAY:
        flags.append(Flag.LATE)
    if not found.is_yours:
        flags.append(Flag.NOT_YOURS)
    await db.execute(
        """
        INSERT INTO visits (id, person_id, customer_id, territory_id, month, day_on, route_id, is_planned, state,
            checked_in_at, in_wall_at, in_latitude_e7, in_longitude_e7, in_accuracy_m, in_fix_count, in_distance_m,
            in_fence, in_reason, pin_latitude_e7, pin_longitude_e7, skip_reason, note, flags, received_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '', '',
            $20, $21)
        """,
        cmd.visit_id,
        ctx.person.id,
        cmd.customer_id,
        found.row["territory_id"],
        month_of_day(day),
        day,
        cmd.route_id,
        cmd.is_planned,
        true.at,
        cmd.clocks.wall_at,
        cmd.fix.latitude_e7 if cmd.fix else None,
        cmd.fix.longitude_e7 if cmd.fix else None,
        cmd.fix.accuracy_m if cmd.fix else None,
        cmd.fix.count if cmd.fix else None,
        judgement.distance_m,
        judgement.fence,
        cmd.reason.strip(),
        found.row["latitude_e7"],
        found.row["longitude_e7"],
        json.dumps(flags),
        ctx.now,
    )
    if (
        cmd.pin_id is not None
        and cmd.fix is not None
        and found.is_yours
        and rules.can_set_pin(judgement, cmd.fix.place())
    ):
        await set_first_pin(
            ctx,
            cmd.customer_id,
            cmd.pin_id,
            (cmd.fix.latitude_e7, cmd.fix.longitude_e7, cmd.fix.accuracy_m),
            "visit",
        )
    return CheckedIn(
        checked_in_at=true.at, fence=judgement.fence, distance_m=judgement.distance_m, flags=list(flags)
    )


async def _make_room(ctx: Ctx, visit_id: str, day: str) -> None:
    """Refuse a second open visit of one day; close one forgotten on another day."""
    if await db.fetch_value("SELECT 1 FROM visits WHERE id = $1", visit_id):
        raise Conflict("visits.already_there", visit_id=visit_id)
    still_open = await db.fetch_one(
        "SELECT id, day_on FROM visits WHERE person_id = $1 AND state = 'open'", ctx.person.id
    )
    if still_open is None:
        return
    if still_open["day_on"] == day:
        raise Conflict("visits.still_open", visit_id=still_open["id"])
    await close_by_rule(still_open["id"])


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


async def _fence_of(found: CustomerForFact) -> tuple[str, int]:
    """(geofence, radius in metres) of the customer's class; a customer without a class is not judged."""
    if found.row["class_id"] is None:
        return "none", 200
    row = await db.fetch_one(
        "SELECT geofence, radius_m FROM customer_classes WHERE id = $1", found.row["class_id"]
    )
    return (row["geofence"], row["radius_m"]) if row else ("none", 200)


def _pin_of(row: db.Row) -> rules.Place | None:
    if row["latitude_e7"] is None or row["longitude_e7"] is None:
        return None
    return rules.Place(row["latitude_e7"], row["longitude_e7"])


class CheckOut(Payload, kw_only=True, frozen=True):
    """The end of a visit."""

    visit_id: Id
    clocks: Clocks
    fix: Fix | None = None
    note: Note = ""


class CheckedOut(Answer, kw_only=True, frozen=True):
    """`missing_step_ids` are must-do steps neither done nor skipped by the list in force now."""

    checked_out_at: int
    missing_step_ids: list[str]


@command("visits.check_out", permission="visits.do")
async def check_out(ctx: Ctx, cmd: CheckOut) -> CheckedOut:
    """End one's open visit. A late check-out of one that was closed by rule puts it right."""
    visit = await own_visit(ctx, cmd.visit_id)
    if visit["state"] != "open" and visit["closed_by"] != "rule":
        raise Conflict("visits.closed", visit_id=cmd.visit_id, state=visit["state"])
    true = cmd.clocks.true_time(ctx.now)
    at = max(true.at, visit["checked_in_at"])
    pin = (
        rules.Place(visit["pin_latitude_e7"], visit["pin_longitude_e7"])
        if visit["pin_latitude_e7"] is not None
        else None
    )
    # The way out is recorded, never judged: people are called away.
    judgement = rules.judge_place("none", 1, pin, cmd.fix.place() if cmd.fix else None)
    missing = await _missing_steps(visit)
    flags = [flag for flag in json.loads(visit["flags"]) if flag != Flag.CLOSED_BY_RULE]
    if missing:
        flags.append(Flag.STEP_MISSING)
    if true.is_suspect:
        flags.append(Flag.CLOCK)
    await db.execute(
        """
        UPDATE visits SET state = 'done', closed_by = 'person', checked_out_at = $2, out_wall_at = $3,
            out_latitude_e7 = $4, out_longitude_e7 = $5, out_accuracy_m = $6, out_distance_m = $7, out_fence = $8,
            note = $9, flags = $10
        WHERE id = $1
        """,
        cmd.visit_id,
        at,
        cmd.clocks.wall_at,
        cmd.fix.latitude_e7 if cmd.fix else None,
        cmd.fix.longitude_e7 if cmd.fix else None,
        cmd.fix.accuracy_m if cmd.fix else None,
        judgement.distance_m,
        judgement.fence,
        cmd.note.strip(),
        json.dumps(list(dict.fromkeys(flags))),
    )
    return CheckedOut(checked_out_at=at, missing_step_ids=missing)


async def _missing_steps(visit: db.Row) -> list[str]:
    templates = await db.fetch(
        """
        SELECT step_templates.* FROM step_templates
        JOIN customers ON customers.class_id = step_templates.class_id
        WHERE customers.id = $1 AND step_templates.is_active ORDER BY step_templates.position
        """,
        visit["customer_id"],
    )
    steps = await db.fetch(
        """
        SELECT template_id, state,
            (SELECT count(*) FROM photos WHERE owner_table = 'visit_steps' AND owner_id = visit_steps.id) AS photo_count
        FROM visit_steps WHERE visit_id = $1 AND template_id IS NOT NULL
        """,
        visit["id"],
    )
    return rules.missing_steps(
        [
            rules.Template(
                row["id"],
                bool(row["is_must"]),
                row["kind"],
                rules.minimum_of(json.loads(row["settings"])),
            )
            for row in templates
        ],
        {row["template_id"]: (row["state"], row["photo_count"]) for row in steps},
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
