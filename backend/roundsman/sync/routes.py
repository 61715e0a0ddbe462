"""The HTTP door of the sync engine: hello, push, pull, events, report; and what an administrator sees of
phones and commands."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Final, TypeVar

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.params import JSONBody, QueryParameter
from litestar.response import ServerSentEvent, ServerSentEventMessage

from roundsman.core import db
from roundsman.core.errors import invalid_from
from roundsman.core.http import (
    After,
    Limit,
    Page,
    RequestCtx,
    page_of,
    person_of,
    problem_answer,
    read_cursor,
)
from roundsman.core.http.auth import is_secure, session_of
from roundsman.core.registry import Registry
from roundsman.core.times import now_ms
from roundsman.sync import events
from roundsman.sync.limits import within_limits
from roundsman.sync.pull import pull
from roundsman.sync.push import push
from roundsman.sync.queries import (
    CommandSeen,
    ReplicaSeen,
    ReportSeen,
    commands_seen,
    replicas_seen,
    reports_seen,
)
from roundsman.sync.replicas import ReplicaWiped, greet, own_replica, record_report, refuse_ended
from roundsman.sync.restores import WENT_BACK, hear
from roundsman.sync.wire import (
    MAX_PULL_BYTES,
    MAX_PUSH_BYTES,
    Hello,
    Pull,
    Push,
    Report,
    Welcome,
    without_halves,
)

COOKIE: Final = "roundsman_replica"
_YEAR: Final = 365 * 24 * 3600
_NO_STORE: Final = {"Cache-Control": "no-store"}
# A phone that was ended, or whose person was let go, hands in its outbox; its pull is where it is told.
_FOR_PHONES: Final = {"lets_locked_in": True, "is_limited": True}
_PUSH: Final = msgspec.json.Decoder(Push)
_PULL: Final = msgspec.json.Decoder(Pull)
_Request = Request[Any, Any, Any]
_Body = TypeVar("_Body")


def _registry(request: _Request) -> Registry:
    registry: Registry = request.app.state.registry
    return registry


async def _read(request: _Request, decoder: "msgspec.json.Decoder[_Body]") -> _Body:
    body = await request.body()
    try:
        # The arguments of commands stay as they came: whether they are text at all is only looked at here.
        body.decode()
        return decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        mended = without_halves(body)
        if mended == body:
            raise invalid_from(error) from error
    try:
        return decoder.decode(mended)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise invalid_from(error) from error


def _json(body: bytes) -> Response[bytes]:
    return Response(body, media_type="application/json", headers=_NO_STORE)


def on_wiped(_request: _Request, error: ReplicaWiped) -> Response[bytes]:
    """The last answer a wiped phone gets; the browser forgets everything of this origin."""
    answer = problem_answer(403, error.code, error.details)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@post(
    "/hello", status_code=200, request_max_body_size=MAX_PULL_BYTES, opt=_FOR_PHONES, guards=[within_limits]
)
async def say_hello(request: _Request, data: JSONBody[Hello]) -> Response[Welcome]:
    """Register this browser profile as a replica, or recognise it."""
    welcome = await greet(
        session_of(request),
        data,
        request.cookies.get(COOKIE),
        now_ms(),
        _registry(request).bind_session,
    )
    cookie = Cookie(
        key=COOKIE,
        value=welcome.replica,
        max_age=_YEAR,
        path="/api/sync",
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
    )
    return Response(welcome, headers=_NO_STORE, cookies=[cookie])


@post("/push", status_code=200, request_max_body_size=MAX_PUSH_BYTES, opt=_FOR_PHONES, guards=[within_limits])
async def take_push(request: _Request) -> Response[bytes]:
    """Commands up: each decided once. The body is a `Push`; it is read here because the arguments stay
    bytes."""
    answer = await push(_registry(request), session_of(request), await _read(request, _PUSH), now_ms())
    events.poke()
    return _json(answer)


@post("/pull", status_code=200, request_max_body_size=MAX_PULL_BYTES, opt=_FOR_PHONES, guards=[within_limits])
async def give_pull(request: _Request) -> Response[bytes]:
    """Rows down: what changed since the cursors. The body is a `Pull`."""
    return _json(await pull(_registry(request), session_of(request), await _read(request, _PULL), now_ms()))


@get("/events")
async def stream_events(
    request: _Request, replica: Annotated[str, QueryParameter(name="replica", max_length=64)]
) -> ServerSentEvent:
    """Says when there is something new for whoever listens; carries no data of anybody."""
    session = session_of(request)
    refuse_ended(await own_replica(session, replica))
    buckets = _registry(request).buckets

    async def held() -> list[str]:
        return await buckets(session.person, now_ms()) if buckets is not None else []

    heads = events.watch().listen(replica, held)
    first = await anext(heads)

    async def stream() -> AsyncIterator[ServerSentEventMessage]:
        try:
            yield ServerSentEventMessage(event="head", data=msgspec.json.encode({"head": first}).decode())
            async for head in heads:
                if head is None:
                    # An event, not a comment: the phone must see it to know that the stream lives.
                    yield ServerSentEventMessage(event="ping", data="{}")
                else:
                    yield ServerSentEventMessage(
                        event="head", data=msgspec.json.encode({"head": head}).decode()
                    )
        finally:
            await heads.aclose()

    return ServerSentEvent(stream(), headers=_NO_STORE)


@post(
    "/report",
    status_code=202,
    request_max_body_size=MAX_PULL_BYTES,
    opt={"is_limited": True},
    guards=[within_limits],
)
async def take_report(request: _Request, data: JSONBody[Report]) -> None:
    """Keep a phone's own diagnostics; `went_back` (see `WentBack`) is looked into."""
    person, now = person_of(request), now_ms()
    async with db.unit_of_work():
        await record_report(person, data.kind, data.body, data.replica, now)
    if data.kind == WENT_BACK:
        await hear(person, data.body, now)


