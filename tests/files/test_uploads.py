"""The upload lane as a bad network treats it: parts lost, doubled, out of order, damaged, by several at once."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Iterator

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, FixedClock, now_ms, use_clock
from roundsman.files import rules, uploads
from roundsman.files.commands import ExpectedPhoto, expect_photos
from roundsman.files.jobs import collect_unreferenced
from roundsman.files.storage import Storage, part_name, picture_name, storage_at
from tests.cast import Cast, the_app
from tests.make.files import (
    PART_SIZE,
    complete,
    make_jpeg,
    make_photo,
    offer,
    parts_of,
    send_part,
    sha256_of,
    upload,
)

CONTENT = make_jpeg()
SHA = sha256_of(CONTENT)
PARTS = parts_of(CONTENT)
assert len(PARTS) >= 3


@pytest.fixture
def clock() -> Iterator[FixedClock]:
    clock = FixedClock(now_ms())
    with use_clock(clock):
        yield clock


def the_storage() -> Storage:
    return storage_at(the_app().state.config.default_photos_url)


async def states(photo_id: str) -> str:
    return str(await db.fetch_value("SELECT state FROM photos WHERE id = $1", photo_id))


async def test_a_photo_arrives_part_by_part(cast: Cast) -> None:
    client = await cast.client("rep")
    assert (await offer(client, CONTENT)).json() == {"state": "partial", "have": []}
    for n, part in enumerate(PARTS):
        assert (await send_part(client, SHA, n, part)).status_code == 204
        assert (await offer(client, CONTENT)).json()["have"] == list(range(n + 1))
    answer = await complete(client, SHA)
    assert (answer.status_code, answer.json()["state"]) == (200, "complete")
    assert (await offer(client, CONTENT)).json()["state"] == "complete"
    row = await db.fetch_one("SELECT * FROM blobs")
    assert row is not None
    assert (row["state"], row["format"], row["width"], row["height"]) == ("complete", "JPEG", 640, 480)
    assert await the_storage().find(picture_name(row["id"], "original")) == CONTENT
    assert await the_storage().find(part_name(row["id"], 0)) is None


async def test_nothing_is_taken_of_one_person_under_the_session_of_another(cast: Cast) -> None:
    """I20: the photos of whoever left the phone locked, while the next is signed in there already."""
    client = await cast.client("other_rep")
    await offer(client, CONTENT)
    for n, part in enumerate(PARTS):
        await send_part(client, SHA, n, part)
    before = await db.fetch_one("SELECT * FROM blobs")
    client.headers["x-person-id"] = cast.people["rep"]
    for answer in (
        await offer(client, CONTENT),
        await send_part(client, SHA, 0, PARTS[0]),
        await complete(client, SHA),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "sync.other_person")
    assert await db.fetch_one("SELECT * FROM blobs") == before
    client.headers["x-person-id"] = cast.people["other_rep"]
    assert (await upload(client, CONTENT)).status_code == 200


@pytest.mark.parametrize("seed", range(4))
async def test_any_order_any_repetition_any_loss(cast: Cast, seed: int) -> None:
    client = await cast.client("rep")
    chance = random.Random(seed)
    await offer(client, CONTENT)
    for _ in range(200):
        n = chance.randrange(len(PARTS))
        deed = chance.random()
        if deed < 0.2:
            damaged = bytes([PARTS[n][0] ^ 1]) + PARTS[n][1:]
            good = await send_part(client, SHA, n, PARTS[n])
            assert good.status_code == 204
            digest = hashlib.sha256(PARTS[n]).digest()
            answer = await send_part(client, SHA, n, damaged, digest=digest)
            assert (answer.status_code, answer.json()["code"]) == (422, "files.part_corrupt")
        elif deed < 0.4:
            answer = await complete(client, SHA)
            if answer.status_code == 200:
                break
            assert answer.json()["code"] == "files.parts_bad"
            assert answer.json()["details"]["bad"]
        elif deed < 0.5:
            await offer(client, CONTENT)
        else:
            assert (await send_part(client, SHA, n, PARTS[n])).status_code == 204
    assert (await upload(client, CONTENT)).status_code == 200
    blob = await db.fetch_one("SELECT * FROM blobs")
    assert blob is not None
    assert await the_storage().find(picture_name(blob["id"], "original")) == CONTENT


async def test_parts_that_are_each_right_but_wrong_together_are_all_asked_for_again(cast: Cast) -> None:
    client = await cast.client("rep")
    await offer(client, CONTENT)
    other = make_jpeg(seed=1)[: len(PARTS[1])]
    for n, part in enumerate(PARTS):
        await send_part(client, SHA, n, other if n == 1 else part)
    answer = await complete(client, SHA)
    assert answer.status_code == 422
    assert answer.json()["code"] == "files.parts_bad"
    assert answer.json()["details"]["bad"] == list(range(len(PARTS)))
    assert (await upload(client, CONTENT)).status_code == 200


async def test_a_part_that_vanished_from_the_store_is_asked_for_again(cast: Cast) -> None:
    client = await cast.client("rep")
    await offer(client, CONTENT)
    for n, part in enumerate(PARTS):
        await send_part(client, SHA, n, part)
    blob_id = await db.fetch_value("SELECT id FROM blobs")
    await the_storage().delete([part_name(blob_id, 1)])
    assert (await complete(client, SHA)).json()["details"]["bad"] == [1]
    await send_part(client, SHA, 1, PARTS[1])
    assert (await complete(client, SHA)).status_code == 200


async def test_many_workers_take_parts_and_complete_at_once(cast: Cast) -> None:
    client = await cast.client("rep")
    photo = await make_photo(cast.people["rep"], cast.territories["north"], CONTENT)
    await offer(client, CONTENT)
    sent = await asyncio.gather(
        *(send_part(client, SHA, n, part) for _ in range(3) for n, part in enumerate(PARTS))
    )
    assert {answer.status_code for answer in sent} == {204}
    done = await asyncio.gather(*(complete(client, SHA) for _ in range(4)))
    assert {answer.status_code for answer in done} == {200}, [answer.text for answer in done]
    assert await states(photo) == "stored"


@pytest.mark.parametrize(
    ("n", "part", "code"),
    [
        (len(PARTS), b"x", "files.part_unknown"),
        (10**12, b"x", "files.part_unknown"),
        (0, PARTS[0][:-1], "files.part_length"),
        (0, PARTS[0] + b"x", "files.part_length"),
        (len(PARTS) - 1, PARTS[0], "files.part_length"),
    ],
)
async def test_parts_that_do_not_belong_are_refused(cast: Cast, n: int, part: bytes, code: str) -> None:
    client = await cast.client("rep")
    await offer(client, CONTENT)
    answer = await send_part(client, SHA, n, part)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_part_needs_a_digest(cast: Cast) -> None:
    client = await cast.client("rep")
    await offer(client, CONTENT)
    url = f"/api/files/blobs/{SHA}/0"
    for headers in ({}, {"content-digest": "md5=:AAAA:"}, {"x-content-sha256": "zz"}):
        answer = await client.put(url, content=PARTS[0], headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "files.digest_missing")
    good = await client.put(url, content=PARTS[0], headers={"x-content-sha256": sha256_of(PARTS[0])})
    assert good.status_code == 204


async def test_offers_out_of_bounds_are_refused(cast: Cast) -> None:
    client = await cast.client("rep")

    async def code(size: int, part_size: int, sha256: str = SHA) -> str:
        answer = await client.post(
            "/api/files/blobs", json={"sha256": sha256, "size": size, "mime": "", "part_size": part_size}
        )
        assert answer.status_code == 422, answer.text
        return str(answer.json()["code"])

    assert await code(rules.SIZE_MAX + 1, 262_144) == "files.too_large"
    assert await code(1_000_000, 1000) == "files.part_size"
    assert await code(1_000_000, 2_000_000) == "files.part_size"
    assert await code(rules.SIZE_MAX, 65_536) == "files.part_size"
    assert await code(1000, 1000, SHA.upper()) == "invalid"
    assert await code(1000, 1000, "../../etc/passwd") == "invalid"
    assert await code(0, 1000) == "invalid"


async def test_a_part_beyond_the_limit_is_not_even_read(cast: Cast) -> None:
    client = await cast.client("rep")
    await offer(client, CONTENT)
    answer = await send_part(client, SHA, 0, bytes(rules.PART_SIZE_MAX + 1))
    assert answer.status_code == 413


async def test_another_part_size_starts_afresh(cast: Cast) -> None:
    client = await cast.client("rep")
    await offer(client, CONTENT)
    await send_part(client, SHA, 0, PARTS[0])
    assert (await offer(client, CONTENT, 131_072)).json() == {"state": "partial", "have": []}
    assert (await upload(client, CONTENT, 131_072)).status_code == 200


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"#!/bin/sh\necho not a picture\n", "files.not_a_picture"),
        (CONTENT[: len(CONTENT) // 2], "files.picture_broken"),
        (b"GIF89a" + bytes(100), "files.format_unknown"),
    ],
)
async def test_what_is_no_usable_photo_is_refused_for_good(cast: Cast, content: bytes, code: str) -> None:
    client = await cast.client("rep")
    photo = await make_photo(cast.people["rep"], cast.territories["north"], content)
    for _ in range(2):
        answer = await upload(client, content)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    row = await db.fetch_one("SELECT state, refused_code FROM photos WHERE id = $1", photo)
    assert row == {"state": "refused", "refused_code": code}


async def test_nobody_learns_what_another_has_uploaded(cast: Cast) -> None:
    rep, stranger = await cast.client("rep"), await cast.client("stranger")
    assert (await upload(rep, CONTENT)).status_code == 200
    never = "0" * 64
    for sha256 in (SHA, never):
        answer = await complete(stranger, sha256)
        assert (answer.status_code, answer.json()["code"]) == (404, "files.blob_unknown")
        answer = await send_part(stranger, sha256, 0, PARTS[0])
        assert (answer.status_code, answer.json()["code"]) == (404, "files.blob_unknown")
    assert (await offer(stranger, CONTENT)).json() == {"state": "partial", "have": []}
    assert (await upload(stranger, CONTENT)).status_code == 200


async def test_a_day_has_a_quota(cast: Cast, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "BYTES_A_DAY_MAX", len(CONTENT) + 10)
    client = await cast.client("rep")
    assert (await offer(client, CONTENT)).status_code == 200
    other = make_jpeg(seed=2)
    answer = await offer(client, other)
    assert (answer.status_code, answer.json()["code"]) == (503, "files.too_much")
    assert answer.headers["retry-after"]
    assert (await offer(client, CONTENT)).status_code == 200
    assert (await offer(await cast.client("other_rep"), other)).status_code == 200
    clock.advance(DAY + 1)
    assert (await offer(client, other)).status_code == 200


# -- records and their photos ------------------------------------------------------------------------------


async def expect(
    cast: Cast, name: str, content: bytes, owner_id: str, photo_id: str | None = None
) -> tuple[str, bool]:
    photo_id = photo_id or new_id()
    photo = ExpectedPhoto(
        photo_id=photo_id, sha256=sha256_of(content), kind="shelf", taken_at=now_ms(), size=len(content)
    )
    async with db.unit_of_work():
        is_reused = await expect_photos(
            await cast.ctx(name),
            owner_table="visit_steps",
            owner_id=owner_id,
            territory_id=cast.territories["north"],
            month="202603",
            photos=[photo],
        )
    return photo_id, is_reused


async def test_the_record_first_the_bytes_later(cast: Cast) -> None:
    photo_id, is_reused = await expect(cast, "rep", CONTENT, new_id())
    assert not is_reused
    assert await states(photo_id) == "awaited"
    await upload(await cast.client("rep"), CONTENT)
    row = await db.fetch_one("SELECT state, width, height, stored_at FROM photos WHERE id = $1", photo_id)
    assert row is not None
    assert (row["state"], row["width"], row["height"]) == ("stored", 640, 480)
    assert row["stored_at"]


async def test_the_bytes_first_the_record_later(cast: Cast) -> None:
    await upload(await cast.client("rep"), CONTENT)
    photo_id, _ = await expect(cast, "rep", CONTENT, new_id())
    assert await states(photo_id) == "stored"


async def test_the_same_picture_under_two_records_is_one_blob_two_photos_and_noticed(cast: Cast) -> None:
    first, first_reused = await expect(cast, "rep", CONTENT, new_id())
    second, second_reused = await expect(cast, "rep", CONTENT, new_id())
    assert (first_reused, second_reused) == (False, True)
    await upload(await cast.client("rep"), CONTENT)
    assert await states(first) == await states(second) == "stored"
    assert await db.fetch_value("SELECT count(*) FROM blobs") == 1
    rows = await db.fetch("SELECT id, is_reused FROM photos")
    assert {row["id"]: bool(row["is_reused"]) for row in rows} == {first: False, second: True}


async def test_somebody_elses_picture_is_noticed_but_his_bytes_are_not_lent(cast: Cast) -> None:
    await expect(cast, "rep", CONTENT, new_id())
    await upload(await cast.client("rep"), CONTENT)
    copied, is_reused = await expect(cast, "other_rep", CONTENT, new_id())
    assert is_reused
    assert await states(copied) == "awaited"


async def test_expecting_again_changes_nothing_and_foreign_ids_are_refused(cast: Cast) -> None:
    owner_id = new_id()
    photo_id, _ = await expect(cast, "rep", CONTENT, owner_id)
    assert (await expect(cast, "rep", CONTENT, owner_id, photo_id))[1] is False
    assert await db.fetch_value("SELECT count(*) FROM photos") == 1
    with pytest.raises(Exception, match=r"files\.photo_exists"):
        await expect(cast, "stranger", CONTENT, new_id(), photo_id)


async def test_an_offer_heals_a_record_that_came_in_between(cast: Cast) -> None:
    client = await cast.client("rep")
    await upload(client, CONTENT)
    photo_id = await make_photo(cast.people["rep"], cast.territories["north"], CONTENT)
    assert (await offer(client, CONTENT)).json()["state"] == "complete"
    assert await states(photo_id) == "stored"


async def test_only_what_nobody_refers_to_is_collected(cast: Cast, clock: FixedClock) -> None:
    client = await cast.client("rep")
    kept, awaited, lost, fresh = (make_jpeg(200, 200, seed) for seed in range(10, 14))
    await expect(cast, "rep", kept, new_id())
    await upload(client, kept)
    await expect(cast, "rep", awaited, new_id())
    await offer(client, awaited)
    await upload(client, lost)
    lost_id = await db.fetch_value("SELECT id FROM blobs WHERE sha256 = $1", sha256_of(lost))
    clock.advance(30 * DAY + 1)
    await offer(client, fresh)
    async with db.unit_of_work():
        assert await collect_unreferenced(the_storage(), now_ms()) == 1
    left = {row["sha256"] for row in await db.fetch("SELECT sha256 FROM blobs")}
    assert left == {sha256_of(kept), sha256_of(awaited), sha256_of(fresh)}
    assert await the_storage().find(picture_name(lost_id, "original")) is None
    kept_id = await db.fetch_value("SELECT id FROM blobs WHERE sha256 = $1", sha256_of(kept))
    assert await the_storage().find(picture_name(kept_id, "full"))


async def test_a_collection_that_rolls_back_deletes_no_bytes(cast: Cast, clock: FixedClock) -> None:
    await upload(await cast.client("rep"), CONTENT)
    blob_id = await db.fetch_value("SELECT id FROM blobs")
    clock.advance(31 * DAY)
    with pytest.raises(RuntimeError):
        async with db.unit_of_work():
            assert await collect_unreferenced(the_storage(), now_ms()) == 1
            raise RuntimeError
    assert await the_storage().find(picture_name(blob_id, "original")) == CONTENT


async def test_a_folder_keeps_what_it_was_given(tmp_path: object) -> None:
    storage = storage_at(f"file://{tmp_path}/photos")
    name = picture_name(new_id(), "thumb")
    assert await storage.find(name) is None
    await storage.put(name, b"first")
    await storage.put(name, b"second")
    assert await storage.find(name) == b"second"
    await storage.delete([name, "never/there"])
    assert await storage.find(name) is None


def test_the_bitmap_holds_the_largest_photo_in_the_usual_parts() -> None:
    assert rules.part_count(rules.SIZE_MAX, 256 * 1024) <= rules.PARTS_MAX
    assert PART_SIZE == rules.PART_SIZE_MIN


async def test_a_photo_whose_bytes_were_lost_is_taken_again(cast: Cast) -> None:
    """The row came out of a backup that its bytes were not in; whoever still has them offers them again."""
    client = await cast.client("rep")
    photo_id = await make_photo(cast.people["rep"], cast.territories["north"], CONTENT)
    await upload(client, CONTENT)
    assert await states(photo_id) == "stored"
    id = await db.fetch_value("SELECT id FROM blobs")
    await the_storage().delete([picture_name(id, "original")])
    assert (await offer(client, CONTENT)).json() == {"state": "partial", "have": []}
    assert await states(photo_id) == "awaited"
    assert (await upload(client, CONTENT)).json()["state"] == "complete"
    assert await states(photo_id) == "stored"
    assert await the_storage().find(picture_name(id, "original")) == CONTENT
