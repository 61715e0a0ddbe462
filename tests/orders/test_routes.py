"""GET /api/orders/…: lists, one order, counts, sums, returns and the file, each in the reach of whoever asks."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, add_days, day_on, now_ms
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.orders import a_line, make_agent, make_goods, make_offer, make_order, move, move_to, order_of
from tests.make.visits import clocks


async def get(cast: Cast, who: str, path: str, **query: Any) -> Any:
    answer = await (await cast.client(who)).get(f"/api/orders/{path}", params=query)
    assert answer.status_code == 200, (who, path, answer.text)
    return answer.json()


async def ids_of(cast: Cast, who: str, **query: Any) -> list[str]:
    return [row["id"] for row in (await get(cast, who, "orders", **query))["rows"]]


class Shops:
    """Orders of four people, an agent among them, an hour apart, the newest last."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    async def open(self) -> None:
        cast = self.cast
        (self.water,) = await make_goods()
        self.north = await make_customer(cast, name="和平便利店")
        self.south = await make_customer(cast, "other_rep", "south", name="南京路超市")
        self.west = await make_customer(cast, "stranger", "west", name="西郊食品")
        self.agent = await make_agent(cast)
        at = now_ms() - DAY
        self.orders: dict[str, str] = {}
        for number, (name, who, customer) in enumerate(
            (
                ("north", "rep", self.north),
                ("south", "other_rep", self.south),
                ("west", "stranger", self.west),
                ("agent", "agent", self.agent),
                ("by_clerk", "clerk", self.north),
                ("by_manager", "manager", self.south),
            )
        ):
            late = {"clocks": clocks(at + number * 3_600_000)}
            self.orders[name] = await make_order(cast, customer, a_line(self.water, 10), who=who, **late)


async def test_each_sees_his_own_and_what_is_below_him(cast: Cast) -> None:
    shops = Shops(cast)
    await shops.open()
    for who, expected in {
        "rep": ["by_clerk", "north"],
        "other_rep": ["by_manager", "south"],
        "stranger": ["west"],
        "agent": ["agent"],
        "manager": ["by_manager", "by_clerk", "agent", "south", "north"],
        "clerk": ["by_manager", "by_clerk", "agent", "west", "south", "north"],
        "administrator": ["by_manager", "by_clerk", "agent", "west", "south", "north"],
    }.items():
        assert await ids_of(cast, who) == [shops.orders[name] for name in expected], who
        for name, order_id in shops.orders.items():
            answer = await (await cast.client(who)).get(f"/api/orders/orders/{order_id}")
            assert answer.status_code == (200 if name in expected else 404), (who, name)
    for path in (
        "orders",
        "counts",
        "totals",
        "returns",
        "export",
        "downline",
        f"orders/{shops.orders['north']}",
    ):
        answer = await (await cast.client("courier")).get(f"/api/orders/{path}")
        assert answer.status_code == 403, path


async def test_a_list_says_what_an_order_is_and_costs_only_to_who_may_see_them(cast: Cast) -> None:
    shops = Shops(cast)
    await shops.open()
    for who, cost, earned in (
        ("rep", None, None),
        ("agent", None, None),
        ("manager", 1200, 800),
        ("clerk", 1200, 800),
    ):
        rows = (await get(cast, who, "orders"))["rows"]
        row = rows[-1]
        assert (row["cost_amount"], row["profit"]) == (cost, earned), who
        assert (row["goods_amount"], row["total_amount"], row["line_count"]) == (2000, 2000, 1)
        full = await get(cast, who, f"orders/{row['id']}")
        assert full["lines"][0]["cost_e4"] == (12_000 if cost else None)
        assert (full["cost_amount"], full["profit"]) == (cost, earned)
        totals = await get(cast, who, "totals")
        count = len(rows)
        assert totals["order_count"] == count
        assert (totals["cost_amount"], totals["profit"]) == (
            (cost * count, earned * count) if cost and earned else (None, None)
        )
        if cost is None:
            assert "12000" not in json.dumps(full), who
    row = (await get(cast, "clerk", "orders", customer=shops.north))["rows"][1]
    assert (row["customer_name"], row["person_name"], row["owner_name"]) == ("和平便利店", "Rep", "Rep")


