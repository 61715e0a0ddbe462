"""The three clocks of something done offline, and which of them is believed.

Mirrored by pwa/src/core/clocks.ts; both run the vectors in tests/vectors/core/clocks.json.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec

from roundsman.core.times import Moment

CLOCK_TOLERANCE_MS: Final = 5 * 60 * 1000
"""A phone's clock off by more than this is marked; it never refuses anything."""


class Clocks(msgspec.Struct, kw_only=True, frozen=True):
    """Three clocks of one offline act, in milliseconds.

    `wall_at` is what the phone showed; `elapsed_ms` the monotonic time since the last contact with the server, None
    when the app was restarted in between; `contact_wall_at` and `contact_server_at` what both clocks showed then.
    """

    wall_at: Moment
    elapsed_ms: Annotated[int, msgspec.Meta(ge=-(10**13), le=10**13)] | None = None
    contact_wall_at: Moment | None = None
    contact_server_at: Moment | None = None

    def true_time(self, received_at: int) -> TrueTime:
        """Reckon when something really happened; never later than `received_at` (server's time at arrival, ms), never
        before 1970.

        Monotonic time since a contact is believed over the wall clock, which a person can change; after a restart the
        wall clock is corrected by the offset seen at the last contact.
        """
        reckoned = self.wall_at
        if self.contact_wall_at is not None and self.contact_server_at is not None:
            reckoned = self.wall_at + self.contact_server_at - self.contact_wall_at
        if self.elapsed_ms is not None and self.elapsed_ms >= 0 and self.contact_server_at is not None:
            reckoned = self.contact_server_at + self.elapsed_ms
        at = max(0, min(reckoned, received_at))
        return TrueTime(at, is_suspect=abs(self.wall_at - at) > CLOCK_TOLERANCE_MS)


@dataclass(frozen=True, slots=True)
class TrueTime:
    """`at` in epoch ms; `is_suspect` when the phone's clock disagrees by more than CLOCK_TOLERANCE_MS."""

    at: int
    is_suspect: bool
