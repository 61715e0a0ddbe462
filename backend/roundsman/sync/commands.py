"""Commands about the engine itself: what becomes of quarantined commands. Ending a phone is identity's, whose
sessions end with it."""

from typing import Any

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Busy, Conflict, Invalid, NotFound, Refusal
from roundsman.sync.dispatch import perform, registry_in_use, rejected


class RejectQuarantined(Payload, frozen=True):
    """Which command, and the code of the text its author reads."""

    uuid: str
    code: str = "sync.rejected_by_hand"


@command("sync.reject_quarantined", permission="sync.keep_commands")
async def reject_quarantined(ctx: Ctx, cmd: RejectQuarantined) -> None:
    """Decide a quarantined command against its author."""
    await _quarantined(cmd.uuid)
    decision = rejected(Invalid(cmd.code))
    await redecide(cmd.uuid, decision.status, decision.code, decision.outcome)


class ReplayQuarantined(Payload, frozen=True):
    """Which command."""

    uuid: str


class Replayed(Answer, frozen=True):
    """What was decided this time."""

    status: str
    code: str | None = None


@command("sync.replay_quarantined", permission="sync.keep_commands")
async def replay_quarantined(ctx: Ctx, cmd: ReplayQuarantined) -> Replayed:
    """Run a quarantined command again, as the person who sent it, after whatever broke it was mended.

    A command of a lost phone runs too: that a person looked at it is what it waited for. Refuses
    `sync.person_gone` and `sync.still_unknown`; a crash leaves it in quarantine.
    """
    registry = registry_in_use()
    row = await _quarantined(cmd.uuid)
    person = await registry.load_person(row["person_id"]) if registry.load_person is not None else None
    if person is None:
        raise Conflict("sync.person_gone")
    found = registry.commands.get(row["name"])
    if found is None or not found.knows(row["version"]) or found.is_secret:
        raise Conflict("sync.still_unknown", name=row["name"], version=row["version"])
    original = Ctx(
        person=person,
        now=ctx.now,
        replica_id=row["replica_id"],
        captured_at=row["captured_at"],
        skew_ms=row["skew_ms"],
        tz=row["tz"] or ctx.tz,
        uuid=cmd.uuid,
        entitled_since=row["captured_at"],
    )
    try:
        async with db.savepoint():
            decision = await perform(found, original, row["version"], row["args"])
    except Busy:
        raise
    except Refusal as refusal:
        decision = rejected(refusal)
    await redecide(cmd.uuid, decision.status, decision.code, decision.outcome)
    return Replayed(status=decision.status, code=decision.code)


async def redecide(uuid: str, status: str, code: str | None, outcome: str) -> None:
    """Replace a quarantined decision by a final one. Needs a unit of work."""
    await db.execute(
        "UPDATE sync_command SET status = $2, code = $3, outcome = $4 WHERE uuid = $1",
        uuid,
        status,
        code,
        outcome,
    )


async def _quarantined(uuid: str) -> dict[str, Any]:
    row = await db.fetch_one(f"SELECT * FROM sync_command WHERE uuid = $1{db.for_update()}", uuid)
    if row is None:
        raise NotFound("sync.command_unknown")
    if row["status"] != "quarantined":
        raise Conflict("sync.not_quarantined", status=row["status"])
    return row
