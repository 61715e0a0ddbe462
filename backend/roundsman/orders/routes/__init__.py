"""What only the office needs online of orders: lists and sums (lists.py), the list as a file (export.py)."""

from roundsman.orders.routes.export import get_export
from roundsman.orders.routes.lists import (
    get_counts,
    get_downline_totals,
    get_one_order,
    get_orders,
    get_profits,
    get_returns,
    get_totals,
)

ROUTES = (
    get_orders,
    get_one_order,
    get_counts,
    get_totals,
    get_profits,
    get_returns,
    get_downline_totals,
    get_export,
)
