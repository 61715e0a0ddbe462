"""customers.add: a new customer from the field, through the door."""

from __future__ import annotations

from typing import Any

from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import DOOR, make_customer
from tests.phone import assert_stale_equals_fresh


async def test_add_customer_reaches_the_owner_the_manager_and_no_stranger(cast: Cast) -> None:
    phone, manager, stranger, agent = [
        await cast.phone(name) for name in ("rep", "manager", "stranger", "agent")
    ]
    customer_id, contact_id = new_id(), new_id()
    uuid = await phone.do(
        "customers.add",
        {
            "customer_id": customer_id,
            "name": " 汇暻生活广场店 ",
            "territory_id": cast.territories["north"],
            "phone": "021-5888 1234",
            "contact_id": contact_id,
            "contact_name": "张老板",
            "address": "上海市黄浦区四川北路1689号",
            "tags": ["重点", "重点", " "],
        },
    )
    assert phone.status(uuid) == "applied", phone.code(uuid)
    row = phone.rows("customers")[customer_id]
    assert (row["name"], row["initials"], row["pinyin"]) == (
        "汇暻生活广场店",
        "hjshgcd",
        "huijingshenghuoguangchangdian",
    )
    assert (row["province"], row["city"], row["county"], row["street"]) == (
        "上海市",
        "上海市",
        "黄浦区",
        "四川北路1689号",
    )
    assert row["owner_id"] == cast.people["rep"]
    assert row["tags"] == ["重点"]
    assert row["is_active"] is True
    assert phone.rows("contacts")[contact_id]["is_main"] is True
    await assert_stale_equals_fresh(phone)
    await manager.sync()
    assert customer_id in manager.rows("customers")
    for other in (stranger, agent):
        await other.sync()
        assert other.rows("customers") == {}
        assert other.rows("contacts") == {}


async def test_add_customer_names_those_that_look_alike_and_adds_it_all_the_same(cast: Cast) -> None:
    by_phone = await make_customer(cast, name="甲", phone="13812345678", latitude_e7=None, longitude_e7=None)
    by_name = await make_customer(cast, name="永兴超市", latitude_e7=None, longitude_e7=None)
    near = await make_customer(cast, name="永兴路小店")
    far = await make_customer(cast, name="永兴路大店", latitude_e7=DOOR[0] + 18_000)
    unseen = await make_customer(cast, "stranger", "west", name="永兴超市", phone="13812345678")
    answer = await cast.done(
        "rep",
        "customers.add",
        customer_id=new_id(),
        name="永兴超市",
        territory_id=cast.territories["north"],
        phone="13812345678",
        latitude_e7=DOOR[0] + 500,
        longitude_e7=DOOR[1],
    )
    assert set(answer["doubles"]) == {by_phone, by_name, near}
    assert far not in answer["doubles"]
    assert unseen not in answer["doubles"]


async def test_add_customer_finds_doubles_whatever_the_notation(cast: Cast) -> None:
    bare: dict[str, Any] = {"latitude_e7": None, "longitude_e7": None}
    by_phone = await make_customer(cast, name="甲", phone="+86 138-0000-1234", **bare)
    by_name = await make_customer(cast, name="和平（便利）店", **bare)
    by_contact = await make_customer(cast, name="乙", **bare)
    await cast.done(
        "rep",
        "customers.set_contact",
        contact_id=new_id(),
        customer_id=by_contact,
        name="王",
        phone="138 0000 1234",
    )
    renamed = await make_customer(cast, name="丙", **bare)
    await cast.done(
        "rep", "customers.edit", customer_id=renamed, changes={"name": ["丙", "和平 便利有限公司"]}
    )
    await make_customer(cast, name="和平大厦", **bare)
    await make_customer(cast, name="丁", phone="13800001235", **bare)
    answer = await cast.done(
        "rep",
        "customers.add",
        customer_id=new_id(),
        name="和平便利",
        territory_id=cast.territories["north"],
        phone="13800001234",
    )
    assert set(answer["doubles"]) == {by_phone, by_name, by_contact, renamed}


async def test_add_customer_refuses_a_taken_code_a_foreign_territory_and_an_empty_name(cast: Cast) -> None:
    await make_customer(cast, code="A001")
    given = {"customer_id": new_id(), "name": "x", "territory_id": cast.territories["north"]}
    for changed, status, code in (
        ({"code": "A001"}, 409, "customers.code_taken"),
        ({"territory_id": cast.territories["west"]}, 404, "customers.territory_unknown"),
        ({"name": "   "}, 422, "customers.name_missing"),
        ({"class_id": new_id()}, 404, "customers.class_unknown"),
        ({"latitude_e7": 10**10}, 422, "invalid"),
    ):
        answer = await cast.do("rep", "customers.add", **{**given, **changed})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    phone = await cast.phone("rep")
    assert len(phone.rows("customers")) == 1


async def test_add_customer_twice_under_one_id_is_refused(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    answer = await cast.do(
        "rep",
        "customers.add",
        customer_id=customer_id,
        name="x",
        territory_id=cast.territories["north"],
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "customers.already_there")
