"""Looks at bytes that claim to be a photo and makes the two pictures that are served. What is served is always
drawn anew: no metadata, position or appended data of the original survives.
"""

import asyncio
import io
import struct
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from PIL import Image, UnidentifiedImageError

from roundsman.core.errors import Busy, Invalid
from roundsman.files.rules import FULL_EDGE, PIXELS_MAX, PIXELS_MAX_UNSCALED, THUMB_EDGE

THREADS: Final = 2
WAITING_MAX: Final = 32

FORMATS: Final = ("JPEG", "PNG", "WEBP")
_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow's decoders raise on malformed files, and the warnings they give for doubtful ones.
_MALFORMED: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, MemoryError,
    struct.error, zlib.error, Warning,
)  # fmt: skip
_BRANDS: Final = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}

warnings.simplefilter("error", Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Pictures:
    """A photo's format, its size standing upright, and the two JPEGs drawn from it."""

    format: str
    width: int
    height: int
    thumb: bytes
    full: bytes


_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="picture")
_waiting = 0


async def draw_pictures(content: bytes) -> Pictures:
    """`draw` in one of two threads. Raises Busy("files.busy") when too many are waiting."""
    global _waiting
    if _waiting >= WAITING_MAX:
        raise Busy("files.busy", retry_after=5)
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_pool, draw, content)
    finally:
        _waiting -= 1


def draw(content: bytes) -> Pictures:
    """Decode, turn upright, shrink. Raises Invalid: files.not_a_picture, files.format_unknown (a picture, but
    not JPEG, PNG or WebP), files.too_many_pixels, files.picture_broken.
    """
    try:
        opened = Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid("files.too_many_pixels", most=PIXELS_MAX) from error
    except UnidentifiedImageError as error:
        raise _unknown(content) from error
    except _MALFORMED as error:
        raise Invalid("files.picture_broken") from error
    with opened as image:
        width, height = image.size
        # A JPEG with a second picture appended, as some cameras write it, opens as MPO.
        kind = "JPEG" if image.format == "MPO" else str(image.format)
        most = PIXELS_MAX if kind == "JPEG" else PIXELS_MAX_UNSCALED
        if width * height > most:
            raise Invalid("files.too_many_pixels", most=most)
        try:
            # Lets libjpeg decode at a half, a quarter or an eighth.
            image.draft("RGB", (FULL_EDGE, FULL_EDGE))
            image.load()
            turn = _turn(image)
            full = _plain(image)
            full.thumbnail((FULL_EDGE, FULL_EDGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
            if turn is not None:
                full = full.transpose(turn)
            thumb = full.copy()
            thumb.thumbnail((THUMB_EDGE, THUMB_EDGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
            pictures = _jpeg(thumb, 75), _jpeg(full, 82)
        except _MALFORMED as error:
            raise Invalid("files.picture_broken") from error
    if turn in (
        Image.Transpose.TRANSPOSE,
        Image.Transpose.TRANSVERSE,
        Image.Transpose.ROTATE_90,
        Image.Transpose.ROTATE_270,
    ):
        width, height = height, width
    return Pictures(kind, width, height, *pictures)


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How to turn it upright; a picture with unreadable metadata stays as it is."""
    try:
        return _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))
    except _MALFORMED:
        return None


def _plain(image: Image.Image) -> Image.Image:
    """The picture in plain colours, what is transparent in white."""
    if image.mode in ("RGB", "L"):
        return image.copy()
    if "A" in image.getbands() or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    # Empty values keep the encoder from taking over what is in image.info.
    image.save(target, "JPEG", quality=quality, optimize=True, exif=b"", icc_profile=None, comment=b"")
    return target.getvalue()


def _unknown(content: bytes) -> Invalid:
    if content[4:8] == b"ftyp" and content[8:12] in _BRANDS:
        return Invalid("files.format_unknown", format="AVIF" if content[8:11] == b"avi" else "HEIF")
    for start, name in ((b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF")):
        if content.startswith(start):
            return Invalid("files.format_unknown", format=name)
    return Invalid("files.not_a_picture")
