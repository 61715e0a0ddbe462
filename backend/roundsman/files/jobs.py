"""Deletes the bytes nobody refers to: uploads whose record never came, thirty days after they were last touched."""

from collections.abc import Mapping
from typing import Any

from roundsman.core import db
from roundsman.core.config import read_config
from roundsman.core.domain import Job
from roundsman.core.times import HOUR, SECOND, now_ms
from roundsman.files.rules import PARTS_MAX, UNREFERENCED_FOR
from roundsman.files.storage import PICTURES, Storage, part_name, picture_name, storage_at

AT_ONCE = 500

_UNREFERENCED = """
    touched_at < $1 AND NOT EXISTS (
        SELECT 1 FROM photos WHERE photos.sha256 = blobs.sha256 AND photos.person_id = blobs.person_id
    )
"""


async def collect_unreferenced(storage: Storage, now: int) -> int:
    """Delete what no photo refers to, inside the open unit of work; how many. The bytes go after the commit."""
    before = now - UNREFERENCED_FOR
    rows = await db.fetch(
        f"SELECT id FROM blobs WHERE {_UNREFERENCED} ORDER BY touched_at LIMIT {AT_ONCE}", before
    )
    gone: list[str] = []
    for row in rows:
        # Asked again row by row: a record may have come since, and it touches the blob it refers to.
        if await db.execute(f"DELETE FROM blobs WHERE id = $2 AND {_UNREFERENCED}", before, row["id"]):
            gone.append(row["id"])

    async def delete_bytes() -> None:
        for id in gone:
            await storage.delete([picture_name(id, picture) for picture in PICTURES])
            await storage.delete([part_name(id, n) for n in range(PARTS_MAX)])

    db.after_commit(delete_bytes)
    return len(gone)


async def collect(_arguments: Mapping[str, Any]) -> None:
    """`collect_unreferenced` on the configured storage."""
    await collect_unreferenced(storage_at(read_config().default_photos_url), now_ms())


JOBS = (Job("files.collect", run=collect, every=6 * HOUR // SECOND),)
