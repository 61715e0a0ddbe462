"""visits.skip: a planned visit that is not made, with the reason."""

from __future__ import annotations

from typing import Any

from roundsman.core.ids import new_id
from roundsman.core.times import day_on, now_ms
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.visits import make_visit
from tests.phone import assert_stale_equals_fresh


def skip(customer_id: str, **fields: Any) -> dict[str, Any]:
    return {
        "visit_id": new_id(),
        "customer_id": customer_id,
        "day_on": day_on(now_ms()),
        "reason": " 店主不在 ",
        **fields,
    }


async def test_skip_visit_is_told_to_the_manager_and_leaves_the_customer_to_be_visited(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    phone, manager, other = [await cast.phone(name) for name in ("rep", "manager", "other_rep")]
    given = skip(customer_id, route_id=new_id())
    assert phone.status(await phone.do("visits.skip", given)) == "applied"
    row = phone.rows("visits")[given["visit_id"]]
    assert (row["state"], row["skip_reason"], row["is_planned"], row["checked_in_at"]) == (
        "skipped",
        "店主不在",
        True,
        None,
    )
    await make_visit(cast, customer_id)
    await manager.sync()
    await other.sync()
    assert manager.rows("visits")[given["visit_id"]] == row
    assert other.rows("visits") == {}
    for one in (phone, manager):
        await assert_stale_equals_fresh(one)


async def test_skip_visit_of_a_customer_lost_meanwhile_is_flagged(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    phone = await cast.phone("rep")
    given = skip(customer_id)
    uuid = phone.act("visits.skip", given)
    await cast.done(
        "manager",
        "customers.assign",
        customer_id=customer_id,
        territory_id=cast.territories["south"],
        owner_id=cast.people["other_rep"],
    )
    await phone.sync()
    assert phone.status(uuid) == "applied"
    assert phone.rows("visits")[given["visit_id"]]["flags"] == ["not_yours"]


async def test_skip_visit_needs_a_reason_a_real_day_and_a_known_customer(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    unseen = await make_customer(cast, "stranger", "west")
    for changed, status, code in (
        ({"reason": " "}, 422, "visits.reason_missing"),
        ({"day_on": "2026-02-30"}, 422, "visits.no_such_day"),
        ({"day_on": "tomorrow"}, 422, "invalid"),
        ({"customer_id": unseen}, 404, "customers.unknown"),
    ):
        answer = await cast.do("rep", "visits.skip", **{**skip(customer_id), **changed})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    for who, status in (
        ("stranger", 404),
        ("other_rep", 404),
        ("agent", 403),
        ("courier", 403),
        ("clerk", 403),
    ):
        assert (await cast.do(who, "visits.skip", **skip(customer_id))).status_code == status
    given = skip(customer_id)
    await cast.done("rep", "visits.skip", **given)
    answer = await cast.do("rep", "visits.skip", **{**given, "reason": "again"})
    assert (answer.status_code, answer.json()["code"]) == (409, "visits.already_there")
