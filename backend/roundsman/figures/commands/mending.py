"""Figures brought back in line with the documents where they are not, while everybody goes on working: whose they were
stays, and at no moment are they away.
"""

from __future__ import annotations

from roundsman.core import db
from roundsman.figures.commands.checking import AT_ONCE, KINDS, differing_sums
from roundsman.figures.commands.restating import add_to_sums


async def rebuild() -> int:
    """Make the facts of all documents anew, some at a time, a commit each, and then the sums what the facts say; the
    number of sums that were wrong.
    """
    for kind in KINDS:
        below = ""
        while ids := await kind.newest(below, AT_ONCE):
            async with db.unit_of_work():
                await kind.restate(ids)
            below = ids[-1]
    return await mend_sums()


async def mend_sums() -> int:
    """Add to each sum what it lacks of its facts. Both are looked at in one view, and whatever is written meanwhile
    changes both alike: so the lack stays what it was.
    """
    lacking = {
        key: [due - there for due, there in zip(wanted, standing, strict=True)]
        for key, wanted, standing in await differing_sums()
    }
    async with db.unit_of_work():
        await add_to_sums(lacking)
    return len(lacking)
