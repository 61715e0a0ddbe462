"""Who may look at a photo, and how it travels. Rights as a table: the photo is the rep's, taken in `north`."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import month_of, now_ms
from tests.cast import NAMES, Cast
from tests.make.files import make_jpeg, make_photo, upload
from tests.phone import assert_stale_equals_fresh

CONTENT = make_jpeg(1000, 400)

SEES_PHOTO = {
    "rep": True,
    "other_rep": False,
    "manager": True,
    "agent": False,
    "courier": False,
    "clerk": False,
    "administrator": True,
    "stranger": False,
}


async def stored_photo(cast: Cast, month: str | None = None) -> str:
    photo_id = await make_photo(
        cast.people["rep"], cast.territories["north"], CONTENT, month=month or month_of(now_ms())
    )
    assert (await upload(await cast.client("rep"), CONTENT)).status_code == 200
    return photo_id


async def test_who_sees_a_photo(cast: Cast) -> None:
    photo_id = await stored_photo(cast)
    for name in NAMES:
        answer = await (await cast.client(name)).get(f"/api/files/photos/{photo_id}")
        assert answer.status_code == (200 if SEES_PHOTO[name] else 404), name
    assert (await cast.anybody().get(f"/api/files/photos/{photo_id}")).status_code == 401


async def test_a_photo_that_is_not_ones_own_looks_like_none_at_all(cast: Cast) -> None:
    photo_id = await stored_photo(cast)
    stranger = await cast.client("stranger")
    bodies = []
    for id in (photo_id, new_id(), "nonsense", "' OR 1=1 --"):
        for size in ("thumb", "full"):
            answer = await stranger.get(f"/api/files/photos/{id}", params={"size": size})
            body = answer.json()
            body.pop("request_id")
            bodies.append((answer.status_code, body, answer.headers["cache-control"]))
    assert all(body == bodies[0] for body in bodies)
    assert bodies[0][0] == 404


async def test_what_the_phone_no_longer_carries_may_still_be_seen(cast: Cast) -> None:
    photo_id = await stored_photo(cast, month="202001")
    for name in NAMES:
        answer = await (await cast.client(name)).get(f"/api/files/photos/{photo_id}")
        assert answer.status_code == (200 if SEES_PHOTO[name] else 404), name


async def test_rights_end_with_the_membership(cast: Cast) -> None:
    photo_id = await stored_photo(cast)
    manager = await cast.client("manager")
    assert (await manager.get(f"/api/files/photos/{photo_id}")).status_code == 200
    await cast.unassign("manager", "east")
    assert (await manager.get(f"/api/files/photos/{photo_id}")).status_code == 404
    await cast.assign("manager", "west", "manager")
    assert (await manager.get(f"/api/files/photos/{photo_id}")).status_code == 404


@pytest.mark.parametrize(
    ("size", "expected"), [("thumb", (320, 128)), ("full", (1000, 400)), ("", (1000, 400))]
)
async def test_how_a_photo_travels(cast: Cast, size: str, expected: tuple[int, int]) -> None:
    photo_id = await stored_photo(cast)
    client = await cast.client("rep")
    url = f"/api/files/photos/{photo_id}" + (f"?size={size}" if size else "")
    answer = await client.get(url)
    assert Image.open(io.BytesIO(answer.content)).size == expected
    assert answer.content != CONTENT
    headers = answer.headers
    assert headers["content-type"] == "image/jpeg"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, max-age=31536000, immutable"
    assert headers["content-disposition"] == f'inline; filename="{photo_id}.jpg"'
    assert "content-encoding" not in headers
    known = await client.get(url, headers={"if-none-match": headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["etag"] == headers["etag"]
    other = await client.get(url, headers={"if-none-match": '"something else"'})
    assert other.status_code == 200
    stranger = await cast.client("stranger")
    assert (await stranger.get(url, headers={"if-none-match": headers["etag"]})).status_code == 404


async def test_the_original_is_not_to_be_had(cast: Cast) -> None:
    photo_id = await stored_photo(cast)
    client = await cast.client("rep")
    assert (await client.get(f"/api/files/photos/{photo_id}?size=original")).status_code == 422


async def test_a_photo_still_on_its_way_says_so_to_whoever_may_see_it(cast: Cast) -> None:
    photo_id = await make_photo(cast.people["rep"], cast.territories["north"], CONTENT)
    answer = await (await cast.client("rep")).get(f"/api/files/photos/{photo_id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "files.photo_awaited")
    answer = await (await cast.client("stranger")).get(f"/api/files/photos/{photo_id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_the_upload_lane_is_for_everyone_signed_in_and_nobody_else(cast: Cast) -> None:
    for index, name in enumerate(NAMES):
        assert (await upload(await cast.client(name), make_jpeg(32, 32, index))).status_code == 200, name
    answer = await cast.anybody().post(
        "/api/files/blobs", json={"sha256": "0" * 64, "size": 1, "part_size": 1}
    )
    assert answer.status_code == 401


async def test_the_feed_of_photos(cast: Cast) -> None:
    phones = {name: await cast.phone(name) for name in NAMES}
    photo_id = await stored_photo(cast)
    for name, phone in phones.items():
        await phone.sync()
        assert (photo_id in phone.rows("photos")) == SEES_PHOTO[name], name
    row = phones["rep"].rows("photos")[photo_id]
    assert (row["state"], row["is_reused"], row["width"]) == ("stored", False, 1000)
    async with db.unit_of_work():
        await db.execute("DELETE FROM photos WHERE id = $1", photo_id)
    for phone in phones.values():
        await phone.sync()
        assert photo_id not in phone.rows("photos")
        await assert_stale_equals_fresh(phone)


GIVES_UP = {"manager": (200, None), "administrator": (200, None)} | dict.fromkeys(
    ("rep", "agent", "courier", "clerk", "stranger"), (403, "forbidden")
)


async def test_whoever_answers_for_it_stops_waiting_for_a_photo(cast: Cast) -> None:
    month = month_of(now_ms())
    for name, expected in GIVES_UP.items():
        photo_id = await make_photo(cast.people["rep"], cast.territories["north"], CONTENT, month=month)
        answer = await cast.do(name, "files.give_up_photo", photo_id=photo_id)
        assert (answer.status_code, answer.json().get("code")) == expected, name
        row = await db.fetch_one("SELECT state, refused_code FROM photos WHERE id = $1", photo_id)
        assert row is not None
        assert (row["state"], row["refused_code"]) == (
            ("refused", "files.given_up") if expected[0] == 200 else ("awaited", None)
        )
    elsewhere = await make_photo(cast.people["other_rep"], cast.territories["west"], CONTENT, month=month)
    answer = await cast.do("manager", "files.give_up_photo", photo_id=elsewhere)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), "not of his team"


async def test_a_photo_that_was_given_up_and_comes_after_all_is_stored(cast: Cast) -> None:
    photo_id = await make_photo(
        cast.people["rep"], cast.territories["north"], CONTENT, month=month_of(now_ms())
    )
    phone = await cast.phone("manager")
    await phone.sync()
    await cast.done("manager", "files.give_up_photo", photo_id=photo_id)
    await assert_stale_equals_fresh(phone)
    assert phone.rows("photos")[photo_id]["refused_code"] == "files.given_up"
    assert (await upload(await cast.client("rep"), CONTENT)).status_code == 200
    await assert_stale_equals_fresh(phone)
    photo = phone.rows("photos")[photo_id]
    assert (photo["state"], photo["refused_code"]) == ("stored", None)
    await cast.done("manager", "files.give_up_photo", photo_id=photo_id)
    await assert_stale_equals_fresh(phone)
    assert phone.rows("photos")[photo_id]["state"] == "stored", "one that has come is not given up"
