"""A phone's batch: every command decided once, in the order of its numbers, the whole batch in one unit of
work.

A number is consumed only by a decision: applied, rejected by a rule, or quarantined. Anything else stops the
batch there, keeps
what was decided before, and the phone sends the rest again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import msgspec
import structlog

from roundsman.core import db
from roundsman.core.context import Ctx, Person, Session
from roundsman.core.errors import Busy, Invalid, Refusal
from roundsman.core.registry import Registry
from roundsman.core.times import HOUR, MINUTE, ZONE
from roundsman.sync.dispatch import INSERT_COMMAND, Decision, fingerprint, perform, quarantined, rejected
from roundsman.sync.replicas import Replica, own_replica, refuse_another, refuse_ended
from roundsman.sync.wire import MAX_COMMANDS, Push, PushCommand, Stop, StopReason

POISON_TRIES: Final = 5
POISON_SPAN: Final = 10 * MINUTE
WAITING_SPAN: Final = 24 * HOUR
_RETRY_AFTER: Final = 1000

_log = structlog.get_logger()

_KNOWN_SQLITE = "FROM json_each($1) AS u"
_KNOWN_POSTGRES = "FROM unnest($1::text[]) AS u(value)"
_KNOWN = """
    SELECT u.value AS uuid, c.person_id, c.hash, c.status, c.outcome, c.number, c.seq, a.n, a.first_at
    {source} LEFT JOIN sync_command c ON c.uuid = u.value LEFT JOIN sync_attempt a ON a.uuid = u.value
"""
_UPDATE_REPLICA = """
    UPDATE sync_replica SET last_number = $2, last_seen_at = $3, schema_version = $4,
        outbox_depth = coalesce($5, outbox_depth), outbox_oldest_at = $6, outbox_blobs = coalesce($7, outbox_blobs),
        clock_skew_ms = coalesce($8, clock_skew_ms)
    WHERE id = $1
"""
_ATTEMPT = """
    INSERT INTO sync_attempt (uuid, n, first_at, last_at, last_error) VALUES ($1, 1, $2, $2, $3)
    ON CONFLICT (uuid) DO UPDATE
    SET n = sync_attempt.n + 1, last_at = excluded.last_at, last_error = excluded.last_error
"""


class _Again(Exception):
    """The quick pass met something that has to be undone alone."""


@dataclass(slots=True)
class _Known:
    person_id: str
    hash: str
    status: str
    outcome: str
    number: int | None
    seq: int | None


@dataclass(slots=True)
class _Batch:
    """What is known and decided so far of one batch, inside one unit of work."""

    person: Person
    replica: Replica
    now: int
    is_guarded: bool
    numbers: dict[int, str]
    known: dict[str, _Known]
    attempts: dict[str, tuple[int, int]]
    last_number: int
    results: list[str] = field(default_factory=list)
    commands: list[tuple[object, ...]] = field(default_factory=list)
    aliases: list[tuple[object, ...]] = field(default_factory=list)
    stop: Stop | None = None
    failed: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Pushed:
    """The answer's parts: `results` are uuids in order, looked up in `known`."""

    epoch: str
    last_number: int
    results: Sequence[str]
    known: dict[str, _Known]
    stop: Stop | None


