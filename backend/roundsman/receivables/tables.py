"""Columns of what customers owe; the SQL that makes them is in migrations/m0015_receivables.py. Amounts are
fen.
"""

from piccolo.columns import BigInt, Integer, Text
from piccolo.table import Table


class Account(Table, tablename="accounts"):
    """A customer's (`id`) standing: what he owes, what he ordered that is not owed yet, how far he is trusted.
    `buyer_id` is his id when he orders for himself.
    """

    id = Text(primary_key=True, default=None)
    debt = BigInt()
    committed = BigInt()
    credit_limit = BigInt(null=True, default=None)
    credit_days = Integer()
    policy = Text()
    territory_id = Text()
    owner_id = Text(null=True, default=None)
    buyer_id = Text(null=True, default=None)
    changed_at = BigInt()


class ReceivableItem(Table, tablename="receivable_items"):
    """Something owed (or, below zero, credited) by a document; `open_amount` is what no money paid yet. Where the
    account is filed is repeated while something is open; after that no phone needs it, and these are NULL.
    """

    id = Text(primary_key=True, default=None)
    customer_id = Text()
    source_table = Text()
    source_id = Text()
    number = Text()
    amount = BigInt()
    open_amount = BigInt()
    due_on = Text()
    at = BigInt()
    day_on = Text()
    audience = Text(null=True, default=None)
    territory_id = Text(null=True, default=None)
    owner_id = Text(null=True, default=None)
    buyer_id = Text(null=True, default=None)


class Collection(Table, tablename="collections"):
    """Money received from a customer; `unallocated` is what pays nothing in particular yet."""

    id = Text(primary_key=True, default=None)
    customer_id = Text()
    person_id = Text()
    amount = BigInt()
    unallocated = BigInt()
    method = Text()
    note = Text()
    visit_id = Text(null=True, default=None)
    state = Text()
    void_reason = Text()
    collected_at = BigInt()
    day_on = Text()
    month = Text()
    received_at = BigInt()
    territory_id = Text()
    owner_id = Text(null=True, default=None)
    buyer_id = Text(null=True, default=None)


class Allocation(Table, tablename="allocations"):
    """How much of a collection, or of a credit (an item below zero), pays an item."""

    id = Text(primary_key=True, default=None)
    collection_id = Text(null=True, default=None)
    credit_id = Text(null=True, default=None)
    item_id = Text()
    amount = BigInt()
