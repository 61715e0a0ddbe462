"""catalog.import_rows and the import around it: the company's own list of goods, again and again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from roundsman.__main__ import main
from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.importing import Result, import_products, in_words
from tests.cast import Cast
from tests.make.catalog import BOTTLE, a_variant, make_product
from tests.phone import assert_stale_equals_fresh
from tests.real_data import needs_shared, shared


async def bring(cast: Cast, content: str | bytes, who: str = "clerk", **how: Any) -> Result:
    raw = content if isinstance(content, bytes) else content.encode()
    return await import_products(cast.registry, await cast.person(who), raw, "商品.csv", **how)


def counts(result: Result) -> tuple[int, int, int, int]:
    return result.created, result.changed, result.unchanged, len(result.refused)


def codes(result: Result) -> list[tuple[int, str, str]]:
    return [(note.row, note.code, note.value) for note in result.noticed]


async def everything() -> list[Any]:
    return [
        await db.fetch(f"SELECT * FROM {table} ORDER BY id")
        for table in ("categories", "products", "variants", "barcodes")
    ]


SHEET = (
    "编码,名称,条码,品牌,一级分类,二级分类,规格,单位,副单位,比例,副条码,售价,进价,备注\n"
    "A1,可乐,4006381333931,甲,饮料,碳酸,330ml,罐,箱,24,,2.5,1.8,冰\n"
    "A2,可乐,96385074,甲,饮料,碳酸,500ml,瓶,箱,12,036000291452,3,,\n"
    "B1,薯片,,乙,零食,,,袋,,,,,4,\n"
)


async def test_import_makes_goods_phones_see_and_the_second_run_changes_nothing(cast: Cast) -> None:
    phone = await cast.phone("agent")
    result = await bring(cast, SHEET)
    assert counts(result) == (3, 0, 0, 0)
    assert codes(result) == [(4, "catalog.price_missing", "B1")]
    await phone.sync()
    products = {row["name"]: row for row in phone.rows("products").values()}
    assert set(products) == {"可乐", "薯片"}
    cola = products["可乐"]
    assert (cola["brand"], cola["axes"], cola["initials"], cola["description"]) == (
        "甲",
        ["规格"],
        "kl",
        "冰",
    )
    categories = phone.rows("categories")
    place = categories[cola["category_id"]]
    assert (place["name"], categories[place["parent_id"]]["name"]) == ("碳酸", "饮料")
    variants = {row["code"]: row for row in phone.rows("variants").values()}
    packs = [(pack["unit"], pack["factor"], pack["barcode"]) for pack in variants["A2"]["packs"]]
    assert packs == [("瓶", 1, "96385074"), ("箱", 12, "0036000291452")]
    assert (variants["A1"]["name"], variants["A1"]["price_e4"]) == ("330ml", 25_000)
    # Nobody shall order what has no price.
    assert [variants[code]["is_on_sale"] for code in ("A1", "A2", "B1")] == [True, True, False]
    costs = await db.fetch("SELECT cost_e4 FROM variants ORDER BY code")
    assert [row["cost_e4"] for row in costs] == [18_000, 0, 40_000]
    before = await everything()
    assert counts(await bring(cast, SHEET)) == (0, 0, 3, 0)
    assert await everything() == before
    assert await phone.nothing_left()
    await assert_stale_equals_fresh(phone)


async def test_import_changes_what_the_sheet_changed_and_erases_nothing(cast: Cast) -> None:
    await bring(cast, SHEET)
    phone = await cast.phone("rep")
    result = await bring(
        cast,
        "编码,名称,规格,单位,副单位,比例,售价,进价,备注\n"
        "A1,可口可乐,330ml,听,托,960,2.6,,\n"
        "A3,可乐,1L,瓶,箱,6,6,5,\n"
        "B1,乐事薯片,,,,,5,,新\n",
    )
    assert counts(result) == (1, 2, 0, 0)
    assert codes(result) == [
        (2, "catalog.name_differs", "可口可乐"),
        (2, "catalog.base_unit_fixed", "听"),
    ]
    await phone.sync()
    variants = {row["code"]: row for row in phone.rows("variants").values()}
    products = phone.rows("products")
    assert variants["A3"]["product_id"] == variants["A1"]["product_id"]
    assert (variants["A1"]["price_e4"], variants["A1"]["packs"][0]["barcode"]) == (26_000, "4006381333931")
    assert [pack["unit"] for pack in variants["A1"]["packs"]] == ["罐", "箱", "托"]
    crisps = products[variants["B1"]["product_id"]]
    assert (crisps["name"], crisps["initials"], crisps["description"]) == ("乐事薯片", "lssp", "新")
    assert variants["B1"]["is_on_sale"], "it was only waiting for a price"
    search = await db.fetch_value("SELECT search FROM products WHERE id = $1", variants["A3"]["product_id"])
    assert {"1l", "a3", "可乐"} <= set(search.split("\t"))
    await assert_stale_equals_fresh(phone)


async def test_import_knows_goods_by_code_then_barcode_then_name_and_values(cast: Cast) -> None:
    by_barcode = a_variant(spec=["红"], packs=[{**BOTTLE, "barcode": "96385074"}])
    by_name = a_variant(spec=["蓝"], position=1)
    await make_product(cast, name="杯子", axes=["颜色"], variants=[by_barcode, by_name])
    other = a_variant(code="C9", packs=[{**BOTTLE, "barcode": "4006381333931"}])
    await make_product(cast, name="碗", variants=[other])
    result = await bring(
        cast,
        "编码,名称,颜色,条码\n"
        "C1,杯子,红,96385074\n"
        "C2,杯子,蓝,\n"
        # The barcode of goods of another code, and of another name: two different things share it.
        "C3,盘子,,4006381333931\n",
    )
    assert counts(result) == (1, 2, 0, 0)
    found = {row["code"]: row["id"] for row in await db.fetch("SELECT id, code FROM variants")}
    assert (found["C1"], found["C2"]) == (by_barcode["variant_id"], by_name["variant_id"])
    assert (3, "catalog.barcode_taken", "4006381333931") not in codes(result)
    assert (4, "catalog.barcode_taken", "4006381333931") in codes(result)
    assert (
        await db.fetch_value("SELECT variant_id FROM barcodes WHERE id = '4006381333931'")
        == other["variant_id"]
    )


async def test_import_sells_whole_pieces_and_parts_of_what_is_measured(cast: Cast) -> None:
    await bring(
        cast, "名称,单位,比例,起订量,订货倍数,售价\n可乐,瓶,24,,,1\n大米,千克,25,0.5,,2\n糖,袋,,2,3,3\n"
    )
    rows = await db.fetch("SELECT packs FROM variants ORDER BY price_e4")
    steps = [[(pack["minimum_e3"], pack["step_e3"]) for pack in json.loads(row["packs"])] for row in rows]
    assert steps == [[(0, 1000), (0, 1000)], [(500, 0), (0, 1000)], [(2000, 3000)]]


async def test_import_keeps_goods_of_one_name_apart_by_their_barcodes(cast: Cast) -> None:
    text = "条码,名称,售价\nDEM-1,脚踏蓝,1\nDEM-2,脚踏蓝,2\n,脚踏红,3\n"
    assert counts(await bring(cast, text)) == (3, 0, 0, 0)
    assert counts(await bring(cast, text)) == (0, 0, 3, 0)
    assert await db.fetch_value("SELECT count(*) FROM products") == 3


async def test_import_refuses_rows_and_takes_the_rest(cast: Cast) -> None:
    product_id = await make_product(
        cast, name="衬衫", code="T1", axes=["颜色"], variants=[a_variant(spec=["红"])]
    )

    def row(number: int, **fields: Any) -> dict[str, Any]:
        ids = {"product_id": new_id(), "variant_id": new_id()}
        return {"row": number, **ids, "name": "水", "price_e4": 1, **fields}

    taken = await db.fetch_value("SELECT id FROM variants")
    answer = await cast.done(
        "clerk",
        "catalog.import_rows",
        rows=[
            row(2, name=" "),
            row(3, barcode="4006381333932"),
            row(4, axes=["颜色"], spec=[]),
            row(5, axes=["颜色", "颜色"], spec=["红", "蓝"]),
            row(6, variant_id=taken),
            row(7, product_code="T1", axes=["尺码"], spec=["M"], category=["新类"]),
            row(8, unit="桶", minimum_e3=5000, step_e3=2000),
            row(9, price_e4=30_000_000_000, pack_unit="箱", factor=2),
            row(10, name="茶", category=["饮料", "茶"], barcode="X", pack_unit="箱", pack_barcode="X"),
            row(11, product_code="T1", name="衬衫", axes=["颜色"], spec=["蓝 "]),
        ],
    )
    assert [(note["row"], note["code"]) for note in answer["refused"]] == [
        (2, "catalog.name_missing"),
        (3, "catalog.barcode_wrong"),
        (4, "catalog.spec_wrong"),
        (5, "catalog.axis_wrong"),
        (6, "catalog.already_there"),
        (7, "catalog.spec_wrong"),
        (9, "catalog.price_too_large"),
    ]
    assert answer["created"] == 3
    names = await db.fetch("SELECT name FROM categories ORDER BY name")
    assert [one["name"] for one in names] == sorted(["饮料", "茶"]), "a refused row makes no category"
    siblings = await db.fetch("SELECT name FROM variants WHERE product_id = $1 ORDER BY position", product_id)
    assert [one["name"] for one in siblings] == ["红", "蓝"]


async def test_import_is_for_clerks_and_administrators_and_a_trial_changes_nothing(cast: Cast) -> None:
    for who in ("rep", "agent", "courier", "manager"):
        with pytest.raises(Exception, match="forbidden"):
            await bring(cast, SHEET, who)
    before = await everything()
    result = await bring(cast, SHEET, "administrator", is_trial=True)
    assert counts(result) == (3, 0, 0, 0)
    assert await everything() == before
    words = list(in_words(result, kind="products", is_trial=True))
    assert words == [
        "3 would be created, 0 would be changed, 0 unchanged, 0 refused",
        "  taken, but: 商品.csv row 4: catalog.price_missing B1",
    ]


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "created", "products", "barcodes"),
    [
        ("sheets-testonly/candy-订单-formulas-ean13.xlsx", 239, 182, 167),
        ("sheets-testonly/clothing-库存-12k-pivot.xlsx", 332, 48, 0),
        ("sheets-testonly/liquor-单品.xlsx", 239, 239, 239),
        ("sheets-licensed/jshERP/goods_template.xls", 2, 2, 2),
        ("sheets-licensed/JXCServier/商品资料.xls", 348, 348, 348),
        ("sales/adventureworks/products.csv", 304, 304, 0),
    ],
)
async def test_import_takes_the_sheets_of_others_and_then_knows_them_all(
    cast: Cast, file: str, created: int, products: int, barcodes: int
) -> None:
    content = shared(*file.split("/")).read_bytes()
    assert (await bring(cast, content)).created == created
    before = await everything()
    assert [len(rows) for rows in before[1:]] == [products, created, barcodes]
    again = await bring(cast, content)
    assert (again.created, again.changed, again.unchanged) == (0, 0, created)
    assert await everything() == before


def test_the_command_line_imports_products(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    monkeypatch.setenv("ROUNDSMAN_DATA", str(tmp_path / "data"))
    file = tmp_path / "商品.csv"
    file.write_text(SHEET, "utf-8")
    assert main(["demo", "--without-history"]) == 0
    capsys.readouterr()
    assert main(["import", "products", str(file), "--json", "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out)["created"] == 3
    assert main(["import", "products", str(file), "--by", "wu"]) == 0
    assert "3 created" in capsys.readouterr().out
