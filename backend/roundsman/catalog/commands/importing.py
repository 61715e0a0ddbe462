"""The command that takes goods from a sheet, some hundred rows at a time: new, changed, unchanged or refused. All rows
are looked up at once, decided one by one in memory, and written together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Final

import msgspec

from roundsman.catalog.commands.categories import CategoryTree, load_categories
from roundsman.catalog.commands.known_goods import KnownGoods, goods_for
from roundsman.catalog.commands.rows import (
    ProductVariant,
    VariantPack,
    clean_axes,
    insert_products,
    is_same,
    product_row,
    update_products,
    variant_row,
    write_variants,
)
from roundsman.catalog.commands.sheet_rows import GoodsRow
from roundsman.catalog.rules import goods
from roundsman.core import db
from roundsman.core.barcodes import is_check_digit_wrong, normalized_barcode
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, Invalid, Refusal
from roundsman.core.ids import new_id
from roundsman.core.search import initials_of, pinyin_of
from roundsman.core.sheets import RowNote, note_of

BASE_UNIT: Final = "件"
"""What is counted where a sheet does not say."""
MEASURED: Final = frozenset(
    ("吨", "千克", "公斤", "kg", "斤", "克", "g", "米", "m", "升", "l", "ml", "毫升", "平方米")
)
"""Units of which a part can be ordered; of others a sheet means whole ones."""


class ImportGoods(Payload, kw_only=True, frozen=True):
    """Some rows of a sheet of goods."""

    rows: Annotated[list[GoodsRow], msgspec.Meta(max_length=500)]


class GoodsImported(Answer, kw_only=True, frozen=True):
    """How many rows became what; `noticed` rows were taken all the same."""

    created: int
    changed: int
    unchanged: int
    refused: list[RowNote]
    noticed: list[RowNote]


@dataclass(slots=True)
class _Import:
    """What is known while the rows of one command are taken."""

    ctx: Ctx
    goods: KnownGoods
    categories: CategoryTree
    taken_ids: set[str]
    counts: dict[str, int] = field(default_factory=lambda: {"created": 0, "changed": 0, "unchanged": 0})
    noticed: list[RowNote] = field(default_factory=list)

    def notice(self, row: GoodsRow, code: str, value: str) -> None:
        self.noticed.append(RowNote(row=row.row, sheet=row.sheet, code=code, value=value))


@command("catalog.import_rows", permission="catalog.import")
async def import_goods(ctx: Ctx, cmd: ImportGoods) -> GoodsImported:
    """Take goods from a sheet: known by their code, else by barcode, else by name and values, they are brought up to
    it; the others are added. The same rows again change nothing.
    """
    rows = [_tidy(row) for row in cmd.rows]
    taken = await db.fetch(
        f"SELECT id FROM variants WHERE id {db.any_of('$1')}", [row.variant_id for row in rows]
    )
    work = _Import(ctx, await goods_for(rows), await load_categories(), {row["id"] for row in taken})
    refused = []
    for row in rows:
        noticed, made = len(work.noticed), len(work.categories.new)
        try:
            work.counts[_take(work, row)] += 1
        except Refusal as refusal:
            del work.noticed[noticed:]
            work.categories.forget(made)
            refused.append(note_of(refusal, row.row, row.sheet, row.name))
    await _write(work)
    return GoodsImported(**work.counts, refused=refused, noticed=work.noticed)


def _tidy(row: GoodsRow) -> GoodsRow:
    """The row with its texts as they are kept."""
    texts = {
        name: getattr(row, name).strip() for name in ("name", "product_code", "code", "brand", "description")
    }
    barcodes = {name: normalized_barcode(getattr(row, name)) for name in ("barcode", "pack_barcode")}
    lists = {name: [text.strip() for text in getattr(row, name)] for name in ("category", "axes", "spec")}
    units = {name: (getattr(row, name) or "").strip() or None for name in ("unit", "pack_unit")}
    return msgspec.structs.replace(row, **texts, **barcodes, **lists, **units)


def _take(work: _Import, row: GoodsRow) -> str:
    """Take one row; created, changed or unchanged. Raises Refusal, and then nothing has changed."""
    if not row.name or not all(row.category):
        raise Invalid("catalog.name_missing", value=row.code)
    for barcode in (row.barcode, row.pack_barcode):
        if is_check_digit_wrong(barcode):
            raise Invalid("catalog.barcode_wrong", value=barcode)
    fault = goods.spec_fault(clean_axes(row.axes), [row.spec])
    if fault is not None:
        raise Invalid(fault[0], value=row.name)
    known = work.goods.find(row)
    if known is None:
        _create(work, row)
        return "created"
    return "changed" if _change(work, row, known) else "unchanged"


def _create(work: _Import, row: GoodsRow) -> None:
    if row.variant_id in work.taken_ids or row.variant_id in work.goods.variants:
        raise Conflict("catalog.already_there", value=row.variant_id)
    product = _product_for(work, row)
    is_new = product["id"] not in work.goods.products
    if product["axes"] != row.axes:
        raise Invalid("catalog.spec_wrong", value=row.name)
    if work.goods.sibling(product["id"], row.spec) is not None:
        raise Conflict("catalog.variant_twice", value=row.name)
    if row.price_e4 is None:
        work.notice(row, "catalog.price_missing", row.code or row.name)
    variant = variant_row(
        work.ctx,
        product["id"],
        ProductVariant(
            variant_id=row.variant_id,
            spec=row.spec,
            code=row.code,
            packs=_packs(work, row, row.variant_id, []),
            price_e4=row.price_e4 or 0,
            cost_e4=row.cost_e4,
            position=len(work.goods.members[product["id"]]),
            # Nobody shall order what has no price.
            is_on_sale=row.is_on_sale is not False and row.price_e4 is not None,
        ),
        None,
    )
    if is_new:
        work.goods.put_product(product)
    work.goods.put_variant(variant)
    work.goods.new.update((product["id"], variant["id"]) if is_new else (variant["id"],))
    work.goods.changed.add(product["id"])


def _product_for(work: _Import, row: GoodsRow) -> dict[str, Any]:
    """The product a new variant belongs to, a new one when there is none that lacks these values."""
    product_id = work.goods.home_of(row)
    if product_id is not None:
        return work.goods.products[product_id]
    return product_row(
        work.ctx,
        new_id() if row.product_id in work.goods.products else row.product_id,
        {
            "name": row.name,
            "code": row.product_code,
            "brand": row.brand,
            "description": row.description,
        },
        category_id=work.categories.place(row.category),
        axes=row.axes,
    )


def _change(work: _Import, row: GoodsRow, known: dict[str, Any]) -> bool:
    """Bring a variant and, where the row alone speaks for it, its product up to the row; whether anything changed."""
    before = work.goods.products[known["product_id"]]
    product = {**before, **_of_product(work, row, before)}
    spec = known["spec"]
    if row.axes == product["axes"]:
        spec = row.spec
        if spec != known["spec"] and work.goods.sibling(known["product_id"], spec) is not None:
            raise Conflict("catalog.variant_twice", value=goods.variant_name(spec))
    elif row.axes:
        work.notice(row, "catalog.axes_differ", goods.variant_name(row.spec))
    is_on_sale = bool(known["is_on_sale"]) if row.is_on_sale is None else row.is_on_sale
    if row.price_e4 and not known["price_e4"] and row.is_on_sale is None:
        # It was only waiting for a price.
        is_on_sale = True
    variant = variant_row(
        work.ctx,
        known["product_id"],
        ProductVariant(
            variant_id=known["id"],
            spec=spec,
            code=row.code or known["code"],
            packs=_packs(work, row, known["id"], [VariantPack(**pack) for pack in known["packs"]]),
            price_e4=known["price_e4"] if row.price_e4 is None else row.price_e4,
            cost_e4=row.cost_e4,
            position=known["position"],
            is_on_sale=is_on_sale,
        ),
        known,
    )
    is_variant_changed, is_product_changed = not is_same(variant, known), product != before
    if is_variant_changed:
        work.goods.put_variant(variant)
        work.goods.changed.add(variant["id"])
    if is_variant_changed or is_product_changed:
        work.goods.put_product(product)
        work.goods.changed.add(product["id"])
    return is_variant_changed or is_product_changed


def _of_product(work: _Import, row: GoodsRow, product: dict[str, Any]) -> dict[str, Any]:
    """What a row says of its product. Of one with several variants no row alone can rename it: it only fills gaps."""
    is_alone = len(work.goods.members[product["id"]]) == 1
    wanted: dict[str, Any] = {"brand": row.brand, "description": row.description}
    if row.category:
        wanted["category_id"] = work.categories.place(row.category)
    changed = {
        column: value
        for column, value in wanted.items()
        if value and value != product[column] and (is_alone or not product[column])
    }
    if row.name != product["name"]:
        if is_alone:
            changed |= {"name": row.name, "pinyin": pinyin_of(row.name), "initials": initials_of(row.name)}
        else:
            work.notice(row, "catalog.name_differs", row.name)
    if is_alone and row.axes and not product["axes"]:
        changed["axes"] = row.axes
    return changed


def _packs(work: _Import, row: GoodsRow, variant_id: str, packs: list[VariantPack]) -> list[VariantPack]:
    """The packs of a variant with what the row says of its base unit and its bigger one."""
    unit = row.unit or BASE_UNIT
    base = packs[0] if packs else VariantPack(unit=unit, step_e3=_step_of(unit))
    if row.unit is not None and row.unit != base.unit:
        work.notice(row, "catalog.base_unit_fixed", row.unit)
    limits = {
        name: value
        for name, value in (("minimum_e3", row.minimum_e3), ("step_e3", row.step_e3))
        if value is not None
    }
    base = msgspec.structs.replace(
        base, barcode=_own_barcode(work, row, variant_id, row.barcode) or base.barcode
    )
    made = [msgspec.structs.replace(base, **limits), *packs[1:]]
    if row.pack_unit is None or row.pack_unit == base.unit:
        return made
    barcode = "" if row.pack_barcode == base.barcode else row.pack_barcode
    barcode = _own_barcode(work, row, variant_id, barcode)
    for at, pack in enumerate(made):
        if pack.unit == row.pack_unit:
            factor = row.factor or pack.factor
            made[at] = msgspec.structs.replace(pack, factor=factor, barcode=barcode or pack.barcode)
            return made
    step_e3 = _step_of(row.pack_unit)
    pack = VariantPack(unit=row.pack_unit, factor=row.factor or 1, barcode=barcode, step_e3=step_e3)
    return [*made, pack]


def _step_of(unit: str) -> int:
    return 0 if unit.lower() in MEASURED else 1000


def _own_barcode(work: _Import, row: GoodsRow, variant_id: str, barcode: str) -> str:
    """The barcode, unless it is on other goods; that is noticed."""
    if barcode and work.goods.barcodes.get(barcode, variant_id) != variant_id:
        work.notice(row, "catalog.barcode_taken", barcode)
        return ""
    return barcode


async def _write(work: _Import) -> None:
    """Write what the rows made of the goods."""
    found = work.goods
    await work.categories.write()
    for product_id in found.changed & found.products.keys():
        product = found.products[product_id]
        product["search"] = goods.search_line(product, found.of(product_id))
        product["changed_at"] = work.ctx.now
    await insert_products(one for id, one in found.products.items() if id in found.new)
    await update_products(
        [one for id, one in found.products.items() if id in found.changed and id not in found.new]
    )
    await write_variants(
        [one for id, one in found.variants.items() if id in found.new],
        [one for id, one in found.variants.items() if id in found.changed and id not in found.new],
    )
