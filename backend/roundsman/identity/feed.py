"""What a phone may hold of identity, and which buckets a person holds: the one place that says who sees whom.

Phone numbers, logins and hashes are in no feed.
"""

from roundsman.core.domain import Feed
from roundsman.identity.queries import buckets_of
from roundsman.identity.tables import Membership, Person, Territory

FEEDS = (
    Feed(Person, fields=("id", "name", "roles", "is_active"), buckets=("staff", "user:{id}")),
    Feed(Territory, fields=("id", "parent_id", "name", "path", "depth"), buckets=("staff",)),
    Feed(
        Membership,
        fields=("id", "person_id", "territory_id", "kind", "from_at", "until_at"),
        buckets=("user:{person_id}", "team:{territory_id}", "team:all"),
    ),
)

__all__ = ["FEEDS", "buckets_of"]
