"""What inventory hands to the app."""

from roundsman.core.domain import Domain
from roundsman.inventory.feed import FEEDS
from roundsman.inventory.tables import Stock, StockMovement, StockReservation, Warehouse

DOMAIN = Domain(
    name="inventory",
    tables=(Warehouse, Stock, StockMovement, StockReservation),
    feeds=FEEDS,
)
