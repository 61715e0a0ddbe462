"""Signing in and out, who one is, one's sessions, and the office's list of people. No rules of its own."""

import json
from dataclasses import replace
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, JSONBody, QueryParameter

from roundsman.core import db
from roundsman.core.access import ROLES
from roundsman.core.context import Person
from roundsman.core.http import After, Limit, Page, RequestCtx, cookie_name, page_of, read_cursor, token_of
from roundsman.core.http.auth import is_secure
from roundsman.core.http.paging import DEFAULT_LIMIT
from roundsman.core.times import now_ms
from roundsman.identity import sessions, sign_in
from roundsman.identity.queries import people_seen_by

AnyRequest = Request[Any, Any, Any]


class Me(msgspec.Struct, kw_only=True):
    """The person signed in."""

    id: str
    name: str
    roles: list[str]
    permissions: list[str]


class SignInAnswer(msgspec.Struct, kw_only=True):
    """Who one is now. The token travels in the cookie only."""

    person: Me
    server_time: int


class FirstRunState(msgspec.Struct, kw_only=True):
    """Whether the first administrator is still to be made."""

    is_needed: bool


class SessionRow(msgspec.Struct, kw_only=True):
    """One place where one is signed in."""

    id: str
    replica_id: str | None
    created_at: int
    seen_at: int
    expires_at: int
    address: str
    agent: str
    is_current: bool


class PersonRow(msgspec.Struct, kw_only=True):
    """A person as the office sees him."""

    id: str
    name: str
    phone: str | None
    login: str | None
    roles: list[str]
    is_active: bool
    can_sign_in: bool
    created_at: int


@post("/api/identity/sign_in", opt={"is_public": True}, status_code=200, tags=["identity"])
async def post_sign_in(request: AnyRequest, data: JSONBody[sign_in.SignIn]) -> Response[SignInAnswer]:
    """Sign in by phone number, login name or name, and a password."""
    now = now_ms()
    done = await sign_in.sign_in(data, now, address=_address(request), old_token=token_of(request))
    return _signed_in(request, done, now)


@post("/api/identity/sign_out", opt={"is_public": True}, status_code=204, tags=["identity"])
async def post_sign_out(request: AnyRequest) -> Response[None]:
    """End this session; without one nothing happens."""
    token = token_of(request)
    if token is not None:
        async with db.unit_of_work():
            await sessions.end_token(token, now_ms())
    return Response(None, status_code=204, cookies=[_expired(request)])


@get("/api/identity/first_run", opt={"is_public": True}, tags=["identity"])
async def get_first_run() -> FirstRunState:
    """Whether the first administrator is still to be made."""
    return FirstRunState(is_needed=await sign_in.is_first_run())


@post("/api/identity/first_run", opt={"is_public": True}, status_code=200, tags=["identity"])
async def post_first_run(request: AnyRequest, data: JSONBody[sign_in.FirstRun]) -> Response[SignInAnswer]:
    """Make the first administrator; only while there is nobody."""
    now = now_ms()
    agent = request.headers.get("user-agent", "")
    done = await sign_in.first_run(data, now, address=_address(request), agent=agent)
    return _signed_in(request, done, now)


@get("/api/identity/me", tags=["identity"])
async def get_me(ctx: RequestCtx) -> SignInAnswer:
    """Who is signed in, and the server's clock."""
    return SignInAnswer(person=_me(ctx.person), server_time=ctx.now)


@get("/api/identity/sessions", tags=["identity"])
async def get_sessions(ctx: RequestCtx) -> Page[SessionRow]:
    """Everywhere one is signed in, last used first."""
    rows = await sessions.sessions_of(ctx.person.id, ctx.now)
    return Page(rows=[SessionRow(**row, is_current=row["id"] == ctx.session_id) for row in rows])


@delete("/api/identity/sessions/{session_id:str}", status_code=204, tags=["identity"])
async def delete_session(ctx: RequestCtx, session_id: FromPath[str]) -> None:
    """Sign out one of one's own sessions elsewhere."""
    async with db.unit_of_work():
        await sessions.end_session(ctx.person.id, session_id, ctx.now)


@get("/api/identity/people", tags=["identity"])
async def get_people(
    ctx: RequestCtx,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
    search: Annotated[str, QueryParameter(name="search", max_length=80)] = "",
    role: Annotated[str, QueryParameter(name="role", pattern=f"^({'|'.join(ROLES)})?$")] = "",
) -> Page[PersonRow]:
    """People by name, for the office. `search` finds parts of names, logins and phone numbers."""
    ctx.require("identity.see_people")
    cursor = read_cursor(after, str, str)
    rows = await people_seen_by(ctx.person, cursor, limit + 1, search=search, role=role)
    page = page_of(rows, limit, lambda row: (row["name_key"], row["id"]))
    return Page(rows=[_person_row(row) for row in page.rows], next=page.next)


def _person_row(row: db.Row) -> PersonRow:
    return PersonRow(
        id=row["id"],
        name=row["name"],
        phone=row["phone"],
        login=row["login"],
        roles=json.loads(row["roles"]),
        is_active=bool(row["is_active"]),
        can_sign_in=bool(row["can_sign_in"]),
        created_at=row["created_at"],
    )


def _me(person: Person) -> Me:
    return Me(
        id=person.id, name=person.name, roles=sorted(person.roles), permissions=sorted(person.permissions)
    )


def _signed_in(request: AnyRequest, done: sign_in.SignedIn, now: int) -> Response[SignInAnswer]:
    permissions = request.app.state.registry.permissions_of(done.person.roles)
    answer = SignInAnswer(person=_me(replace(done.person, permissions=permissions)), server_time=now)
    cookie = Cookie(
        key=cookie_name(request),
        value=done.token,
        path="/",
        # The browser's copy outlives the session, so that a prolonged one is not lost with it.
        max_age=400 * 24 * 3600,
        httponly=True,
        secure=is_secure(request),
        samesite="lax",
    )
    return Response(answer, cookies=[cookie])


def _expired(request: AnyRequest) -> Cookie:
    return Cookie(
        key=cookie_name(request),
        value="",
        path="/",
        max_age=0,
        httponly=True,
        secure=is_secure(request),
        samesite="lax",
    )


def _address(request: AnyRequest) -> str:
    """Where the request comes from; the server has already weighed what trusted proxies say."""
    return request.client.host if request.client else ""


ROUTES = (
    post_sign_in,
    post_sign_out,
    get_first_run,
    post_first_run,
    get_me,
    get_sessions,
    delete_session,
    get_people,
)
