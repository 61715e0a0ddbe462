"""The command that takes a list of stock from a sheet, some hundred rows at a time: what the books say otherwise is put
right by a movement. All rows are looked up at once, decided one by one in memory, and written together.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.catalog.commands.known_goods import KnownGoods, goods_for
from roundsman.catalog.commands.sheet_rows import GoodsRow
from roundsman.core import db
from roundsman.core.barcodes import normalized_barcode
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, Invalid, NotFound, Refusal
from roundsman.core.ids import new_id
from roundsman.core.money import LARGEST
from roundsman.core.sheets import RowNote, note_of
from roundsman.core.texts import Line
from roundsman.inventory.commands.sheet_rows import CountedRow
from roundsman.inventory.commands.stocks import Stocks, lock_or_make_stocks, stock_id


class ImportStock(Payload, kw_only=True, frozen=True):
    """Some rows of a list of stock; `reason` is what the list is called."""

    rows: Annotated[list[CountedRow], msgspec.Meta(max_length=500)]
    reason: Line = ""


class StockImported(Answer, kw_only=True, frozen=True):
    """How many rows became what: `created` where nothing had ever moved, `changed` where the books said otherwise."""

    created: int
    changed: int
    unchanged: int
    refused: list[RowNote]
    noticed: list[RowNote] = []


@command("inventory.import_rows", permission="inventory.keep")
async def import_stock(ctx: Ctx, cmd: ImportStock) -> StockImported:
    """Bring the books up to what a list says there is: goods are known as the import of goods knows them, warehouses by
    their names, and those that are not there are added. The same rows again change nothing.
    """
    wanted = [_goods_row(row) for row in cmd.rows]
    known = await goods_for(wanted)
    warehouses = await _warehouses(cmd.rows)
    refused: list[RowNote] = []
    counted: dict[tuple[str, str], tuple[CountedRow, int]] = {}
    for row, goods_row in zip(cmd.rows, wanted, strict=True):
        try:
            place = (_warehouse_of(warehouses, row), _variant_of(known, goods_row)["id"])
            if place in counted:
                raise Conflict("inventory.row_twice", value=row.code or row.product_code or row.name)
            counted[place] = (row, _base_quantity(known, place[1], row))
        except Refusal as refusal:
            refused.append(_note(row, refusal))
    stocks = await lock_or_make_stocks(ctx, counted)
    counts = {"created": 0, "changed": 0, "unchanged": 0}
    for place, (row, quantity_e3) in counted.items():
        id = stock_id(*place)
        try:
            counts[_bring_up(ctx, stocks, id, quantity_e3, cmd.reason)] += 1
        except Refusal as refusal:
            refused.append(_note(row, refusal))
    await stocks.write()
    return StockImported(
        created=counts["created"], changed=counts["changed"], unchanged=counts["unchanged"], refused=refused
    )


def _bring_up(ctx: Ctx, stocks: Stocks, id: str, quantity_e3: int, reason: str) -> str:
    """Let a stock be what was counted; created, changed or unchanged."""
    row = stocks.rows[id]
    is_new, change_e3 = row["changed_at"] == 0, quantity_e3 - row["on_hand_e3"]
    if change_e3 == 0:
        return "unchanged"
    kind = "opening" if is_new else "adjustment"
    stocks.move(id, kind, change_e3, ("imports", ctx.uuid), reason=reason.strip())
    return "created" if is_new else "changed"


def _goods_row(row: CountedRow) -> GoodsRow:
    """The row as the import of goods would read it."""
    return GoodsRow(
        row=row.row,
        product_id=new_id(),
        variant_id=new_id(),
        name=row.name.strip(),
        product_code=row.product_code.strip(),
        code=row.code.strip(),
        barcode=normalized_barcode(row.barcode),
        brand=row.brand.strip(),
        axes=[text.strip() for text in row.axes],
        spec=[text.strip() for text in row.spec],
    )


def _variant_of(known: KnownGoods, row: GoodsRow) -> db.Row:
    found = known.find(row)
    if found is None and row.product_code:
        # In one list with goods that come in several variants a code may still be that of the only one there is.
        found = known.find(msgspec.structs.replace(row, code=row.product_code, product_code=""))
    if found is None:
        raise NotFound("inventory.variant_unknown", value=row.code or row.product_code or row.name)
    return found


def _base_quantity(known: KnownGoods, variant_id: str, row: CountedRow) -> int:
    factors = {pack["unit"]: pack["factor"] for pack in known.variants[variant_id]["packs"]}
    quantity_e3 = 0
    for one in row.counted:
        factor = 1 if one.unit is None else factors.get(one.unit.strip())
        if factor is None:
            raise Invalid("inventory.unit_unknown", value=one.unit)
        quantity_e3 += one.quantity_e3 * factor
    if quantity_e3 > LARGEST:
        raise Invalid("inventory.too_much")
    return quantity_e3


async def _warehouses(rows: list[CountedRow]) -> dict[str, str]:
    """Ids of all warehouses by name, the default one's also by '', after adding those the rows name first."""
    known = await db.fetch(f"SELECT * FROM warehouses ORDER BY id{db.for_update()}")
    found = {row["name"]: row["id"] for row in known}
    has_default = any(row["is_default"] for row in known)
    new = [
        name for name in dict.fromkeys(row.warehouse.strip() for row in rows) if name and name not in found
    ]
    made = [(new_id(), name, not has_default and name == new[0], True) for name in new]
    await db.execute_many(
        "INSERT INTO warehouses (id, name, is_default, is_active) VALUES ($1, $2, $3, $4)", made
    )
    found |= {name: id for id, name, _, _ in made}
    default = [row["id"] for row in known if row["is_default"]] or [
        id for id, _, is_first, _ in made if is_first
    ]
    return found | {"": default[0]} if default else found


def _warehouse_of(warehouses: dict[str, str], row: CountedRow) -> str:
    found = warehouses.get(row.warehouse.strip())
    if found is None:
        raise Conflict("inventory.no_warehouse", value=row.name)
    return found


def _note(row: CountedRow, refusal: Refusal) -> RowNote:
    return note_of(refusal, row.row, row.sheet, row.code or row.product_code or row.name)