async def test_what_may_be_asked_for(cast: Cast) -> None:
    shops = Shops(cast)
    await shops.open()
    orders = shops.orders
    await move(cast, orders["north"], "review")
    await move(cast, orders["west"], "cancel")
    number = (await order_of(orders["south"]))["number"]
    today = day_on(now_ms())
    for query, expected in (
        ({"state": "reviewed"}, ["north"]),
        ({"state": "cancelled,reviewed"}, ["west", "north"]),
        ({"customer": shops.south}, ["by_manager", "south"]),
        ({"customer": shops.south, "person": cast.people["manager"]}, ["by_manager"]),
        ({"owner": cast.people["rep"]}, ["by_clerk", "north"]),
        ({"owner": cast.people["rep"], "state": "submitted"}, ["by_clerk"]),
        ({"person": cast.people["clerk"]}, ["by_clerk"]),
        ({"territory": cast.territories["west"]}, ["west"]),
        ({"search": number}, ["south"]),
        ({"search": number[:-1].lower()}, ["by_manager", "by_clerk", "agent", "west", "south", "north"]),
        ({"search": "超市"}, ["by_manager", "south"]),
        ({"search": "njlcs"}, ["by_manager", "south"]),
        ({"search": "%"}, []),
        ({"from": add_days(today, 1)}, []),
        ({"until": add_days(today, -3)}, []),
        ({"from": add_days(today, -2), "until": today}, [*reversed(orders)]),
    ):
        assert await ids_of(cast, "clerk", **query) == [orders[name] for name in expected], query
    # What somebody else's is stays his, however it is asked for.
    for query in ({"customer": shops.west}, {"owner": cast.people["stranger"]}, {"search": "西郊"}):
        assert await ids_of(cast, "manager", **query) == []
        assert await ids_of(cast, "rep", **query) == []
    for query in ({"state": "lost"}, {"from": "2026-02-30"}, {"until": "soon"}, {"after": "x"}, {"limit": 0}):
        answer = await (await cast.client("clerk")).get("/api/orders/orders", params=query)
        assert answer.status_code == 422, query


async def test_held_orders_are_found(cast: Cast) -> None:
    shops = Shops(cast)
    await shops.open()
    stale = await make_order(cast, shops.north, a_line(shops.water), priced_on="2026-01-01")
    assert await ids_of(cast, "clerk", held=True) == [stale]
    assert stale not in await ids_of(cast, "clerk", held=False)
    (row,) = (await get(cast, "clerk", "orders", held=True))["rows"]
    assert row["hold_codes"] == ["orders.list_old"]


async def test_a_list_comes_page_by_page(cast: Cast) -> None:
    shops = Shops(cast)
    await shops.open()
    whole = await ids_of(cast, "manager")
    got: list[str] = []
    after: dict[str, str] = {}
    for _ in range(5):
        page = await get(cast, "manager", "orders", limit=2, **after)
        assert len(page["rows"]) <= 2
        got += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert got == whole


async def test_counts_say_what_waits(cast: Cast) -> None:
    shops = Shops(cast)
    await shops.open()
    orders = shops.orders
    assert await get(cast, "manager", "counts") == {"submitted": 5}
    await move(cast, orders["north"], "review")
    await move(cast, orders["west"], "cancel")
    await move_to(cast, orders["south"], "shipped")
    await make_order(cast, shops.north, a_line(shops.water), priced_on="2026-01-01")
    sold_out = await make_order(cast, shops.north, a_line(shops.water, 5000))
    await move(cast, sold_out, "review")
    line = (await order_of(orders["south"]))["lines"][0]
    asked = {"return_line_id": new_id(), "line_id": line["id"], "quantity_e3": 1000}
    back = {"return_id": new_id(), "order_id": orders["south"], "lines": [asked], "reason": "破"}
    await cast.done("other_rep", "orders.ask_return", **back)
    expected = {"submitted": 4, "held": 1, "reviewed": 1, "awaiting_purchase": 1, "shipped": 1, "returns": 1}
    assert await get(cast, "clerk", "counts") == expected
    assert await get(cast, "other_rep", "counts") == {"submitted": 1, "shipped": 1, "returns": 1}
    assert await get(cast, "stranger", "counts") == {}
    assert await get(cast, "agent", "counts") == {"submitted": 1}


