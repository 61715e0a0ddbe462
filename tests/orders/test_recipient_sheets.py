"""POST /api/orders/sheets: which rows of a sheet are one order, what is wrong with them, what they cost whoever orders,
and that the same sheet twice orders nothing twice.
"""

from __future__ import annotations

import io
from typing import Any

import pytest
from xlsxwriter import Workbook

from roundsman.core import db
from roundsman.core.errors import Invalid
from roundsman.core.sheets import read_sheets
from roundsman.orders.recipient_sheets import Parcel, parcels_in
from roundsman.orders.recipient_sheets.reading import ROWS_MAX
from tests.cast import Cast
from tests.make.customers import make_customer, make_price_level
from tests.make.orders import make_agent, make_goods, make_offer, order_of
from tests.orders.test_routes import counted

HEAD = "收件人,手机,收货地址,商品名称,规格,数量,单位,备注\n"
SHANGHAI = "上海市浦东新区世纪大道100号"


def read(text: str) -> list[Parcel]:
    return parcels_in(read_sheets(text.strip().encode(), "代发.csv"))


def faults_of(parcel: Parcel) -> list[tuple[int, str]]:
    return [(fault.row, fault.code) for fault in parcel.faults]


def test_rows_of_one_recipient_are_one_order() -> None:
    first, second, third = read(
        HEAD
        + f"""张三,13800138000,{SHANGHAI},矿泉水,,2箱,,轻放
,,,薯片,,3,袋,
李四,13900139000,浙江省杭州市西湖区文三路 1 号,矿泉水,,1,箱,
张三,13800138000,{SHANGHAI},酱油,,1,瓶,放门口
张三,13700137000,{SHANGHAI},酱油,,1,瓶,
合计,,,,,8,,
"""
    )
    assert [(wish.name, wish.quantity_e3, wish.unit, wish.row) for wish in first.wishes] == [
        ("矿泉水", 2000, "箱", 2),
        ("薯片", 3000, "袋", 3),
        ("酱油", 1000, "瓶", 5),
    ]
    assert first.notes == ["轻放", "放门口"]
    assert (first.recipient.name, first.recipient.county) == ("张三", "浦东新区")
    assert first.recipient.street == "世纪大道100号"
    assert (second.recipient.city, second.recipient.county) == ("杭州市", "西湖区")
    # The same name with another mobile is somebody else, for all one knows.
    assert third.recipient.mobile == "13700137000"
    assert not any(parcel.faults or parcel.doubts for parcel in (first, second, third))


def test_orders_with_numbers_of_their_own_stay_apart() -> None:
    found = read(
        f"""
平台订单号,收货人,电话,省,市,区县,详细地址,货号,数量
A1,张三,13800138000,上海市,上海市,浦东新区,世纪大道100号,W1,1
A1,,,,,,,W2,2
A2,张三,13800138000,上海市,上海市,浦东新区,{SHANGHAI},W1,1
"""
    )
    assert [[wish.code for wish in parcel.wishes] for parcel in found] == [["W1", "W2"], ["W1"]]
    for parcel in found:
        assert (parcel.recipient.province, parcel.recipient.county) == ("上海市", "浦东新区"), parcel
    assert found[0].recipient.street == "世纪大道100号"


