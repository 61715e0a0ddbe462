"""Facts for what was there before figures were kept, and a nightly look at a sample of them."""

from collections.abc import Mapping
from typing import Any, Final

import structlog

from roundsman.core import db
from roundsman.core.domain import Job
from roundsman.core.times import DAY, HOUR, SECOND
from roundsman.figures.commands.checking import KINDS, differing

AT_ONCE: Final = 500
SAMPLE: Final = 2000

_log = structlog.get_logger()


async def catch_up(_arguments: Mapping[str, Any]) -> None:
    """Make facts of the documents that have none, some at a time, a commit each."""
    for kind in KINDS:
        after = ""
        while ids := await kind.lacking(after, AT_ONCE):
            async with db.unit_of_work():
                await kind.restate(ids)
            after = ids[-1]


async def check(_arguments: Mapping[str, Any]) -> None:
    """Compare the newest documents with their figures; what differs is in the log."""
    found = await differing(SAMPLE)
    for difference in found:
        _log.error("a figure differs from its documents", difference=difference)


JOBS = (
    Job("figures.catch_up", run=catch_up, every=HOUR // SECOND, has_unit=False),
    Job("figures.check", run=check, every=DAY // SECOND, has_unit=False),
)
