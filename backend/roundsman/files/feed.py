"""What a phone may hold of photos: the references and their state, never the bytes and never the blobs."""

from roundsman.core.domain import Feed
from roundsman.files.rules import PHOTO_BUCKETS
from roundsman.files.tables import Photo

FEEDS = (
    Feed(
        Photo,
        fields=(
            "id", "owner_table", "owner_id", "kind", "sha256", "size", "state", "refused_code", "person_id",
            "territory_id", "month", "taken_at", "width", "height", "is_reused", "stored_at",
        ),
        buckets=PHOTO_BUCKETS,
    ),
)  # fmt: skip
