"""Commands that plan: routes and their stops, what a visit contains, days off."""

from __future__ import annotations

import json
from typing import Annotated, Any

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Forbidden, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.core.times import Day, is_day
from roundsman.customers.queries import territories_seen_by
from roundsman.identity.queries import buckets_of

Title = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class Stop(msgspec.Struct, kw_only=True, frozen=True):
    """One customer of a route; the order of the list is the order of the stops."""

    stop_id: Id
    customer_id: Id


class PlanRoute(Payload, kw_only=True):
    """A whole route; planning it again replaces its recurrence and its stops."""

    route_id: Id
    name: Title
    person_id: Id
    territory_id: Id
    weekdays: Annotated[int, msgspec.Meta(ge=1, le=127, description="bitmask, Monday = 1 … Sunday = 64")]
    every_weeks: Annotated[int, msgspec.Meta(ge=1, le=52)] = 1
    from_on: Day
    until_on: Day | None = None
    skips_holidays: bool = True
    stops: Annotated[list[Stop], msgspec.Meta(max_length=200)]


@command("visits.plan_route", permission="visits.plan")
async def plan_route(ctx: Ctx, cmd: PlanRoute) -> None:
    """Make or replace a route: a rep his own, a manager anybody's in his territories."""
    for field in ("from_on", "until_on"):
        day = getattr(cmd, field)
        if day is not None and not is_day(day):
            raise Invalid("visits.no_such_day", field=field)
    if cmd.until_on is not None and cmd.until_on < cmd.from_on:
        raise Invalid("visits.ends_before_it_begins", field="until_on")
    await _require_plannable(ctx, cmd.person_id, cmd.territory_id)
    known = await db.fetch_one(f"SELECT * FROM routes WHERE id = $1{db.for_update()}", cmd.route_id)
    if known is not None:
        await _require_plannable(ctx, known["person_id"], known["territory_id"])
    customers = [stop.customer_id for stop in cmd.stops]
    if len(set(customers)) != len(customers) or len({stop.stop_id for stop in cmd.stops}) != len(cmd.stops):
        raise Invalid("visits.stop_twice", field="stops")
    seen = await db.fetch(
        f"SELECT id FROM customers WHERE id {db.any_of('$1')} AND territory_id {db.any_of('$2')}",
        customers,
        sorted(await territories_seen_by(ctx.person, ctx.now)),
    )
    if len(seen) != len(customers):
        missing = sorted(set(customers) - {row["id"] for row in seen})
        raise NotFound("customers.unknown", customer_id=missing[0])
    stranger = await db.fetch_value(
        f"SELECT id FROM route_stops WHERE id {db.any_of('$1')} AND route_id <> $2",
        [stop.stop_id for stop in cmd.stops],
        cmd.route_id,
    )
    if stranger is not None:
        raise Conflict("visits.stop_elsewhere", stop_id=stranger)
    await db.execute(
        """
        INSERT INTO routes (id, name, person_id, territory_id, weekdays, every_weeks, from_on, until_on, skips_holidays,
                            is_active, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, person_id = excluded.person_id, territory_id = excluded.territory_id,
            weekdays = excluded.weekdays, every_weeks = excluded.every_weeks, from_on = excluded.from_on,
            until_on = excluded.until_on, skips_holidays = excluded.skips_holidays, is_active = excluded.is_active,
            changed_at = excluded.changed_at
        """,
        cmd.route_id,
        cmd.name.strip(),
        cmd.person_id,
        cmd.territory_id,
        cmd.weekdays,
        cmd.every_weeks,
        cmd.from_on,
        cmd.until_on,
        cmd.skips_holidays,
        True,
        ctx.now,
    )
    await db.execute(
        f"DELETE FROM route_stops WHERE route_id = $1 AND NOT (id {db.any_of('$2')})",
        cmd.route_id,
        [stop.stop_id for stop in cmd.stops],
    )
    await db.execute_many(
        """
        INSERT INTO route_stops (id, route_id, customer_id, position, person_id, territory_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE
        SET customer_id = excluded.customer_id, position = excluded.position, person_id = excluded.person_id,
            territory_id = excluded.territory_id
        """,
        [
            (stop.stop_id, cmd.route_id, stop.customer_id, position, cmd.person_id, cmd.territory_id)
            for position, stop in enumerate(cmd.stops)
        ],
    )


class EndRoute(Payload, kw_only=True):
    """Which route is no longer walked."""

    route_id: Id


@command("visits.end_route", permission="visits.plan")
async def end_route(ctx: Ctx, cmd: EndRoute) -> None:
    """Stop walking a route; the visits made on it stay."""
    await _require_route(ctx, cmd.route_id)
    await db.execute(
        "UPDATE routes SET is_active = $2, changed_at = $3 WHERE id = $1", cmd.route_id, False, ctx.now
    )


class ArrangeStops(Payload, kw_only=True):
    """The stops of a route in their new order; stops left out keep their order behind the named ones."""

    route_id: Id
    stop_ids: Annotated[list[Id], msgspec.Meta(max_length=200)]


