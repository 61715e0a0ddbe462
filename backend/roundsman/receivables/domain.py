"""What receivables hands to the app."""

from roundsman.core.domain import Domain
from roundsman.receivables.commands import COMMANDS
from roundsman.receivables.feed import FEEDS
from roundsman.receivables.routes import ROUTES
from roundsman.receivables.tables import Account, Allocation, Collection, ReceivableItem

DOMAIN = Domain(
    name="receivables",
    tables=(Account, ReceivableItem, Collection, Allocation),
    commands=COMMANDS,
    feeds=FEEDS,
    routes=ROUTES,
    permissions={
        "receivables.see": ("rep", "agent", "clerk", "manager", "administrator"),
        "receivables.see_debts": ("rep", "clerk", "manager", "administrator"),
        "receivables.collect": ("rep", "clerk", "manager"),
        "receivables.keep": ("clerk", "administrator"),
    },
)
