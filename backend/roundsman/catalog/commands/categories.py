"""Commands of the tree of goods: a category of one's own, and the built-in sets a company switches on."""

from __future__ import annotations

import json
import uuid as uuids
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Annotated, Final, Literal

import msgspec

from roundsman.catalog.commands.rows import Axes, Position, clean_axes, require_category
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Conflict, Invalid
from roundsman.core.ids import Id

# Derived from the place in the tree, so that two who import at once make the same one.
_SHEETS: Final = uuids.UUID("4f8a1d0a-61c7-5b0e-8a3d-9c1b7e52d6f4")
# Derived from the place in the set, so that switching one on again meets the categories it made before.
_STARTERS: Final = uuids.UUID("7b6b0b3e-5d0c-5a1f-8f0e-2f6a9d4c1e88")


class SetCategory(Payload, kw_only=True, frozen=True):
    """A category, new or changed; `axes` are the names of what its products usually vary by."""

    category_id: Id
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    parent_id: Id | None = None
    axes: Axes = []
    position: Position = 0
    is_active: bool = True


@command("catalog.set_category", permission="catalog.keep")
async def set_category(ctx: Ctx, cmd: SetCategory) -> None:
    """Add or change a category, or move it with all that is below it."""
    if not cmd.name.strip():
        raise Invalid("catalog.name_missing", field="name")
    if cmd.parent_id is not None:
        # One mover at a time: two that move each other's categories would close a circle between them.
        await db.fetch(f"SELECT id FROM categories ORDER BY id{db.for_update()}")
        await require_category(cmd.parent_id)
        if cmd.category_id in await _upwards(cmd.parent_id):
            raise Conflict("catalog.category_in_itself", field="parent_id")
    await db.execute(
        """
        INSERT INTO categories (id, parent_id, name, axes, starter, position, is_active)
        VALUES ($1, $2, $3, $4, '', $5, $6)
        ON CONFLICT (id) DO UPDATE
        SET parent_id = excluded.parent_id, name = excluded.name, axes = excluded.axes,
            position = excluded.position, is_active = excluded.is_active
        """,
        cmd.category_id,
        cmd.parent_id,
        cmd.name.strip(),
        json.dumps(clean_axes(cmd.axes), ensure_ascii=False),
        cmd.position,
        cmd.is_active,
    )


async def _upwards(category_id: str) -> set[str]:
    """Ids of a category and of all it stands below."""
    rows = await db.fetch(
        """
        WITH RECURSIVE above AS (
            SELECT id, parent_id FROM categories WHERE id = $1
            UNION
            SELECT categories.id, categories.parent_id FROM categories JOIN above ON categories.id = above.parent_id
        )
        SELECT id FROM above
        """,
        category_id,
    )
    return {row["id"] for row in rows}


@dataclass(slots=True)
class CategoryTree:
    """The categories there are, by the one above and the name, and those to be made."""

    known: dict[tuple[str | None, str], str]
    new: list[tuple[str, str | None, str]] = field(default_factory=list)

    def place(self, names: Sequence[str]) -> str | None:
        """The category at the end of a path of names, made where it is missing; None for no path."""
        category_id: str | None = None
        for name in (name.strip() for name in names):
            found = self.known.get((category_id, name))
            if found is None:
                found = str(uuids.uuid5(_SHEETS, f"{category_id or ''}/{name}"))
                self.known[category_id, name] = found
                self.new.append((found, category_id, name))
            category_id = found
        return category_id

    def forget(self, kept: int) -> None:
        """Make none of those to be made but the first ones."""
        for _, parent_id, name in self.new[kept:]:
            del self.known[parent_id, name]
        del self.new[kept:]

    async def write(self) -> None:
        """Write those to be made."""
        await db.execute_many(
            """
            INSERT INTO categories (id, parent_id, name, axes, starter, position, is_active)
            VALUES ($1, $2, $3, '[]', '', 0, TRUE) ON CONFLICT (id) DO NOTHING
            """,
            self.new,
        )


async def load_categories() -> CategoryTree:
    """All categories; of two with one name at one place the one that is in use."""
    rows = await db.fetch("SELECT id, parent_id, name FROM categories ORDER BY is_active, id")
    return CategoryTree({(row["parent_id"], row["name"]): row["id"] for row in rows})


class Branch(msgspec.Struct, frozen=True):
    """A category of a built-in set, with those below it."""

    name: str
    axes: list[str] = []
    below: list[Branch] = []


@lru_cache
def starters() -> dict[str, list[Branch]]:
    """The built-in sets by name, as starters.json has them."""
    text = resources.files("roundsman.catalog").joinpath("starters.json").read_bytes()
    return msgspec.json.decode(text, type=dict[str, list[Branch]])


class UseStarter(Payload, kw_only=True, frozen=True):
    """Which built-in set of categories is wanted, or no longer."""

    starter: Literal["clothing", "digital", "mother_and_baby", "beauty"]
    is_on: bool = True


@command("catalog.use_starter", permission="catalog.keep")
async def use_starter(ctx: Ctx, cmd: UseStarter) -> None:
    """Switch a built-in set of categories on or off. What somebody renamed in it since keeps its name, and products
    stay where they are.
    """
    if cmd.is_on:
        await db.execute_many(
            """
            INSERT INTO categories (id, parent_id, name, axes, starter, position, is_active)
            VALUES ($1, $2, $3, $4, $5, $6, TRUE) ON CONFLICT (id) DO NOTHING
            """,
            [(*row[:3], row[3], cmd.starter, row[4]) for row in _rows(cmd.starter)],
        )
    await db.execute(
        "UPDATE categories SET is_active = $2 WHERE starter = $1 AND is_active <> $2", cmd.starter, cmd.is_on
    )


def _rows(starter: str) -> Iterator[tuple[str, str | None, str, str, int]]:
    """(id, parent, name, axes, position) of a set's categories, each after the one it stands below."""

    def branch(
        place: str, parent_id: str | None, branches: list[Branch]
    ) -> Iterator[tuple[str, str | None, str, str, int]]:
        for position, one in enumerate(branches):
            here = f"{place}/{one.name}"
            category_id = str(uuids.uuid5(_STARTERS, here))
            yield category_id, parent_id, one.name, json.dumps(one.axes, ensure_ascii=False), position
            yield from branch(here, category_id, one.below)

    return branch(starter, None, starters()[starter])
