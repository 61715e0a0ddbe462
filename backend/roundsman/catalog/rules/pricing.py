"""What a line costs a buyer: his own list before his level's before the list price, then quantity breaks and gifts.
The same offers give the same fen on the phone and here, whatever order they come in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from roundsman.catalog.rules.packs import Line, Pack, Variant, find_pack, next_orderable
from roundsman.core.quantities import amount_of


class Source(StrEnum):
    """Where a price comes from."""

    CUSTOMER = "customer"
    LEVEL = "level"
    LIST = "list"
    GIFT = "gift"


@dataclass(frozen=True, slots=True)
class Gift:
    """For each whole `every_e3` of an offer's unit (at least 1), `quantity_e3` of a variant's unit is free."""

    every_e3: int
    variant_id: str
    unit: str
    quantity_e3: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A row of `prices`. `breaks` are (minimum_e3, price_e4) upwards, both per `unit`; days are ISO and inclusive.

    Just one of `customer_id` and `level_id` says whose it is.
    """

    id: str
    list_id: str
    variant_id: str
    unit: str
    breaks: tuple[tuple[int, int], ...]
    from_on: str
    until_on: str | None = None
    is_active: bool = True
    gifts: tuple[Gift, ...] = ()
    customer_id: str | None = None
    level_id: str | None = None


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who pays: the customer, None where only a level is asked about, and the price level he holds, if any."""

    customer_id: str | None = None
    level_id: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """Free goods that go with a line."""

    variant_id: str
    unit: str
    quantity_e3: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """A lower price for ordering `more_e3` more: from `minimum_e3` on, `price_e4` per unit of the line.

    `more_amount` (fen) is what the whole line then costs more; below zero it costs less.
    """

    minimum_e3: int
    price_e4: int
    more_e3: int
    more_amount: int


@dataclass(frozen=True, slots=True)
class Priced:
    """A line's price and its pack's list price, both per unit of the line, and the line's amount in fen."""

    price_e4: int
    list_price_e4: int
    amount: int
    source: Source
    list_id: str | None
    gifts: tuple[Given, ...]
    next_step: NextStep | None


@dataclass(frozen=True, slots=True)
class PricedOrder:
    """Each line's price, in the order of the lines, and the sum of their amounts (fen)."""

    lines: tuple[Priced, ...]
    goods_amount: int


def list_price_of(variant: Variant, pack: Pack) -> int:
    """The list price of one pack, 1/10000 yuan: its own, else that of the base units it holds."""
    return variant.price_e4 * pack.factor if pack.price_e4 is None else pack.price_e4


def price_line(line: Line, variant: Variant, offers: Iterable[Offer], buyer: Buyer, day: str) -> Priced:
    """Price one line by itself on an ISO `day`. LookupError when the variant has no such unit: check_line first."""
    pack = find_pack(variant.packs, line.unit)
    if pack is None:
        raise LookupError(line.unit)
    ranked = _ranked(offers, variant, pack, buyer, day)
    listed = _Choice(list_price_of(variant, pack), 0, None)
    chosen = _choose(line.quantity_e3, pack, ranked, listed)
    offer = chosen.offer
    return Priced(
        price_e4=chosen.price_e4,
        list_price_e4=listed.price_e4,
        amount=amount_of(chosen.price_e4, line.quantity_e3),
        source=_source_of(offer) if offer else Source.LIST,
        list_id=offer.list_id if offer else None,
        gifts=_gifts(offer, line.quantity_e3 * _scale(offer, pack)) if offer else (),
        next_step=_next_step(line.quantity_e3, pack, ranked, listed, chosen),
    )


def price_order(
    lines: Iterable[Line], variants: Mapping[str, Variant], offers: Iterable[Offer], buyer: Buyer, day: str
) -> PricedOrder:
    """Price lines of different variants or units, each by itself: none changes what another costs."""
    offered: defaultdict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        offered[offer.variant_id].append(offer)
    priced = tuple(
        price_line(line, variants[line.variant_id], offered[line.variant_id], buyer, day) for line in lines
    )
    return PricedOrder(priced, sum(one.amount for one in priced))


