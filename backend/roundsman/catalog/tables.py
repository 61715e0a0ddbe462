"""Columns of what is sold and for how much; the SQL that makes them is in migrations/m0013_catalog.py.

Prices are 1/10000 yuan (`_e4`), quantities thousandths (`_e3`). `audience`, `territory_id` and `owner_id` are
repeated on price lists and their prices so that feed triggers need no joins.
"""

from piccolo.columns import JSON, BigInt, Boolean, Integer, Text
from piccolo.table import Table


class Category(Table, tablename="categories"):
    """A node of the tree of goods; `axes` are the names of what its products vary by, `starter` the built-in
    set it came with.
    """

    id = Text(primary_key=True, default=None)
    parent_id = Text(null=True, default=None)
    name = Text()
    axes = JSON()
    starter = Text()
    position = Integer()
    is_active = Boolean()


class Product(Table, tablename="products"):
    """A sellable thing in all its variants; `axes` are the names of what they differ by, such as ["颜色", "尺码"],
    `picture_ids` its photos, the first its face. `picture_id` is read and written by nobody.
    """

    id = Text(primary_key=True, default=None)
    code = Text()
    name = Text()
    brand = Text()
    category_id = Text(null=True, default=None)
    axes = JSON()
    description = Text()
    picture_id = Text(null=True, default=None)
    picture_ids = JSON()
    pinyin = Text()
    initials = Text()
    search = Text()
    position = Integer()
    is_on_sale = Boolean()
    created_at = BigInt()
    changed_at = BigInt()


class Variant(Table, tablename="variants"):
    """A SKU. `spec` has its value for each axis; `packs` its units, the base unit first: {unit, factor,
    barcode, price_e4, minimum_e3, maximum_e3, step_e3, is_sold}. `price_e4` is the list price of one base unit,
    `cost_e4` what one cost last.
    """

    id = Text(primary_key=True, default=None)
    product_id = Text()
    code = Text()
    name = Text()
    spec = JSON()
    packs = JSON()
    price_e4 = BigInt()
    cost_e4 = BigInt()
    position = Integer()
    is_on_sale = Boolean()
    changed_at = BigInt()


class Barcode(Table, tablename="barcodes"):
    """Which pack a barcode (`id`) is on."""

    id = Text(primary_key=True, default=None)
    variant_id = Text()
    unit = Text()


class PriceList(Table, tablename="price_lists"):
    """What a level or one customer pays from `from_on` until `until_on`, both inclusive. `version` counts its
    changes.
    """

    id = Text(primary_key=True, default=None)
    name = Text()
    kind = Text()
    level_id = Text(null=True, default=None)
    customer_id = Text(null=True, default=None)
    audience = Text(null=True, default=None)
    from_on = Text()
    until_on = Text(null=True, default=None)
    is_active = Boolean()
    version = Integer()
    territory_id = Text(null=True, default=None)
    owner_id = Text(null=True, default=None)
    changed_at = BigInt()


class Price(Table, tablename="prices"):
    """A list's price of one unit of a variant: `breaks` [[minimum_e3, price_e4], …] upwards, `gifts`
    [{every_e3, variant_id, unit, quantity_e3}, …]. What it shares with its list is repeated here.
    """

    id = Text(primary_key=True, default=None)
    list_id = Text()
    variant_id = Text()
    unit = Text()
    breaks = JSON()
    gifts = JSON()
    may_rise = Boolean()
    level_id = Text(null=True, default=None)
    customer_id = Text(null=True, default=None)
    audience = Text(null=True, default=None)
    from_on = Text()
    until_on = Text(null=True, default=None)
    is_active = Boolean()
    territory_id = Text(null=True, default=None)
    owner_id = Text(null=True, default=None)
