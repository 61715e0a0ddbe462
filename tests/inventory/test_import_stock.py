"""From a company's list of stock to the books: what its columns mean, and what becomes of its rows."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from roundsman.__main__ import main
from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.sheets import RowNote, SheetRows, read_sheets
from roundsman.importing import Result, import_products, import_stock
from roundsman.inventory.commands import reserve
from roundsman.inventory.commands.sheet_rows import CountedRow
from roundsman.inventory.sheets import stock_in
from tests.cast import Cast
from tests.make.catalog import a_variant, make_product
from tests.make.inventory import check_ledger, make_stock, make_warehouse
from tests.real_data import needs_shared, shared

CLOTHING = "clothing-库存-12k-pivot.xlsx"
ROWS = int(os.environ.get("ROUNDSMAN_STOCK_ROWS", "2000"))
"""Of 12,330: `tests/run long tmall` takes them all."""


def found(text: str) -> SheetRows[CountedRow]:
    return stock_in(read_sheets(text.encode(), "s"))


def notes(noted: list[RowNote]) -> list[tuple[int, str, str]]:
    return [(note.row, note.code, note.value) for note in noted]


def counted(row: CountedRow) -> dict[str | None, int]:
    return {one.unit: one.quantity_e3 for one in row.counted}


async def bring(cast: Cast, text: str | bytes, *, is_trial: bool = False) -> Result:
    content = text if isinstance(text, bytes) else text.encode()
    person = await cast.person("clerk")
    return await import_stock(cast.registry, person, content, "盘点.csv", is_trial=is_trial)


async def on_hand() -> dict[tuple[str, str], int]:
    rows = await db.fetch(
        """
        SELECT warehouses.name AS place, variants.code, on_hand_e3 FROM stocks
        JOIN warehouses ON warehouses.id = warehouse_id JOIN variants ON variants.id = variant_id
        """
    )
    return {(row["place"], row["code"]): row["on_hand_e3"] for row in rows}


def test_stock_in_knows_its_columns_and_adds_up_what_it_says_twice() -> None:
    got = found(
        "仓库名称,商品编码,商品名称,规格,单位,库存数量,备注\n"
        "主仓,A-1,矿泉水,550ml,箱,2.5,\n"
        "主仓,A-1,矿泉水,550ml,瓶,3,\n"
        "南仓,A-1,矿泉水,550ml,箱,1,\n"
        '主仓,A-1,矿泉水,550ml,箱,"1,000",\n'
    )
    assert [(row.warehouse, row.code, counted(row)) for row in got.rows] == [
        ("主仓", "A-1", {"箱": 1_002_500, "瓶": 3_000}),
        ("南仓", "A-1", {"箱": 1_000}),
    ]
    assert (got.rows[0].name, got.rows[0].axes, got.rows[0].spec) == ("矿泉水", ["规格"], ["550ml"])
    assert (got.repeated, got.refused, got.skipped_sheets) == (2, [], [])


def test_stock_in_takes_a_list_that_knows_its_goods_by_code_alone() -> None:
    (row,) = found("条码,盘点数量\n4006381333931,7\n").rows
    assert (row.barcode, counted(row), row.warehouse) == ("4006381333931", {None: 7_000}, "")


def test_stock_in_refuses_what_no_warehouse_can_hold() -> None:
    got = found("编码,品名,库存\n1,水,-3\n2,茶,一些\n3,酒,\n,,5\n4,米,0\n")
    assert notes(got.refused) == [
        (2, "inventory.quantity_wrong", "-3"),
        (3, "inventory.quantity_wrong", "一些"),
        (4, "inventory.quantity_wrong", ""),
        (5, "inventory.goods_missing", "5"),
    ]
    assert [(row.code, counted(row)) for row in got.rows] == [("4", {None: 0})]


@pytest.mark.parametrize(
    "header", ["订单号,客户,商品名称,数量", "商品名称,售价", "单号,金额,商品名称,数量", "姓名,数量"]
)
def test_stock_in_leaves_other_tables_alone(header: str) -> None:
    got = found(f"{header}\n1,2,3,4\n")
    assert (got.rows, got.skipped_sheets) == ([], ["s"])


async def goods(cast: Cast) -> None:
    packs = [{"unit": "瓶", "factor": 1, "barcode": "4006381333931"}, {"unit": "箱", "factor": 24}]
    await make_product(cast, name="矿泉水", variants=[a_variant(code="W", packs=packs)])
    sizes = [a_variant(spec=[size], packs=[{"unit": "件", "factor": 1}]) for size in ("M", "L")]
    await make_product(cast, name="短袖", code="T1", axes=["尺码"], variants=sizes)


async def test_a_list_of_stock_brings_the_books_up_and_again_changes_nothing(cast: Cast) -> None:
    await goods(cast)
    text = (
        "仓库,商品代码,品名,尺码,单位,数量\n"
        "主仓,W,矿泉水,,箱,1\n"
        "南仓,W,矿泉水,,瓶,5\n"
        "主仓,T1,短袖,M,件,3\n"
        "主仓,T1,短袖,L,件,4\n"
        "主仓,T1,短袖,XL,件,4\n"
        "主仓,X,可乐,,瓶,1\n"
        "南仓二库,W,矿泉水,,吨,1\n"
        "主仓,W,矿泉水,,瓶,24\n"
    )
    trial = await bring(cast, text, is_trial=True)
    assert (trial.created, len(trial.refused)) == (4, 3)
    assert await on_hand() == {}
    first = await bring(cast, text)
    assert (first.created, first.changed, first.unchanged) == (4, 0, 0)
    assert notes(first.refused) == [
        (6, "inventory.variant_unknown", "T1"),
        (7, "inventory.variant_unknown", "X"),
        (8, "inventory.unit_unknown", "吨"),
    ]
    held = await on_hand()
    assert (held["主仓", "W"], held["南仓", "W"]) == (48_000, 5_000)
    shirts = await db.fetch("SELECT on_hand_e3 FROM stocks WHERE on_hand_e3 IN (3000, 4000)")
    assert len(shirts) == 2
    warehouses = await db.fetch("SELECT name, is_default FROM warehouses ORDER BY name")
    assert {row["name"]: bool(row["is_default"]) for row in warehouses} == {
        "主仓": True,
        "南仓": False,
        "南仓二库": False,
    }
    await check_ledger()
    again = await bring(cast, text)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 4)
    assert await db.fetch_value("SELECT count(*) FROM stock_movements") == 4
    # Counted again a week later, by barcode and in the default warehouse.
    later = await bring(cast, "条码,实盘数量\n4006381333931,40\n")
    assert (later.created, later.changed, later.unchanged) == (0, 1, 0)
    assert (await on_hand())["主仓", "W"] == 40_000
    kinds = await db.fetch("SELECT kind, quantity_e3, reason FROM stock_movements ORDER BY at")
    assert [row["kind"] for row in kinds] == [*["opening"] * 4, "adjustment"]
    assert (kinds[-1]["quantity_e3"], kinds[-1]["reason"]) == (-8_000, "盘点.csv")
    await check_ledger()


async def test_a_list_of_stock_never_takes_what_is_reserved(cast: Cast) -> None:
    await goods(cast)
    warehouse_id = await make_warehouse(cast)
    variant_id = str(await db.fetch_value("SELECT id FROM variants WHERE code = 'W'"))
    await make_stock(cast, warehouse_id, variant_id, 10_000)
    async with db.unit_of_work():
        lines = [(new_id(), variant_id, 6_000)]
        await reserve(await cast.ctx("clerk"), warehouse_id, lines, ("orders", "o"))
    got = await bring(cast, "编码,品名,数量\nW,矿泉水,5\n")
    assert notes(got.refused) == [(2, "inventory.below_reserved", "W")]
    assert (await on_hand())["主仓", "W"] == 10_000
    await check_ledger()


async def test_import_rows_needs_a_warehouse_and_takes_each_thing_once(cast: Cast) -> None:
    await goods(cast)
    row: dict[str, Any] = {"row": 2, "name": "矿泉水", "code": "W", "counted": [{"quantity_e3": 1_000}]}
    answer = await cast.done("clerk", "inventory.import_rows", rows=[row])
    assert [note["code"] for note in answer["refused"]] == ["inventory.no_warehouse"]
    await make_warehouse(cast)
    answer = await cast.done("clerk", "inventory.import_rows", rows=[row, {**row, "row": 3}])
    assert (answer["created"], [note["code"] for note in answer["refused"]]) == (1, ["inventory.row_twice"])
    assert (await cast.do("rep", "inventory.import_rows", rows=[row])).status_code == 403
    assert (await on_hand()) == {("主仓", "W"): 1_000}


@needs_shared
@pytest.mark.shared
@pytest.mark.slow(ROWS / 500)
async def test_the_stock_of_a_clothing_company_in_275_shops(cast: Cast) -> None:
    content = shared("sheets-testonly", CLOTHING).read_bytes()
    expected = json.loads(shared("expected", "sheets-dev.json").read_text("utf-8"))[CLOTHING]
    person = await cast.person("clerk")
    goods_of_it = await import_products(cast.registry, person, content, CLOTHING)
    assert goods_of_it.created == expected["skus"]
    (sheet, *_) = read_sheets(content, CLOTHING)
    said = [(cells[1], (cells[8], cells[10], cells[11]), float(cells[12])) for _, cells in sheet.rows[1:]]
    assert (len(said), sum(pieces for *_, pieces in said)) == (expected["rows"], expected["pieces"])
    assert len({shop for shop, *_ in said}) == expected["warehouses"]

    said = said[:ROWS]
    written = io.StringIO()
    csv.writer(written).writerows(cells for _, cells in sheet.rows[: ROWS + 1])
    text = written.getvalue()
    got = await bring(cast, text)
    # What its own books say is below zero is told row by row, and is in no warehouse.
    below = [float(note.value) for note in got.refused]
    assert below == [pieces for *_, pieces in said if pieces < 0]
    assert {note.code for note in got.refused} == {"inventory.quantity_wrong"}
    assert got.created + got.unchanged + len(below) == len(said)
    total_e3 = await db.fetch_value("SELECT sum(on_hand_e3) FROM stocks")
    assert total_e3 == sum(pieces for *_, pieces in said if pieces >= 0) * 1000
    # A shop, and a shirt, of which the books say nothing but what is below zero, are in no warehouse.
    for column, count in (
        (0, "SELECT count(*) FROM warehouses"),
        (1, "SELECT count(DISTINCT variant_id) FROM stocks"),
    ):
        assert await db.fetch_value(count) == len({row[column] for row in said if row[2] >= 0})
    await check_ledger()
    again = await bring(cast, text)
    assert (again.created, again.changed, again.unchanged) == (0, 0, got.created + got.unchanged)
    assert await db.fetch_value("SELECT count(*) FROM stock_movements") == got.created


def test_the_command_line_imports_stock(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    monkeypatch.setenv("ROUNDSMAN_DATA", str(tmp_path / "data"))
    file = tmp_path / "库存.csv"
    file.write_text("仓库,编码,品名,数量\n主仓,S0001,随便,7\n新仓,S0002,随便,3\n主仓,S9999,没有,1\n", "utf-8")
    assert main(["demo", "--without-history"]) == 0
    capsys.readouterr()
    assert main(["import", "stock", str(file), "--by", "wu"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("1 created, 1 changed, 0 unchanged, 1 refused")
    assert "row 4: inventory.variant_unknown S9999" in told
