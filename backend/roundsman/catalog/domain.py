"""What catalog hands to the app."""

from roundsman.catalog.commands import COMMANDS
from roundsman.catalog.feed import FEEDS
from roundsman.catalog.routes import ROUTES
from roundsman.catalog.tables import Barcode, Category, Price, PriceList, Product, Variant
from roundsman.core.access import EVERYONE
from roundsman.core.domain import Domain

DOMAIN = Domain(
    name="catalog",
    tables=(Category, Product, Variant, Barcode, PriceList, Price),
    commands=COMMANDS,
    feeds=FEEDS,
    routes=ROUTES,
    permissions={
        "catalog.see": EVERYONE,
        "catalog.keep": ("clerk", "manager", "administrator"),
        "catalog.keep_prices": ("clerk", "manager", "administrator"),
        "catalog.see_costs": ("clerk", "manager", "administrator"),
        "catalog.import": ("clerk", "administrator"),
    },
)
