"""The tree of territories, and who belongs to which node since when."""

import json
from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.identity.rules import MembershipKind

TerritoryName = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
DEPTH_MAX = 20


class AddTerritory(Payload, kw_only=True, frozen=True):
    """A node below `parent_id`, or a root."""

    territory_id: Id
    parent_id: Id | None = None
    name: TerritoryName


class EditTerritory(Payload, kw_only=True, frozen=True):
    """Another name."""

    territory_id: Id
    name: TerritoryName


class MoveTerritory(Payload, kw_only=True, frozen=True):
    """A node with everything below it, put under another parent or made a root."""

    territory_id: Id
    parent_id: Id | None = None


class Assign(Payload, kw_only=True, frozen=True):
    """From now on this person is a member of the node, or manages it and all below."""

    membership_id: Id
    person_id: Id
    territory_id: Id
    kind: MembershipKind


class Unassign(Payload, kw_only=True, frozen=True):
    """From now on no longer."""

    membership_id: Id


@command("identity.add_territory", permission="identity.keep_territories")
async def add_territory(ctx: Ctx, cmd: AddTerritory) -> None:
    """Add a territory to the tree."""
    await insert_territory(cmd, ctx.now)


async def insert_territory(cmd: AddTerritory, now: int) -> None:
    """Add a territory inside the open unit of work. Raises NotFound, Conflict and Invalid of identity."""
    path, depth = await _below(cmd.parent_id)
    if depth > DEPTH_MAX:
        raise Invalid("identity.territory_too_deep")
    if await db.fetch_value("SELECT 1 FROM territories WHERE id = $1", cmd.territory_id):
        raise Conflict("identity.territory_exists", territory_id=cmd.territory_id)
    await db.execute(
        """
        INSERT INTO territories (id, parent_id, name, path, depth, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        cmd.territory_id,
        cmd.parent_id,
        _name(cmd.name),
        f"{path}{cmd.territory_id}/",
        depth,
        now,
    )


@command("identity.edit_territory", permission="identity.keep_territories")
async def edit_territory(ctx: Ctx, cmd: EditTerritory) -> None:
    """Rename a territory."""
    changed = await db.execute(
        "UPDATE territories SET name = $2 WHERE id = $1", cmd.territory_id, _name(cmd.name)
    )
    if not changed:
        raise NotFound("identity.territory_unknown", territory_id=cmd.territory_id)


@command("identity.move_territory", permission="identity.keep_territories")
async def move_territory(ctx: Ctx, cmd: MoveTerritory) -> None:
    """Move a territory and all below it. Refuses to put it under itself."""
    # Two moves at once could each be right and together make a ring, so every node is locked.
    rows = await db.fetch(f"SELECT id, path, depth FROM territories ORDER BY id{db.for_update()}")
    nodes = {row["id"]: row for row in rows}
    node = nodes.get(cmd.territory_id)
    if node is None:
        raise NotFound("identity.territory_unknown", territory_id=cmd.territory_id)
    path, depth = await _below(cmd.parent_id)
    if path.startswith(node["path"]):
        raise Conflict("identity.territory_ring")
    old: str = node["path"]
    moved = [row for row in rows if row["path"].startswith(old)]
    if max(row["depth"] for row in moved) - node["depth"] + depth > DEPTH_MAX:
        raise Invalid("identity.territory_too_deep")
    await db.execute("UPDATE territories SET parent_id = $2 WHERE id = $1", cmd.territory_id, cmd.parent_id)
    await db.execute_many(
        "UPDATE territories SET path = $2, depth = $3 WHERE id = $1",
        [
            (
                row["id"],
                f"{path}{cmd.territory_id}/{row['path'].removeprefix(old)}",
                row["depth"] - node["depth"] + depth,
            )
            for row in moved
        ],
    )


@command("identity.assign", permission="identity.keep_members")
async def assign(ctx: Ctx, cmd: Assign) -> None:
    """Put a person into a territory's team; nothing happens when he already is."""
    person = await db.fetch_one(
        f"SELECT roles, is_active FROM people WHERE id = $1{db.for_update()}", cmd.person_id
    )
    if person is None:
        raise NotFound("identity.person_unknown", person_id=cmd.person_id)
    if not await db.fetch_value("SELECT 1 FROM territories WHERE id = $1", cmd.territory_id):
        raise NotFound("identity.territory_unknown", territory_id=cmd.territory_id)
    if not person["is_active"]:
        raise Conflict("identity.person_inactive", person_id=cmd.person_id)
    if cmd.kind == "manager" and "manager" not in json.loads(person["roles"]):
        raise Conflict("identity.not_a_manager", person_id=cmd.person_id)
    if await db.fetch_value("SELECT 1 FROM memberships WHERE id = $1", cmd.membership_id):
        raise Conflict("identity.membership_exists", membership_id=cmd.membership_id)
    await db.execute(
        """
        INSERT INTO memberships (id, person_id, territory_id, kind, from_at, until_at)
        VALUES ($1, $2, $3, $4, $5, NULL)
        ON CONFLICT (person_id, territory_id, kind) WHERE until_at IS NULL DO NOTHING
        """,
        cmd.membership_id,
        cmd.person_id,
        cmd.territory_id,
        cmd.kind,
        ctx.now,
    )


@command("identity.unassign", permission="identity.keep_members")
async def unassign(ctx: Ctx, cmd: Unassign) -> None:
    """End a membership now; one that has ended stays as it is."""
    row = await db.fetch_one(
        f"SELECT from_at, until_at FROM memberships WHERE id = $1{db.for_update()}", cmd.membership_id
    )
    if row is None:
        raise NotFound("identity.membership_unknown", membership_id=cmd.membership_id)
    if row["until_at"] is None:
        await db.execute(
            "UPDATE memberships SET until_at = $2 WHERE id = $1",
            cmd.membership_id,
            max(ctx.now, row["from_at"]),
        )


async def _below(parent_id: str | None) -> tuple[str, int]:
    """Path and depth of what comes directly below a node; its path is locked until the commit."""
    if parent_id is None:
        return "/", 0
    # Only a move changes the path, and it locks every node first.
    row = await db.fetch_one(f"SELECT path, depth FROM territories WHERE id = $1{db.for_update()}", parent_id)
    if row is None:
        raise NotFound("identity.territory_unknown", territory_id=parent_id)
    return row["path"], row["depth"] + 1


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise Invalid("identity.name_missing")
    return name
