"""Makes the tables of the customers domain."""

ID = "0004_customers"
DESCRIPTION = "customer classes, customers, contacts and pins"

STATEMENTS = [
    """
    CREATE TABLE customer_classes (
        id text PRIMARY KEY,
        name text NOT NULL,
        geofence text NOT NULL CHECK (geofence IN ('none', 'flag', 'hard')),
        radius_m integer NOT NULL CHECK (radius_m > 0),
        photo_source text NOT NULL CHECK (photo_source IN ('camera', 'any')),
        position integer NOT NULL DEFAULT 0,
        is_active {bool} NOT NULL
    )
    """,
    """
    CREATE TABLE customers (
        id text PRIMARY KEY,
        code text NOT NULL,
        name text NOT NULL,
        short_name text NOT NULL,
        class_id text REFERENCES customer_classes (id),
        tags {json} NOT NULL,
        phone text NOT NULL,
        province text NOT NULL,
        city text NOT NULL,
        county text NOT NULL,
        street text NOT NULL,
        owner_id text REFERENCES people (id),
        territory_id text NOT NULL REFERENCES territories (id),
        latitude_e7 bigint CHECK (latitude_e7 BETWEEN -900000000 AND 900000000),
        longitude_e7 bigint CHECK (longitude_e7 BETWEEN -1800000000 AND 1800000000),
        pin_accuracy_m integer,
        pin_source text,
        pin_set_at bigint,
        pinyin text NOT NULL,
        initials text NOT NULL,
        search text NOT NULL,
        remark text NOT NULL,
        is_active {bool} NOT NULL,
        created_at bigint NOT NULL,
        created_by text,
        changed_at bigint NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX customers_code ON customers (code) WHERE code <> ''",
    "CREATE INDEX customers_territory ON customers (territory_id, name, id)",
    "CREATE INDEX customers_owner ON customers (owner_id, name, id)",
    "CREATE INDEX customers_name ON customers (name, id)",
    "CREATE INDEX customers_phone ON customers (phone) WHERE phone <> ''",
    "CREATE INDEX customers_pin ON customers (latitude_e7, longitude_e7)",
    """
    CREATE TABLE customer_placements (
        id text PRIMARY KEY,
        customer_id text NOT NULL REFERENCES customers (id),
        territory_id text NOT NULL REFERENCES territories (id),
        owner_id text,
        from_at bigint NOT NULL,
        until_at bigint
    )
    """,
    "CREATE UNIQUE INDEX customer_placements_now ON customer_placements (customer_id) WHERE until_at IS NULL",
    "CREATE INDEX customer_placements_customer ON customer_placements (customer_id, from_at)",
    """
    CREATE TABLE contacts (
        id text PRIMARY KEY,
        customer_id text NOT NULL REFERENCES customers (id),
        name text NOT NULL,
        phone text NOT NULL,
        position text NOT NULL,
        is_main {bool} NOT NULL,
        territory_id text NOT NULL,
        owner_id text
    )
    """,
    "CREATE INDEX contacts_customer ON contacts (customer_id)",
    "CREATE INDEX contacts_phone ON contacts (phone) WHERE phone <> ''",
    """
    CREATE TABLE customer_pins (
        id text PRIMARY KEY,
        customer_id text NOT NULL REFERENCES customers (id),
        latitude_e7 bigint NOT NULL,
        longitude_e7 bigint NOT NULL,
        accuracy_m integer,
        source text NOT NULL,
        reason text NOT NULL,
        state text NOT NULL CHECK (state IN ('current', 'past', 'asked', 'refused')),
        person_id text,
        asked_at bigint NOT NULL,
        decided_by text,
        decided_at bigint,
        decision_reason text NOT NULL,
        territory_id text NOT NULL
    )
    """,
    "CREATE INDEX customer_pins_customer ON customer_pins (customer_id, asked_at)",
    "CREATE UNIQUE INDEX customer_pins_current ON customer_pins (customer_id) WHERE state = 'current'",
]
