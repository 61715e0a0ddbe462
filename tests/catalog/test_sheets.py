"""Which column is what in a list of goods, which rows are variants of one product, and what its cells mean."""

from __future__ import annotations

import json

import pytest

from roundsman.catalog.commands.sheet_rows import GoodsRow
from roundsman.catalog.sheets import goods_in
from roundsman.core.sheets import RowNote, SheetRows, read_sheets
from tests.real_data import needs_shared, shared


def found(text: str) -> SheetRows[GoodsRow]:
    return goods_in(read_sheets(text.encode(), "s"))


def notes(noted: list[RowNote]) -> list[tuple[int, str, str]]:
    return [(note.row, note.code, note.value) for note in noted]


def test_goods_in_knows_columns_by_their_chinese_names() -> None:
    got = found(
        "商品编码,商品名称*,商品条码,品牌,一级分类,二级分类,规格,单位,副单位,装箱数,副条码,批发价,进价,起订量,订货倍数,状态,备注\n"
        "A-1,矿泉水,4006381333931,农夫,饮料,水,550ml,瓶,箱,24,36000291452,￥1.25,0.98765,2,0.5,停用,常温\n"
    )
    (row,) = got.rows
    assert (row.code, row.product_code, row.name, row.brand) == ("A-1", "", "矿泉水", "农夫")
    assert (row.category, row.axes, row.spec) == (["饮料", "水"], ["规格"], ["550ml"])
    assert (row.unit, row.barcode) == ("瓶", "4006381333931")
    assert (row.pack_unit, row.factor, row.pack_barcode) == ("箱", 24, "36000291452")
    # Half up to the fourth decimal.
    assert (row.price_e4, row.cost_e4) == (12_500, 9_877)
    assert (row.minimum_e3, row.step_e3, row.is_on_sale, row.description) == (2_000, 500, False, "常温")
    assert (got.refused, got.noticed, got.repeated, got.skipped_sheets) == ([], [], 0, [])


def test_goods_in_knows_columns_by_their_english_names() -> None:
    (row,) = found(
        "SKU,Product Name,Barcode,Brand,Category,Color,Size,Unit,List Price,Cost\n"
        "R-1,Road 750,96385074,Acme,Bikes,Black,48,pc,539.99,343.6496\n"
    ).rows
    assert (row.code, row.name, row.barcode, row.category) == ("R-1", "Road 750", "96385074", ["Bikes"])
    assert (row.axes, row.spec, row.unit) == (["颜色", "尺码"], ["Black", "48"], "pc")
    assert (row.price_e4, row.cost_e4) == (5_399_900, 3_436_496)


def test_goods_in_makes_variants_of_one_product_of_rows_with_one_name() -> None:
    got = found("编码,品名,规格,颜色\n1,可乐,330ml,\n2,可乐,500ml,\n3,可乐,330ml,红\n4,雪碧,,\n5,雪碧,,\n")
    rows = {row.code: row for row in got.rows}
    ids = [rows[str(number)].product_id for number in range(1, 6)]
    assert ids[0] == ids[1]
    # Others to differ by, or nothing at all: goods of their own.
    assert len(set(ids)) == 4
    assert (rows["3"].axes, rows["3"].spec) == (["颜色", "规格"], ["红", "330ml"])


def test_goods_in_tells_codes_of_products_from_codes_of_variants() -> None:
    got = found(
        "商品代码,品名,颜色,尺码,数量\n"
        "T1,衬衫,红,M,3\n"
        "T1,衬衫,红,L,4\n"
        "T2,衬衫,红,M,5\n"
        "T1,衬衫,红,M,6\n"
        "T1,衬衫,红,L,7\n"
    )
    assert [(row.product_code, row.code, row.spec) for row in got.rows] == [
        ("T1", "", ["红", "M"]),
        ("T1", "", ["红", "L"]),
        ("T2", "", ["红", "M"]),
    ]
    assert got.rows[0].product_id == got.rows[1].product_id != got.rows[2].product_id
    # A list by warehouse says the same goods again and again.
    assert (got.repeated, got.refused) == (2, [])


def test_goods_in_refuses_rows_one_by_one_and_says_where() -> None:
    got = found(
        "编码,名称,售价,进价,起订量\n"
        "1,水,1,,\n"
        "2,,1,,\n"
        f"3,{'长' * 121},1,,\n"
        "4,茶,一块,,\n"
        "5,茶,-1,,\n"
        "6,茶,1,x,\n"
        "7,茶,1,1,很多\n"
        "1,水,2,,\n"
        "1,水,1,,\n"
        "8,茶,3000001,,\n"
    )
    assert notes(got.refused) == [
        (3, "catalog.name_missing", "2"),
        (4, "catalog.too_long", "长" * 60),
        (5, "catalog.price_wrong", "一块"),
        (6, "catalog.price_wrong", "-1"),
        (7, "catalog.price_wrong", "x"),
        (8, "catalog.number_wrong", "很多"),
        (11, "catalog.price_wrong", "3000001"),
        (9, "catalog.row_twice", "1"),
    ]
    assert [row.row for row in got.rows] == [2]
    assert got.repeated == 1


