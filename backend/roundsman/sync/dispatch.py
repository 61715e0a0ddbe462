"""One dispatcher for both doors: a phone's batch (push/) and one command over HTTP (`run_one`).
It decides a command and writes the decision into the log, sync_command, which is also the audit
trail.
"""

import hashlib
import uuid as uuids
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Command
from roundsman.core.errors import KINDS, Busy, Conflict, Gone, Invalid, Refusal
from roundsman.core.registry import Registry
from roundsman.sync.wire import Status

# Keys of other systems need not be UUIDs; the person is part of the name, so nobody's key meets another's.
_KEYS: Final = uuids.UUID("5a0f3c7e-3d0b-5c6e-9b1a-7f2d9c1e4b60")
_ENCODER: Final = msgspec.json.Encoder(enc_hook=str)


class Logged(NamedTuple):
    """A row of the log; without a `seq` it is stamped by a trigger."""

    uuid: str
    person_id: str
    replica_id: str | None
    number: int | None
    name: str
    version: int
    args: str
    hash: str
    deps: str | None
    captured_at: int | None
    skew_ms: int | None
    tz: str | None
    received_at: int
    status: Status
    code: str | None
    outcome: str
    seq: int | None = None


INSERT_COMMAND: Final = (
    f"INSERT INTO sync_command ({', '.join(Logged._fields)}) "
    f"VALUES ({', '.join(f'${n}' for n, _ in enumerate(Logged._fields, 1))})"
)

_registries: "WeakKeyDictionary[db.Database, Registry]" = WeakKeyDictionary()


def use_registry(registry: Registry) -> None:
    """Remember which commands the database in use knows."""
    _registries[db.current()] = registry


def registry_in_use() -> Registry:
    """The registry of the database in use, for commands about commands. Raises KeyError before `prepare`."""
    return _registries[db.current()]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, before it has its place in the log. `outcome` is the JSON object that is stored and
    sent again."""

    status: Status
    code: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one command over HTTP. `result` is JSON text or None; `is_replay` says it was decided
    earlier."""

    uuid: str
    status: Status
    seq: int
    code: str | None
    result: bytes | None
    refusal: Refusal | None
    is_replay: bool


class _Stored(msgspec.Struct):
    status: Status
    code: str | None = None
    kind: str | None = None
    detail: dict[str, Any] | None = None
    result: msgspec.Raw = msgspec.Raw()


def fingerprint(name: str, version: int, raw: bytes) -> str:
    """SHA-256 over name, version and the arguments exactly as sent."""
    return hashlib.sha256(b"%b\n%d\n%b" % (name.encode(), version, raw)).hexdigest()


def applied(answer: object) -> Decision:
    """The decision for a handler that came to its end."""
    if answer is None:
        return _APPLIED
    return Decision("applied", None, f'{{"status":"applied","result":{_ENCODER.encode(answer).decode()}}}')


def rejected(refusal: Refusal) -> Decision:
    """The decision for a rule that said no."""
    text = {"status": "rejected", "code": refusal.code, "kind": refusal.kind, "detail": refusal.details}
    return Decision("rejected", refusal.code, _ENCODER.encode(text).decode())


def quarantined(code: str, **details: Any) -> Decision:
    """The decision to keep a command that cannot be decided now, for people to look at."""
    text = {"status": "quarantined", "code": code, "detail": details}
    return Decision("quarantined", code, _ENCODER.encode(text).decode())


_APPLIED: Final = Decision("applied", None, '{"status":"applied"}')


async def perform(command: Command, ctx: Ctx, version: int, raw: bytes | str) -> Decision:
    """Allowed? well-formed? then the handler. Raises Refusal and whatever the handler raises; its
    writes are the caller's to undo.
    """
    if command.permission is not None:
        ctx.require(command.permission)
    payload = command.decode(raw, version)
    return applied(await command.handler(ctx, payload))


def uuid_of_key(ctx: Ctx, key: str) -> str:
    """The command's identity for an Idempotency-Key: the key itself when it is a UUID."""
    try:
        return str(uuids.UUID(key))
    except ValueError:
        return str(uuids.uuid5(_KEYS, f"{ctx.person.id}\n{key}"))


async def run_one(
    ctx: Ctx, command: Command, raw_args: bytes, key: str, version: int | None = None
) -> Outcome:
    """Run one command over HTTP, at most once per key; the same key again gives the stored answer. `version` is the
    one the arguments are written in, None the present one.

    Raises Invalid("invalid_version") for a version that is not known, Conflict("idempotency_key_reused") when the key
    was used for something else or by somebody else, Gone("idempotency_key_old") when it was used so long ago that the
    answer is not kept, Busy when it may be tried again. A handler's own crash comes through, and nothing is kept of it.
    """
    uuid = uuid_of_key(ctx, key)
    ctx = replace(ctx, uuid=uuid)
    version = command.version if version is None else version
    hash_ = "" if command.is_secret else fingerprint(command.name, version, raw_args)
    try:
        return await _decide_one(ctx, command, version, raw_args, hash_)
    except Exception as error:
        if (
            db.is_unique_violation(error)
            and (stored := await _stored_answer(ctx, command, hash_)) is not None
        ):
            # The same key at the same moment at another worker: that one's answer counts.
            return stored
        # Two at the same moment, and the other one was first: trying again meets its row, and a rule that
        # says so.
        if db.is_transient(error) or db.is_unique_violation(error):
            raise Busy("busy") from error
        raise


