"""visits.skip_step: a step not done needs words, and a manager notices."""

from __future__ import annotations

from typing import Any

from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import make_class, make_customer
from tests.make.visits import clocks, make_visit
from tests.phone import assert_stale_equals_fresh


def skip(visit_id: str, **fields: Any) -> dict[str, Any]:
    return {
        "step_id": new_id(),
        "visit_id": visit_id,
        "template_id": new_id(),
        "kind": "photo",
        "title": "门头照",
        "reason": " 正在装修 ",
        "clocks": clocks(),
        **fields,
    }


async def test_skip_step_settles_a_must_do_and_flags_the_visit(cast: Cast) -> None:
    class_id, template_id = await make_class(cast), new_id()
    must = {"template_id": template_id, "kind": "photo", "title": "门头照", "is_must": True}
    await cast.done("manager", "visits.set_steps", class_id=class_id, templates=[must])
    visit_id = await make_visit(cast, await make_customer(cast, class_id=class_id))
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    given = skip(visit_id, template_id=template_id)
    assert phone.status(await phone.do("visits.skip_step", given)) == "applied"
    row = phone.rows("visit_steps")[given["step_id"]]
    assert (row["state"], row["reason"], row["template_id"]) == ("skipped", "正在装修", template_id)
    assert phone.rows("visits")[visit_id]["flags"] == ["step_skipped"]
    uuid = await phone.do("visits.check_out", {"visit_id": visit_id, "clocks": clocks()})
    assert phone.answer(uuid)["missing_step_ids"] == []
    for one in (phone, manager):
        await assert_stale_equals_fresh(one)
    assert manager.rows("visit_steps") == phone.rows("visit_steps")


async def test_skip_step_needs_a_reason_and_ones_own_visit(cast: Cast) -> None:
    visit_id = await make_visit(cast, await make_customer(cast))
    answer = await cast.do("rep", "visits.skip_step", **skip(visit_id, reason="  "))
    assert (answer.status_code, answer.json()["code"]) == (422, "visits.reason_missing")
    for who, status in (("manager", 404), ("stranger", 404), ("agent", 403), ("courier", 403)):
        assert (await cast.do(who, "visits.skip_step", **skip(visit_id))).status_code == status
    phone = await cast.phone("rep")
    assert phone.rows("visit_steps") == {}


async def test_skip_step_after_the_check_out_is_marked_and_takes_nothing_back(cast: Cast) -> None:
    visit_id = await make_visit(cast, await make_customer(cast))
    phone = await cast.phone("rep")
    done = skip(visit_id)
    recorded = {name: value for name, value in done.items() if name != "reason"} | {"answers": {"text": "好"}}
    await phone.do("visits.record_step", recorded)
    await phone.do("visits.check_out", {"visit_id": visit_id, "clocks": clocks()})
    late = skip(visit_id)
    assert phone.status(await phone.do("visits.skip_step", late)) == "applied"
    assert phone.rows("visit_steps")[late["step_id"]]["state"] == "skipped"
    assert phone.rows("visits")[visit_id]["flags"] == ["step_skipped", "late"]
    # A skip that was held up while the step was done after all: what was recorded is worth more.
    assert phone.status(await phone.do("visits.skip_step", done)) == "applied"
    assert phone.rows("visit_steps")[done["step_id"]]["answers"] == {"text": "好"}
    await assert_stale_equals_fresh(phone)


async def test_skip_step_of_a_visit_nobody_made_is_refused(cast: Cast) -> None:
    visit_id = new_id()
    customer_id = await make_customer(cast)
    await cast.done(
        "rep", "visits.skip", visit_id=visit_id, customer_id=customer_id, day_on="2026-11-20", reason="没开门"
    )
    answer = await cast.do("rep", "visits.skip_step", **skip(visit_id))
    assert (answer.status_code, answer.json()["code"]) == (409, "visits.closed")
