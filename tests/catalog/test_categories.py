"""catalog.set_category and catalog.use_starter: the tree of goods, of one's own and built in."""

from __future__ import annotations

from roundsman.catalog.commands.categories import starters
from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.phone import assert_stale_equals_fresh


async def test_set_category_reaches_everybody(cast: Cast) -> None:
    phones = [await cast.phone(name) for name in ("rep", "agent", "courier")]
    drinks, water = new_id(), new_id()
    await cast.done(
        "clerk", "catalog.set_category", category_id=drinks, name=" 饮料 ", axes=["口味 ", "容量"]
    )
    await cast.done(
        "clerk", "catalog.set_category", category_id=water, name="水", parent_id=drinks, position=3
    )
    for phone in phones:
        await phone.sync()
        assert phone.rows("categories")[drinks] == {
            "id": drinks,
            "parent_id": None,
            "name": "饮料",
            "axes": ["口味", "容量"],
            "starter": "",
            "position": 0,
            "is_active": True,
        }
        assert phone.rows("categories")[water]["parent_id"] == drinks
        await assert_stale_equals_fresh(phone)


async def test_set_category_refuses_nonsense(cast: Cast) -> None:
    outer, inner = new_id(), new_id()
    await cast.done("clerk", "catalog.set_category", category_id=outer, name="外")
    await cast.done("clerk", "catalog.set_category", category_id=inner, name="内", parent_id=outer)
    for args, code in (
        ({"category_id": outer, "name": "外", "parent_id": inner}, "catalog.category_in_itself"),
        ({"category_id": outer, "name": "外", "parent_id": outer}, "catalog.category_in_itself"),
        ({"category_id": inner, "name": "内", "parent_id": new_id()}, "catalog.category_unknown"),
        ({"category_id": inner, "name": "  "}, "catalog.name_missing"),
        ({"category_id": inner, "name": "内", "axes": ["颜色", " 颜色"]}, "catalog.axis_wrong"),
        ({"category_id": inner, "name": "内", "axes": [" "]}, "catalog.axis_wrong"),
    ):
        assert (await cast.do("clerk", "catalog.set_category", **args)).json()["code"] == code, args
    assert await db.fetch_value("SELECT parent_id FROM categories WHERE id = $1", inner) == outer


async def test_use_starter_brings_each_set_with_its_axes_once(cast: Cast) -> None:
    phone = await cast.phone("agent")
    for starter in starters():
        await cast.done("clerk", "catalog.use_starter", starter=starter)
    await phone.sync()
    tops = {row["name"]: row["axes"] for row in phone.rows("categories").values() if row["parent_id"] is None}
    assert tops == {
        "服装": ["颜色", "尺码"],
        "数码": ["颜色", "容量"],
        "母婴": ["段/月龄", "规格"],
        "美妆": ["色号", "容量"],
    }
    before = await db.fetch("SELECT * FROM categories ORDER BY id")
    await cast.done("clerk", "catalog.use_starter", starter="clothing")
    assert await db.fetch("SELECT * FROM categories ORDER BY id") == before
    assert await phone.nothing_left()


async def test_use_starter_off_and_on_again_keeps_what_was_renamed(cast: Cast) -> None:
    await cast.done("clerk", "catalog.use_starter", starter="beauty")
    await cast.done("clerk", "catalog.use_starter", starter="digital")
    phone = await cast.phone("rep")
    top = next(row for row in phone.rows("categories").values() if row["name"] == "美妆")
    await cast.done("clerk", "catalog.set_category", category_id=top["id"], name="彩妆护肤", axes=["色号"])
    await cast.done("clerk", "catalog.use_starter", starter="beauty", is_on=False)
    await phone.sync()
    active = {row["name"] for row in phone.rows("categories").values() if row["is_active"]}
    assert "数码" in active
    assert not active & {"彩妆护肤", "香水"}
    await cast.done("clerk", "catalog.use_starter", starter="beauty")
    await phone.sync()
    assert {"彩妆护肤", "香水"} <= {
        row["name"] for row in phone.rows("categories").values() if row["is_active"]
    }
    await assert_stale_equals_fresh(phone)
    refused = await cast.do("clerk", "catalog.use_starter", starter="weapons")
    assert refused.status_code == 422
