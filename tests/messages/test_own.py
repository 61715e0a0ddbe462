"""messages.read, messages.mute, messages.set_quiet_hours: each about nobody's messages but one's own."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, now_ms
from roundsman.messages import rules
from roundsman.messages.commands import Told, tell_each
from roundsman.messages.jobs import KEPT_FOR, forget_old
from tests.cast import Cast
from tests.phone import assert_stale_equals_fresh


async def told(cast: Cast, name: str, *keys: str, at: int | None = None) -> list[str]:
    """Tell somebody so many things; their ids."""
    async with db.unit_of_work():
        await tell_each(
            [Told(cast.people[name], "comment", "/x", key) for key in keys], now_ms() if at is None else at
        )
    rows = await db.fetch("SELECT id, key FROM messages WHERE person_id = $1", cast.people[name])
    ids = {row["key"]: row["id"] for row in rows}
    return [ids[key] for key in keys]


async def unread(cast: Cast, name: str) -> set[str]:
    sql = "SELECT key FROM messages WHERE person_id = $1 AND read_at IS NULL"
    return {row["key"] for row in await db.fetch(sql, cast.people[name])}


async def test_read_marks_those_named_and_all_up_to_a_moment(cast: Cast) -> None:
    phone = await cast.phone("rep")
    now = now_ms()
    first, _ = await told(cast, "rep", "a", "b", at=now - 5_000)
    await told(cast, "rep", "c", at=now - 1_000)
    await cast.done("rep", "messages.read", message_ids=[first, new_id()])
    assert await unread(cast, "rep") == {"b", "c"}
    read_at = await db.fetch_value("SELECT read_at FROM messages WHERE id = $1", first)
    await cast.done("rep", "messages.read", up_to=now - 5_000)
    assert await unread(cast, "rep") == {"c"}
    assert await db.fetch_value("SELECT read_at FROM messages WHERE id = $1", first) == read_at, "read once"
    await phone.sync()
    assert {row["read_at"] is None for row in phone.rows("messages").values()} == {True, False}
    await assert_stale_equals_fresh(phone)


async def test_nobody_reads_or_sees_the_messages_of_another(cast: Cast) -> None:
    (message_id,) = await told(cast, "rep", "a")
    for name in ("stranger", "manager", "administrator"):
        await cast.done(name, "messages.read", message_ids=[message_id], up_to=now_ms() + DAY)
        assert (await cast.phone(name)).rows("messages") == {}
    assert await unread(cast, "rep") == {"a"}
    assert set((await cast.phone("rep")).rows("messages")) == {message_id}


async def test_read_by_a_phone_that_was_offline(cast: Cast) -> None:
    (message_id,) = await told(cast, "rep", "a")
    phone = await cast.phone("rep")
    uuid = phone.act("messages.read", {"message_ids": [message_id]})
    await phone.sync()
    assert phone.status(uuid) == "applied"
    assert await unread(cast, "rep") == set()
    await assert_stale_equals_fresh(phone)


async def test_mute_and_quiet_hours_are_ones_own_and_leave_each_other_alone(cast: Cast) -> None:
    phone = await cast.phone("rep")
    await cast.done("rep", "messages.mute", kind="order_moved", is_muted=True)
    await cast.done("rep", "messages.set_quiet_hours", quiet_from=22 * 60, quiet_until=7 * 60)
    await cast.done("rep", "messages.mute", kind="comment", is_muted=True)
    await cast.done("rep", "messages.mute", kind="order_moved", is_muted=False)
    await phone.sync()
    (row,) = phone.rows("message_settings").values()
    assert row == {
        "id": cast.people["rep"],
        "muted": ["comment"],
        "quiet_from": 1320,
        "quiet_until": 420,
    }
    assert (await cast.phone("manager")).rows("message_settings") == {}
    await cast.done("rep", "messages.set_quiet_hours")
    await phone.sync()
    (row,) = phone.rows("message_settings").values()
    assert (row["muted"], row["quiet_from"], row["quiet_until"]) == (["comment"], None, None)
    await assert_stale_equals_fresh(phone)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"quiet_from": 60}, "messages.half_quiet_hours"),
        ({"quiet_from": 60, "quiet_until": 60}, "messages.empty_quiet_hours"),
        ({"quiet_from": 1440, "quiet_until": 60}, "invalid"),
    ],
)
async def test_set_quiet_hours_refuses_what_are_no_hours(cast: Cast, args: Any, code: str) -> None:
    answer = await cast.do("rep", "messages.set_quiet_hours", **args)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert await db.fetch("SELECT * FROM message_settings") == []


async def test_old_messages_are_forgotten(cast: Cast) -> None:
    now = now_ms()
    await told(cast, "rep", "old", at=now - KEPT_FOR - 1)
    await told(cast, "rep", "new", at=now)
    async with db.unit_of_work():
        assert await forget_old(now) == 1
    assert await unread(cast, "rep") == {"new"}


@pytest.mark.parametrize(
    ("minute", "hours", "left"),
    [
        (0, (None, None), 0),
        (1319, (1320, 420), 0),
        (1320, (1320, 420), 540),
        (419, (1320, 420), 1),
        (420, (1320, 420), 0),
        (780, (720, 840), 60),
        (840, (720, 840), 0),
    ],
)
def test_quiet_hours(minute: int, hours: tuple[int | None, int | None], left: int) -> None:
    assert rules.minutes_of_quiet_left(minute, *hours) == left
    assert rules.is_quiet(minute, *hours) is (left > 0)
