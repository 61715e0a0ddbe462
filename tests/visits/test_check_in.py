"""visits.check_in: the start of a visit through both doors; what a rule dislikes is flagged, never lost."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import (
    DAY,
    HOUR,
    MINUTE,
    FixedClock,
    day_on,
    month_of,
    now_ms,
    start_of_day,
    use_clock,
)
from tests.cast import Cast
from tests.make.customers import DOOR, make_class, make_customer
from tests.make.visits import check_in, clocks, fix, make_visit
from tests.phone import assert_stale_equals_fresh


async def test_check_in_reaches_the_rep_and_his_manager_and_nobody_else(cast: Cast) -> None:
    customer_id = await make_customer(cast, class_id=await make_class(cast))
    others = [await cast.phone(name) for name in ("other_rep", "stranger", "agent", "courier", "clerk")]
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    args = check_in(customer_id, is_planned=True, route_id=new_id())
    uuid = await phone.do("visits.check_in", args)
    assert phone.status(uuid) == "applied", phone.code(uuid)
    row = phone.rows("visits")[args["visit_id"]]
    assert phone.answer(uuid) == {
        "checked_in_at": row["checked_in_at"],
        "fence": "inside",
        "distance_m": 0,
        "flags": [],
    }
    assert (row["state"], row["person_id"], row["territory_id"]) == (
        "open",
        cast.people["rep"],
        cast.territories["north"],
    )
    assert (row["is_planned"], row["route_id"], row["in_fix_count"]) == (True, args["route_id"], 3)
    assert row["day_on"] == day_on(now_ms())
    assert row["flags"] == []
    await manager.sync()
    assert manager.rows("visits")[args["visit_id"]] == row
    for one in (phone, manager):
        await assert_stale_equals_fresh(one)
    for other in others:
        await other.sync()
        assert other.rows("visits") == {}
        assert await other.nothing_left()


@pytest.mark.parametrize(
    ("geofence", "place", "fence", "distance", "flags"),
    [
        ("flag", fix(600), "outside", 600, ["outside"]),
        ("hard", fix(600), "outside", 600, ["outside_hard"]),
        ("hard", fix(205, accuracy_m=12), "inside", 205, []),
        ("none", fix(600), "unchecked", 600, []),
        ("flag", fix(0, accuracy_m=900), "poor_fix", 0, ["poor_fix"]),
        ("flag", None, "no_fix", None, ["no_fix"]),
        ("none", None, "no_fix", None, []),
    ],
)
async def test_check_in_judges_the_place_and_keeps_the_reason(
    cast: Cast,
    geofence: str,
    place: dict[str, int] | None,
    fence: str,
    distance: int | None,
    flags: list[str],
) -> None:
    customer_id = await make_customer(cast, class_id=await make_class(cast, geofence=geofence))
    answer = await cast.done(
        "rep", "visits.check_in", **check_in(customer_id, fix=place, reason=" 路口见面 ")
    )
    assert (answer["fence"], answer["flags"]) == (fence, flags)
    assert answer["distance_m"] is None if distance is None else abs(answer["distance_m"] - distance) <= 2
    row = await db.fetch_one("SELECT * FROM visits")
    assert row is not None
    assert (row["in_fence"], row["in_reason"]) == (fence, "路口见面")
    assert (row["pin_latitude_e7"], row["pin_longitude_e7"]) == DOOR


async def test_check_in_sets_the_first_pin_and_only_the_first(cast: Cast) -> None:
    customer_id = await make_customer(cast, latitude_e7=None, longitude_e7=None)
    phone = await cast.phone("rep")
    first = check_in(customer_id, pin_id=new_id(), fix=fix(100))
    uuid = await phone.do("visits.check_in", first)
    assert phone.answer(uuid)["fence"] == "no_pin"
    row = phone.rows("customers")[customer_id]
    assert (row["latitude_e7"], row["pin_source"]) == (DOOR[0] + 9000, "visit")
    assert phone.rows("customer_pins")[first["pin_id"]]["state"] == "current"
    await phone.do("visits.check_out", {"visit_id": first["visit_id"], "clocks": clocks()})
    second = check_in(customer_id, pin_id=new_id())
    assert phone.status(await phone.do("visits.check_in", second)) == "applied"
    assert phone.rows("customers")[customer_id]["latitude_e7"] == DOOR[0] + 9000
    assert second["pin_id"] not in phone.rows("customer_pins")
    await assert_stale_equals_fresh(phone)


async def test_check_in_sets_no_pin_by_a_poor_fix_or_under_a_known_id(cast: Cast) -> None:
    customer_id = await make_customer(cast, latitude_e7=None, longitude_e7=None)
    first = check_in(customer_id, pin_id=new_id(), fix=fix(accuracy_m=3000))
    await cast.done("rep", "visits.check_in", **first)
    assert await db.fetch_value("SELECT count(*) FROM customer_pins") == 0
    await cast.done("rep", "visits.check_out", visit_id=first["visit_id"], clocks=clocks())
    await make_customer(cast)
    known = await db.fetch_value("SELECT id FROM customer_pins")
    await cast.done("rep", "visits.check_in", **check_in(customer_id, pin_id=known))
    assert await db.fetch_value("SELECT latitude_e7 FROM customers WHERE id = $1", customer_id) is None


async def test_check_in_believes_monotonic_time_and_marks_a_changed_clock(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    now = now_ms()
    given = clocks(
        now - 5 * HOUR, elapsed_ms=HOUR, contact_wall_at=now - 2 * HOUR, contact_server_at=now - 2 * HOUR
    )
    answer = await cast.done("rep", "visits.check_in", **check_in(customer_id, clocks=given))
    assert answer["checked_in_at"] == now - HOUR
    assert answer["flags"] == ["clock"]
    row = await db.fetch_one("SELECT * FROM visits")
    assert row is not None
    assert row["in_wall_at"] == now - 5 * HOUR


async def test_check_in_from_long_ago_is_late_and_stands_on_its_own_day(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    at = now_ms() - 40 * DAY
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    args = check_in(customer_id, clocks=clocks(at))
    uuid = await phone.do("visits.check_in", args)
    assert phone.answer(uuid)["flags"] == ["late"]
    assert phone.rows("visits")[args["visit_id"]]["day_on"] == day_on(at)
    assert await db.fetch_value("SELECT month FROM visits") == month_of(at)
    await manager.sync()
    assert args["visit_id"] in manager.rows("visits")


@pytest.mark.parametrize(
    "given",
    [
        {"wall_at": 0},
        {"wall_at": 0, "contact_wall_at": 253_402_300_799_999, "contact_server_at": 0},
        {"wall_at": 253_402_300_799_999},
        {"wall_at": 0, "elapsed_ms": 10**13, "contact_wall_at": 0, "contact_server_at": 253_402_300_799_999},
    ],
)
async def test_check_in_bears_any_clock(cast: Cast, given: dict[str, int]) -> None:
    customer_id = await make_customer(cast)
    answer = await cast.done("rep", "visits.check_in", **check_in(customer_id, clocks=given))
    assert 0 <= answer["checked_in_at"] <= now_ms()


async def test_check_in_from_a_zone_nobody_knows_is_taken(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    phone = await cast.phone("rep")
    for zone in ("Mars/Olympus", "../../etc/passwd", "Asia"):
        args = check_in(customer_id)
        uuid = await phone.do("visits.check_in", args, tz=zone)
        assert phone.status(uuid) == "applied", (zone, phone.code(uuid))
        await phone.do("visits.check_out", {"visit_id": args["visit_id"], "clocks": clocks()})


async def test_check_in_refuses_a_second_open_visit_of_the_day(cast: Cast) -> None:
    first, second = await make_customer(cast), await make_customer(cast, name="另一家")
    open_id = await make_visit(cast, first)
    phone = await cast.phone("rep")
    uuid = await phone.do("visits.check_in", check_in(second))
    assert (phone.status(uuid), phone.code(uuid)) == ("rejected", "visits.still_open")
    assert list(phone.rows("visits")) == [open_id]


async def test_check_in_closes_a_forgotten_one_and_a_late_check_out_puts_it_right(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    yesterday = now_ms() - DAY - MINUTE
    forgotten = await make_visit(cast, customer_id, clocks=clocks(yesterday))
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    today = check_in(customer_id)
    assert phone.status(await phone.do("visits.check_in", today)) == "applied"
    row = phone.rows("visits")[forgotten]
    assert (row["state"], row["closed_by"], row["checked_out_at"]) == ("done", "rule", None)
    assert row["flags"] == ["late", "closed_by_rule"]
    uuid = await phone.do(
        "visits.check_out", {"visit_id": forgotten, "clocks": clocks(yesterday + 20 * MINUTE)}
    )
    assert phone.status(uuid) == "applied"
    row = phone.rows("visits")[forgotten]
    assert (row["closed_by"], row["checked_out_at"]) == ("person", yesterday + 20 * MINUTE)
    assert row["flags"] == ["late"]
    assert phone.rows("visits")[today["visit_id"]]["state"] == "open"
    for one in (phone, manager):
        await assert_stale_equals_fresh(one)


async def test_check_in_at_a_customer_lost_meanwhile_is_taken_and_flagged(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    phone, other = await cast.phone("rep"), await cast.phone("other_rep")
    args = check_in(customer_id)
    uuid = phone.act("visits.check_in", args)
    await cast.done(
        "manager",
        "customers.assign",
        customer_id=customer_id,
        territory_id=cast.territories["south"],
        owner_id=cast.people["other_rep"],
    )
    await phone.sync()
    assert phone.status(uuid) == "applied", phone.code(uuid)
    assert phone.answer(uuid)["flags"] == ["not_yours"]
    assert phone.rows("visits")[args["visit_id"]]["territory_id"] == cast.territories["south"]
    assert phone.rows("customers") == {}
    await other.sync()
    assert other.rows("visits") == {}, "a colleague sees the customer, not what others did there"
    manager = await cast.phone("manager")
    assert manager.rows("visits")[args["visit_id"]]["flags"] == ["not_yours"]
    await assert_stale_equals_fresh(phone)


async def test_check_in_after_leaving_the_team_is_taken_and_flagged(cast: Cast) -> None:
    customer_id = await make_customer(cast, "manager", "north")
    phone = await cast.phone("rep")
    uuid = phone.act("visits.check_in", check_in(customer_id))
    await cast.unassign("rep", "north")
    await phone.sync()
    assert phone.answer(uuid)["flags"] == ["not_yours"]


async def test_check_in_long_after_the_customer_left_the_phone_is_refused(cast: Cast) -> None:
    clock = FixedClock(now_ms())
    with use_clock(clock):
        customer_id = await make_customer(cast)
        phone = await cast.phone("rep")
        await cast.done(
            "manager",
            "customers.assign",
            customer_id=customer_id,
            territory_id=cast.territories["south"],
            owner_id=cast.people["other_rep"],
        )
        for _ in range(3):
            clock.advance(HOUR)
            await phone.sync()
        assert phone.rows("customers") == {}
        uuid = await phone.do("visits.check_in", check_in(customer_id), captured_at=clock.at)
        assert (phone.status(uuid), phone.code(uuid)) == ("rejected", "customers.unknown")


async def test_check_in_at_a_customer_never_seen_is_refused(cast: Cast) -> None:
    unseen = await make_customer(cast, "stranger", "west")
    phone = await cast.phone("rep")
    codes = []
    for customer_id in (unseen, new_id()):
        uuid = await phone.do("visits.check_in", check_in(customer_id))
        codes.append(phone.code(uuid))
    assert codes == ["customers.unknown"] * 2
    assert await db.fetch_value("SELECT count(*) FROM visits") == 0


async def test_check_in_is_for_those_who_go_round(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    for who in ("agent", "courier", "clerk", "administrator"):
        answer = await cast.do(who, "visits.check_in", **check_in(customer_id))
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), who
    assert (await cast.do("manager", "visits.check_in", **check_in(customer_id))).status_code == 200


@pytest.mark.parametrize(
    "bad",
    [
        {"fix": {**fix(), "latitude_e7": 900_000_001}},
        {"fix": {**fix(), "accuracy_m": -1}},
        {"clocks": {}},
        {"clocks": {"wall_at": -1}},
        {"visit_id": "x"},
        {"reason": "长" * 301},
    ],
)
async def test_check_in_refuses_nonsense(cast: Cast, bad: dict[str, Any]) -> None:
    customer_id = await make_customer(cast)
    answer = await cast.do("rep", "visits.check_in", **check_in(customer_id, **bad))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_check_in_twice_under_one_id_is_refused_whoever_asks(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    visit_id = await make_visit(cast, customer_id)
    for who in ("rep", "manager"):
        answer = await cast.do(who, "visits.check_in", **check_in(customer_id, visit_id=visit_id))
        assert (answer.status_code, answer.json()["code"]) == (409, "visits.already_there")
    assert await db.fetch_value("SELECT person_id FROM visits") == cast.people["rep"]


async def test_check_in_belongs_to_the_companys_day_whatever_zone_the_phone_is_set_to(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    half_past_one_in_shanghai = start_of_day("2026-03-09") + HOUR + HOUR // 2
    with use_clock(FixedClock(half_past_one_in_shanghai)):
        phone = await cast.phone("rep")
        args = check_in(customer_id)
        await phone.do("visits.check_in", args, tz="UTC")
        assert phone.rows("visits")[args["visit_id"]]["day_on"] == "2026-03-09"
