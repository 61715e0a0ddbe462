"""Replicas: one browser profile of one person. Registering and finding them; ending one is identity's, and the
log of what they may do is elsewhere."""

from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec

from roundsman.core import db
from roundsman.core.context import Person, Session, refuse_another
from roundsman.core.domain import BindSession
from roundsman.core.errors import Forbidden, Gone
from roundsman.core.ids import new_id
from roundsman.core.times import MINUTE
from roundsman.sync.wire import Hello, SuspectedLoss, Welcome, within

MIN_SCHEMA = 1
FEATURES = ("digest", "backfill", "events")
TOUCH_EVERY = 5 * MINUTE
HEAD = (
    "SELECT coalesce(max(seq), 0) FROM "
    "(SELECT max(seq) AS seq FROM sync_feed UNION ALL SELECT max(seq) AS seq FROM sync_command) AS newest"
)


@dataclass(frozen=True, slots=True)
class Replica:
    """The row of a replica, with the epoch and the head of the same moment."""

    id: str
    person_id: str
    last_number: int
    status: str
    epoch: str
    head: int
    last_seen_at: int
    served_at: int | None
    served_head: int | None
    entitled_since: int | None
    outbox_depth: int
    outbox_blobs: int


_LOSS: Final = "suspected_loss"


class _Loss(msgspec.Struct, kw_only=True):
    """The body of such a report: the store that is gone, how much was in it, and the one made in its place."""

    replica: str | None
    count: int
    now: str


class ReplicaWiped(Forbidden):
    """This replica may do nothing any more; the answer also clears the browser's storage."""


_FIND = f"""
    SELECT r.id, r.person_id, r.last_number, r.status, m.epoch, ({HEAD}) AS head, r.last_seen_at,
        r.served_at, r.served_head, r.entitled_since, r.outbox_depth, r.outbox_blobs
    FROM sync_replica r JOIN sync_meta m ON m.id = 1 WHERE r.id = $1
"""


async def find_replica(replica_id: str, *, lock: bool = False) -> Replica | None:
    """The replica, locked for this unit of work when asked."""
    sql = _FIND + (" FOR UPDATE OF r" if lock and db.current().dialect == "postgres" else "")
    row = await db.fetch_one(sql, replica_id)
    return Replica(**row) if row is not None else None


async def own_replica(session: Session, replica_id: str, *, lock: bool = False) -> Replica:
    """The replica of this person, ended as his session is: of a phone that was ended, or of somebody let go, whatever
    id it now gives.

    Raises Gone("sync.replica_unknown"): the phone says hello again.
    """
    replica = await find_replica(replica_id, lock=lock)
    if replica is None or replica.person_id != session.person.id:
        raise Gone("sync.replica_unknown")
    return replace(replica, status=_status_for(session, replica.status))


def _status_for(session: Session, status: str) -> str:
    """A replica's status in the hands of this session. That its person was let go is not written to the row, so that
    he finds his phones as they were when he is taken back.
    """
    if not session.is_locked:
        return status
    return "wipe" if session.is_wiped or status == "wipe" else "revoked"


def refuse_ended(replica: Replica) -> None:
    """Raise for a replica that was revoked or wiped. A retired one has only been replaced and may finish."""
    if replica.status == "wipe":
        raise ReplicaWiped("sync.replica_wiped")
    if replica.status == "revoked":
        raise Forbidden("sync.replica_revoked")


async def greet(
    session: Session, hello: Hello, cookie: str | None, now: int, bind: BindSession | None = None
) -> Welcome:
    """Register a replica or recognise one, and tie the session to it. Raises Forbidden for another person's.

    A wiped replica is greeted with `status: "wipe"`, so that it can hand in its outbox before its pull is
    refused; a revoked one, or one of somebody let go, with `status: "revoked"`, likewise. Under a locked session every
    replica is such a one, and an empty store has nothing to hand in: ReplicaWiped, or Forbidden.
    """
    person = session.person
    refuse_another(person, hello.person_id)
    if session.is_wiped and hello.replica is None:
        raise ReplicaWiped("sync.replica_wiped")
    if session.is_locked and hello.replica is None:
        raise Forbidden("sync.replica_revoked")
    async with db.unit_of_work():
        meta = await db.fetch_one("SELECT epoch FROM sync_meta WHERE id = 1")
        if meta is None:
            raise RuntimeError("the sync tables are not set up: triggers.install() has not run")
        known = await find_replica(hello.replica, lock=True) if hello.replica else None
        if known is not None and known.person_id == person.id:
            replica_id, last_number, status = known.id, known.last_number, known.status
            await db.execute(
                "UPDATE sync_replica SET device = $2, schema_version = $3, clock_skew_ms = $4, "
                "last_seen_at = $5 WHERE id = $1",
                replica_id,
                _device(hello),
                hello.schema,
                _skew(hello, now),
                now,
            )
        else:
            replica_id = hello.replica if hello.replica and known is None else new_id()
            last_number, status = 0, "wipe" if session.is_wiped else "active"
            await db.execute(
                "INSERT INTO sync_replica (id, person_id, last_number, status, prev_replica, device, schema_version, "
                "outbox_depth, outbox_blobs, clock_skew_ms, created_at, last_seen_at) "
                "VALUES ($1, $2, 0, $8, $3, $4, $5, 0, 0, $6, $7, $7)",
                replica_id,
                person.id,
                hello.prev_replica,
                _device(hello),
                hello.schema,
                _skew(hello, now),
                now,
                status,
            )
        if bind is not None and session.replica_id != replica_id:
            await bind(session, replica_id, status)
        loss = await _suspected_loss(person, hello, cookie, replica_id, now)
        if hello.prev_replica and hello.prev_replica != replica_id:
            await _retire(person, hello.prev_replica)
    return Welcome(
        replica=replica_id,
        epoch=meta["epoch"],
        server_time=now,
        min_schema=MIN_SCHEMA,
        features=list(FEATURES),
        last_number=last_number,
        status=_status_for(session, status),
        suspected_loss=loss,
    )


