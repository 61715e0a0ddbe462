"""What orders announce to higher domains: figures, rewards, shipping. Amounts are fen, as they stand after it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

Event = TypeVar("Event")


def told_of(event: type[Event], order: Mapping[str, Any], **more: Any) -> Event:
    """The event about an order: what it shares with the order's row, and `more`."""
    own = {"order_id": order["id"], **more}
    names = [field.name for field in fields(event)]  # type: ignore[arg-type]  # all of them here are dataclasses
    return event(**{name: own[name] if name in own else order[name] for name in names})


@dataclass(frozen=True, slots=True)
class OrderSubmitted:
    """An order was placed."""

    order_id: str
    customer_id: str
    agent_id: str | None
    person_id: str
    owner_id: str | None
    territory_id: str
    day_on: str
    goods_amount: int
    total_amount: int


@dataclass(frozen=True, slots=True)
class OrderReviewed:
    """An order was accepted: it is owed from now on, and its goods are kept for it as far as there are any."""

    order_id: str
    customer_id: str
    agent_id: str | None
    owner_id: str | None
    territory_id: str
    day_on: str
    goods_amount: int
    total_amount: int
    short_count: int


@dataclass(frozen=True, slots=True)
class OrderAmended:
    """A reviewed order was changed: what it came to before and comes to now."""

    order_id: str
    customer_id: str
    goods_before: int
    goods_amount: int
    total_before: int
    total_amount: int


@dataclass(frozen=True, slots=True)
class OrderMoved:
    """An order went on to another state by any verb; said beside what else is announced of it."""

    order_id: str
    customer_id: str
    verb: str
    from_state: str
    to_state: str


@dataclass(frozen=True, slots=True)
class OrderShipped:
    """An order's goods left."""

    order_id: str
    customer_id: str
    agent_id: str | None
    owner_id: str | None
    territory_id: str
    total_amount: int


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """An order will not be. `was_owed` says whether it had been reviewed."""

    order_id: str
    customer_id: str
    total_amount: int
    was_owed: bool


@dataclass(frozen=True, slots=True)
class PastOrdersWritten:
    """Orders came from another system, or what it says of them has changed."""

    order_ids: Collection[str]


@dataclass(frozen=True, slots=True)
class OrderReturned:
    """Goods of an order came back: `amount` is what they had cost the customer, `is_whole` that nothing is left."""

    order_id: str
    return_id: str
    customer_id: str
    agent_id: str | None
    owner_id: str | None
    territory_id: str
    amount: int
    is_whole: bool
