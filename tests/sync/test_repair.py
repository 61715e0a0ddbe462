"""What a phone can find out for itself: that its rows are not what the server says they add up to, and that a
picture it was told of has not come yet."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from tests.cast import Cast
from tests.databases import Mould
from tests.make.customers import make_customer
from tests.make.files import make_jpeg, sha256_of, upload
from tests.make.visits import clocks, make_visit
from tests.phone import Phone, assert_stale_equals_fresh


@pytest.fixture
def mould(cast_mould: Mould[Cast]) -> Mould[Cast]:
    """The app with everybody in it, not the engine's own test bed."""
    return cast_mould


def own_digest(phone: Phone) -> dict[str, dict[str, Any]]:
    """What the rows on the phone add up to, by bucket."""
    seqs: dict[str, list[int]] = {bucket: [] for bucket in phone.buckets}
    for held in phone.core.rows.values():
        for bucket, seq in held.b.items():
            seqs.setdefault(bucket, []).append(seq)
    return {bucket: {"n": len(some), "s": str(sum(some) % (2**61 - 1))} for bucket, some in seqs.items()}


async def differing(phone: Phone) -> set[str]:
    """Pull with the question, and compare as a phone does."""
    page = await phone.post("pull", phone.pull_request(want_digest=True))
    phone.take_pull(page)
    assert not page["more"]
    own = own_digest(phone)
    return {bucket for bucket, told in page["digest"].items() if own.get(bucket, {"n": 0, "s": "0"}) != told}


async def read_again(phone: Phone, buckets: set[str]) -> None:
    """Read these from zero and sweep what is not delivered."""
    cursors = {bucket: at for bucket, at in phone.core.cursors.items() if bucket not in buckets}
    page = await phone.post("pull", phone.pull_request(cursors=cursors, resetting=sorted(buckets)))
    assert set(page["reset"]) == buckets
    phone.take_pull(page)


@pytest.mark.parametrize("harm", ["lost", "ghost", "older"])
async def test_rows_changed_behind_the_phones_back_are_noticed_and_put_right(cast: Cast, harm: str) -> None:
    ids = [await make_customer(cast, name=f"店{n}") for n in range(3)]
    away = {"territory_id": cast.territories["south"], "owner_id": None}
    await cast.done("administrator", "customers.assign", customer_id=await make_customer(cast), **away)
    phone = await cast.phone("rep")
    assert await differing(phone) == set(), "nothing is reported of a phone in order"
    key = ("customers", ids[1])
    bucket = f"terr:{cast.territories['north']}"
    if harm == "lost":
        del phone.core.rows[key]
    elif harm == "ghost":
        phone.core.rows["customers", "ghost"] = phone.core.rows[key]
    else:
        phone.core.rows[key].b[bucket] -= 1
    # Own customers stand in one's own bucket too.
    wrong = await differing(phone)
    assert bucket in wrong
    assert wrong <= {bucket, f"user:{cast.people['rep']}"}
    await read_again(phone, wrong)
    assert await differing(phone) == set()
    await assert_stale_equals_fresh(phone)


async def test_a_picture_that_never_comes_is_seen_by_the_manager_and_the_record_stands(cast: Cast) -> None:
    visit_id = await make_visit(cast, await make_customer(cast))
    manager, rep = await cast.phone("manager"), await cast.phone("rep")
    pictures = [make_jpeg(64, 48, seed) for seed in (1, 2)]
    assert (await upload(await cast.client("rep"), pictures[1])).status_code == 200
    taken = now_ms() - 60_000
    ids = [new_id(), new_id()]
    photos = [
        {"photo_id": photo_id, "sha256": sha256_of(one), "kind": "shelf", "taken_at": taken, "size": len(one)}
        for photo_id, one in zip(ids, pictures, strict=True)
    ]
    step = {"step_id": new_id(), "visit_id": visit_id, "kind": "photo", "clocks": clocks()}
    uuid = await rep.do("visits.record_step", {**step, "answers": {}, "photos": photos})
    assert rep.status(uuid) == "applied", "a record never waits for its pictures"
    await manager.sync()
    rows = manager.rows("photos")
    assert [rows[photo_id]["state"] for photo_id in ids] == ["awaited", "stored"]
    assert rows[ids[0]]["taken_at"] == taken, "and since when it is awaited"
    assert step["step_id"] in manager.rows("visit_steps")
    assert (await upload(await cast.client("rep"), pictures[0])).status_code == 200
    for phone in (manager, rep):
        await assert_stale_equals_fresh(phone)
        assert {row["state"] for row in phone.rows("photos").values()} == {"stored"}
