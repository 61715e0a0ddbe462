"""From a company's own list of goods to rows `catalog.import_rows` takes: which column is what, which rows are variants
of one product, and what a cell means. Nothing is written, and nothing is looked up, here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP
from typing import Any, Final

import msgspec

from roundsman.catalog.commands.importing import BASE_UNIT
from roundsman.catalog.commands.sheet_rows import LENGTHS, GoodsRow
from roundsman.core.barcodes import is_check_digit_wrong, normalized_barcode
from roundsman.core.errors import Invalid
from roundsman.core.ids import new_id
from roundsman.core.quantities import LARGEST_FACTOR, LARGEST_PRICE, LARGEST_QUANTITY
from roundsman.core.sheets import (
    Headings,
    Line,
    RowNote,
    Sheet,
    SheetRows,
    find_table,
    is_rounded,
    note_of,
    number_of,
    plain_number,
)


def _words(text: str) -> list[str]:
    return text.split(", ")


HEADINGS: Final = Headings(
    required="name",
    words={
        "name": _words(
            "商品名称, 品名, 商品名, 产品名称, 货品名称, 存货名称, 物料名称, 单品名称, 商品, 产品, 名称, 类型名称, "
            "product name, item name, product, item, name"
        ),
        "code": _words(
            "商品编码, 商品编号, 商品代码, 产品编码, 产品编号, 货号, 款号, 存货编码, 物料编码, 货品编码, 编码, 编号, "
            "代码, 旧编号, 单品id, sku, product code, item code, item no, code, product id"
        ),
        "barcode": _words(
            "商品条码, 条码, 条形码, 基本条码, 国际条码, 69码, 单品条码, barcode, ean, ean13, upc, gtin"
        ),
        "brand": _words("品牌, 品牌名称, brand"),
        "category": _words(
            "一级分类, 大类名称, 大类, 商品分类, 商品类别, 类别, 分类, 类目, 品类, category, product category"
        ),
        "subcategory": _words("二级分类, 中类名称, 中类, subcategory"),
        "subsubcategory": _words("三级分类, 小类名称, 小类"),
        "colour": _words("颜色, 商品颜色, 色号名称, 颜色名称, 色号, colour, color"),
        "size": _words("尺码, 商品尺码, 尺码名称, 尺寸, size"),
        "spec": _words("规格, 商品规格, 规格型号, 单品规格, 容量, specification, spec"),
        "model": _words("型号, model"),
        "traits": _words("多属性, 属性"),
        "unit": _words("基本单位, 单位, 计量单位, 销售单位, 库存单位, unit, uom"),
        "pack_unit": _words("副单位, 大单位, 包装单位, 整件单位, pack unit"),
        "factor": _words(
            "比例, 包装数, 箱规, 装箱数, 装箱量, 箱装量, 每箱数量, 件装数, 换算数, 换算率, units per case, pack size"
        ),
        "pack_barcode": _words("副条码, 箱码, 外箱条码, case barcode"),
        "price": _words(
            "批发价, 销售价, 售价, 单价, 出厂价, 标准价, 供货价, 指导价, 零售价, 价格, list price, unit price, price"
        ),
        "cost": _words("进价, 进货价, 采购价, 成本, 成本价, 单品成本, 参考成本, cost, standard cost"),
        "minimum": _words("起订量, 最小起订量, 起批量, 最小订量, moq, minimum"),
        "step": _words("订货倍数, 起订倍数, 步长, step"),
        "description": _words("备注, 商品描述, 描述, 说明, 备注一, description, remark, remarks, notes"),
        "status": _words("状态, 上架状态, 是否上架, 启用, status"),
    },
    telling=frozenset(
        _words("商品名称, 品名, 产品名称, 货品名称, 存货名称, 物料名称, 单品名称, product name")
    ),
    # Documents and lists of customers name goods or have names too, but are no list of goods.
    foreign=frozenset(
        _words(
            "数量, 商品数量, 金额, 税率, 仓库, 订单号, 订单编号, 单号, 单据, 交易号, 下单时间, 收货人, 收件人, "
            "收货人地址, 手机, 手机号码, 电话, 联系电话, 联系人, 地址, 客户, 客户名称, 供应商名称, 快递号, 快递公司, "
            "发货信息, 应收, 欠款, 开户行, quantity, amount"
        )
    ),
)

AXES: Final = {"colour": "颜色", "size": "尺码", "spec": "规格", "model": "型号", "traits": "属性"}
"""Columns whose values make a variant, and what the axis is called."""

PACK_UNIT: Final = "箱"
"""What holds several where a sheet only says how many."""

_ON: Final = frozenset(_words("1, 是, 启用, 上架, 在售, 正常, 有效, true, yes, y, active"))
_OFF: Final = frozenset(_words("0, 否, 停用, 禁用, 下架, 停售, 无效, false, no, n, inactive"))


@dataclass(slots=True)
class FoundGoods:
    """One line, read but not yet grouped with the others."""

    line: Line
    sheet: str
    texts: dict[str, str]
    numbers: dict[str, int | None]
    is_on_sale: bool | None
    axes: tuple[str, ...]
    spec: tuple[str, ...]
    notes: list[RowNote] = field(default_factory=list)

    def note(self, code: str, value: str) -> RowNote:
        return RowNote(row=self.line.number, sheet=self.sheet, code=code, value=value)


def goods_in(sheets: Iterable[Sheet]) -> SheetRows[GoodsRow]:
    """The goods of a file. Rows of one name with different values of colour, size, specification and so on are variants
    of one product; so are rows of one code, where a code stands for several of them.

    A row is refused, with its number in the sheet, when it has no name, a text is too long, a price is none, or it
    contradicts a row of the same goods before. A row that only repeats one, as in a list by warehouse, is counted. A
    barcode with a wrong check digit, or one that goods before it have, is left out and noticed.
    """
    result = SheetRows[GoodsRow]()
    product_ids: defaultdict[tuple[str, ...], str] = defaultdict(new_id)
    seen: dict[tuple[str, ...], GoodsRow] = {}
    barcodes: set[str] = set()
    for sheet in sheets:
        table = find_table(sheet, HEADINGS)
        if table is None:
            result.skipped_sheets.append(sheet.name)
            continue
        found = []
        for line in table.lines:
            try:
                found.append(read_line(line, table.sheet))
            except Invalid as refusal:
                result.refused.append(note_of(refusal, line.number, table.sheet))
        has_product_codes = codes_are_of_products(found)
        for one in found:
            row, key = goods_row(one, has_product_codes, product_ids)
            before = seen.get(key)
            if before is not None:
                if _says_same(before, row):
                    result.repeated += 1
                else:
                    result.refused.append(
                        one.note("catalog.row_twice", row.code or row.product_code or row.name)
                    )
                continue
            seen[key] = row
            result.rows.append(_with_own_barcodes(one, row, barcodes))
            result.noticed += one.notes
    return result


def read_line(line: Line, sheet: str) -> FoundGoods:
    """A line's texts and numbers. Raises Invalid for what cannot be taken."""
    texts = dict(line.values)
    if "name" not in texts:
        raise Invalid("catalog.name_missing", value=next(iter(texts.values())))
    numbers: dict[str, int | None] = {
        "price_e4": _scaled(texts.pop("price", ""), 4, LARGEST_PRICE, "catalog.price_wrong"),
        "cost_e4": _scaled(texts.pop("cost", ""), 4, LARGEST_PRICE, "catalog.price_wrong"),
        "minimum_e3": _scaled(texts.pop("minimum", ""), 3, LARGEST_QUANTITY, "catalog.number_wrong"),
        "step_e3": _scaled(texts.pop("step", ""), 3, LARGEST_QUANTITY, "catalog.number_wrong"),
    }
    status = texts.pop("status", "").lower()
    found = FoundGoods(
        line=line,
        sheet=sheet,
        texts=texts,
        numbers=numbers,
        is_on_sale=True if status in _ON else False if status in _OFF else None,
        axes=tuple(name for column, name in AXES.items() if column in texts),
        spec=tuple(texts[column] for column in AXES if column in texts),
    )
    texts["code"] = plain_number(texts.get("code", ""))
    for name in ("barcode", "pack_barcode"):
        texts[name] = _barcode(found, texts.get(name, ""))
    factor = texts.pop("factor", "")
    if factor:
        number = number_of(factor)
        if number is None or number != number.to_integral_value() or not 1 <= number <= LARGEST_FACTOR:
            found.notes.append(found.note("catalog.factor_wrong", factor))
        else:
            found.numbers["factor"] = int(number)
    for name, text in texts.items():
        if len(text) > LENGTHS[name]:
            raise Invalid("catalog.too_long", value=text[:60])
    return found


