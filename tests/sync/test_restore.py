"""The server loses: a database is put back as it was yesterday, with or without a word, and everything that was
acknowledged since comes back from the phones exactly once. Through the whole app's door, with its real domains."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.sync.restores import HISTORIES, Witness
from tests.cast import Cast, the_app
from tests.databases import Mould
from tests.make.customers import make_class, make_customer
from tests.make.files import make_jpeg, sha256_of, upload
from tests.make.visits import check_in, clocks, fix
from tests.phone import Phone, assert_stale_equals_fresh
from tests.yesterday import Yesterday, start_again


@pytest.fixture
def mould(cast_mould: Mould[Cast]) -> Mould[Cast]:
    """These tests have the whole cast, not the notes of their neighbours."""
    return cast_mould


def the_witness() -> Witness:
    """What a serving process runs every few seconds."""
    return Witness(the_app().state.config.data_folder / HISTORIES)


@pytest.fixture
async def yesterday(cast: Cast, tmp_path: Path, server_url: str) -> Yesterday:
    return Yesterday(cast, tmp_path, server_url)


class Day:
    """People at work: what each did is told by `ids`, to be found again exactly once."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.ids: dict[str, list[str]] = {"customers": [], "visits": [], "visit_steps": [], "photos": []}
        self.uuids: list[str] = []
        self.pictures: dict[str, bytes] = {}

    def customer(self, phone: Phone, where: str) -> str:
        """A new shop; its id."""
        id = new_id()
        args = {
            "customer_id": id,
            "name": f"店 {len(self.uuids)}",
            "territory_id": self.cast.territories[where],
        }
        self.uuids.append(phone.act("customers.add", args))
        self.ids["customers"].append(id)
        return id

    def visit(self, phone: Phone, customer_id: str) -> None:
        """A whole visit with a photo."""
        begin = check_in(customer_id)
        picture = make_jpeg(320, 240, seed=len(self.uuids))
        photo = {
            "photo_id": new_id(),
            "sha256": sha256_of(picture),
            "kind": "shelf",
            "taken_at": begin["fix"]["taken_at"],
            "size": len(picture),
        }
        step: dict[str, Any] = {
            "step_id": new_id(),
            "visit_id": begin["visit_id"],
            "kind": "photo",
            "title": "货架",
            "clocks": clocks(),
            "photos": [photo],
        }
        first = phone.act("visits.check_in", begin)
        second = phone.act("visits.record_step", step, deps=[first])
        end = {"visit_id": begin["visit_id"], "clocks": clocks(), "fix": fix()}
        self.uuids += [first, second, phone.act("visits.check_out", end, deps=[first])]
        self.ids["visits"].append(begin["visit_id"])
        self.ids["visit_steps"].append(step["step_id"])
        self.ids["photos"].append(photo["photo_id"])
        self.pictures[photo["photo_id"]] = picture

    async def send_pictures(self, phone: Phone) -> None:
        """Upload what this phone took and the server awaits."""
        for id, row in phone.rows("photos").items():
            if row["state"] == "awaited" and id in self.pictures:
                answer = await upload(phone.client, self.pictures[id])
                assert answer.status_code == 200, answer.text

    async def is_all_there_once(self) -> None:
        """Every thing is one row, every command was decided once, and every picture is stored."""
        for table, ids in self.ids.items():
            rows = await db.fetch(f"SELECT id FROM {table} WHERE id {db.any_of('$1')}", ids)
            assert sorted(row["id"] for row in rows) == sorted(ids), table
        rows = await db.fetch(
            f"SELECT uuid, status FROM sync_command WHERE uuid {db.any_of('$1')}", self.uuids
        )
        assert {row["uuid"]: row["status"] for row in rows} == dict.fromkeys(self.uuids, "applied")
        doubled = await db.fetch(
            "SELECT visit_id FROM visit_steps GROUP BY visit_id, title HAVING count(*) > 1"
        )
        assert doubled == []
        stored = await db.fetch("SELECT id, state FROM photos")
        assert {row["id"]: row["state"] for row in stored} == dict.fromkeys(self.ids["photos"], "stored")


