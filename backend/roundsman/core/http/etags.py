"""Answers a client may already hold: a weak ETag over the body, and 304 when it is the one in
If-None-Match.
"""

import hashlib
from typing import Any

import msgspec
from litestar import Request, Response


def etag_of(body: bytes) -> str:
    """A weak ETag of a body; weak because the same body may travel compressed or not."""
    return f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'


def is_known(if_none_match: str | None, etag: str) -> bool:
    """Whether If-None-Match names this ETag (weak comparison, RFC 9110 13.1.2)."""
    if not if_none_match:
        return False
    bare = etag.removeprefix("W/")
    names = [name.strip() for name in if_none_match.split(",")]
    return "*" in names or any(name.removeprefix("W/") == bare for name in names)


def answer_with_etag(
    request: Request[Any, Any, Any],
    value: Any,
    *,
    cache_control: str = "private, no-cache",
    etag: str | None = None,
) -> Response[bytes]:
    """`value` as JSON with its ETag, or an empty 304 when the client holds it. A cheaper `etag` may be
    handed in.
    """
    body = (
        b""
        if etag is not None and is_known(request.headers.get("if-none-match"), etag)
        else msgspec.json.encode(value)
    )
    etag = etag or etag_of(body)
    headers = {"ETag": etag, "Cache-Control": cache_control}
    if is_known(request.headers.get("if-none-match"), etag):
        return Response(b"", status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")
