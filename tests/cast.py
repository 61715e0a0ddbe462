"""The people every database test may have, and the app they meet: made through the app's own commands.

The tree is one company with a region `east` (nodes `north` and `south` below it) and a region `west`. `rep`
works north, `other_rep` south, `manager` answers for east, `stranger` is a rep of west; `agent`, `courier`,
`clerk` and `administrator` belong to no node.
"""

from __future__ import annotations

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import httpx
import pytest

from roundsman.app import App, create_app
from roundsman.core import db
from roundsman.core.companies import Company
from roundsman.core.config import Config
from roundsman.core.context import Ctx, Person
from roundsman.core.ids import new_id
from roundsman.core.registry import Registry
from roundsman.core.times import now_ms
from roundsman.domains import gather
from roundsman.identity import sessions
from roundsman.identity.commands import people
from roundsman.identity.passwords import Hashing, use_hashing
from roundsman.identity.sign_in import FirstRun, first_run
from tests.databases import Mould
from tests.phone import Phone, a_phone

ROLES: Final = {
    "rep": ["rep"],
    "other_rep": ["rep"],
    "manager": ["manager"],
    "agent": ["agent"],
    "courier": ["courier"],
    "clerk": ["clerk"],
    "administrator": ["administrator"],
    "stranger": ["rep"],
}
NAMES: Final = tuple(ROLES)
PASSWORD: Final = "correct horse battery"
TERRITORIES: Final = {"east": "company", "west": "company", "north": "east", "south": "east"}
MEMBERS: Final = (
    ("rep", "north", "member"),
    ("other_rep", "south", "member"),
    ("manager", "east", "manager"),
    ("stranger", "west", "member"),
)

use_hashing(Hashing(time_cost=1, memory_kib=64))


@lru_cache
def the_registry() -> Registry:
    """All domains, gathered once."""
    return gather()


@lru_cache
def the_app() -> App:
    """The whole app, made once; each test puts its own database into it. Photos are kept in memory."""
    folder = tempfile.mkdtemp(prefix="roundsman-app-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return create_app(
        Config(data=folder, app="/nowhere", photos_url="memory://", runs_jobs=False), the_registry()
    )


