"""Commands of the places goods are kept at."""

from __future__ import annotations

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid
from roundsman.core.ids import Id
from roundsman.core.texts import Word


class SetWarehouse(Payload, kw_only=True, frozen=True):
    """A warehouse, new or changed."""

    warehouse_id: Id
    name: Word
    is_default: bool = False
    is_active: bool = True


@command("inventory.set_warehouse", permission="inventory.keep")
async def set_warehouse(ctx: Ctx, cmd: SetWarehouse) -> None:
    """Add or change a warehouse. The first is the default one; it stays so until another is made it. One that still
    has goods, or is the default, cannot be put away.
    """
    name = cmd.name.strip()
    if not name:
        raise Invalid("inventory.name_missing", field="name")
    others = [
        row
        for row in await db.fetch(f"SELECT * FROM warehouses ORDER BY id{db.for_update()}")
        if row["id"] != cmd.warehouse_id
    ]
    if any(row["name"] == name for row in others):
        raise Conflict("inventory.name_taken", field="name", name=name)
    is_default = cmd.is_default or not any(row["is_default"] for row in others)
    if not cmd.is_active:
        if is_default:
            raise Conflict("inventory.default_stays", warehouse_id=cmd.warehouse_id)
        if await db.fetch_value(
            "SELECT 1 FROM stocks WHERE warehouse_id = $1 AND on_hand_e3 <> 0 LIMIT 1", cmd.warehouse_id
        ):
            raise Conflict("inventory.not_empty", warehouse_id=cmd.warehouse_id)
    if is_default:
        await db.execute(
            "UPDATE warehouses SET is_default = $2 WHERE is_default AND id <> $1", cmd.warehouse_id, False
        )
    await db.execute(
        """
        INSERT INTO warehouses (id, name, is_default, is_active) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, is_default = excluded.is_default, is_active = excluded.is_active
        """,
        cmd.warehouse_id,
        name,
        is_default,
        cmd.is_active,
    )
