"""Check-in and check-out: a whole run of them is read for at once, decided in memory (day.py), and written at once.

These are facts. A fact is refused only when it cannot be one (an unknown customer, a second open visit); what a rule
dislikes about it becomes a flag a manager sees, because the phone may have judged by an older pin or step list.
"""

from __future__ import annotations

from collections.abc import Sequence

from roundsman.core.clocks import Clocks
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, NotFound
from roundsman.core.events import announce
from roundsman.core.ids import Id
from roundsman.core.times import DAY, day_on, month_of_day
from roundsman.customers.commands import set_first_pin
from roundsman.visits import rules
from roundsman.visits.commands.day import NEW, OPEN, VisitsOfOne, fence_of, pin_of, read_visits, write_visits
from roundsman.visits.commands.facts import Fix, Note, Reason
from roundsman.visits.events import VisitsChanged
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


async def carry_out(run: Sequence[tuple[Ctx, CheckIn | CheckOut]]) -> list[CheckedIn | CheckedOut]:
    """Check-ins and check-outs of one person in order. Raises what the first refused one is refused with; nothing of
    the run may be kept then."""
    ctx = run[0][0]
    entering = [cmd for _, cmd in run if isinstance(cmd, CheckIn)]
    leaving = [cmd for _, cmd in run if isinstance(cmd, CheckOut)]
    visits = await read_visits(
        ctx,
        visit_ids={cmd.visit_id for _, cmd in run},
        customer_ids={cmd.customer_id for cmd in entering},
        ending_ids={cmd.visit_id for cmd in leaving},
    )
    answers: list[CheckedIn | CheckedOut] = []
    for one, cmd in run:
        if isinstance(cmd, CheckIn):
            answers.append(await _enter(one, cmd, visits))
        else:
            answers.append(_leave(one, cmd, visits))
    await write_visits(visits)
    if visits.added:
        await announce(ctx, VisitsChanged(visit_ids=visits.added))
    return answers


@command("visits.check_in", permission="visits.do", together=carry_out)
async def check_in(ctx: Ctx, cmd: CheckIn) -> CheckedIn:
    """Begin a visit. One visit is open at a time; one forgotten on an earlier day is closed by rule and marked."""
    (answer,) = await carry_out([(ctx, cmd)])
    assert isinstance(answer, CheckedIn)
    return answer


@command("visits.check_out", permission="visits.do", together=carry_out)
async def check_out(ctx: Ctx, cmd: CheckOut) -> CheckedOut:
    """End one's open visit. A late check-out of one that was closed by rule puts it right."""
    (answer,) = await carry_out([(ctx, cmd)])
    assert isinstance(answer, CheckedOut)
    return answer


async def _enter(ctx: Ctx, cmd: CheckIn, visits: VisitsOfOne) -> CheckedIn:
    found = visits.customers.get(cmd.customer_id)
    if found is None:
        raise NotFound("customers.unknown", customer_id=cmd.customer_id)
    true = cmd.clocks.true_time(ctx.now)
    # The company's day, whatever zone the phone is set to: routes, plans and months go by it.
    day = day_on(true.at)
    _make_room(visits, cmd.visit_id, day)
    judgement = rules.judge_place(
        *fence_of(found.row), pin_of(found.row, ""), cmd.fix.place() if cmd.fix else None
    )
    flags: list[str] = [*judgement.flags]
    if true.is_suspect:
        flags.append(Flag.CLOCK)
    if ctx.now - true.at > DAY:
        flags.append(Flag.LATE)
    if not found.is_yours:
        flags.append(Flag.NOT_YOURS)
    fix = cmd.fix
    visits.add(
        {
            **NEW,
            "id": cmd.visit_id,
            "person_id": ctx.person.id,
            "customer_id": cmd.customer_id,
            "territory_id": found.row["territory_id"],
            "month": month_of_day(day),
            "day_on": day,
            "route_id": cmd.route_id,
            "is_planned": cmd.is_planned,
            "checked_in_at": true.at,
            "in_wall_at": cmd.clocks.wall_at,
            "in_latitude_e7": fix.latitude_e7 if fix else None,
            "in_longitude_e7": fix.longitude_e7 if fix else None,
            "in_accuracy_m": fix.accuracy_m if fix else None,
            "in_fix_count": fix.count if fix else None,
            "in_distance_m": judgement.distance_m,
            "in_fence": judgement.fence,
            "in_reason": cmd.reason.strip(),
            "pin_latitude_e7": found.row["latitude_e7"],
            "pin_longitude_e7": found.row["longitude_e7"],
            "flags": flags,
            "received_at": ctx.now,
        }
    )
    if (
        cmd.pin_id is not None
        and fix is not None
        and found.is_yours
        and rules.can_set_pin(judgement, fix.place())
    ):
        place = (fix.latitude_e7, fix.longitude_e7, fix.accuracy_m)
        if await set_first_pin(ctx, cmd.customer_id, cmd.pin_id, place, "visit"):
            found.row.update(latitude_e7=fix.latitude_e7, longitude_e7=fix.longitude_e7)
    return CheckedIn(
        checked_in_at=true.at, fence=judgement.fence, distance_m=judgement.distance_m, flags=flags
    )


def _make_room(visits: VisitsOfOne, visit_id: str, day: str) -> None:
    """Refuse a second open visit of one day; close one forgotten on another day."""
    if visit_id in visits.rows:
        raise Conflict("visits.already_there", visit_id=visit_id)
    still_open = visits.open_visit()
    if still_open is None:
        return
    if still_open["day_on"] == day:
        raise Conflict("visits.still_open", visit_id=still_open["id"])
    visits.change(
        still_open, state="done", closed_by="rule", flags=[*still_open["flags"], Flag.CLOSED_BY_RULE]
    )


def _leave(ctx: Ctx, cmd: CheckOut, visits: VisitsOfOne) -> CheckedOut:
    visit = visits.rows.get(cmd.visit_id)
    if visit is None or visit["person_id"] != ctx.person.id:
        raise NotFound("visits.unknown", visit_id=cmd.visit_id)
    if visit["state"] != OPEN and visit["closed_by"] != "rule":
        raise Conflict("visits.closed", visit_id=cmd.visit_id, state=visit["state"])
    if visits.open_id == cmd.visit_id:
        visits.open_id = None
    true = cmd.clocks.true_time(ctx.now)
    at = max(true.at, visit["checked_in_at"])
    # The way out is recorded, never judged: people are called away.
    judgement = rules.judge_place("none", 1, pin_of(visit, "pin_"), cmd.fix.place() if cmd.fix else None)
    missing = visits.missing_steps(visit)
    flags = [flag for flag in visit["flags"] if flag != Flag.CLOSED_BY_RULE]
    if missing:
        flags.append(Flag.STEP_MISSING)
    if true.is_suspect:
        flags.append(Flag.CLOCK)
    visits.change(
        visit,
        state="done",
        closed_by="person",
        checked_out_at=at,
        out_wall_at=cmd.clocks.wall_at,
        out_latitude_e7=cmd.fix.latitude_e7 if cmd.fix else None,
        out_longitude_e7=cmd.fix.longitude_e7 if cmd.fix else None,
        out_accuracy_m=cmd.fix.accuracy_m if cmd.fix else None,
        out_distance_m=judgement.distance_m,
        out_fence=judgement.fence,
        note=cmd.note.strip(),
        flags=list(dict.fromkeys(flags)),
    )
    return CheckedOut(checked_out_at=at, missing_step_ids=missing)
