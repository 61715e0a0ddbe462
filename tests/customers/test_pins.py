"""customers.ask_pin and customers.decide_pin: the first pin is set at once, a correction is a manager's to decide."""

from __future__ import annotations

from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import DOOR, make_customer
from tests.phone import assert_stale_equals_fresh


def ask(customer_id: str, **fields: object) -> dict[str, object]:
    return {
        "pin_id": new_id(),
        "customer_id": customer_id,
        "latitude_e7": DOOR[0] + 9000,
        "longitude_e7": DOOR[1],
        "accuracy_m": 10,
        **fields,
    }


async def test_ask_pin_sets_the_first_one_at_once(cast: Cast) -> None:
    customer_id = await make_customer(cast, latitude_e7=None, longitude_e7=None)
    phone = await cast.phone("rep")
    uuid = await phone.do("customers.ask_pin", ask(customer_id))
    assert phone.answer(uuid) == {"state": "current"}
    assert phone.rows("customers")[customer_id]["latitude_e7"] == DOOR[0] + 9000
    await assert_stale_equals_fresh(phone)


async def test_decide_pin_moves_it_and_keeps_the_old_one_as_history(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    asked = ask(customer_id, reason="搬到对面了")
    uuid = await phone.do("customers.ask_pin", asked)
    assert phone.answer(uuid) == {"state": "asked"}
    assert phone.rows("customers")[customer_id]["latitude_e7"] == DOOR[0]
    await manager.sync()
    assert manager.rows("customer_pins")[str(asked["pin_id"])]["state"] == "asked"
    await manager.do("customers.decide_pin", {"pin_id": asked["pin_id"], "is_approved": True})
    await phone.sync()
    assert phone.rows("customers")[customer_id]["latitude_e7"] == DOOR[0] + 9000
    states = sorted(row["state"] for row in manager.rows("customer_pins").values())
    assert states == ["current", "past"]
    for one in (phone, manager):
        await assert_stale_equals_fresh(one)


async def test_decide_pin_once_with_a_reason_to_refuse_and_not_by_the_asker(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    asked = ask(customer_id, reason="x")
    await cast.done("rep", "customers.ask_pin", **asked)
    decide = {"pin_id": asked["pin_id"], "is_approved": False}
    assert (await cast.do("rep", "customers.decide_pin", **decide)).status_code == 403
    assert (await cast.do("manager", "customers.decide_pin", **decide)).json()[
        "code"
    ] == "customers.reason_missing"
    await cast.done("manager", "customers.decide_pin", **decide, reason="不对")
    again = await cast.do("manager", "customers.decide_pin", **decide, reason="不对")
    assert (again.status_code, again.json()["code"]) == (409, "customers.pin_already_decided")
    own = ask(customer_id, reason="y")
    await cast.done("manager", "customers.ask_pin", **own)
    answer = await cast.do("manager", "customers.decide_pin", pin_id=own["pin_id"], is_approved=True)
    assert (answer.status_code, answer.json()["code"]) == (403, "customers.own_pin")


async def test_ask_pin_needs_a_reason_for_a_correction(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    answer = await cast.do("rep", "customers.ask_pin", **ask(customer_id))
    assert (answer.status_code, answer.json()["code"]) == (422, "customers.reason_missing")
