"""Sizes of parts and pictures, the bitmap of parts, and the buckets a photo stands in; pure."""

from typing import Annotated, Final

import msgspec

from roundsman.core.times import DAY

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$", description="SHA-256, lower-case hex")]

PHOTO_BUCKETS: Final = ("user:{person_id}:{month}", "team:{territory_id}:{month}", "team:all:{month}")

SIZE_MAX: Final = 12 * 1024 * 1024
PART_SIZE_MIN: Final = 64 * 1024
PART_SIZE_MAX: Final = 1024 * 1024
PARTS_MAX: Final = 62
"""The bitmap of parts is a signed 64-bit integer."""

BYTES_A_DAY_MAX: Final = 2 * 1024**3
"""What one person may begin to upload in 24 hours: two weeks of a diligent rep without signal, and some."""
UNREFERENCED_FOR: Final = 30 * DAY

PIXELS_MAX: Final = 50_000_000
PIXELS_MAX_UNSCALED: Final = 25_000_000
"""PNG and WebP cannot be decoded at a fraction of their size, so all their pixels are in memory at once."""
THUMB_EDGE: Final = 320
FULL_EDGE: Final = 1600


def part_count(size: int, part_size: int) -> int:
    """How many parts a content of `size` bytes has."""
    return -(-size // part_size)


def part_length(size: int, part_size: int, n: int) -> int:
    """Bytes of part `n`; the last one is what is left."""
    return min(part_size, size - n * part_size)


def parts_in(have: int, count: int) -> list[int]:
    """The parts whose bit is set."""
    return [n for n in range(count) if have >> n & 1]


def buckets_of_photo(person_id: str, territory_id: str | None, month: str) -> set[str]:
    """The buckets a photo's row stands in; without a territory no team's, but still of all."""
    values = {"person_id": person_id, "territory_id": territory_id, "month": month}
    return {
        template.format(**values)
        for template in PHOTO_BUCKETS
        if territory_id is not None or "{territory_id}" not in template
    }
