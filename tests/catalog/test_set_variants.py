"""catalog.set_variants: new variants and new packs, what may not change under prices, and barcodes nobody shares."""

from __future__ import annotations

from typing import Any

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.catalog import BOTTLE, CASE, a_variant, make_list, make_price, make_product, make_variant
from tests.make.customers import make_price_level
from tests.phone import assert_stale_equals_fresh


async def code_of(cast: Cast, product_id: str, *variants: dict[str, Any], **fields: Any) -> str:
    """The code the variants are refused with."""
    args = {"product_id": product_id, "variants": list(variants), **fields}
    code: str = (await cast.do("clerk", "catalog.set_variants", **args)).json()["code"]
    return code


async def test_set_variants_adds_and_changes_and_leaves_the_others(cast: Cast) -> None:
    red, blue = a_variant(spec=["红"], cost_e4=5), a_variant(spec=["蓝"], position=1)
    product_id = await make_product(cast, axes=["颜色"], variants=[red, blue])
    phone = await cast.phone("agent")
    red = {**red, "price_e4": 30_000, "packs": [BOTTLE, CASE, {"unit": "托", "factor": 960}]}
    del red["cost_e4"]
    green = a_variant(spec=["绿"], code="G", packs=[{**BOTTLE, "barcode": "4006381333931"}])
    await cast.done("clerk", "catalog.set_variants", product_id=product_id, variants=[red, green])
    await phone.sync()
    rows = phone.rows("variants")
    assert {row["name"] for row in rows.values()} == {"红", "蓝", "绿"}
    assert rows[red["variant_id"]]["price_e4"] == 30_000
    assert [pack["unit"] for pack in rows[red["variant_id"]]["packs"]] == ["瓶", "箱", "托"]
    # What it cost is as it was: nobody said otherwise.
    cost = await db.fetch_value("SELECT cost_e4 FROM variants WHERE id = $1", red["variant_id"])
    assert cost == 5
    search = await db.fetch_value("SELECT search FROM products WHERE id = $1", product_id)
    assert {"绿", "g", "4006381333931"} <= set(search.split("\t"))
    await assert_stale_equals_fresh(phone)
    # The same again writes nothing, and nobody's phone hears of it.
    await cast.done("clerk", "catalog.set_variants", product_id=product_id, variants=[red, green])
    assert await phone.nothing_left()


async def test_set_variants_changes_axes_only_when_every_variant_suits_them(cast: Cast) -> None:
    plain = a_variant()
    product_id = await make_product(cast, variants=[plain])
    assert await code_of(cast, product_id, axes=["颜色"]) == "catalog.spec_wrong"
    red = {**plain, "spec": ["红"]}
    await cast.done("clerk", "catalog.set_variants", product_id=product_id, axes=["颜色"], variants=[red])
    phone = await cast.phone("rep")
    assert phone.rows("products")[product_id]["axes"] == ["颜色"]
    assert phone.rows("variants")[plain["variant_id"]]["name"] == "红"
    assert await code_of(cast, product_id, a_variant(spec=["红"])) == "catalog.variant_twice"
    assert await code_of(cast, product_id, a_variant(spec=[])) == "catalog.spec_wrong"
    assert await code_of(cast, product_id, red, red) == "catalog.variant_twice"


async def test_set_variants_lets_codes_and_barcodes_change_places(cast: Cast) -> None:
    one = a_variant(spec=["1"], code="A", packs=[{**BOTTLE, "barcode": "X"}, {**CASE, "barcode": "Y"}])
    two = a_variant(spec=["2"], code="B", packs=[{**BOTTLE, "barcode": "Z"}])
    product_id = await make_product(cast, axes=["号"], variants=[one, two])
    one = {**one, "code": "B", "packs": [{**BOTTLE, "barcode": "Z"}, {**CASE, "barcode": "X"}]}
    two = {**two, "code": "A", "packs": [{**BOTTLE, "barcode": "Y"}]}
    await cast.done("clerk", "catalog.set_variants", product_id=product_id, variants=[one, two])
    kept = await db.fetch("SELECT id, variant_id, unit FROM barcodes ORDER BY id")
    assert [tuple(row.values()) for row in kept] == [
        ("X", one["variant_id"], "箱"),
        ("Y", two["variant_id"], "瓶"),
        ("Z", one["variant_id"], "瓶"),
    ]
    codes = await db.fetch("SELECT id, code FROM variants ORDER BY code")
    assert [row["id"] for row in codes] == [two["variant_id"], one["variant_id"]]
    await cast.done(
        "clerk", "catalog.set_variants", product_id=product_id, variants=[{**one, "packs": [BOTTLE]}]
    )
    assert await db.fetch_value("SELECT count(*) FROM barcodes") == 1


async def test_set_variants_refuses_what_belongs_to_another(cast: Cast) -> None:
    theirs = a_variant(code="T", packs=[{**BOTTLE, "barcode": "4006381333931"}])
    await make_product(cast, variants=[theirs])
    product_id = await make_product(cast, axes=["色"], variants=[a_variant(spec=["红"])])
    for fields, code in (
        ({"code": "T"}, "catalog.code_taken"),
        ({"packs": [{**BOTTLE, "barcode": "4006381333931"}]}, "catalog.barcode_taken"),
        ({"packs": [{**BOTTLE, "barcode": "4006381333930"}]}, "catalog.barcode_wrong"),
        ({"variant_id": theirs["variant_id"]}, "catalog.variant_unknown"),
    ):
        assert await code_of(cast, product_id, a_variant(spec=["蓝"], **fields)) == code, fields
    assert await code_of(cast, new_id(), a_variant()) == "catalog.product_unknown"


async def test_set_variants_keeps_the_units_that_prices_and_stock_are_counted_in(cast: Cast) -> None:
    variant = a_variant()
    product_id = await make_product(cast, variants=[variant])
    other_id = await make_variant(cast)
    list_id = await make_list(cast, name="银牌价", level_id=await make_price_level(cast))
    await make_price(cast, list_id, variant["variant_id"], 1)
    gift = {"every_e3": 1000, "variant_id": variant["variant_id"], "unit": "箱", "quantity_e3": 1000}
    await make_price(cast, list_id, other_id, 1, gifts=[gift])
    one = {"unit": "支", "factor": 1}
    for packs, code in (
        ([one, CASE], "catalog.unit_priced"),
        ([BOTTLE], "catalog.unit_priced"),
        ([{**CASE, "factor": 1}, BOTTLE], "catalog.base_unit_fixed"),
        ([one, {**BOTTLE, "factor": 2}, CASE], "catalog.base_unit_fixed"),
    ):
        answer = await cast.do(
            "clerk", "catalog.set_variants", product_id=product_id, variants=[{**variant, "packs": packs}]
        )
        assert answer.json()["code"] == code, packs
    for priced in (variant["variant_id"], other_id):
        await make_price(cast, list_id, priced, 1, breaks=[])
    renamed = {**variant, "packs": [one]}
    await cast.done("clerk", "catalog.set_variants", product_id=product_id, variants=[renamed])
