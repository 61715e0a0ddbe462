"""What would become of the parcels of a sheet: which goods are meant, what they cost whoever orders, and which of the
orders are there already. Nothing is written, however often it is asked.
"""

from __future__ import annotations

import json
import re
import uuid as uuids
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from roundsman.catalog.queries import VariantForOrder, offers_for, variants_of_barcodes, variants_of_words
from roundsman.catalog.rules.packs import Line, check_line, find_pack, merge_lines
from roundsman.catalog.rules.pricing import Buyer, Priced, price_order
from roundsman.core import db
from roundsman.core.times import DAY, day_on
from roundsman.orders.recipient_sheets.reading import Parcel, Wish

_ORDERS: Final = uuids.UUID("5b1c7f66-62a5-5c5b-9d0a-2f8d1c7b6e41")
"""Ids of orders follow from whose they are, the file and where they go, those of lines from the order: the same sheet
again comes to the same orders."""

ALIKE_WITHIN: Final = 7 * DAY
"""An order for the same recipient with the same goods no older than this may be the same one from another file."""

_BETWEEN: Final = re.compile(r"[\s·,，、/|;；\-]+")


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A line as it would be ordered: what it is called, and what it costs by today's prices."""

    line_id: str
    variant_id: str
    name: str
    code: str
    unit: str
    quantity_e3: int
    priced: Priced


@dataclass(slots=True)
class Preview:
    """An order that would be placed for a parcel. `number` is its own where it was placed from this sheet before,
    `cancelled` that of the one which was and has been called off since, `alike` that of another one lately for the same
    recipient with the same goods.
    """

    order_id: str
    parcel: Parcel
    lines: list[PreviewLine] = field(default_factory=list)
    goods_amount: int = 0
    is_placed: bool = False
    number: str = ""
    cancelled: str = ""
    alike: str = ""


async def preview_parcels(parcels: Sequence[Parcel], sha256: str, buyer: Buyer, now: int) -> list[Preview]:
    """What becomes of each parcel of the file with this hash when `buyer` orders it. What is wrong with a row is added
    to its parcel's faults. The same number of statements for one parcel and for hundreds.
    """
    goods = await _goods_of(parcels)
    previews = await _previews_of(parcels, sha256, buyer)
    wanted = [_lines_of(preview, goods) for preview in previews]
    ids = {line.variant_id for lines in wanted for line in lines}
    day = day_on(now)
    offers = await offers_for(buyer.customer_id, buyer.level_id, ids, day) if ids else []
    variants = {id: goods.by_id[id].variant for id in ids}
    for preview, lines in zip(previews, wanted, strict=True):
        priced = price_order(lines, variants, offers, buyer, day)
        preview.goods_amount = priced.goods_amount
        preview.lines = [
            PreviewLine(
                line_id=line.line_id,
                variant_id=line.variant_id,
                name=goods.by_id[line.variant_id].full_name,
                code=goods.by_id[line.variant_id].code,
                unit=line.unit,
                quantity_e3=line.quantity_e3,
                priced=price,
            )
            for line, price in zip(lines, priced.lines, strict=True)
        ]
    await _note_alike(previews, buyer, now)
    return previews


async def _previews_of(parcels: Sequence[Parcel], sha256: str, buyer: Buyer) -> list[Preview]:
    """The orders of the parcels, and what became of those that are there. One that was called off leaves its id for
    good: the sheet then comes to another, which is asked for as often as it was called off.
    """
    previews = [Preview("", parcel) for parcel in parcels]
    open_ones, round_ = previews, 0
    while open_ones:
        for one in open_ones:
            one.order_id = _order_id(buyer, sha256, one.parcel, round_)
        rows = await db.fetch(
            f"SELECT id, number, state FROM orders WHERE id {db.any_of('$1')}",
            [one.order_id for one in open_ones],
        )
        known = {row["id"]: row for row in rows}
        called_off = []
        for one in open_ones:
            row = known.get(one.order_id)
            if row is not None and row["state"] == "cancelled":
                one.cancelled = row["number"]
                called_off.append(one)
            elif row is not None:
                one.is_placed, one.number = True, row["number"]
        open_ones, round_ = called_off, round_ + 1
    return previews


def _order_id(buyer: Buyer, sha256: str, parcel: Parcel, round_: int) -> str:
    again = f"\n{round_}" if round_ else ""
    return str(uuids.uuid5(_ORDERS, f"{buyer.customer_id}\n{sha256}\n{parcel.key}{again}"))


@dataclass(slots=True)
class _Goods:
    by_id: dict[str, VariantForOrder]
    by_code: dict[str, VariantForOrder]
    by_name: dict[str, list[VariantForOrder]]
    by_barcode: dict[str, tuple[VariantForOrder, str]]


