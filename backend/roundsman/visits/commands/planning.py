"""Commands that plan: routes and their stops."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Forbidden, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.core.times import Day, is_day
from roundsman.customers.queries import territories_seen_by
from roundsman.identity.queries import load_person, territories_of
from roundsman.visits.commands.facts import Title


class Stop(msgspec.Struct, kw_only=True, frozen=True):
    """One customer of a route; the order of the list is the order of the stops."""

    stop_id: Id
    customer_id: Id


class PlanRoute(Payload, kw_only=True, frozen=True):
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
        await _require_own(ctx, known)
    customers = [stop.customer_id for stop in cmd.stops]
    if len(set(customers)) != len(customers) or len({stop.stop_id for stop in cmd.stops}) != len(cmd.stops):
        raise Invalid("visits.stop_twice", field="stops")
    await _require_seen(ctx, ctx.person, customers)
    if cmd.person_id != ctx.person.id:
        await _require_seen(ctx, await _get_walker(cmd.person_id), customers)
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


class EndRoute(Payload, kw_only=True, frozen=True):
    """Which route is no longer walked."""

    route_id: Id


@command("visits.end_route", permission="visits.plan")
async def end_route(ctx: Ctx, cmd: EndRoute) -> None:
    """Stop walking a route; the visits made on it stay."""
    await _require_route(ctx, cmd.route_id)
    await db.execute(
        "UPDATE routes SET is_active = $2, changed_at = $3 WHERE id = $1", cmd.route_id, False, ctx.now
    )


class ArrangeStops(Payload, kw_only=True, frozen=True):
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


async def _require_route(ctx: Ctx, route_id: str) -> None:
    route = await db.fetch_one(f"SELECT * FROM routes WHERE id = $1{db.for_update()}", route_id)
    if route is None:
        raise NotFound("visits.route_unknown", route_id=route_id)
    await _require_own(ctx, route)


async def _require_own(ctx: Ctx, route: db.Row) -> None:
    """A known route one may plan; of another's nothing is told, not even where it is."""
    try:
        await _require_plannable(ctx, route["person_id"], route["territory_id"])
    except (Forbidden, NotFound) as refusal:
        raise NotFound("visits.route_unknown", route_id=route["id"]) from refusal


async def _get_walker(person_id: str) -> Person:
    walker = await load_person(person_id)
    if walker is None:
        raise NotFound("visits.person_unknown", person_id=person_id)
    return walker


async def _require_seen(ctx: Ctx, person: Person, customers: list[str]) -> None:
    """Whoever plans a route and whoever walks it must see its customers. Raises NotFound("customers.unknown")."""
    seen = await db.fetch(
        f"""
        SELECT id FROM customers WHERE id {db.any_of("$1")} AND (territory_id {db.any_of("$2")} OR owner_id = $3)
        """,
        customers,
        sorted(await territories_seen_by(person, ctx.now)),
        person.id,
    )
    missing = sorted(set(customers) - {row["id"] for row in seen})
    if missing:
        raise NotFound("customers.unknown", customer_id=missing[0], person_id=person.id)


async def _require_plannable(ctx: Ctx, person_id: str, territory_id: str) -> None:
    """Own routes in own territories, or anybody's in territories the person answers for."""
    seen, answered = await territories_of(ctx.person, ctx.now)
    if territory_id in answered:
        return
    if territory_id not in seen:
        raise NotFound("customers.territory_unknown", territory_id=territory_id)
    if person_id != ctx.person.id:
        raise Forbidden("visits.not_your_route", person_id=person_id)
