"""The front door: what happens to every request before routing and to every answer after it.

It names the request, finds the company, turns away what another site's page sent, adds the security
headers, compresses answers of the API and writes one line to the log. It wraps the whole app, since the
framework's middleware never sees a 404.
"""

import asyncio
import re
import time
from collections.abc import Iterable, MutableMapping
from typing import Any, Final

import structlog

from roundsman.core import db
from roundsman.core.companies import Companies
from roundsman.core.config import Config
from roundsman.core.errors import Busy, Forbidden, Invalid, Refusal
from roundsman.core.http.asgi import App, Message, Receive, Scope, Send
from roundsman.core.http.compression import Compressor
from roundsman.core.http.problems import MEDIA_TYPE, problem_body, retry_after
from roundsman.core.ids import new_id

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        # The reader of barcodes is WebAssembly; text is no code for all that.
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
SECURITY_HEADERS: Final = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "permissions-policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_SECURITY: Final = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
_STRICT_TRANSPORT: Final = (b"strict-transport-security", b"max-age=31536000")
_REQUEST_ID: Final = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
BODY_SECONDS: Final = 30.0
BYTES_A_SECOND: Final = 500
"""A body may take half a minute, and a second more for each so many bytes that have come."""
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_PROBES: Final = frozenset({"/healthz"})
_log = structlog.get_logger("roundsman.access")


def is_from_elsewhere(method: str, scheme: str, headers: MutableMapping[str, str], public_url: str) -> bool:
    """Whether another site's page sent this request to change something with our cookies.

    Browsers say so themselves: Sec-Fetch-Site, in older ones Origin. A request with neither is no browser's
    and carries nobody's cookies against his will; one with Authorization proves itself.
    """
    if method in _SAFE or "authorization" in headers:
        return False
    origin = headers.get("origin", "")
    own = {f"{scheme}://{headers.get('host', '')}".lower(), public_url}
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none") and not (public_url and origin.lower() == public_url)
    return bool(origin) and origin.lower() not in own


class FrontDoor:
    """The ASGI app around the framework's."""

    def __init__(self, inside: App, config: Config, companies: Companies) -> None:
        self._inside = inside
        self._public_url = config.public_url
        self._companies = companies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1000, "reason": ""})
                return
            await self._inside(scope, receive, send)
            return
        headers = _first_of_each(scope["headers"])
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.match(given) else new_id()
        state: dict[str, Any] = scope.setdefault("state", {})
        state["request_id"] = request_id
        # Remembered now: a mount rewrites the path it hands on.
        path = scope["path"]
        answer = _Answer(scope, send, request_id, headers.get("accept-encoding", ""))
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._answer(scope, receive, answer, headers)
            finally:
                if path not in _PROBES:
                    _log.info(
                        "request",
                        method=scope["method"],
                        # Never the query: it may hold what somebody searched for.
                        path=path,
                        status=answer.status,
                        milliseconds=round((time.perf_counter() - began) * 1000, 1),
                    )

    async def _answer(
        self, scope: Scope, receive: Receive, answer: "_Answer", headers: MutableMapping[str, str]
    ) -> None:
        try:
            if scope["path"] in _PROBES:
                await self._inside(scope, receive, answer)
                return
            company = self._companies.find(headers.get("host", ""))
            if is_from_elsewhere(scope["method"], scope["scheme"], headers, self._public_url):
                raise Forbidden("cross_site")
            if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
                raise EncodingUnknown("encoding_unknown")
            database = company.database if company.is_ready else await self._open(company)
        except Refusal as refusal:
            await answer.refuse(refusal)
            return
        with db.use(database):
            scope["state"]["company"] = company
            await self._inside(scope, _Body(receive), answer)

    async def _open(self, company: Any) -> db.Database:
        try:
            return await self._companies.ready(company)
        except Exception as error:
            _log.error("a company's database cannot be opened", company=company.host, exc_info=error)
            raise Busy("busy", retry_after=5) from error


def _first_of_each(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in headers:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return found


class EncodingUnknown(Invalid):
    """A compressed body: nobody who talks to us sends one, and unpacking it would make much of little."""

    status = 415


class TooSlow(Invalid):
    """A body that comes too slowly to be one."""

    status = 408


class Left(Invalid):
    """Whoever asked went away before the end of his body: on a phone's network nothing to wonder about."""

    status = 400


class _Body:
    """`receive` that gives a body up which takes longer than the slowest network there is, or breaks off."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._ends = asyncio.get_running_loop().time() + BODY_SECONDS
        self._is_whole = False

    async def __call__(self) -> Message:
        if self._is_whole:
            # What comes now is that the client has gone, which may take as long as it likes.
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._ends):
                message = await self._receive()
        except TimeoutError as error:
            raise TooSlow("too_slow") from error
        if message["type"] == "http.disconnect":
            raise Left("left")
        self._ends += len(message.get("body", b"")) / BYTES_A_SECOND
        self._is_whole = not message.get("more_body", False)
        return message


class _Answer:
    """`send` with the headers every answer has, the status remembered and the body compressed."""

    def __init__(self, scope: Scope, send: Send, request_id: str, accept_encoding: str) -> None:
        self.status = 0
        self._send = send
        self._extra = [*_SECURITY, (b"x-request-id", request_id.encode())]
        if scope["scheme"] == "https":
            self._extra.append(_STRICT_TRANSPORT)
        self._is_api = scope["path"].startswith("/api/")
        self._compressor = Compressor(accept_encoding) if self._is_api and scope["method"] != "HEAD" else None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message.get("headers", []))
            present = {name.lower() for name, _ in headers}
            headers += [(name, value) for name, value in self._extra if name not in present]
            if self.status == TooSlow.status:
                # The rest of the body would be taken for the next request.
                headers.append((b"connection", b"close"))
            if self._is_api and b"cache-control" not in present:
                headers.append((b"cache-control", b"no-store"))
            message = {"type": "http.response.start", "status": self.status, "headers": headers}
        if self._compressor is None:
            await self._send(message)
            return
        for ready in await self._compressor.take(message):
            await self._send(ready)

    async def refuse(self, refusal: Refusal) -> None:
        """Answer with a problem, without the framework."""
        request_id = self._extra[len(_SECURITY)][1].decode()
        body = problem_body(
            refusal.status, refusal.code, refusal.details, kind=refusal.kind, request_id=request_id
        )
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
        if (wait := retry_after(refusal.status, refusal.details)) is not None:
            headers.append((b"retry-after", wait.encode()))
        await self({"type": "http.response.start", "status": refusal.status, "headers": headers})
        await self({"type": "http.response.body", "body": body, "more_body": False})
