"""One batch inside its unit of work: what is known before, what was decided so far, and how it is written down."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.core.domain import Payload, Together
from roundsman.core.times import LAST_MOMENT
from roundsman.sync.dispatch import INSERT_COMMAND, Decision, Logged, next_stamps
from roundsman.sync.replicas import Replica
from roundsman.sync.results import past_outcome
from roundsman.sync.wire import Push, PushCommand, Stop, within

_KNOWN_SQLITE = "FROM json_each($1) AS u"
_KNOWN_POSTGRES = "FROM unnest($1::text[]) AS u(value)"
_KNOWN = """
    SELECT u.value AS uuid, c.person_id, c.hash, c.status, c.outcome, c.number, c.seq, a.n, a.first_at,
        p.person_id AS past_person_id, p.status AS past_status, p.code AS past_code, p.number AS past_number,
        p.seq AS past_seq
    {source} LEFT JOIN sync_command c ON c.uuid = u.value LEFT JOIN sync_attempt a ON a.uuid = u.value
        LEFT JOIN sync_past p ON p.uuid = u.value
"""
_UPDATE_REPLICA = """
    UPDATE sync_replica SET last_number = $2, last_seen_at = $3, schema_version = $4,
        outbox_depth = coalesce($5, outbox_depth), outbox_oldest_at = $6, outbox_blobs = coalesce($7, outbox_blobs),
        clock_skew_ms = coalesce($8, clock_skew_ms)
    WHERE id = $1
"""


@dataclass(slots=True)
class Known:
    """A decided command, as the log has it; `seq` is None until it is stamped."""

    person_id: str
    hash: str
    status: str
    outcome: str
    number: int | None
    seq: int | None


@dataclass(slots=True)
class Batch:
    """What is known and decided so far of one batch, inside one unit of work."""

    person: Person
    replica: Replica
    now: int
    is_guarded: bool
    numbers: dict[int, str]
    known: dict[str, Known]
    attempts: dict[str, tuple[int, int]]
    last_number: int
    results: list[str] = field(default_factory=list)
    commands: list[Logged] = field(default_factory=list)
    aliases: list[tuple[object, ...]] = field(default_factory=list)
    waiting: list[tuple[PushCommand, str, Ctx, Payload]] = field(default_factory=list)
    together: Together | None = None
    """Those not decided yet, with their fingerprints, and what decides them in one call."""
    stop: Stop | None = None
    failed: tuple[str, str] | None = None
    is_hopeless: bool = False
    """What is decided here has broken its commit too often: its handler does not run again."""


async def open_batch(
    person: Person, replica: Replica, commands: Sequence[PushCommand], now: int, *, is_guarded: bool
) -> Batch:
    """Read all that is known of the batch's commands, their parents and their numbers: two statements at most."""
    uuids = {command.uuid for command in commands}
    uuids.update(dep for command in commands for dep in command.deps or ())
    known: dict[str, Known] = {}
    attempts: dict[str, tuple[int, int]] = {}
    numbers: dict[int, str] = {}
    if uuids:
        source = _KNOWN_POSTGRES if db.current().dialect == "postgres" else _KNOWN_SQLITE
        for row in await db.fetch(_KNOWN.format(source=source), list(uuids)):
            if row["hash"] is not None:
                known[row["uuid"]] = Known(
                    row["person_id"], row["hash"], row["status"], row["outcome"], row["number"], row["seq"]
                )
            elif row["past_status"] is not None:
                # Its fingerprint is gone with its arguments: the uuid alone says that it was done.
                known[row["uuid"]] = Known(
                    row["past_person_id"],
                    "",
                    row["past_status"],
                    past_outcome(row["past_status"], row["past_code"]),
                    row["past_number"],
                    row["past_seq"],
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
    return Batch(person, replica, now, is_guarded, numbers, known, attempts, replica.last_number)


async def write_batch(batch: Batch, request: Push, earlier: int) -> None:
    """The log last of all, so that its stamps lie above every change of the same unit of work. `earlier` of the
    request's commands were answered in other units of work."""
    outbox, replica = request.outbox, batch.replica
    if batch.commands:
        await db.execute_many(INSERT_COMMAND, await _stamped(batch))
    if batch.aliases:
        await db.execute_many(
            "INSERT INTO sync_number (replica_id, number, uuid) VALUES ($1, $2, $3)", batch.aliases
        )
    skew = batch.now - request.client_time if request.client_time is not None else None
    most = 2**31 - 1
    depth = within(outbox.depth, 0, most) if outbox else None
    if depth is not None:
        # The phone counted what it sends here as well, and says nothing more once all of it is answered.
        depth = max(0, depth - earlier - len(batch.results))
    await db.execute(
        _UPDATE_REPLICA,
        replica.id,
        batch.last_number,
        batch.now,
        request.schema,
        depth,
        within(outbox.oldest_at, 0, 2**53) if outbox and depth != 0 else None,
        within(outbox.blobs, 0, most) if outbox else None,
        within(skew, -(2**53), 2**53),
    )


async def _stamped(batch: Batch) -> list[Logged]:
    """The rows with their seqs where writers are serial; elsewhere they are stamped in the commit."""
    first = await next_stamps(len(batch.commands))
    if first is None:
        return batch.commands
    stamped = [row._replace(seq=seq) for seq, row in enumerate(batch.commands, first)]
    for row in stamped:
        batch.known[row.uuid].seq = row.seq
    return stamped


async def fill_seqs(batch: Batch) -> None:
    """Read the stamps that were made in the commit."""
    missing = [row.uuid for row in batch.commands if batch.known[row.uuid].seq is None]
    if missing:
        for row in await db.fetch(
            f"SELECT uuid, seq FROM sync_command WHERE uuid {db.any_of('$1')}", missing
        ):
            batch.known[row["uuid"]].seq = row["seq"]


def captured_at(command: PushCommand) -> int | None:
    """When it was done by the phone's clock, if a calendar has that moment."""
    return within(command.captured_at, 0, LAST_MOMENT)


def skew_ms(command: PushCommand) -> int | None:
    """By how much that clock is off, if a clock can be."""
    return within(command.skew_ms, -LAST_MOMENT, LAST_MOMENT)


def row_of(batch: Batch, command: PushCommand, hash_: str, decision: Decision) -> Logged:
    """The row of the log; without a fingerprint also without the arguments."""
    return Logged(
        uuid=command.uuid,
        person_id=batch.person.id,
        replica_id=batch.replica.id,
        number=command.number,
        name=command.name,
        version=command.v,
        args=bytes(command.args).decode() if hash_ else "{}",
        hash=hash_,
        deps=msgspec.json.encode(command.deps).decode() if command.deps else None,
        captured_at=captured_at(command),
        skew_ms=skew_ms(command),
        tz=command.tz,
        received_at=batch.now,
        status=decision.status,
        code=decision.code,
        outcome=decision.outcome,
    )
