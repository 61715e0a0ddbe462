"""What the office reads of the inventory: what there is, and what came and went."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.inventory.commands import reserve
from tests.cast import Cast
from tests.make.catalog import make_product
from tests.make.inventory import make_warehouse, receipt


async def ask(cast: Cast, who: str, what: str, **query: Any) -> dict[str, Any]:
    answer = await (await cast.client(who)).get(f"/api/inventory/{what}", params=query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def pages(cast: Cast, what: str, **query: Any) -> list[dict[str, Any]]:
    """All rows, two at a time."""
    rows: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    for _ in range(20):
        page = await ask(cast, "clerk", what, limit=2, **query, **after)
        rows += page["rows"]
        if page["next"] is None:
            return rows
        after = {"after": page["next"]}
    raise AssertionError("it never ends")


def variant(name: str, position: int) -> dict[str, Any]:
    packs = [{"unit": "件", "factor": 1}, {"unit": "箱", "factor": 12}]
    spec = {"spec": [name], "position": position} if name else {}
    return {"variant_id": new_id(), "packs": packs, "price_e4": 20_000, **spec}


class Goods:
    """A shirt in two sizes in two warehouses, and a cap of which all is reserved."""

    async def make(self, cast: Cast) -> None:
        self.main, self.second = await make_warehouse(cast), await make_warehouse(cast, name="二仓")
        sizes = [variant("XL", 2), variant("M", 1)]
        await make_product(cast, name="短袖", axes=["尺码"], variants=sizes)
        cap = variant("", 0)
        await make_product(cast, name="帽子", variants=[cap])
        self.large, self.medium, self.cap = (one["variant_id"] for one in (*sizes, cap))
        for warehouse_id, variant_id, quantity_e3 in (
            (self.main, self.large, 5_000),
            (self.main, self.medium, 3_000),
            (self.second, self.medium, 1_000),
            (self.main, self.cap, 2_000),
        ):
            line = {"variant_id": variant_id, "unit": "件", "quantity_e3": quantity_e3, "cost_e4": 12_000}
            args = receipt(warehouse_id, variant_id, 0, lines=[line])
            await cast.done("clerk", "inventory.receive", **args)
        async with db.unit_of_work():
            await reserve(await cast.ctx("clerk"), self.main, [(new_id(), self.cap, 9_000)], ("orders", "o"))


async def test_stocks_come_by_product_and_variant(cast: Cast) -> None:
    goods = Goods()
    await goods.make(cast)

    async def told(**query: Any) -> list[tuple[str, str, str, int]]:
        return [
            (row["product_name"], row["variant_name"], row["warehouse_name"], row["available_e3"])
            for row in await pages(cast, "stocks", **query)
        ]

    cap = ("帽子", "", "主仓", 0)
    large, medium = ("短袖", "XL", "主仓", 5_000), ("短袖", "M", "主仓", 3_000)
    elsewhere = ("短袖", "M", "二仓", 1_000)
    assert await told() == [cap, medium, elsewhere, large]
    assert await told(short=True) == [cap]
    assert await told(search="短 m") == [medium, elsewhere, large], "the line is the product's"
    assert await told(warehouse=goods.second) == [elsewhere]
    assert await told(variant=goods.large) == [large]
    row = (await ask(cast, "rep", "stocks", variant=goods.cap))["rows"][0]
    assert (row["on_hand_e3"], row["reserved_e3"]) == (2_000, 2_000)
    assert row["packs"] == [{"unit": "件", "factor": 1}, {"unit": "箱", "factor": 12}]


async def test_movements_come_newest_first(cast: Cast) -> None:
    goods = Goods()
    await goods.make(cast)
    args = {"warehouse_id": goods.main, "variant_id": goods.medium, "change_e3": -500, "reason": "破损"}
    await cast.done("clerk", "inventory.adjust", adjustment_id=new_id(), **args)
    everything = await pages(cast, "movements")
    assert [row["quantity_e3"] for row in everything] == [-500, 2_000, 1_000, 3_000, 5_000]
    found = await pages(cast, "movements", variant=goods.medium)
    assert [(row["kind"], row["quantity_e3"], row["balance_e3"], row["cost_e4"]) for row in found] == [
        ("adjustment", -500, 2_500, None),
        ("receipt", 1_000, 1_000, 12_000),
        ("receipt", 3_000, 3_000, 12_000),
    ]
    assert found[0]["person_name"] == "Clerk"
    assert (found[0]["unit"], found[0]["reason"]) == ("件", "破损")
    assert len(await pages(cast, "movements", variant=goods.medium, warehouse=goods.main)) == 2
    # They name everybody's documents and what goods cost.
    for who in ("rep", "manager"):
        assert (await (await cast.client(who)).get("/api/inventory/movements")).status_code == 403, who


@pytest.mark.parametrize("what", ["stocks", "movements"])
async def test_the_inventory_is_not_for_agents_and_couriers(cast: Cast, what: str) -> None:
    for who in ("agent", "courier"):
        assert (await (await cast.client(who)).get(f"/api/inventory/{what}")).status_code == 403
    bad = await (await cast.client("clerk")).get(f"/api/inventory/{what}", params={"warehouse": "x"})
    assert bad.status_code == 422


@pytest.mark.parametrize("what", ["stocks", "movements"])
async def test_a_list_costs_the_same_for_one_and_for_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    goods, counts = Goods(), []
    await goods.make(cast)
    real = db.fetch

    async def counting(sql: str, *arguments: object) -> list[db.Row]:
        counts.append(sql)
        return await real(sql, *arguments)

    await ask(cast, "clerk", what)
    monkeypatch.setattr(db, "fetch", counting)
    found = []
    for query, size in (({"variant": goods.cap}, 1), ({}, 4)):
        counts.clear()
        assert len((await ask(cast, "clerk", what, **query))["rows"]) == size
        found.append(len(counts))
    assert found[0] == found[1]
