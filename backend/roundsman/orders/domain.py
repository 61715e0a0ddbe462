"""What orders hands to the app."""

from roundsman.core.domain import Domain
from roundsman.orders.feed import FEEDS
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
    feeds=FEEDS,
)
