"""What the domains above call when a record of theirs has photos: a photo is always part of what somebody did. The
one command of its own is for a picture that will never come.
"""

from collections.abc import Sequence
from typing import Annotated, Final

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict
from roundsman.core.ids import Id
from roundsman.core.times import Moment, Month
from roundsman.files.queries import photo_seen_by
from roundsman.files.rules import SIZE_MAX, Sha256

GIVEN_UP: Final = "files.given_up"
"""The code of a photo nobody waits for any more."""


class ExpectedPhoto(msgspec.Struct, kw_only=True, frozen=True):
    """A photo a phone has taken. Its bytes come later, on their own."""

    photo_id: Id
    sha256: Sha256
    kind: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    taken_at: Moment
    size: Annotated[int, msgspec.Meta(ge=1, le=SIZE_MAX)]


async def expect_photos(
    ctx: Ctx,
    *,
    owner_table: str,
    owner_id: str,
    territory_id: str | None,
    month: Month,
    photos: Sequence[ExpectedPhoto],
    is_public: bool = False,
) -> bool:
    """Note inside the open unit of work that a record has these photos, and whether any picture of them
    already stood under another record.

    One whose bytes are already here is stored at once; one that was noted before stays as it is. Who may see them
    follows from territory and month, or is everybody when they are public. Raises Conflict("files.photo_exists") for
    an id that belongs to another record.
    """
    is_any_reused = False
    for photo in photos:
        known = await db.fetch_one(
            "SELECT owner_table, owner_id, is_reused FROM photos WHERE id = $1", photo.photo_id
        )
        if known is not None:
            if (known["owner_table"], known["owner_id"]) != (owner_table, owner_id):
                raise Conflict("files.photo_exists", photo_id=photo.photo_id)
            is_any_reused = is_any_reused or bool(known["is_reused"])
            continue
        is_reused = bool(
            await db.fetch_value(
                """
                SELECT 1 FROM photos WHERE sha256 = $1 AND NOT (owner_table = $2 AND owner_id = $3) LIMIT 1
                """,
                photo.sha256,
                owner_table,
                owner_id,
            )
        )
        is_any_reused = is_any_reused or is_reused
        # A real change of the row, not only a lock: whoever is about to collect it must look again.
        await db.execute(
            "UPDATE blobs SET touched_at = $3 WHERE sha256 = $1 AND person_id = $2",
            photo.sha256,
            ctx.person.id,
            ctx.now,
        )
        blob = await db.fetch_one(
            """
            SELECT state, refused_code, width, height FROM blobs
            WHERE sha256 = $1 AND person_id = $2 AND state <> 'partial'
            """,
            photo.sha256,
            ctx.person.id,
        )
        is_stored = blob is not None and blob["state"] == "complete"
        await db.execute(
            """
            INSERT INTO photos (id, owner_table, owner_id, kind, sha256, size, state, refused_code, person_id,
                                territory_id, month, taken_at, width, height, is_reused, is_public, stored_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (id) DO NOTHING
            """,
            photo.photo_id,
            owner_table,
            owner_id,
            photo.kind,
            photo.sha256,
            photo.size,
            "awaited" if blob is None else "stored" if is_stored else "refused",
            blob["refused_code"] if blob else None,
            ctx.person.id,
            territory_id,
            month,
            photo.taken_at,
            blob["width"] if blob else None,
            blob["height"] if blob else None,
            is_reused,
            is_public,
            ctx.now if is_stored else None,
        )
    return is_any_reused


async def keep_photos(owner_table: str, owner_id: str, photo_ids: Sequence[str]) -> set[str]:
    """Let a record have none but these photos, inside the open unit of work; those of them that are stored. The bytes
    of the others go when nothing has referred to them for a while.
    """
    rows = await db.fetch(
        "SELECT id, state FROM photos WHERE owner_table = $1 AND owner_id = $2", owner_table, owner_id
    )
    gone = [row["id"] for row in rows if row["id"] not in photo_ids]
    if gone:
        await db.execute(f"DELETE FROM photos WHERE id {db.any_of('$1')}", gone)
    return {row["id"] for row in rows if row["id"] in photo_ids and row["state"] == "stored"}


async def settle_photos(blob_id: str, now: int) -> None:
    """Tell every awaited photo of a finished blob's person and content what became of it, inside the open
    unit of work; also one that was given up and came after all.
    """
    blob = await db.fetch_one("SELECT * FROM blobs WHERE id = $1 AND state <> 'partial'", blob_id)
    if blob is None:
        return
    is_stored = blob["state"] == "complete"
    await db.execute(
        """
        UPDATE photos SET state = $3, refused_code = $4, width = $5, height = $6, stored_at = $7
        WHERE sha256 = $1 AND person_id = $2 AND (state = 'awaited' OR refused_code = $8)
        """,
        blob["sha256"],
        blob["person_id"],
        "stored" if is_stored else "refused",
        blob["refused_code"],
        blob["width"],
        blob["height"],
        now if is_stored else None,
        GIVEN_UP,
    )


class GiveUpPhoto(Payload, kw_only=True, frozen=True):
    """The phone is lost or was cleared: this picture will not come."""

    photo_id: Id


@command("files.give_up_photo", permission="files.keep_photos")
async def give_up_photo(ctx: Ctx, cmd: GiveUpPhoto) -> None:
    """Wait no longer for a photo; its record stays as it is. Does nothing to one that has come or was refused."""
    await photo_seen_by(ctx.person, cmd.photo_id, ctx.now)
    await db.execute(
        "UPDATE photos SET state = 'refused', refused_code = $2 WHERE id = $1 AND state = 'awaited'",
        cmd.photo_id,
        GIVEN_UP,
    )
