"""Makes the tables of the orders domain."""

ID = "0016_orders"
DESCRIPTION = "orders, their lines and moves, returns, and what an administrator decides about them"

STATEMENTS = [
    """
    CREATE TABLE order_policy (
        id text PRIMARY KEY,
        tolerance_permille integer NOT NULL CHECK (tolerance_permille BETWEEN 0 AND 1000),
        on_difference text NOT NULL CHECK (on_difference IN ('apply', 'hold')),
        list_age_days integer NOT NULL CHECK (list_age_days >= 0),
        changed_at bigint NOT NULL
    )
    """,
    "CREATE TABLE order_numbers (id text PRIMARY KEY, last integer NOT NULL)",
    """
    CREATE TABLE orders (
        id text PRIMARY KEY,
        number text NOT NULL,
        external_key text,
        customer_id text NOT NULL REFERENCES customers (id),
        agent_id text,
        person_id text NOT NULL REFERENCES people (id),
        owner_id text,
        territory_id text NOT NULL,
        month text NOT NULL,
        day_on text NOT NULL,
        state text NOT NULL CHECK (state IN (
            'draft', 'submitted', 'reviewed', 'awaiting_purchase', 'allocated', 'packed', 'shipped', 'signed',
            'closed', 'cancelled', 'returned'
        )),
        visit_id text,
        warehouse_id text,
        currency text NOT NULL,
        goods_amount bigint NOT NULL,
        expense_amount bigint NOT NULL,
        total_amount bigint NOT NULL,
        returned_amount bigint NOT NULL,
        cost_amount bigint NOT NULL,
        returned_cost_amount bigint NOT NULL,
        stated_e4 bigint,
        expenses {json} NOT NULL,
        recipient {json} NOT NULL,
        delivery_method text NOT NULL,
        wanted_on text,
        install_at bigint,
        note text NOT NULL,
        price_changes {json} NOT NULL,
        hold_codes {json} NOT NULL,
        short_count integer NOT NULL,
        placed_at bigint NOT NULL,
        changed_at bigint NOT NULL,
        version integer NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX orders_number ON orders (number) WHERE number <> ''",
    "CREATE UNIQUE INDEX orders_external ON orders (external_key) WHERE external_key IS NOT NULL",
    "CREATE INDEX orders_state ON orders (state, placed_at, id)",
    "CREATE INDEX orders_age ON orders (placed_at, id)",
    "CREATE INDEX orders_customer ON orders (customer_id, placed_at, id)",
    "CREATE INDEX orders_owner ON orders (owner_id, placed_at, id)",
    "CREATE INDEX orders_person ON orders (person_id, placed_at, id)",
    "CREATE INDEX orders_territory ON orders (territory_id, placed_at, id)",
    """
    CREATE TABLE order_lines (
        id text PRIMARY KEY,
        order_id text NOT NULL REFERENCES orders (id),
        position integer NOT NULL,
        variant_id text NOT NULL REFERENCES variants (id),
        name text NOT NULL,
        code text NOT NULL,
        unit text NOT NULL,
        factor integer NOT NULL CHECK (factor > 0),
        quantity_e3 bigint NOT NULL CHECK (quantity_e3 > 0),
        price_e4 bigint NOT NULL CHECK (price_e4 >= 0),
        list_price_e4 bigint NOT NULL CHECK (list_price_e4 >= 0),
        amount bigint NOT NULL,
        is_gift {bool} NOT NULL,
        gift_of text,
        source text NOT NULL,
        list_id text,
        cost_e4 bigint NOT NULL,
        reserved_e3 bigint NOT NULL CHECK (reserved_e3 >= 0),
        shipped_e3 bigint NOT NULL CHECK (shipped_e3 >= 0),
        returned_e3 bigint NOT NULL CHECK (returned_e3 >= 0),
        person_id text NOT NULL,
        owner_id text,
        agent_id text,
        territory_id text NOT NULL,
        month text NOT NULL
    )
    """,
    "CREATE INDEX order_lines_order ON order_lines (order_id, position)",
    "CREATE INDEX order_lines_variant ON order_lines (variant_id)",
    """
    CREATE TABLE order_moves (
        id text PRIMARY KEY,
        order_id text NOT NULL REFERENCES orders (id),
        verb text NOT NULL,
        from_state text NOT NULL,
        to_state text NOT NULL,
        mover_id text NOT NULL,
        at bigint NOT NULL,
        reason text NOT NULL,
        detail {json} NOT NULL,
        person_id text NOT NULL,
        owner_id text,
        agent_id text,
        territory_id text NOT NULL,
        month text NOT NULL
    )
    """,
    "CREATE INDEX order_moves_order ON order_moves (order_id, at, id)",
    """
    CREATE TABLE order_returns (
        id text PRIMARY KEY,
        order_id text NOT NULL REFERENCES orders (id),
        state text NOT NULL CHECK (state IN ('asked', 'received', 'refused')),
        reason text NOT NULL,
        amount bigint NOT NULL,
        asked_by text NOT NULL,
        asked_at bigint NOT NULL,
        decided_by text,
        decided_at bigint,
        decision_reason text NOT NULL,
        person_id text NOT NULL,
        owner_id text,
        agent_id text,
        territory_id text NOT NULL,
        month text NOT NULL
    )
    """,
    "CREATE INDEX order_returns_order ON order_returns (order_id)",
    "CREATE INDEX order_returns_state ON order_returns (state, asked_at, id)",
    """
    CREATE TABLE order_return_lines (
        id text PRIMARY KEY,
        return_id text NOT NULL REFERENCES order_returns (id),
        order_line_id text NOT NULL REFERENCES order_lines (id),
        quantity_e3 bigint NOT NULL CHECK (quantity_e3 > 0),
        amount bigint NOT NULL,
        person_id text NOT NULL,
        owner_id text,
        agent_id text,
        territory_id text NOT NULL,
        month text NOT NULL
    )
    """,
    "CREATE INDEX order_return_lines_return ON order_return_lines (return_id)",
    "CREATE INDEX order_return_lines_line ON order_return_lines (order_line_id)",
]
