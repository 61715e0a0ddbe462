"""catalog.set_price_list and catalog.set_prices: whose phone a price comes to, and whose never; what a list may say."""

from __future__ import annotations

from typing import Any

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.catalog import BOTTLE, CASE, a_variant, make_list, make_price, make_product, make_variant
from tests.make.customers import make_customer, make_price_level
from tests.phone import assert_stale_equals_fresh


async def test_a_levels_list_comes_to_who_sells_and_to_no_other(cast: Cast) -> None:
    phones = {name: await cast.phone(name) for name in ("rep", "stranger", "manager", "courier", "agent")}
    level_id, variant_id, gift_id = (
        await make_price_level(cast),
        await make_variant(cast),
        await make_variant(cast),
    )
    list_id = await make_list(cast, name="银牌价", level_id=level_id, until_on="2026-12-31")
    gift = {"every_e3": 10_000, "variant_id": gift_id, "unit": "箱", "quantity_e3": 1000}
    await make_price(cast, list_id, variant_id, 0, breaks=[[0, 19_000], [5000, 18_000]], gifts=[gift])
    for name, phone in phones.items():
        await phone.sync()
        if name in ("courier", "agent"):
            assert phone.rows("price_lists") == phone.rows("prices") == {}, name
        else:
            assert phone.rows("price_lists") == {
                list_id: {
                    "id": list_id,
                    "name": "银牌价",
                    "kind": "level",
                    "level_id": level_id,
                    "customer_id": None,
                    "from_on": "2026-01-01",
                    "until_on": "2026-12-31",
                    "is_active": True,
                    "version": 2,
                }
            }
            (price,) = phone.rows("prices").values()
            assert {**price, "id": ""} == {
                "id": "",
                "list_id": list_id,
                "variant_id": variant_id,
                "unit": "瓶",
                "breaks": [[0, 19_000], [5000, 18_000]],
                "gifts": [gift],
                "may_rise": False,
                "level_id": level_id,
                "customer_id": None,
                "from_on": "2026-01-01",
                "until_on": "2026-12-31",
                "is_active": True,
            }
        await assert_stale_equals_fresh(phone)


async def test_a_customers_list_goes_where_the_customer_goes(cast: Cast) -> None:
    names = ("rep", "other_rep", "stranger", "manager", "agent")
    customer_id, variant_id = await make_customer(cast), await make_variant(cast)
    list_id = await make_list(cast, customer_id=customer_id)
    await make_price(cast, list_id, variant_id, 17_000)
    phones = {name: await cast.phone(name) for name in names}

    def holders() -> set[str]:
        seen = {name for name, phone in phones.items() if phone.rows("prices")}
        assert seen == {name for name, phone in phones.items() if phone.rows("price_lists")}
        return seen

    assert holders() == {"rep", "manager"}
    place = {"territory_id": cast.territories["south"], "owner_id": None}
    await cast.done("clerk", "customers.assign", customer_id=customer_id, **place)
    for phone in phones.values():
        await phone.sync()
    assert holders() == {"other_rep", "manager"}
    # What is added afterwards stands where the list does.
    await make_price(cast, list_id, variant_id, 18_000, unit="箱")
    place = {"territory_id": cast.territories["west"], "owner_id": cast.people["rep"]}
    await cast.done("clerk", "customers.assign", customer_id=customer_id, **place)
    for phone in phones.values():
        await phone.sync()
        await assert_stale_equals_fresh(phone)
    assert holders() == {"rep", "stranger"}
    assert len(phones["stranger"].rows("prices")) == 2


async def test_set_price_list_refuses_nonsense_and_what_is_not_yours(cast: Cast) -> None:
    level_id, unused = await make_price_level(cast), await make_price_level(cast, is_active=False)
    customer_id = await make_customer(cast)
    far_id = await make_customer(cast, who="stranger", where="west")
    list_id = await make_list(cast, level_id=level_id)
    right = {"list_id": new_id(), "name": "x", "level_id": level_id, "from_on": "2026-01-01"}
    for fields, code in (
        ({"name": " "}, "catalog.name_missing"),
        ({"from_on": "2026-02-30"}, "catalog.no_such_day"),
        ({"until_on": "2026-04-31"}, "catalog.no_such_day"),
        ({"until_on": "2025-12-31"}, "catalog.ends_before_it_begins"),
        ({"level_id": None}, "catalog.list_of_whom"),
        ({"customer_id": customer_id}, "catalog.list_of_whom"),
        ({"level_id": unused}, "customers.level_unknown"),
        ({"level_id": None, "customer_id": new_id()}, "customers.unknown"),
        ({"level_id": None, "customer_id": far_id}, "customers.unknown"),
        ({"list_id": list_id, "level_id": None, "customer_id": customer_id}, "catalog.list_of_another"),
        ({"list_id": list_id, "level_id": await make_price_level(cast)}, "catalog.list_of_another"),
    ):
        answer = await cast.do("manager", "catalog.set_price_list", **{**right, **fields})
        assert answer.json()["code"] == code, (fields, answer.text)
    assert await db.fetch_value("SELECT count(*) FROM price_lists") == 1
    far_list = await make_list_of(cast, "clerk", far_id)
    answer = await cast.do("manager", "catalog.set_prices", list_id=far_list, prices=[])
    assert answer.json()["code"] == "catalog.list_unknown"


