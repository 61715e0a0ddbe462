"""orders.place: who may, what it comes to, what differs from what was seen, what holds it, what it refuses."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.events import on
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, FixedClock, add_days, day_on, now_ms, use_clock
from roundsman.orders.events import OrderSubmitted
from tests.cast import Cast
from tests.make.customers import make_customer, make_price_level
from tests.make.orders import (
    PACKS,
    a_line,
    an_order,
    make_agent,
    make_goods,
    make_offer,
    make_order,
    order_of,
)
from tests.make.visits import clocks, make_visit
from tests.phone import assert_stale_equals_fresh

heard: list[OrderSubmitted] = []


@on(OrderSubmitted)
async def _hear(_ctx: Ctx, event: OrderSubmitted) -> None:
    heard.append(event)


async def refused(cast: Cast, who: str, args: dict[str, Any]) -> tuple[int, str, dict[str, Any]]:
    """Status, code and details of a refusal; nothing of the order may be there then."""
    answer = await cast.do(who, "orders.place", **args)
    body = answer.json()
    assert answer.status_code >= 400, body
    assert not await db.fetch_value("SELECT 1 FROM orders WHERE id = $1", args["order_id"])
    assert not await db.fetch_value("SELECT 1 FROM order_lines WHERE order_id = $1", args["order_id"])
    return answer.status_code, body["code"], body["details"]


async def test_an_order_is_written_down_as_it_was_named_and_priced(cast: Cast) -> None:
    heard.clear()
    customer = await make_customer(cast)
    water, tea = await make_goods(2)
    to = {"name": "王小明", "mobile": "13800001111", "province": "上海市", "street": "南京路 1 号"}
    args = an_order(
        customer,
        a_line(water, 10),
        a_line(tea, 2, unit="箱", price_e4=480_000),
        recipient=to,
        expenses=[{"name": "运费", "amount": 1500, "remark": "到付"}],
        note="  周五前 ",
        delivery_method="物流",
        wanted_on="2026-12-24",
    )
    placed = await cast.done("rep", "orders.place", **args)
    day = day_on(now_ms())
    number = f"S{day[2:4]}{day[5:7]}{day[8:]}0001"
    assert placed == {
        "number": number,
        "state": "submitted",
        "goods_amount": 2000 + 9600,
        "total_amount": 2000 + 9600 + 1500,
        "changes": [],
        "holds": [],
    }
    order = await order_of(args["order_id"])
    assert (order["number"], order["state"], order["day_on"]) == (number, "submitted", day)
    assert (order["person_id"], order["owner_id"]) == (cast.people["rep"], cast.people["rep"])
    assert (order["territory_id"], order["agent_id"]) == (cast.territories["north"], None)
    assert (order["goods_amount"], order["expense_amount"], order["total_amount"]) == (11_600, 1500, 13_100)
    assert order["cost_amount"] == 10 * 120 + 48 * 120
    assert order["recipient"] == {**to, "city": "", "county": ""}
    assert order["expenses"] == [{"name": "运费", "amount": 1500, "remark": "到付"}]
    assert (order["note"], order["delivery_method"], order["wanted_on"]) == ("周五前", "物流", "2026-12-24")
    first, second = order["lines"]
    assert (first["name"], first["unit"], first["factor"], first["amount"]) == ("矿泉水", "瓶", 1, 2000)
    assert (second["unit"], second["factor"], second["price_e4"]) == ("箱", 24, 480_000)
    assert (second["cost_e4"], second["source"], second["list_id"]) == (288_000, "list", None)
    assert [(move["verb"], move["from_state"], move["to_state"]) for move in order["moves"]] == [
        ("place", "", "submitted")
    ]
    assert [(event.order_id, event.total_amount) for event in heard] == [(args["order_id"], 13_100)]
    committed = await db.fetch_value("SELECT committed FROM accounts WHERE id = $1", customer)
    assert committed == 13_100, "it takes up credit before it is owed"


async def test_numbers_of_a_day_follow_each_other(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    with use_clock(FixedClock(now_ms())) as clock:
        day = day_on(clock.now_ms())
        numbers = [
            (await order_of(await make_order(cast, customer, a_line(water))))["number"] for _ in range(3)
        ]
        assert (await refused(cast, "rep", an_order(customer, a_line(new_id()))))[0] == 422
        numbers.append((await order_of(await make_order(cast, customer, a_line(water))))["number"])
        assert [number[-4:] for number in numbers] == ["0001", "0002", "0003", "0004"]
        assert isinstance(clock, FixedClock)
        clock.advance(DAY)
        tomorrow = (await order_of(await make_order(cast, customer, a_line(water))))["number"]
    following = add_days(day, 1)
    assert tomorrow == f"S{following[2:4]}{following[5:7]}{following[8:]}0001"


async def test_staff_order_for_whom_they_see_and_an_agent_for_himself(cast: Cast) -> None:
    customer = await make_customer(cast)
    own, other = await make_agent(cast), await make_customer(cast, "stranger", "west")
    (water,) = await make_goods()
    for who, whose in (
        ("rep", customer),
        ("manager", customer),
        ("clerk", other),
        ("agent", own),
        ("rep", own),
    ):
        order = await order_of(await make_order(cast, whose, a_line(water), who=who))
        assert order["agent_id"] == (own if whose == own else None), who
        assert order["person_id"] == cast.people[who]
    for who, whose in (
        *(("rep", other), ("other_rep", customer), ("stranger", customer), ("manager", other)),
        *(("agent", customer), ("agent", other)),
    ):
        assert (await refused(cast, who, an_order(whose, a_line(water))))[:2] == (404, "customers.unknown"), (
            who
        )
    for who in ("courier", "administrator"):
        assert (await refused(cast, who, an_order(customer, a_line(water))))[:2] == (403, "forbidden")
    async with db.unit_of_work():
        await db.execute("UPDATE agents SET state = 'ended'")
    assert (await refused(cast, "agent", an_order(own, a_line(water))))[:2] == (404, "customers.unknown")


async def test_the_server_prices_by_customer_level_and_list(cast: Cast) -> None:
    level = await make_price_level(cast)
    customer, other = await make_customer(cast), await make_customer(cast, name="乙店")
    (water,) = await make_goods()
    await cast.done("clerk", "customers.set_level", customer_id=customer, level_id=level)
    await make_offer(water, 18_000, level_id=level)
    found = []
    for whose in (customer, other):
        placed = await cast.done("rep", "orders.place", **an_order(whose, a_line(water, 10, price_e4=None)))
        found.append((placed["goods_amount"], placed["changes"]))
    await make_offer(water, 15_000, customer_id=customer, breaks=[[0, 15_000], [20_000, 14_999]])
    for bottles in (10, 20):
        args = an_order(customer, a_line(water, bottles, price_e4=15_000))
        placed = await cast.done("rep", "orders.place", **args)
        found.append((placed["goods_amount"], [change["price_after_e4"] for change in placed["changes"]]))
    assert found == [(1800, []), (2000, []), (1500, []), (3000, [14_999])]


async def test_what_differs_is_applied_and_told_line_by_line(cast: Cast) -> None:
    customer = await make_customer(cast)
    water, tea = await make_goods(2)
    list_id = await make_offer(water, 22_000, customer_id=customer)
    dear = a_line(water, 10)
    args = an_order(customer, dear, a_line(tea, 1))
    placed = await cast.done("rep", "orders.place", **args)
    change = {
        "line_id": dear["line_id"],
        "price_before_e4": 20_000,
        "price_after_e4": 22_000,
        "amount_before": 2000,
        "amount_after": 2200,
    }
    assert (placed["changes"], placed["holds"], placed["goods_amount"]) == ([change], [], 2400)
    order = await order_of(args["order_id"])
    assert (order["price_changes"], order["hold_codes"]) == ([change], [])
    assert order["moves"][0]["detail"] == {"changes": [change], "holds": []}
    assert (order["lines"][0]["list_id"], order["lines"][0]["source"]) == (list_id, "customer")


async def test_what_differs_beyond_the_tolerance_is_held_where_the_policy_says_so(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    await make_offer(water, 20_200, customer_id=customer)
    policy = {"tolerance_permille": 10, "on_difference": "hold", "list_age_days": 7}
    await cast.done("administrator", "orders.set_policy", **policy)
    within = await cast.done("rep", "orders.place", **an_order(customer, a_line(water, 10)))
    assert (within["holds"], len(within["changes"])) == ([], 1), "2.00 to 2.02 is one percent"
    await cast.done("administrator", "orders.set_policy", **{**policy, "tolerance_permille": 9})
    args = an_order(customer, a_line(water, 10))
    held = await cast.done("rep", "orders.place", **args)
    assert (held["holds"], held["state"], held["goods_amount"]) == (
        ["orders.price_changed"],
        "submitted",
        2020,
    )
    assert (await order_of(args["order_id"]))["hold_codes"] == ["orders.price_changed"]
    # What makes up for itself between two lines has changed all the same.
    (tea,) = await make_goods()
    await make_offer(tea, 19_800, customer_id=customer)
    both = await cast.done("rep", "orders.place", **an_order(customer, a_line(water, 10), a_line(tea, 10)))
    assert (both["goods_amount"], both["holds"]) == (4000, ["orders.price_changed"])


async def test_an_order_by_prices_older_than_the_policy_is_held(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    today = day_on(now_ms())
    for age, holds in ((0, []), (7, []), (8, ["orders.list_old"]), (-1, [])):
        args = an_order(customer, a_line(water), priced_on=add_days(today, -age))
        assert (await cast.done("rep", "orders.place", **args))["holds"] == holds, age


async def test_an_order_is_priced_by_the_day_it_was_placed_on(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    today = day_on(now_ms())
    await make_offer(water, 15_000, customer_id=customer, until_on=add_days(today, -1))
    late = now_ms() - DAY
    args = an_order(
        customer, a_line(water, 10, price_e4=15_000), clocks=clocks(late), priced_on=add_days(today, -1)
    )
    placed = await cast.done("rep", "orders.place", **args)
    assert (placed["goods_amount"], placed["changes"]) == (1500, []), "the price of yesterday held yesterday"
    order = await order_of(args["order_id"])
    assert (order["placed_at"], order["day_on"]) == (late, add_days(today, -1))
    assert order["number"].startswith(f"S{today[2:4]}{today[5:7]}{today[8:]}"), (
        "numbers go by when we heard of it"
    )


async def test_terms_of_credit_hold_or_refuse(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    first = await make_order(cast, customer, a_line(water, 10))
    async with db.unit_of_work():
        await db.execute("UPDATE accounts SET credit_limit = 5000, policy = 'hold' WHERE id = $1", customer)
    placed = await cast.done("rep", "orders.place", **an_order(customer, a_line(water, 16)))
    assert placed["holds"] == ["receivables.over_credit"], "2000 are bound by the first one"
    async with db.unit_of_work():
        await db.execute("UPDATE accounts SET policy = 'refuse' WHERE id = $1", customer)
    assert (await refused(cast, "rep", an_order(customer, a_line(water))))[:2] == (
        409,
        "receivables.over_credit",
    )
    await cast.done("clerk", "orders.cancel", order_id=first, expect="submitted")
    assert await db.fetch_value("SELECT committed FROM accounts WHERE id = $1", customer) == 3200
    await make_order(cast, customer, a_line(water, 9))
    assert await db.fetch_value("SELECT committed FROM accounts WHERE id = $1", customer) == 5000


async def test_gifts_become_lines_with_ids_that_follow_from_their_line(cast: Cast) -> None:
    customer = await make_customer(cast)
    water, cup = await make_goods(2)
    gift = {"every_e3": 10_000, "variant_id": cup, "unit": "瓶", "quantity_e3": 1000}
    await make_offer(water, 20_000, customer_id=customer, gifts=[gift])
    line = a_line(water, 25)
    order = await order_of(await make_order(cast, customer, line, a_line(cup, 1)))
    paid, free, own = order["lines"]
    assert (free["is_gift"], free["gift_of"], free["variant_id"]) == (True, line["line_id"], cup)
    assert (free["quantity_e3"], free["amount"], free["price_e4"], free["source"]) == (2000, 0, 0, "gift")
    assert (own["amount"], order["goods_amount"]) == (200, 5200)
    assert order["cost_amount"] == (25 + 2 + 1) * 120, "what is given away costs us all the same"
    again = an_order(customer, {**line, "line_id": line["line_id"]})
    assert (await refused(cast, "rep", again))[1] == "orders.line_elsewhere"
    assert paid["id"] == line["line_id"]


async def test_equal_lines_become_one(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    await make_offer(water, 18_000, customer_id=customer, breaks=[[0, 20_000], [20_000, 18_000]])
    first, second = a_line(water, 12, price_e4=20_000), a_line(water, 8, price_e4=20_000)
    args = an_order(customer, first, a_line(water, 1, unit="箱", price_e4=432_000), second)
    placed = await cast.done("rep", "orders.place", **args)
    order = await order_of(args["order_id"])
    assert [(line["id"], line["quantity_e3"]) for line in order["lines"]] == [
        (first["line_id"], 20_000),
        (args["lines"][1]["line_id"], 1000),
    ]
    assert [(c["line_id"], c["amount_before"], c["amount_after"]) for c in placed["changes"]] == [
        (first["line_id"], 4000, 3600)
    ]


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ({"unit": "打"}, "orders.unit_unknown", "lines[1].unit"),
        ({"quantity_e3": 0}, "orders.quantity_not_positive", "lines[1].quantity_e3"),
        ({"quantity_e3": -1000}, "orders.quantity_not_positive", "lines[1].quantity_e3"),
        ({"quantity_e3": 1000}, "orders.below_minimum", "lines[1].quantity_e3"),
        ({"quantity_e3": 200_000}, "orders.above_maximum", "lines[1].quantity_e3"),
        ({"quantity_e3": 7000}, "orders.not_a_step", "lines[1].quantity_e3"),
        ({"variant_id": new_id()}, "orders.variant_unknown", "lines[1].variant_id"),
    ],
)
async def test_a_line_that_may_not_be_ordered_is_named(
    cast: Cast, line: dict[str, Any], code: str, field: str
) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    pack = {"unit": "瓶", "factor": 1, "minimum_e3": 6000, "maximum_e3": 120_000, "step_e3": 6000}
    (strict,) = await make_goods(packs=[pack])
    status, found, details = await refused(
        cast, "rep", an_order(customer, a_line(water), a_line(strict, 6) | line)
    )
    assert (status, found, details["field"]) == (422, code, field)


async def test_what_is_not_on_sale_is_refused(cast: Cast) -> None:
    customer = await make_customer(cast)
    (off,) = await make_goods(is_on_sale=False)
    (case,) = await make_goods(packs=[PACKS[0], {**PACKS[1], "is_sold": False}])
    for line in (a_line(off), a_line(case, unit="箱")):
        status, code, details = await refused(cast, "rep", an_order(customer, line))
        assert (status, code, details["field"]) == (422, "orders.not_on_sale", "lines[0].variant_id")


async def test_what_else_is_refused(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    line = a_line(water)
    assert (await refused(cast, "rep", an_order(customer)))[:2] == (422, "orders.no_lines")
    twice = an_order(customer, line, {**line, "unit": "箱"})
    assert (await refused(cast, "rep", twice))[:2] == (422, "orders.line_twice")
    for field in ("priced_on", "wanted_on"):
        wrong = an_order(customer, line, **{field: "2026-02-30"})
        status, code, details = await refused(cast, "rep", wrong)
        assert (status, code, details["field"]) == (422, "orders.no_such_day", field)
    huge = an_order(customer, a_line(water, 30_000_000), expenses=[{"name": "x", "amount": 2**53 - 1}])
    assert (await refused(cast, "rep", huge))[:2] == (422, "orders.too_large")
    await cast.done("manager", "customers.archive", customer_id=customer)
    assert (await refused(cast, "rep", an_order(customer, line)))[:2] == (409, "orders.customer_inactive")


async def test_the_same_order_is_refused_a_second_time(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    args = an_order(customer, a_line(water))
    await cast.done("rep", "orders.place", **args)
    again = {**args, "lines": [a_line(water, 99)]}
    answer = await cast.do("rep", "orders.place", **again)
    assert (answer.status_code, answer.json()["code"]) == (409, "orders.already_there")
    assert len((await order_of(args["order_id"]))["lines"]) == 1
    assert await db.fetch_value("SELECT committed FROM accounts WHERE id = $1", customer) == 2000


async def test_an_order_belongs_to_a_visit_of_that_customer_by_that_person(cast: Cast) -> None:
    customer, other = await make_customer(cast), await make_customer(cast, name="乙店")
    (water,) = await make_goods()
    visit = await make_visit(cast, customer)
    order = await order_of(await make_order(cast, customer, a_line(water), visit_id=visit))
    assert order["visit_id"] == visit
    for who, whose in (("rep", other), ("manager", customer)):
        wrong = an_order(whose, a_line(water), visit_id=visit)
        assert (await refused(cast, who, wrong))[:2] == (422, "orders.other_visit")
    unheard = new_id()
    order = await order_of(await make_order(cast, customer, a_line(water), visit_id=unheard))
    assert order["visit_id"] == unheard, "the visit may be on its way: nothing of the order is dropped"


async def test_an_order_keeps_owner_and_territory_when_the_customer_moves(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    old = await make_order(cast, customer, a_line(water))
    await cast.done(
        "administrator",
        "customers.assign",
        customer_id=customer,
        territory_id=cast.territories["west"],
        owner_id=cast.people["stranger"],
    )
    new = await make_order(cast, customer, a_line(water), who="stranger")
    found = [(row["owner_id"], row["territory_id"]) for row in (await order_of(old), await order_of(new))]
    assert found == [
        (cast.people["rep"], cast.territories["north"]),
        (cast.people["stranger"], cast.territories["west"]),
    ]


async def test_a_phone_sees_the_order_and_a_stale_one_gets_level(cast: Cast) -> None:
    customer, own = await make_customer(cast), await make_agent(cast)
    (water,) = await make_goods()
    phones = {who: await cast.phone(who) for who in ("rep", "manager", "agent", "stranger", "other_rep")}
    args = an_order(customer, a_line(water))
    uuid = await phones["rep"].do("orders.place", args)
    assert phones["rep"].status(uuid) == "applied"
    mine = await make_order(cast, own, a_line(water), who="agent")
    expected = {
        "rep": {args["order_id"]},
        "manager": {args["order_id"], mine},
        "agent": {mine},
        "stranger": set(),
        "other_rep": set(),
    }
    for who, phone in phones.items():
        await assert_stale_equals_fresh(phone)
        assert set(phone.rows("orders")) == expected[who], who
        assert {row["order_id"] for row in phone.rows("order_lines").values()} == expected[who]
        assert {row["order_id"] for row in phone.rows("order_moves").values()} == expected[who]
        held = str(phone.everything())
        assert "cost_e4" not in held
        assert "cost_amount" not in held


async def test_an_order_pushed_five_times_at_the_same_moment_exists_once(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    phone = await cast.phone("rep")
    args = an_order(customer, a_line(water))
    phone.act("orders.place", args)
    await phone.ready()
    request = phone.push_request()
    assert request is not None
    answers = await asyncio.gather(*(phone.post("push", request) for _ in range(5)))
    assert {tuple(result["status"] for result in answer["results"]) for answer in answers} == {("applied",)}
    assert len({str(answer["results"][0]["result"]) for answer in answers}) == 1
    assert await db.fetch_value("SELECT count(*) FROM orders") == 1
    assert await db.fetch_value("SELECT committed FROM accounts WHERE id = $1", customer) == 2000
    assert await db.fetch_value("SELECT last FROM order_numbers") == 1


async def test_one_order_by_two_desks_at_the_same_moment_exists_once(cast: Cast) -> None:
    customer = await make_customer(cast)
    (water,) = await make_goods()
    args = an_order(customer, a_line(water))
    tries = [{**args, "lines": [a_line(water)]} for _ in range(5)]
    answers = await asyncio.gather(*(cast.do("clerk", "orders.place", **one) for one in tries))
    codes = sorted(answer.json()["code"] or "applied" for answer in answers)
    assert codes == ["applied", *["orders.already_there"] * 4]
    assert await db.fetch_value("SELECT count(*) FROM order_lines") == 1
    assert await db.fetch_value("SELECT last FROM order_numbers") == 1, "what was refused took no number"
    assert await db.fetch_value("SELECT committed FROM accounts WHERE id = $1", customer) == 2000
