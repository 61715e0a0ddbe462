"""The model's business: authoritative handlers on the server and their optimistic twins on the phone.

`customers.note {customer_id, text}` adds the command's uuid to the customer's `notes` (a fact, never refused
for scope); `orders.place {order_id, customer_id, product_id, qty}` takes stock and inserts an order;
`orders.pay {order_id}` adds the command's uuid to the order's `payments`.
"""

from collections.abc import Callable
from typing import Protocol

from tests.sync.model.wire import Command, Row, Rows


class Rejected(Exception):
    """A domain rule said no."""

    def __init__(self, code: str) -> None:
        self.code = code


class Database(Protocol):
    def get(self, tbl: str, pk: str) -> Row | None: ...
    def put(self, tbl: str, pk: str, row: Row) -> None: ...


def _found(row: Row | None) -> Row:
    if row is None:
        raise Rejected("unknown")
    return row


def _note(db: Database, user: str, territories: frozenset[str], command: Command) -> None:
    customer = _found(db.get("customers", command["args"]["customer_id"]))
    db.put("customers", customer["id"], {**customer, "notes": [*customer["notes"], command["uuid"]]})


def _place(db: Database, user: str, territories: frozenset[str], command: Command) -> None:
    args = command["args"]
    customer = _found(db.get("customers", args["customer_id"]))
    product = _found(db.get("products", args["product_id"]))
    if customer["terr"] not in territories:
        raise Rejected("scope_lost")
    if product["stock"] < args["qty"]:
        raise Rejected("out_of_stock")
    db.put("products", product["id"], {**product, "stock": product["stock"] - args["qty"]})
    db.put("orders", args["order_id"], _order(args["order_id"], customer, user, command))


def _pay(db: Database, user: str, territories: frozenset[str], command: Command) -> None:
    order = _found(db.get("orders", command["args"]["order_id"]))
    db.put("orders", order["id"], {**order, "payments": [*order["payments"], command["uuid"]]})


def _order(order_id: str, customer: Row, author: str, command: Command) -> Row:
    return {
        "id": order_id,
        "customer_id": customer["id"],
        "terr": customer["terr"],
        "author": author,
        "product_id": command["args"]["product_id"],
        "qty": command["args"]["qty"],
        "payments": [],
    }


HANDLERS: dict[str, Callable[[Database, str, frozenset[str], Command], None]] = {
    "customers.note": _note,
    "orders.place": _place,
    "orders.pay": _pay,
}


def show(view: Rows, user: str, command: Command) -> bool:
    """Replay a pending command onto the view; False when the row it is about is not in the view."""
    args = command["args"]
    if command["name"] == "orders.pay":
        order = view["orders"].get(args["order_id"])
        if order is not None:
            view["orders"][order["id"]] = {**order, "payments": [*order["payments"], command["uuid"]]}
        return order is not None
    customer = view["customers"].get(args["customer_id"])
    if customer is None:
        return False
    if command["name"] == "customers.note":
        view["customers"][customer["id"]] = {**customer, "notes": [*customer["notes"], command["uuid"]]}
        return True
    product = view["products"].get(args["product_id"])
    if product is not None:
        view["products"][product["id"]] = {**product, "stock": product["stock"] - args["qty"]}
    view["orders"][args["order_id"]] = _order(args["order_id"], customer, user, command)
    return True


def is_shown(view: Rows, command: Command) -> bool:
    """Whether the effect of this command can be seen, exactly once, in the view."""
    args = command["args"]
    if command["name"] == "orders.pay":
        order = view["orders"].get(args["order_id"])
        return order is not None and order["payments"].count(command["uuid"]) == 1
    if command["name"] == "customers.note":
        customer = view["customers"].get(args["customer_id"])
        return customer is not None and customer["notes"].count(command["uuid"]) == 1
    return args["order_id"] in view["orders"]
