"""customers.set_contact and customers.remove_contact: one main contact, and nobody else's."""

from __future__ import annotations

from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.phone import assert_stale_equals_fresh


async def test_set_contact_keeps_one_main_and_remove_contact_takes_it_away(cast: Cast) -> None:
    first, second = new_id(), new_id()
    customer_id = await make_customer(cast, contact_id=first, contact_name="张")
    phone = await cast.phone("rep")
    await phone.do(
        "customers.set_contact",
        {"contact_id": second, "customer_id": customer_id, "name": "李", "is_main": True},
    )
    assert {id: row["is_main"] for id, row in phone.rows("contacts").items()} == {first: False, second: True}
    await phone.do("customers.remove_contact", {"contact_id": first})
    assert list(phone.rows("contacts")) == [second]
    assert phone.status(await phone.do("customers.remove_contact", {"contact_id": first})) == "applied"
    await assert_stale_equals_fresh(phone)


async def test_set_contact_cannot_take_another_customers(cast: Cast) -> None:
    contact_id = new_id()
    await make_customer(cast, contact_id=contact_id, contact_name="张")
    other = await make_customer(cast, "stranger", "west")
    answer = await cast.do(
        "stranger", "customers.set_contact", contact_id=contact_id, customer_id=other, name="我的"
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "customers.contact_unknown")
    assert (await cast.do("stranger", "customers.remove_contact", contact_id=contact_id)).status_code == 404


async def test_set_contact_refuses_a_blank_name(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    answer = await cast.do(
        "rep", "customers.set_contact", contact_id=new_id(), customer_id=customer_id, name=" \u3000"
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "customers.name_missing")
