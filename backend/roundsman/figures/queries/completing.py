"""The ranking by completion is asked here and answered above: figures knows no targets, so whoever keeps them says how
far everybody is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from roundsman.core.context import Ctx
from roundsman.core.errors import Invalid
from roundsman.figures.queries.rankings import Policy
from roundsman.figures.rules import By

Completes = Callable[[Ctx, Policy, By, str, str, str], Awaitable[Mapping[str, int]]]
"""(who asks, policy, by, first day, last day, territory or "") → completion in thousandths by key, of whom he sees it.
"""

_answering: list[Completes] = []


def completes(answer: Completes) -> Completes:
    """Let a higher domain answer; it does so from its import on."""
    _answering.append(answer)
    return answer


async def completion_of(
    ctx: Ctx, policy: Policy, by: By, from_on: str, until_on: str, territory_id: str
) -> Mapping[str, int]:
    """How far everybody in sight is who has targets in a range, in thousandths. Raises Invalid where none are kept."""
    if by not in ("rep", "territory"):
        raise Invalid("invalid", field="by", reason="targets are of people and territories")
    found: dict[str, int] = {}
    for answer in _answering:
        found |= await answer(ctx, policy, by, from_on, until_on, territory_id)
    return found
