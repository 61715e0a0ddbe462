"""Which column is what in a customers' sheet, and what its cells mean."""

from __future__ import annotations

import json

import pytest

from roundsman.core.geo import distance_m, to_e7
from roundsman.core.sheets import SheetRows, plain_number, read_sheets
from roundsman.customers.commands.sheet_rows import ImportRow
from roundsman.customers.datum import wgs84_of_gcj02
from roundsman.customers.sheets import customers_in
from tests.real_data import needs_shared, shared


def found(text: str, *, is_gcj02: bool = False) -> SheetRows[ImportRow]:
    return customers_in(read_sheets(text.encode(), "s"), is_gcj02=is_gcj02)


def test_customers_in_knows_columns_by_their_chinese_names() -> None:
    got = found(
        "客户编码,客户名称*,客户简称,联系人,手机号码,联系电话,省,市,区县,详细地址,经度,纬度,备注,客户类别,业务员,区域\n"
        "K1,和平便利店,和平,张三,13812345678,021-1234,上海市,上海市,黄浦区,四川北路1号,121.48,31.2,老客户,便利店,王磊,浦东\n"
    )
    (row,) = got.rows
    assert (row.code, row.name, row.short_name, row.contact_name) == ("K1", "和平便利店", "和平", "张三")
    assert (row.mobile, row.phone) == ("13812345678", "021-1234")
    assert (row.province, row.city, row.address) == ("上海市", "上海市", "黄浦区四川北路1号")
    assert (row.latitude_e7, row.longitude_e7) == (312_000_000, 1_214_800_000)
    assert (row.remark, row.class_name, row.owner_name, row.territory_name) == (
        "老客户",
        "便利店",
        "王磊",
        "浦东",
    )
    assert (got.refused, got.noticed, got.skipped_sheets) == ([], [], [])


def test_customers_in_knows_columns_by_their_english_names() -> None:
    (row,) = found(
        "Store No.,Store Name,Contact,Mobile,Address,City,Lon,Lat\n7,Corner,Ann,138,1 High St,上海,1,2\n"
    ).rows
    assert (row.code, row.name, row.contact_name, row.mobile) == ("7", "Corner", "Ann", "138")
    assert (row.address, row.city, row.latitude_e7, row.longitude_e7) == (
        "1 High St",
        "上海",
        20_000_000,
        10_000_000,
    )


def test_customers_in_refuses_rows_one_by_one_and_says_where() -> None:
    got = found(
        "编号,名称,电话,经度,纬度\n"
        "1,甲,1,,\n"
        ",,2,,\n"
        f"2,{'长' * 121},3,,\n"
        "3,丙,4,31.2,121.4\n"
        "4,丁,5,abc,1\n"
        "1,戊,6,,\n"
        ",己,7,,\n"
        ",己,7,,\n"
        ",己,8,0,0\n"
    )
    assert [(note.row, note.code, note.value[:9]) for note in got.refused] == [
        (3, "customers.name_missing", "2"),
        (4, "customers.too_long", "长" * 9),
        (5, "customers.place_wrong", "31.2 121."),
        (6, "customers.place_wrong", "abc 1"),
        (7, "customers.row_twice", "1"),
        (9, "customers.row_twice", "己"),
    ]
    assert [(row.row, row.name) for row in got.rows] == [(2, "甲"), (8, "己"), (10, "己")]
    assert got.rows[-1].latitude_e7 is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1.38E+10", "13800000000"),
        ("13800000000.0", "13800000000"),
        ("'13800000000", "13800000000"),
        ("021-5888 1234", "021-5888 1234"),
        ("0215888", "0215888"),
        ("1.5", "1.5"),
        ("1E5店", "1E5店"),
        ("1e999999999", "1e999999999"),
    ],
)
def test_plain_number(text: str, plain: str) -> None:
    assert plain_number(text) == plain


def test_customers_in_notices_numbers_a_sheet_has_rounded() -> None:
    got = found("名称,电话\n甲,1.38E+10\n乙,13800000000.0\n")
    assert [row.phone for row in got.rows] == ["13800000000"] * 2
    assert [(note.row, note.code) for note in got.noticed] == [(2, "customers.phone_rounded")]


@needs_shared
@pytest.mark.shared
def test_gcj02_is_turned_back_within_a_metre() -> None:
    vectors = json.loads(shared("china", "gcj02-vectors.json").read_text("utf-8"))
    assert len(vectors) == 77
    for vector in vectors:
        east, north = vector["wgs84"]
        got = wgs84_of_gcj02(*vector["gcj02"]["gcoord"])
        assert distance_m(to_e7(got[1]), to_e7(got[0]), to_e7(north), to_e7(east)) <= 1, vector["name"]


def test_customers_in_turns_gcj02_back() -> None:
    text = "名称,经度,纬度\n天安门,116.39754593,39.90692819\n"
    plain, turned = found(text).rows[0], found(text, is_gcj02=True).rows[0]
    assert (plain.latitude_e7, plain.longitude_e7) == (399_069_282, 1_163_975_459)
    assert abs((turned.latitude_e7 or 0) - 399_055_270) < 50
    assert abs((turned.longitude_e7 or 0) - 1_163_913_050) < 50
