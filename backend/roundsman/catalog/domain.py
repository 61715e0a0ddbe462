"""What catalog hands to the app."""

from roundsman.catalog.feed import FEEDS
from roundsman.catalog.tables import Barcode, Category, Price, PriceList, Product, Variant
from roundsman.core.domain import Domain

DOMAIN = Domain(
    name="catalog",
    tables=(Category, Product, Variant, Barcode, PriceList, Price),
    feeds=FEEDS,
)
