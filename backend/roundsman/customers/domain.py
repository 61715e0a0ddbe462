"""What customers hands to the app."""

from roundsman.core.domain import Domain
from roundsman.customers.commands import COMMANDS
from roundsman.customers.feed import FEEDS
from roundsman.customers.routes import ROUTES
from roundsman.customers.tables import (
    Contact,
    Customer,
    CustomerClass,
    CustomerPin,
    CustomerPlacement,
    PriceLevel,
)

DOMAIN = Domain(
    name="customers",
    tables=(CustomerClass, PriceLevel, Customer, CustomerPlacement, Contact, CustomerPin),
    commands=COMMANDS,
    feeds=FEEDS,
    routes=ROUTES,
    permissions={
        "customers.see": ("rep", "clerk", "manager", "administrator"),
        "customers.add": ("rep", "clerk", "manager", "administrator"),
        "customers.edit": ("rep", "clerk", "manager", "administrator"),
        "customers.ask_pin": ("rep", "clerk", "manager", "administrator"),
        "customers.decide_pin": ("manager", "administrator"),
        "customers.assign": ("clerk", "manager", "administrator"),
        "customers.keep_classes": ("manager", "administrator"),
        "customers.keep_levels": ("manager", "administrator"),
        "customers.set_level": ("clerk", "manager", "administrator"),
        "customers.import": ("clerk", "administrator"),
    },
)
