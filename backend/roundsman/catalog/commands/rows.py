"""What the commands of goods share: the shapes of a variant and its packs, checks of what they refer to, and how rows
are written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import msgspec

from roundsman.catalog.rules import goods
from roundsman.catalog.rules.packs import Pack
from roundsman.core import db
from roundsman.core.barcodes import is_check_digit_wrong, normalized_barcode
from roundsman.core.context import Ctx
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.core.quantities import LARGEST_QUANTITY, Factor, Price
from roundsman.core.search import initials_of, pinyin_of
from roundsman.core.texts import Word

Unit = Annotated[str, msgspec.Meta(min_length=1, max_length=20, description="瓶, 箱 …")]
Axes = Annotated[list[Word], msgspec.Meta(max_length=5)]
Position = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Limit = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_QUANTITY, description="thousandths of the unit")]


class VariantPack(msgspec.Struct, kw_only=True, frozen=True):
    """One unit a variant is sold in, holding `factor` base units; `price_e4` is its own list price, None where that
    follows from the base unit. A step of 0 allows any quantity between minimum and maximum.
    """

    unit: Unit
    factor: Factor = 1
    barcode: Word = ""
    price_e4: Price | None = None
    minimum_e3: Limit = 0
    maximum_e3: Limit | None = None
    step_e3: Limit = 0
    is_sold: bool = True


class ProductVariant(msgspec.Struct, kw_only=True, frozen=True):
    """A variant, new or changed: a value for each axis of its product, and its packs, the base unit first. `price_e4`
    is the list price of one base unit, `cost_e4` what one cost last; None leaves that as it is.
    """

    variant_id: Id
    spec: Axes = []
    code: Word = ""
    packs: Annotated[list[VariantPack], msgspec.Meta(min_length=1, max_length=10)]
    price_e4: Price
    cost_e4: Price | None = None
    position: Position = 0
    is_on_sale: bool = True


def clean_axes(axes: Iterable[str]) -> list[str]:
    """Names of axes without surrounding space. Raises Invalid("catalog.axis_wrong") for an empty one or a double."""
    plain = [axis.strip() for axis in axes]
    if not all(plain) or len(set(plain)) != len(plain):
        raise Invalid("catalog.axis_wrong", field="axes")
    return plain


async def require_category(category_id: str | None) -> None:
    """Raise NotFound("catalog.category_unknown") for a category that is not there; None is no category."""
    if category_id is not None and not await db.fetch_value(
        "SELECT 1 FROM categories WHERE id = $1", category_id
    ):
        raise NotFound("catalog.category_unknown", category_id=category_id)


async def require_free_code(code: str, product_id: str) -> None:
    """Raise Conflict("catalog.code_taken") when another product has the code; empty is no code."""
    if code and await db.fetch_value("SELECT 1 FROM products WHERE code = $1 AND id <> $2", code, product_id):
        raise Conflict("catalog.code_taken", field="code", code=code)


async def get_product(product_id: str) -> db.Row:
    """The product's row, locked, with its axes as a list. Raises NotFound("catalog.product_unknown")."""
    row = await db.fetch_one(f"SELECT * FROM products WHERE id = $1{db.for_update()}", product_id)
    if row is None:
        raise NotFound("catalog.product_unknown", product_id=product_id)
    return {**row, "axes": json.loads(row["axes"])}


async def variants_of(product_ids: Sequence[str]) -> list[db.Row]:
    """The variants of some products, with specs and packs as lists."""
    rows = await db.fetch(
        f"SELECT * FROM variants WHERE product_id {db.any_of('$1')} ORDER BY position, id", list(product_ids)
    )
    return [{**row, "spec": json.loads(row["spec"]), "packs": json.loads(row["packs"])} for row in rows]


def product_row(ctx: Ctx, product_id: str, texts: Mapping[str, str], **others: Any) -> dict[str, Any]:
    """A complete row of a new product but for its search line, with what follows from its name. `texts` are any of
    code, name, brand and description. Raises Invalid("catalog.name_missing").
    """
    plain = {name: texts.get(name, "").strip() for name in ("code", "name", "brand", "description")}
    if not plain["name"]:
        raise Invalid("catalog.name_missing", field="name")
    return {
        "id": product_id,
        **plain,
        "category_id": None,
        "axes": [],
        "picture_ids": [],
        "pinyin": pinyin_of(plain["name"]),
        "initials": initials_of(plain["name"]),
        "search": "",
        "position": 0,
        "is_on_sale": True,
        "created_at": ctx.true_at,
        "changed_at": ctx.now,
        **others,
    }


