"""A lost or replaced phone: shut out from now on, or told to erase itself at its next contact. Either hands in first
what was not sent: nobody else has it.

What a replica is and keeps is the sync engine's business; identity may not import it, so its table is named
here as the one place where both meet.
"""

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, NotFound
from roundsman.core.ids import Id


class RevokeReplica(Payload, kw_only=True, frozen=True):
    """The phone is shut out; its outbox is kept aside."""

    replica_id: Id


class WipeReplica(Payload, kw_only=True, frozen=True):
    """The phone's copy is erased at its next contact, after its outbox has been kept aside."""

    replica_id: Id


@command("identity.revoke_replica", permission="identity.keep_phones")
async def revoke_replica(ctx: Ctx, cmd: RevokeReplica) -> None:
    """Shut a phone out: its sessions can do nothing any more but hand in the outbox. Refuses to call back a wipe."""
    await _end(ctx, cmd.replica_id, "revoked")


@command("identity.wipe_replica", permission="identity.keep_phones")
async def wipe_replica(ctx: Ctx, cmd: WipeReplica) -> None:
    """Have a phone erase itself. Its sessions can do nothing any more but hand in the outbox."""
    await _end(ctx, cmd.replica_id, "wipe")


async def _end(ctx: Ctx, replica_id: str, status: str) -> None:
    person_id = await _settle(replica_id, status)
    await db.execute(
        "UPDATE sessions SET is_locked = $2, is_wiped = $3 WHERE replica_id = $1",
        replica_id,
        True,
        status == "wipe",
    )
    # One that has not said hello does not say which phone it is of; signing in again costs its owner little.
    await db.execute(
        "UPDATE sessions SET revoked_at = $1 WHERE revoked_at IS NULL AND replica_id IS NULL AND person_id = $2",
        ctx.now,
        person_id,
    )


async def _settle(replica_id: str, status: str) -> str:
    present = await db.fetch_one(
        f"SELECT person_id, status FROM sync_replica WHERE id = $1{db.for_update()}", replica_id
    )
    if present is None:
        raise NotFound("identity.replica_unknown", replica_id=replica_id)
    if present["status"] == "wipe" and status != "wipe":
        raise Conflict("identity.replica_wiped", replica_id=replica_id)
    await db.execute("UPDATE sync_replica SET status = $2 WHERE id = $1", replica_id, status)
    person_id: str = present["person_id"]
    return person_id