HOW = ["rotated", "noticed at the start", "noticed by a phone"]


@pytest.mark.parametrize("how", HOW)
async def test_what_was_acknowledged_since_the_backup_comes_back_once(
    cast: Cast, yesterday: Yesterday, how: str
) -> None:
    from roundsman.sync.collection import rotate_epoch

    day = Day(cast)
    await make_class(cast)
    shop = await make_customer(cast)
    rep, other, boss = [await cast.phone(name) for name in ("rep", "other_rep", "manager")]
    day.visit(rep, shop)
    day.customer(other, "south")
    for phone in (rep, other, boss):
        await phone.sync()
    await day.send_pictures(rep)
    await rep.sync()

    await yesterday.keep()
    before = await db.fetch_value("SELECT epoch FROM sync_meta")
    # A phone the copy has never heard of, too.
    second = await cast.phone("rep")
    day.visit(rep, day.customer(rep, "north"))
    day.customer(other, "south")
    day.customer(second, "north")
    for phone in (rep, other, second):
        await phone.sync()
    await day.send_pictures(rep)
    for phone in (rep, other, second, boss):
        await phone.sync()
    assert set(day.ids["customers"]) <= set(boss.rows("customers"))
    day.customer(rep, "north")
    if how == "noticed at the start":
        await the_witness().note()

    await yesterday.put_back()
    if how == "rotated":
        await rotate_epoch()
    rotated = await db.fetch_value("SELECT epoch FROM sync_meta") != before
    assert rotated == (how != "noticed by a phone")

    phones = [rep, other, second, boss]
    if how == "noticed by a phone":
        # The new history overtakes what the others know before they come back.
        for _ in range(40):
            await make_customer(cast, "stranger", "west")
        phones = [rep, boss, second, other]
        await rep.pull()
        assert await db.fetch_value("SELECT epoch FROM sync_meta") != before
    for phone in phones:
        await phone.sync()
        await phone.sync()
    await day.send_pictures(rep)
    for phone in phones:
        await phone.sync()

    await day.is_all_there_once()
    for phone in phones:
        assert not phone.core.outbox
        assert not phone.core.issues
        await assert_stale_equals_fresh(phone)
    assert set(day.ids["customers"]) <= set(boss.rows("customers"))
    assert set(day.ids["visits"]) <= set(boss.rows("visits"))


async def test_a_phone_whose_number_is_ahead_is_believed(cast: Cast, yesterday: Yesterday) -> None:
    """Its cursors were overtaken, its numbers were not."""
    day = Day(cast)
    rep = await cast.phone("rep")
    await yesterday.keep()
    day.customer(rep, "north")
    await rep.sync()
    await yesterday.put_back()
    for _ in range(5):
        await make_customer(cast, "stranger", "west")
    head = await db.fetch_value("SELECT max(seq) FROM sync_feed")
    assert head > rep.core.head
    await rep.sync()
    await rep.sync()
    await day.is_all_there_once()
    await assert_stale_equals_fresh(rep)


async def test_a_database_that_only_went_on_keeps_its_history(cast: Cast) -> None:
    before = await db.fetch_value("SELECT epoch FROM sync_meta")
    await the_witness().note()
    await make_customer(cast)
    await start_again_after_close(cast)
    assert await db.fetch_value("SELECT epoch FROM sync_meta") == before


async def start_again_after_close(cast: Cast) -> None:
    """A plain restart."""
    await cast.database.close()
    await start_again(cast.database)


async def test_a_witness_that_cannot_be_read_or_written_stops_nobody(cast: Cast, tmp_path: Path) -> None:
    before = await db.fetch_value("SELECT epoch FROM sync_meta")
    (tmp_path / "file").write_text("x")
    barred = Witness(tmp_path / "file" / "folder")
    await barred.note()
    await barred.compare()
    torn = Witness(tmp_path / "torn")
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / before).write_text("")
    await torn.compare()
    assert await db.fetch_value("SELECT epoch FROM sync_meta") == before
    await torn.note()
    assert int((tmp_path / "torn" / before).read_text()) > 0
