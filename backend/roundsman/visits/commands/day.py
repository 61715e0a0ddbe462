"""One person's visits while a run of check-ins and check-outs is decided: what is read before, what is written after.
Which visit may begin or end is visiting.py's."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.customers.queries import CustomerForFact, get_customers_for_facts
from roundsman.visits import rules

OPEN: Final = "open"
_OF_THE_END: Final = (
    *("state", "closed_by", "checked_out_at", "out_wall_at", "out_latitude_e7", "out_longitude_e7"),
    *("out_accuracy_m", "out_distance_m", "out_fence", "note", "flags"),
)
_OF_THE_BEGINNING: Final = (
    *("id", "person_id", "customer_id", "territory_id", "month", "day_on", "route_id", "is_planned"),
    *("checked_in_at", "in_wall_at", "in_latitude_e7", "in_longitude_e7", "in_accuracy_m", "in_fix_count"),
    *(
        "in_distance_m",
        "in_fence",
        "in_reason",
        "pin_latitude_e7",
        "pin_longitude_e7",
        "skip_reason",
        "received_at",
    ),
)
_COLUMNS: Final = (*_OF_THE_BEGINNING, *_OF_THE_END)
NEW: Final[db.Row] = {**dict.fromkeys(_OF_THE_END), "state": OPEN, "skip_reason": "", "note": ""}
"""What the row of a visit that begins holds besides its beginning."""

_PLACES: Final = ", ".join(f"${n + 1}" for n in range(len(_COLUMNS)))
_INSERT: Final = f"INSERT INTO visits ({', '.join(_COLUMNS)}) VALUES ({_PLACES})"
_UPDATE: Final = (
    f"UPDATE visits SET {', '.join(f'{name} = ${n + 2}' for n, name in enumerate(_OF_THE_END))} WHERE id = $1"
)


@dataclass(slots=True)
class VisitsOfOne:
    """Rows of visits by id as they stand after the commands decided so far; `flags` are lists here."""

    rows: dict[str, db.Row]
    open_id: str | None
    customers: dict[str, CustomerForFact]
    templates: dict[str, list[rules.Template]]
    """By the customer's id."""
    steps: dict[str, dict[str, tuple[str, int]]]
    """By the visit's id: template id to (state, photos)."""
    added: dict[str, None] = field(default_factory=dict)
    changed: dict[str, None] = field(default_factory=dict)

    def open_visit(self) -> db.Row | None:
        """The visit this person is in."""
        return None if self.open_id is None else self.rows[self.open_id]

    def add(self, row: db.Row) -> None:
        """A visit that begins."""
        self.rows[row["id"]] = row
        self.added[row["id"]] = None
        self.open_id = row["id"]

    def change(self, row: db.Row, **fields: Any) -> None:
        """Bring a visit to its end."""
        row.update(fields)
        if row["id"] not in self.added:
            self.changed[row["id"]] = None

    def missing_steps(self, visit: db.Row) -> list[str]:
        """By the list in force now."""
        return rules.missing_steps(
            self.templates.get(visit["customer_id"], ()), self.steps.get(visit["id"], {})
        )


async def read_visits(
    ctx: Ctx, *, visit_ids: Collection[str], customer_ids: Collection[str], ending_ids: Collection[str]
) -> VisitsOfOne:
    """Everything the decisions need, in a handful of statements whatever their number.

    Locks the person and the visits.
    """
    # Two phones of one person wait for each other here; whoever is second finds the first one's visit.
    if lock := db.for_update():
        await db.fetch_one(f"SELECT id FROM people WHERE id = $1{lock}", ctx.person.id)
    rows = await db.fetch(f"SELECT * FROM visits WHERE id {db.any_of('$1')}{lock}", list(visit_ids))
    rows += await db.fetch(
        f"SELECT * FROM visits WHERE person_id = $1 AND state = 'open'{lock}", ctx.person.id
    )
    visits = {row["id"]: row for row in rows}
    for row in visits.values():
        row["flags"] = json.loads(row["flags"])
    open_id = next(
        (row["id"] for row in rows if row["state"] == OPEN and row["person_id"] == ctx.person.id), None
    )
    customers = await get_customers_for_facts(ctx, customer_ids) if customer_ids else {}
    templates: dict[str, list[rules.Template]] = {}
    steps: dict[str, dict[str, tuple[str, int]]] = {}
    if ending_ids:
        wanted = {row["customer_id"] for row in visits.values()} | set(customer_ids)
        templates = await _templates_of(wanted)
        # A visit that only begins in this run has no steps yet.
        if templates and (present := [id for id in ending_ids if id in visits]):
            steps = await _steps_of(present)
    return VisitsOfOne(visits, open_id, customers, templates, steps)


async def _templates_of(customer_ids: Collection[str]) -> dict[str, list[rules.Template]]:
    found: dict[str, list[rules.Template]] = {}
    for row in await db.fetch(
        f"""
        SELECT customers.id AS customer_id, step_templates.id, is_must, kind, settings
        FROM customers JOIN step_templates ON step_templates.class_id = customers.class_id
        WHERE customers.id {db.any_of("$1")} AND step_templates.is_active ORDER BY step_templates.position
        """,
        list(customer_ids),
    ):
        minimum = rules.minimum_of(json.loads(row["settings"]))
        template = rules.Template(row["id"], bool(row["is_must"]), row["kind"], minimum)
        found.setdefault(row["customer_id"], []).append(template)
    return found


async def _steps_of(visit_ids: Collection[str]) -> dict[str, dict[str, tuple[str, int]]]:
    found: dict[str, dict[str, tuple[str, int]]] = {}
    for row in await db.fetch(
        f"""
        SELECT visit_id, template_id, state,
            (SELECT count(*) FROM photos WHERE owner_table = 'visit_steps' AND owner_id = visit_steps.id) AS photo_count
        FROM visit_steps WHERE visit_id {db.any_of("$1")} AND template_id IS NOT NULL
        """,
        list(visit_ids),
    ):
        found.setdefault(row["visit_id"], {})[row["template_id"]] = (row["state"], row["photo_count"])
    return found


async def missing_steps_now(visit: db.Row) -> list[str]:
    """What an ended visit still lacks by the list in force now; ids of templates."""
    templates = await _templates_of([visit["customer_id"]])
    steps = await _steps_of([visit["id"]])
    return rules.missing_steps(templates.get(visit["customer_id"], ()), steps.get(visit["id"], {}))


async def write_visits(visits: VisitsOfOne) -> None:
    """Those that end before those that begin: only one may be open at any moment."""
    if visits.changed:
        await db.execute_many(
            _UPDATE, [_values(visits.rows[id], ("id", *_OF_THE_END)) for id in visits.changed]
        )
    if visits.added:
        await db.execute_many(_INSERT, [_values(visits.rows[id], _COLUMNS) for id in visits.added])


def _values(row: db.Row, names: tuple[str, ...]) -> list[object]:
    return [msgspec.json.encode(row[name]).decode() if name == "flags" else row[name] for name in names]


def fence_of(customer: db.Row) -> tuple[str, int]:
    """(geofence, radius in metres) of the customer's class; a customer without a class is not judged."""
    return ("none", 200) if customer["geofence"] is None else (customer["geofence"], customer["radius_m"])


def pin_of(row: db.Row, prefix: str) -> rules.Place | None:
    """The pin in two columns whose names begin so."""
    latitude, longitude = row[f"{prefix}latitude_e7"], row[f"{prefix}longitude_e7"]
    return None if latitude is None or longitude is None else rules.Place(latitude, longitude)
