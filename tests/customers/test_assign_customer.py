"""customers.assign: a customer moves with all that hangs on it, and the phones follow."""

from __future__ import annotations

from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.phone import assert_stale_equals_fresh


async def test_assign_customer_leaves_one_phone_and_comes_to_another(cast: Cast) -> None:
    contact_id = new_id()
    customer_id = await make_customer(cast, contact_id=contact_id, contact_name="李")
    old, new = await cast.phone("rep"), await cast.phone("other_rep")
    assert customer_id not in new.rows("customers")
    await cast.done(
        "manager",
        "customers.assign",
        customer_id=customer_id,
        territory_id=cast.territories["south"],
        owner_id=cast.people["other_rep"],
    )
    for phone in (old, new):
        await phone.sync()
        await assert_stale_equals_fresh(phone)
        assert await phone.nothing_left()
    assert old.rows("customers") == {}
    assert old.rows("contacts") == {}
    assert new.rows("customers")[customer_id]["owner_id"] == cast.people["other_rep"]
    assert contact_id in new.rows("contacts")


async def test_assign_customer_keeps_it_with_its_owner_in_another_territory(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    phone = await cast.phone("rep")
    await cast.done(
        "manager",
        "customers.assign",
        customer_id=customer_id,
        territory_id=cast.territories["south"],
        owner_id=cast.people["rep"],
    )
    await phone.sync()
    assert phone.rows("customers")[customer_id]["territory_id"] == cast.territories["south"]
    await assert_stale_equals_fresh(phone)


async def test_assign_customer_is_not_a_reps_and_not_beyond_ones_territories(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    args = {"customer_id": customer_id, "territory_id": cast.territories["south"]}
    assert (await cast.do("rep", "customers.assign", **args)).status_code == 403
    args["territory_id"] = cast.territories["west"]
    answer = await cast.do("manager", "customers.assign", **args)
    assert (answer.status_code, answer.json()["code"]) == (404, "customers.territory_unknown")
    answer = await cast.do(
        "manager",
        "customers.assign",
        customer_id=customer_id,
        territory_id=cast.territories["south"],
        owner_id=new_id(),
    )
    assert answer.json()["code"] == "customers.owner_unknown"