def _scaled(text: str, digits: int, most: int, code: str) -> int | None:
    """A number in units of its last decimal, half up; None without one and for 0, which stands where nobody knows it.
    Raises Invalid(code) for what is none.
    """
    if not text:
        return None
    number = number_of(text.strip("¥￥元 "))
    scaled = None if number is None else int((number * 10**digits).to_integral_value(ROUND_HALF_UP))
    if scaled is None or not 0 <= scaled <= most:
        raise Invalid(code, value=text[:60])
    return scaled or None


def _barcode(found: FoundGoods, text: str) -> str:
    """A barcode as it is kept; none, and a note, for one that cannot be right."""
    barcode = normalized_barcode(plain_number(text))
    if is_rounded(text):
        found.notes.append(found.note("catalog.barcode_rounded", text))
    elif is_check_digit_wrong(barcode):
        found.notes.append(found.note("catalog.barcode_wrong", barcode))
    else:
        return barcode
    return ""


def codes_are_of_products(found: Sequence[FoundGoods]) -> bool:
    """Whether the codes of a table name products rather than variants: one of them stands beside several values."""
    specs: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for one in found:
        if one.texts["code"]:
            specs[one.texts["code"]].add(one.spec)
    return any(len(values) > 1 for values in specs.values())


def goods_row(
    one: FoundGoods, has_product_codes: bool, product_ids: defaultdict[tuple[str, ...], str]
) -> tuple[GoodsRow, tuple[str, ...]]:
    """The row as a command takes it, and what tells it from others of the file."""
    texts: dict[str, Any] = {name: text for name, text in one.texts.items() if name not in AXES}
    numbers: dict[str, Any] = dict(one.numbers)
    code, unit, pack_unit = texts.pop("code"), texts.pop("unit", ""), texts.pop("pack_unit", "")
    named = ("name", texts["name"], texts.get("brand", ""), *one.axes)
    if code and has_product_codes:
        product_id, key = product_ids["code", code], ("product", code, *one.spec)
    else:
        # Without values to differ by, goods of one name are still no variants of one product.
        product_id = product_ids[named] if one.spec else new_id()
        key = ("code", code) if code else (*named, *(one.spec or (texts["barcode"],)))
    category = [texts.pop(name, "") for name in ("category", "subcategory", "subsubcategory")]
    if (pack_unit or numbers.get("factor", 1) > 1) and (pack_unit or PACK_UNIT) != (unit or BASE_UNIT):
        texts["pack_unit"] = pack_unit or PACK_UNIT
        numbers.setdefault("factor", 1)
    else:
        numbers.pop("factor", None)
        texts["pack_barcode"] = ""
    row = GoodsRow(
        row=one.line.number,
        sheet=one.sheet,
        product_id=product_id,
        variant_id=new_id(),
        product_code=code if has_product_codes else "",
        code="" if has_product_codes else code,
        category=[name for name in category if name],
        axes=list(one.axes),
        spec=list(one.spec),
        unit=unit or None,
        is_on_sale=one.is_on_sale,
        **texts,
        **numbers,
    )
    return row, key


def _says_same(before: GoodsRow, row: GoodsRow) -> bool:
    names = ("row", "sheet", "product_id", "variant_id", "barcode", "pack_barcode")
    plain = [
        {name: value for name, value in msgspec.structs.asdict(one).items() if name not in names}
        for one in (before, row)
    ]
    return plain[0] == plain[1] and (not row.barcode or row.barcode == before.barcode)


def _with_own_barcodes(one: FoundGoods, row: GoodsRow, taken: set[str]) -> GoodsRow:
    """The row without barcodes that goods before it have."""
    changed = {}
    for name in ("barcode", "pack_barcode"):
        barcode = getattr(row, name)
        if barcode in taken:
            one.notes.append(one.note("catalog.barcode_taken", barcode))
            changed[name] = ""
        elif barcode:
            taken.add(barcode)
    return msgspec.structs.replace(row, **changed)