def breaks_fault(breaks: Sequence[tuple[int, int]], may_rise: bool) -> str | None:
    """The code of what is wrong with an offer's breaks, None when nothing is: more must not cost more per unit,
    unless someone said that it may.
    """
    if not breaks:
        return "catalog.breaks_missing"
    steps = list(pairwise(breaks))
    if any(after[0] <= before[0] for before, after in steps):
        return "catalog.breaks_not_ascending"
    if not may_rise and any(after[1] > before[1] for before, after in steps):
        return "catalog.breaks_rise"
    return None


@dataclass(frozen=True, slots=True)
class _Choice:
    """A price and the quantity it holds from, per unit of the line; no offer stands for the list price."""

    price_e4: int
    minimum_e3: int
    offer: Offer | None


def _ranked(offers: Iterable[Offer], variant: Variant, pack: Pack, buyer: Buyer, day: str) -> Sequence[Offer]:
    """The offers that hold for the buyer on the day, best first.

    A customer's before a level's, the line's own unit before the base unit, the latest first; ids end every tie.
    """
    base = variant.packs[0].unit
    valid = [
        offer
        for offer in offers
        if offer.variant_id == variant.id
        and offer.unit in (pack.unit, base)
        and _is_for(offer, buyer)
        and offer.is_active
        and offer.from_on <= day
        and (offer.until_on is None or day <= offer.until_on)
    ]
    valid.sort(key=lambda offer: (offer.list_id, offer.id))
    valid.sort(key=lambda offer: offer.from_on, reverse=True)
    valid.sort(key=lambda offer: (offer.customer_id is None, offer.unit != pack.unit))
    return valid


def _is_for(offer: Offer, buyer: Buyer) -> bool:
    if offer.customer_id is not None:
        return offer.customer_id == buyer.customer_id
    return offer.level_id is not None and offer.level_id == buyer.level_id


def _source_of(offer: Offer) -> Source:
    return Source.LEVEL if offer.customer_id is None else Source.CUSTOMER


def _scale(offer: Offer, pack: Pack) -> int:
    """How many of an offer's units one of the line's is: an offer of the base unit holds for bigger packs too."""
    return 1 if offer.unit == pack.unit else pack.factor


def _choose(quantity_e3: int, pack: Pack, ranked: Iterable[Offer], listed: _Choice) -> _Choice:
    """The highest break reached of the first offer that has one, else the list price."""
    for offer in ranked:
        scale = _scale(offer, pack)
        reached = [one for one in offer.breaks if one[0] <= quantity_e3 * scale]
        if reached:
            minimum_e3, price_e4 = reached[-1]
            return _Choice(price_e4 * scale, _ceiling(minimum_e3, scale), offer)
    return listed


def _next_step(
    quantity_e3: int, pack: Pack, ranked: Sequence[Offer], listed: _Choice, now: _Choice
) -> NextStep | None:
    """The lower price that costs least more to reach. Every further break of every offer is tried as if that much had
    been ordered, so a step never promises what the order then does not get.
    """
    amount = amount_of(now.price_e4, quantity_e3)
    steps = []
    for offer in ranked:
        for minimum_e3, _ in offer.breaks:
            wanted = next_orderable(_ceiling(minimum_e3, _scale(offer, pack)), pack)
            if wanted is None or wanted <= quantity_e3:
                continue
            then = _choose(wanted, pack, ranked, listed)
            if then.price_e4 < now.price_e4:
                more_amount = amount_of(then.price_e4, wanted) - amount
                steps.append(NextStep(then.minimum_e3, then.price_e4, wanted - quantity_e3, more_amount))
    return min(steps, key=lambda step: (step.more_amount, step.more_e3), default=None)


def _gifts(offer: Offer, quantity_e3: int) -> tuple[Given, ...]:
    """What comes free with a quantity in the offer's unit."""
    given = (
        Given(gift.variant_id, gift.unit, quantity_e3 // gift.every_e3 * gift.quantity_e3)
        for gift in offer.gifts
    )
    return tuple(one for one in given if one.quantity_e3 > 0)


def _ceiling(quantity_e3: int, scale: int) -> int:
    return -(-quantity_e3 // scale)
