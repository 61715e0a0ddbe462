"""Every write of the inventory. Documents of higher domains call ledger.py down; stocks.py is the one place that
changes what is on hand or reserved.
"""

from roundsman.inventory.commands.ledger import release, reserve, ship, take_back

__all__ = ["release", "reserve", "ship", "take_back"]
