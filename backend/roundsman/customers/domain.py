"""What customers hands to the app."""

from roundsman.core.domain import Domain
from roundsman.customers import commands
from roundsman.customers.feed import FEEDS
from roundsman.customers.tables import Contact, Customer, CustomerClass, CustomerPin, CustomerPlacement

DOMAIN = Domain(
    name="customers",
    tables=(CustomerClass, Customer, CustomerPlacement, Contact, CustomerPin),
    commands=(
        commands.add_customer,
        commands.edit_customer,
        commands.assign_customer,
        commands.set_contact,
        commands.remove_contact,
        commands.ask_pin,
        commands.decide_pin,
        commands.archive_customer,
        commands.set_class,
    ),
    feeds=FEEDS,
    permissions={
        "customers.see": ("rep", "clerk", "manager", "administrator"),
        "customers.add": ("rep", "clerk", "manager", "administrator"),
        "customers.edit": ("rep", "clerk", "manager", "administrator"),
        "customers.ask_pin": ("rep", "clerk", "manager", "administrator"),
        "customers.decide_pin": ("manager", "administrator"),
        "customers.assign": ("clerk", "manager", "administrator"),
        "customers.keep_classes": ("manager", "administrator"),
        "customers.import": ("clerk", "administrator"),
    },
)
