"""Files that are broken, lie or explode, through the real upload lane: each becomes a picture drawn anew or a refusal
with a code, in bounded time and memory, and leaves nothing else behind."""

from __future__ import annotations

import io
import resource
import time

import pytest
from PIL import Image

from roundsman.core import db
from roundsman.core.times import month_of, now_ms
from roundsman.files.storage import Storage, storage_at
from tests.cast import Cast, the_app
from tests.files.test_pictures import png
from tests.make.files import complete, make_jpeg, make_photo, offer, sha256_of, upload
from tests.real_data import needs_shared, shared

SECONDS = 5.0
"""For one file of at most some hundred KB on a busy machine; an unbounded one takes minutes or all memory."""
GROWTH_KB = 256 * 1024
"""By how much the process may have grown at its largest, over all files; one bomb decoded is more."""


def the_storage() -> Storage:
    return storage_at(the_app().state.config.default_photos_url)


def names() -> set[str]:
    """Everything the object store holds."""
    return {str(one["path"]) for some in the_storage()._store.list() for one in some}


def files() -> dict[str, bytes]:
    found = {path.name: path.read_bytes() for path in sorted(shared("photos", "malformed").iterdir())}
    heic = next(iter(sorted(shared("photos", "heic").iterdir())))
    return {**found, heic.name: heic.read_bytes()}


def made() -> dict[str, bytes]:
    """Bombs and lies nobody has to ship."""
    whole = make_jpeg(64, 48)
    height = whole.index(b"\xff\xc0") + 5
    huge = whole[:height] + b"\xff\xff\xff\xff" + whole[height + 4 :]
    return {
        "bomb.png": png(60_000, 60_000),
        "just_too_large.png": png(5001, 5000),
        "a_header_only.png": png(4000, 3000),
        "says_65535x65535.jpg": huge,
        "says_jpeg.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "zeros": bytes(100_000),
        "cut.jpg": whole[:700],
        "polyglot.jpg": whole + b"<script>alert(1)</script>" * 100,
    }


async def taken(cast: Cast, name: str, content: bytes) -> str | None:
    """Upload it; the code of its refusal, or None for one that was stored. Checks what is true of both."""
    client = await cast.client("rep")
    photo = await make_photo(cast.people["rep"], cast.territories["north"], content, month=month_of(now_ms()))
    before, began = names(), time.monotonic()
    answer = await upload(client, content)
    took = time.monotonic() - began
    assert took < SECONDS, (name, took)
    assert answer.status_code in (200, 422), (name, answer.status_code, answer.text)
    new = {path.rpartition("/")[2] for path in names() - before}
    blob = await db.fetch_one("SELECT * FROM blobs WHERE sha256 = $1", sha256_of(content))
    row = await db.fetch_one("SELECT state, refused_code FROM photos WHERE id = $1", photo)
    assert blob is not None
    assert row is not None
    again = await complete(client, sha256_of(content))
    assert (again.status_code, again.json().get("code")) == (answer.status_code, answer.json().get("code"))
    seen = await client.get(f"/api/files/photos/{photo}")
    if answer.status_code == 422:
        code = str(answer.json()["code"])
        assert (blob["state"], row) == ("refused", {"state": "refused", "refused_code": code}), name
        assert new == set(), (name, new)
        assert (seen.status_code, seen.json()["code"]) == (404, "files.photo_refused")
        assert (await offer(client, content)).status_code == 422, "the phone is not asked for it again"
        return code
    assert (blob["state"], row) == ("complete", {"state": "stored", "refused_code": None}), name
    assert len(new) == 3, (name, new)
    assert content != seen.content
    with Image.open(io.BytesIO(seen.content)) as image:
        image.load()
        assert (image.format, dict(image.getexif())) == ("JPEG", {}), name
        assert max(image.size) <= 1600
    assert b"<script>" not in seen.content
    return None


async def all_taken(cast: Cast, contents: dict[str, bytes]) -> dict[str, str | None]:
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {name: await taken(cast, name, content) for name, content in contents.items()}
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - largest
    assert grown < GROWTH_KB, f"{grown} KB"
    return told


async def test_bombs_and_lies_are_refused(cast: Cast) -> None:
    told = await all_taken(cast, made())
    assert told == {
        "bomb.png": "files.too_many_pixels",
        "just_too_large.png": "files.too_many_pixels",
        "a_header_only.png": "files.picture_broken",
        "says_65535x65535.jpg": "files.too_many_pixels",
        "says_jpeg.svg": "files.not_a_picture",
        "zeros": "files.not_a_picture",
        "cut.jpg": "files.picture_broken",
        "polyglot.jpg": None,
    }


@needs_shared
@pytest.mark.shared
async def test_every_malformed_photo_is_stored_drawn_anew_or_refused(cast: Cast) -> None:
    told = await all_taken(cast, files())
    assert len(told) == 15
    refused = {name: code for name, code in told.items() if code is not None}
    assert {name.rpartition(".")[2] for name in set(told) - set(refused)} == {"jpg"}
    assert refused == {
        "broken_data_stream.png": "files.picture_broken",
        "truncated_image.png": "files.picture_broken",
        "broken.png": refused["broken.png"],
        "decompression_bomb.gif": "files.format_unknown",
        "decompression_bomb.ico": "files.not_a_picture",
        **{name: "files.format_unknown" for name in told if name.endswith("heic")},
    }
    assert refused["broken.png"] in ("files.not_a_picture", "files.picture_broken")
