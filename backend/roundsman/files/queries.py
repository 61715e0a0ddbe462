"""Reads of files, each starting from the person who asks."""

from roundsman.core import db
from roundsman.core.context import Person
from roundsman.core.errors import NotFound
from roundsman.files.rules import buckets_of_photo
from roundsman.identity.queries import buckets_of


async def photo_seen_by(person: Person, photo_id: str, now: int) -> db.Row:
    """A photo's row with the id of its blob (`blob_id`, null until stored), if the person may see it.

    This is the one place that decides: it is everybody's, or he holds one of the buckets the row stands in, whatever
    its month.
    Raises NotFound("not_found"), the same for a photo that is not there and for one that is not his to see.
    """
    row = await db.fetch_one(
        """
        SELECT photos.id, photos.sha256, photos.state, photos.person_id, territory_id, month, is_public,
               blobs.id AS blob_id
        FROM photos LEFT JOIN blobs
          ON blobs.sha256 = photos.sha256 AND blobs.person_id = photos.person_id AND blobs.state = 'complete'
        WHERE photos.id = $1
        """,
        photo_id,
    )
    if row is None:
        raise NotFound("not_found")
    if row["is_public"]:
        return row
    held = await buckets_of(person, now, months=[row["month"]])
    if buckets_of_photo(row["person_id"], row["territory_id"], row["month"]).isdisjoint(held):
        raise NotFound("not_found")
    return row
