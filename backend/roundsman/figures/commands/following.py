"""What happens below and changes figures. All of it is looked at once, at the end of the unit of work it happens in."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.events import on
from roundsman.customers.events import CustomersChanged
from roundsman.figures.commands.restating import (
    restate_collections,
    restate_customers,
    restate_orders,
    restate_visits,
)
from roundsman.orders.events import OrderAmended, OrderMoved, OrderReturned, OrderSubmitted, PastOrdersWritten
from roundsman.receivables.events import CollectionsChanged
from roundsman.visits.events import VisitsChanged

_COUNTING = frozenset(("review", "sign", "cancel"))
"""Verbs after which an order counts otherwise than before; what it says is told of by events of its own."""


@on(OrderSubmitted)
async def placed(ctx: Ctx, event: OrderSubmitted) -> None:
    """It counts as ordered."""
    db.at_the_end(restate_orders).add(event.order_id)


@on(OrderMoved)
async def moved(ctx: Ctx, event: OrderMoved) -> None:
    """It counts as accepted or signed for, or no longer."""
    if event.verb in _COUNTING:
        db.at_the_end(restate_orders).add(event.order_id)


@on(OrderAmended)
async def amended(ctx: Ctx, event: OrderAmended) -> None:
    """It comes to something else."""
    db.at_the_end(restate_orders).add(event.order_id)


@on(OrderReturned)
async def returned(ctx: Ctx, event: OrderReturned) -> None:
    """Part of it came back."""
    db.at_the_end(restate_orders).add(event.order_id)


@on(PastOrdersWritten)
async def imported(ctx: Ctx, event: PastOrdersWritten) -> None:
    """Another system's orders came, or say something else."""
    db.at_the_end(restate_orders).update(event.order_ids)


@on(CollectionsChanged)
async def collected(ctx: Ctx, event: CollectionsChanged) -> None:
    """Money came, or never did."""
    db.at_the_end(restate_collections).update(event.collection_ids)


@on(VisitsChanged)
async def visited(ctx: Ctx, event: VisitsChanged) -> None:
    """Somebody was somewhere."""
    db.at_the_end(restate_visits).update(event.visit_ids)


@on(CustomersChanged)
async def won(ctx: Ctx, event: CustomersChanged) -> None:
    """Somebody brought one in, or it was put away."""
    db.at_the_end(restate_customers).update(event.customer_ids)
