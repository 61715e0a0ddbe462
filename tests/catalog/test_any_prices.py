"""What must hold for prices of whatever packs and offers there are.

The world is so small that offers meet often: two variants, three units, three days, two lists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from roundsman.catalog.rules.packs import (
    Line,
    Pack,
    Variant,
    check_line,
    find_pack,
    merge_lines,
    next_orderable,
)
from roundsman.catalog.rules.pricing import Buyer, Gift, Offer, Priced, price_line, price_order

DAYS = ("2026-01-01", "2026-02-01", "2026-03-01")
BUYER = Buyer("lin", "gold")


def for_any(*strategies: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """`given` without a deadline: how fast a shared machine is says nothing about a price."""
    return lambda test: settings(deadline=None)(given(*strategies)(test))


quantities = st.integers(0, 60_000)
prices = st.integers(0, 30_000)
ids = st.sampled_from(["water", "beer"])
units = st.sampled_from(["bottle", "tray", "case"])
lines = st.builds(Line, ids, units, quantities)


def packs(unit: str, factor: int, price: st.SearchStrategy[int | None]) -> st.SearchStrategy[Pack]:
    return st.builds(
        Pack,
        unit=st.just(unit),
        factor=st.just(factor),
        price_e4=price,
        minimum_e3=st.sampled_from([0, 1000, 2500]),
        maximum_e3=st.sampled_from([None, 40_000]),
        step_e3=st.sampled_from([0, 500, 1000, 3000]),
        is_sold=st.just(True),
    )


def variants(id: str) -> st.SearchStrategy[Variant]:
    own = st.none() | st.integers(0, 500_000)
    all_packs = st.tuples(packs("bottle", 1, st.none()), packs("tray", 7, own), packs("case", 24, own))
    return st.builds(Variant, st.just(id), all_packs, prices)


def break_lists(falling: bool) -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    def joined(minimums: set[int], each: list[int]) -> tuple[tuple[int, int], ...]:
        each = sorted(each, reverse=True) if falling else each
        return tuple(zip(sorted(minimums), each, strict=False))

    return st.builds(
        joined, st.sets(quantities, min_size=1, max_size=4), st.lists(prices, min_size=4, max_size=4)
    )


def offers(falling: bool = False) -> st.SearchStrategy[Offer]:
    who = st.sampled_from([("lin", None), ("he", None), (None, "gold"), (None, "silver")])
    gifts = st.builds(Gift, st.integers(1, 9000), ids, units, quantities)
    return st.builds(
        lambda whose, **fields: Offer(customer_id=whose[0], level_id=whose[1], **fields),
        who,
        id=st.uuids().map(str),
        list_id=st.sampled_from("ab"),
        variant_id=ids,
        unit=units,
        breaks=break_lists(falling),
        from_on=st.sampled_from(DAYS),
        until_on=st.none() | st.sampled_from(DAYS),
        is_active=st.booleans(),
        gifts=st.lists(gifts, max_size=2).map(tuple),
    )


some_offers = st.lists(offers(), max_size=8)


def priced(unit: str, quantity_e3: int, variant: Variant, some: list[Offer]) -> Priced:
    return price_line(Line("water", unit, quantity_e3), variant, some, BUYER, DAYS[1])


@for_any(variants("water"), some_offers, units, quantities, st.data())
def test_the_order_of_the_offers_does_not_matter(
    variant: Variant, some: list[Offer], unit: str, quantity_e3: int, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(some))
    assert priced(unit, quantity_e3, variant, shuffled) == priced(unit, quantity_e3, variant, some)


@for_any(variants("water"), some_offers, units, quantities)
def test_what_is_not_his_does_not_matter(
    variant: Variant, some: list[Offer], unit: str, quantity_e3: int
) -> None:
    his = [one for one in some if one.is_active and (one.customer_id == "lin" or one.level_id == "gold")]
    assert priced(unit, quantity_e3, variant, his) == priced(unit, quantity_e3, variant, some)


@for_any(
    variants("water"), variants("beer"), some_offers, st.lists(lines, max_size=5, unique=True), st.data()
)
def test_each_line_is_priced_by_itself(
    water: Variant, beer: Variant, some: list[Offer], wanted: list[Line], data: st.DataObject
) -> None:
    both = {"water": water, "beer": beer}
    alone = {line: price_line(line, both[line.variant_id], some, BUYER, DAYS[1]) for line in wanted}
    shuffled = data.draw(st.permutations(wanted))
    together = price_order(shuffled, both, some, BUYER, DAYS[1])
    assert list(together.lines) == [alone[line] for line in shuffled]
    assert together.goods_amount == sum(one.amount for one in alone.values())


@for_any(variants("water"), offers(falling=True), units, quantities, quantities)
def test_more_under_one_offer_never_costs_more_each(
    variant: Variant, offer: Offer, unit: str, one_e3: int, other_e3: int
) -> None:
    less = priced(unit, min(one_e3, other_e3), variant, [offer])
    more = priced(unit, max(one_e3, other_e3), variant, [offer])
    if less.list_id is not None:
        assert more.price_e4 <= less.price_e4


@for_any(variants("water"), some_offers, units, quantities)
def test_a_next_step_keeps_its_promise(
    variant: Variant, some: list[Offer], unit: str, quantity_e3: int
) -> None:
    now = priced(unit, quantity_e3, variant, some)
    if now.next_step is None:
        return
    step, then_e3 = now.next_step, quantity_e3 + now.next_step.more_e3
    then = priced(unit, then_e3, variant, some)
    assert quantity_e3 < step.minimum_e3 <= then_e3
    assert check_line(Line("water", unit, then_e3), find_pack(variant.packs, unit)) is None
    assert then.price_e4 == step.price_e4 < now.price_e4
    assert then.amount == now.amount + step.more_amount


@for_any(variants("water"), some_offers, units, quantities, st.integers(1, 60_000))
def test_no_lower_price_costs_less_than_the_next_step(
    variant: Variant, some: list[Offer], unit: str, quantity_e3: int, more_e3: int
) -> None:
    now = priced(unit, quantity_e3, variant, some)
    then = priced(unit, quantity_e3 + more_e3, variant, some)
    line = Line("water", unit, quantity_e3 + more_e3)
    if then.price_e4 < now.price_e4 and check_line(line, find_pack(variant.packs, unit)) is None:
        assert now.next_step is not None
        assert now.amount + now.next_step.more_amount <= then.amount


@for_any(packs("case", 24, st.none()), st.integers(-5000, 60_000), st.data())
def test_next_orderable_is_the_first_that_may_be_ordered(
    pack: Pack, quantity_e3: int, data: st.DataObject
) -> None:
    first = next_orderable(quantity_e3, pack)
    assert first is None or first >= quantity_e3
    assert first is None or check_line(Line("water", "case", first), pack) is None
    between = data.draw(st.integers(quantity_e3, 70_000 if first is None else first))
    assert between == first or check_line(Line("water", "case", between), pack) is not None


@for_any(st.lists(lines))
def test_merging_leaves_one_line_of_a_kind_and_loses_nothing(some: list[Line]) -> None:
    merged = merge_lines(some)
    kinds = [(line.variant_id, line.unit) for line in merged]
    assert len(set(kinds)) == len(kinds)
    for kind, line in zip(kinds, merged, strict=True):
        assert line.quantity_e3 == sum(one.quantity_e3 for one in some if (one.variant_id, one.unit) == kind)
    assert merge_lines(merged) == merged
