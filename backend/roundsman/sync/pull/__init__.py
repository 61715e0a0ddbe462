"""Rows down: one page of what changed since the phone's cursors, read in one snapshot and joined as text; no
row is decoded here."""

from typing import Final

import msgspec
import structlog

from roundsman.core import db
from roundsman.core.context import Person, Session, refuse_another
from roundsman.core.errors import Invalid
from roundsman.core.registry import Registry
from roundsman.sync.pull.answer import answer_of, digest_of, results_of
from roundsman.sync.pull.reading import PageSoFar, read_page
from roundsman.sync.pull.understood import understand
from roundsman.sync.replicas import (
    MIN_SCHEMA,
    Replica,
    note_served,
    own_replica,
    refuse_ended,
)
from roundsman.sync.restores import WentBack, believe, knows_more, newest_cursor
from roundsman.sync.wire import MAX_ASK, Pull

MAX_BUCKETS: Final = 2000
"""Enough for whoever manages 400 territories, three months of each; all of them are one bucket."""

_log = structlog.get_logger()


async def pull(
    registry: Registry, session: Session, request: Pull, now: int, *, is_noted: bool = True
) -> bytes:
    """Answer a pull as JSON. Raises Gone for an unknown replica, Forbidden for an ended one and for another person's,
    Invalid for a senseless request."""
    person = session.person
    refuse_another(person, request.person_id)
    if len(request.ask) > MAX_ASK:
        raise Invalid("sync.asks_too_much", most=MAX_ASK)
    try:
        request, name = understand(registry, request)
    except LookupError:
        return _refused(request, request.epoch, "tables")
    replica, page, answer = await _read(registry, session, request, now, name, is_doubted=True)
    if page is None and request.epoch == replica.epoch:
        told = WentBack(
            epoch=request.epoch,
            replica=request.replica,
            head=newest_cursor(request),
            acked_number=request.acked_number,
        )
        epoch = await believe(person, told, now)
        if epoch is not None:
            return _refused(request, epoch)
        replica, page, answer = await _read(registry, session, request, now, name, is_doubted=False)
    if page is None:
        return answer
    if is_noted and not page.has_more and request.schema >= MIN_SCHEMA:
        await note_served(replica, newest_cursor(request), replica.head, now)
    return answer


async def _read(
    registry: Registry, session: Session, request: Pull, now: int, name: str | None, *, is_doubted: bool
) -> tuple[Replica, PageSoFar | None, bytes]:
    """Replica, page and answer of one snapshot; no page when the history has another name, or, if that is doubted, when
    the phone knows more of it than we do. `name`: of the phone's list of tables, if it is to hear one."""
    async with db.snapshot():
        replica = await own_replica(session, request.replica)
        refuse_ended(replica)
        if request.epoch != replica.epoch or (is_doubted and knows_more(replica, request)):
            return replica, None, _refused(request, replica.epoch)
        buckets = await _buckets(registry, session.person, request, now)
        if request.schema < MIN_SCHEMA:
            page = PageSoFar(replica, buckets[0], [*buckets[1], "upgrade"])
        else:
            page = await read_page(registry, buckets, request, replica)
        results = "" if page.has_more else await results_of(session.person, request, replica)
        digest = await digest_of(page, request) if request.want_digest and not page.has_more else None
    return replica, page, answer_of(page, request, now, results, digest, name)


def _refused(request: Pull, epoch: str, why: str = "epoch") -> bytes:
    return msgspec.json.encode({"epoch": epoch, "gen": request.gen, "refused": why})


async def _buckets(
    registry: Registry, person: Person, request: Pull, now: int
) -> tuple[list[str], list[str]]:
    held = list(dict.fromkeys(await registry.buckets(person, now))) if registry.buckets is not None else []
    notices = []
    if len(held) > MAX_BUCKETS:
        _log.error("a person holds too many buckets", person=person.id, count=len(held))
        notices.append("too_many_buckets")
        held = held[:MAX_BUCKETS]
    if request.priority:
        first = {bucket: at for at, bucket in enumerate(request.priority)}
        held.sort(key=lambda bucket: first.get(bucket, len(first)))
    return held, notices
