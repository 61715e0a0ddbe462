"""Real photos of real cameras, and what only claims to be one."""

from __future__ import annotations

import contextlib
import io
import json
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from roundsman.core.errors import Invalid
from roundsman.files import pictures
from roundsman.files.pictures import draw
from tests.make.files import make_jpeg

SHARED = Path(os.environ.get("ROUNDSMAN_SHARED", Path(__file__).parents[2].parent / "shared"))
PHOTOS = SHARED / "data" / "photos"

shared = pytest.mark.skipif(not PHOTOS.is_dir(), reason="the shared photos are not here")

EXPECTED: dict[str, dict[str, Any]] = (
    json.loads((PHOTOS / "expected.json").read_text()) if PHOTOS.is_dir() else {}
)
SERVED = {"JPEG", "PNG", "WEBP", "MPO"}
# Pillow opens these on the second try only: the stream itself is broken.
GOOD = {
    name: about
    for name, about in EXPECTED.items()
    if about["decodes"] and about["format"] in SERVED and "exif_error" not in about
}
BAD = {name: about for name, about in EXPECTED.items() if name not in GOOD}


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@shared
@pytest.mark.parametrize("name", sorted(GOOD))
def test_every_good_photo_is_drawn_upright_and_bare(name: str) -> None:
    drawn = draw((PHOTOS / name).read_bytes())
    width, height = GOOD[name]["upright_size"]
    assert (drawn.width, drawn.height) == (width, height)
    for content, edge in ((drawn.thumb, 320), (drawn.full, 1600)):
        image = opened(content)
        assert image.format == "JPEG"
        scale = min(1, edge / max(width, height))
        assert image.size == (
            pytest.approx(width * scale, abs=1),
            pytest.approx(height * scale, abs=1),
        )
        assert not image.getexif()
        assert "exif" not in image.info
        for marker in (b"Exif\0", b"http://ns.adobe.com", b"GPS", b"ICC_PROFILE", b"Photoshop"):
            assert marker not in content


@shared
@pytest.mark.parametrize("family", ["landscape", "portrait"])
def test_the_same_picture_in_eight_orientations_comes_out_the_same(family: str) -> None:
    drawn = [
        opened(draw((PHOTOS / "orientation" / f"{family}_{n}.jpg").read_bytes()).thumb).convert("L")
        for n in range(1, 9)
    ]
    # Each has its own number painted on it, so they are not equal: but each is nearest to the first as it stands.
    first = drawn[0].resize((32, 32))
    turns = [first, *(first.transpose(turn) for turn in Image.Transpose)]
    for other in drawn[1:]:
        seen = other.resize((32, 32)).tobytes()
        distances = [sum(abs(a - b) for a, b in zip(turn.tobytes(), seen, strict=True)) for turn in turns]
        assert distances.index(min(distances)) == 0


@shared
@pytest.mark.parametrize("name", sorted(BAD))
def test_every_other_file_is_refused_with_a_code(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        draw((PHOTOS / name).read_bytes())
    folder, _, file = name.partition("/")
    expected = {
        "heic": "files.format_unknown",
        "broken.png": "files.picture_broken",
        "truncated_image.png": "files.picture_broken",
        "broken_data_stream.png": "files.picture_broken",
        "decompression_bomb.gif": "files.format_unknown",
        "decompression_bomb.ico": "files.not_a_picture",
    }
    code = expected[folder] if folder in expected else expected[file]
    assert (
        refused.value.code in (code, "files.not_a_picture")
        if file == "broken.png"
        else refused.value.code == code
    )


@shared
def test_heic_is_named_in_the_refusal() -> None:
    with pytest.raises(Invalid) as refused:
        draw((PHOTOS / "heic" / "cheers_1440x960.heic").read_bytes())
    assert refused.value.details == {"format": "HEIF"}


def png(width: int, height: int) -> bytes:
    """A valid PNG header for any size, with almost no data behind it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("width", "height"), [(5001, 5000), (9000, 9000), (12000, 12000), (60000, 60000), (2**31 - 1, 2**31 - 1)]
)
def test_bombs_are_refused_before_they_are_decoded(width: int, height: int) -> None:
    with pytest.raises(Invalid) as refused:
        draw(png(width, height))
    assert refused.value.code == "files.too_many_pixels"


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"PK\3\4", b"#!/bin/sh\nrm -rf /",
     b"<html><script>alert(1)</script>", bytes(5000), b"%!PS-Adobe-3.0 EPSF-3.0\n"],
)  # fmt: skip
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        draw(content)
    assert refused.value.code == "files.not_a_picture"


@pytest.mark.parametrize("kept", [0.01, 0.1, 0.5, 0.9, 0.99])
def test_a_truncated_picture_is_refused(kept: float) -> None:
    whole = make_jpeg()
    with pytest.raises(Invalid) as refused:
        draw(whole[: int(len(whole) * kept)])
    assert refused.value.code == "files.picture_broken"


def test_nothing_damaged_is_answered_with_anything_but_a_code() -> None:
    whole = bytearray(make_jpeg(64, 48))
    for place in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        # Anything but Invalid would come through.
        with contextlib.suppress(Invalid):
            draw(bytes(damaged))


def test_what_is_appended_to_a_picture_is_not_served() -> None:
    drawn = draw(make_jpeg(100, 100) + b"<script>alert(1)</script>")
    assert b"<script>" not in drawn.full + drawn.thumb


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16", "CMYK"])
def test_every_mode_becomes_a_plain_jpeg(mode: str) -> None:
    target = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).convert("RGBA" if mode == "I;16" else mode).save(
        target, "JPEG" if mode == "CMYK" else "PNG"
    )
    drawn = draw(target.getvalue())
    assert opened(drawn.full).mode in ("RGB", "L")
    if mode in ("RGBA", "LA"):
        assert opened(drawn.full).convert("L").getpixel((5, 5)) == 255


def test_a_large_photo_is_decoded_at_a_fraction_of_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    target = io.BytesIO()
    Image.new("RGB", (6000, 4500), "red").save(target, "JPEG")
    loaded: list[tuple[int, int]] = []
    real = pictures._plain
    monkeypatch.setattr(pictures, "_plain", lambda image: (loaded.append(image.size), real(image))[1])
    drawn = draw(target.getvalue())
    assert (drawn.width, drawn.height) == (6000, 4500)
    assert max(loaded[0]) <= 3000
    assert opened(drawn.full).size == (1600, 1200)