def test_goods_in_names_each_barcode_it_leaves_out_and_takes_the_row() -> None:
    got = found(
        "名称,条码,比例,副条码\n"
        "甲,4006381333932,12,\n"
        "乙,4006381333931,12,15400141288763\n"
        "丙,4006381333931,12,4006381333931\n"
        "丁,6.91132E+12,x,15400141288764\n"
        "戊,A-1,,\n"
    )
    assert notes(got.noticed) == [
        (2, "catalog.barcode_wrong", "4006381333932"),
        (4, "catalog.barcode_taken", "4006381333931"),
        (4, "catalog.barcode_taken", "4006381333931"),
        (5, "catalog.barcode_rounded", "6.91132E+12"),
        (5, "catalog.barcode_wrong", "15400141288764"),
        (5, "catalog.factor_wrong", "x"),
    ]
    assert [(row.barcode, row.factor, row.pack_unit, row.pack_barcode) for row in got.rows] == [
        ("", 12, "箱", ""),
        ("4006381333931", 12, "箱", "15400141288763"),
        ("", 12, "箱", ""),
        ("", None, None, ""),
        ("A-1", None, None, ""),
    ]


@pytest.mark.parametrize(
    ("unit", "pack_unit", "factor", "pack"),
    [
        ("瓶", "箱", "24", ("箱", 24)),
        ("瓶", "箱", "", ("箱", 1)),
        ("瓶", "", "24", ("箱", 24)),
        ("瓶", "", "1", (None, None)),
        ("", "", "24", ("箱", 24)),
        ("箱", "", "24", (None, None)),
        ("箱", "箱", "24", (None, None)),
        ("", "件", "24", (None, None)),
    ],
)
def test_goods_in_takes_a_bigger_pack_only_when_it_is_another(
    unit: str, pack_unit: str, factor: str, pack: tuple[str | None, int | None]
) -> None:
    (row,) = found(f"名称,单位,副单位,比例\n水,{unit},{pack_unit},{factor}\n").rows
    assert (row.pack_unit, row.factor) == pack


def test_goods_in_skips_documents_and_lists_of_customers() -> None:
    for header in ("单号,商品名称,数量,单价,金额", "客户名称,联系人,电话,名称", "排名,省份,城市"):
        got = found(f"{header}\n1,2,3,4,5\n")
        assert (got.rows, got.skipped_sheets) == ([], ["s"]), header


EXPECTED = {
    # File: rows that are goods, products, refused, rows that repeat one, sheets without goods.
    "sheets-testonly/candy-订单-formulas-ean13.xlsx": (239, 182, 2, 0, 0),
    "sheets-testonly/clothing-库存-12k-pivot.xlsx": (332, 48, 0, 11_998, 2),
    "sheets-testonly/liquor-单品.xlsx": (239, 239, 0, 0, 0),
    "sheets-testonly/liquor-new_sales.xlsx": (0, 0, 0, 0, 1),
    "sheets-testonly/orders-缺货订单-merged.xls": (0, 0, 0, 0, 1),
    "sheets-testonly/trade-客户.xlsx": (0, 0, 0, 0, 1),
    "sheets-licensed/jshERP/goods_template.xls": (2, 2, 0, 0, 0),
    "sheets-licensed/jshERP/buy_sale_item_template.xls": (0, 0, 0, 0, 1),
    "sheets-licensed/JXCServier/商品资料.xls": (348, 348, 0, 0, 0),
    "sheets-licensed/JXCServier/库存导入.xls": (0, 0, 0, 0, 3),
    "sales/adventureworks/products.csv": (304, 304, 0, 0, 0),
}


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("file", EXPECTED)
def test_goods_in_reads_the_sheets_of_others(file: str) -> None:
    path = shared(*file.split("/"))
    got = goods_in(read_sheets(path.read_bytes(), path.name))
    products = {row.product_id for row in got.rows}
    counted = (len(got.rows), len(products), len(got.refused), got.repeated, len(got.skipped_sheets))
    assert counted == EXPECTED[file]
    figures = json.loads(shared("expected", "sheets-dev.json").read_text("utf-8"))
    expected = figures.get(path.name) or figures.get(f"{path.parent.name}/{path.name}") or {}
    if got.rows and "rows" in expected:
        assert len(got.rows) + len(got.refused) + got.repeated == expected["rows"]
    if "skus" in expected:
        assert len(got.rows) == expected["skus"]


@needs_shared
@pytest.mark.shared
def test_goods_in_names_the_one_wrong_check_digit_of_the_candy_sheet() -> None:
    content = shared("sheets-testonly", "candy-订单-formulas-ean13.xlsx").read_bytes()
    got = goods_in(read_sheets(content))
    wrong = [note for note in got.noticed if note.code == "catalog.barcode_wrong"]
    assert notes(wrong) == [(230, "catalog.barcode_wrong", "6911316376400")]
    assert notes(sorted(got.refused, key=lambda note: note.row)) == [
        (188, "catalog.row_twice", "636182"),
        (242, "catalog.name_missing", "9支*24"),
    ]
    first = got.rows[0]
    assert (first.code, first.unit, first.pack_unit, first.factor) == ("460047", "袋", "箱", 40)
    assert (first.spec, first.cost_e4, first.price_e4) == (["12支*40"], 37_765, None)