def variant_row(ctx: Ctx, product_id: str, wanted: ProductVariant, known: db.Row | None) -> dict[str, Any]:
    """A complete row of a variant as wanted, with specs and packs as lists. Raises Invalid with what is wrong in it."""
    packs = [
        msgspec.structs.replace(pack, unit=pack.unit.strip(), barcode=checked_barcode(pack.barcode))
        for pack in wanted.packs
    ]
    spec = [value.strip() for value in wanted.spec]
    name = goods.variant_name(spec)
    fault = goods.packs_fault([_rule_of(pack) for pack in packs], wanted.price_e4)
    if fault is not None:
        raise Invalid(fault[0], field="packs", unit=fault[1], variant=name)
    cost_e4 = wanted.cost_e4 if wanted.cost_e4 is not None else known["cost_e4"] if known else 0
    return {
        "id": wanted.variant_id,
        "product_id": product_id,
        "code": wanted.code.strip(),
        "name": name,
        "spec": spec,
        "packs": [msgspec.to_builtins(pack) for pack in packs],
        "price_e4": wanted.price_e4,
        "cost_e4": cost_e4,
        "position": wanted.position,
        "is_on_sale": wanted.is_on_sale,
        "changed_at": ctx.now,
    }


def _rule_of(pack: VariantPack) -> Pack:
    return Pack(
        pack.unit,
        pack.factor,
        pack.price_e4,
        pack.minimum_e3,
        pack.maximum_e3,
        pack.step_e3,
        pack.is_sold,
    )


def checked_barcode(text: str) -> str:
    """A barcode as it is kept. Raises Invalid("catalog.barcode_wrong") for a wrong check digit."""
    barcode = normalized_barcode(text)
    if is_check_digit_wrong(barcode):
        raise Invalid("catalog.barcode_wrong", field="barcode", barcode=barcode)
    return barcode


def is_same(row: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Whether a row, but for the moment of its change, says what is known already."""
    return all(known[column] == value for column, value in row.items() if column != "changed_at")


async def insert_products(rows: Iterable[Mapping[str, Any]]) -> None:
    """Write new products. No checks here."""
    await _insert("products", rows)


async def update_product(product_id: str, changed: Mapping[str, Any]) -> None:
    """Write some columns of a product. No checks here."""
    stored = _stored(changed)
    pairs = ", ".join(f"{column} = ${number}" for number, column in enumerate(stored, start=2))
    await db.execute(f"UPDATE products SET {pairs} WHERE id = $1", product_id, *stored.values())


async def update_products(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write all columns of some products. No checks here."""
    stored = [_stored(row) for row in rows]
    if stored:
        columns = [column for column in stored[0] if column != "id"]
        pairs = ", ".join(f"{column} = ${number}" for number, column in enumerate(columns, start=2))
        await db.execute_many(
            f"UPDATE products SET {pairs} WHERE id = $1",
            [(row["id"], *(row[column] for column in columns)) for row in stored],
        )


async def write_variants(new: Sequence[Mapping[str, Any]], changed: Sequence[Mapping[str, Any]]) -> None:
    """Write new variants and all columns of changed ones, with the barcodes of their packs. No checks here."""
    ids = [row["id"] for row in changed]
    if ids:
        # First out of the way, so that two may change places.
        await db.execute(f"DELETE FROM barcodes WHERE variant_id {db.any_of('$1')}", ids)
        codes = [row["code"] for row in changed if row["code"]]
        await db.execute(
            f"UPDATE variants SET code = '' WHERE id {db.any_of('$1')} AND code {db.any_of('$2')}", ids, codes
        )
        await db.execute_many(
            """
            UPDATE variants SET product_id = $2, code = $3, name = $4, spec = $5, packs = $6, price_e4 = $7,
                                cost_e4 = $8, position = $9, is_on_sale = $10, changed_at = $11
            WHERE id = $1
            """,
            [tuple(_stored(row).values()) for row in changed],
        )
    await _insert("variants", new)
    barcodes = [
        (pack["barcode"], row["id"], pack["unit"])
        for row in (*new, *changed)
        for pack in row["packs"]
        if pack["barcode"]
    ]
    # In one order, so that two who write at once wait for each other rather than stand in each other's way.
    await db.execute_many("INSERT INTO barcodes (id, variant_id, unit) VALUES ($1, $2, $3)", sorted(barcodes))


async def _insert(table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    stored = [_stored(row) for row in rows]
    if stored:
        places = ", ".join(f"${number}" for number in range(1, len(stored[0]) + 1))
        await db.execute_many(
            f"INSERT INTO {table} ({', '.join(stored[0])}) VALUES ({places})",
            [tuple(row.values()) for row in stored],
        )


def _stored(row: Mapping[str, Any]) -> dict[str, Any]:
    """Lists as the JSON they are kept as."""
    return {
        column: json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
        for column, value in row.items()
    }
