"""Commands of the kinds of customers."""

from __future__ import annotations

from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Invalid
from roundsman.core.ids import Id
from roundsman.core.texts import Word


class SetClass(Payload, kw_only=True, frozen=True):
    """A customer class, new or changed; `radius_m` in metres."""

    class_id: Id
    name: Word
    geofence: Annotated[str, msgspec.Meta(pattern="^(none|flag|hard)$")] = "flag"
    radius_m: Annotated[int, msgspec.Meta(ge=20, le=20_000)] = 200
    photo_source: Annotated[str, msgspec.Meta(pattern="^(camera|any)$")] = "any"
    position: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    is_active: bool = True


@command("customers.set_class", permission="customers.keep_classes")
async def set_class(ctx: Ctx, cmd: SetClass) -> None:
    """Add or change a customer class."""
    if not cmd.name.strip():
        raise Invalid("customers.name_missing", field="name")
    await db.execute(
        """
        INSERT INTO customer_classes (id, name, geofence, radius_m, photo_source, position, is_active)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, geofence = excluded.geofence, radius_m = excluded.radius_m,
            photo_source = excluded.photo_source, position = excluded.position, is_active = excluded.is_active
        """,
        cmd.class_id,
        cmd.name.strip(),
        cmd.geofence,
        cmd.radius_m,
        cmd.photo_source,
        cmd.position,
        cmd.is_active,
    )
