"""Reads of orders, each starting from the person who asks: who may see what (access.py), what hangs on an order
(content.py), lists (lists.py), sums (sums.py). Nothing here writes.
"""

from roundsman.orders.queries.access import (
    get_customer_of,
    get_customer_to_order_for,
    get_order,
    is_seen,
)
from roundsman.orders.queries.content import lines_of, moves_of, policy_in_force, return_lines_of, returns_of

__all__ = [
    "get_customer_of",
    "get_customer_to_order_for",
    "get_order",
    "is_seen",
    "lines_of",
    "moves_of",
    "policy_in_force",
    "return_lines_of",
    "returns_of",
]