@dataclass
class Cast:
    """Who is there. `people`, `territories` and `memberships` give ids by the names used in tests."""

    database: db.Database
    app: App
    registry: Registry = field(repr=False)
    people: dict[str, str] = field(default_factory=dict)
    territories: dict[str, str] = field(default_factory=dict)
    memberships: dict[tuple[str, str], str] = field(default_factory=dict)
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    strays: list[httpx.AsyncClient] = field(default_factory=list)

    def anybody(self) -> httpx.AsyncClient:
        """A new client nobody is signed in with."""
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url="http://rounds.test")
        self.strays.append(client)
        return client

    async def client(self, name: str) -> httpx.AsyncClient:
        """A client somebody is signed in with; the same one each time."""
        if name not in self.clients:
            client = self.anybody()
            async with db.unit_of_work():
                _, token = await sessions.start_session(self.people[name], now_ms())
            client.headers["authorization"] = f"Bearer {token}"
            self.clients[name] = client
        return self.clients[name]

    async def do(self, name: str, command: str, /, **args: Any) -> httpx.Response:
        """Send one command as somebody, whatever comes of it."""
        client = await self.client(name)
        return await client.post(f"/api/commands/{command}", json=args, headers={"idempotency-key": new_id()})

    async def done(self, name: str, command: str, /, **args: Any) -> dict[str, Any]:
        """Send one command as somebody; it must be applied. Its answer."""
        answer = await self.do(name, command, **args)
        assert answer.status_code == 200, f"{name} {command}: {answer.status_code} {answer.text}"
        body: dict[str, Any] = answer.json()
        assert body["status"] == "applied", body
        return body.get("result") or {}

    async def phone(self, name: str) -> Phone:
        """A new phone of somebody, with everything he may see already on it."""
        return await a_phone(await self.client(name), self.registry.feeds, person=self.people[name])

    async def person(self, name: str) -> Person:
        """Somebody with his roles and permissions as they are now."""
        assert self.registry.load_person is not None
        person = await self.registry.load_person(self.people[name])
        assert person is not None, name
        return person

    async def ctx(self, name: str, now: int | None = None) -> Ctx:
        """The circumstances of an act of somebody."""
        return Ctx(person=await self.person(name), now=now_ms() if now is None else now)

    async def assign(self, name: str, territory: str, kind: str = "member") -> None:
        """Put somebody into a team."""
        membership_id = new_id()
        await self.done(
            "administrator",
            "identity.assign",
            membership_id=membership_id,
            person_id=self.people[name],
            territory_id=self.territories[territory],
            kind=kind,
        )
        self.memberships[name, territory] = membership_id

    async def unassign(self, name: str, territory: str) -> None:
        """Take somebody out of a team."""
        await self.done(
            "administrator", "identity.unassign", membership_id=self.memberships.pop((name, territory))
        )

    async def fill(self) -> None:
        """Make everybody."""
        made = await first_run(
            FirstRun(company="Company", name="Administrator", login="administrator", password=PASSWORD),
            now_ms(),
            address="",
            agent="",
        )
        self.people["administrator"] = made.person.id
        self.territories["company"] = await db.fetch_value("SELECT id FROM territories")
        for index, (name, roles) in enumerate(ROLES.items()):
            if name == "administrator":
                continue
            self.people[name] = new_id()
            await self.done(
                "administrator",
                "identity.add_person",
                person_id=self.people[name],
                name=name.replace("_", " ").title(),
                phone=f"1380000{index:04d}",
                login=name,
                password=PASSWORD,
                roles=roles,
            )
        for name, parent in TERRITORIES.items():
            self.territories[name] = new_id()
            await self.done(
                "administrator",
                "identity.add_territory",
                territory_id=self.territories[name],
                parent_id=self.territories[parent],
                name=name.title(),
            )
        for name, territory, kind in MEMBERS:
            await self.assign(name, territory, kind)

    async def close(self) -> None:
        """Give the clients back."""
        for client in self.strays:
            await client.aclose()


def put_in(app: App, database: db.Database) -> Company:
    """Let an app that was made before serve that database; its company, not yet ready."""
    company: Company = next(iter(app.state.companies))
    company.database, company.is_ready, company.lock = database, False, asyncio.Lock()
    return company


@asynccontextmanager
async def staged(database: db.Database) -> AsyncIterator[Cast]:
    """The app over a database: migrated and prepared, with nobody in it unless somebody already was."""
    app = the_app()
    await app.state.companies.ready(put_in(app, database))
    made = Cast(database, app, the_registry())
    # Tests share the people of one mould, and these failures are counted in the process.
    people.forget_own_failures()
    try:
        yield made
    finally:
        await made.close()


async def _make_stage(url: str) -> Cast:
    async with db.connect_to(url) as database:
        with db.use(database):
            async with staged(database) as made:
                return made


async def _make_cast(url: str) -> Cast:
    async with db.connect_to(url) as database:
        with db.use(database):
            async with staged(database) as made:
                await made.fill()
                return made


@pytest.fixture(scope="session")
def stage_mould(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mould[Cast]]:
    """A prepared database with nobody in it."""
    mould = Mould(_make_stage, tmp_path_factory.mktemp("stage"))
    yield mould
    mould.close()


@pytest.fixture(scope="session")
def cast_mould(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mould[Cast]]:
    """A prepared database with everybody in it."""
    mould = Mould(_make_cast, tmp_path_factory.mktemp("cast"))
    yield mould
    mould.close()


@pytest.fixture
async def stage(database: db.Database) -> AsyncIterator[Cast]:
    """The app over a prepared database: nobody is there yet."""
    async with staged(database) as made:
        yield made


@pytest.fixture
async def cast(database: db.Database, cast_mould: Mould[Cast]) -> AsyncIterator[Cast]:
    """Everybody, in the app over a database of their own."""
    before = cast_mould.made[database.dialect]
    async with staged(database) as made:
        made.people, made.territories = dict(before.people), dict(before.territories)
        made.memberships = dict(before.memberships)
        yield made
