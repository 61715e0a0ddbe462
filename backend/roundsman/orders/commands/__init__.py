"""Every write of orders. How an order moves is in moving.py, by the table in rules.py; what its goods and its money do
is inventory's and receivables', called down.
"""

from roundsman.orders.commands.amending import amend_order
from roundsman.orders.commands.drafting import discard_draft, save_draft
from roundsman.orders.commands.importing import import_orders
from roundsman.orders.commands.placing import place_order, submit_order
from roundsman.orders.commands.policy import set_policy
from roundsman.orders.commands.returning import ask_return, receive_return, refuse_return
from roundsman.orders.commands.reviewing import allocate_order, cancel_order, review_order
from roundsman.orders.commands.shipping import close_order, pack_order, ship_order, sign_order

COMMANDS = (
    place_order,
    save_draft,
    discard_draft,
    submit_order,
    review_order,
    allocate_order,
    pack_order,
    ship_order,
    sign_order,
    close_order,
    cancel_order,
    amend_order,
    ask_return,
    receive_return,
    refuse_return,
    set_policy,
    import_orders,
)

__all__ = ["COMMANDS"]
