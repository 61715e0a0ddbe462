"""What is asked online of orders: lists and sums (lists.py), the list as a file (export.py), and what would become of a
sheet with many recipients (sheets.py).
"""

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
from roundsman.orders.routes.sheets import get_sheet_template, post_sheet

ROUTES = (
    get_orders,
    get_one_order,
    get_counts,
    get_totals,
    get_profits,
    get_returns,
    get_downline_totals,
    get_export,
    post_sheet,
    get_sheet_template,
)
