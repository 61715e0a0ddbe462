"""catalog.add_product, catalog.edit_product and catalog.put_on_sale: a product comes to everybody, whole and without
its costs."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.catalog import BOTTLE, CASE, a_variant, make_product
from tests.phone import assert_stale_equals_fresh


async def test_add_product_brings_it_to_everybody_without_its_cost(cast: Cast) -> None:
    phones = [await cast.phone(name) for name in ("rep", "agent", "courier")]
    category_id = new_id()
    await cast.done("clerk", "catalog.set_category", category_id=category_id, name="服装")
    red = a_variant(
        spec=[" 红", "XL"],
        code="T-1 ",
        price_e4=1_234_567,
        cost_e4=987_654,
        packs=[
            {**BOTTLE, "barcode": "4006381333931", "minimum_e3": 2000, "step_e3": 500},
            {
                **CASE,
                "barcode": " 0 36000 29145 2",
                "price_e4": 28_000_000,
                "maximum_e3": 9000,
                "is_sold": False,
            },
        ],
    )
    blue = a_variant(spec=["蓝", "XL"], position=1, is_on_sale=False)
    product_id = await make_product(
        cast,
        name=" T恤 ",
        code="P-1",
        brand="海澜",
        category_id=category_id,
        axes=["颜色", "尺码"],
        description="纯棉",
        position=7,
        variants=[red, blue],
    )
    for phone in phones:
        await phone.sync()
        assert phone.rows("products")[product_id] == {
            "id": product_id,
            "code": "P-1",
            "name": "T恤",
            "brand": "海澜",
            "category_id": category_id,
            "axes": ["颜色", "尺码"],
            "description": "纯棉",
            "picture_ids": [],
            "pinyin": "txu",
            "initials": "tx",
            "position": 7,
            "is_on_sale": True,
        }
        variants = phone.rows("variants")
        assert set(variants) == {red["variant_id"], blue["variant_id"]}
        limits = {"minimum_e3": 0, "maximum_e3": None, "step_e3": 0}
        assert variants[red["variant_id"]] == {
            "id": red["variant_id"],
            "product_id": product_id,
            "code": "T-1",
            "name": "红 · XL",
            "spec": ["红", "XL"],
            "packs": [
                {
                    "unit": "瓶",
                    "factor": 1,
                    "barcode": "4006381333931",
                    "price_e4": None,
                    **limits,
                    "minimum_e3": 2000,
                    "step_e3": 500,
                    "is_sold": True,
                },
                {
                    "unit": "箱",
                    "factor": 24,
                    "barcode": "0036000291452",
                    "price_e4": 28_000_000,
                    **limits,
                    "maximum_e3": 9000,
                    "is_sold": False,
                },
            ],
            "price_e4": 1_234_567,
            "position": 0,
            "is_on_sale": True,
        }
        assert not variants[blue["variant_id"]]["is_on_sale"]
        assert "987654" not in str(phone.everything())
        await assert_stale_equals_fresh(phone)
    kept = await db.fetch(
        "SELECT id, unit FROM barcodes WHERE variant_id = $1 ORDER BY id", red["variant_id"]
    )
    assert [tuple(row.values()) for row in kept] == [("0036000291452", "箱"), ("4006381333931", "瓶")]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"name": "  "}, "catalog.name_missing"),
    ({"category_id": "018f0000-0000-7000-8000-000000000000"}, "catalog.category_unknown"),
    ({"axes": ["颜色", "颜色"]}, "catalog.axis_wrong"),
    ({"axes": ["颜色"]}, "catalog.spec_wrong"),
    ({"axes": ["颜色"], "variants": [a_variant(spec=[" "])]}, "catalog.spec_wrong"),
    ({"variants": [a_variant(spec=["红"])]}, "catalog.spec_wrong"),
    ({"variants": [a_variant(), a_variant()]}, "catalog.variant_twice"),
    (
        {"axes": ["颜色"], "variants": [a_variant(spec=["红"]), a_variant(spec=[" 红"])]},
        "catalog.variant_twice",
    ),
    ({"variants": []}, "invalid"),
    ({"variants": [a_variant(price_e4=-1)]}, "invalid"),
    ({"variants": [a_variant(packs=[])]}, "invalid"),
    ({"variants": [a_variant(packs=[{"unit": "瓶", "factor": 0}])]}, "invalid"),
    ({"variants": [a_variant(packs=[{"unit": "箱", "factor": 12}])]}, "catalog.base_factor"),
    ({"variants": [a_variant(packs=[{"unit": " "}])]}, "catalog.unit_missing"),
    ({"variants": [a_variant(packs=[BOTTLE, {"unit": "瓶 ", "factor": 6}])]}, "catalog.unit_twice"),
    (
        {"variants": [a_variant(packs=[{**BOTTLE, "minimum_e3": 5000, "maximum_e3": 4000}])]},
        "catalog.limits_contradict",
    ),
    (
        {"variants": [a_variant(packs=[{**BOTTLE, "maximum_e3": 4000, "step_e3": 5000}])]},
        "catalog.limits_contradict",
    ),
    ({"variants": [a_variant(packs=[{**BOTTLE, "maximum_e3": 0}])]}, "catalog.limits_contradict"),
    (
        {"variants": [a_variant(price_e4=30_000_000_000)]},
        "catalog.price_too_large",
    ),
    ({"variants": [a_variant(packs=[{**BOTTLE, "barcode": "4006381333932"}])]}, "catalog.barcode_wrong"),
    ({"variants": [a_variant(packs=[{**BOTTLE, "barcode": "036000291453"}])]}, "catalog.barcode_wrong"),
    (
        {"variants": [a_variant(packs=[{**BOTTLE, "barcode": "A1"}, {**CASE, "barcode": "Ａ1 "}])]},
        "catalog.barcode_taken",
    ),
    ({"code": "TAKEN"}, "catalog.code_taken"),
    ({"variants": [a_variant(code="TAKEN-V")]}, "catalog.code_taken"),
    (
        {"variants": [a_variant(packs=[{**BOTTLE, "barcode": "4006381 333931"}])]},
        "catalog.barcode_taken",
    ),
]


async def test_add_product_refuses_nonsense_and_writes_none_of_it(cast: Cast) -> None:
    taken = a_variant(code="TAKEN-V", packs=[{**BOTTLE, "barcode": "4006381333931"}])
    product_id = await make_product(cast, code="TAKEN", variants=[taken])
    before = [await db.fetch(f"SELECT * FROM {table}") for table in ("products", "variants", "barcodes")]
    for fields, code in REFUSED:
        args = {"product_id": new_id(), "name": "水", "variants": [a_variant()], **fields}
        answer = await cast.do("clerk", "catalog.add_product", **args)
        assert answer.json()["code"] == code, (fields, answer.text)
        if code in ("catalog.barcode_wrong", "catalog.barcode_taken"):
            assert answer.json()["details"]["barcode"] in (
                "4006381333932",
                "036000291453",
                "A1",
                "4006381333931",
            )
    again = {"product_id": product_id, "name": "水", "variants": [a_variant()]}
    assert (await cast.do("clerk", "catalog.add_product", **again)).json()["code"] == "catalog.already_there"
    theirs = {"product_id": new_id(), "name": "水", "variants": [{**taken, "code": "", "packs": [BOTTLE]}]}
    assert (await cast.do("clerk", "catalog.add_product", **theirs)).json()[
        "code"
    ] == "catalog.variant_unknown"
    assert [
        await db.fetch(f"SELECT * FROM {table}") for table in ("products", "variants", "barcodes")
    ] == before


async def test_edit_product_merges_what_two_people_wrote(cast: Cast) -> None:
    product_id = await make_product(cast, name="矿泉水", brand="甲", code="W")
    phone = await cast.phone("agent")
    changes: dict[str, Any] = {"name": ["矿泉水", "纯净水 "], "brand": ["甲", "乙"], "position": [0, 4]}
    answer = await cast.done("clerk", "catalog.edit_product", product_id=product_id, changes=changes)
    assert answer == {"conflicts": []}
    late = {"brand": ["甲", "丙"], "name": ["矿泉水", "纯净水"], "code": ["W", ""]}
    answer = await cast.done("manager", "catalog.edit_product", product_id=product_id, changes=late)
    assert answer == {"conflicts": ["brand"]}
    await phone.sync()
    row = phone.rows("products")[product_id]
    assert (row["name"], row["pinyin"], row["initials"]) == ("纯净水", "chunjingshui", "cjs")
    assert (row["brand"], row["code"], row["position"]) == ("丙", "", 4)
    await assert_stale_equals_fresh(phone)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"is_on_sale": [True, False]}, "catalog.not_editable"),
        ({"axes": [[], ["x"]]}, "catalog.not_editable"),
        ({"name": ["水", " "]}, "catalog.name_missing"),
        ({"name": ["水", 7]}, "invalid"),
        ({"code": ["", "TAKEN"]}, "catalog.code_taken"),
        ({"category_id": [None, "018f0000-0000-7000-8000-000000000000"]}, "catalog.category_unknown"),
    ],
)
async def test_edit_product_refuses_nonsense(cast: Cast, changes: dict[str, Any], code: str) -> None:
    product_id = await make_product(cast, name="水")
    await make_product(cast, code="TAKEN")
    answer = await cast.do("clerk", "catalog.edit_product", product_id=product_id, changes=changes)
    assert answer.json()["code"] == code
    unknown = await cast.do("clerk", "catalog.edit_product", product_id=new_id(), changes={})
    assert unknown.json()["code"] == "catalog.product_unknown"


async def test_put_on_sale_takes_a_product_or_one_variant_off_and_on(cast: Cast) -> None:
    variants = [a_variant(spec=["红"]), a_variant(spec=["蓝"])]
    red, blue = (variant["variant_id"] for variant in variants)
    product_id = await make_product(cast, axes=["颜色"], variants=variants)
    other_id = await make_product(cast)
    phone = await cast.phone("agent")
    await cast.done("clerk", "catalog.put_on_sale", product_id=product_id, variant_id=red, is_on_sale=False)
    await cast.done("clerk", "catalog.put_on_sale", product_id=other_id, is_on_sale=False)
    await phone.sync()
    rows = phone.rows("variants")
    assert (rows[red]["is_on_sale"], rows[blue]["is_on_sale"]) == (False, True)
    products = phone.rows("products")
    assert (products[product_id]["is_on_sale"], products[other_id]["is_on_sale"]) == (True, False)
    await cast.done("clerk", "catalog.put_on_sale", product_id=other_id)
    await cast.done("clerk", "catalog.put_on_sale", product_id=product_id, variant_id=blue)
    await phone.sync()
    assert phone.rows("products")[other_id]["is_on_sale"]
    await assert_stale_equals_fresh(phone)
    for args, code in (
        ({"product_id": new_id()}, "catalog.product_unknown"),
        ({"product_id": other_id, "variant_id": red}, "catalog.variant_unknown"),
    ):
        assert (await cast.do("clerk", "catalog.put_on_sale", **args)).json()["code"] == code
