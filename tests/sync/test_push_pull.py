"""Commands up, rows down: the plain way of a tap, and what a phone sees afterwards."""

from roundsman.core.ids import new_id
from tests.phone import assert_stale_equals_fresh
from tests.sync.world import World


async def test_a_command_comes_back_as_a_row(world: World) -> None:
    await world.give("wang", "north")
    phone, other = world.phone("wang"), world.phone("wang")
    await other.pull()
    note = new_id()
    uuid = await phone.do("notes.add", {"note_id": note, "territory_id": "north", "body": "你好"}, version=2)
    assert phone.status(uuid) == "applied"
    assert phone.answer(uuid) == {"note_id": note}
    assert not phone.core.outbox
    expected = {
        "id": note,
        "territory_id": "north",
        "author_id": "wang",
        "body": "你好",
        "is_pinned": False,
        "extra": {},
        "rank": 0,
    }
    assert phone.rows("notes") == {note: expected}
    await assert_stale_equals_fresh(other)
    assert other.rows("notes") == {note: expected}
