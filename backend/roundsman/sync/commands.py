"""Commands about the engine itself: what becomes of quarantined commands. Ending a phone is identity's, whose
sessions end with it."""

from typing import Annotated, Any

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.decisions import CommandSentBack
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Busy, Conflict, Invalid, NotFound, Refusal
from roundsman.core.events import announce
from roundsman.sync.dispatch import Decision, perform, registry_in_use, rejected

Message = Annotated[str, msgspec.Meta(max_length=500)]
Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]+(\.[a-z_]+)?$", max_length=100)]


class RejectQuarantined(Payload, frozen=True):
    """Which command, and what its author is to read: a message in the administrator's own words, or the text of a
    code; with neither, that it was refused by hand."""

    uuid: str
    message: Message = ""
    code: Code | None = None


@command("sync.reject_quarantined", permission="sync.keep_commands")
async def reject_quarantined(ctx: Ctx, cmd: RejectQuarantined) -> None:
    """Decide a quarantined command against its author, and what hangs on it and waits in quarantine with it."""
    await _quarantined(cmd.uuid)
    message = " ".join(cmd.message.split())
    if message:
        refusal = Invalid(cmd.code or "sync.rejected_saying", message=message)
    else:
        refusal = Invalid(cmd.code or "sync.rejected_by_hand")
    await _redecide(ctx, cmd.uuid, rejected(refusal), message=message)


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
    `sync.person_gone`, `sync.still_unknown` and, while what it depends on is not decided, `sync.parent_waits`;
    a crash leaves it in quarantine.
    """
    registry = registry_in_use()
    row = await _quarantined(cmd.uuid)
    person = await registry.load_person(row["person_id"]) if registry.load_person is not None else None
    if person is None:
        raise Conflict("sync.person_gone")
    found = registry.commands.get(row["name"])
    if found is None or not found.knows(row["version"]) or found.is_secret:
        raise Conflict("sync.still_unknown", name=row["name"], version=row["version"])
    if (refused := await _refused_parent(row)) is not None:
        decision = rejected(Invalid("dependency", uuid=refused))
        await _redecide(ctx, cmd.uuid, decision)
        return Replayed(status=decision.status, code=decision.code)
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
    await _redecide(ctx, cmd.uuid, decision)
    return Replayed(status=decision.status, code=decision.code)


async def _refused_parent(row: dict[str, Any]) -> str | None:
    """The uuid of a parent that was refused. Raises Conflict("sync.parent_waits") for one that is not decided."""
    deps: list[str] = msgspec.json.decode(row["deps"]) if row["deps"] else []
    found = await db.fetch(
        f"SELECT uuid, status FROM sync_command WHERE uuid {db.any_of('$1')} "
        f"UNION ALL SELECT uuid, status FROM sync_past WHERE uuid {db.any_of('$1')}",
        deps,
    )
    statuses = {parent["uuid"]: parent["status"] for parent in found}
    for uuid in deps:
        if statuses.get(uuid) == "rejected":
            return uuid
        if statuses.get(uuid) != "applied":
            raise Conflict("sync.parent_waits", uuid=uuid)
    return None


async def _redecide(ctx: Ctx, uuid: str, decision: Decision, *, message: str = "") -> None:
    """Replace a quarantined decision by a final one; announce what was refused, and with it go those that hang on it
    (I3).
    """
    await db.execute(
        "UPDATE sync_command SET status = $2, code = $3, outcome = $4, redecided_at = $5 WHERE uuid = $1",
        uuid,
        decision.status,
        decision.code,
        decision.outcome,
        ctx.now,
    )
    if decision.status != "rejected":
        return
    author = await db.fetch_one("SELECT person_id, name FROM sync_command WHERE uuid = $1", uuid)
    assert author is not None
    told = CommandSentBack(
        uuid=uuid,
        person_id=author["person_id"],
        name=author["name"],
        code=decision.code or "",
        message=message,
    )
    await announce(ctx, told)
    for row in await db.fetch(
        "SELECT uuid, deps FROM sync_command WHERE status = 'quarantined' ORDER BY seq"
    ):
        if row["deps"] and uuid in msgspec.json.decode(row["deps"]):
            await _redecide(ctx, row["uuid"], rejected(Invalid("dependency", uuid=uuid)))


async def _quarantined(uuid: str) -> dict[str, Any]:
    row = await db.fetch_one(f"SELECT * FROM sync_command WHERE uuid = $1{db.for_update()}", uuid)
    if row is None:
        raise NotFound("sync.command_unknown")
    if row["status"] != "quarantined":
        raise Conflict("sync.not_quarantined", status=row["status"])
    return row
