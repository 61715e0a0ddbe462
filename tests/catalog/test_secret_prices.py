"""What an agent can learn of what others pay: nothing, by no feed, route, command, error or document."""

from __future__ import annotations

from typing import Any, Final

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.agents import make_agent
from tests.make.catalog import a_variant, make_list, make_price, make_product
from tests.make.customers import make_customer, make_price_level
from tests.make.orders import a_line, an_order
from tests.phone import Phone, assert_stale_equals_fresh
from tests.questions import readings_of

OWN: Final = 1_847_293
OTHERS: Final = {
    "another level's": 2_718_281,
    "another level's from three on": 2_345_677,
    "another customer's": 3_141_593,
    "another agent's": 1_618_033,
    "what it cost": 9_753_113,
}
"""Prices nobody would write by chance, in 1/10000 yuan, all of one variant whose list price is ¥999."""
NAMES: Final = ("秘密价目", "SECRET-LIST")


def secrets() -> list[str]:
    """Every way one of them may be written: per unit as sent and as read, and an amount of ten in fen and in yuan."""
    ways = list(NAMES)
    for price_e4 in OTHERS.values():
        yuan, amount = f"{price_e4 / 10_000:.4f}", price_e4 * 10 // 100
        ways += [str(price_e4), yuan, f"{price_e4 / 10_000:,.4f}", str(amount), f"{amount / 100:.2f}"]
    return ways


def assert_silent(text: str, *about: Any) -> None:
    found = [secret for secret in secrets() if secret in text]
    assert not found, (found, *about)


