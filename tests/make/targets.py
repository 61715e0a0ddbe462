"""Makers of targets; keyword arguments win over what is made up."""

from __future__ import annotations

from typing import Any

from roundsman.core.ids import new_id
from roundsman.core.times import add_days, day_on, now_ms
from tests.cast import Cast


def this_month() -> tuple[str, str]:
    """Its first and its last day: whatever the day, today is one of it."""
    month = day_on(now_ms())[:7]
    return f"{month}-01", add_days(f"{add_days(f'{month}-28', 4)[:7]}-01", -1)


def target(scope: str, scope_id: str, amount: int, **fields: Any) -> dict[str, Any]:
    """The payload of a target of sales for this month."""
    first, last = this_month()
    args = {"target_id": new_id(), "scope": scope, "scope_id": scope_id, "metric": "sales", "amount": amount}
    return {**args, "from_on": first, "until_on": last, **fields}


async def make_target(
    cast: Cast, scope: str, scope_id: str, amount: int, who: str = "manager", **fields: Any
) -> str:
    """A target; its id."""
    args = target(scope, scope_id, amount, **fields)
    await cast.done(who, "targets.set", **args)
    return str(args["target_id"])
