"""The six kinds of refusal, each carrying a code and details, never prose. How they look on the wire is in
http/problems.py.
"""

import re
from typing import Any, ClassVar

import msgspec

_AT_PATH = re.compile(r" - at `(?P<path>[^`]*)`$")


class Refusal(Exception):
    """A rule said no. Final for whoever asked, except `Busy`: asking again gives the same answer.

    `code` is `<domain>.<reason>` (or one bare word of core) and is also the key of the text people read.
    `details` are JSON-able facts the text may need; nothing another person may not see belongs in them.
    """

    kind: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    code: str
    details: dict[str, Any]

    def __init__(self, code: str, /, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.details}" if self.details else f"{self.kind} {self.code}"


class Invalid(Refusal):
    """What was sent makes no sense or breaks a rule."""

    kind, status = "invalid", 422


class NotFound(Refusal):
    """It is not there, or it is not yours to see: the same answer."""

    kind, status = "not_found", 404


class Forbidden(Refusal):
    """You see it, but this is not yours to do."""

    kind, status = "forbidden", 403


class Conflict(Refusal):
    """It would be right at another moment or on another state of the thing."""

    kind, status = "conflict", 409


class Gone(Refusal):
    """It was there and will not come back."""

    kind, status = "gone", 410


class Busy(Refusal):
    """Not now: the only refusal that is tried again."""

    kind, status = "busy", 503


class TooMany(Busy):
    """Not now, because this client asks too often or sends too much; `retry_after` in seconds is among the details."""

    status = 429


KINDS: tuple[type[Refusal], ...] = (Invalid, NotFound, Forbidden, Conflict, Gone, Busy)


def invalid_from(error: msgspec.MsgspecError | ValueError) -> Invalid:
    """The refusal for what msgspec found wrong: code `invalid`, `field` as a path ("lines[0].quantity", ""
    for the whole).
    """
    text = str(error)
    found = _AT_PATH.search(text)
    path = found["path"].removeprefix("$").removeprefix(".") if found else ""
    reason = text[: found.start()] if found else text
    return Invalid("invalid", field=path, reason=reason)
