"""What a phone may hold of the inventory: warehouses and what is in them, for whoever sells."""

from roundsman.core.domain import Feed
from roundsman.inventory.tables import Stock, Warehouse

FEEDS = (
    Feed(Warehouse, fields=("id", "name", "is_default", "is_active"), buckets=("sales",)),
    Feed(
        Stock,
        fields=("id", "warehouse_id", "variant_id", "on_hand_e3", "reserved_e3"),
        buckets=("sales",),
        is_packed=True,
    ),
)
