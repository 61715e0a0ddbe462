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
