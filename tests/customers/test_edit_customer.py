"""customers.edit and customers.archive: fields merge one by one, and what others wrote is never lost silently."""

from __future__ import annotations

from tests.cast import Cast
from tests.make.customers import make_customer
from tests.phone import assert_stale_equals_fresh


async def test_edit_customer_merges_fields_and_names_conflicts(cast: Cast) -> None:
    customer_id = await make_customer(cast, name="旧名", phone="1")
    phone = await cast.phone("rep")
    await cast.done(
        "manager",
        "customers.edit",
        customer_id=customer_id,
        changes={"phone": ["1", "2"], "remark": ["", "vip"]},
    )
    uuid = await phone.do(
        "customers.edit",
        {"customer_id": customer_id, "changes": {"name": ["旧名", "新名"], "phone": ["1", "3"]}},
    )
    assert phone.answer(uuid) == {"conflicts": ["phone"]}
    row = phone.rows("customers")[customer_id]
    assert (row["name"], row["initials"], row["phone"], row["remark"]) == ("新名", "xm", "3", "vip")
    await assert_stale_equals_fresh(phone)


async def test_edit_customer_refuses_fields_with_commands_of_their_own_and_bad_values(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    for changes, code in (
        ({"owner_id": [None, cast.people["stranger"]]}, "customers.not_editable"),
        ({"name": ["x", ""]}, "invalid"),
        ({"tags": [[], "no list"]}, "invalid"),
    ):
        answer = await cast.do("rep", "customers.edit", customer_id=customer_id, changes=changes)
        assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_edit_customer_trims_what_was_typed_and_refuses_a_blank_name(cast: Cast) -> None:
    customer_id = await make_customer(cast, name="旧名")
    answer = await cast.do(
        "rep", "customers.edit", customer_id=customer_id, changes={"name": ["旧名", " \u3000 "]}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "customers.name_missing")
    await cast.done(
        "rep",
        "customers.edit",
        customer_id=customer_id,
        changes={"name": ["旧名", " 新名 "], "remark": ["", " x\n"]},
    )
    phone = await cast.phone("rep")
    row = phone.rows("customers")[customer_id]
    assert (row["name"], row["pinyin"], row["remark"]) == ("新名", "xinming", "x")


async def test_edit_customer_of_somebody_else_is_unknown(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    for command, args in (
        ("customers.edit", {"changes": {"name": ["和平便利店", "mine"]}}),
        ("customers.archive", {}),
    ):
        for who in ("stranger", "agent", "courier"):
            answer = await cast.do(who, command, customer_id=customer_id, **args)
            assert answer.status_code in (403, 404), (who, command)
    phone = await cast.phone("rep")
    assert phone.rows("customers")[customer_id]["name"] == "和平便利店"


async def test_archive_customer_puts_it_away_and_brings_it_back(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    phone = await cast.phone("rep")
    await cast.done("manager", "customers.archive", customer_id=customer_id)
    await phone.sync()
    assert phone.rows("customers")[customer_id]["is_active"] is False
    await cast.done("manager", "customers.archive", customer_id=customer_id, is_active=True)
    await phone.sync()
    assert phone.rows("customers")[customer_id]["is_active"] is True
