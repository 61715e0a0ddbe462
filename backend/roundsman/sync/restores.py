"""Notices that the database is older than it was, though nobody said so: at the start by what was noted beside it,
later by a phone that knows more than the server. The history then gets a new name, and phones send again what is
missing.
"""

import os
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog

from roundsman.core import db
from roundsman.core.context import Person
from roundsman.core.times import DAY
from roundsman.sync.collection import rotate_epoch
from roundsman.sync.replicas import HEAD, Replica, find_replica, record_report
from roundsman.sync.wire import Pull

HISTORIES: Final = "histories"
"""The folder in DATA where it is noted how far each history reaches."""
NOTE_EVERY: Final = 5.0
WENT_BACK: Final = "went_back"
"""The kind of a phone's report that the server knows less than it did."""
BELIEVED: Final = "restore_noticed"

_log = structlog.get_logger()
_STANDING: Final = f"SELECT m.epoch, ({HEAD}) AS head FROM sync_meta m WHERE m.id = 1"
_IS_SET_UP: Final[dict[db.DialectName, str]] = {
    "sqlite": "SELECT 1 AS found FROM sqlite_schema WHERE type = 'table' AND name = 'sync_past'",
    "postgres": "SELECT 1 AS found FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'sync_past'",
}


class Witness:
    """How far each history was seen to reach: one small file for each epoch, outside the database it is about.

    What it says may lag behind by a few seconds and is never ahead of what was durable.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._noted: dict[str, int] = {}

    async def compare(self) -> None:
        """Give the history of the database in use a new name when it reaches less far than was noted.

        Runs before the migrations, since these may write and so hide it.
        """
        if not await db.fetch(_IS_SET_UP[db.current().dialect]):
            return
        standing = await db.fetch_one(_STANDING)
        if standing is None:
            return
        epoch, head = standing["epoch"], standing["head"]
        noted = self._read(epoch)
        if head >= noted:
            return
        now = await rotate_epoch(was=epoch)
        _log.error(
            "this database is older than it was: a backup was put back by hand. Phones will read everything again "
            "and send what is missing.",
            was=epoch,
            now=now,
            head=head,
            head_before=noted,
        )

    async def note(self) -> None:
        """Write down how far the history of the database in use reaches. That it cannot be written stops nobody."""
        standing = await db.fetch_one(_STANDING)
        if standing is None or standing["head"] <= self._noted.get(standing["epoch"], -1):
            return
        try:
            self._write(standing["epoch"], standing["head"])
        except OSError as error:
            _log.warning(
                "cannot note how far the history reaches", folder=str(self._folder), error=str(error)
            )
        self._noted[standing["epoch"]] = standing["head"]

    def _read(self, epoch: str) -> int:
        try:
            return int((self._folder / epoch).read_text("ascii"))
        except (OSError, ValueError):
            return -1

    def _write(self, epoch: str, head: int) -> None:
        if head <= self._read(epoch):
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._folder / f".{epoch}.{os.getpid()}"
        partial.write_text(str(head), "ascii")
        partial.replace(self._folder / epoch)


class WentBack(msgspec.Struct, kw_only=True):
    """What a phone says it has seen of a history that now reaches less far: the body of such a report."""

    epoch: str
    replica: str
    head: int
    acked_number: int


def newest_cursor(request: Pull) -> int:
    """The furthest a phone has read, or 0."""
    return max((cursor[0] for cursor in request.cursors.values()), default=0)


def knows_more(replica: Replica, request: Pull) -> bool:
    """Whether a phone has read, of this very history, what the server no longer has.

    Its numbers say nothing here: while it recovers they are those of the history before.
    """
    return newest_cursor(request) > replica.head


async def hear(person: Person, report: Any, now: int) -> None:
    """Look into a phone's report that the server went back; nothing happens unless it is so."""
    try:
        told = msgspec.convert(report, WentBack)
    except msgspec.ValidationError:
        return
    replica = await find_replica(told.replica)
    if replica is not None and replica.person_id != person.id:
        return
    standing = await db.fetch_one(_STANDING)
    if standing is None or standing["epoch"] != told.epoch:
        return
    last_number = replica.last_number if replica is not None else 0
    if told.head > standing["head"] or told.acked_number > last_number:
        await believe(person, told, now)


async def believe(person: Person, told: WentBack, now: int) -> str | None:
    """Give the history a new name because this phone knows more of it; the name, or none when that was done for the
    same person within a day (his phone then recovers alone).

    One phone's word is enough: the others may come back only when the new history has overtaken what they know, and
    would notice nothing. Once a day and person, because anybody signed in could make all phones read everything again.
    """
    async with db.unit_of_work():
        believed = await db.fetch_value(
            "SELECT count(*) FROM sync_report WHERE person_id = $1 AND kind = $2 AND received_at > $3",
            person.id,
            BELIEVED,
            now - DAY,
        )
        if believed:
            return None
        await record_report(person, BELIEVED, told, told.replica, now)
        epoch = await rotate_epoch(was=told.epoch)
    _log.error(
        "a phone knows more than this database: a backup was put back by hand. Phones will read everything again and "
        "send what is missing.",
        person=person.id,
        now=epoch,
        **msgspec.structs.asdict(told),
    )
    return epoch
