"""inventory.set_warehouse: one of them is always the default, and none with goods in it is put away."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.catalog import make_variant
from tests.make.inventory import make_stock, make_warehouse
from tests.phone import assert_stale_equals_fresh


async def standing() -> dict[str, tuple[bool, bool]]:
    rows = await db.fetch("SELECT * FROM warehouses")
    return {row["name"]: (bool(row["is_default"]), bool(row["is_active"])) for row in rows}


async def test_the_first_is_the_default_until_another_is_made_it(cast: Cast) -> None:
    phone = await cast.phone("rep")
    first = await make_warehouse(cast, name=" 主仓 ")
    second = await make_warehouse(cast, name="二仓")
    assert await standing() == {"主仓": (True, True), "二仓": (False, True)}
    await cast.done("clerk", "inventory.set_warehouse", warehouse_id=first, name="主仓", is_default=False)
    assert await standing() == {"主仓": (True, True), "二仓": (False, True)}
    await cast.done("clerk", "inventory.set_warehouse", warehouse_id=second, name="新仓", is_default=True)
    await cast.done("clerk", "inventory.set_warehouse", warehouse_id=first, name="主仓", is_active=False)
    assert await standing() == {"主仓": (False, False), "新仓": (True, True)}
    await phone.sync()
    assert phone.rows("warehouses")[second] == {
        "id": second,
        "name": "新仓",
        "is_default": True,
        "is_active": True,
    }
    await assert_stale_equals_fresh(phone)


@pytest.mark.parametrize(
    ("who", "change", "code"),
    [
        ("rep", {}, "forbidden"),
        ("manager", {}, "forbidden"),
        ("clerk", {"name": "  "}, "inventory.name_missing"),
        ("clerk", {"name": "二仓"}, "inventory.name_taken"),
        ("clerk", {"is_active": False}, "inventory.default_stays"),
        ("clerk", {"is_active": False, "is_default": True}, "inventory.default_stays"),
    ],
)
async def test_set_warehouse_refuses(cast: Cast, who: str, change: dict[str, Any], code: str) -> None:
    first = await make_warehouse(cast)
    await make_warehouse(cast, name="二仓")
    before = await standing()
    answer = await cast.do(
        who, "inventory.set_warehouse", **{"warehouse_id": first, "name": "主仓", **change}
    )
    assert answer.json()["code"] == code
    assert await standing() == before


async def test_a_warehouse_with_goods_stays(cast: Cast) -> None:
    await make_warehouse(cast)
    second, variant_id = await make_warehouse(cast, name="二仓"), await make_variant(cast)
    await make_stock(cast, second, variant_id, 1_000)
    args = {"warehouse_id": second, "name": "二仓", "is_active": False}
    refused = await cast.do("clerk", "inventory.set_warehouse", **args)
    assert refused.json()["code"] == "inventory.not_empty"
    adjustment = {"warehouse_id": second, "variant_id": variant_id, "change_e3": -1_000, "reason": "清仓"}
    await cast.done("clerk", "inventory.adjust", adjustment_id=new_id(), **adjustment)
    await cast.done("clerk", "inventory.set_warehouse", **args)
    assert (await standing())["二仓"] == (False, False)
