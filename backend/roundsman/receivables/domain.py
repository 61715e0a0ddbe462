"""What receivables hands to the app."""

from roundsman.core.domain import Domain
from roundsman.receivables.feed import FEEDS
from roundsman.receivables.tables import Account, Allocation, Collection, ReceivableItem

DOMAIN = Domain(
    name="receivables",
    tables=(Account, ReceivableItem, Collection, Allocation),
    feeds=FEEDS,
)
