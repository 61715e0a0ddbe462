"""Every write of customers, by what it writes. Who may is checked here; how things are judged is in rules.py."""

from roundsman.customers.commands.classes import set_class
from roundsman.customers.commands.contacts import remove_contact, set_contact
from roundsman.customers.commands.customers import (
    add_customer,
    archive_customer,
    assign_customer,
    edit_customer,
)
from roundsman.customers.commands.importing import import_rows
from roundsman.customers.commands.levels import require_level, set_level, set_price_level
from roundsman.customers.commands.pins import ask_pin, decide_pin, set_first_pin

COMMANDS = (
    add_customer,
    edit_customer,
    assign_customer,
    set_contact,
    remove_contact,
    ask_pin,
    decide_pin,
    archive_customer,
    set_class,
    set_price_level,
    set_level,
    import_rows,
)

__all__ = ["COMMANDS", "require_level", "set_first_pin", "set_level"]
