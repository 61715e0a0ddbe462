"""GET /api/catalog/products and /api/catalog/prices: they find, they page, and each sees what is his to know."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.agents import make_agent
from tests.make.catalog import BOTTLE, CASE, a_variant, make_list, make_price, make_product, make_variant
from tests.make.customers import make_customer, make_price_level


async def page(cast: Cast, who: str, what: str = "products", **questions: Any) -> dict[str, Any]:
    """One page as somebody is given it."""
    answer = await (await cast.client(who)).get(f"/api/catalog/{what}", params=questions)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def names(cast: Cast, who: str = "rep", what: str = "products", **questions: Any) -> list[str]:
    """Names over all pages, in order."""
    found: list[str] = []
    while True:
        answer = await page(cast, who, what, **questions)
        found += [row["name"] if what == "products" else row["product_name"] for row in answer["rows"]]
        if answer["next"] is None:
            return found
        questions["after"] = answer["next"]


async def test_products_are_found_by_every_part_of_them(cast: Cast) -> None:
    red = a_variant(spec=["朱红"], code="V-7", packs=[{**BOTTLE, "barcode": "4006381333931"}])
    await make_product(cast, name="农夫山泉", code="NF-1", brand="养生堂", axes=["色"], variants=[red])
    await make_product(cast, name="薯片")
    for search in ("山泉", "nfsq", "nongfu", "nf-1", "养生堂", "朱红", "v-7", "4006381333931", "ＮＦ 山泉"):
        assert await names(cast, search=search) == ["农夫山泉"], search
    for search in ("100%", "_", "\\", "没有"):
        assert await names(cast, search=search) == [], search
    assert await names(cast) == sorted(["农夫山泉", "薯片"])


async def test_products_are_found_by_category_and_by_whether_they_are_on_sale(cast: Cast) -> None:
    drinks, water, other = new_id(), new_id(), new_id()
    await cast.done("clerk", "catalog.set_category", category_id=drinks, name="饮料")
    await cast.done("clerk", "catalog.set_category", category_id=water, name="水", parent_id=drinks)
    await cast.done("clerk", "catalog.set_category", category_id=other, name="零食")
    await make_product(cast, name="a", category_id=drinks)
    await make_product(cast, name="b", category_id=water, is_on_sale=False)
    await make_product(cast, name="c", category_id=other)
    await make_product(cast, name="d")
    assert await names(cast, category=drinks) == ["a", "b"]
    assert await names(cast, category=water) == ["b"]
    assert await names(cast, category=drinks, is_on_sale=True) == ["a"]
    assert await names(cast, is_on_sale=False) == ["b"]
    assert await names(cast, search="b", category=other) == []
    assert await names(cast, category=new_id()) == []


async def test_products_come_page_by_page_without_gap_or_double(cast: Cast) -> None:
    for number in range(7):
        await make_product(cast, name=f"货{number // 2}")
    assert await names(cast, limit=2) == ["货0", "货0", "货1", "货1", "货2", "货2", "货3"]
    answer = await (await cast.client("rep")).get("/api/catalog/products", params={"after": "WzFd"})
    assert (answer.status_code, answer.json()["details"]["field"]) == (422, "after")


async def test_products_show_what_they_cost_to_who_may_know(cast: Cast) -> None:
    await make_product(cast, variants=[a_variant(spec=[], cost_e4=987_654)])
    for who in ("rep", "agent", "courier"):
        (row,) = (await page(cast, who))["rows"]
        assert "cost_e4" not in row["variants"][0], who
        assert "987654" not in str(row)
    for who in ("clerk", "manager", "administrator"):
        (row,) = (await page(cast, who))["rows"]
        assert row["variants"][0]["cost_e4"] == 987_654, who
    assert (await cast.anybody().get("/api/catalog/products")).status_code == 401


async def test_products_cost_the_same_number_of_questions_for_one_and_for_three(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    fetch = db.fetch

    async def counting(sql: str, *arguments: object) -> list[db.Row]:
        asked.append(sql)
        return await fetch(sql, *arguments)

    list_id = await make_list(cast, level_id=await make_price_level(cast))
    await make_price(cast, list_id, await make_variant(cast), 1)
    monkeypatch.setattr(db, "fetch", counting)

    async def count() -> list[int]:
        counts = []
        for what, questions in (("products", {}), ("prices", {"list": list_id})):
            asked.clear()
            assert (await page(cast, "clerk", what, **questions))["rows"]
            counts.append(len(asked))
        return counts

    before = await count()
    for _ in range(2):
        await make_price(cast, list_id, await make_variant(cast), 1)
    assert await count() == before


async def test_one_product_is_shown_as_in_the_list(cast: Cast) -> None:
    product_id = await make_product(cast, variants=[a_variant(cost_e4=987_654)])
    (row,) = (await page(cast, "clerk"))["rows"]
    assert await page(cast, "clerk", f"products/{product_id}") == row
    assert "cost_e4" not in (await page(cast, "agent", f"products/{product_id}"))["variants"][0]
    answer = await (await cast.client("agent")).get(f"/api/catalog/products/{new_id()}")
    assert (answer.status_code, answer.json()["code"]) == (404, "catalog.product_unknown")


async def test_prices_say_what_a_list_says_of_each_unit(cast: Cast) -> None:
    gift_id = await make_variant(cast, price_e4=1)
    priced = a_variant(spec=["红"], code="R", price_e4=20_000, packs=[BOTTLE, CASE])
    bare = a_variant(spec=["蓝"], position=1)
    await make_product(cast, name="T恤", axes=["色"], variants=[priced, bare])
    list_id = await make_list(cast, level_id=await make_price_level(cast))
    gift = {"every_e3": 10_000, "variant_id": gift_id, "unit": "箱", "quantity_e3": 1000}
    await make_price(
        cast, list_id, priced["variant_id"], 0, breaks=[[0, 19_000], [5000, 18_000]], gifts=[gift]
    )
    await make_price(cast, list_id, priced["variant_id"], 400_000, unit="箱")
    (row,) = (await page(cast, "clerk", "prices", list=list_id))["rows"]
    assert (row["product_name"], row["name"], row["code"], row["price_e4"]) == ("T恤", "红", "R", 20_000)
    assert {price["unit"]: price for price in row["prices"]} == {
        "瓶": {"unit": "瓶", "breaks": [[0, 19_000], [5000, 18_000]], "gifts": [gift], "may_rise": False},
        "箱": {"unit": "箱", "breaks": [[0, 400_000]], "gifts": [], "may_rise": False},
    }
    questions = {"list": list_id, "is_priced": False, "limit": 1}
    assert await names(cast, "clerk", "prices", **questions) == ["T恤", "T恤", "矿泉水"]
    assert await names(cast, "clerk", "prices", **questions, search="蓝") == ["T恤"] * 2
    assert await names(cast, "clerk", "prices", list=list_id, search="kqs") == []


async def test_prices_are_shown_to_who_may_know_the_list(cast: Cast) -> None:
    level_id, other_id = await make_price_level(cast), await make_price_level(cast)
    agent_id = await make_agent(cast, "mine", level_id=level_id)
    customer_id = await make_customer(cast)
    lists = {
        "level": await make_list(cast, level_id=level_id),
        "other": await make_list(cast, level_id=other_id),
        "agent": await make_list(cast, customer_id=agent_id),
        "customer": await make_list(cast, customer_id=customer_id),
    }
    seen: dict[str, set[str]] = {}
    for who in ("mine", "agent", "courier", "rep", "other_rep", "stranger", "manager", "clerk"):
        client = await cast.client(who)
        seen[who] = set()
        for name, list_id in lists.items():
            answer = await client.get("/api/catalog/prices", params={"list": list_id})
            assert answer.status_code in (200, 404), answer.text
            if answer.status_code == 200:
                seen[who].add(name)
            else:
                assert answer.json()["code"] == "catalog.list_unknown"
    everything = set(lists)
    assert seen == {
        "mine": {"level", "agent"},
        "agent": set(),
        "courier": set(),
        "rep": everything,
        "other_rep": {"level", "other"},
        "stranger": {"level", "other"},
        "manager": everything,
        "clerk": everything,
    }
