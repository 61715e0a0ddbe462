"""catalog.set_pictures: goods have pictures, sent before they are named, and everybody signed in sees them."""

from __future__ import annotations

from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from tests.cast import Cast
from tests.make.catalog import make_product
from tests.make.files import make_jpeg, sha256_of, upload
from tests.phone import assert_stale_equals_fresh

PATH = "/api/files/photos"


def named(content: bytes) -> dict[str, Any]:
    return {
        "photo_id": new_id(),
        "sha256": sha256_of(content),
        "kind": "product",
        "taken_at": now_ms(),
        "size": len(content),
    }


async def sent(cast: Cast, seed: int) -> dict[str, Any]:
    """A picture whose bytes the clerk has sent, as the command names it."""
    content = make_jpeg(64, 48, seed)
    answer = await upload(await cast.client("clerk"), content)
    assert answer.status_code == 200, answer.text
    return named(content)


async def set_to(
    cast: Cast, product_id: str, before: list[str], after: list[str], *new: dict[str, Any]
) -> None:
    await cast.done(
        "clerk", "catalog.set_pictures", product_id=product_id, before=before, after=after, new=list(new)
    )


async def test_a_phone_gets_their_order_and_everybody_their_bytes(cast: Cast) -> None:
    phone = await cast.phone("agent")
    product_id = await make_product(cast)
    await phone.sync()
    front, back = await sent(cast, 1), await sent(cast, 2)
    ids = [front["photo_id"], back["photo_id"]]
    await set_to(cast, product_id, [], ids, front, back)
    await assert_stale_equals_fresh(phone)
    assert phone.rows("products")[product_id]["picture_ids"] == ids
    assert not phone.rows("photos"), "a phone needs no more of them than their names"
    for who in ("agent", "courier", "rep"):
        answer = await (await cast.client(who)).get(f"{PATH}/{ids[0]}?size=thumb")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert "immutable" in answer.headers["cache-control"]
    shown = await (await cast.client("clerk")).get(f"/api/catalog/products/{product_id}")
    assert shown.json()["picture_ids"] == ids


async def test_what_is_taken_away_is_seen_by_nobody(cast: Cast) -> None:
    product_id = await make_product(cast)
    front, back = await sent(cast, 1), await sent(cast, 2)
    both = [front["photo_id"], back["photo_id"]]
    await set_to(cast, product_id, [], both, front, back)
    await set_to(cast, product_id, both, both[1:])
    agent = await cast.client("agent")
    assert (await agent.get(f"{PATH}/{both[0]}")).status_code == 404
    assert (await agent.get(f"{PATH}/{both[1]}")).status_code == 200
    # Taken back: its bytes are still here.
    await set_to(cast, product_id, both[1:], both, front)
    assert (await agent.get(f"{PATH}/{both[0]}")).status_code == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"before": [new_id()]}, "catalog.pictures_changed"),
        ({"after": [new_id()]}, "catalog.picture_missing"),
        ({"after": ["twice", "twice"]}, "catalog.picture_twice"),
        ({"product_id": new_id()}, "catalog.product_unknown"),
    ],
)
async def test_what_cannot_be_changes_nothing(cast: Cast, change: dict[str, Any], code: str) -> None:
    product_id = await make_product(cast)
    one = await sent(cast, 1)
    change = {
        key: [one["photo_id"] if id == "twice" else id for id in value] if isinstance(value, list) else value
        for key, value in change.items()
    }
    args = {"product_id": product_id, "before": [], "after": [one["photo_id"]], "new": [one], **change}
    answer = await cast.do("clerk", "catalog.set_pictures", **args)
    assert answer.json()["code"] == code
    assert not await db.fetch("SELECT id FROM photos")
    assert await db.fetch_value("SELECT picture_ids FROM products WHERE id = $1", product_id) == "[]"


async def test_a_picture_whose_bytes_never_came_is_refused(cast: Cast) -> None:
    product_id = await make_product(cast)
    never = named(make_jpeg(64, 48, 3))
    args = {"product_id": product_id, "before": [], "after": [never["photo_id"]], "new": [never]}
    answer = await cast.do("clerk", "catalog.set_pictures", **args)
    assert answer.json()["code"] == "catalog.picture_missing"


async def test_a_photo_of_a_visit_is_no_picture_of_goods(cast: Cast) -> None:
    product_id, other_id = await make_product(cast), await make_product(cast, name="别的")
    one = await sent(cast, 1)
    await set_to(cast, other_id, [], [one["photo_id"]], one)
    args = {"product_id": product_id, "before": [], "after": [one["photo_id"]], "new": [one]}
    answer = await cast.do("clerk", "catalog.set_pictures", **args)
    assert answer.json()["code"] == "files.photo_exists"