async def test_totals_leave_out_what_does_not_count(cast: Cast) -> None:
    shops = Shops(cast)
    await shops.open()
    await move(cast, shops.orders["west"], "cancel")
    await move_to(cast, shops.orders["south"], "shipped")
    line = (await order_of(shops.orders["south"]))["lines"][0]
    asked = {"return_line_id": new_id(), "line_id": line["id"], "quantity_e3": 4000}
    back = {"return_id": new_id(), "order_id": shops.orders["south"], "lines": [asked], "reason": "破"}
    await cast.done("other_rep", "orders.ask_return", **back)
    await cast.done("clerk", "orders.receive_return", return_id=back["return_id"])
    assert await get(cast, "clerk", "totals") == {
        "order_count": 5,
        "goods_amount": 10_000,
        "expense_amount": 0,
        "total_amount": 10_000,
        "returned_amount": 800,
        "cost_amount": 6000 - 480,
        "profit": 4000 - 320,
    }
    assert (await get(cast, "clerk", "totals", state="cancelled"))["goods_amount"] == 2000
    assert (await get(cast, "stranger", "totals"))["order_count"] == 0
    (row,) = (await get(cast, "clerk", "orders", customer=shops.south, state="shipped"))["rows"]
    assert (row["returned_amount"], row["cost_amount"], row["profit"]) == (800, 720, 480)
    (listed,) = (await get(cast, "other_rep", "returns"))["rows"]
    assert (listed["id"], listed["state"], listed["amount"]) == (back["return_id"], "received", 800)
    assert (listed["customer_name"], listed["asker_name"]) == ("南京路超市", "Other Rep")
    assert (await get(cast, "clerk", "returns", return_state="asked"))["rows"] == []
    assert (await get(cast, "rep", "returns"))["rows"] == []
    full = await get(cast, "other_rep", f"orders/{shops.orders['south']}")
    assert [(one["state"], [part["quantity_e3"] for part in one["lines"]]) for one in full["returns"]] == [
        ("received", [4000])
    ]
    assert [one["verb"] for one in full["moves"]][-2:] == ["ask_return", "receive_return"]


