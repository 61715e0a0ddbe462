"""GET /api/visits: the office's list, in the reach of whoever asks."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core.ids import new_id
from roundsman.core.times import DAY, MINUTE, day_on, now_ms
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.visits import clocks, make_visit


async def list_of(cast: Cast, who: str, **query: Any) -> dict[str, Any]:
    answer = await (await cast.client(who)).get("/api/visits", params=query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def ids_of(cast: Cast, who: str, **query: Any) -> list[str]:
    return [row["id"] for row in (await list_of(cast, who, **query))["rows"]]


async def finished(cast: Cast, customer_id: str, at: int, who: str = "rep") -> str:
    visit_id = await make_visit(cast, customer_id, who, clocks=clocks(at))
    await cast.done(who, "visits.check_out", visit_id=visit_id, clocks=clocks(at + MINUTE))
    return visit_id


async def test_visits_are_ones_own_and_ones_teams(cast: Cast) -> None:
    now = now_ms()
    mine = await finished(cast, await make_customer(cast), now - 2 * DAY)
    photo = {"photo_id": new_id(), "sha256": "a" * 64, "kind": "shelf", "taken_at": now, "size": 10}
    today = await make_visit(cast, await make_customer(cast, name="乙店"), clocks=clocks(now - 5 * MINUTE))
    step = {"step_id": new_id(), "visit_id": today, "kind": "photo", "photos": [photo], "clocks": clocks()}
    await cast.done("rep", "visits.record_step", **step)
    south = await finished(cast, await make_customer(cast, "other_rep", "south"), now - 3 * DAY, "other_rep")
    west = await finished(cast, await make_customer(cast, "stranger", "west"), now - DAY, "stranger")
    for who, expected in {
        "rep": [today, mine],
        "other_rep": [south],
        "stranger": [west],
        "manager": [today, mine, south],
        "administrator": [today, west, mine, south],
        "clerk": [],
        "agent": [],
        "courier": [],
    }.items():
        assert await ids_of(cast, who) == expected, who
    for who in ("stranger", "other_rep", "agent"):
        assert await ids_of(cast, who, person=cast.people["rep"]) == []
    assert await ids_of(cast, "manager", person=cast.people["rep"], day=day_on(now - 2 * DAY)) == [mine]
    assert await ids_of(cast, "manager", person=new_id()) == []
    first = (await list_of(cast, "manager"))["rows"][0]
    assert (first["person_name"], first["customer_name"], first["state"]) == ("Rep", "乙店", "open")
    assert (first["step_count"], first["photo_count"], first["is_planned"], first["flags"]) == (
        1,
        1,
        False,
        [],
    )
    assert first["begun_at"] == first["checked_in_at"] == now - 5 * MINUTE


async def test_visits_come_page_by_page(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    at = now_ms() - 5 * DAY
    expected = []
    for number in range(5):
        args = {"visit_id": new_id(), "customer_id": customer_id, "day_on": day_on(at), "reason": "关门"}
        await cast.done("rep", "visits.skip", **args)
        expected.append(args["visit_id"])
        expected.append(await finished(cast, customer_id, at + number * MINUTE))
    got: list[str] = []
    after = None
    for _ in range(10):
        page = await list_of(cast, "manager", limit=3, **({"after": after} if after else {}))
        assert len(page["rows"]) <= 3
        got += [row["id"] for row in page["rows"]]
        after = page["next"]
        if after is None:
            break
    assert sorted(got) == sorted(expected)
    assert got == await ids_of(cast, "manager")


@pytest.mark.parametrize(
    "query",
    [{"day": "2026-02-30"}, {"day": "x"}, {"person": "x"}, {"after": "x"}, {"limit": 0}, {"limit": 501}],
)
async def test_visits_refuse_a_query_that_makes_no_sense(cast: Cast, query: dict[str, Any]) -> None:
    answer = await (await cast.client("manager")).get("/api/visits", params=query)
    assert answer.status_code == 422, answer.text


async def test_visits_are_for_those_signed_in(cast: Cast) -> None:
    assert (await cast.anybody().get("/api/visits")).status_code == 401
