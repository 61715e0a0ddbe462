"""The demo's goods and prices: every barcode is right, packs add up, and the agent pays his level's price."""

from __future__ import annotations

import json

from roundsman.core import db
from roundsman.core.barcodes import is_check_digit_right
from roundsman.demo import load
from roundsman.demo.catalog import SHIRT, goods
from tests.cast import Cast


async def test_the_demo_has_goods_to_sell_at_two_levels_prices(stage: Cast) -> None:
    await load(stage.registry, days=0)
    variants = await db.fetch("SELECT * FROM variants")
    assert len(variants) == len(list(goods())) > 70
    for variant in variants:
        assert variant["price_e4"] > variant["cost_e4"] > 0
        assert variant["is_on_sale"]
        packs = json.loads(variant["packs"])
        assert all(is_check_digit_right(pack["barcode"]) for pack in packs)
        assert all(pack["step_e3"] == 1000 for pack in packs), "goods of which nobody buys a part"
    shirts = await db.fetch(
        "SELECT variants.name FROM variants JOIN products ON products.id = product_id WHERE products.name = $1",
        SHIRT[0],
    )
    assert len(shirts) == len(SHIRT[2]) * len(SHIRT[3])
    lists = {row["name"]: row for row in await db.fetch("SELECT * FROM price_lists")}
    assert set(lists) == {"金牌价格表", "银牌价格表", "协议价"}
    for row in await db.fetch(
        "SELECT breaks, price_e4 FROM prices JOIN variants ON variants.id = variant_id"
    ):
        assert 0 < json.loads(row["breaks"])[-1][1] <= json.loads(row["breaks"])[0][1] < row["price_e4"]
    gifts = await db.fetch("SELECT list_id FROM prices WHERE CAST(gifts AS text) <> '[]'")
    assert {row["list_id"] for row in gifts} == {lists["金牌价格表"]["id"], lists["银牌价格表"]["id"]}


async def test_the_demos_agent_knows_his_own_levels_prices_only(stage: Cast) -> None:
    await load(stage.registry, days=0)
    stage.people["zhao"] = await db.fetch_value("SELECT id FROM people WHERE login = 'zhao'")
    phone = await stage.phone("zhao")
    assert [row["name"] for row in phone.rows("price_lists").values()] == ["银牌价格表"]
    assert len(phone.rows("prices")) == len(phone.rows("variants")) > 70
