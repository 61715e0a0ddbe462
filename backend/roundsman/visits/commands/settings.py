"""Commands that say what a visit contains and which days are off."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.core.times import Day, is_day
from roundsman.visits.commands.facts import Title
from roundsman.visits.rules import PHOTOS_MAX


class PhotoSettings(msgspec.Struct, kw_only=True, frozen=True):
    """What a photo step asks for. Without `source` the class says where pictures may come from."""

    kinds: Annotated[
        list[Annotated[str, msgspec.Meta(min_length=1, max_length=40)]], msgspec.Meta(max_length=20)
    ] = []
    minimum: Annotated[int, msgspec.Meta(ge=1, le=PHOTOS_MAX)] = 1
    source: Literal["camera", "any"] | None = None


class FieldSpec(msgspec.Struct, kw_only=True, frozen=True):
    """One field of a form; answers are filed under `key`, which stays when the label changes."""

    key: Title
    label: Title
    type: Literal["text", "number", "choice", "yes_no", "date"]
    is_required: bool = False
    choices: Annotated[list[Title], msgspec.Meta(max_length=50)] = []


class FormSettings(msgspec.Struct, kw_only=True, frozen=True):
    """The fields of a form step, in order."""

    fields: Annotated[list[FieldSpec], msgspec.Meta(min_length=1, max_length=50)]


class StepSpec(msgspec.Struct, kw_only=True, frozen=True):
    """One step of a class. `settings` by kind: PhotoSettings, FormSettings, nothing for a note; what else is in it
    is kept."""

    template_id: Id
    kind: Annotated[str, msgspec.Meta(pattern="^(photo|note|form)$")]
    title: Title
    is_must: bool = False
    settings: dict[str, Any] = {}


class SetSteps(Payload, kw_only=True, frozen=True):
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
    for template in cmd.templates:
        if not template.title.strip():
            raise Invalid("visits.title_missing", field="templates", template_id=template.template_id)
        if not _is_sensible(template):
            raise Invalid("visits.bad_settings", field="templates", template_id=template.template_id)
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


def _is_sensible(template: StepSpec) -> bool:
    """Whether the settings are such that a phone can ask for what they say, and a person can answer it."""
    try:
        if template.kind == "photo":
            msgspec.convert(template.settings, PhotoSettings)
        if template.kind != "form":
            return True
        fields = msgspec.convert(template.settings, FormSettings).fields
    except msgspec.ValidationError:
        return False
    keys = {field.key for field in fields}
    return len(keys) == len(fields) and all(
        field.label.strip() and (field.type != "choice" or any(choice.strip() for choice in field.choices))
        for field in fields
    )


class HolidaySpec(msgspec.Struct, kw_only=True, frozen=True):
    """One day off."""

    day_on: Day
    name: Title


class SetHolidays(Payload, kw_only=True, frozen=True):
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