class Market:
    """Two levels with an agent each, and a customer with a list of his own; all of them pay for one variant."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    async def open(self) -> None:
        cast = self.cast
        self.level_id, self.other_level_id = await make_price_level(cast), await make_price_level(cast)
        self.agent_id = await make_agent(cast, "mine", level_id=self.level_id)
        self.other_agent_id = await make_agent(cast, "theirs", level_id=self.other_level_id)
        self.customer_id = await make_customer(cast)
        variant = a_variant(price_e4=9_990_000, cost_e4=OTHERS["what it cost"])
        self.variant_id = variant["variant_id"]
        self.product_id = await make_product(cast, name="货", variants=[variant])
        self.own_list = await make_list(cast, name="自己的", level_id=self.level_id)
        await make_price(cast, self.own_list, self.variant_id, OWN)
        self.lists: list[str] = []
        for whose, price in (
            ({"level_id": self.other_level_id}, "another level's"),
            ({"customer_id": self.customer_id}, "another customer's"),
            ({"customer_id": self.other_agent_id}, "another agent's"),
        ):
            list_id = await make_list(cast, name="秘密价目 SECRET-LIST", **whose)
            breaks = [[0, OTHERS[price]]]
            if "level_id" in whose:
                breaks.append([3000, OTHERS["another level's from three on"]])
            await make_price(cast, list_id, self.variant_id, 0, breaks=breaks)
            self.lists.append(list_id)


async def test_the_secrets_are_there_to_be_told(cast: Cast) -> None:
    market = Market(cast)
    await market.open()
    for who, price in (
        ("theirs", "another level's"),
        ("theirs", "another agent's"),
        ("rep", "another customer's"),
    ):
        assert str(OTHERS[price]) in str((await cast.phone(who)).everything()), who
    client = await cast.client("clerk")
    text = (await client.get("/api/catalog/prices", params={"list": market.lists[0]})).text
    assert str(OTHERS["another level's"]) in text
    assert str(OTHERS["what it cost"]) in (await client.get("/api/catalog/products")).text


async def test_no_feed_tells_an_agent_what_others_pay(cast: Cast) -> None:
    market = Market(cast)
    await market.open()
    phone = await cast.phone("mine")
    assert [row["breaks"] for row in phone.rows("prices").values()] == [[[0, OWN]]]
    assert_silent(str(phone.everything()))
    # Nor anything that was sent and not kept.
    raw = Phone(await cast.client("mine"), cast.registry.feeds, person=cast.people["mine"])
    pages = await raw.pull()
    assert pages
    assert_silent(str(pages))
    # Who holds no level, and who only carries, knows of nobody's.
    for who in ("agent", "courier"):
        held = await cast.phone(who)
        assert held.rows("prices") == held.rows("price_lists") == {}
        assert_silent(str(held.everything()), who)


async def test_a_raised_agent_gets_his_new_prices_and_loses_the_old(cast: Cast) -> None:
    market = Market(cast)
    await market.open()
    phone = await cast.phone("mine")
    await cast.done(
        "manager",
        "agents.set_level",
        agent_id=market.agent_id,
        price_level_id=market.other_level_id,
        reason="升级",
    )
    await phone.sync()
    (price,) = phone.rows("prices").values()
    assert price["level_id"] == market.other_level_id
    assert str(OWN) not in str(phone.everything())
    assert str(OTHERS["another agent's"]) not in str(phone.everything())
    await assert_stale_equals_fresh(phone)


async def test_no_route_tells_an_agent_what_others_pay(cast: Cast) -> None:
    market = Market(cast)
    await market.open()
    ids = [*market.lists, market.own_list, market.variant_id, market.product_id]
    ids += [market.customer_id, market.other_agent_id, market.other_level_id]
    questions: list[dict[str, Any]] = [{}, {"search": "秘密"}, {"search": "货"}, {"is_priced": False}]
    questions += [{"by": by} for by in ("customer", "product", "territory")]
    questions += [
        {name: id} for id in ids for name in ("list", "customer", "level", "variant", "agent", "owner", "key")
    ]
    client = await cast.client("mine")
    asked = 0
    for reading in readings_of(cast.app):
        paths = {reading.path}
        for part in reading.parts:
            paths = {path.replace(f"{{{part}}}", id) for path in paths for id in ids}
        for path in paths:
            for question in reading.questions(questions):
                answer = await client.get(path, params=question)
                assert answer.status_code < 500, (path, question, answer.text)
                assert_silent(answer.text, path, question)
                asked += 1
    assert asked > 300
    assert str(OWN) in (await client.get("/api/catalog/prices", params={"list": market.own_list})).text


async def test_no_command_and_no_error_tells_an_agent_what_others_pay(cast: Cast) -> None:
    market = Market(cast)
    await market.open()
    line = a_line(market.variant_id, price_e4=OWN, list_id=market.lists[0])
    unseen = a_line(market.variant_id, price_e4=1, list_id=market.lists[1])
    price = {"variant_id": market.variant_id, "unit": "桶", "breaks": [[0, 1], [0, 2]]}
    acts: list[tuple[str, dict[str, Any]]] = [
        ("orders.place", an_order(market.agent_id, line)),
        ("orders.place", an_order(market.agent_id, unseen)),
        ("orders.place", an_order(market.customer_id, unseen)),
        ("orders.place", an_order(market.other_agent_id, unseen)),
        ("orders.save_draft", {"order_id": new_id(), "customer_id": market.agent_id, "lines": [unseen]}),
    ]
    for list_id in (*market.lists, market.own_list, new_id()):
        acts.append(("catalog.set_prices", {"list_id": list_id, "prices": [price]}))
        acts.append(
            ("catalog.set_price_list", {"list_id": list_id, "name": "x", "level_id": market.level_id,
                                        "from_on": "2026-01-01"})
        )  # fmt: skip
    acts += [(name, {}) for name in cast.registry.commands]
    statuses = []
    for name, args in acts:
        answer = await cast.do("mine", name, **args)
        statuses.append(answer.status_code)
        assert_silent(answer.text, name, args)
    assert statuses[:2] == [200, 200]
    # What came of the two orders is on his phone, at his own price.
    phone = await cast.phone("mine")
    lines = phone.rows("order_lines").values()
    assert {one["price_e4"] for one in lines if one["price_e4"]} == {OWN}
    assert_silent(str(phone.everything()))
    assert await db.fetch_value("SELECT count(*) FROM prices") == 4


async def test_the_document_tells_nobody_a_price(cast: Cast) -> None:
    market = Market(cast)
    await market.open()
    for who in ("mine", None):
        client = cast.anybody() if who is None else await cast.client(who)
        answer = await client.get("/api/openapi.json")
        assert answer.status_code == 200
        assert "/api/catalog/prices" in answer.text
        assert_silent(answer.text)
        assert market.other_level_id not in answer.text
