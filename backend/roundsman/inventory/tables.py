"""Columns of where goods are; the SQL that makes them is in migrations/m0014_inventory.py. Quantities are
thousandths of the base unit.
"""

from piccolo.columns import BigInt, Boolean, Text
from piccolo.table import Table


class Warehouse(Table, tablename="warehouses"):
    """A place goods are kept at."""

    id = Text(primary_key=True, default=None)
    name = Text()
    is_default = Boolean()
    is_active = Boolean()


class Stock(Table, tablename="stocks"):
    """What a warehouse has of a variant; `id` is warehouse_id:variant_id. What is neither reserved nor missing
    is available.
    """

    id = Text(primary_key=True, default=None)
    warehouse_id = Text()
    variant_id = Text()
    on_hand_e3 = BigInt()
    reserved_e3 = BigInt()
    changed_at = BigInt()


class StockMovement(Table, tablename="stock_movements"):
    """One change of what is on hand, never edited; `balance_e3` is what was there after it."""

    id = Text(primary_key=True, default=None)
    warehouse_id = Text()
    variant_id = Text()
    kind = Text()
    quantity_e3 = BigInt()
    balance_e3 = BigInt()
    cost_e4 = BigInt(null=True, default=None)
    reason = Text()
    source_table = Text()
    source_id = Text()
    person_id = Text()
    at = BigInt()
    day_on = Text()


class StockReservation(Table, tablename="stock_reservations"):
    """What is kept for one line of a document (`id`): the sum of them is what the stock says is reserved."""

    id = Text(primary_key=True, default=None)
    warehouse_id = Text()
    variant_id = Text()
    quantity_e3 = BigInt()
    source_table = Text()
    source_id = Text()
    at = BigInt()