@command("visits.arrange_stops", permission="visits.plan")
async def arrange_stops(ctx: Ctx, cmd: ArrangeStops) -> None:
    """Put the stops of a route in another order. Stops that are gone meanwhile are passed over."""
    await _require_route(ctx, cmd.route_id)
    stops = await db.fetch(
        "SELECT id FROM route_stops WHERE route_id = $1 ORDER BY position, id", cmd.route_id
    )
    present = [row["id"] for row in stops]
    wanted = [stop for stop in dict.fromkeys(cmd.stop_ids) if stop in set(present)]
    order = wanted + [stop for stop in present if stop not in set(wanted)]
    await db.execute_many(
        "UPDATE route_stops SET position = $2 WHERE id = $1 AND position <> $2",
        [(stop, position) for position, stop in enumerate(order)],
    )


class StepSpec(msgspec.Struct, kw_only=True, frozen=True):
    """One step of a class. `settings` by kind: photo {kinds, minimum}, form {fields: [{key, label, type, …}]}."""

    template_id: Id
    kind: Annotated[str, msgspec.Meta(pattern="^(photo|note|form)$")]
    title: Title
    is_must: bool = False
    settings: dict[str, Any] = {}


class SetSteps(Payload, kw_only=True):
    """All steps of a customer class, in order; templates left out are retired."""

    class_id: Id
    templates: Annotated[list[StepSpec], msgspec.Meta(max_length=30)]


@command("visits.set_steps", permission="visits.keep_steps")
async def set_steps(ctx: Ctx, cmd: SetSteps) -> None:
    """Say what a visit to customers of one class must and may contain."""
    if not await db.fetch_value("SELECT 1 FROM customer_classes WHERE id = $1", cmd.class_id):
        raise NotFound("customers.class_unknown", class_id=cmd.class_id)
    ids = [template.template_id for template in cmd.templates]
    if len(set(ids)) != len(ids):
        raise Invalid("visits.step_twice", field="templates")
    if await db.fetch_value(
        f"SELECT 1 FROM step_templates WHERE id {db.any_of('$1')} AND class_id <> $2", ids, cmd.class_id
    ):
        raise Conflict("visits.step_elsewhere", class_id=cmd.class_id)
    await db.execute(
        f"UPDATE step_templates SET is_active = $3 WHERE class_id = $1 AND NOT (id {db.any_of('$2')})",
        cmd.class_id,
        ids,
        False,
    )
    await db.execute_many(
        """
        INSERT INTO step_templates (id, class_id, kind, title, is_must, settings, position, is_active)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE
        SET kind = excluded.kind, title = excluded.title, is_must = excluded.is_must, settings = excluded.settings,
            position = excluded.position, is_active = excluded.is_active
        """,
        [
            (
                template.template_id,
                cmd.class_id,
                template.kind,
                template.title.strip(),
                template.is_must,
                json.dumps(template.settings, ensure_ascii=False),
                position,
                True,
            )
            for position, template in enumerate(cmd.templates)
        ],
    )


class HolidaySpec(msgspec.Struct, kw_only=True, frozen=True):
    """One day off."""

    day_on: Day
    name: Title


class SetHolidays(Payload, kw_only=True):
    """The days off of one calendar year; the year's other days off are forgotten."""

    year: Annotated[int, msgspec.Meta(ge=2000, le=2200)]
    holidays: Annotated[list[HolidaySpec], msgspec.Meta(max_length=366)]


@command("visits.set_holidays", permission="visits.keep_holidays")
async def set_holidays(ctx: Ctx, cmd: SetHolidays) -> None:
    """Replace a year's days off, on which routes that skip holidays are not walked."""
    for holiday in cmd.holidays:
        if not is_day(holiday.day_on) or not holiday.day_on.startswith(f"{cmd.year}-"):
            raise Invalid("visits.no_such_day", field="holidays", day_on=holiday.day_on)
    await db.execute(
        f"DELETE FROM holidays WHERE id >= $1 AND id < $2 AND NOT (id {db.any_of('$3')})",
        f"{cmd.year}-",
        f"{cmd.year + 1}-",
        [holiday.day_on for holiday in cmd.holidays],
    )
    await db.execute_many(
        "INSERT INTO holidays (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        [(holiday.day_on, holiday.name.strip()) for holiday in cmd.holidays],
    )


async def _require_route(ctx: Ctx, route_id: str) -> None:
    route = await db.fetch_one(f"SELECT * FROM routes WHERE id = $1{db.for_update()}", route_id)
    if route is None:
        raise NotFound("visits.route_unknown", route_id=route_id)
    try:
        await _require_plannable(ctx, route["person_id"], route["territory_id"])
    except Forbidden as refusal:
        raise NotFound("visits.route_unknown", route_id=route_id) from refusal


async def _require_plannable(ctx: Ctx, person_id: str, territory_id: str) -> None:
    """Own routes in own territories, or anybody's in territories the person answers for."""
    buckets = set(await buckets_of(ctx.person, ctx.now, months=[]))
    if f"team:{territory_id}" in buckets:
        if not await db.fetch_value("SELECT 1 FROM people WHERE id = $1 AND is_active", person_id):
            raise NotFound("visits.person_unknown", person_id=person_id)
        return
    if f"terr:{territory_id}" not in buckets:
        raise NotFound("customers.territory_unknown", territory_id=territory_id)
    if person_id != ctx.person.id:
        raise Forbidden("visits.not_your_route", person_id=person_id)
