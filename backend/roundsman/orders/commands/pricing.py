"""What an order costs by the server's own prices, and how that compares with what the person saw."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from roundsman.catalog.queries import VariantForOrder, offers_among, variants_for_order
from roundsman.catalog.rules.packs import Line, check_line, find_pack, merge_lines
from roundsman.catalog.rules.pricing import Buyer, Offer, Priced, Source, list_price_of, price_order
from roundsman.core import db
from roundsman.core.errors import Invalid
from roundsman.core.money import LARGEST
from roundsman.core.quantities import amount_of
from roundsman.orders.commands.shapes import OrderedLine, PriceChange

_GIFTS: Final = uuids.UUID("3f6f0f0e-6f0a-5b0e-9d57-0c1f3b1b9a52")
"""Ids of gift lines follow from the line they go with, so that the same order comes to the same lines wherever it is
priced."""


@dataclass(frozen=True, slots=True)
class PricedLines:
    """Rows of order_lines without what they share with their order, gifts behind the line they go with; amounts in
    fen. `changes` are the lines whose price is not what was seen.
    """

    rows: list[db.Row]
    goods_amount: int
    cost_amount: int
    changes: list[PriceChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Lines to be priced for a buyer on an ISO day."""

    lines: Sequence[OrderedLine]
    buyer: Buyer
    day: str


@dataclass(frozen=True, slots=True)
class Goods:
    """What pricing some orders takes: the variants they name and what may come free with them, and all their offers by
    variant.
    """

    variants: Mapping[str, VariantForOrder]
    offers: Mapping[str, Sequence[Offer]]


async def goods_for(orders: Sequence[Wanted]) -> Goods:
    """What pricing these takes, in two statements however many they are, a third where something may come free."""
    ids = list(dict.fromkeys(line.variant_id for order in orders for line in order.lines))
    if not ids:
        return Goods({}, {})
    known = await variants_for_order(ids)
    days = [order.day for order in orders]
    offers = await offers_among(
        (order.buyer.customer_id for order in orders),
        (order.buyer.level_id for order in orders),
        ids,
        (min(days), max(days)),
    )
    given = {gift.variant_id for offer in offers for gift in offer.gifts} - known.keys()
    if given:
        known |= await variants_for_order(given)
    by_variant: dict[str, list[Offer]] = {}
    for offer in offers:
        by_variant.setdefault(offer.variant_id, []).append(offer)
    return Goods(known, by_variant)


async def price_lines(
    lines: Sequence[OrderedLine], buyer: Buyer, day: str, *, is_checked: bool = True
) -> PricedLines:
    """Read what one order takes, and price it."""
    wanted = Wanted(lines, buyer, day)
    return price_with(await goods_for([wanted]), wanted, is_checked=is_checked)


def price_with(goods: Goods, wanted: Wanted, *, is_checked: bool = True) -> PricedLines:
    """Price lines. Equal ones become one. Raises Invalid with the code of the first line that may not be ordered and
    its `field` ("lines[2].quantity_e3"); with `is_checked` False only for what cannot be priced at all.
    """
    lines, known = wanted.lines, goods.variants
    places = {line.line_id: place for place, line in reversed(list(enumerate(lines)))}
    if len(places) < len(lines):
        raise Invalid("orders.line_twice", field="lines")
    merged = merge_lines(
        Line(line.variant_id, line.unit, line.quantity_e3, line_id=line.line_id) for line in lines
    )
    for line in merged:
        _check(line, known.get(line.variant_id), places[line.line_id], is_checked=is_checked)
    ids = {line.variant_id for line in merged}
    offers = [offer for id in ids for offer in goods.offers.get(id, ())]
    variants = {id: known[id].variant for id in ids}
    priced = price_order(merged, variants, offers, wanted.buyer, wanted.day)
    rows = _rows(merged, priced.lines, known)
    cost = sum(amount_of(row["cost_e4"], row["quantity_e3"]) for row in rows)
    if max(priced.goods_amount, cost) > LARGEST:
        raise Invalid("orders.too_large", field="lines")
    return PricedLines(rows, priced.goods_amount, cost, _changes(lines, merged, priced.lines))


def _check(line: Line, found: VariantForOrder | None, place: int, *, is_checked: bool) -> None:
    if found is None:
        raise Invalid("orders.variant_unknown", field=f"lines[{place}].variant_id", line_id=line.line_id)
    pack = find_pack(found.variant.packs, line.unit)
    if is_checked or pack is None:
        code = check_line(line, pack, found.is_on_sale)
    else:
        code = None if line.quantity_e3 > 0 else "orders.quantity_not_positive"
    if code is None:
        return
    part = {"orders.unit_unknown": "unit", "orders.not_on_sale": "variant_id"}.get(code, "quantity_e3")
    raise Invalid(code, field=f"lines[{place}].{part}", line_id=line.line_id, name=found.full_name)


def _rows(
    lines: Sequence[Line], priced: Sequence[Priced], known: Mapping[str, VariantForOrder]
) -> list[db.Row]:
    rows: list[db.Row] = []
    for line, price in zip(lines, priced, strict=True):
        row = _row(line, known[line.variant_id], len(rows))
        row.update(
            price_e4=price.price_e4,
            list_price_e4=price.list_price_e4,
            amount=price.amount,
            source=str(price.source),
            list_id=price.list_id,
        )
        rows.append(row)
        for number, gift in enumerate(price.gifts):
            found = known.get(gift.variant_id)
            if found is None or find_pack(found.variant.packs, gift.unit) is None:
                # What was promised is no longer in the catalog: nothing can be given, and the order need not suffer.
                continue
            id = str(uuids.uuid5(_GIFTS, f"{line.line_id} {number}"))
            free = _row(Line(gift.variant_id, gift.unit, gift.quantity_e3, line_id=id), found, len(rows))
            free.update(is_gift=True, gift_of=line.line_id, source=str(Source.GIFT), list_id=price.list_id)
            rows.append(free)
    return rows


def _row(line: Line, found: VariantForOrder, position: int) -> db.Row:
    """A line with what it is called, holds and costs us now; free until priced."""
    pack = find_pack(found.variant.packs, line.unit)
    assert pack is not None
    return {
        "id": line.line_id,
        "position": position,
        "variant_id": line.variant_id,
        "name": found.full_name,
        "code": found.code,
        "unit": line.unit,
        "factor": pack.factor,
        "quantity_e3": line.quantity_e3,
        "price_e4": 0,
        "list_price_e4": list_price_of(found.variant, pack),
        "amount": 0,
        "is_gift": False,
        "gift_of": None,
        "source": "",
        "list_id": None,
        "cost_e4": found.cost_e4 * pack.factor,
        "reserved_e3": 0,
        "shipped_e3": 0,
        "returned_e3": 0,
    }


def _changes(
    seen: Sequence[OrderedLine], lines: Sequence[Line], priced: Sequence[Priced]
) -> list[PriceChange]:
    """Of lines that became one, what the first was seen at counts for all of it."""
    shown = {line.line_id: line.price_e4 for line in seen}
    changes = []
    for line, price in zip(lines, priced, strict=True):
        before = shown[line.line_id]
        if before is not None and before != price.price_e4:
            amount_before = amount_of(before, line.quantity_e3)
            changes.append(
                PriceChange(
                    line_id=line.line_id,
                    price_before_e4=before,
                    price_after_e4=price.price_e4,
                    amount_before=amount_before,
                    amount_after=price.amount,
                )
            )
    return changes
