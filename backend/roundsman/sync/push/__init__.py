"""A phone's batch: every command decided once, in the order of its numbers, the whole batch in one unit of
work.

A number is consumed only by a decision: applied, rejected by a rule, or quarantined. Anything else stops the
batch there, keeps what was decided before, and the phone sends the rest again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import structlog

from roundsman.core import db
from roundsman.core.context import Session, refuse_another
from roundsman.core.errors import Busy, Invalid, Refusal
from roundsman.core.registry import Registry
from roundsman.sync.push.batch import Known, fill_seqs, open_batch, write_batch
from roundsman.sync.push.deciding import RETRY_AFTER, decide_together, is_poison, stop_for, take
from roundsman.sync.replicas import own_replica, refuse_ended
from roundsman.sync.results import result_text
from roundsman.sync.wire import MAX_COMMANDS, Push, PushCommand, Stop

_log = structlog.get_logger()

_ATTEMPT = """
    INSERT INTO sync_attempt (uuid, n, first_at, last_at, last_error) VALUES ($1, 1, $2, $2, $3)
    ON CONFLICT (uuid) DO UPDATE
    SET n = sync_attempt.n + 1, last_at = excluded.last_at, last_error = excluded.last_error
    RETURNING n, first_at
"""


@dataclass(frozen=True, slots=True)
class Pushed:
    """The answer's parts: `results` are uuids in order, looked up in `known`."""

    epoch: str
    last_number: int
    results: Sequence[str]
    known: dict[str, Known]
    stop: Stop | None


async def push(registry: Registry, session: Session, request: Push, now: int) -> bytes:
    """Decide a batch and answer it, as JSON.

    Raises Gone for an unknown replica, Forbidden for another person's batch, ReplicaWiped when there is nothing
    more to take from a wiped one, Invalid for more than 100 commands or numbers out of order, Busy when the
    database cannot be had.
    """
    refuse_another(session.person, request.person_id)
    commands = request.commands
    if len(commands) > MAX_COMMANDS:
        raise Invalid("sync.batch_too_large", most=MAX_COMMANDS)
    if any(later.number <= earlier.number for earlier, later in pairwise(commands)):
        raise Invalid("sync.numbers_out_of_order")
    try:
        return _answer(await _decide(registry, session, request, now), now)
    except (Refusal, msgspec.MsgspecError):
        raise
    except Exception as error:
        if not db.is_transient(error):
            _log.exception("a batch could not be stored", replica=request.replica)
        raise Busy("busy") from error


async def _decide(registry: Registry, session: Session, request: Push, now: int) -> Pushed:
    """Three passes, each more careful: without savepoints; with one for each command; each command in its own
    commit."""
    try:
        return await _unit(registry, session, request, request.commands, now, is_guarded=False)
    except Refusal:
        raise
    except Exception as error:
        if db.is_transient(error):
            raise
    try:
        return await _unit(registry, session, request, request.commands, now, is_guarded=True)
    except Refusal:
        raise
    except Exception as error:
        if db.is_transient(error) or not request.commands:
            raise
        _log.warning("a batch failed at its commit; trying its commands one by one", replica=request.replica)
    return await _one_by_one(registry, session, request, now)


async def _one_by_one(registry: Registry, session: Session, request: Push, now: int) -> Pushed:
    results: list[str] = []
    known: dict[str, Known] = {}
    last: Pushed | None = None
    for command in request.commands:
        try:
            last = await _alone(registry, session, request, command, now, earlier=len(results))
        except Refusal:
            raise
        except Exception:
            if last is None:
                raise
            return Pushed(
                last.epoch, last.last_number, results, known, stop_for("retry", retry_after_ms=RETRY_AFTER)
            )
        results += last.results
        known |= last.known
        if last.stop is not None:
            break
    if last is None:
        raise AssertionError("a batch without commands has nothing to fail")
    return Pushed(last.epoch, last.last_number, results, known, last.stop)


async def _alone(
    registry: Registry, session: Session, request: Push, command: PushCommand, now: int, *, earlier: int
) -> Pushed:
    """One command in its own commit; when that has failed too often, without its handler, into quarantine."""
    try:
        return await _unit(registry, session, request, [command], now, is_guarded=True, earlier=earlier)
    except Refusal:
        raise
    except Exception as error:
        if db.is_transient(error) or not is_poison(*await _count_failure(command, error, now), now):
            raise
        _log.error("a command breaks its commit", name=command.name, uuid=command.uuid, exc_info=error)
    return await _unit(
        registry, session, request, [command], now, is_guarded=True, is_hopeless=True, earlier=earlier
    )


async def _count_failure(command: PushCommand, error: Exception, now: int) -> tuple[int, int]:
    """How often it has failed by now, and since when."""
    async with db.unit_of_work():
        (row,) = await db.fetch(_ATTEMPT, command.uuid, now, repr(error)[:500])
    return row["n"], row["first_at"]


async def _unit(
    registry: Registry,
    session: Session,
    request: Push,
    commands: Sequence[PushCommand],
    now: int,
    *,
    is_guarded: bool,
    is_hopeless: bool = False,
    earlier: int = 0,
) -> Pushed:
    async with db.unit_of_work():
        replica = await own_replica(session, request.replica, lock=True)
        if not commands:
            refuse_ended(replica)
        if request.epoch != replica.epoch:
            return Pushed(replica.epoch, replica.last_number, (), {}, stop_for("epoch"))
        batch = await open_batch(session.person, replica, commands, now, is_guarded=is_guarded)
        batch.is_hopeless = is_hopeless
        for command in commands:
            await take(registry, batch, command)
            if batch.stop is not None:
                break
        await decide_together(batch)
        await write_batch(batch, request, earlier)
    await fill_seqs(batch)
    if batch.failed is not None:
        async with db.unit_of_work():
            await db.fetch(_ATTEMPT, batch.failed[0], now, batch.failed[1])
    return Pushed(replica.epoch, batch.last_number, batch.results, batch.known, batch.stop)


def _answer(pushed: Pushed, now: int) -> bytes:
    results = (
        result_text(known.number, uuid, known.seq, known.outcome)
        for uuid in pushed.results
        for known in (pushed.known[uuid],)
    )
    stop = f',"stop":{msgspec.json.encode(pushed.stop).decode()}' if pushed.stop is not None else ""
    return (
        f'{{"epoch":"{pushed.epoch}","server_time":{now},"last_number":{pushed.last_number},'
        f'"results":[{",".join(results)}]{stop}}}'
    ).encode()
