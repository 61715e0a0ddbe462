"""Who asks: the token in the request, the session identity makes of it, and the `Ctx` handlers start from.

Every route wants somebody signed in unless it says `opt={"is_public": True}`, and is closed to a locked
session unless it says `opt={"lets_locked_in": True}`. How tokens are made and kept is identity's.
"""

from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers.base import BaseRouteHandler

from roundsman.core.context import Ctx, Person, Session
from roundsman.core.errors import Forbidden
from roundsman.core.http.problems import Unauthenticated
from roundsman.core.times import ZONE, now_ms

COOKIE: Final = "__Host-roundsman"
COOKIE_PLAIN: Final = "roundsman"
_LONGEST_TOKEN: Final = 512
_SESSION: Final = "roundsman_session"

RequestCtx = NamedDependency[Ctx]
"""The type of a handler's argument `ctx`."""

Connection = ASGIConnection[Any, Any, Any, Any]


def is_secure(connection: Connection) -> bool:
    """Whether the request came over https, as far as the proxies we believe say."""
    return bool(connection.scope["scheme"] in ("https", "wss"))


def cookie_name(connection: Connection) -> str:
    """The cookie the token travels in: the `__Host-` one wherever the browser takes a Secure cookie."""
    return COOKIE if is_secure(connection) else COOKIE_PLAIN


def token_of(connection: Connection) -> str | None:
    """The token of a request: `Authorization: Bearer …`, else the cookie. Over https only the `__Host-`
    cookie counts, since another site under our domain could have set the plain one.
    """
    header = connection.headers.get("authorization", "")
    scheme, _, given = header.partition(" ")
    if header:
        token: str | None = given.strip() if scheme.lower() == "bearer" else None
    else:
        token = connection.cookies.get(COOKIE)
        if token is None and not is_secure(connection):
            token = connection.cookies.get(COOKIE_PLAIN)
    return token if token and len(token) <= _LONGEST_TOKEN else None


async def find_session(connection: Connection) -> Session | None:
    """The session of a request, asked of identity once; None when nobody is signed in."""
    state = connection.scope["state"]
    if _SESSION not in state:
        authenticate = connection.app.state.registry.authenticate
        token = token_of(connection)
        state[_SESSION] = await authenticate(token) if authenticate and token else None
    session: Session | None = state[_SESSION]
    return session


async def require_session(connection: Connection, handler: BaseRouteHandler) -> None:
    """The guard before every route. Raises Unauthenticated, and Forbidden("session_locked")."""
    if handler.opt.get("is_public"):
        return
    session = await find_session(connection)
    if session is None:
        raise Unauthenticated
    if session.is_locked and not handler.opt.get("lets_locked_in"):
        raise Forbidden("session_locked")


def session_of(connection: Connection) -> Session:
    """The session the guard found. Raises Unauthenticated on a public route where nobody is signed in."""
    session: Session | None = connection.scope["state"].get(_SESSION)
    if session is None:
        raise Unauthenticated
    return session


def person_of(connection: Connection) -> Person:
    """Who is signed in. Raises Unauthenticated."""
    return session_of(connection).person


def ctx_of(request: Connection) -> Ctx:
    """The circumstances of a request, for handlers as the dependency `ctx`. Raises Unauthenticated."""
    session = session_of(request)
    config = getattr(request.app.state, "config", None)
    return Ctx(
        person=session.person,
        now=now_ms(),
        replica_id=session.replica_id,
        session_id=session.id,
        tz=config.time_zone if config else ZONE,
    )
