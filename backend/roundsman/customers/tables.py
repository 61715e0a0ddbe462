"""Columns of customers, their contacts, classes and pins; the SQL that makes them is in migrations/m0004_customers.py.

`territory_id` and `owner_id` are repeated on the children so that feed triggers need no joins.
"""

from piccolo.columns import JSON, BigInt, Boolean, Integer, Text
from piccolo.table import Table


class CustomerClass(Table, tablename="customer_classes"):
    """A kind of customer: how strictly a check-in is judged and where photos may come from."""

    id = Text(primary_key=True, default=None)
    name = Text()
    geofence = Text()
    radius_m = Integer()
    photo_source = Text()
    position = Integer()
    is_active = Boolean()


class PriceLevel(Table, tablename="price_levels"):
    """A level of prices customers and agents are given; what it costs at one is the catalog's."""

    id = Text(primary_key=True, default=None)
    name = Text()
    position = Integer()
    is_active = Boolean()


class Customer(Table, tablename="customers"):
    """A shop or person; the pin is WGS-84 in 1e-7 degrees, its history is in customer_pins. `won_by` is the first owner
    of one that was not there before; nobody of one that came with a spreadsheet.
    """

    id = Text(primary_key=True, default=None)
    code = Text()
    name = Text()
    short_name = Text()
    class_id = Text(null=True, default=None)
    tags = JSON()
    phone = Text()
    province = Text()
    city = Text()
    county = Text()
    street = Text()
    owner_id = Text(null=True, default=None)
    territory_id = Text()
    latitude_e7 = BigInt(null=True, default=None)
    longitude_e7 = BigInt(null=True, default=None)
    pin_accuracy_m = Integer(null=True, default=None)
    pin_source = Text(null=True, default=None)
    pin_set_at = BigInt(null=True, default=None)
    pinyin = Text()
    initials = Text()
    search = Text()
    name_key = Text()
    phone_digits = Text()
    remark = Text()
    is_active = Boolean()
    created_at = BigInt()
    created_by = Text(null=True, default=None)
    won_by = Text(null=True, default=None)
    changed_at = BigInt()
    price_level_id = Text(null=True, default=None)


class CustomerPlacement(Table, tablename="customer_placements"):
    """Where a customer was filed and whose it was, from `from_at` until `until_at` (None: still)."""

    id = Text(primary_key=True, default=None)
    customer_id = Text()
    territory_id = Text()
    owner_id = Text(null=True, default=None)
    from_at = BigInt()
    until_at = BigInt(null=True, default=None)


class Contact(Table, tablename="contacts"):
    """A person at a customer."""

    id = Text(primary_key=True, default=None)
    customer_id = Text()
    name = Text()
    phone = Text()
    phone_digits = Text()
    position = Text()
    is_main = Boolean()
    territory_id = Text()
    owner_id = Text(null=True, default=None)


class CustomerPin(Table, tablename="customer_pins"):
    """One place a customer was, is, or is asked to be: history and correction requests in one list.

    `state`: current, past, asked, refused.
    """

    id = Text(primary_key=True, default=None)
    customer_id = Text()
    latitude_e7 = BigInt()
    longitude_e7 = BigInt()
    accuracy_m = Integer(null=True, default=None)
    source = Text()
    reason = Text()
    state = Text()
    person_id = Text(null=True, default=None)
    asked_at = BigInt()
    decided_by = Text(null=True, default=None)
    decided_at = BigInt(null=True, default=None)
    decision_reason = Text()
    territory_id = Text()
