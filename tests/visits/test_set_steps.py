"""visits.set_steps: what a visit to a class of customers must and may contain."""

from __future__ import annotations

from typing import Any

from roundsman.core.ids import new_id
from tests.cast import Cast
from tests.make.customers import make_class
from tests.phone import assert_stale_equals_fresh


def template(**fields: Any) -> dict[str, Any]:
    return {"template_id": new_id(), "kind": "photo", "title": "门头照", **fields}


def field(**own: Any) -> dict[str, Any]:
    return {"key": "faces", "label": "排面", "type": "number", **own}


def form(*fields: dict[str, Any]) -> dict[str, Any]:
    return template(kind="form", title="检查", settings={"fields": list(fields)})


async def test_set_steps_reaches_staff_in_order_and_retires_what_is_left_out(cast: Cast) -> None:
    class_id = await make_class(cast)
    rep, agent = await cast.phone("rep"), await cast.phone("agent")
    first = template(is_must=True, settings={"kinds": ["shopfront"], "minimum": 2})
    second = template(
        kind="form", title="检查", settings={"fields": [{"key": "faces", "label": "排面", "type": "number"}]}
    )
    await cast.done("manager", "visits.set_steps", class_id=class_id, templates=[first, second])
    await rep.sync()
    rows = rep.rows("step_templates")
    assert rows[first["template_id"]]["settings"] == first["settings"]
    assert (rows[first["template_id"]]["is_must"], rows[second["template_id"]]["is_must"]) == (True, False)
    assert [rows[one["template_id"]]["position"] for one in (first, second)] == [0, 1]
    await cast.done("administrator", "visits.set_steps", class_id=class_id, templates=[second])
    await rep.sync()
    rows = rep.rows("step_templates")
    assert (rows[first["template_id"]]["is_active"], rows[second["template_id"]]["position"]) == (False, 0)
    await assert_stale_equals_fresh(rep)
    await agent.sync()
    assert agent.rows("step_templates") == {}


async def test_set_steps_refuses_nonsense_and_those_who_may_not(cast: Cast) -> None:
    class_id, other_class = await make_class(cast), await make_class(cast)
    known = template()
    await cast.done("manager", "visits.set_steps", class_id=class_id, templates=[known])
    for changed, status, code in (
        ({"class_id": new_id()}, 404, "customers.class_unknown"),
        ({"templates": [known, known]}, 422, "visits.step_twice"),
        ({"class_id": other_class}, 409, "visits.step_elsewhere"),
        ({"templates": [template(kind="order")]}, 422, "invalid"),
        ({"templates": [template(settings={"minimum": "two"})]}, 422, "visits.bad_settings"),
        ({"templates": [template(settings={"minimum": 31})]}, 422, "visits.bad_settings"),
        ({"templates": [template(settings={"minimum": True})]}, 422, "visits.bad_settings"),
        ({"templates": [template(settings={"kinds": ["shelf", 7]})]}, 422, "visits.bad_settings"),
        ({"templates": [template(settings={"source": "gallery"})]}, 422, "visits.bad_settings"),
        ({"templates": [template(title="  ")]}, 422, "visits.title_missing"),
        ({"templates": [template(kind="form")]}, 422, "visits.bad_settings"),
        ({"templates": [form()]}, 422, "visits.bad_settings"),
        ({"templates": [form(field(), field())]}, 422, "visits.bad_settings"),
        ({"templates": [form(field(label=" "))]}, 422, "visits.bad_settings"),
        ({"templates": [form(field(type="colour"))]}, 422, "visits.bad_settings"),
        ({"templates": [form(field(type="choice", choices=[]))]}, 422, "visits.bad_settings"),
        ({"templates": [form(field(is_required="yes"))]}, 422, "visits.bad_settings"),
    ):
        given = {"class_id": class_id, "templates": [known], **changed}
        answer = await cast.do("manager", "visits.set_steps", **given)
        assert (answer.status_code, answer.json()["code"]) == (status, code), changed
    for who in ("rep", "agent", "courier", "clerk"):
        answer = await cast.do(who, "visits.set_steps", class_id=class_id, templates=[])
        assert answer.status_code == 403, who
    phone = await cast.phone("rep")
    assert phone.rows("step_templates")[known["template_id"]]["is_active"] is True


async def test_set_steps_keeps_every_kind_of_field_and_where_pictures_come_from(cast: Cast) -> None:
    class_id = await make_class(cast)
    steps = [
        template(settings={"kinds": ["shelf"], "minimum": 30, "source": "camera"}),
        template(kind="note", title="反馈"),
        form(
            field(),
            field(key="place", type="choice", choices=["端架", "堆头"], is_required=True),
            field(key="full", type="yes_no"),
            field(key="next", type="date"),
            field(key="say", type="text"),
        ),
    ]
    await cast.done("administrator", "visits.set_steps", class_id=class_id, templates=steps)
    rows = (await cast.phone("rep")).rows("step_templates")
    assert [rows[step["template_id"]]["settings"] for step in steps] == [
        step.get("settings", {}) for step in steps
    ]
