"""Back from GCJ-02, the shifted datum of Chinese maps, to WGS-84. Only sheets bring such coordinates in.

The shift is the published approximation of the survey's formula on the Krasovsky 1940 ellipsoid; turned round by
iterating until it changes less than a centimetre.
"""

import math
from typing import Final

_AXIS: Final = 6_378_245.0
_ECCENTRICITY: Final = 0.006_693_421_622_965_943
_EAST: Final = (72.004, 137.8347)
_NORTH: Final = (0.8293, 55.8271)


def wgs84_of_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """(longitude, latitude) in WGS-84 degrees for a point in GCJ-02 degrees; outside China nothing is shifted."""
    if not (_EAST[0] <= longitude <= _EAST[1] and _NORTH[0] <= latitude <= _NORTH[1]):
        return longitude, latitude
    east, north = longitude, latitude
    for _ in range(10):
        shift_east, shift_north = _shift(east, north)
        nearer = longitude - shift_east, latitude - shift_north
        is_near = abs(nearer[0] - east) < 1e-8 and abs(nearer[1] - north) < 1e-8
        east, north = nearer
        if is_near:
            break
    return east, north


def _shift(longitude: float, latitude: float) -> tuple[float, float]:
    """How far GCJ-02 lies east and north of a WGS-84 point, in degrees."""
    x, y = longitude - 105.0, latitude - 35.0
    waves = 20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (waves + 20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (waves + 20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    radians = latitude / 180 * math.pi
    flat = 1 - _ECCENTRICITY * math.sin(radians) ** 2
    north = north * 180 / (_AXIS * (1 - _ECCENTRICITY) / (flat * math.sqrt(flat)) * math.pi)
    east = east * 180 / (_AXIS / math.sqrt(flat) * math.cos(radians) * math.pi)
    return east, north
