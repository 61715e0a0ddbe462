"""customers.import_rows and the import around it: the company's own sheet, again and again."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.importing import ROWS_AT_ONCE, Result, import_customers, in_words
from tests.cast import Cast
from tests.make.customers import make_class, make_customer
from tests.phone import assert_stale_equals_fresh
from tests.real_data import needs_shared, shared


async def bring(cast: Cast, content: bytes, who: str = "clerk", **how: Any) -> Result:
    how = {"territory_id": cast.territories["north"], **how}
    return await import_customers(cast.registry, await cast.person(who), content, "客户.csv", **how)


def counts(result: Result) -> tuple[int, int, int, int]:
    return result.created, result.changed, result.unchanged, len(result.refused)


SHEET = (
    "编号,名称,联系人,手机,地址,类别,业务员,区域,备注,经度,纬度\n"
    "A1,和平便利店,张三,13812345678,上海市黄浦区四川北路1号,便利店,Rep,North,老,121.48,31.2\n"
    "A2,永兴超市,,,杭州市西湖区文三路9号,商超,Nobody,Nowhere,,,\n"
)


async def test_import_makes_customers_phones_see_and_the_second_run_changes_nothing(cast: Cast) -> None:
    class_id = await make_class(cast, name="便利店")
    phone, manager, stranger = [await cast.phone(name) for name in ("rep", "manager", "stranger")]
    result = await bring(cast, SHEET.encode("gb18030"))
    assert counts(result) == (2, 0, 0, 0)
    assert [(note.row, note.code, note.value) for note in result.noticed] == [
        (3, "customers.territory_unknown", "Nowhere"),
        (3, "customers.owner_unknown", "Nobody"),
    ]
    await phone.sync()
    rows = {row["code"]: row for row in phone.rows("customers").values()}
    first, second = rows["A1"], rows["A2"]
    assert (first["name"], first["initials"], first["phone"]) == ("和平便利店", "hpbld", "13812345678")
    assert (first["city"], first["county"], first["street"]) == ("上海市", "黄浦区", "四川北路1号")
    assert (first["class_id"], first["owner_id"], first["remark"]) == (class_id, cast.people["rep"], "老")
    assert (first["latitude_e7"], first["longitude_e7"], first["pin_source"]) == (
        312_000_000,
        1_214_800_000,
        "import",
    )
    assert (second["province"], second["tags"], second["owner_id"]) == ("浙江省", ["商超"], None)
    assert [row["name"] for row in phone.rows("contacts").values()] == ["张三"]
    assert counts(await bring(cast, SHEET.encode())) == (0, 0, 2, 0)
    assert await phone.nothing_left()
    for one in (phone, manager):
        await assert_stale_equals_fresh(one)
    await stranger.sync()
    assert stranger.rows("customers") == stranger.rows("contacts") == {}


async def test_import_changes_what_the_sheet_changed_and_erases_nothing(cast: Cast) -> None:
    await bring(cast, SHEET.encode())
    await cast.done("clerk", "customers.assign", **await placed(cast, "A2", "south"))
    phone, south = await cast.phone("rep"), await cast.phone("other_rep")
    text = "编号,名称,电话,备注,区域,业务员\nA1,和平便利店旗舰店,021-1,,South,Other Rep\nA2,永兴超市,,新,,\n"
    result = await bring(cast, text.encode())
    assert counts(result) == (0, 2, 0, 0)
    await phone.sync()
    await south.sync()
    rows = {row["code"]: row for row in south.rows("customers").values()}
    assert (rows["A1"]["name"], rows["A1"]["phone"], rows["A1"]["remark"]) == (
        "和平便利店旗舰店",
        "021-1",
        "老",
    )
    assert rows["A1"]["owner_id"] == cast.people["other_rep"]
    assert (rows["A2"]["remark"], rows["A2"]["territory_id"]) == ("新", cast.territories["south"])
    assert phone.rows("customers") == phone.rows("contacts") == {}
    for one in (phone, south):
        await assert_stale_equals_fresh(one)


async def placed(cast: Cast, code: str, where: str) -> dict[str, Any]:
    id = await db.fetch_value("SELECT id FROM customers WHERE code = $1", code)
    return {"customer_id": id, "territory_id": cast.territories[where]}


async def test_import_knows_customers_without_a_code_by_name_and_phone_or_address(cast: Cast) -> None:
    by_phone = await make_customer(
        cast, name="甲店", phone="138-1234-5678", latitude_e7=None, longitude_e7=None
    )
    by_street = await make_customer(cast, name="乙店", address="上海市黄浦区四川北路1号")
    bare = await make_customer(cast, name="丙店")
    text = (
        "编号,名称,电话,地址,经度,纬度\n"
        "N1,甲店,13812345678,,121.4,31.2\n"
        ",甲店,13900000000,,,\n"
        "N2,乙店,,上海市黄浦区四川北路1号,,\n"
        ",丙店,021-9,,,\n"
        ",丁店,,,,\n"
        ",丁店,021-8,,,\n"
    )
    result = await bring(cast, text.encode())
    assert counts(result) == (2, 4, 0, 0)
    codes = {row["id"]: row["code"] for row in await db.fetch("SELECT id, code FROM customers")}
    assert (codes[by_phone], codes[by_street], codes[bare]) == ("N1", "N2", "")
    assert len(codes) == 5
    assert await db.fetch_value("SELECT latitude_e7 FROM customers WHERE id = $1", by_phone) == 312_000_000
    assert counts(await bring(cast, text.encode()))[0] == 0


async def test_import_refuses_rows_and_takes_the_rest(cast: Cast) -> None:
    text = "编号,名称\nA1,甲\nA1,乙\n,丙\n"
    result = await bring(cast, text.encode(), territory_id=None)
    assert counts(result) == (0, 0, 0, 3)
    assert [note.code for note in result.refused] == [
        "customers.territory_unknown",
        "customers.row_twice",
        "customers.territory_unknown",
    ]
    result = await bring(cast, text.encode())
    assert counts(result) == (2, 0, 0, 1)
    assert list(in_words(result, kind="customers")) == [
        "2 created, 0 changed, 0 unchanged, 1 refused",
        "  refused: 客户.csv row 3: customers.row_twice A1",
    ]


async def test_import_on_trial_changes_nothing(cast: Cast) -> None:
    result = await bring(cast, SHEET.encode(), is_trial=True)
    assert counts(result) == (2, 0, 0, 0)
    assert await db.fetch_value("SELECT count(*) FROM customers") == 0
    assert await db.fetch_value("SELECT count(*) FROM sync_command WHERE name = 'customers.import_rows'") == 0


async def test_import_rows_is_for_clerks_and_administrators_and_is_in_the_log(cast: Cast) -> None:
    row = {"row": 2, "customer_id": new_id(), "name": "甲"}
    args = {"rows": [row], "territory_id": cast.territories["north"]}
    for who in ("rep", "agent", "courier", "manager"):
        answer = await cast.do(who, "customers.import_rows", **args)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), who
        with pytest.raises(Exception, match="forbidden"):
            await bring(cast, SHEET.encode(), who)
    answer = await cast.done("clerk", "customers.import_rows", **args)
    assert (answer["created"], answer["refused"]) == (1, [])
    logged = await db.fetch_one(
        "SELECT * FROM sync_command WHERE name = 'customers.import_rows' AND status = 'applied'"
    )
    assert logged is not None
    assert logged["person_id"] == cast.people["clerk"]
    answer = await cast.done(
        "clerk", "customers.import_rows", rows=[{**row, "name": "乙"}], territory_id=args["territory_id"]
    )
    assert [note["code"] for note in answer["refused"]] == ["customers.already_there"]
    blank = {**row, "customer_id": new_id(), "name": " "}
    answer = await cast.done("clerk", "customers.import_rows", **{**args, "rows": [blank]})
    assert [note["code"] for note in answer["refused"]] == ["customers.name_missing"]
    for changed, code in (
        ({"territory_id": new_id()}, "customers.territory_unknown"),
        ({"owner_id": new_id()}, "customers.owner_unknown"),
    ):
        answer = await cast.do("clerk", "customers.import_rows", **{**args, **changed})
        assert (answer.status_code, answer.json()["code"]) == (404, code)


@needs_shared
@pytest.mark.shared
async def test_import_takes_921_shops_and_then_knows_them_all(cast: Cast) -> None:
    content = shared("geo", "shops-cn-east.csv").read_bytes()
    assert counts(await bring(cast, content)) == (921, 0, 0, 0)
    assert counts(await bring(cast, content)) == (0, 0, 921, 0)
    assert await db.fetch_value("SELECT count(*) FROM customers") == 921
    commands = await db.fetch_value("SELECT count(*) FROM sync_command WHERE name = 'customers.import_rows'")
    assert commands == 2 * -(-921 // ROWS_AT_ONCE)
    cities = {row["city"] for row in await db.fetch("SELECT DISTINCT city FROM customers")}
    assert "上海市" in cities
    assert "" not in cities


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "created", "skipped"),
    [
        ("sheets-licensed/jshERP/customer_template.xls", 2, []),
        ("sheets-testonly/trade-客户.xlsx", 8, []),
        ("sheets-testonly/trade-供应商.xlsx", 3, []),
        ("sheets-testonly/trade-业务往来明细表.xlsx", 0, ["数据"]),
        ("sheets-licensed/jshERP/goods_template.xls", 0, ["商品信息"]),
        ("sheets-testonly/channels-订单-gbk-blank-dates.csv", 0, ["客户.csv"]),
    ],
)
async def test_import_takes_the_sheets_of_others(
    cast: Cast, file: str, created: int, skipped: list[str]
) -> None:
    content = shared(*file.split("/")).read_bytes()
    result = await bring(cast, content)
    assert (counts(result), result.skipped_sheets) == ((created, 0, 0, 0), skipped)
    assert counts(await bring(cast, content)) == (0, 0, created, 0)
    if "customer_template" in file:
        rows = await db.fetch("SELECT name, phone FROM customers ORDER BY name")
        assert [tuple(row.values()) for row in rows] == [("客户a", "13000000000"), ("客户b", "15000000000")]