async def push(registry: Registry, session: Session, request: Push, now: int) -> bytes:
    """Decide a batch and answer it, as JSON.

    Raises Gone for an unknown replica, Forbidden for another person's batch, ReplicaWiped when there is nothing
    more to take from a wiped one, Invalid for more than 50 commands or numbers out of order, Busy when the
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
    known: dict[str, _Known] = {}
    last: Pushed | None = None
    for command in request.commands:
        try:
            last = await _unit(registry, session, request, [command], now, is_guarded=True)
        except Refusal:
            raise
        except Exception as error:
            await _count_failure(command, error, now)
            if last is None:
                raise
            return Pushed(
                last.epoch, last.last_number, results, known, _stop("retry", retry_after_ms=_RETRY_AFTER)
            )
        results += last.results
        known |= last.known
        if last.stop is not None:
            break
    if last is None:
        raise AssertionError("a batch without commands has nothing to fail")
    return Pushed(last.epoch, last.last_number, results, known, last.stop)


async def _count_failure(command: PushCommand, error: Exception, now: int) -> None:
    if db.is_transient(error):
        return
    async with db.unit_of_work():
        await db.execute(_ATTEMPT, command.uuid, now, repr(error)[:500])


async def _unit(
    registry: Registry,
    session: Session,
    request: Push,
    commands: Sequence[PushCommand],
    now: int,
    *,
    is_guarded: bool,
) -> Pushed:
    async with db.unit_of_work():
        replica = await own_replica(session, request.replica, lock=True)
        if not commands:
            refuse_ended(replica)
        if request.epoch != replica.epoch:
            return Pushed(replica.epoch, replica.last_number, (), {}, _stop("epoch"))
        batch = await _open(session.person, replica, commands, now, is_guarded=is_guarded)
        for command in commands:
            await _take(registry, batch, command)
            if batch.stop is not None:
                break
        await _write(batch, request)
        is_early = db.current().dialect == "sqlite"
        if is_early:
            await _fill_seqs(batch)
    if not is_early:
        # Here the stamps are made in the commit itself.
        await _fill_seqs(batch)
    if batch.failed is not None:
        async with db.unit_of_work():
            await db.execute(_ATTEMPT, batch.failed[0], now, batch.failed[1])
    return Pushed(replica.epoch, batch.last_number, batch.results, batch.known, batch.stop)


async def _open(
    person: Person, replica: Replica, commands: Sequence[PushCommand], now: int, *, is_guarded: bool
) -> _Batch:
    uuids = {command.uuid for command in commands}
    uuids.update(dep for command in commands for dep in command.deps or ())
    known: dict[str, _Known] = {}
    attempts: dict[str, tuple[int, int]] = {}
    numbers: dict[int, str] = {}
    if uuids:
        source = _KNOWN_POSTGRES if db.current().dialect == "postgres" else _KNOWN_SQLITE
        for row in await db.fetch(_KNOWN.format(source=source), list(uuids)):
            if row["hash"] is not None:
                known[row["uuid"]] = _Known(
                    row["person_id"], row["hash"], row["status"], row["outcome"], row["number"], row["seq"]
                )
            if row["n"] is not None:
                attempts[row["uuid"]] = (row["n"], row["first_at"])
    if commands and commands[0].number <= replica.last_number:
        rows = await db.fetch(
            "SELECT number, uuid FROM sync_number WHERE replica_id = $1 AND number BETWEEN $2 AND $3",
            replica.id,
            commands[0].number,
            commands[-1].number,
        )
        numbers = {row["number"]: row["uuid"] for row in rows}
    return _Batch(person, replica, now, is_guarded, numbers, known, attempts, replica.last_number)


async def _take(registry: Registry, batch: _Batch, command: PushCommand) -> None:
    """Decide one command, or set `batch.stop`."""
    hash_ = fingerprint(command.name, command.v, bytes(command.args))
    known = batch.known.get(command.uuid)
    is_other = known is not None and (
        known.person_id != batch.person.id or (known.hash != "" and known.hash != hash_)
    )
    if command.number <= batch.last_number:
        if batch.numbers.get(command.number) != command.uuid or is_other:
            batch.stop = _stop("forked")
        else:
            batch.results.append(command.uuid)
        return
    if command.number != batch.last_number + 1:
        batch.stop = _stop("gap", expected_number=batch.last_number + 1)
        return
    if is_other:
        batch.stop = _stop("forked")
        return
    if known is None:
        decision = await _decision(registry, batch, command)
        if decision is None:
            return
        known_command = registry.commands.get(command.name)
        if known_command is not None and known_command.is_secret:
            hash_ = ""
        batch.known[command.uuid] = _Known(
            batch.person.id, hash_, decision.status, decision.outcome, command.number, None
        )
        batch.commands.append(_row(batch, command, hash_, decision))
    batch.aliases.append((batch.replica.id, command.number, command.uuid))
    batch.last_number = command.number
    batch.results.append(command.uuid)


async def _decision(registry: Registry, batch: _Batch, command: PushCommand) -> Decision | None:
    if batch.replica.status in ("revoked", "wipe"):
        return quarantined("sync.replica_wiped" if batch.replica.status == "wipe" else "sync.replica_revoked")
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
    ctx = Ctx(
        person=batch.person,
        now=batch.now,
        replica_id=batch.replica.id,
        captured_at=command.captured_at,
        skew_ms=command.skew_ms,
        tz=command.tz or ZONE,
        uuid=command.uuid,
        entitled_since=batch.replica.entitled_since or batch.replica.served_at,
    )
    raw = bytes(command.args)
    if not batch.is_guarded:
        try:
            return await perform(found, ctx, command.v, raw)
        except Exception as error:
            raise _Again from error
    try:
        async with db.savepoint():
            return await perform(found, ctx, command.v, raw)
    except Busy:
        batch.stop = _stop("retry", retry_after_ms=_RETRY_AFTER)
        return None
    except Refusal as refusal:
        return rejected(refusal)
    except Exception as error:
        if db.is_transient(error):
            batch.stop = _stop("retry", retry_after_ms=_RETRY_AFTER)
            return None
        return _poison(batch, command, error)


def _poison(batch: _Batch, command: PushCommand, error: Exception) -> Decision | None:
    """A handler that crashes: a few more tries over some minutes, then the queue moves on without it."""
    tries, first_at = batch.attempts.get(command.uuid, (0, batch.now))
    _log.error("a command crashed", name=command.name, uuid=command.uuid, tries=tries + 1, exc_info=error)
    if tries + 1 >= POISON_TRIES and batch.now - first_at >= POISON_SPAN:
        return quarantined("handler_crash")
    batch.failed = (command.uuid, repr(error)[:500])
    batch.stop = _stop("retry", retry_after_ms=min(_RETRY_AFTER << tries, 60_000))
    return None


async def _wait_for(batch: _Batch, command: PushCommand, dep: str) -> Decision | None:
    """What it depends on has not come yet, from another device perhaps; a day later people must look at
    it."""
    tries, first_at = batch.attempts.get(command.uuid, (0, batch.now))
    if tries + 1 >= POISON_TRIES and batch.now - first_at >= WAITING_SPAN:
        return quarantined("dependency_missing", uuid=dep)
    batch.failed = (command.uuid, f"waits for {dep}")
    batch.stop = _stop("dependency_wait", retry_after_ms=10_000)
    return None


async def _write(batch: _Batch, request: Push) -> None:
    """The log last of all, so that its stamps lie above every change of the same unit of work."""
    outbox, replica = request.outbox, batch.replica
    if batch.commands:
        await db.execute_many(INSERT_COMMAND, batch.commands)
    if batch.aliases:
        await db.execute_many(
            "INSERT INTO sync_number (replica_id, number, uuid) VALUES ($1, $2, $3)", batch.aliases
        )
    skew = batch.now - request.client_time if request.client_time is not None else None
    await db.execute(
        _UPDATE_REPLICA,
        replica.id,
        batch.last_number,
        batch.now,
        request.schema,
        outbox.depth if outbox else None,
        outbox.oldest_at if outbox else None,
        outbox.blobs if outbox else None,
        skew,
    )


async def _fill_seqs(batch: _Batch) -> None:
    missing = [str(row[0]) for row in batch.commands]
    if missing:
        for row in await db.fetch(
            f"SELECT uuid, seq FROM sync_command WHERE uuid {db.any_of('$1')}", missing
        ):
            batch.known[row["uuid"]].seq = row["seq"]


def _row(batch: _Batch, command: PushCommand, hash_: str, decision: Decision) -> tuple[object, ...]:
    args = bytes(command.args).decode() if hash_ else "{}"
    deps = msgspec.json.encode(command.deps).decode() if command.deps else None
    return (
        *(
            command.uuid,
            batch.person.id,
            batch.replica.id,
            command.number,
            command.name,
            command.v,
            args,
            hash_,
            deps,
        ),
        *(
            command.captured_at,
            command.skew_ms,
            command.tz,
            batch.now,
            decision.status,
            decision.code,
            decision.outcome,
        ),
    )


def _stop(
    reason: StopReason, *, expected_number: int | None = None, retry_after_ms: int | None = None
) -> Stop:
    return Stop(reason=reason, expected_number=expected_number, retry_after_ms=retry_after_ms)


def result_text(number: int | None, uuid: str, seq: int | None, outcome: str) -> str:
    """One result as JSON text; it is the same text whenever it is asked for."""
    return f'{{"number":{number or 0},"uuid":{msgspec.json.encode(uuid).decode()},"seq":{seq},{outcome[1:]}'


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
