"""Every write of the inventory. Documents of higher domains call ledger.py down; stocks.py is the one place that
changes what is on hand or reserved.
"""

from roundsman.inventory.commands.goods import adjust, receive
from roundsman.inventory.commands.importing import import_stock
from roundsman.inventory.commands.ledger import release, reserve, ship, take_back
from roundsman.inventory.commands.warehouses import set_warehouse

COMMANDS = (receive, adjust, set_warehouse, import_stock)

__all__ = ["COMMANDS", "release", "reserve", "ship", "take_back"]
