"""One past order of a sheet as a command carries it. What becomes of it is in importing.py."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from roundsman.core.ids import Id
from roundsman.core.money import LARGEST, Money
from roundsman.core.quantities import LARGEST_QUANTITY, Price
from roundsman.core.texts import Line, Name, Remark, Word
from roundsman.core.times import Moment
from roundsman.orders.commands.shapes import LINES_MAX, Recipient

LENGTHS: Final = {
    **dict.fromkeys(("number", "customer_code", "owner_name", "territory_name", "recipient", "mobile"), 60),
    **dict.fromkeys(("code", "unit", "status"), 60),
    **dict.fromkeys(("customer_name", "product_name"), 120),
    "address": 300,
    "note": 2000,
}
"""Characters each text of a row may have."""

PastState = Annotated[str, msgspec.Meta(pattern="^(closed|cancelled|returned)$")]


class PastLine(msgspec.Struct, kw_only=True, frozen=True):
    """What was ordered: a variant by its code, else by the name of a product that has but one. `unit` empty is the base
    unit; `price_e4` is what one was sold for.
    """

    row: Annotated[int, msgspec.Meta(ge=1)]
    code: Word = ""
    name: Name = "-"
    unit: Word = ""
    quantity_e3: Annotated[
        int, msgspec.Meta(ge=1, le=LARGEST_QUANTITY, description="thousandths of the unit")
    ]
    price_e4: Price


class PastExpense(msgspec.Struct, kw_only=True, frozen=True):
    """What an order came to beside its goods, in fen; below zero what was taken off."""

    name: Word
    amount: Money


class PastOrder(msgspec.Struct, kw_only=True, frozen=True):
    """An order of another system, over and done with. `row` and `sheet` say where it stands, `order_id` is its id if it
    is new, `number` what it was called there. `goods_e4` is what its goods came to by what is said there; without it,
    what the lines come to.
    """

    row: Annotated[int, msgspec.Meta(ge=1)]
    order_id: Id
    number: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    placed_at: Moment
    sheet: Line = ""
    customer_code: Word = ""
    customer_name: Annotated[str, msgspec.Meta(max_length=120)] = ""
    state: PastState = "closed"
    lines: Annotated[list[PastLine], msgspec.Meta(max_length=LINES_MAX)] = []
    goods_e4: Annotated[int, msgspec.Meta(ge=0, le=LARGEST, description="1/10000 yuan")] | None = None
    returned_amount: Annotated[int, msgspec.Meta(ge=0, le=LARGEST, description="fen")] = 0
    expenses: Annotated[list[PastExpense], msgspec.Meta(max_length=10)] = []
    owner_name: Word = ""
    territory_name: Word = ""
    recipient: Recipient = Recipient()
    note: Remark = ""
