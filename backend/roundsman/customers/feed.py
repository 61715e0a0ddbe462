"""What a phone may hold of customers: those of its territories, and one's own wherever they are filed."""

from roundsman.core.domain import Feed
from roundsman.customers.tables import Contact, Customer, CustomerClass, CustomerPin, PriceLevel

IN_TERRITORY = ("terr:{territory_id}", "terr:all", "user:{owner_id}")

FEEDS = (
    Feed(
        CustomerClass,
        fields=("id", "name", "geofence", "radius_m", "photo_source", "position", "is_active"),
        buckets=("staff",),
    ),
    Feed(PriceLevel, fields=("id", "name", "position", "is_active"), buckets=("org",)),
    Feed(
        Customer,
        fields=(
            "id",
            "code",
            "name",
            "short_name",
            "class_id",
            "tags",
            "phone",
            "province",
            "city",
            "county",
            "street",
            "owner_id",
            "territory_id",
            "latitude_e7",
            "longitude_e7",
            "pin_accuracy_m",
            "pin_source",
            "pinyin",
            "initials",
            "remark",
            "is_active",
            "created_at",
            "price_level_id",
        ),
        buckets=IN_TERRITORY,
        version=2,
        is_packed=True,
    ),
    Feed(
        Contact,
        fields=("id", "customer_id", "name", "phone", "position", "is_main"),
        buckets=IN_TERRITORY,
    ),
    Feed(
        CustomerPin,
        fields=(
            "id",
            "customer_id",
            "latitude_e7",
            "longitude_e7",
            "accuracy_m",
            "source",
            "reason",
            "state",
            "person_id",
            "asked_at",
            "decided_by",
            "decided_at",
            "decision_reason",
        ),
        buckets=("team:{territory_id}", "team:all", "user:{person_id}"),
    ),
)
