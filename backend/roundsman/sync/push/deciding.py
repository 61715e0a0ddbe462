"""What becomes of one command of a batch: known already, decided by its handler or by its parents' fate, or the
end of the batch."""

from typing import Final

import structlog

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import Busy, Invalid, Refusal
from roundsman.core.registry import Registry
from roundsman.core.times import HOUR, MINUTE, ZONE
from roundsman.sync.dispatch import Decision, applied, fingerprint, perform, quarantined, rejected
from roundsman.sync.push.batch import Batch, Known, captured_at, row_of, skew_ms
from roundsman.sync.wire import PushCommand, Stop, StopReason

POISON_TRIES: Final = 5
POISON_SPAN: Final = 10 * MINUTE
WAITING_SPAN: Final = 24 * HOUR
RETRY_AFTER: Final = 1000
ENDED: Final = ("revoked", "wipe")

_log = structlog.get_logger()


class Again(Exception):
    """The quick pass met something that has to be undone alone."""


async def take(registry: Registry, batch: Batch, command: PushCommand) -> None:
    """Decide one command, or set `batch.stop`."""
    hash_ = fingerprint(command.name, command.v, bytes(command.args))
    known = batch.known.get(command.uuid)
    is_other = known is not None and (
        known.person_id != batch.person.id or (known.hash != "" and known.hash != hash_)
    )
    if command.number <= batch.last_number:
        # Of a number decided long ago only the command is remembered (collection.py).
        there = batch.numbers.get(command.number, command.uuid if known is not None else None)
        if there != command.uuid or is_other:
            batch.stop = stop_for("forked")
        else:
            batch.results.append(command.uuid)
        return
    if command.number != batch.last_number + 1:
        batch.stop = stop_for("gap", expected_number=batch.last_number + 1)
        return
    if is_other:
        batch.stop = stop_for("forked")
        return
    if known is None and not await _join(registry, batch, command, hash_):
        await decide_together(batch)
        decision = await _decision(registry, batch, command)
        if decision is None:
            return
        known_command = registry.commands.get(command.name)
        if known_command is not None and known_command.is_secret:
            hash_ = ""
        batch.known[command.uuid] = Known(
            batch.person.id, hash_, decision.status, decision.outcome, command.number, None
        )
        batch.commands.append(row_of(batch, command, hash_, decision))
    batch.aliases.append((batch.replica.id, command.number, command.uuid))
    batch.last_number = command.number
    batch.results.append(command.uuid)


async def _join(registry: Registry, batch: Batch, command: PushCommand, hash_: str) -> bool:
    """Whether the command now waits to be decided with its neighbours; only in the pass that is undone as a whole when
    one of them is refused, so it counts as applied from here on."""
    found = registry.commands.get(command.name)
    if batch.is_guarded or found is None or found.together is None or found.is_secret:
        return False
    if batch.replica.status in ENDED or not found.knows(command.v):
        return False
    for dep in command.deps or ():
        parent = batch.known.get(dep)
        if parent is None or parent.status != "applied":
            return False
    if batch.together is not found.together:
        await decide_together(batch)
        batch.together = found.together
    ctx = _circumstances(batch, command)
    try:
        if found.permission is not None:
            ctx.require(found.permission)
        payload = found.decode(bytes(command.args), command.v)
    except Refusal as refusal:
        raise Again from refusal
    batch.known[command.uuid] = Known(batch.person.id, hash_, "applied", "", command.number, None)
    batch.waiting.append((command, hash_, ctx, payload))
    return True


async def decide_together(batch: Batch) -> None:
    """Decide those that wait for it, in one call. Raises Again."""
    waiting, together = batch.waiting, batch.together
    if not waiting or together is None:
        return
    batch.waiting, batch.together = [], None
    try:
        answers = await together([(ctx, payload) for _, _, ctx, payload in waiting])
    except Exception as error:
        raise Again from error
    for (command, hash_, _, _), answer in zip(waiting, answers, strict=True):
        decision = applied(answer)
        batch.known[command.uuid].outcome = decision.outcome
        batch.commands.append(row_of(batch, command, hash_, decision))


def _circumstances(batch: Batch, command: PushCommand) -> Ctx:
    return Ctx(
        person=batch.person,
        now=batch.now,
        replica_id=batch.replica.id,
        captured_at=captured_at(command),
        skew_ms=skew_ms(command),
        tz=command.tz or ZONE,
        uuid=command.uuid,
        entitled_since=batch.replica.entitled_since or batch.replica.served_at,
    )


async def _decision(registry: Registry, batch: Batch, command: PushCommand) -> Decision | None:
    if batch.replica.status in ENDED:
        return quarantined("sync.replica_wiped" if batch.replica.status == "wipe" else "sync.replica_revoked")
    if batch.is_hopeless:
        return quarantined("handler_crash")
    for dep in command.deps or ():
        parent = batch.known.get(dep)
        if parent is None:
            return await _wait_for(batch, command, dep)
        if parent.status == "rejected":
            return rejected(Invalid("dependency", uuid=dep))
        if parent.status == "quarantined":
            return quarantined("dependency", uuid=dep)
    found = registry.commands.get(command.name)
    if found is None:
        return quarantined("unknown_command", name=command.name)
    if not found.knows(command.v):
        return quarantined("unknown_version", version=command.v, known=found.version)
    ctx = _circumstances(batch, command)
    raw = bytes(command.args)
    if not batch.is_guarded:
        try:
            return await perform(found, ctx, command.v, raw)
        except Exception as error:
            raise Again from error
    try:
        async with db.savepoint():
            return await perform(found, ctx, command.v, raw)
    except Busy:
        batch.stop = stop_for("retry", retry_after_ms=RETRY_AFTER)
        return None
    except Refusal as refusal:
        return rejected(refusal)
    except Exception as error:
        if db.is_transient(error):
            batch.stop = stop_for("retry", retry_after_ms=RETRY_AFTER)
            return None
        return _poison(batch, command, error)


def _poison(batch: Batch, command: PushCommand, error: Exception) -> Decision | None:
    """A handler that crashes: a few more tries over some minutes, then the queue moves on without it."""
    tries, first_at = batch.attempts.get(command.uuid, (0, batch.now))
    _log.error("a command crashed", name=command.name, uuid=command.uuid, tries=tries + 1, exc_info=error)
    if is_poison(tries + 1, first_at, batch.now):
        return quarantined("handler_crash")
    batch.failed = (command.uuid, repr(error)[:500])
    batch.stop = stop_for("retry", retry_after_ms=min(RETRY_AFTER << tries, 60_000))
    return None


def is_poison(tries: int, first_at: int, now: int) -> bool:
    """Whether a command has failed so often, over so long, that the queue moves on without it."""
    return tries >= POISON_TRIES and now - first_at >= POISON_SPAN


async def _wait_for(batch: Batch, command: PushCommand, dep: str) -> Decision | None:
    """What it depends on has not come yet, from another device perhaps; a day later people must look at
    it."""
    tries, first_at = batch.attempts.get(command.uuid, (0, batch.now))
    if tries + 1 >= POISON_TRIES and batch.now - first_at >= WAITING_SPAN:
        return quarantined("dependency_missing", uuid=dep)
    batch.failed = (command.uuid, f"waits for {dep}")
    batch.stop = stop_for("dependency_wait", retry_after_ms=10_000)
    return None


def stop_for(
    reason: StopReason, *, expected_number: int | None = None, retry_after_ms: int | None = None
) -> Stop:
    """Why the batch ends here."""
    return Stop(reason=reason, expected_number=expected_number, retry_after_ms=retry_after_ms)
