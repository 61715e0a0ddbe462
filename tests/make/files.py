"""Makes pictures, uploads and photo rows."""

from __future__ import annotations

import base64
import hashlib
import io
import random

import httpx
from PIL import Image

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms

PART_SIZE = 65_536


def make_jpeg(width: int = 640, height: int = 480, seed: int = 0, *, quality: int = 90) -> bytes:
    """A noisy JPEG, different for every seed; 640 × 480 at 90 is about 200 KB."""
    noise = random.Random(seed).randbytes(width * height * 3)
    target = io.BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(target, "JPEG", quality=quality)
    return target.getvalue()


def sha256_of(content: bytes) -> str:
    """As the wire writes it."""
    return hashlib.sha256(content).hexdigest()


def parts_of(content: bytes, part_size: int = PART_SIZE) -> list[bytes]:
    """The content cut up."""
    return [content[start : start + part_size] for start in range(0, len(content), part_size)]


async def offer(client: httpx.AsyncClient, content: bytes, part_size: int = PART_SIZE) -> httpx.Response:
    """Offer a content."""
    return await client.post(
        "/api/files/blobs",
        json={
            "sha256": sha256_of(content),
            "size": len(content),
            "mime": "image/jpeg",
            "part_size": part_size,
        },
    )


async def send_part(
    client: httpx.AsyncClient, sha256: str, n: int, part: bytes, *, digest: bytes | None = None
) -> httpx.Response:
    """Send one part with its digest, or with another."""
    digest = hashlib.sha256(part).digest() if digest is None else digest
    return await client.put(
        f"/api/files/blobs/{sha256}/{n}",
        content=part,
        headers={"content-digest": f"sha-256=:{base64.b64encode(digest).decode()}:"},
    )


async def complete(client: httpx.AsyncClient, sha256: str) -> httpx.Response:
    """Say that everything was sent."""
    return await client.post(f"/api/files/blobs/{sha256}/complete")


async def upload(client: httpx.AsyncClient, content: bytes, part_size: int = PART_SIZE) -> httpx.Response:
    """Offer, send every part, complete; the last answer."""
    offered = await offer(client, content, part_size)
    if offered.status_code != 200:
        return offered
    for n, part in enumerate(parts_of(content, part_size)):
        if n not in offered.json()["have"]:
            answer = await send_part(client, sha256_of(content), n, part)
            assert answer.status_code == 204, answer.text
    return await complete(client, sha256_of(content))


async def make_photo(
    person_id: str,
    territory_id: str | None,
    content: bytes,
    *,
    month: str = "202603",
    owner_id: str | None = None,
    state: str = "awaited",
) -> str:
    """A photo's row; the id."""
    id = new_id()
    async with db.unit_of_work():
        await db.execute(
            """
            INSERT INTO photos (id, owner_table, owner_id, kind, sha256, size, state, refused_code, person_id,
                                territory_id, month, taken_at, width, height, is_reused, stored_at)
            VALUES ($1, 'visit_steps', $2, 'shelf', $3, $4, $5, NULL, $6, $7, $8, $9, NULL, NULL, $10, NULL)
            """,
            id,
            owner_id or new_id(),
            sha256_of(content),
            len(content),
            state,
            person_id,
            territory_id,
            month,
            now_ms(),
            False,
        )
    return id
