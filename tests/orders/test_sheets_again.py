"""POST /api/orders/sheets, asked again: the same sheet orders nothing twice, one put right says what was ordered,
what was called off can be ordered anew; and the empty sheet to begin with.
"""

from __future__ import annotations

import io

import pytest
from xlsxwriter import Workbook

from roundsman.core import db
from roundsman.core.sheets import read_sheets
from roundsman.orders.recipient_sheets import parcels_in
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.orders import make_goods
from tests.orders.test_recipient_sheets import TWO, place, preview


async def test_the_same_sheet_again_orders_nothing_twice(cast: Cast) -> None:
    await make_goods()
    customer = await make_customer(cast)
    found = await preview(cast, "rep", customer, TWO)
    number = (await place(cast, "rep", customer, found))["result"]["number"]
    again = await preview(cast, "rep", customer, TWO)
    assert [order["order_id"] for order in again["orders"]] == [
        order["order_id"] for order in found["orders"]
    ]
    assert [(order["is_placed"], order["number"]) for order in again["orders"]] == [
        (True, number),
        (False, ""),
    ]
    # Also from a page that still shows the first preview, and from another person's.
    for who in ("rep", "clerk"):
        assert (await place(cast, who, customer, found))["code"] == "orders.already_there"
    assert await db.fetch_value("SELECT count(*) FROM orders") == 1
    assert (await place(cast, "clerk", customer, again, 1))["status"] == "applied"
    # For another customer it is another order.
    other = await make_customer(cast, name="别家")
    assert not any(order["is_placed"] for order in (await preview(cast, "rep", other, TWO))["orders"])


async def test_a_sheet_put_right_says_what_was_ordered_from_the_one_before(cast: Cast) -> None:
    await make_goods()
    customer = await make_customer(cast)
    wrong = TWO.replace("文三路1号,矿泉水", "文三路1号,没有的水")
    found = await preview(cast, "rep", customer, wrong)
    assert [fault["code"] for fault in found["orders"][1]["faults"]] == ["orders.goods_unknown"]
    number = (await place(cast, "rep", customer, found))["result"]["number"]
    mended = (await preview(cast, "rep", customer, TWO))["orders"]
    assert [(order["is_placed"], order["alike"]) for order in mended] == [(False, number), (False, "")]
    more = (await preview(cast, "rep", customer, TWO.replace("2,箱", "9,箱")))["orders"]
    assert more[0]["alike"] == ""


async def test_what_was_called_off_is_ordered_anew(cast: Cast) -> None:
    await make_goods()
    customer = await make_customer(cast)
    numbers: list[str] = []
    ids: set[str] = set()
    for _ in range(3):
        found = await preview(cast, "rep", customer, TWO)
        first = found["orders"][0]
        assert (first["is_placed"], first["cancelled"]) == (False, numbers[-1] if numbers else "")
        numbers.append((await place(cast, "rep", customer, found))["result"]["number"])
        await cast.done("rep", "orders.cancel", order_id=first["order_id"], expect="submitted", reason="x")
        ids.add(first["order_id"])
    assert len(ids) == len(set(numbers)) == 3


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_the_empty_sheet_is_understood_when_it_is_filled_in(cast: Cast, language: str) -> None:
    answer = await (await cast.client("agent")).get(f"/api/orders/sheets/template?language={language}")
    assert answer.status_code == 200, answer.text
    (sheet,) = read_sheets(answer.content, "x.xlsx")
    ((_, headings),) = sheet.rows
    file = io.BytesIO()
    with Workbook(file) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, headings)
        cells = [
            "A1",
            "张三",
            "13800138000",
            "上海市浦东新区世纪大道100号",
            "W-1",
            "矿泉水",
            "大",
            "箱",
            "2",
            "轻放",
        ]
        page.write_row(1, 0, cells)
    (parcel,) = parcels_in(read_sheets(file.getvalue(), "x.xlsx"))
    (wish,) = parcel.wishes
    assert not parcel.faults
    assert not parcel.doubts
    assert (parcel.recipient.name, parcel.recipient.county, parcel.notes) == ("张三", "浦东新区", ["轻放"])
    assert (wish.code, wish.name, wish.spec, wish.unit, wish.quantity_e3) == (
        "W-1",
        "矿泉水",
        "大",
        "箱",
        2000,
    )
    assert (await (await cast.client("courier")).get("/api/orders/sheets/template")).status_code == 403
