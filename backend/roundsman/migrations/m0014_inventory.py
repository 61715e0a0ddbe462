"""Makes the tables of the inventory domain."""

ID = "0014_inventory"
DESCRIPTION = "warehouses, stocks, movements and reservations"

STATEMENTS = [
    """
    CREATE TABLE warehouses (
        id text PRIMARY KEY,
        name text NOT NULL,
        is_default {bool} NOT NULL,
        is_active {bool} NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX warehouses_default ON warehouses (is_default) WHERE is_default",
    """
    CREATE TABLE stocks (
        id text PRIMARY KEY,
        warehouse_id text NOT NULL REFERENCES warehouses (id),
        variant_id text NOT NULL REFERENCES variants (id),
        on_hand_e3 bigint NOT NULL,
        reserved_e3 bigint NOT NULL CHECK (reserved_e3 >= 0),
        changed_at bigint NOT NULL,
        CHECK (on_hand_e3 >= reserved_e3)
    )
    """,
    "CREATE UNIQUE INDEX stocks_place ON stocks (warehouse_id, variant_id)",
    "CREATE INDEX stocks_variant ON stocks (variant_id)",
    """
    CREATE TABLE stock_movements (
        id text PRIMARY KEY,
        warehouse_id text NOT NULL REFERENCES warehouses (id),
        variant_id text NOT NULL REFERENCES variants (id),
        kind text NOT NULL CHECK (kind IN ('opening', 'receipt', 'adjustment', 'shipment', 'return')),
        quantity_e3 bigint NOT NULL CHECK (quantity_e3 <> 0),
        balance_e3 bigint NOT NULL CHECK (balance_e3 >= 0),
        cost_e4 bigint,
        reason text NOT NULL,
        source_table text NOT NULL,
        source_id text NOT NULL,
        person_id text NOT NULL,
        at bigint NOT NULL,
        day_on text NOT NULL
    )
    """,
    "CREATE INDEX stock_movements_place ON stock_movements (variant_id, warehouse_id, at, id)",
    "CREATE INDEX stock_movements_source ON stock_movements (source_table, source_id)",
    "CREATE INDEX stock_movements_age ON stock_movements (at, id)",
    """
    CREATE TABLE stock_reservations (
        id text PRIMARY KEY,
        warehouse_id text NOT NULL,
        variant_id text NOT NULL,
        quantity_e3 bigint NOT NULL CHECK (quantity_e3 > 0),
        source_table text NOT NULL,
        source_id text NOT NULL,
        at bigint NOT NULL
    )
    """,
    "CREATE INDEX stock_reservations_place ON stock_reservations (variant_id, warehouse_id)",
    "CREATE INDEX stock_reservations_source ON stock_reservations (source_table, source_id)",
]
