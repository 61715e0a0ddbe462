"""orders.save_draft, orders.discard_draft and orders.submit: an order written at a desk, little by little."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, FixedClock, day_on, now_ms, use_clock
from tests.cast import Cast
from tests.make.customers import make_customer, make_price_level
from tests.make.orders import a_line, an_order, make_agent, make_goods, make_offer, make_order, move, order_of
from tests.phone import assert_stale_equals_fresh


async def test_a_draft_is_priced_and_binds_nothing(cast: Cast) -> None:
    customer = await make_customer(cast)
    water, tea = await make_goods(2)
    draft = {"order_id": new_id(), "customer_id": customer, "lines": [a_line(water, 10)], "note": "记得冰的"}
    assert await cast.done("rep", "orders.save_draft", **draft) == {
        "goods_amount": 2000,
        "total_amount": 2000,
    }
    order = await order_of(draft["order_id"])
    assert (order["state"], order["number"], order["moves"]) == ("draft", "", [])
    assert await db.fetch_value("SELECT count(*) FROM accounts") == 0
    kept = order["lines"][0]["id"]
    more = {**draft, "lines": [{**a_line(water, 5), "line_id": kept}, a_line(tea, 1)], "note": ""}
    assert (await cast.done("rep", "orders.save_draft", **more))["goods_amount"] == 1200
    again = await order_of(draft["order_id"])
    assert [(line["id"] == kept, line["quantity_e3"]) for line in again["lines"]] == [
        (True, 5000),
        (False, 1000),
    ]
    assert (again["note"], again["person_id"], again["placed_at"]) == (
        "",
        order["person_id"],
        order["placed_at"],
    )
    assert again["version"] == 2


async def test_a_draft_may_be_anything_that_can_be_priced(cast: Cast) -> None:
    customer = await make_customer(cast)
    pack = {"unit": "瓶", "factor": 1, "minimum_e3": 6000, "step_e3": 6000}
    (strict,) = await make_goods(packs=[pack], is_on_sale=False)
    draft = {"order_id": new_id(), "customer_id": customer, "lines": []}
    await cast.done("rep", "orders.save_draft", **draft)
    await cast.done("rep", "orders.save_draft", **{**draft, "lines": [a_line(strict, 1)]})
    for line, code in (
        (a_line(new_id()), "orders.variant_unknown"),
        (a_line(strict, 1, unit="打"), "orders.unit_unknown"),
        (a_line(strict, 0), "orders.quantity_not_positive"),
    ):
        answer = await cast.do("rep", "orders.save_draft", **{**draft, "lines": [line]})
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert [line["quantity_e3"] for line in (await order_of(draft["order_id"]))["lines"]] == [1000]
    answer = await cast.do("rep", "orders.submit", order_id=draft["order_id"], expect="draft")
    assert (answer.status_code, answer.json()["code"]) == (422, "orders.not_on_sale")
    await cast.done("rep", "orders.save_draft", **draft)
    answer = await cast.do("rep", "orders.submit", order_id=draft["order_id"], expect="draft")
    assert (answer.status_code, answer.json()["code"]) == (422, "orders.no_lines")


async def test_submitting_prices_again_and_tells_what_changed(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    with use_clock(FixedClock(now_ms())) as clock:
        assert isinstance(clock, FixedClock)
        draft = {"order_id": new_id(), "customer_id": customer, "lines": [a_line(water, 10)]}
        await cast.done("rep", "orders.save_draft", **draft)
        level = await make_price_level(cast)
        await cast.done("clerk", "customers.set_level", customer_id=customer, level_id=level)
        await make_offer(water, 19_000, level_id=level)
        clock.advance(40 * DAY)
        placed = await cast.done("rep", "orders.submit", order_id=draft["order_id"], expect="draft")
        today = day_on(clock.now_ms())
    assert (placed["state"], placed["goods_amount"], placed["holds"]) == (
        "submitted",
        1900,
        ["orders.list_old"],
    )
    assert [change["price_before_e4"] for change in placed["changes"]] == [20_000]
    order = await order_of(draft["order_id"])
    assert (order["day_on"], order["month"]) == (today, today[:4] + today[5:7])
    assert {line["month"] for line in order["lines"]} == {order["month"]}
    assert [(move["verb"], move["from_state"], move["to_state"]) for move in order["moves"]] == [
        ("submit", "draft", "submitted")
    ]
    assert await db.fetch_value("SELECT committed FROM accounts WHERE id = $1", customer) == 1900


async def test_a_draft_that_waited_follows_its_customer(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    draft = {"order_id": new_id(), "customer_id": customer, "lines": [a_line(water)]}
    await cast.done("clerk", "orders.save_draft", **draft)
    west = {"territory_id": cast.territories["west"], "owner_id": cast.people["stranger"]}
    await cast.done("administrator", "customers.assign", customer_id=customer, **west)
    await cast.done("clerk", "orders.submit", order_id=draft["order_id"], expect="draft")
    order = await order_of(draft["order_id"])
    assert {name: order[name] for name in west} == west
    assert {line["owner_id"] for line in order["lines"]} == {cast.people["stranger"]}


async def test_a_draft_is_thrown_away_and_a_placed_order_is_not(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    draft = {"order_id": new_id(), "customer_id": customer, "lines": [a_line(water)]}
    await cast.done("rep", "orders.save_draft", **draft)
    phone = await cast.phone("rep")
    assert draft["order_id"] in phone.rows("orders")
    for _ in range(2):
        await cast.done("rep", "orders.discard_draft", order_id=draft["order_id"])
    assert await db.fetch_value("SELECT count(*) FROM order_lines") == 0
    await assert_stale_equals_fresh(phone)
    assert phone.rows("orders") == {}
    placed = await make_order(cast, customer, a_line(water))
    for name, args in (
        ("discard_draft", {"order_id": placed}),
        ("save_draft", {**draft, "order_id": placed}),
        ("submit", {"order_id": placed, "expect": "submitted"}),
    ):
        answer = await cast.do("rep", f"orders.{name}", **args)
        assert (answer.status_code, answer.json()["code"]) == (409, "orders.wrong_state"), name
        assert answer.json()["details"]["state"] == "submitted"
    answer = await cast.do("rep", "orders.submit", order_id=placed, expect="draft")
    assert (answer.status_code, answer.json()["code"]) == (409, "orders.stale")


async def test_a_draft_of_another_is_not_told_of(cast: Cast) -> None:
    customer, own = await make_customer(cast), await make_agent(cast)
    (water,) = await make_goods()
    draft = {"order_id": new_id(), "customer_id": own, "lines": [a_line(water)]}
    await cast.done("agent", "orders.save_draft", **draft)
    for who in ("other_rep", "stranger"):
        for name, args in (
            ("discard_draft", {"order_id": draft["order_id"]}),
            ("submit", {"order_id": draft["order_id"], "expect": "draft"}),
        ):
            answer = await cast.do(who, f"orders.{name}", **args)
            assert (answer.status_code, answer.json()["code"]) == (404, "orders.unknown"), (who, name)
    mine = an_order(customer, a_line(water), order_id=draft["order_id"])
    answer = await cast.do("rep", "orders.save_draft", **{**draft, "customer_id": customer, "lines": []})
    assert (answer.status_code, answer.json()["code"]) == (404, "orders.unknown")
    answer = await cast.do("rep", "orders.place", **mine)
    assert (answer.status_code, answer.json()["code"]) == (409, "orders.already_there")
    assert (await order_of(draft["order_id"]))["customer_id"] == own
    # His own he places himself, and whoever is over him may do so for him.
    await cast.done("manager", "orders.save_draft", **{**draft, "note": "加急"})
    assert (await order_of(draft["order_id"]))["person_id"] == cast.people["agent"]
    assert (await move(cast, draft["order_id"], "submit", "agent"))["state"] == "submitted"


async def test_lines_of_another_order_are_refused(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    line = a_line(water)
    await make_order(cast, customer, line)
    answer = await cast.do("rep", "orders.save_draft", order_id=new_id(), customer_id=customer, lines=[line])
    assert (answer.status_code, answer.json()["code"]) == (409, "orders.line_elsewhere")


async def test_a_draft_is_not_placed_for_a_customer_put_away_since(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    draft = {"order_id": new_id(), "customer_id": customer, "lines": [a_line(water, 10)]}
    await cast.done("rep", "orders.save_draft", **draft)
    await cast.done("manager", "customers.archive", customer_id=customer)
    answer = await cast.do("rep", "orders.submit", order_id=draft["order_id"], expect="draft")
    assert (answer.status_code, answer.json()["code"]) == (409, "orders.customer_inactive")
    order = await order_of(draft["order_id"])
    assert (order["state"], order["number"]) == ("draft", "")
