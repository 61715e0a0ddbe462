"""What a phone may hold of receivables: the standing of the customers it sees, what is open of theirs, and the money of
the months it keeps.
"""

from roundsman.core.domain import Feed
from roundsman.receivables.tables import Account, Collection, ReceivableItem

FEEDS = (
    Feed(
        Account,
        fields=("id", "debt", "committed", "credit_limit", "credit_days", "policy"),
        buckets=("terr:{territory_id}", "terr:all", "user:{owner_id}", "buyer:{buyer_id}"),
    ),
    Feed(
        ReceivableItem,
        fields=(
            "id",
            "customer_id",
            "source_table",
            "source_id",
            "number",
            "amount",
            "open_amount",
            "due_on",
            "at",
            "day_on",
        ),
        buckets=("terr:{territory_id}", "terr:{audience}", "user:{owner_id}", "buyer:{buyer_id}"),
    ),
    Feed(
        Collection,
        fields=(
            "id",
            "customer_id",
            "person_id",
            "amount",
            "unallocated",
            "method",
            "note",
            "visit_id",
            "state",
            "void_reason",
            "collected_at",
            "day_on",
        ),
        buckets=(
            "user:{person_id}:{month}",
            "user:{owner_id}:{month}",
            "team:{territory_id}:{month}",
            "team:all:{month}",
            "buyer:{buyer_id}",
        ),
    ),
)
