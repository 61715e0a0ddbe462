"""Reps at work, many in one process: their phones, what they tap and when their apps pull, and how long each thing
took. What a server is asked to bear with them is the caller's.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import httpx

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from roundsman.domains import gather
from roundsman.identity.sessions import start_session
from tests.cast import PASSWORD
from tests.load.line import Line, hear_heads
from tests.make.visits import check_in, clocks
from tests.phone import Phone, PhoneError
from tests.serving import Serving

TEAM = 20
REGION = 5 * TEAM
CUSTOMERS = 25
REST = 60.0
AT_ONCE = 20
FEEDS = gather().feeds


@dataclass
class Figures:
    """What all phones together saw; times in seconds."""

    applied: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)


class MeasuredPhone(Phone):
    """A phone that knows when each thing was tapped, answered and seen."""

    def __init__(self, figures: Figures, client: Line, person: str) -> None:
        super().__init__(client, FEEDS, person=person)  # type: ignore[arg-type]
        self.figures = figures
        self.tapped: dict[str, float] = {}
        self.names: dict[str, str] = {}
        self.answered: set[str] = set()

    def tap(self, name: str, args: dict[str, Any]) -> None:
        """Into the outbox, with the moment."""
        uuid = self.act(name, args)
        self.tapped[uuid] = time.perf_counter()
        self.names[uuid] = name

    async def post(self, what: str, body: Any) -> dict[str, Any]:
        self.figures.requests[what] += 1
        return await super().post(what, body)

    def take_push(self, request: Any, answer: Any) -> None:
        super().take_push(request, answer)
        for result in answer["results"]:
            self._hear(result["uuid"])

    def take_pull(self, page: Any) -> bool:
        is_complete = super().take_pull(page)
        if is_complete:
            for uuid in [uuid for uuid in self.answered if self.core._entry(uuid) is None]:
                self.answered.discard(uuid)
                self.figures.seen.append(time.perf_counter() - self.tapped[uuid])
        return is_complete

    def _hear(self, uuid: str) -> None:
        if uuid in self.tapped and uuid not in self.answered:
            self.answered.add(uuid)
            self.figures.applied.append(time.perf_counter() - self.tapped[uuid])


@dataclass
class Rep:
    """Somebody with a phone: `customers` is empty for a manager, who only looks."""

    phone: MeasuredPhone
    token: str
    customers: list[str]
    visits: dict[str, str] = field(default_factory=dict)
    poked: asyncio.Event = field(default_factory=asyncio.Event)

    async def tap(self, chance: random.Random, pace: float, until: float) -> None:
        """Visits one after another, a tap at a time."""
        await asyncio.sleep(chance.uniform(0, pace))
        visit = ""
        for step in cycle(("in", "note", "out")):
            if time.monotonic() >= until:
                return
            if step == "in":
                args = check_in(chance.choice(self.customers))
                visit = str(args["visit_id"])
                self.visits[visit] = "open"
                self.phone.tap("visits.check_in", args)
            elif step == "note":
                note = {"kind": "note", "title": "n", "answers": {"text": "门口有新货架"}, "photos": []}
                args = {"step_id": new_id(), "visit_id": visit, "clocks": clocks(), **note}
                self.phone.tap("visits.record_step", args)
            else:
                self.phone.tap("visits.check_out", {"visit_id": visit, "clocks": clocks(), "fix": None})
                self.visits[visit] = "done"
            self.poked.set()
            await asyncio.sleep(min(pace * chance.uniform(0.5, 1.5), max(0.0, until - time.monotonic())))

    async def run(self, chance: random.Random, until: float) -> None:
        """The app's loop: one round at a time, after a tap, a word from the server, or a minute."""
        failures = 0
        while time.monotonic() < until:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(REST * chance.uniform(0.8, 1.2), until - time.monotonic())):
                    await self.poked.wait()
            self.poked.clear()
            try:
                await self.phone.push()
                await self.phone.pull()
                failures = 0
            except (PhoneError, OSError, EOFError) as error:
                failures += 1
                self.phone.figures.failures[f"{type(error).__name__}: {str(error)[:60]}"] += 1
                await asyncio.sleep(1 + chance.random() * min(59, 2**failures))
                self.poked.set()

    async def listen(self, port: int) -> None:
        """The stream of wake-ups, opened again when it breaks."""
        while True:
            with suppress(OSError, EOFError):
                async for head in hear_heads(port, self.token, self.phone.replica):
                    if head > self.phone.core.head:
                        self.poked.set()
            self.phone.figures.failures["a stream broke"] += 1
            await asyncio.sleep(1)


async def hire(serving: Serving, url: str, count: int, figures: Figures) -> list[Rep]:
    """A company of so many reps in teams, their managers, and their customers; all phones have pulled once."""
    port = int(serving.address.rpartition(":")[2])
    async with httpx.AsyncClient(base_url=serving.address, timeout=60) as client:
        known = {"company": "T", "name": "Ada", "login": "ada", "password": PASSWORD}
        answer = await client.post("/api/identity/first_run", json=known)
        assert answer.status_code == 200, f"not an empty database? {answer.text}"
        office = Phone(client, FEEDS)
        teams: list[tuple[str, str, list[str]]] = []
        regions: list[str] = []
        for n in range(-(-count // TEAM)):
            if n * TEAM % REGION == 0:
                regions.append(new_id())
                territory = {"territory_id": regions[-1], "parent_id": None, "name": f"Region {n}"}
                office.act("identity.add_territory", territory)
            team, customers = new_id(), [new_id() for _ in range(CUSTOMERS)]
            territory = {"territory_id": team, "parent_id": regions[-1], "name": f"Team {n}"}
            office.act("identity.add_territory", territory)
            for at, customer in enumerate(customers):
                shop = {"customer_id": customer, "name": f"商店 {n}-{at}", "territory_id": team}
                office.act("customers.add", shop)
            teams.append((team, regions[-1], customers))
        await office.sync()
        assert {result["status"] for result in office.results.values()} == {"applied"}
    places = [(teams[n // TEAM][0], "member", "rep", teams[n // TEAM][2]) for n in range(count)]
    places += [(region, "manager", "manager", []) for region in regions]
    reps = []
    async with db.connect_to(url) as database:
        with db.use(database):
            async with db.unit_of_work():
                now = now_ms()
                for n, (territory_id, kind, role, customers) in enumerate(places):
                    person = new_id()
                    await db.execute(
                        "INSERT INTO people (id, name, name_key, phone, login, password_hash, roles, is_active, "
                        "created_at, changed_at) VALUES ($1, $2, $2, NULL, $2, NULL, $3, $4, $5, $5)",
                        *(person, f"soak{n}", f'["{role}"]', True, now),
                    )
                    await db.execute(
                        "INSERT INTO memberships (id, person_id, territory_id, kind, from_at, until_at) "
                        "VALUES ($1, $2, $3, $4, $5, NULL)",
                        *(new_id(), person, territory_id, kind, now),
                    )
                    _, token = await start_session(person, now)
                    reps.append(Rep(MeasuredPhone(figures, Line(port, token), person), token, customers))
    places_at_once = asyncio.Semaphore(AT_ONCE)

    async def begin(rep: Rep) -> None:
        async with places_at_once:
            await rep.phone.pull()

    await asyncio.gather(*(begin(rep) for rep in reps))
    return reps
