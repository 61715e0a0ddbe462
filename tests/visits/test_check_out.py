"""visits.check_out: the end of one's own visit; what is missing is said and flagged."""

from __future__ import annotations

from roundsman.core.ids import new_id
from roundsman.core.times import MINUTE, now_ms
from tests.cast import Cast
from tests.make.customers import make_class, make_customer
from tests.make.visits import clocks, fix, make_visit
from tests.phone import assert_stale_equals_fresh


async def test_check_out_ends_the_visit_and_makes_room_for_the_next(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    visit_id = await make_visit(cast, customer_id, clocks=clocks(now_ms() - 30 * MINUTE))
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    at = now_ms() - MINUTE
    uuid = await phone.do(
        "visits.check_out", {"visit_id": visit_id, "clocks": clocks(at), "fix": fix(700), "note": " 要两箱 "}
    )
    assert phone.answer(uuid) == {"checked_out_at": at, "missing_step_ids": []}
    row = phone.rows("visits")[visit_id]
    assert (row["state"], row["closed_by"], row["checked_out_at"], row["note"]) == (
        "done",
        "person",
        at,
        "要两箱",
    )
    assert (row["out_fence"], row["flags"]) == ("unchecked", [])
    assert abs(row["out_distance_m"] - 700) <= 2
    await make_visit(cast, customer_id)
    for one in (phone, manager):
        await assert_stale_equals_fresh(one)


async def test_check_out_names_and_flags_must_do_steps_left_out(cast: Cast) -> None:
    class_id = await make_class(cast)
    photo, note, may = new_id(), new_id(), new_id()
    await cast.done(
        "administrator",
        "visits.set_steps",
        class_id=class_id,
        templates=[
            {
                "template_id": photo,
                "kind": "photo",
                "title": "门头",
                "is_must": True,
                "settings": {"minimum": 2},
            },
            {"template_id": note, "kind": "note", "title": "反馈", "is_must": True},
            {"template_id": may, "kind": "note", "title": "其他"},
        ],
    )
    visit_id = await make_visit(cast, await make_customer(cast, class_id=class_id))
    one_photo = {"photo_id": new_id(), "sha256": "a" * 64, "kind": "shopfront", "taken_at": 1, "size": 10}
    await cast.done(
        "rep",
        "visits.record_step",
        step_id=new_id(),
        visit_id=visit_id,
        template_id=photo,
        kind="photo",
        photos=[one_photo],
        clocks=clocks(),
    )
    answer = await cast.done("rep", "visits.check_out", visit_id=visit_id, clocks=clocks())
    assert answer["missing_step_ids"] == [photo, note]
    phone = await cast.phone("rep")
    assert phone.rows("visits")[visit_id]["flags"] == ["step_missing"]


async def test_check_out_is_never_before_the_check_in(cast: Cast) -> None:
    visit_id = await make_visit(cast, await make_customer(cast))
    answer = await cast.done(
        "rep", "visits.check_out", visit_id=visit_id, clocks=clocks(now_ms() - 9 * MINUTE)
    )
    phone = await cast.phone("rep")
    row = phone.rows("visits")[visit_id]
    assert answer["checked_out_at"] == row["checked_out_at"] == row["checked_in_at"]


async def test_check_out_is_once_and_ones_own(cast: Cast) -> None:
    visit_id = await make_visit(cast, await make_customer(cast))
    for who in ("manager", "stranger", "other_rep"):
        answer = await cast.do(who, "visits.check_out", visit_id=visit_id, clocks=clocks())
        assert (answer.status_code, answer.json()["code"]) == (404, "visits.unknown")
    for who in ("agent", "courier", "clerk", "administrator"):
        assert (await cast.do(who, "visits.check_out", visit_id=visit_id, clocks=clocks())).status_code == 403
    await cast.done("rep", "visits.check_out", visit_id=visit_id, clocks=clocks())
    again = await cast.do("rep", "visits.check_out", visit_id=visit_id, clocks=clocks(), note="x")
    assert (again.status_code, again.json()["code"]) == (409, "visits.closed")
