"""A store that is gone with work in it: how much of it is known, and that an administrator sees it."""

from typing import Any

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import FixedClock, use_clock
from roundsman.sync.collection import REPORTS_KEPT, collect_reports
from tests.phone import Phone
from tests.sync.world import World

ADD = "notes.add"


async def a_phone_that_waits(world: World, commands: int, blobs: int) -> Phone:
    """It told how much it holds, sent one of it, and then its storage was cleared; the cookies are still there."""
    await world.give("wang", "north")
    phone = world.phone("wang")
    await phone.pull()
    for _ in range(commands + 1):
        phone.act(ADD, {"note_id": new_id(), "territory_id": "north", "body": "x"}, version=2)
    phone.batch = 1
    request = phone.push_request()
    assert request is not None
    assert request["outbox"]["depth"] == commands + 1, "what is sent is still in the outbox"
    request["outbox"]["blobs"] = blobs
    await phone.post("push", request)
    return Phone(phone.client, phone.tables, person="wang")


async def greeted(reborn: Phone, lost: dict[str, int] | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {"replica": None, "schema": 1}
    if lost is not None:
        told["lost"] = lost
    welcome: dict[str, Any] = await reborn.post("hello", told)
    return welcome


async def test_pictures_that_waited_alone_are_a_loss_too(world: World) -> None:
    reborn = await a_phone_that_waits(world, commands=0, blobs=2)
    assert (await greeted(reborn))["suspected_loss"]["count"] == 2


async def test_what_was_recorded_without_a_signal_is_counted_by_what_the_phone_still_knows(
    world: World,
) -> None:
    reborn = await a_phone_that_waits(world, commands=1, blobs=0)
    assert (await greeted(reborn, {"outbox_depth_last_known": 7}))["suspected_loss"]["count"] == 7


async def test_a_store_cleared_with_nothing_in_it_is_no_loss(world: World) -> None:
    reborn = await a_phone_that_waits(world, commands=0, blobs=0)
    assert "suspected_loss" not in await greeted(reborn, {"outbox_depth_last_known": 0})


async def test_a_phone_that_did_not_hear_of_its_loss_is_told_again_and_it_is_one_loss(world: World) -> None:
    reborn = await a_phone_that_waits(world, commands=2, blobs=0)
    first = await greeted(reborn, {"outbox_depth_last_known": 2})
    for _ in range(2):
        # The answer came, with its cookie; the page was closed before anything of it was kept.
        again = await greeted(reborn, {"outbox_depth_last_known": 2})
        assert again["suspected_loss"] == first["suspected_loss"]
        assert again["replica"] != first["replica"]
    losses = (await world.client("boss").get("/api/sync/reports", params={"kind": "suspected_loss"})).json()[
        "rows"
    ]
    assert [row["body"]["count"] for row in losses] == [2]


async def losses_of(world: World, person: str) -> list[int]:
    """What an administrator is shown."""
    answer = await world.client("boss").get("/api/sync/reports", params={"kind": "suspected_loss"})
    return [row["body"]["count"] for row in answer.json()["rows"] if row["person_id"] == person]


async def test_on_a_phone_somebody_else_used_since_the_loss_is_reported_too(world: World) -> None:
    """The cookie names the other one's store; the person is told that the administrator knows."""
    reborn = await a_phone_that_waits(world, commands=0, blobs=0)
    (cookie,) = [one for one in reborn.client.cookies.jar if one.name.endswith("roundsman_replica")]
    li = world.phone("li")
    await li.pull()
    (others,) = [one for one in li.client.cookies.jar if one.name == cookie.name]
    reborn.client.cookies.jar.set_cookie(others)
    for _ in range(2):
        await greeted(reborn, {"outbox_depth_last_known": 4})
    assert await losses_of(world, "wang") == [4]
    assert await losses_of(world, "li") == []
    status = "SELECT status FROM sync_replica WHERE id = $1"
    assert await db.fetch_value(status, li.replica) == "active"


async def test_without_a_cookie_the_loss_is_reported_too(world: World) -> None:
    reborn = world.phone("wang")
    assert "suspected_loss" not in await greeted(reborn, {"outbox_depth_last_known": 4})
    assert await losses_of(world, "wang") == [4]


async def test_a_loss_whose_answer_did_not_come_is_reported_once(world: World) -> None:
    reborn = await a_phone_that_waits(world, commands=1, blobs=0)
    cookies = list(reborn.client.cookies.jar)
    first = await greeted(reborn, {"outbox_depth_last_known": 2})
    for cookie in cookies:
        reborn.client.cookies.jar.set_cookie(cookie)
    again = await greeted(reborn, {"outbox_depth_last_known": 2})
    assert again["suspected_loss"] == first["suspected_loss"]
    assert await losses_of(world, "wang") == [2]


async def test_old_reports_are_forgotten_and_the_last_of_a_kind_is_looked_up(world: World) -> None:
    with use_clock(FixedClock(1_790_000_000_000)) as clock:
        assert isinstance(clock, FixedClock)
        phone = world.phone("wang")
        await phone.pull()
        for kind in ("quota", "suspected_loss"):
            await phone.client.post("/api/sync/report", json={"kind": kind, "body": {}})
            clock.advance(REPORTS_KEPT // 2)
        await phone.client.post("/api/sync/report", json={"kind": "quota", "body": []})
        clock.advance(1)
        assert await collect_reports() == 1
        assert await collect_reports() == 0
    left = await db.fetch("SELECT kind FROM sync_report ORDER BY received_at")
    assert [row["kind"] for row in left] == ["suspected_loss", "quota"]
    indexes = {
        "sqlite": "SELECT sql FROM sqlite_schema WHERE tbl_name = 'sync_report' AND type = 'index'",
        "postgres": "SELECT indexdef AS sql FROM pg_indexes WHERE tablename = 'sync_report'",
    }
    made = await db.fetch(indexes[db.current().dialect])
    assert any("(person_id, kind, received_at, id)" in (row["sql"] or "") for row in made)
    # A report that anybody may send under that name says nothing of his next store.
    assert (await greeted(phone, {"outbox_depth_last_known": 1})).get("suspected_loss", {}).get("count") == 1


async def test_an_administrator_sees_whose_work_may_be_lost_and_how_much(world: World) -> None:
    reborn = await a_phone_that_waits(world, commands=3, blobs=1)
    welcome = await greeted(reborn)
    await reborn.client.post("/api/sync/report", json={"kind": "quota", "body": {"used": 1}})
    boss = world.client("boss")
    losses = (await boss.get("/api/sync/reports", params={"kind": "suspected_loss"})).json()["rows"]
    assert [(row["person_id"], row["body"]["count"]) for row in losses] == [("wang", 4)]
    assert losses[0]["replica_id"] == welcome["suspected_loss"]["replica"]
    every = (await boss.get("/api/sync/reports", params={"limit": 1})).json()
    assert [row["kind"] for row in every["rows"]] == ["quota"]
    rest = (await boss.get("/api/sync/reports", params={"after": every["next"]})).json()["rows"]
    assert [row["kind"] for row in rest] == ["suspected_loss"]
    assert (await reborn.client.get("/api/sync/reports")).status_code == 403
