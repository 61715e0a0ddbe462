"""Columns of targets; the SQL that makes them is in migrations/m0022_targets.py. No phone holds any of them."""

from piccolo.columns import BigInt, Text
from piccolo.table import Table


class Target(Table, tablename="targets"):
    """What a person or a territory with all below it is to reach, both days included. `amount` is fen, thousandths of
    base units or a count, as the metric is shown; `category_id` is "" for all goods; `parent_id` the target it is a
    part of; `reached_at` when it was first found reached.
    """

    id = Text(primary_key=True, default=None)
    parent_id = Text(null=True, default=None)
    scope = Text()
    scope_id = Text()
    metric = Text()
    category_id = Text()
    from_on = Text()
    until_on = Text()
    amount = BigInt()
    changed_by = Text()
    changed_at = BigInt()
    reached_at = BigInt(null=True, default=None)
