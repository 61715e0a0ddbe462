"""Telling people: called by higher domains inside the unit of work of what happened, so that it is told exactly when
it was done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.ids import new_id
from roundsman.core.times import month_of
from roundsman.messages.queries import muted_by
from roundsman.messages.rules import KINDS
from roundsman.messages.sending import queue

_AT_ONCE: Final = 100
_COLUMNS: Final = ("id", "person_id", "kind", "about", "args", "key", "at", "month", "read_at")


@dataclass(frozen=True, slots=True)
class Told:
    """What one person is told: `about` is the page it leads to, `args` what its text names, `key` what it tells of."""

    person_id: str
    kind: str
    about: str
    key: str
    args: Mapping[str, str | int | bool] = field(default_factory=dict)


async def tell(
    ctx: Ctx,
    people: Iterable[str | None],
    kind: str,
    about: str,
    args: Mapping[str, str | int | bool],
    key: str,
) -> None:
    """Tell several the same. Whoever did it is left out, and so is None."""
    told = sorted({person for person in people if person is not None} - {ctx.person.id})
    await tell_each([Told(person, kind, about, key, args) for person in told], ctx.now)


async def tell_each(told: Sequence[Told], now: int) -> None:
    """Tell each his own, in three statements for a hundred. What somebody was told under a key he is not told
    again; of a kind he muted it lies in his inbox as read.
    """
    if not told:
        return
    muted = await muted_by({one.person_id for one in told})
    rows: list[tuple[object, ...]] = []
    for one in told:
        assert one.kind in KINDS, one.kind
        is_muted = one.kind in muted.get(one.person_id, ())
        rows.append(
            (
                *(
                    new_id(),
                    one.person_id,
                    one.kind,
                    one.about,
                    json.dumps(dict(one.args), ensure_ascii=False),
                ),
                *(one.key, now, month_of(now), now if is_muted else None),
            )
        )
    # In one order everywhere, so that two who tell the same people at once wait for each other only once.
    rows.sort(key=lambda row: (row[1], row[5]))
    for start in range(0, len(rows), _AT_ONCE):
        await queue(await _insert(rows[start : start + _AT_ONCE]))


async def _insert(rows: Sequence[tuple[object, ...]]) -> list[str]:
    """Write messages but those whose key was told before; the ids of those written."""
    width = len(_COLUMNS)
    places = ", ".join(
        f"({', '.join(_place(column, row * width + n) for n, column in enumerate(_COLUMNS, 1))})"
        for row in range(len(rows))
    )
    written = await db.fetch(
        f"""
        INSERT INTO messages ({", ".join(_COLUMNS)}) VALUES {places}
        ON CONFLICT (person_id, key) DO NOTHING RETURNING id
        """,
        *(value for row in rows for value in row),
    )
    return [row["id"] for row in written]


def _place(column: str, number: int) -> str:
    # PostgreSQL cannot tell what a NULL is in a list of rows.
    return f"CAST(${number} AS bigint)" if column in ("at", "read_at") else f"${number}"