def test_what_is_wrong_is_told_with_its_row() -> None:
    found = read(
        HEAD
        + f"""张三,,{SHANGHAI},矿泉水,,1,,
李四,1.39E+10,{SHANGHAI},矿泉水,,1,,
王五,13900139000,,矿泉水,,1,,
赵六,13900139000,{SHANGHAI},,,1,,
钱七,13900139000,{SHANGHAI},矿泉水,,几箱,,
孙八,021-5888,世纪大道,矿泉水,,1,,
"""
    )
    assert [faults_of(parcel) for parcel in found] == [
        [(2, "orders.mobile_missing")],
        [(3, "orders.mobile_rounded")],
        [(4, "orders.address_missing")],
        [(5, "orders.goods_missing")],
        [(6, "orders.quantity_wrong")],
        [],
    ]
    # What is unsure is shown, not guessed, and kept as it was written.
    assert found[-1].doubts == ["orders.mobile_unsure", "orders.address_unsure"]
    assert (found[-1].recipient.mobile, found[-1].recipient.street) == ("021-5888", "世纪大道")
    (nobody,) = read(HEAD + ",,,矿泉水,,1,,\n")
    assert {code for _, code in faults_of(nobody)} >= {"orders.recipient_missing", "orders.address_missing"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("日期,金额\n2026-01-01,3\n", "orders.sheet_without_orders"),
        ("收件人,手机\n张三,13800138000\n", "orders.sheet_without_orders"),
        (HEAD + "张三,13800138000,上海,水,,1,,\n" * (ROWS_MAX + 1), "orders.sheet_too_many"),
    ],
)
def test_a_file_that_asks_for_nothing_or_too_much_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(text)
    assert refused.value.code == code


async def preview(cast: Cast, who: str, customer: str, content: bytes | str, status: int = 200) -> Any:
    body = content.encode() if isinstance(content, str) else content
    client = await cast.client(who)
    answer = await client.post(
        "/api/orders/sheets",
        params={"customer": customer, "name": "代发.csv"},
        content=body,
        headers={"content-type": "application/octet-stream"},
    )
    assert answer.status_code == status, (who, answer.status_code, answer.text)
    return answer.json()


async def place(cast: Cast, who: str, customer: str, found: Any, at: int = 0) -> dict[str, Any]:
    """Place one of the orders of a preview, as the page does."""
    order = found["orders"][at]
    lines = [
        {name: line[name] for name in ("line_id", "variant_id", "unit", "quantity_e3", "price_e4", "list_id")}
        for line in order["lines"]
    ]
    wanted = {name: order[name] for name in ("order_id", "goods_amount", "recipient", "note")}
    answer = await cast.do(
        who, "orders.place", customer_id=customer, lines=lines, priced_on=found["priced_on"], **wanted
    )
    body: dict[str, Any] = answer.json()
    return body


TWO = (
    HEAD
    + f"""张三,13800138000,{SHANGHAI},矿泉水,,2,箱,轻放
,,,矿泉水,,3,,
李四,13900139000,浙江省杭州市西湖区文三路1号,矿泉水,,12,瓶,
"""
)


async def test_each_recipient_becomes_an_order_at_the_buyers_price(cast: Cast) -> None:
    (water,) = await make_goods()
    gold, silver = await make_price_level(cast), await make_price_level(cast, name="银")
    agent = await make_agent(cast, level_id=gold)
    await make_offer(water, 18_000, level_id=gold)
    await make_offer(water, 11_100, level_id=silver)
    found = await preview(cast, "agent", agent, TWO)
    first, second = found["orders"]
    assert [(line["unit"], line["quantity_e3"], line["price_e4"]) for line in first["lines"]] == [
        ("箱", 2000, 432_000),
        ("瓶", 3000, 18_000),
    ]
    assert (first["goods_amount"], second["goods_amount"]) == (9180, 2160)
    assert "11100" not in str(found)
    assert await db.fetch_value("SELECT count(*) FROM orders") == 0

    placed = await place(cast, "agent", agent, found)
    assert (placed["status"], placed["result"]["changes"]) == ("applied", [])
    order = await order_of(first["order_id"])
    assert (order["goods_amount"], order["note"], order["agent_id"]) == (9180, "轻放", agent)
    assert order["recipient"]["county"] == "浦东新区"