class _Refused(Exception):
    """The quick pass met a rule that says no: it has to be undone without the whole unit of work."""


async def _decide_one(ctx: Ctx, command: Command, version: int, raw: bytes, hash_: str) -> Outcome:
    """Two passes, like a batch's: without a savepoint, which most commands do not need; with one. A password is tried
    in one pass, since every try at it counts.
    """
    try:
        return await _unit(ctx, command, version, raw, hash_, is_guarded=command.is_secret)
    except _Refused:
        return await _unit(ctx, command, version, raw, hash_, is_guarded=True)


async def _unit(
    ctx: Ctx, command: Command, version: int, raw: bytes, hash_: str, *, is_guarded: bool
) -> Outcome:
    async with db.unit_of_work():
        stored = await _stored_answer(ctx, command, hash_)
        if stored is not None:
            return stored
        if not command.knows(version):
            # Not kept: the page is to be loaded again, and the same key may then go again.
            raise Invalid("invalid_version", version=version, known=command.version)
        decision = await (_guarded if is_guarded else _unguarded)(ctx, command, version, raw)
        logged = Logged(
            uuid=ctx.uuid,
            person_id=ctx.person.id,
            replica_id=ctx.replica_id,
            number=None,
            name=command.name,
            version=version,
            args="{}" if command.is_secret else raw.decode(errors="replace"),
            hash=hash_,
            deps=None,
            captured_at=ctx.captured_at,
            skew_ms=ctx.skew_ms,
            tz=ctx.tz,
            received_at=ctx.now,
            status=decision.status,
            code=decision.code,
            outcome=decision.outcome,
            seq=await next_stamps(1),
        )
        await db.execute(INSERT_COMMAND, *logged)
    seq = logged.seq
    if seq is None:
        seq = await db.fetch_value("SELECT seq FROM sync_command WHERE uuid = $1", ctx.uuid) or 0
    return _answer(ctx.uuid, decision.outcome, is_replay=False, seq=seq)


async def _unguarded(ctx: Ctx, command: Command, version: int, raw: bytes) -> Decision:
    try:
        return await perform(command, ctx, version, raw)
    except Busy:
        raise
    except Refusal as refusal:
        raise _Refused from refusal


async def _guarded(ctx: Ctx, command: Command, version: int, raw: bytes) -> Decision:
    try:
        async with db.savepoint():
            return await perform(command, ctx, version, raw)
    except Busy:
        raise
    except Refusal as refusal:
        return rejected(refusal)


async def next_stamps(count: int) -> int | None:
    """The first of so many stamps for rows of the log where writers are serial; None elsewhere, where they are stamped
    in the commit.
    """
    if db.current().dialect == "postgres":
        return None
    last: int = await db.fetch_value("UPDATE sync_head SET seq = seq + $1 RETURNING seq", count)
    return last - count + 1


_STORED: Final = """
    SELECT person_id, name, hash, outcome, seq FROM sync_command WHERE uuid = $1
    UNION ALL SELECT person_id, NULL, NULL, NULL, seq FROM sync_past WHERE uuid = $1
"""


async def _stored_answer(ctx: Ctx, command: Command, hash_: str) -> Outcome | None:
    row = await db.fetch_one(_STORED, ctx.uuid)
    if row is None:
        return None
    if row["hash"] is None:
        raise Gone("idempotency_key_old")
    if row["person_id"] != ctx.person.id or row["name"] != command.name or row["hash"] != hash_:
        raise Conflict("idempotency_key_reused")
    return _answer(ctx.uuid, row["outcome"], is_replay=True, seq=row["seq"] or 0)


def _answer(uuid: str, outcome: str, *, is_replay: bool, seq: int) -> Outcome:
    stored = msgspec.json.decode(outcome, type=_Stored)
    refusal = None
    if stored.status == "rejected":
        kind = next((kind for kind in KINDS if kind.kind == stored.kind), Conflict)
        refusal = kind(stored.code or "refused", **(stored.detail or {}))
    return Outcome(
        uuid=uuid,
        status=stored.status,
        seq=seq,
        code=stored.code,
        result=bytes(stored.result) or None,
        refusal=refusal,
        is_replay=is_replay,
    )
