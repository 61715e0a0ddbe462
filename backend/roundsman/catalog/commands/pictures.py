"""The pictures of a product."""

import json
from typing import Annotated, Final

import msgspec

from roundsman.catalog.commands.rows import get_product, update_product
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid
from roundsman.core.ids import Id
from roundsman.core.times import month_of
from roundsman.files.commands import ExpectedPhoto, expect_photos, keep_photos

PICTURES_MAX: Final = 9

Pictures = Annotated[list[Id], msgspec.Meta(max_length=PICTURES_MAX)]


class SetPictures(Payload, kw_only=True, frozen=True):
    """What the person saw, what it shall be, the face first, and those among them whose bytes he has just sent."""

    product_id: Id
    before: Pictures
    after: Pictures
    new: Annotated[list[ExpectedPhoto], msgspec.Meta(max_length=PICTURES_MAX)] = []


@command("catalog.set_pictures", permission="catalog.keep")
async def set_pictures(ctx: Ctx, cmd: SetPictures) -> None:
    """Give a product these pictures in this order; what it had besides is no longer its."""
    product = await get_product(cmd.product_id)
    if json.loads(product["picture_ids"]) != cmd.before:
        raise Conflict("catalog.pictures_changed", field="before")
    if len(set(cmd.after)) != len(cmd.after):
        raise Invalid("catalog.picture_twice", field="after")
    await expect_photos(
        ctx,
        owner_table="products",
        owner_id=cmd.product_id,
        territory_id=None,
        month=month_of(ctx.now),
        photos=cmd.new,
        is_public=True,
    )
    missing = set(cmd.after) - await keep_photos("products", cmd.product_id, cmd.after)
    if missing:
        raise Invalid("catalog.picture_missing", field="after", photo_id=min(missing))
    await update_product(cmd.product_id, {"picture_ids": cmd.after, "changed_at": ctx.now})
