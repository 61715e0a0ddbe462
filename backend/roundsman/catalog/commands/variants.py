"""Commands of a product's variants: their values, packs, barcodes and list prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec

from roundsman.catalog.commands.rows import (
    Axes,
    ProductVariant,
    clean_axes,
    get_product,
    is_same,
    update_product,
    variant_row,
    variants_of,
    write_variants,
)
from roundsman.catalog.rules import goods
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.ids import Id


class SetVariants(Payload, kw_only=True, frozen=True):
    """Variants of a product, new or changed; those not named stay as they are. `axes` None leaves the axes too: new
    ones must suit every variant the product then has.
    """

    product_id: Id
    axes: Axes | None = None
    variants: Annotated[list[ProductVariant], msgspec.Meta(max_length=500)]


@command("catalog.set_variants", permission="catalog.keep")
async def set_variants(ctx: Ctx, cmd: SetVariants) -> None:
    """Add and change variants of a product with their packs and barcodes."""
    product = await get_product(cmd.product_id)
    if cmd.axes is not None and (axes := clean_axes(cmd.axes)) != product["axes"]:
        product["axes"] = axes
        await update_product(cmd.product_id, {"axes": axes, "changed_at": ctx.now})
    await take_variants(ctx, product, cmd.variants)


async def take_variants(ctx: Ctx, product: Mapping[str, Any], wanted: Sequence[ProductVariant]) -> None:
    """Bring variants of a product, whose row is locked or new, to what is wanted, and the product's search line with
    them. Only what changes is written. Raises Invalid, NotFound and Conflict with what is wrong.
    """
    known = {row["id"]: row for row in await variants_of([product["id"]])}
    rows = {one.variant_id: variant_row(ctx, product["id"], one, known.get(one.variant_id)) for one in wanted}
    if len(rows) != len(wanted):
        raise Invalid("catalog.variant_twice", field="variants", variant="")
    after = [*({**known, **rows}).values()]
    fault = goods.spec_fault(product["axes"], [row["spec"] for row in after])
    if fault is not None:
        raise Invalid(fault[0], field="variants", variant=fault[1])
    new = [row for id, row in rows.items() if id not in known]
    changed = [row for id, row in rows.items() if id in known and not is_same(row, known[id])]
    await _require_own(new)
    await _require_free(product["id"], after)
    for row in changed:
        await _require_units_unused(row, known[row["id"]])
    await write_variants(new, changed)
    search = goods.search_line(product, after)
    if search != product["search"]:
        await update_product(product["id"], {"search": search, "changed_at": ctx.now})


async def _require_own(new: Sequence[Mapping[str, Any]]) -> None:
    ids = [row["id"] for row in new]
    taken = await db.fetch_value(f"SELECT id FROM variants WHERE id {db.any_of('$1')}", ids) if ids else None
    if taken is not None:
        raise NotFound("catalog.variant_unknown", variant_id=taken)


async def _require_free(product_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Raise Conflict when a code or barcode is there twice, within the product or anywhere in the company."""
    codes = [row["code"] for row in rows if row["code"]]
    barcodes = [pack["barcode"] for row in rows for pack in row["packs"] if pack["barcode"]]
    for values, code, field in (
        (codes, "catalog.code_taken", "code"),
        (barcodes, "catalog.barcode_taken", "barcode"),
    ):
        seen: set[str] = set()
        for value in values:
            if value in seen:
                raise Conflict(code, field=field, **{field: value})
            seen.add(value)
    taken = await db.fetch_value(
        f"SELECT code FROM variants WHERE code <> '' AND code {db.any_of('$1')} AND product_id <> $2",
        codes,
        product_id,
    )
    if taken is not None:
        raise Conflict("catalog.code_taken", field="code", code=taken)
    taken = await db.fetch_value(
        f"""
        SELECT barcodes.id FROM barcodes JOIN variants ON variants.id = variant_id
        WHERE barcodes.id {db.any_of("$1")} AND product_id <> $2
        """,
        barcodes,
        product_id,
    )
    if taken is not None:
        raise Conflict("catalog.barcode_taken", field="barcode", barcode=taken)


async def _require_units_unused(row: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    """Raise Conflict when a unit that goes still has prices or is given away, or when another becomes the base unit:
    what lists and stock are counted in may not change under them.
    """
    units = [pack["unit"] for pack in row["packs"]]
    base = known["packs"][0]["unit"]
    if units[0] != base and (base in units or units[0] in [pack["unit"] for pack in known["packs"]]):
        raise Conflict("catalog.base_unit_fixed", field="packs", unit=base, variant=row["name"])
    for pack in known["packs"]:
        if pack["unit"] in units:
            continue
        used = await db.fetch_value(
            """
            SELECT price_lists.name FROM prices JOIN price_lists ON price_lists.id = list_id
            WHERE (variant_id = $1 AND unit = $2)
               OR (CAST(gifts AS text) LIKE $3 AND CAST(gifts AS text) LIKE $4) LIMIT 1
            """,
            row["id"],
            pack["unit"],
            f"%{row['id']}%",
            f'%"{pack["unit"]}"%',
        )
        if used is not None:
            raise Conflict("catalog.unit_priced", field="packs", unit=pack["unit"], list=used)


async def set_costs(ctx: Ctx, costs: Mapping[str, int]) -> None:
    """What one base unit of some variants cost last (1/10000 yuan), for whoever receives them. Unknown ids are none."""
    await db.execute_many(
        "UPDATE variants SET cost_e4 = $2, changed_at = $3 WHERE id = $1 AND cost_e4 <> $2",
        [(variant_id, cost_e4, ctx.now) for variant_id, cost_e4 in sorted(costs.items())],
    )
