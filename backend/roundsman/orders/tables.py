"""Columns of orders, their lines, moves and returns; the SQL that makes them is in migrations/m0016_orders.py.

Amounts are fen, prices 1/10000 yuan (`_e4`), quantities thousandths (`_e3`). `person_id`, `owner_id`,
`agent_id`, `territory_id` and `month` are the order's, repeated on all that hangs on it so that feed triggers
need no joins.
"""

from piccolo.columns import JSON, BigInt, Boolean, Integer, Text
from piccolo.table import Table


class OrderPolicy(Table, tablename="order_policy"):
    """What an administrator decided about orders; one row."""

    id = Text(primary_key=True, default=None)
    tolerance_permille = Integer()
    on_difference = Text()
    list_age_days = Integer()
    changed_at = BigInt()


class OrderNumber(Table, tablename="order_numbers"):
    """The last number given on a day (`id`)."""

    id = Text(primary_key=True, default=None)
    last = Integer()


class Order(Table, tablename="orders"):
    """What a customer wants; `person_id` placed it, `owner_id` looks after the customer, `agent_id` is the
    customer when he orders for himself. `cost_amount` is what all its goods cost us, `returned_cost_amount` what those
    did that came back. `stated_e4` is what the system an order was imported from says its goods came to, in 1/10000
    yuan: such orders are summed by it and the sum is rounded once, so that it comes to what that system says.
    """

    id = Text(primary_key=True, default=None)
    number = Text()
    external_key = Text(null=True, default=None)
    customer_id = Text()
    agent_id = Text(null=True, default=None)
    person_id = Text()
    owner_id = Text(null=True, default=None)
    territory_id = Text()
    month = Text()
    day_on = Text()
    state = Text()
    visit_id = Text(null=True, default=None)
    warehouse_id = Text(null=True, default=None)
    currency = Text()
    goods_amount = BigInt()
    expense_amount = BigInt()
    total_amount = BigInt()
    returned_amount = BigInt()
    cost_amount = BigInt()
    returned_cost_amount = BigInt()
    stated_e4 = BigInt(null=True, default=None)
    expenses = JSON()
    recipient = JSON()
    delivery_method = Text()
    wanted_on = Text(null=True, default=None)
    install_at = BigInt(null=True, default=None)
    note = Text()
    price_changes = JSON()
    hold_codes = JSON()
    short_count = Integer()
    placed_at = BigInt()
    changed_at = BigInt()
    version = Integer()


class OrderLine(Table, tablename="order_lines"):
    """One thing of an order as it was named and priced then. `reserved_e3`, `shipped_e3` and `returned_e3` are
    in base units.
    """

    id = Text(primary_key=True, default=None)
    order_id = Text()
    position = Integer()
    variant_id = Text()
    name = Text()
    code = Text()
    unit = Text()
    factor = Integer()
    quantity_e3 = BigInt()
    price_e4 = BigInt()
    list_price_e4 = BigInt()
    amount = BigInt()
    is_gift = Boolean()
    gift_of = Text(null=True, default=None)
    source = Text()
    list_id = Text(null=True, default=None)
    cost_e4 = BigInt()
    reserved_e3 = BigInt()
    shipped_e3 = BigInt()
    returned_e3 = BigInt()
    person_id = Text()
    owner_id = Text(null=True, default=None)
    agent_id = Text(null=True, default=None)
    territory_id = Text()
    month = Text()


class OrderMove(Table, tablename="order_moves"):
    """One step of an order's life: who, when, why."""

    id = Text(primary_key=True, default=None)
    order_id = Text()
    verb = Text()
    from_state = Text()
    to_state = Text()
    mover_id = Text()
    at = BigInt()
    reason = Text()
    detail = JSON()
    person_id = Text()
    owner_id = Text(null=True, default=None)
    agent_id = Text(null=True, default=None)
    territory_id = Text()
    month = Text()


class OrderReturn(Table, tablename="order_returns"):
    """Goods that come back, or are asked to."""

    id = Text(primary_key=True, default=None)
    order_id = Text()
    state = Text()
    reason = Text()
    amount = BigInt()
    asked_by = Text()
    asked_at = BigInt()
    decided_by = Text(null=True, default=None)
    decided_at = BigInt(null=True, default=None)
    decision_reason = Text()
    person_id = Text()
    owner_id = Text(null=True, default=None)
    agent_id = Text(null=True, default=None)
    territory_id = Text()
    month = Text()


class OrderReturnLine(Table, tablename="order_return_lines"):
    """How much of a line comes back, in the line's unit."""

    id = Text(primary_key=True, default=None)
    return_id = Text()
    order_line_id = Text()
    quantity_e3 = BigInt()
    amount = BigInt()
    person_id = Text()
    owner_id = Text(null=True, default=None)
    agent_id = Text(null=True, default=None)
    territory_id = Text()
    month = Text()
