"""What inventory hands to the app."""

from roundsman.core.domain import Domain
from roundsman.inventory.commands import COMMANDS
from roundsman.inventory.feed import FEEDS
from roundsman.inventory.routes import ROUTES
from roundsman.inventory.tables import Stock, StockMovement, StockReservation, Warehouse

DOMAIN = Domain(
    name="inventory",
    tables=(Warehouse, Stock, StockMovement, StockReservation),
    commands=COMMANDS,
    feeds=FEEDS,
    routes=ROUTES,
    permissions={
        "inventory.see": ("rep", "clerk", "manager", "administrator"),
        "inventory.keep": ("clerk", "administrator"),
    },
)
