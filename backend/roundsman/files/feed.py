"""What a phone may hold of photos: the references and their state, never the bytes and never the blobs."""

from roundsman.core.domain import Feed
from roundsman.files.tables import Photo

PHOTO_FEED = Feed(
    Photo,
    fields=(
        "id", "owner_table", "owner_id", "kind", "sha256", "size", "state", "refused_code", "person_id",
        "territory_id", "month", "taken_at", "width", "height", "is_reused", "stored_at",
    ),
    buckets=("user:{person_id}:{month}", "team:{territory_id}:{month}"),
)  # fmt: skip

FEEDS = (PHOTO_FEED,)
