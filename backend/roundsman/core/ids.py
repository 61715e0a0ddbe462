"""Identifiers: lower-case UUID version 7 text (RFC 9562), made where the thing is made."""

import os
import threading
from typing import Annotated, Final

import msgspec

from roundsman.core.times import now_ms as current_ms

PATTERN: Final = r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"

Id = Annotated[str, msgspec.Meta(pattern=PATTERN, description="UUID, lower-case, 36 characters")]

_lock = threading.Lock()
_last_ms = 0
_last_count = 0


def new_id(now_ms: int | None = None) -> str:
    """A new UUIDv7 for the moment `now_ms` (default: the clock).

    Ids made from the clock sort in the order they were made, also within one millisecond and when the clock
    goes back: the 12 bits after the version count up and borrow a millisecond when they run out (RFC 9562,
    method 1). An id for a moment handed in carries exactly that moment, so that old records may be
    imported.
    """
    global _last_ms, _last_count
    tail = int.from_bytes(os.urandom(10), "big")
    if now_ms is not None:
        moment, count = now_ms, tail >> 68
    else:
        with _lock:
            moment = current_ms()
            if moment > _last_ms:
                # Start low so that many can follow within the same millisecond.
                _last_ms, _last_count = moment, (tail >> 68) & 0x3FF
            elif _last_count < 0xFFF:
                _last_count += 1
            else:
                _last_ms, _last_count = _last_ms + 1, 0
            moment, count = _last_ms, _last_count
    whole = (
        (moment & 0xFFFF_FFFF_FFFF) << 80
        | 0x7 << 76
        | count << 64
        | 0b10 << 62
        | (tail & 0x3FFF_FFFF_FFFF_FFFF)
    )
    text = f"{whole:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def moment_of(id: str) -> int:
    """The millisecond a version-7 id was made at."""
    return int(id[:8] + id[9:13], 16)
