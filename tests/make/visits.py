"""Makers of routes and visits, and the payload parts they share; keyword arguments win over what is made up."""

from __future__ import annotations

from typing import Any

from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from tests.cast import Cast
from tests.make.customers import DOOR


def clocks(wall_at: int | None = None, **rest: int) -> dict[str, int]:
    """A phone's clocks, right unless told otherwise."""
    return {"wall_at": now_ms() if wall_at is None else wall_at, **rest}


def fix(north_m: int = 0, accuracy_m: int = 12) -> dict[str, int]:
    """A position so many metres north of DOOR."""
    return {
        "latitude_e7": DOOR[0] + north_m * 90,
        "longitude_e7": DOOR[1],
        "accuracy_m": accuracy_m,
        "taken_at": now_ms(),
        "count": 3,
    }


def check_in(customer_id: str, **fields: Any) -> dict[str, Any]:
    """The payload of a check-in at the door, now."""
    return {"visit_id": new_id(), "customer_id": customer_id, "clocks": clocks(), "fix": fix(), **fields}


async def make_visit(cast: Cast, customer_id: str, who: str = "rep", **fields: Any) -> str:
    """An open visit; its id."""
    args = check_in(customer_id, **fields)
    await cast.done(who, "visits.check_in", **args)
    return str(args["visit_id"])


async def make_route(
    cast: Cast, customers: list[str], who: str = "rep", where: str = "north", **fields: Any
) -> str:
    """A route of `who`, due every day; its id."""
    args = {
        "route_id": new_id(),
        "name": "Every day",
        "person_id": cast.people[who],
        "territory_id": cast.territories[where],
        "weekdays": 127,
        "from_on": "2026-01-01",
        "stops": [{"stop_id": new_id(), "customer_id": customer} for customer in customers],
        **fields,
    }
    await cast.done(who, "visits.plan_route", **args)
    return str(args["route_id"])