@get("/replicas")
async def list_replicas(ctx: RequestCtx, after: After = None, limit: Limit = 50) -> Page[ReplicaSeen]:
    """Every phone and browser that syncs, those heard of last first. For administrators."""
    rows = await replicas_seen(ctx, read_cursor(after, int, str), limit + 1)
    return page_of(rows, limit, lambda row: (row.last_seen_at, row.id))


@get("/reports")
async def list_reports(
    ctx: RequestCtx,
    after: After = None,
    limit: Limit = 50,
    kind: Annotated[str | None, QueryParameter(name="kind", max_length=64)] = None,
) -> Page[ReportSeen]:
    """What phones reported, newest first; `kind=suspected_loss` are stores that were cleared with work in them. For
    administrators."""
    rows = await reports_seen(ctx, read_cursor(after, int, str), limit + 1, kind=kind)
    return page_of(rows, limit, lambda row: (row.received_at, row.id))


@get("/commands")
async def list_commands(
    ctx: RequestCtx,
    after: After = None,
    limit: Limit = 50,
    person: Annotated[str | None, QueryParameter(name="person")] = None,
    name: Annotated[str | None, QueryParameter(name="name")] = None,
    status: Annotated[str | None, QueryParameter(name="status")] = None,
) -> Page[CommandSeen]:
    """Who did what and when, newest first: the audit trail. For administrators."""
    rows = await commands_seen(
        ctx, read_cursor(after, int), limit + 1, person_id=person, name=name, status=status
    )
    return page_of(rows, limit, lambda row: (row.seq,))


ROUTER = Router(
    "/api/sync",
    route_handlers=[
        say_hello,
        take_push,
        give_pull,
        stream_events,
        take_report,
        list_replicas,
        list_reports,
        list_commands,
    ],
    exception_handlers={ReplicaWiped: on_wiped},
    tags=["sync"],
)