async def _goods_of(parcels: Sequence[Parcel]) -> _Goods:
    wishes = [wish for parcel in parcels for wish in parcel.wishes]
    by_code, by_name = await variants_of_words(
        {wish.code for wish in wishes if wish.code}, {wish.name for wish in wishes if wish.name}
    )
    # What somebody calls a code is often the barcode.
    by_barcode = await variants_of_barcodes(
        {text for wish in wishes for text in (wish.barcode, wish.code) if text}
    )
    found = [*by_code.values(), *(one for many in by_name.values() for one in many)]
    found += [one for one, _ in by_barcode.values()]
    return _Goods({one.variant.id: one for one in found}, by_code, by_name, by_barcode)


def _lines_of(preview: Preview, goods: _Goods) -> list[Line]:
    """The lines of a parcel that may be ordered, equal ones as one; the others are its faults."""
    parcel = preview.parcel
    lines: list[Line] = []
    rows: dict[tuple[str, str], int] = {}
    for wish in parcel.wishes:
        found = _meant(wish, goods)
        if isinstance(found, str):
            parcel.blame(
                wish.row, found, " ".join(filter(None, (wish.code or wish.barcode, wish.name, wish.spec)))
            )
            continue
        variant_id, unit = found
        rows.setdefault((variant_id, unit), wish.row)
        id = str(uuids.uuid5(uuids.UUID(preview.order_id), f"{variant_id}\n{unit}"))
        lines.append(Line(variant_id, unit, wish.quantity_e3, line_id=id))
    orderable = []
    for line in merge_lines(lines):
        known = goods.by_id[line.variant_id]
        code = check_line(line, find_pack(known.variant.packs, line.unit), known.is_on_sale)
        if code is None:
            orderable.append(line)
        else:
            parcel.blame(rows[line.variant_id, line.unit], code, f"{known.full_name} {line.unit}")
    if not parcel.faults and not orderable:
        parcel.blame(parcel.row, "orders.no_lines")
    return orderable


def _meant(wish: Wish, goods: _Goods) -> tuple[str, str] | str:
    """The variant and unit a row means, by code, by barcode, or by the name of a product, with its spec where there are
    several; or the code of why that is not known.
    """
    unit = wish.unit
    found: VariantForOrder | None = None
    scanned = goods.by_barcode.get(wish.barcode) or goods.by_barcode.get(wish.code)
    if wish.code in goods.by_code:
        found = goods.by_code[wish.code]
    elif scanned is not None:
        found, own_unit = scanned
        unit = unit or own_unit
    elif not wish.code and not wish.barcode:
        called = goods.by_name.get(wish.name, [])
        called = [one for one in called if one.is_on_sale] or called
        if wish.spec and len(called) > 1:
            called = [one for one in called if _plain(one.name) == _plain(wish.spec)]
        if len(called) > 1:
            return "orders.goods_several"
        found = called[0] if called else None
    if found is None:
        return "orders.goods_unknown"
    sold = next((pack for pack in found.variant.packs if pack.is_sold), found.variant.packs[0])
    return found.variant.id, unit or sold.unit


def _plain(spec: str) -> str:
    return _BETWEEN.sub("", spec).lower()


async def _note_alike(previews: Sequence[Preview], buyer: Buyer, now: int) -> None:
    """Look for orders of the last days that say the same: a sheet put right and sent again is another file."""
    rows = await db.fetch(
        """
        SELECT id, number, recipient FROM orders
        WHERE customer_id = $1 AND placed_at >= $2 AND state <> 'cancelled' AND number <> '' ORDER BY placed_at
        """,
        buyer.customer_id,
        now - ALIKE_WITHIN,
    )
    wanted = {_to(one.parcel.recipient.name, one.parcel.recipient.mobile) for one in previews}
    lately: dict[str, tuple[str, tuple[str, str]]] = {}
    for row in rows:
        to = json.loads(row["recipient"])
        key = _to(to.get("name", ""), to.get("mobile", ""))
        if key in wanted:
            lately[row["id"]] = (row["number"], key)
    if not lately:
        return
    ordered: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for line in await db.fetch(
        f"SELECT order_id, variant_id, unit, quantity_e3 FROM order_lines"
        f" WHERE order_id {db.any_of('$1')} AND NOT is_gift",
        list(lately),
    ):
        ordered[line["order_id"]][line["variant_id"], line["unit"]] += line["quantity_e3"]
    known = {(key, frozenset(ordered[id].items())): number for id, (number, key) in lately.items()}
    for one in previews:
        to = _to(one.parcel.recipient.name, one.parcel.recipient.mobile)
        goods = frozenset(((line.variant_id, line.unit), line.quantity_e3) for line in one.lines)
        if one.lines and not one.is_placed:
            one.alike = known.get((to, goods), "")


def _to(name: str, mobile: str) -> tuple[str, str]:
    return name.strip(), mobile.strip()
