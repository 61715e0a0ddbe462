"""What orders hands to the app."""

from roundsman.core.domain import Domain
from roundsman.orders.commands import COMMANDS
from roundsman.orders.feed import FEEDS
from roundsman.orders.routes import ROUTES
from roundsman.orders.tables import (
    Order,
    OrderLine,
    OrderMove,
    OrderNumber,
    OrderPolicy,
    OrderReturn,
    OrderReturnLine,
)

DOMAIN = Domain(
    name="orders",
    tables=(OrderPolicy, OrderNumber, Order, OrderLine, OrderMove, OrderReturn, OrderReturnLine),
    commands=COMMANDS,
    feeds=FEEDS,
    routes=ROUTES,
    permissions={
        "orders.see": ("rep", "agent", "clerk", "manager", "administrator"),
        "orders.see_costs": ("clerk", "manager", "administrator"),
        "orders.place": ("rep", "agent", "clerk", "manager"),
        "orders.cancel": ("rep", "agent", "clerk", "manager"),
        "orders.review": ("clerk", "manager"),
        "orders.ship": ("clerk", "courier"),
        "orders.ask_return": ("rep", "agent", "clerk", "manager"),
        "orders.decide_return": ("clerk", "manager"),
        "orders.import": ("clerk", "administrator"),
        "orders.keep_policy": ("administrator",),
    },
)
