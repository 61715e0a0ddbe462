"""Commands of a product itself: add it with its variants, edit it, put it on sale or take it off."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from roundsman.catalog.commands.rows import (
    Axes,
    Position,
    ProductVariant,
    clean_axes,
    get_product,
    insert_products,
    product_row,
    require_category,
    require_free_code,
    update_product,
    variants_of,
)
from roundsman.catalog.commands.variants import take_variants
from roundsman.catalog.rules import goods
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.edits import merge_fields
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.core.search import initials_of, pinyin_of
from roundsman.core.texts import Name, Remark, Word


class AddProduct(Payload, kw_only=True, frozen=True):
    """A new product with its variants. `axes` are the names of what they differ by; without axes it has one variant."""

    product_id: Id
    name: Name
    code: Word = ""
    brand: Word = ""
    category_id: Id | None = None
    axes: Axes = []
    description: Remark = ""
    position: Position = 0
    is_on_sale: bool = True
    variants: Annotated[list[ProductVariant], msgspec.Meta(min_length=1, max_length=500)]


@command("catalog.add_product", permission="catalog.keep")
async def add_product(ctx: Ctx, cmd: AddProduct) -> None:
    """Add a product with its variants, their packs and barcodes."""
    if await db.fetch_value("SELECT 1 FROM products WHERE id = $1", cmd.product_id):
        raise Conflict("catalog.already_there", product_id=cmd.product_id)
    await require_category(cmd.category_id)
    await require_free_code(cmd.code.strip(), cmd.product_id)
    product = product_row(
        ctx,
        cmd.product_id,
        {name: getattr(cmd, name) for name in ("code", "name", "brand", "description")},
        category_id=cmd.category_id,
        axes=clean_axes(cmd.axes),
        position=cmd.position,
        is_on_sale=cmd.is_on_sale,
    )
    await insert_products([product])
    await take_variants(ctx, product, cmd.variants)


class EditProduct(Payload, kw_only=True, frozen=True):
    """`changes` maps a field to [what the person saw, what it shall be]."""

    product_id: Id
    changes: dict[str, tuple[Any, Any]]


class ProductEdited(Answer, kw_only=True, frozen=True):
    """`conflicts` are fields somebody else had changed since; the new value stands and both are in the log."""

    conflicts: list[str]


class _Editable(msgspec.Struct):
    """The allowed shapes of editable fields; decoding through it validates each new value."""

    code: Word = ""
    name: Name = "-"
    brand: Word = ""
    category_id: Id | None = None
    description: Remark = ""
    position: Position = 0


@command("catalog.edit_product", permission="catalog.keep")
async def edit_product(ctx: Ctx, cmd: EditProduct) -> ProductEdited:
    """Change some fields; fields the person did not touch keep what others wrote meanwhile."""
    product = await get_product(cmd.product_id)
    for field in cmd.changes:
        if field not in goods.EDITABLE:
            raise Invalid("catalog.not_editable", field=field)
    try:
        values = msgspec.convert({field: new for field, (_, new) in cmd.changes.items()}, _Editable)
    except msgspec.ValidationError as error:
        raise Invalid("invalid", field="changes", reason=str(error)) from error
    wanted = {field: (base, _trimmed(getattr(values, field))) for field, (base, _) in cmd.changes.items()}
    if "name" in wanted and not wanted["name"][1]:
        raise Invalid("catalog.name_missing", field="name")
    merge = merge_fields(product, wanted)
    if not merge.changed:
        return ProductEdited(conflicts=[])
    changed = dict(merge.changed)
    await require_category(changed.get("category_id"))
    await require_free_code(changed.get("code", ""), cmd.product_id)
    if "name" in changed:
        changed |= {"pinyin": pinyin_of(changed["name"]), "initials": initials_of(changed["name"])}
    search = goods.search_line({**product, **changed}, await variants_of([cmd.product_id]))
    await update_product(cmd.product_id, {**changed, "search": search, "changed_at": ctx.now})
    return ProductEdited(conflicts=list(merge.conflicts))


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


class PutOnSale(Payload, kw_only=True, frozen=True):
    """Whether a product can be ordered, or only one of its variants when `variant_id` names it."""

    product_id: Id
    variant_id: Id | None = None
    is_on_sale: bool = True


@command("catalog.put_on_sale", permission="catalog.keep")
async def put_on_sale(ctx: Ctx, cmd: PutOnSale) -> None:
    """Put a product or one variant on sale, or take it off; orders it is in stay as they are."""
    await get_product(cmd.product_id)
    table, id = ("products", cmd.product_id) if cmd.variant_id is None else ("variants", cmd.variant_id)
    if cmd.variant_id is not None and not await db.fetch_value(
        "SELECT 1 FROM variants WHERE id = $1 AND product_id = $2", cmd.variant_id, cmd.product_id
    ):
        raise NotFound("catalog.variant_unknown", variant_id=cmd.variant_id)
    await db.execute(
        f"UPDATE {table} SET is_on_sale = $2, changed_at = $3 WHERE id = $1 AND is_on_sale <> $2",
        id,
        cmd.is_on_sale,
        ctx.now,
    )
