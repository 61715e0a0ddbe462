"""What an order reads of the catalog: variants with names, packs and costs, and the offers that hold for its buyer."""

from __future__ import annotations

from roundsman.catalog.commands import set_costs
from roundsman.catalog.queries import offers_for, variants_for_order
from roundsman.catalog.rules.packs import Line, Pack
from roundsman.catalog.rules.pricing import Buyer, Gift, price_line
from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.catalog import BOTTLE, CASE, a_variant, make_list, make_price, make_product, make_variant
from tests.make.customers import make_customer, make_price_level


async def test_variants_for_order_says_what_an_order_keeps(cast: Cast) -> None:
    red = a_variant(spec=["红", "XL"], code="T-1", price_e4=125, packs=[BOTTLE, {**CASE, "price_e4": 2900}])
    gone = a_variant(spec=["蓝", "XL"], is_on_sale=False)
    product_id = await make_product(cast, name="T恤", axes=["颜色", "尺码"], variants=[red, gone])
    async with db.unit_of_work():
        await set_costs(await cast.ctx("clerk"), {red["variant_id"]: 77, new_id(): 1})
    found = await variants_for_order([red["variant_id"], gone["variant_id"], new_id()])
    assert set(found) == {red["variant_id"], gone["variant_id"]}
    one = found[red["variant_id"]]
    assert (one.full_name, one.product_name, one.name, one.code) == ("T恤 红 · XL", "T恤", "红 · XL", "T-1")
    assert (one.product_id, one.cost_e4, one.is_on_sale) == (product_id, 77, True)
    assert one.variant.packs == (Pack("瓶"), Pack("箱", 24, 2900))
    assert (one.variant.id, one.variant.price_e4) == (red["variant_id"], 125)
    assert not found[gone["variant_id"]].is_on_sale
    await cast.done("clerk", "catalog.put_on_sale", product_id=product_id, is_on_sale=False)
    assert not (await variants_for_order([red["variant_id"]]))[red["variant_id"]].is_on_sale


async def test_offers_for_gives_a_buyers_own_of_the_day(cast: Cast) -> None:
    ours, theirs = await make_price_level(cast), await make_price_level(cast)
    customer_id, other_id = await make_customer(cast), await make_customer(cast, name="别家")
    variant_id, unasked_id, gift_id = [await make_variant(cast) for _ in range(3)]
    gift = {"every_e3": 10_000, "variant_id": gift_id, "unit": "箱", "quantity_e3": 1000}
    level_list = await make_list(cast, level_id=ours, from_on="2026-02-01", until_on="2026-02-28")
    await make_price(cast, level_list, variant_id, 19_000, gifts=[gift], breaks=[[0, 19_000], [5000, 18_000]])
    await make_price(cast, level_list, unasked_id, 1)
    own_list = await make_list(cast, customer_id=customer_id)
    await make_price(cast, own_list, variant_id, 17_000)
    for list_id in (
        await make_list(cast, level_id=theirs),
        await make_list(cast, customer_id=other_id),
        await make_list(cast, level_id=ours, is_active=False),
        await make_list(cast, level_id=ours, from_on="2026-03-01"),
    ):
        await make_price(cast, list_id, variant_id, 2)
    for day, lists in (
        ("2026-01-31", {own_list}),
        ("2026-02-01", {own_list, level_list}),
        ("2026-02-28", {own_list, level_list}),
    ):
        found = await offers_for(customer_id, ours, [variant_id], day)
        assert {offer.list_id for offer in found} == lists, day
    (offer,) = await offers_for(None, ours, [variant_id], "2026-02-10")
    assert offer.breaks == ((0, 19_000), (5000, 18_000))
    assert offer.gifts == (Gift(10_000, gift_id, "箱", 1000),)
    assert await offers_for(None, None, [variant_id], "2026-02-10") == []
    assert await offers_for(customer_id, ours, [], "2026-02-10") == []
    variants = await variants_for_order([variant_id])
    offers = await offers_for(customer_id, ours, [variant_id], "2026-02-10")
    line = Line(variant_id, "瓶", 10_000)
    for buyer, amount in ((Buyer(customer_id, ours), 1700), (Buyer(None, ours), 1800), (Buyer(), 2000)):
        assert price_line(line, variants[variant_id].variant, offers, buyer, "2026-02-10").amount == amount, (
            buyer
        )
