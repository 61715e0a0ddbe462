"""Reads of messages. Nothing here writes."""

from __future__ import annotations

import json
from collections.abc import Collection

from roundsman.core import db


async def muted_by(people: Collection[str]) -> dict[str, frozenset[str]]:
    """Person → the kinds he does not want to be bothered with; who is not there mutes none."""
    rows = await db.fetch(
        f"SELECT id, muted FROM message_settings WHERE id {db.any_of('$1')}", sorted(people)
    )
    return {row["id"]: frozenset(json.loads(row["muted"])) for row in rows}


async def settings_of(person_id: str) -> db.Row:
    """How a person wants to be told, also when he never said."""
    row = await db.fetch_one("SELECT * FROM message_settings WHERE id = $1", person_id)
    return row or {"id": person_id, "muted": "[]", "quiet_from": None, "quiet_until": None}
