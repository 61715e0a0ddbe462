"""What a phone may hold of the catalog: the goods with their list prices are everybody's, what a level or a
customer pays only its own and those who sell. Costs are in no feed.
"""

from roundsman.catalog.tables import Category, Price, PriceList, Product, Variant
from roundsman.core.domain import Feed

OF_THE_COMPANY = ("org",)
OF_WHO_PAYS = (
    "sales:{audience}",
    "level:{level_id}",
    "terr:{territory_id}",
    "terr:all",
    "user:{owner_id}",
    "buyer:{customer_id}",
)
"""A level's list has an audience and no territory, a customer's the other way round."""

FEEDS = (
    Feed(
        Category,
        fields=("id", "parent_id", "name", "axes", "starter", "position", "is_active"),
        buckets=OF_THE_COMPANY,
        version=2,
    ),
    Feed(
        Product,
        fields=(
            "id",
            "code",
            "name",
            "brand",
            "category_id",
            "axes",
            "description",
            "picture_ids",
            "pinyin",
            "initials",
            "position",
            "is_on_sale",
        ),
        buckets=OF_THE_COMPANY,
        is_packed=True,
        version=2,
    ),
    Feed(
        Variant,
        fields=("id", "product_id", "code", "name", "spec", "packs", "price_e4", "position", "is_on_sale"),
        buckets=OF_THE_COMPANY,
        is_packed=True,
    ),
    Feed(
        PriceList,
        fields=(
            "id",
            "name",
            "kind",
            "level_id",
            "customer_id",
            "from_on",
            "until_on",
            "is_active",
            "version",
        ),
        buckets=OF_WHO_PAYS,
    ),
    Feed(
        Price,
        fields=(
            "id",
            "list_id",
            "variant_id",
            "unit",
            "breaks",
            "gifts",
            "may_rise",
            "level_id",
            "customer_id",
            "from_on",
            "until_on",
            "is_active",
        ),
        buckets=OF_WHO_PAYS,
        is_packed=True,
    ),
)
