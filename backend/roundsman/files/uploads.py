"""Takes a photo's bytes part by part, in any order, from any phone of its person, by any worker; every step may
be repeated. A blob belongs to whoever uploads it, so nobody learns what another has uploaded.
"""

import hashlib

import structlog

from roundsman.core import db
from roundsman.core.errors import Busy, Invalid, NotFound, Refusal
from roundsman.core.ids import new_id
from roundsman.core.times import DAY
from roundsman.files.commands import settle_photos
from roundsman.files.pictures import draw_pictures
from roundsman.files.rules import (
    BYTES_A_DAY_MAX,
    PART_SIZE_MAX,
    PART_SIZE_MIN,
    PARTS_MAX,
    SIZE_MAX,
    part_count,
    part_length,
    parts_in,
)
from roundsman.files.storage import Storage, part_name, picture_name

_log = structlog.get_logger()


async def offer_blob(
    person_id: str, sha256: str, size: int, part_size: int, storage: Storage, now: int
) -> db.Row:
    """The person's blob of this content, made when it is new. Sizes in bytes.

    Another size of parts than before starts an unfinished one afresh; so does one whose bytes are gone from the
    storage, as after a restore without them. Raises Invalid for sizes out of bounds
    and for a content that was refused, Busy("files.too_much") beyond a day's quota.
    """
    if size > SIZE_MAX:
        raise Invalid("files.too_large", most=SIZE_MAX)
    if size < 1 or not (part_size <= PART_SIZE_MAX and (part_size >= PART_SIZE_MIN or part_size >= size)):
        raise Invalid("files.part_size", least=PART_SIZE_MIN, most=PART_SIZE_MAX)
    if part_count(size, part_size) > PARTS_MAX:
        raise Invalid("files.part_size", least=-(-size // PARTS_MAX), most=PART_SIZE_MAX)
    known = await _find(person_id, sha256)
    if known is not None and known["state"] == "complete" and not await _has_bytes(known, storage):
        await _start_again(known, now)
    async with db.unit_of_work():
        blob = await _find(person_id, sha256)
        if blob is None:
            await _within_quota(person_id, size, now)
            await db.execute(
                """
                INSERT INTO blobs (id, sha256, person_id, size, part_size, have, state, created_at, touched_at)
                VALUES ($1, $2, $3, $4, $5, 0, 'partial', $6, $6)
                ON CONFLICT (sha256, person_id) DO NOTHING
                """,
                new_id(now),
                sha256,
                person_id,
                size,
                part_size,
                now,
            )
            blob = await _find(person_id, sha256)
            assert blob is not None
        elif blob["state"] == "partial" and (blob["size"], blob["part_size"]) != (size, part_size):
            await _within_quota(person_id, size - blob["size"], now)
            await db.execute(
                """
                UPDATE blobs SET size = $2, part_size = $3, have = 0, touched_at = $4
                WHERE id = $1 AND state = 'partial'
                """,
                blob["id"],
                size,
                part_size,
                now,
            )
            blob = await _find(person_id, sha256)
            assert blob is not None
        else:
            await db.execute("UPDATE blobs SET touched_at = $2 WHERE id = $1", blob["id"], now)
            # A record may have come between the look at the blob and its completion.
            await settle_photos(blob["id"], now)
    return _unless_refused(blob)


async def put_part(
    person_id: str, sha256: str, n: int, content: bytes, digest: bytes, storage: Storage, now: int
) -> None:
    """Keep part `n`. `digest` is the SHA-256 of its bytes as the phone sent them.

    Raises NotFound("files.blob_unknown") for what this person never offered, Invalid("files.part_unknown"),
    Invalid("files.part_length"), Invalid("files.part_corrupt").
    """
    blob = _unless_refused(await _get(person_id, sha256))
    if blob["state"] == "complete":
        return
    if not 0 <= n < part_count(blob["size"], blob["part_size"]):
        raise Invalid("files.part_unknown", part=n)
    if len(content) != part_length(blob["size"], blob["part_size"], n):
        raise Invalid("files.part_length", part=n, expected=part_length(blob["size"], blob["part_size"], n))
    if hashlib.sha256(content).digest() != digest:
        raise Invalid("files.part_corrupt", part=n)
    if blob["have"] >> n & 1:
        return
    await storage.put(part_name(blob["id"], n), content)
    async with db.unit_of_work():
        changed = await db.execute(
            """
            UPDATE blobs SET have = have | $2, touched_at = $3
            WHERE id = $1 AND state = 'partial' AND size = $4 AND part_size = $5
            """,
            blob["id"],
            1 << n,
            now,
            blob["size"],
            blob["part_size"],
        )
    if not changed and _unless_refused(await _get(person_id, sha256))["state"] != "complete":
        # Offered anew with other parts while this one was on its way.
        raise Invalid("files.part_unknown", part=n)


async def complete_blob(person_id: str, sha256: str, storage: Storage, now: int) -> db.Row:
    """Check the whole, draw its pictures and store it; every photo that waited for it is stored with it.

    Raises Invalid("files.parts_bad", bad=[…]) for parts to send again, Invalid with a code of pictures.py for
    what is no usable photo (final), NotFound("files.blob_unknown").
    """
    blob = _unless_refused(await _get(person_id, sha256))
    if blob["state"] == "complete":
        return blob
    content = await _assemble(blob, storage)
    if content is None:
        # Somebody else may have finished it and taken the parts away meanwhile.
        blob = _unless_refused(await _get(person_id, sha256))
        if blob["state"] == "complete":
            return blob
        count = part_count(blob["size"], blob["part_size"])
        present = parts_in(blob["have"], count)
        raise Invalid("files.parts_bad", bad=[n for n in range(count) if n not in present])
    try:
        pictures = await draw_pictures(content)
    except Invalid as refusal:
        await _refuse(blob, refusal, now)
        await _drop_parts(blob, storage)
        raise
    await storage.put(picture_name(blob["id"], "original"), content)
    await storage.put(picture_name(blob["id"], "thumb"), pictures.thumb)
    await storage.put(picture_name(blob["id"], "full"), pictures.full)
    async with db.unit_of_work():
        await db.execute(
            """
            UPDATE blobs SET state = 'complete', format = $2, width = $3, height = $4, touched_at = $5
            WHERE id = $1 AND state = 'partial'
            """,
            blob["id"],
            pictures.format,
            pictures.width,
            pictures.height,
            now,
        )
        await settle_photos(blob["id"], now)
    done = _unless_refused(await _get(person_id, sha256))
    await _drop_parts(blob, storage)
    return done


async def _assemble(blob: db.Row, storage: Storage) -> bytes | None:
    """The whole content, or none after clearing the bits of what must be sent again."""
    size, part_size = blob["size"], blob["part_size"]
    count = part_count(size, part_size)
    if len(parts_in(blob["have"], count)) < count:
        return None
    parts: list[bytes] = []
    lost = 0
    for n in range(count):
        part = await storage.find(part_name(blob["id"], n))
        if part is None or len(part) != part_length(size, part_size, n):
            lost |= 1 << n
        else:
            parts.append(part)
    content = b"".join(parts)
    if not lost and hashlib.sha256(content).hexdigest() != blob["sha256"]:
        # Each part was what the phone sent, so which of them is wrong cannot be known.
        lost = (1 << count) - 1
    if not lost:
        return content
    async with db.unit_of_work():
        await db.execute(
            """
            UPDATE blobs SET have = have & $2
            WHERE id = $1 AND state = 'partial' AND size = $3 AND part_size = $4
            """,
            blob["id"],
            ~lost,
            size,
            part_size,
        )
    return None


async def _has_bytes(blob: db.Row, storage: Storage) -> bool:
    return await storage.holds(picture_name(blob["id"], "original"))


async def _start_again(blob: db.Row, now: int) -> None:
    """The row says complete and the bytes are not there: whoever still has them may send them again."""
    _log.error("the bytes of a complete blob are gone", blob=blob["id"])
    async with db.unit_of_work():
        await db.execute(
            "UPDATE blobs SET state = 'partial', have = 0, touched_at = $2 WHERE id = $1 AND state = 'complete'",
            blob["id"],
            now,
        )
        await db.execute(
            """
            UPDATE photos SET state = 'awaited', stored_at = NULL
            WHERE sha256 = $1 AND person_id = $2 AND state = 'stored'
            """,
            blob["sha256"],
            blob["person_id"],
        )


async def _refuse(blob: db.Row, refusal: Refusal, now: int) -> None:
    async with db.unit_of_work():
        await db.execute(
            """
            UPDATE blobs SET state = 'refused', refused_code = $2, touched_at = $3
            WHERE id = $1 AND state = 'partial'
            """,
            blob["id"],
            refusal.code,
            now,
        )
        await settle_photos(blob["id"], now)


async def _drop_parts(blob: db.Row, storage: Storage) -> None:
    """Parts left behind cost only space, so failing to delete them stops nobody."""
    count = part_count(blob["size"], blob["part_size"])
    try:
        await storage.delete([part_name(blob["id"], n) for n in range(count)])
    except OSError as error:
        _log.warning("parts of a finished blob stay", blob=blob["id"], exc_info=error)


async def _within_quota(person_id: str, more: int, now: int) -> None:
    begun = await db.fetch_value(
        "SELECT CAST(coalesce(sum(size), 0) AS bigint) FROM blobs WHERE person_id = $1 AND created_at > $2",
        person_id,
        now - DAY,
    )
    if begun + more > BYTES_A_DAY_MAX:
        raise Busy("files.too_much", retry_after=3600)


async def _find(person_id: str, sha256: str) -> db.Row | None:
    return await db.fetch_one("SELECT * FROM blobs WHERE sha256 = $1 AND person_id = $2", sha256, person_id)


async def _get(person_id: str, sha256: str) -> db.Row:
    blob = await _find(person_id, sha256)
    if blob is None:
        raise NotFound("files.blob_unknown")
    return blob


def _unless_refused(blob: db.Row) -> db.Row:
    if blob["state"] == "refused":
        raise Invalid(blob["refused_code"])
    return blob
