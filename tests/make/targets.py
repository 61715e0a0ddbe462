"""Makers of targets; keyword arguments win over what is made up."""

from __future__ import annotations

from typing import Any

from roundsman.core.ids import new_id
from roundsman.core.times import day_on, now_ms
from tests.cast import Cast


def target(scope: str, scope_id: str, amount: int, **fields: Any) -> dict[str, Any]:
    """The payload of a target of sales for this month."""
    month = day_on(now_ms())[:7]
    args = {"target_id": new_id(), "scope": scope, "scope_id": scope_id, "metric": "sales", "amount": amount}
    return {**args, "from_on": f"{month}-01", "until_on": f"{month}-28", **fields}


async def make_target(
    cast: Cast, scope: str, scope_id: str, amount: int, who: str = "manager", **fields: Any
) -> str:
    """A target; its id."""
    args = target(scope, scope_id, amount, **fields)
    await cast.done(who, "targets.set", **args)
    return str(args["target_id"])