async def _suspected_loss(
    person: Person, hello: Hello, cookie: str | None, replica_id: str, now: int
) -> SuspectedLoss | None:
    """Reports an empty store of which more is known, and answers whose it was if that can be told.

    The cookie survives where script storage was evicted: it names the store that is gone, unless somebody else has
    signed in on this phone since. How much was in it is what the phone last reported or, recorded since without a
    signal, still knows.
    """
    if hello.replica or hello.prev_replica:
        return None
    before = await find_replica(cookie, lock=True) if cookie else None
    if before is not None and before.person_id != person.id:
        before = None
    count = (within(hello.lost.outbox_depth_last_known, 0, 2**31 - 1) or 0) if hello.lost else 0
    if before is not None and before.status == "active":
        await _retire(person, before.id)
        count = max(before.outbox_depth + before.outbox_blobs, count)
    loss = await _told_before(person, before, replica_id) if before is not None else None
    if loss is None:
        if count == 0:
            return None
        loss = _Loss(replica=before.id if before is not None else None, count=count, now=replica_id)
        await record_report(person, _LOSS, loss, loss.replica, now)
    return SuspectedLoss(replica=loss.replica, count=loss.count) if loss.replica is not None else None


async def _told_before(person: Person, before: Replica, replica_id: str) -> _Loss | None:
    """The loss of this very store, or the one it was made for if it never came to life: the phone did not hear of
    the loss. It is the same one still, and reported once."""
    row = await db.fetch_one(
        "SELECT id, body FROM sync_report WHERE person_id = $1 AND kind = $2 "
        "ORDER BY received_at DESC, id DESC LIMIT 1",
        person.id,
        _LOSS,
    )
    if row is None:
        return None
    try:
        told = msgspec.json.decode(row["body"], type=_Loss)
    except msgspec.ValidationError:
        # Anybody may report anything under this name.
        return None
    if told.replica != before.id and (told.now != before.id or before.served_at is not None):
        return None
    told.now = replica_id
    await db.execute(
        "UPDATE sync_report SET body = $2 WHERE id = $1", row["id"], msgspec.json.encode(told).decode()
    )
    return told


async def _retire(person: Person, replica_id: str) -> None:
    await db.execute(
        "UPDATE sync_replica SET status = 'retired' WHERE id = $1 AND person_id = $2 AND status = 'active'",
        replica_id,
        person.id,
    )


async def record_report(person: Person, kind: str, body: Any, replica_id: str | None, now: int) -> None:
    """Keep a phone's diagnostics for support. Needs a unit of work."""
    await db.execute(
        "INSERT INTO sync_report (id, person_id, replica_id, kind, body, received_at) VALUES ($1, $2, $3, $4, $5, $6)",
        new_id(now),
        person.id,
        replica_id,
        kind[:64],
        msgspec.json.encode(body).decode(),
        now,
    )


async def note_served(replica: Replica, cursors_head: int, head: int, now: int) -> None:
    """Remember, at most every few minutes, that a complete pull was served.

    A phone whose cursors reach what was served before has committed that checkpoint; only then does
    `entitled_since` move,
    so it is never later than the phone's own last checkpoint.
    """
    if replica.served_at is not None and now - replica.served_at < TOUCH_EVERY:
        return
    is_committed = replica.served_head is not None and cursors_head >= replica.served_head
    async with db.unit_of_work():
        await db.execute(
            "UPDATE sync_replica SET last_seen_at = $2, served_at = $2, served_head = $3, entitled_since = $4 "
            "WHERE id = $1",
            replica.id,
            now,
            head,
            replica.served_at if is_committed else replica.entitled_since,
        )


def _device(hello: Hello) -> str:
    return msgspec.json.encode(hello.device).decode()


def _skew(hello: Hello, now: int) -> int | None:
    return now - hello.client_time if hello.client_time is not None else None
