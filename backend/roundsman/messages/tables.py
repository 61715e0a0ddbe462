"""Columns of messages and of how a person wants to be told; the SQL that makes them is in
migrations/m0021_messages.py.
"""

from piccolo.columns import JSON, BigInt, Integer, Text
from piccolo.table import Table


class Message(Table, tablename="messages"):
    """One thing a person was told. `about` is the page of the app it leads to, `args` what its text names: {name,
    value}. `key` says what it tells of, so that nobody is told twice. `month` ('YYYYMM') is that of `at`.
    """

    id = Text(primary_key=True, default=None)
    person_id = Text()
    kind = Text()
    about = Text()
    args = JSON()
    key = Text()
    at = BigInt()
    month = Text()
    read_at = BigInt(null=True, default=None)


class MessageSettings(Table, tablename="message_settings"):
    """How a person wants to be told; `id` is his. `muted` are kinds, quiet hours minutes of the company's day."""

    id = Text(primary_key=True, default=None)
    muted = JSON()
    quiet_from = Integer(null=True, default=None)
    quiet_until = Integer(null=True, default=None)


class PushKey(Table, tablename="push_keys"):
    """The one pair of keys push services know this company by, as PEM; made when first asked for."""

    id = Text(primary_key=True, default=None)
    private_key = Text()
    public_key = Text()
    created_at = BigInt()


class PushSubscription(Table, tablename="push_subscriptions"):
    """Where a phone is reached while the app is closed; `id` is its replica's. `endpoint` is whoever's who knows it: it
    is in no feed. After `failure_count` failures in a row nothing is sent before `paused_until`.
    """

    id = Text(primary_key=True, default=None)
    person_id = Text()
    endpoint = Text()
    p256dh = Text()
    auth = Text()
    language = Text()
    created_at = BigInt()
    failure_count = Integer()
    paused_until = BigInt()


class PushDelivery(Table, tablename="push_deliveries"):
    """A message that is still to be sent to a phone, by whoever takes it before `leased_until` is over."""

    id = Text(primary_key=True, default=None)
    message_id = Text()
    replica_id = Text()
    leased_until = BigInt()
