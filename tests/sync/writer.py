"""One writer process for the concurrency test: adds, moves, edits and removes notes until it is killed.
`python -m tests.sync.writer URL SEED`."""

import asyncio
import random
import sys

from roundsman.core import db
from roundsman.core.ids import new_id

TERRITORIES = [f"t{n}" for n in range(6)]
AUTHORS = ["p", "q", None]


async def step(chance: random.Random) -> None:
    """One transaction of one to three changes; some are undone, some wait a little before they commit."""
    async with db.unit_of_work():
        for _ in range(chance.randint(1, 3)):
            pk = await db.fetch_value("SELECT id FROM notes WHERE rank = $1 LIMIT 1", chance.randint(0, 40))
            if pk is None or chance.random() < 0.3:
                await db.execute(
                    "INSERT INTO notes (id, territory_id, author_id, body, is_pinned, extra, rank, secret) "
                    "VALUES ($1, $2, $3, 'x', $4, '{}', $5, '')",
                    new_id(),
                    chance.choice(TERRITORIES),
                    chance.choice(AUTHORS),
                    False,
                    chance.randint(0, 40),
                )
            elif chance.random() < 0.4:
                await db.execute(
                    "UPDATE notes SET territory_id = $2 WHERE id = $1", pk, chance.choice(TERRITORIES)
                )
            elif chance.random() < 0.5:
                await db.execute("UPDATE notes SET body = body || 'y' WHERE id = $1", pk)
            else:
                await db.execute("DELETE FROM notes WHERE id = $1", pk)
        # Between the number and the commit others must not overtake: give them the chance.
        await asyncio.sleep(chance.random() * 0.004)
        if chance.random() < 0.1:
            raise ZeroDivisionError


async def main(url: str, seed: int) -> None:
    """Write until killed; a deadlock or a busy file is tried again."""
    chance = random.Random(seed)
    async with db.connect_to(url) as database:
        with db.use(database):
            while True:
                try:
                    await step(chance)
                except ZeroDivisionError:
                    pass
                except Exception as error:
                    if not db.is_transient(error):
                        raise
                await asyncio.sleep(chance.random() * 0.004)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