async def test_goods_are_meant_by_code_barcode_or_name_and_refused_in_words(cast: Cast) -> None:
    water, chips, soap = await make_goods(3)
    async with db.unit_of_work():
        await db.execute("UPDATE variants SET code = 'W-1' WHERE id = $1", water)
        await db.execute("UPDATE variants SET is_on_sale = false WHERE id = $1", soap)
        await db.execute(
            "INSERT INTO barcodes (id, variant_id, unit) VALUES ('6920152414019', $1, '箱')", chips
        )
        await db.execute(
            """
            INSERT INTO variants (id, product_id, code, name, spec, packs, price_e4, cost_e4, position, is_on_sale,
                                  changed_at)
            SELECT '01a00000-0000-7000-8000-000000000001', product_id, '', '大 · 红', '[]', packs, price_e4, cost_e4, 1,
                   is_on_sale, 0 FROM variants WHERE id = $1
            """,
            water,
        )
    customer = await make_customer(cast)
    rows = [
        "W-1,,,,5",
        ",6920152414019,,,2",
        ",,矿泉水,大/红,1",
        ",,矿泉水,,1",
        ",,矿泉水2,,1",
        "X-9,,,,1",
        "W-1,,,桶,1",
    ]
    text = "姓名,电话,地址,货号,条码,品名,规格,数量,单位\n"
    for at, row in enumerate(rows):
        code, barcode, name, spec, quantity = row.split(",")
        unit = "桶" if spec == "桶" else ""
        text += f"张{at},1380013800{at},{SHANGHAI},{code},{barcode},{name},{'' if unit else spec},{quantity},{unit}\n"
    orders = (await preview(cast, "rep", customer, text))["orders"]
    assert [
        [(line["variant_id"], line["unit"]) for line in order["lines"]]
        or [fault["code"] for fault in order["faults"]]
        for order in orders
    ] == [
        [(water, "瓶")],
        [(chips, "箱")],
        [("01a00000-0000-7000-8000-000000000001", "瓶")],
        ["orders.goods_several"],
        ["orders.not_on_sale"],
        ["orders.goods_unknown"],
        ["orders.unit_unknown"],
    ]
    assert orders[5]["faults"] == [
        {"row": 7, "sheet": "代发.csv", "code": "orders.goods_unknown", "value": "X-9"}
    ]


async def test_a_workbook_is_read_as_well(cast: Cast) -> None:
    await make_goods()
    customer = await make_customer(cast)
    file = io.BytesIO()
    with Workbook(file) as book:
        sheet = book.add_worksheet("代发")
        for at, row in enumerate(TWO.strip().split("\n")):
            sheet.write_row(at, 0, row.split(","))
    orders = (await preview(cast, "rep", customer, file.getvalue()))["orders"]
    assert [(order["sheet"], len(order["lines"])) for order in orders] == [("代发", 2), ("代发", 1)]


async def test_nobody_orders_by_a_sheet_for_whom_he_may_not(cast: Cast) -> None:
    await make_goods()
    customer = await make_customer(cast)
    agent, other = await make_agent(cast), await make_customer(cast, "stranger", "west", name="西郊食品")
    for who, whom, status in (
        ("agent", customer, 404),
        ("agent", other, 404),
        ("rep", other, 404),
        ("stranger", customer, 404),
        ("courier", customer, 403),
        ("administrator", customer, 403),
        ("agent", agent, 200),
        ("manager", customer, 200),
        ("clerk", customer, 200),
    ):
        await preview(cast, who, whom, TWO, status)
    for content in (b"", b"PK\x03\x04 no workbook", b"\x00\x01\x02"):
        assert (await preview(cast, "rep", customer, content, 422))["code"]


async def test_a_preview_costs_the_same_for_one_and_for_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_goods(3)
    customer = await make_customer(cast)
    await cast.client("rep")
    found = []
    for count in (1, 30):
        text = HEAD + "".join(
            f"张{at},138001380{at:02},{SHANGHAI},矿泉水{'12'[at % 2]},,1,,\n" for at in range(count)
        )
        async with counted(monkeypatch) as told:
            answer = await preview(cast, "rep", customer, text)
        assert [order["faults"] for order in answer["orders"]] == [[]] * count
        found.append(len(told))
    assert found[0] == found[1], found
    assert found[0] <= 12