async def test_one_order_comes_with_its_history(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    await make_offer(water, 21_000, customer_id=customer)
    to = {"name": "王", "mobile": "13800001111"}
    expense = {"name": "运费", "amount": 500, "remark": ""}
    order_id = await make_order(cast, customer, a_line(water), recipient=to, expenses=[expense], note="快")
    full = await get(cast, "rep", f"orders/{order_id}")
    assert (full["recipient"]["name"], full["expenses"], full["note"]) == ("王", [expense], "快")
    assert [change["price_after_e4"] for change in full["price_changes"]] == [21_000]
    (step,) = full["moves"]
    assert (step["verb"], step["mover_name"]) == ("place", "Rep")
    assert step["detail"]["changes"] == full["price_changes"]
    assert (await (await cast.client("rep")).get(f"/api/orders/orders/{new_id()}")).status_code == 404


async def test_an_agent_sees_the_totals_of_his_downline_and_nothing_more(cast: Cast) -> None:
    (water,) = await make_goods()
    top = await make_agent(cast)
    ids = [top]
    for who, above in (("rep", top), ("other_rep", None), ("stranger", top)):
        path = f"/{'/'.join(ids[:2])}/" if above is None else f"/{top}/"
        async with db.unit_of_work():
            await db.execute("UPDATE people SET roles = '[\"agent\"]' WHERE id = $1", cast.people[who])
        id = await make_agent(cast, who, upline_id=above or ids[-1])
        async with db.unit_of_work():
            await db.execute("UPDATE agents SET path = $2 WHERE id = $1", id, f"{path}{id}/")
        ids.append(id)
        for bottles in (10, 20):
            await make_order(cast, id, a_line(water, bottles), who=who)
    await cast.done("clerk", "orders.cancel", order_id=(await newest_of(ids[1])), expect="submitted")
    rows = (await get(cast, "agent", "downline"))["rows"]
    assert {row["agent_id"]: (row["depth"], row["order_count"], row["goods_amount"]) for row in rows} == {
        ids[1]: (1, 1, 2000),
        ids[2]: (2, 2, 6000),
        ids[3]: (1, 2, 6000),
    }
    assert [row["agent_id"] for row in (await get(cast, "rep", "downline"))["rows"]] == [ids[2]]
    assert (await get(cast, "other_rep", "downline"))["rows"] == []
    assert (await get(cast, "clerk", "downline"))["rows"] == []
    assert await ids_of(cast, "agent") == []
    got: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = await get(cast, "agent", "downline", limit=1, **after)
        got += [row["agent_id"] for row in page["rows"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert got == [row["agent_id"] for row in rows]
    past = {"from": "2026-01-01", "until": "2026-01-31"}
    assert {row["order_count"] for row in (await get(cast, "agent", "downline", **past))["rows"]} == {0}


async def newest_of(customer_id: str) -> str:
    return str(
        await db.fetch_value(
            "SELECT id FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC, id DESC LIMIT 1",
            customer_id,
        )
    )


async def sheet_of(cast: Cast, who: str, **query: Any) -> list[list[Any]]:
    answer = await (await cast.client(who)).get("/api/orders/export", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats-officedocument")
    assert "attachment" in answer.headers["content-disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


async def test_the_list_goes_out_as_a_file(cast: Cast) -> None:
    shops = Shops(cast)
    await shops.open()
    await make_order(
        cast,
        shops.north,
        a_line(shops.water),
        note="=1+1",
        recipient={"name": "甲", "city": "上海市", "street": "1 号"},
    )
    head, *rows = await sheet_of(cast, "clerk")
    assert head[:4] == ["单号", "下单日期", "客户", "状态"]
    assert "利润" in head
    first = dict(zip(head, rows[0], strict=True))
    assert (first["客户"], first["状态"], first["商品金额"], first["利润"]) == (
        "和平便利店",
        "待审核",
        20.0,
        8.0,
    )
    assert (first["备注"], first["收货地址"]) == ("=1+1", "上海市1 号")
    assert len(rows) == 7
    head, *rows = await sheet_of(cast, "rep", language="en", state="submitted")
    assert head[0] == "Number"
    assert "Profit" not in head
    assert "Cost" not in head
    assert {row[2] for row in rows} == {"和平便利店"}
    head, *rows = await sheet_of(cast, "stranger", customer=shops.north)
    assert rows == []


async def test_a_file_of_many_pages_has_every_row_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    shops = Shops(cast)
    await shops.open()
    monkeypatch.setattr("roundsman.orders.routes.export.ROWS_AT_ONCE", 2)
    _, *rows = await sheet_of(cast, "clerk")
    numbers = [row[0] for row in rows]
    assert len(numbers) == len(set(numbers)) == 6


@asynccontextmanager
async def counted(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[str]]:
    """The statements of the block, in order."""
    told: list[str] = []
    names = ("fetch", "fetch_one", "fetch_value", "execute", "execute_many")
    with monkeypatch.context() as patch:
        for name in names:
            original = getattr(db, name)

            async def counting(sql: str, *rest: Any, _original: Any = original) -> Any:
                told.append(sql)
                return await _original(sql, *rest)

            patch.setattr(db, name, counting)
        yield told


@pytest.mark.parametrize("who", ["rep", "manager", "clerk", "agent"])
async def test_a_list_costs_the_same_for_one_and_for_three(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    (water,) = await make_goods()
    customer = await make_agent(cast) if who == "agent" else await make_customer(cast)
    await cast.client(who)
    found = []
    for _ in range(3):
        await make_order(cast, customer, a_line(water), who="agent" if who == "agent" else "rep")
        async with counted(monkeypatch) as told:
            for path in ("orders", "counts", "totals", "returns"):
                await get(cast, who, path)
        found.append(len(told))
    assert found[0] == found[1] == found[2], found
    assert found[0] <= 24


async def test_placing_and_reviewing_cost_the_same_whatever_the_lines(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer, cup = await make_customer(cast), (await make_goods())[0]
    goods = await make_goods(30)
    await cast.client("rep")
    await cast.client("clerk")
    gift = {"every_e3": 10_000, "variant_id": cup, "unit": "瓶", "quantity_e3": 1000}
    for variant in goods:
        await make_offer(variant, 20_000, customer_id=customer, gifts=[gift])
    # The first order makes the account.
    await make_order(cast, customer, a_line(goods[0], 10))
    found = []
    for count in (2, 30):
        async with counted(monkeypatch) as told:
            order_id = await make_order(cast, customer, *(a_line(variant, 10) for variant in goods[:count]))
        placing = len(told)
        async with counted(monkeypatch) as told:
            await cast.done("clerk", "orders.review", order_id=order_id, expect="submitted")
        found.append((placing, len(told)))
        assert len((await order_of(order_id))["lines"]) == 2 * count
    assert found[0] == found[1], found
    # Six of them bring the figures in line.
    assert max(found[0]) <= 28
