"""Rows by program, slowly enough for another process to try the same."""

import asyncio
from types import ModuleType

ID = "0002_second"
DESCRIPTION = "more tunes"

STATEMENTS = ["ALTER TABLE tunes ADD COLUMN year integer"]


async def run(db: ModuleType) -> None:
    for number in range(20):
        await db.execute(
            "INSERT INTO tunes (name, is_loud, year) VALUES ($1, $2, $3)", f"n{number}", False, 2000
        )
        await asyncio.sleep(0.005)