async def make_list_of(cast: Cast, who: str, customer_id: str) -> str:
    args = {"list_id": new_id(), "name": "x", "customer_id": customer_id, "from_on": "2026-01-01"}
    await cast.done(who, "catalog.set_price_list", **args)
    return str(args["list_id"])


async def test_set_price_list_changes_its_prices_with_it(cast: Cast) -> None:
    level_id = await make_price_level(cast)
    list_id = await make_list(cast, level_id=level_id)
    await make_price(cast, list_id, await make_variant(cast), 1)
    phone = await cast.phone("rep")
    changed = {
        "list_id": list_id,
        "name": "夏价",
        "level_id": level_id,
        "from_on": "2026-06-01",
        "is_active": False,
    }
    await cast.done("manager", "catalog.set_price_list", **changed)
    await phone.sync()
    (price,) = phone.rows("prices").values()
    assert (price["from_on"], price["is_active"]) == ("2026-06-01", False)
    assert (phone.rows("price_lists")[list_id]["name"], phone.rows("price_lists")[list_id]["version"]) == (
        "夏价",
        3,
    )
    await cast.done("manager", "catalog.set_price_list", **changed)
    assert await phone.nothing_left()
    await assert_stale_equals_fresh(phone)


async def test_set_prices_sets_changes_and_takes_off(cast: Cast) -> None:
    variants = [await make_variant(cast) for _ in range(3)]
    list_id = await make_list(cast, level_id=await make_price_level(cast))
    phone = await cast.phone("rep")

    async def put(*prices: dict[str, Any]) -> int:
        answer = await cast.done("clerk", "catalog.set_prices", list_id=list_id, prices=list(prices))
        await phone.sync()
        return int(answer["version"])

    def price(variant: int, *breaks: list[int], unit: str = "瓶", **fields: Any) -> dict[str, Any]:
        return {"variant_id": variants[variant], "unit": unit, "breaks": list(breaks), **fields}

    assert await put(price(0, [0, 5]), price(0, [0, 100], unit="箱"), price(1, [2000, 7])) == 2
    ids = set(phone.rows("prices"))
    assert len(ids) == 3
    # Not named: not touched. Empty: taken off. The same: nobody hears of it.
    assert await put(price(0, [0, 6], [1000, 8], may_rise=True), price(1), price(2)) == 3
    rows = {(row["variant_id"], row["unit"]): row["breaks"] for row in phone.rows("prices").values()}
    assert rows == {(variants[0], "瓶"): [[0, 6], [1000, 8]], (variants[0], "箱"): [[0, 100]]}
    assert await put(price(0, [0, 100], unit="箱"), price(1)) == 3
    assert await phone.nothing_left()
    # One that comes back is the one it was.
    await put(price(1, [0, 7]))
    assert set(phone.rows("prices")) == ids
    await assert_stale_equals_fresh(phone)


async def test_set_prices_refuses_nonsense_and_writes_none_of_it(cast: Cast) -> None:
    variant = a_variant(price_e4=1, packs=[BOTTLE, {**CASE, "factor": 1000}])
    await make_product(cast, variants=[variant])
    list_id = await make_list(cast, level_id=await make_price_level(cast))
    right = {"variant_id": variant["variant_id"], "unit": "瓶", "breaks": [[0, 5]]}
    gift = {"every_e3": 1000, "variant_id": variant["variant_id"], "unit": "箱", "quantity_e3": 1000}
    for fields, code in (
        ({"variant_id": new_id()}, "catalog.variant_unknown"),
        ({"unit": "桶"}, "catalog.unit_unknown"),
        ({"breaks": [[0, 5], [0, 4]]}, "catalog.breaks_not_ascending"),
        ({"breaks": [[0, 5], [1000, 6]]}, "catalog.breaks_rise"),
        ({"breaks": [[0, 30_000_001]]}, "catalog.price_too_large"),
        ({"breaks": [[-1, 5]]}, "invalid"),
        ({"breaks": [[0, -5]]}, "invalid"),
        ({"gifts": [{**gift, "variant_id": new_id()}]}, "catalog.variant_unknown"),
        ({"gifts": [{**gift, "unit": "桶"}]}, "catalog.unit_unknown"),
        ({"gifts": [{**gift, "every_e3": 0}]}, "invalid"),
        ({"gifts": [{**gift, "quantity_e3": 0}]}, "invalid"),
    ):
        prices = [{**right, "unit": "箱"}, {**right, **fields}]
        answer = await cast.do("clerk", "catalog.set_prices", list_id=list_id, prices=prices)
        assert answer.json()["code"] == code, (fields, answer.text)
    for args, code in (
        ({"list_id": list_id, "prices": [right, right]}, "catalog.price_twice"),
        ({"list_id": new_id(), "prices": [right]}, "catalog.list_unknown"),
    ):
        assert (await cast.do("clerk", "catalog.set_prices", **args)).json()["code"] == code
    assert await db.fetch_value("SELECT count(*) FROM prices") == 0
