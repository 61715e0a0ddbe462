"""orders.set_policy: what an administrator decides about prices that differ."""

from __future__ import annotations

from roundsman.core import db
from tests.cast import Cast
from tests.phone import assert_stale_equals_fresh

POLICY = {"tolerance_permille": 5, "on_difference": "hold", "list_age_days": 3}


async def test_an_administrator_decides_and_every_phone_hears_of_it(cast: Cast) -> None:
    phones = [await cast.phone(who) for who in ("rep", "agent", "courier")]
    await cast.done("administrator", "orders.set_policy", **POLICY)
    await cast.done("administrator", "orders.set_policy", **{**POLICY, "list_age_days": 4})
    assert await db.fetch_value("SELECT count(*) FROM order_policy") == 1
    for phone in phones:
        await assert_stale_equals_fresh(phone)
        (row,) = phone.rows("order_policy").values()
        assert {name: row[name] for name in POLICY} == {**POLICY, "list_age_days": 4}


async def test_nobody_else_does_and_nonsense_is_refused(cast: Cast) -> None:
    for who in ("rep", "agent", "courier", "clerk", "manager"):
        assert (await cast.do(who, "orders.set_policy", **POLICY)).status_code == 403, who
    for wrong in ({"tolerance_permille": 1001}, {"on_difference": "maybe"}, {"list_age_days": -1}):
        answer = await cast.do("administrator", "orders.set_policy", **{**POLICY, **wrong})
        assert answer.status_code == 422, wrong
