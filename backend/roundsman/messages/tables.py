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
