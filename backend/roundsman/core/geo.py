"""Positions as they stand in our tables (WGS-84 degrees × 10⁷, integers) and the metres between them.

Conversion to GCJ-02 belongs to the edge where a Chinese map is drawn and is not here.
"""

import math
from typing import Annotated, Final

import msgspec

LatitudeE7 = Annotated[
    int, msgspec.Meta(ge=-900_000_000, le=900_000_000, description="degrees north × 10⁷, WGS-84")
]
LongitudeE7 = Annotated[
    int, msgspec.Meta(ge=-1_800_000_000, le=1_800_000_000, description="degrees east × 10⁷, WGS-84")
]
Metres = Annotated[int, msgspec.Meta(ge=0, le=40_100_000, description="metres")]

EARTH_RADIUS: Final = 6_371_008.8
"""Mean earth radius in metres (IUGG R1), as on the phone."""


def distance_m(a_latitude_e7: int, a_longitude_e7: int, b_latitude_e7: int, b_longitude_e7: int) -> int:
    """Great-circle distance in whole metres (haversine on the mean earth radius; within 0.5 % of the
    ellipsoid).
    """
    radians = math.pi / 180e7
    north = math.sin((b_latitude_e7 - a_latitude_e7) * radians / 2)
    east = math.sin((b_longitude_e7 - a_longitude_e7) * radians / 2)
    chord = (
        north * north + math.cos(a_latitude_e7 * radians) * math.cos(b_latitude_e7 * radians) * east * east
    )
    # Half up like the phone's Math.round; Python's round() is half to even.
    return math.floor(2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(chord))) + 0.5)


def to_e7(degrees: float) -> int:
    """Degrees × 10⁷ from float degrees."""
    return math.floor(degrees * 1e7 + 0.5)
