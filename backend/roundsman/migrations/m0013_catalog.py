"""Makes the tables of the catalog domain."""

ID = "0013_catalog"
DESCRIPTION = "categories, products, variants with their packs and barcodes, price lists"

STATEMENTS = [
    """
    CREATE TABLE categories (
        id text PRIMARY KEY,
        parent_id text REFERENCES categories (id),
        name text NOT NULL,
        axes {json} NOT NULL,
        starter text NOT NULL,
        position integer NOT NULL,
        is_active {bool} NOT NULL
    )
    """,
    """
    CREATE TABLE products (
        id text PRIMARY KEY,
        code text NOT NULL,
        name text NOT NULL,
        brand text NOT NULL,
        category_id text REFERENCES categories (id),
        axes {json} NOT NULL,
        description text NOT NULL,
        picture_id text,
        pinyin text NOT NULL,
        initials text NOT NULL,
        search text NOT NULL,
        position integer NOT NULL,
        is_on_sale {bool} NOT NULL,
        created_at bigint NOT NULL,
        changed_at bigint NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX products_code ON products (code) WHERE code <> ''",
    "CREATE INDEX products_name ON products (name, id)",
    "CREATE INDEX products_category ON products (category_id, name, id)",
    """
    CREATE TABLE variants (
        id text PRIMARY KEY,
        product_id text NOT NULL REFERENCES products (id),
        code text NOT NULL,
        name text NOT NULL,
        spec {json} NOT NULL,
        packs {json} NOT NULL,
        price_e4 bigint NOT NULL CHECK (price_e4 >= 0),
        cost_e4 bigint NOT NULL CHECK (cost_e4 >= 0),
        position integer NOT NULL,
        is_on_sale {bool} NOT NULL,
        changed_at bigint NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX variants_code ON variants (code) WHERE code <> ''",
    "CREATE INDEX variants_product ON variants (product_id, position, id)",
    """
    CREATE TABLE barcodes (
        id text PRIMARY KEY,
        variant_id text NOT NULL REFERENCES variants (id),
        unit text NOT NULL
    )
    """,
    "CREATE INDEX barcodes_variant ON barcodes (variant_id)",
    """
    CREATE TABLE price_lists (
        id text PRIMARY KEY,
        name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('level', 'customer')),
        level_id text REFERENCES price_levels (id),
        customer_id text REFERENCES customers (id),
        audience text,
        from_on text NOT NULL,
        until_on text,
        is_active {bool} NOT NULL,
        version integer NOT NULL,
        territory_id text,
        owner_id text,
        changed_at bigint NOT NULL,
        CHECK ((kind = 'level') = (level_id IS NOT NULL)),
        CHECK ((kind = 'customer') = (customer_id IS NOT NULL))
    )
    """,
    "CREATE INDEX price_lists_level ON price_lists (level_id)",
    "CREATE INDEX price_lists_customer ON price_lists (customer_id)",
    """
    CREATE TABLE prices (
        id text PRIMARY KEY,
        list_id text NOT NULL REFERENCES price_lists (id),
        variant_id text NOT NULL REFERENCES variants (id),
        unit text NOT NULL,
        breaks {json} NOT NULL,
        gifts {json} NOT NULL,
        may_rise {bool} NOT NULL,
        level_id text,
        customer_id text,
        audience text,
        from_on text NOT NULL,
        until_on text,
        is_active {bool} NOT NULL,
        territory_id text,
        owner_id text
    )
    """,
    "CREATE UNIQUE INDEX prices_of_a_list ON prices (list_id, variant_id, unit)",
    "CREATE INDEX prices_variant_level ON prices (variant_id, level_id)",
    "CREATE INDEX prices_variant_customer ON prices (variant_id, customer_id)",
]
