"""GET /api/orders/profit: what orders earn by customer and by rep, in the reach of whoever asks."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core.ids import new_id
from roundsman.core.times import add_days, day_on, now_ms
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.orders import a_line, make_goods, make_order, move_to, order_of
from tests.orders.test_routes import Shops, counted, get


def told(rows: list[dict[str, Any]]) -> dict[str, tuple[int, int, int]]:
    return {row["name"]: (row["order_count"], row["goods_amount"], row["profit"]) for row in rows}


async def test_profit_by_customer_and_by_rep(cast: Cast) -> None:
    shops = Shops(cast)
    await shops.open()
    await make_order(cast, shops.west, a_line(shops.water, 40), who="clerk")
    cancelled = await make_order(cast, shops.west, a_line(shops.water, 5), who="clerk")
    await cast.done("clerk", "orders.cancel", order_id=cancelled, expect="submitted")
    by_customer = (await get(cast, "clerk", "profit"))["rows"]
    assert by_customer[0]["name"] == "西郊食品"
    assert told(by_customer)["西郊食品"] == (2, 10_000, 4000)
    assert told(by_customer)["和平便利店"] == (2, 4000, 1600)
    by_owner = (await get(cast, "clerk", "profit", by="owner"))["rows"]
    assert told(by_owner) == {
        "Stranger": (2, 10_000, 4000),
        "Rep": (2, 4000, 1600),
        "Other Rep": (2, 4000, 1600),
        # The agent's customer is looked after by nobody.
        "": (1, 2000, 800),
    }
    totals = await get(cast, "clerk", "totals")
    for rows in (by_customer, by_owner):
        for name in (
            "order_count",
            "goods_amount",
            "total_amount",
            "returned_amount",
            "cost_amount",
            "profit",
        ):
            assert sum(row[name] for row in rows) == totals[name], name


async def test_what_came_back_earns_nothing(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    order_id = await make_order(cast, customer, a_line(water, 10))
    await move_to(cast, order_id, "shipped")
    line = (await order_of(order_id))["lines"][0]
    asked = {"return_line_id": new_id(), "line_id": line["id"], "quantity_e3": 4000}
    back = {"return_id": new_id(), "order_id": order_id, "lines": [asked], "reason": "破"}
    await cast.done("clerk", "orders.ask_return", **back)
    await cast.done("clerk", "orders.receive_return", return_id=back["return_id"])
    (row,) = (await get(cast, "clerk", "profit"))["rows"]
    assert (row["goods_amount"], row["returned_amount"], row["cost_amount"], row["profit"]) == (
        2000,
        800,
        720,
        480,
    )


async def test_each_is_told_of_what_is_below_him_and_reps_of_nothing(cast: Cast) -> None:
    shops = Shops(cast)
    await shops.open()
    assert "西郊食品" not in told((await get(cast, "manager", "profit"))["rows"])
    assert (await get(cast, "manager", "profit", customer=shops.west))["rows"] == []
    for who in ("rep", "agent", "courier"):
        answer = await (await cast.client(who)).get("/api/orders/profit")
        assert answer.status_code == 403, who


async def test_filters_and_pages(cast: Cast) -> None:
    shops = Shops(cast)
    await shops.open()
    whole = [row["id"] for row in (await get(cast, "clerk", "profit"))["rows"]]
    got: list[str] = []
    after: dict[str, str] = {}
    for _ in range(len(whole)):
        page = await get(cast, "clerk", "profit", limit=1, **after)
        got += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert got == whole
    today = day_on(now_ms())
    assert (await get(cast, "clerk", "profit", **{"from": add_days(today, 1)}))["rows"] == []
    (only,) = (await get(cast, "clerk", "profit", owner=cast.people["rep"]))["rows"]
    assert only["id"] == shops.north
    answer = await (await cast.client("clerk")).get("/api/orders/profit", params={"by": "month"})
    assert answer.status_code == 422


async def test_it_costs_the_same_for_one_and_for_three(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    (water,) = await make_goods()
    await get(cast, "manager", "profit")
    found = []
    for _ in range(3):
        await make_order(cast, await make_customer(cast), a_line(water))
        async with counted(monkeypatch) as asked:
            await get(cast, "manager", "profit")
        found.append(len(asked))
    assert found[0] == found[1] == found[2], found
