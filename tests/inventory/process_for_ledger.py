"""Run by a test as a process of its own: `python process_for_ledger.py <database> <person id> <seconds> <seed>`.
Several tasks reserve, release, ship, take back and adjust in random lots; what they did is printed, one word a line.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter

from roundsman.core import db
from roundsman.core.context import Ctx, Person
from roundsman.core.errors import Refusal
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from roundsman.inventory.commands import adjust, release, reserve, ship, take_back
from roundsman.inventory.commands.goods import Adjust

TASKS = 3
ACTS = ("reserve", "again", "release", "ship", "take_back", "adjust")


class Worker:
    """One task with lines of its own, some of which it lets go, some of which it ships."""

    def __init__(self, person_id: str, seed: int, places: list[tuple[str, str]]) -> None:
        self.person = Person(person_id, "", frozenset(), frozenset())
        self.dice = random.Random(seed)
        self.places = places
        self.warehouses = sorted({warehouse_id for warehouse_id, _ in places})
        self.held: list[tuple[str, str, list[tuple[str, str, int]]]] = []
        self.done: Counter[str] = Counter()

    async def work(self, until: float) -> None:
        """Until then, and on until each act was done once: a slow machine needs longer for it."""
        while time.monotonic() < until or not set(ACTS) <= set(self.done):
            act = self.dice.choice(["reserve", *ACTS])
            try:
                async with db.unit_of_work():
                    await getattr(self, f"_{act}")(Ctx(person=self.person, now=now_ms()))
                self.done[act] += 1
            except Refusal as refusal:
                self.done[refusal.code] += 1
            except Exception as error:
                if not db.is_transient(error):
                    raise
                self.done["transient"] += 1

    def _lot(self, warehouse_id: str) -> list[tuple[str, str, int]]:
        variants = [variant_id for place, variant_id in self.places if place == warehouse_id]
        self.dice.shuffle(variants)
        picked = variants[: self.dice.randint(1, len(variants))]
        return [(new_id(), variant_id, self.dice.randint(1, 9) * 1000) for variant_id in picked * 2]

    async def _reserve(self, ctx: Ctx) -> None:
        warehouse_id, order_id = self.dice.choice(self.warehouses), new_id()
        lot = self._lot(warehouse_id)
        kept = await reserve(ctx, warehouse_id, lot, ("orders", order_id))
        assert all(0 <= kept[line_id] <= quantity_e3 for line_id, _, quantity_e3 in lot)
        self.held.append((warehouse_id, order_id, lot))

    async def _again(self, ctx: Ctx) -> None:
        """What was short may be there now; some lines want another quantity."""
        if self.held:
            warehouse_id, order_id, lot = self.held[-1]
            changed = [
                (line_id, variant_id, self.dice.randint(0, 9) * 1000) for line_id, variant_id, _ in lot
            ]
            await reserve(ctx, warehouse_id, changed, ("orders", order_id))

    async def _release(self, ctx: Ctx) -> None:
        if self.held:
            _, _, lot = self.held.pop(self.dice.randrange(len(self.held)))
            await release(ctx, [line_id for line_id, _, _ in lot])

    async def _ship(self, ctx: Ctx) -> None:
        if self.held:
            _, _, lot = self.held.pop(self.dice.randrange(len(self.held)))
            await ship(ctx, [line_id for line_id, _, _ in lot])

    async def _take_back(self, ctx: Ctx) -> None:
        warehouse_id = self.dice.choice(self.warehouses)
        back = [(variant_id, 1000) for _, variant_id, _ in self._lot(warehouse_id)]
        await take_back(ctx, warehouse_id, back, ("order_returns", new_id()))

    async def _adjust(self, ctx: Ctx) -> None:
        warehouse_id, variant_id = self.dice.choice(self.places)
        change_e3 = self.dice.choice([-20_000, -3_000, 5_000])
        await adjust(
            ctx,
            Adjust(
                adjustment_id=new_id(),
                warehouse_id=warehouse_id,
                variant_id=variant_id,
                change_e3=change_e3,
                reason="盘点",
            ),
        )


async def main(url: str, person_id: str, seconds: float, seed: int) -> None:
    async with db.connect_to(url) as database:
        with db.use(database):
            rows = await db.fetch("SELECT warehouse_id, variant_id FROM stocks ORDER BY id")
            places = [(row["warehouse_id"], row["variant_id"]) for row in rows]
            workers = [Worker(person_id, seed * TASKS + number, places) for number in range(TASKS)]
            until = time.monotonic() + seconds
            await asyncio.gather(*(db.start_task(worker.work(until)) for worker in workers))
            for worker in workers:
                print("\n".join(worker.done.elements()), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])))
