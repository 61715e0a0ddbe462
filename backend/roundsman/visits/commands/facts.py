"""What the commands of a day share: the shapes of texts and positions, one's own visit, and its flags."""

from __future__ import annotations

import json
from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.errors import NotFound
from roundsman.core.geo import LatitudeE7, LongitudeE7, Metres
from roundsman.core.times import Moment
from roundsman.visits import rules
from roundsman.visits.rules import Flag

Title = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Reason = Annotated[str, msgspec.Meta(max_length=300)]
Note = Annotated[str, msgspec.Meta(max_length=4000)]


class Fix(msgspec.Struct, kw_only=True, frozen=True):
    """The best of `count` positions; WGS-84 in 1e-7 degrees, accuracy in metres, `taken_at` by the phone's clock."""

    latitude_e7: LatitudeE7
    longitude_e7: LongitudeE7
    accuracy_m: Metres
    taken_at: Moment
    count: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1

    def place(self) -> rules.Place:
        """As the rules want it."""
        return rules.Place(self.latitude_e7, self.longitude_e7, self.accuracy_m)


async def own_visit(ctx: Ctx, visit_id: str) -> db.Row:
    """The person's own visit, locked. Raises NotFound("visits.unknown")."""
    row = await db.fetch_one(f"SELECT * FROM visits WHERE id = $1{db.for_update()}", visit_id)
    if row is None or row["person_id"] != ctx.person.id:
        raise NotFound("visits.unknown", visit_id=visit_id)
    return row


async def add_flags(visit_id: str, *flags: Flag) -> None:
    """Add flags the visit lacks."""
    text = await db.fetch_value("SELECT flags FROM visits WHERE id = $1", visit_id)
    present = json.loads(text)
    merged = list(dict.fromkeys([*present, *flags]))
    if merged != present:
        await db.execute("UPDATE visits SET flags = $2 WHERE id = $1", visit_id, json.dumps(merged))


async def remove_flag(visit_id: str, flag: Flag) -> None:
    """Take a flag back whose reason is gone."""
    text = await db.fetch_value("SELECT flags FROM visits WHERE id = $1", visit_id)
    left = [present for present in json.loads(text) if present != flag]
    await db.execute("UPDATE visits SET flags = $2 WHERE id = $1", visit_id, json.dumps(left))
