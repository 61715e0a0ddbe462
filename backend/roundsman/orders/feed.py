"""What a phone may hold of orders: who placed one, who looks after the customer, the managers above, and the
customer himself when he orders for himself. Costs are in no feed.
"""

from roundsman.core.domain import Feed
from roundsman.orders.tables import Order, OrderLine, OrderMove, OrderPolicy, OrderReturn, OrderReturnLine

OF_THE_ORDER = (
    "user:{person_id}:{month}",
    "user:{owner_id}:{month}",
    "team:{territory_id}:{month}",
    "team:all:{month}",
    "buyer:{agent_id}",
)

FEEDS = (
    Feed(
        OrderPolicy,
        fields=("id", "tolerance_permille", "on_difference", "list_age_days"),
        buckets=("org",),
    ),
    Feed(
        Order,
        fields=(
            "id",
            "number",
            "customer_id",
            "agent_id",
            "person_id",
            "owner_id",
            "day_on",
            "state",
            "visit_id",
            "currency",
            "goods_amount",
            "expense_amount",
            "total_amount",
            "returned_amount",
            "expenses",
            "recipient",
            "delivery_method",
            "wanted_on",
            "install_at",
            "note",
            "price_changes",
            "hold_codes",
            "short_count",
            "placed_at",
            "changed_at",
            "version",
        ),
        buckets=OF_THE_ORDER,
    ),
    Feed(
        OrderLine,
        fields=(
            "id",
            "order_id",
            "position",
            "variant_id",
            "name",
            "code",
            "unit",
            "factor",
            "quantity_e3",
            "price_e4",
            "list_price_e4",
            "amount",
            "is_gift",
            "gift_of",
            "source",
            "list_id",
            "reserved_e3",
            "shipped_e3",
            "returned_e3",
        ),
        buckets=OF_THE_ORDER,
    ),
    Feed(
        OrderMove,
        fields=("id", "order_id", "verb", "from_state", "to_state", "mover_id", "at", "reason", "detail"),
        buckets=OF_THE_ORDER,
    ),
    Feed(
        OrderReturn,
        fields=(
            "id",
            "order_id",
            "state",
            "reason",
            "amount",
            "asked_by",
            "asked_at",
            "decided_by",
            "decided_at",
            "decision_reason",
        ),
        buckets=OF_THE_ORDER,
    ),
    Feed(
        OrderReturnLine,
        fields=("id", "return_id", "order_line_id", "quantity_e3", "amount"),
        buckets=OF_THE_ORDER,
    ),
)
