"""visits.record_step: answers and photos of one's own visit, late ones marked; a picture used before is recognised."""

from __future__ import annotations

from typing import Any

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, now_ms
from tests.cast import Cast
from tests.make.customers import make_class, make_customer
from tests.make.files import make_jpeg, sha256_of, upload
from tests.make.visits import check_in, clocks, make_visit
from tests.phone import assert_stale_equals_fresh


def step(visit_id: str, **fields: Any) -> dict[str, Any]:
    return {
        "step_id": new_id(),
        "visit_id": visit_id,
        "kind": "note",
        "title": "反馈",
        "clocks": clocks(),
        **fields,
    }


def photo_of(content: bytes) -> dict[str, Any]:
    return {
        "photo_id": new_id(),
        "sha256": sha256_of(content),
        "kind": "shelf",
        "taken_at": now_ms(),
        "size": len(content),
    }


async def test_record_step_reaches_the_manager_with_its_photos_and_nobody_else(cast: Cast) -> None:
    others = [await cast.phone(name) for name in ("other_rep", "stranger", "agent", "courier", "clerk")]
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    visit_id = await make_visit(cast, await make_customer(cast))
    content = make_jpeg(200, 100)
    photo = photo_of(content)
    given = step(
        visit_id,
        kind="photo",
        answers={"faces": 3, "full": True, "tags": ["a", "b"], "say": "好"},
        photos=[photo],
    )
    uuid = await phone.do("visits.record_step", given)
    assert phone.status(uuid) == "applied", phone.code(uuid)
    row = phone.rows("visit_steps")[given["step_id"]]
    assert (row["state"], row["answers"]) == ("done", given["answers"])
    assert phone.rows("photos")[photo["photo_id"]]["state"] == "awaited"
    assert (await upload(await cast.client("rep"), content)).status_code == 200
    await phone.sync()
    await manager.sync()
    assert phone.rows("photos")[photo["photo_id"]]["state"] == "stored"
    for table in ("visits", "visit_steps", "photos"):
        assert manager.rows(table) == phone.rows(table)
        assert len(manager.rows(table)) == 1
    path = f"/api/files/photos/{photo['photo_id']}?size=thumb"
    assert (await (await cast.client("manager")).get(path)).status_code == 200
    for one in (phone, manager):
        await assert_stale_equals_fresh(one)
    for other in others:
        await other.sync()
        assert other.rows("visit_steps") == other.rows("photos") == {}
    for name in ("other_rep", "stranger", "agent", "courier", "clerk"):
        assert (await (await cast.client(name)).get(path)).status_code == 404, name


async def test_record_step_again_replaces_the_answers_and_adds_photos(cast: Cast) -> None:
    visit_id = await make_visit(cast, await make_customer(cast))
    phone = await cast.phone("rep")
    first, second = photo_of(b"1"), photo_of(b"2")
    given = step(visit_id, answers={"text": "旧"}, photos=[first])
    await phone.do("visits.record_step", given)
    await phone.do("visits.record_step", {**given, "answers": {"text": "新"}, "photos": [first, second]})
    assert [row["answers"] for row in phone.rows("visit_steps").values()] == [{"text": "新"}]
    assert set(phone.rows("photos")) == {first["photo_id"], second["photo_id"]}
    assert phone.rows("visits")[visit_id]["flags"] == []
    await assert_stale_equals_fresh(phone)


