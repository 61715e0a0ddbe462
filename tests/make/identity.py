"""Makes people, territories, memberships and sessions by rows alone, many at a time where a test measures."""

from __future__ import annotations

import json
from collections.abc import Sequence

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from roundsman.identity import sessions
from roundsman.identity.rules import name_key


async def make_person(
    *,
    name: str = "Somebody",
    roles: Sequence[str] = ("rep",),
    is_active: bool = True,
    phone: str | None = None,
) -> str:
    """A person who cannot sign in by password; the id."""
    id = new_id()
    async with db.unit_of_work():
        await db.execute(
            """
            INSERT INTO people (id, name, name_key, phone, login, password_hash, roles, is_active, created_at,
                                changed_at)
            VALUES ($1, $2, $3, $4, NULL, NULL, $5, $6, $7, $7)
            """,
            id,
            name,
            name_key(name),
            phone,
            json.dumps(list(roles)),
            is_active,
            now_ms(),
        )
    return id


async def make_territory(parent_id: str | None = None, *, name: str = "Somewhere") -> str:
    """A node of the tree; the id."""
    id = new_id()
    async with db.unit_of_work():
        parent = await db.fetch_one("SELECT path, depth FROM territories WHERE id = $1", parent_id)
        path, depth = (parent["path"], parent["depth"] + 1) if parent else ("/", 0)
        await db.execute(
            """
            INSERT INTO territories (id, parent_id, name, path, depth, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            id,
            parent_id,
            name,
            f"{path}{id}/",
            depth,
            now_ms(),
        )
    return id


async def make_membership(
    person_id: str,
    territory_id: str,
    kind: str = "member",
    *,
    from_at: int = 0,
    until_at: int | None = None,
) -> str:
    """Time in a team; the id."""
    id = new_id()
    async with db.unit_of_work():
        await db.execute(
            """
            INSERT INTO memberships (id, person_id, territory_id, kind, from_at, until_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            id,
            person_id,
            territory_id,
            kind,
            from_at,
            until_at,
        )
    return id


async def make_session(person_id: str, *, replica_id: str | None = None) -> tuple[str, str]:
    """A living session: (id, token)."""
    async with db.unit_of_work():
        return await sessions.start_session(person_id, now_ms(), replica_id=replica_id)
