"""Reads of orders, each starting from the person who asks: who may see what (access.py), what hangs on an order
(content.py), lists (lists.py) and sums (sums.py) in one's reach (reach.py). Nothing here writes.
"""

from roundsman.orders.queries.access import (
    get_customer_of,
    get_customer_to_order_for,
    get_customers_to_order_for,
    get_order,
    is_seen,
)
from roundsman.orders.queries.content import lines_of, moves_of, policy_in_force, return_lines_of, returns_of
from roundsman.orders.queries.lists import get_order_in_full, orders_seen_by, returns_seen_by
from roundsman.orders.queries.reach import OrderFilter
from roundsman.orders.queries.sums import counts_seen_by, downline_totals_of, profits_seen_by, totals_seen_by

__all__ = [
    "OrderFilter",
    "counts_seen_by",
    "downline_totals_of",
    "get_customer_of",
    "get_customer_to_order_for",
    "get_customers_to_order_for",
    "get_order",
    "get_order_in_full",
    "is_seen",
    "lines_of",
    "moves_of",
    "orders_seen_by",
    "policy_in_force",
    "profits_seen_by",
    "return_lines_of",
    "returns_of",
    "returns_seen_by",
    "totals_seen_by",
]
