"""Every answer that is not a success, as application/problem+json (RFC 9457). Codes and facts only: no
prose of ours that people would read, no internals.
"""

import http
from typing import Any, Final

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.exceptions.http_exceptions import ClientException

from roundsman.core import db
from roundsman.core.errors import Busy, Invalid, Refusal

MEDIA_TYPE: Final = "application/problem+json"
_KINDS: Final = {
    400: "invalid",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    410: "gone",
    413: "too_large",
    415: "wrong_media_type",
    422: "invalid",
    429: "busy",
    503: "busy",
}
_log = structlog.get_logger()


class Problem(msgspec.Struct, kw_only=True):
    """What went wrong, for programs. `busy` and every status from 500 on may be tried again; the rest is
    final.
    """

    type: str
    """`urn:roundsman:problem:<code>`"""
    title: str
    """The name of the HTTP status."""
    status: int
    kind: str
    """invalid, not_found, forbidden, conflict, gone, busy, unauthenticated or another word of the status."""
    code: str
    """`<domain>.<reason>` or one word of the server; the key of the text people read."""
    details: dict[str, Any]
    request_id: str | None = None


class Unauthenticated(Refusal):
    """Nobody is signed in, or no longer. The phone pauses; nothing it holds is lost."""

    kind, status = "unauthenticated", 401

    def __init__(self) -> None:
        super().__init__("unauthenticated")


def problem_answer(
    status: int,
    code: str,
    details: dict[str, Any] | None = None,
    *,
    kind: str | None = None,
    request_id: str | None = None,
) -> Response[bytes]:
    """A problem as a response."""
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if (wait := retry_after(status, details)) is not None:
        headers["Retry-After"] = wait
    return Response(
        problem_body(status, code, details, kind=kind, request_id=request_id),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers=headers,
    )


def retry_after(status: int, details: dict[str, Any] | None) -> str | None:
    """The seconds to wait before the next attempt where one may help, else None."""
    if status not in (429, 503):
        return None
    wait = (details or {}).get("retry_after")
    return str(wait if isinstance(wait, int) else 1)


def problem_body(
    status: int,
    code: str,
    details: dict[str, Any] | None = None,
    *,
    kind: str | None = None,
    request_id: str | None = None,
) -> bytes:
    """A problem as JSON text."""
    return msgspec.json.encode(
        Problem(
            type=f"urn:roundsman:problem:{code}",
            title=http.HTTPStatus(status).phrase,
            status=status,
            kind=kind or _KINDS.get(status, "error" if status >= 500 else "invalid"),
            code=code,
            details=details or {},
            request_id=request_id,
        ),
        enc_hook=str,
    )


def _request_id(request: Request[Any, Any, Any]) -> str | None:
    found = request.scope.get("state", {}).get("request_id")
    return found if isinstance(found, str) else None


def on_refusal(request: Request[Any, Any, Any], error: Refusal) -> Response[bytes]:
    """A rule said no."""
    return problem_answer(
        error.status, error.code, error.details, kind=error.kind, request_id=_request_id(request)
    )


def on_http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the framework refuses: no such route or method, an unreadable body, a value of the wrong shape."""
    status, details = error.status_code, dict[str, Any]()
    if status >= 500:
        return on_error(request, error)
    if isinstance(error, ValidationException):
        status = 422
        found = error.extra[0] if isinstance(error.extra, list) and error.extra else {}
        if isinstance(found, dict):
            # "data" is the framework's name for the whole body.
            field = "" if found.get("key") == "data" else found.get("key", "")
            details = {"field": str(field), "reason": str(found.get("message", ""))}
        details = details or {"field": "", "reason": ""}
    elif status == 400 and isinstance(error, ClientException):
        status = 422
        details = {"field": "", "reason": "malformed"}
    answer = problem_answer(status, _KINDS.get(status, "invalid"), details, request_id=_request_id(request))
    for name, value in (error.headers or {}).items():
        answer.headers.setdefault(name, value)
    return answer


def on_error(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Anything else: what happened goes to the log, an empty problem to whoever asked. A database that may
    answer in a moment is `busy`.
    """
    if db.is_unstorable_text(error):
        return on_refusal(request, Invalid("invalid", field="", reason="a text holds what is no character"))
    if isinstance(error, RecursionError):
        # Only JSON goes that deep here.
        _log.warning("a body nested too deep", exc_info=error)
        return on_refusal(request, Invalid("invalid", field="", reason="nested too deep"))
    if isinstance(error, UnicodeDecodeError):
        # Only a body comes in bytes that have yet to be text.
        _log.warning("a body that is no UTF-8", exc_info=error)
        return on_refusal(request, Invalid("invalid", field="", reason="not UTF-8"))
    if isinstance(error, db.Unavailable) or db.is_transient(error):
        return on_refusal(request, Busy("busy"))
    _log.error("request failed", exc_info=error)
    return problem_answer(500, "error", request_id=_request_id(request))


EXCEPTION_HANDLERS: Final[dict[int | type[Exception], Any]] = {
    Refusal: on_refusal,
    HTTPException: on_http_error,
    Exception: on_error,
}
