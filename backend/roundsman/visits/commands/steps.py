"""Commands of what is done, or not done, during a visit: steps with their answers and photos."""

from __future__ import annotations

import json
from typing import Annotated, Any

import msgspec

from roundsman.core import db
from roundsman.core.clocks import Clocks
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.core.times import DAY
from roundsman.files.commands import ExpectedPhoto, expect_photos
from roundsman.visits.commands.day import OPEN, missing_steps_now
from roundsman.visits.commands.facts import Reason, add_flags, own_visit, remove_flag
from roundsman.visits.commands.follow_ups import answer_follow_up, follow_up_of, leave_follow_up
from roundsman.visits.rules import PHOTOS_MAX, Flag, is_after

Scalar = Annotated[str, msgspec.Meta(max_length=4000)] | int | bool | None


def _without_follow_up(arguments: dict[str, Any]) -> dict[str, Any]:
    """Version 1 knew of no follow-ups; everything else is as it was."""
    return arguments


class RecordStep(Payload, kw_only=True, frozen=True):
    """What was done for one step; recording the same `step_id` again replaces the answers and adds photos."""

    step_id: Id
    visit_id: Id
    kind: Annotated[str, msgspec.Meta(pattern="^(photo|note|form)$")]
    title: Annotated[str, msgspec.Meta(max_length=80)] = ""
    template_id: Id | None = None
    follow_up_id: Id | None = None
    answers: Annotated[
        dict[Annotated[str, msgspec.Meta(max_length=80)], Scalar | list[str]], msgspec.Meta(max_length=100)
    ] = {}
    photos: Annotated[list[ExpectedPhoto], msgspec.Meta(max_length=PHOTOS_MAX)] = []
    clocks: Clocks


@command("visits.record_step", permission="visits.do", version=2, upcasters={1: _without_follow_up})
async def record_step(ctx: Ctx, cmd: RecordStep) -> None:
    """Record a step of one's own visit, ended or not. The photos' bytes come later, each on its own."""
    visit = await _visit_for_step(ctx, cmd.visit_id, cmd.step_id)
    at = cmd.clocks.true_time(ctx.now).at
    follow_up_id = await _put_step(
        ctx, visit, cmd, state="done", answers=json.dumps(cmd.answers, ensure_ascii=False), at=at
    )
    if follow_up_id is not None:
        answer = str(cmd.answers.get("text", "")).strip()
        await answer_follow_up(follow_up_id, visit["id"], cmd.step_id, answer, at)
    is_reused = await expect_photos(
        ctx,
        owner_table="visit_steps",
        owner_id=cmd.step_id,
        territory_id=visit["territory_id"],
        month=visit["month"],
        photos=cmd.photos,
    )
    if is_reused:
        await add_flags(visit["id"], Flag.REUSED_PHOTO)
    if Flag.STEP_SKIPPED in json.loads(visit["flags"]) and not await db.fetch_value(
        "SELECT 1 FROM visit_steps WHERE visit_id = $1 AND state = 'skipped' LIMIT 1", visit["id"]
    ):
        await remove_flag(visit["id"], Flag.STEP_SKIPPED)
    await _catch_up(ctx, visit, at)


class SkipStep(Payload, kw_only=True, frozen=True):
    """A step not done, and why: one of the class's list, or one a manager asked for."""

    step_id: Id
    visit_id: Id
    template_id: Id | None = None
    follow_up_id: Id | None = None
    kind: Annotated[str, msgspec.Meta(pattern="^(photo|note|form)$")]
    title: Annotated[str, msgspec.Meta(max_length=80)] = ""
    reason: Reason
    clocks: Clocks


@command("visits.skip_step", permission="visits.do", version=2, upcasters={1: _without_follow_up})
async def skip_step(ctx: Ctx, cmd: SkipStep) -> None:
    """Skip a must-do step with a reason; one that was recorded by the time an old skip arrives stays recorded."""
    if cmd.template_id is None and cmd.follow_up_id is None:
        raise Invalid("invalid", field="template_id", reason="neither a listed step nor a follow-up")
    if not cmd.reason.strip():
        raise Invalid("visits.reason_missing", field="reason")
    visit = await _visit_for_step(ctx, cmd.visit_id, cmd.step_id)
    at = cmd.clocks.true_time(ctx.now).at
    if _is_over(visit) and await db.fetch_value(
        "SELECT 1 FROM visit_steps WHERE id = $1 AND state = 'done'", cmd.step_id
    ):
        return
    follow_up_id = await _put_step(ctx, visit, cmd, state="skipped", answers="{}", at=at)
    if follow_up_id is not None:
        await leave_follow_up(follow_up_id, cmd.step_id, cmd.reason.strip())
    await add_flags(visit["id"], Flag.STEP_SKIPPED)
    await _catch_up(ctx, visit, at)


async def _visit_for_step(ctx: Ctx, visit_id: str, step_id: str) -> db.Row:
    visit = await own_visit(ctx, visit_id)
    if visit["state"] == "skipped":
        # Nobody was there, so nothing can have been done.
        raise Conflict("visits.closed", visit_id=visit_id, state=visit["state"])
    known = await db.fetch_value("SELECT visit_id FROM visit_steps WHERE id = $1", step_id)
    if known is not None and known != visit_id:
        raise NotFound("visits.step_unknown", step_id=step_id)
    return visit


def _is_over(visit: db.Row) -> bool:
    """Whether the person's own check-out arrived before: a step that was held up, mended, or done over."""
    return bool(visit["state"] != OPEN and visit["closed_by"] != "rule")


async def _catch_up(ctx: Ctx, visit: db.Row, at: int) -> None:
    """Mark an ended visit for a step done afterwards or a day under way, not for one that a picture's shrinking held
    up a moment; and take back that a step was missing if none is any more."""
    if not _is_over(visit):
        return
    if is_after(at, visit["checked_out_at"]) or ctx.now - at > DAY:
        await add_flags(visit["id"], Flag.LATE)
    if Flag.STEP_MISSING in json.loads(visit["flags"]) and not await missing_steps_now(visit):
        await remove_flag(visit["id"], Flag.STEP_MISSING)


async def _put_step(
    ctx: Ctx, visit: db.Row, cmd: RecordStep | SkipStep, *, state: str, answers: str, at: int
) -> str | None:
    """Write the step. The id of the follow-up it is for, if any."""
    follow_up_id = await follow_up_of(cmd.follow_up_id, visit) if cmd.follow_up_id is not None else None
    await db.execute(
        """
        INSERT INTO visit_steps (id, visit_id, template_id, kind, title, state, answers, reason, done_at, person_id,
                                 territory_id, month, follow_up_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (id) DO UPDATE
        SET state = excluded.state, answers = excluded.answers, reason = excluded.reason, done_at = excluded.done_at
        """,
        cmd.step_id,
        visit["id"],
        cmd.template_id,
        cmd.kind,
        cmd.title.strip(),
        state,
        answers,
        cmd.reason.strip() if isinstance(cmd, SkipStep) else "",
        at,
        ctx.person.id,
        visit["territory_id"],
        visit["month"],
        follow_up_id,
    )
    return follow_up_id
