"""What the payloads of orders are made of. How an order is priced and written is in the other files of this package."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.core.domain import Payload
from roundsman.core.ids import Id
from roundsman.core.money import LARGEST
from roundsman.core.quantities import Price, Quantity
from roundsman.core.texts import Line, Remark, Word
from roundsman.core.times import Day, Moment

LINES_MAX = 500
"""More lines than this no order has; a longer one is several."""

Unit = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Reason = Annotated[str, msgspec.Meta(max_length=300)]
State = Annotated[
    str,
    msgspec.Meta(
        pattern="^(draft|submitted|reviewed|awaiting_purchase|allocated|packed|shipped|signed|closed|cancelled|returned)$",
        description="a state of an order",
    ),
]


class OrderedLine(msgspec.Struct, kw_only=True, frozen=True):
    """So much of a variant in one of its units. `price_e4` is what the person saw per unit, from the list `list_id`;
    None where no price was shown.
    """

    line_id: Id
    variant_id: Id
    unit: Unit
    quantity_e3: Quantity
    price_e4: Price | None = None
    list_id: Id | None = None


class Expense(msgspec.Struct, kw_only=True, frozen=True):
    """Something charged with an order beside its goods, in fen."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    amount: Annotated[int, msgspec.Meta(ge=0, le=LARGEST, description="fen")]
    remark: Line = ""


class Recipient(msgspec.Struct, kw_only=True, frozen=True):
    """Where the goods go; all empty where the customer takes them himself."""

    name: Word = ""
    mobile: Word = ""
    province: Word = ""
    city: Word = ""
    county: Word = ""
    street: Line = ""


class OrderContent(Payload, kw_only=True, frozen=True):
    """What an order says, whether it is a draft or placed."""

    order_id: Id
    customer_id: Id
    lines: Annotated[list[OrderedLine], msgspec.Meta(max_length=LINES_MAX)]
    recipient: Recipient = Recipient()
    delivery_method: Word = ""
    wanted_on: Day | None = None
    install_at: Moment | None = None
    note: Remark = ""
    expenses: Annotated[list[Expense], msgspec.Meta(max_length=20)] = []
    visit_id: Id | None = None


class MoveOrder(Payload, kw_only=True, frozen=True):
    """Moves an order on from the state the person saw it in."""

    order_id: Id
    expect: State
    reason: Reason = ""


class PriceChange(msgspec.Struct, kw_only=True, frozen=True):
    """A line whose price is not what the person saw: 1/10000 yuan per unit, and fen."""

    line_id: str
    price_before_e4: int
    price_after_e4: int
    amount_before: int
    amount_after: int