async def test_record_step_flags_a_picture_used_before(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    phone = await cast.phone("rep")
    earlier = await make_visit(cast, customer_id)
    await phone.do("visits.record_step", step(earlier, photos=[photo_of(b"same")]))
    await phone.do("visits.check_out", {"visit_id": earlier, "clocks": clocks()})
    later = check_in(customer_id)
    await phone.do("visits.check_in", later)
    again = photo_of(b"same")
    await phone.do("visits.record_step", step(later["visit_id"], photos=[again]))
    assert phone.rows("visits")[earlier]["flags"] == []
    assert phone.rows("visits")[later["visit_id"]]["flags"] == ["reused_photo"]
    assert phone.rows("photos")[again["photo_id"]]["is_reused"] is True


async def test_record_step_takes_the_skip_back(cast: Cast) -> None:
    visit_id = await make_visit(cast, await make_customer(cast))
    given = step(visit_id, template_id=new_id())
    await cast.done("rep", "visits.skip_step", **given, reason="没开门")
    phone = await cast.phone("rep")
    assert phone.rows("visits")[visit_id]["flags"] == ["step_skipped"]
    await phone.do("visits.record_step", given)
    row = phone.rows("visit_steps")[given["step_id"]]
    assert (row["state"], row["reason"]) == ("done", "")
    assert phone.rows("visits")[visit_id]["flags"] == []


async def test_record_step_after_the_check_out_is_taken_and_marked(cast: Cast) -> None:
    # A step that was refused or quarantined is mended or replayed when the visit is over; it happened all the same.
    visit_id = await make_visit(cast, await make_customer(cast))
    first = step(visit_id, answers={"text": "旧"})
    await cast.done("rep", "visits.record_step", **first)
    phone = await cast.phone("rep")
    await phone.do("visits.check_out", {"visit_id": visit_id, "clocks": clocks()})
    assert phone.rows("visits")[visit_id]["flags"] == []
    held_up, photo = step(visit_id, answers={"text": "好"}), photo_of(b"late")
    uuid = await phone.do("visits.record_step", {**held_up, "photos": [photo]})
    assert phone.status(uuid) == "applied", phone.code(uuid)
    assert phone.rows("visit_steps")[held_up["step_id"]]["answers"] == {"text": "好"}
    assert photo["photo_id"] in phone.rows("photos")
    visit = phone.rows("visits")[visit_id]
    assert (visit["state"], visit["closed_by"], visit["flags"]) == ("done", "person", ["late"])
    await phone.do("visits.record_step", {**first, "answers": {"text": "新"}})
    assert phone.rows("visit_steps")[first["step_id"]]["answers"] == {"text": "新"}
    manager = await cast.phone("manager")
    assert manager.rows("visits")[visit_id]["flags"] == ["late"]
    await assert_stale_equals_fresh(phone)


async def test_a_late_step_settles_what_was_missing(cast: Cast) -> None:
    class_id, first, second = await make_class(cast), new_id(), new_id()
    templates = [
        {"template_id": id, "kind": "note", "title": "反馈", "is_must": True} for id in (first, second)
    ]
    await cast.done("administrator", "visits.set_steps", class_id=class_id, templates=templates)
    visit_id = await make_visit(cast, await make_customer(cast, class_id=class_id))
    phone = await cast.phone("rep")
    await phone.do("visits.check_out", {"visit_id": visit_id, "clocks": clocks()})
    assert phone.rows("visits")[visit_id]["flags"] == ["step_missing"]
    await phone.do("visits.record_step", step(visit_id, template_id=first))
    assert phone.rows("visits")[visit_id]["flags"] == ["step_missing", "late"]
    await phone.do("visits.skip_step", {**step(visit_id, template_id=second), "reason": "没时间"})
    assert phone.rows("visits")[visit_id]["flags"] == ["late", "step_skipped"]
    await assert_stale_equals_fresh(phone)


async def test_a_step_done_before_the_check_out_is_not_late_for_arriving_after_it(cast: Cast) -> None:
    # The pictures of a step are shrunk and recorded behind the check-out of whoever is quick.
    class_id, template_id = await make_class(cast), new_id()
    templates = [
        {
            "template_id": template_id,
            "kind": "photo",
            "title": "门头照",
            "is_must": True,
            "settings": {"minimum": 1},
        }
    ]
    await cast.done("administrator", "visits.set_steps", class_id=class_id, templates=templates)
    visit_id = await make_visit(cast, await make_customer(cast, class_id=class_id))
    phone = await cast.phone("rep")
    taken = step(visit_id, kind="photo", template_id=template_id, photos=[photo_of(b"quick")])
    await phone.do("visits.check_out", {"visit_id": visit_id, "clocks": clocks()})
    assert phone.rows("visits")[visit_id]["flags"] == ["step_missing"]
    uuid = await phone.do("visits.record_step", taken)
    assert phone.status(uuid) == "applied", phone.code(uuid)
    assert phone.rows("visits")[visit_id]["flags"] == []
    await assert_stale_equals_fresh(phone)


async def test_a_step_that_was_a_day_under_way_is_late(cast: Cast) -> None:
    visit_id = await make_visit(cast, await make_customer(cast))
    phone = await cast.phone("rep")
    await phone.do("visits.check_out", {"visit_id": visit_id, "clocks": clocks()})
    await phone.do("visits.record_step", step(visit_id, clocks=clocks(now_ms() - 2 * DAY)))
    assert phone.rows("visits")[visit_id]["flags"] == ["late"]


async def test_record_step_is_for_ones_own_visit(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    visit_id = await make_visit(cast, customer_id)
    given = step(visit_id)
    await cast.done("rep", "visits.record_step", **given)
    for who in ("manager", "stranger"):
        answer = await cast.do(who, "visits.record_step", **step(visit_id))
        assert (answer.status_code, answer.json()["code"]) == (404, "visits.unknown")
    assert (await cast.do("agent", "visits.record_step", **step(visit_id))).status_code == 403
    await cast.done("rep", "visits.check_out", visit_id=visit_id, clocks=clocks())
    other = await make_visit(cast, customer_id)
    answer = await cast.do("rep", "visits.record_step", **{**given, "visit_id": other})
    assert (answer.status_code, answer.json()["code"]) == (404, "visits.step_unknown")
    taken = photo_of(b"x")
    await cast.done("rep", "visits.record_step", **step(other, photos=[taken]))
    answer = await cast.do("rep", "visits.record_step", **step(other, photos=[taken]))
    assert (answer.status_code, answer.json()["code"]) == (409, "files.photo_exists")
    assert await db.fetch_value("SELECT count(*) FROM visit_steps") == 2


async def test_record_step_refuses_nonsense(cast: Cast) -> None:
    visit_id = await make_visit(cast, await make_customer(cast, class_id=await make_class(cast)))
    for bad in (
        {"kind": "order"},
        {"answers": {"x": {"deep": 1}}},
        {"answers": {"x": "长" * 4001}},
        {"photos": [{**photo_of(b"x"), "sha256": "ABC"}]},
    ):
        answer = await cast.do("rep", "visits.record_step", **step(visit_id, **bad))
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), bad
