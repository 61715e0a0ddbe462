"""Pure rules of messages: the kinds there are, and when a person wants to be left alone. Only the server asks them."""

from __future__ import annotations

from typing import Final

KINDS: Final = (
    "approval_wanted",
    "order_moved",
    "customer_assigned",
    "comment",
    "target_reached",
    "command_refused",
)
MINUTES_OF_A_DAY: Final = 24 * 60


def is_quiet(minute: int, quiet_from: int | None, quiet_until: int | None) -> bool:
    """Whether a minute of the day (0 to 1439) lies in the quiet hours, from the one minute up to but not including the
    other; they may go over midnight. Without hours, or with none between them, never.
    """
    if quiet_from is None or quiet_until is None:
        return False
    if quiet_from <= quiet_until:
        return quiet_from <= minute < quiet_until
    return minute >= quiet_from or minute < quiet_until


def minutes_of_quiet_left(minute: int, quiet_from: int | None, quiet_until: int | None) -> int:
    """Minutes until the quiet hours a minute lies in are over; 0 when it lies in none."""
    if quiet_until is None or not is_quiet(minute, quiet_from, quiet_until):
        return 0
    return (quiet_until - minute) % MINUTES_OF_A_DAY
