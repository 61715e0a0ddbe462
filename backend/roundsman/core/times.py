"""Moments (integer epoch milliseconds UTC), days ('YYYY-MM-DD') and months ('YYYYMM') in a time zone, and
the clock.

Rules take the moment as an argument; only the edges (HTTP, jobs, the command line) ask the clock.
"""

import contextlib
import functools
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final, Protocol
from zoneinfo import ZoneInfo

import msgspec

ZONE: Final = "Asia/Shanghai"
SECOND: Final = 1_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

# The year 9999 bounds moments so that no arithmetic with them can leave what a date or a JSON number holds.
LAST_MOMENT: Final = 253_402_300_799_999
Moment = Annotated[int, msgspec.Meta(ge=0, le=LAST_MOMENT, description="epoch milliseconds, UTC")]
Day = Annotated[
    str, msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", description="YYYY-MM-DD")
]
Month = Annotated[str, msgspec.Meta(pattern=r"^\d{4}(0[1-9]|1[0-2])$", description="YYYYMM")]


class Clock(Protocol):
    """Where "now" comes from."""

    def now_ms(self) -> int:
        """Epoch milliseconds, UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        """Epoch milliseconds, UTC."""
        return time.time_ns() // 1_000_000


class FixedClock:
    """A clock that stands until it is set or moved; for tests and for replaying the past."""

    def __init__(self, at: int) -> None:
        self.at = at

    def now_ms(self) -> int:
        """The moment it was set to."""
        return self.at

    def advance(self, milliseconds: int) -> None:
        """Move on."""
        self.at += milliseconds


_clock: Clock = SystemClock()


def now_ms() -> int:
    """The moment it is, by the process's clock."""
    return _clock.now_ms()


@contextlib.contextmanager
def use_clock(clock: Clock) -> Iterator[Clock]:
    """Replace the process's clock for a while (the whole process, not one task)."""
    global _clock
    before, _clock = _clock, clock
    try:
        yield clock
    finally:
        _clock = before


@functools.lru_cache(maxsize=64)
def _zone(tz: str) -> ZoneInfo:
    try:
        return ZoneInfo(tz)
    except (KeyError, ValueError, OSError):
        # A phone's browser may name a zone this machine has never heard of; that is no reason to lose what it says.
        return ZoneInfo(ZONE)


def day_on(ms: int, tz: str = ZONE) -> str:
    """The day a moment falls on in a zone: 'YYYY-MM-DD'."""
    return datetime.fromtimestamp(ms / 1000, tz=_zone(tz)).date().isoformat()


def month_of(ms: int, tz: str = ZONE) -> str:
    """The month a moment falls in: 'YYYYMM'."""
    return day_on(ms, tz)[:7].replace("-", "")


def month_of_day(day: str) -> str:
    """The month of a day: 'YYYYMM'."""
    return day[:4] + day[5:7]


def months_back(month: str, count: int) -> str:
    """The month `count` months before `month`."""
    whole = int(month[:4]) * 12 + int(month[4:]) - 1 - count
    return f"{whole // 12:04d}{whole % 12 + 1:02d}"


def add_days(day: str, count: int) -> str:
    """The day `count` days after `day`. Raises ValueError when `day` is no day of the calendar."""
    return (date.fromisoformat(day) + timedelta(days=count)).isoformat()


def days_between(start: str, until: str) -> int:
    """Whole days from one day to another; negative when `until` is earlier."""
    return (date.fromisoformat(until) - date.fromisoformat(start)).days


def weekday_of(day: str) -> int:
    """ISO weekday of a day: Monday 1 … Sunday 7."""
    return date.fromisoformat(day).isoweekday()


def start_of_day(day: str, tz: str = ZONE) -> int:
    """The first moment of a day in a zone, epoch milliseconds."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=_zone(tz))
    return int(midnight.timestamp() * 1000)


def is_day(text: str) -> bool:
    """Whether text is a day of the calendar, 'YYYY-MM-DD'."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def iso_of(ms: int) -> str:
    """A moment as people and logs read it: '2026-03-08T06:05:00.123Z'."""
    return datetime.fromtimestamp(ms / 1000, tz=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
