"""customers.set_class: how strictly a check-in at a kind of customer is judged."""

from __future__ import annotations

from tests.cast import Cast
from tests.make.customers import make_class


async def test_set_class_reaches_staff_and_not_agents(cast: Cast) -> None:
    class_id = await make_class(cast, geofence="hard", radius_m=300)
    rep, agent = await cast.phone("rep"), await cast.phone("agent")
    assert rep.rows("customer_classes")[class_id]["geofence"] == "hard"
    assert agent.rows("customer_classes") == {}
    await cast.done("manager", "customers.set_class", class_id=class_id, name="Other", radius_m=50)
    await rep.sync()
    assert rep.rows("customer_classes")[class_id]["radius_m"] == 50


async def test_set_class_is_not_a_reps_and_refuses_nonsense(cast: Cast) -> None:
    class_id = await make_class(cast)
    assert (await cast.do("rep", "customers.set_class", class_id=class_id, name="x")).status_code == 403
    for bad in ({"geofence": "soft"}, {"radius_m": 0}, {"name": "  "}):
        answer = await cast.do(
            "administrator", "customers.set_class", **{"class_id": class_id, "name": "x", **bad}
        )
        assert answer.status_code == 422, bad
