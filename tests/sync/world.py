"""The test bed's server: the real app with the notes domain and nothing else in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from roundsman.app import create_app
from roundsman.core import db
from roundsman.core.config import Config
from roundsman.core.registry import Registry
from roundsman.sync.domain import DOMAIN as SYNC
from roundsman.sync.domain import prepare
from roundsman.sync.limits import Limits, use_limits
from tests.phone import Phone
from tests.sync import domain_notes

# Phones of tests live through days in seconds.
LIMITLESS = Limits(1e9, 10**9, 1e12, 10**12)
REGISTRY = Registry([domain_notes.DOMAIN, SYNC])


async def make_database(url: str) -> None:
    """Put the tables and triggers of the notes domain into an empty database."""
    async with db.connect_to(url) as database:
        with db.use(database):
            await db.migrate()
            await domain_notes.make_tables()
            await prepare(REGISTRY)()


class World:
    """A database with the notes domain in it, its app, and phones that talk to it."""

    def __init__(self, database_url: str, registry: Registry = REGISTRY) -> None:
        self.registry = registry
        self.app = create_app(Config(database_url=database_url, app="/nowhere", runs_jobs=False), registry)
        self.company = next(iter(self.app.state.companies))
        self.database: db.Database = self.company.database
        self.clients: list[httpx.AsyncClient] = []

    async def set_up(self) -> None:
        """Open the database, which `make_database` made."""
        await self.app.state.companies.ready(self.company)
        with db.use(self.database):
            use_limits(LIMITLESS)

    def client(self, person: str, transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
        """A client that is signed in."""
        made = httpx.AsyncClient(
            transport=transport or httpx.ASGITransport(app=self.app),
            base_url="http://phone.test",
            headers={"authorization": f"Bearer {person}"},
        )
        self.clients.append(made)
        return made

    def phone(self, person: str, *, page: int = 500) -> Phone:
        """A new phone, not yet registered."""
        return Phone(self.client(person), domain_notes.TABLES, person=person, page=page)

    async def give(self, person: str, *territories: str) -> None:
        """Let somebody hold territories."""
        async with db.unit_of_work():
            await db.execute_many(
                "INSERT INTO holdings (person_id, territory_id) VALUES ($1, $2)",
                [(person, territory) for territory in territories],
            )

    async def take_away(self, person: str, territory: str) -> None:
        """Let somebody hold a territory no more."""
        async with db.unit_of_work():
            await db.execute(
                "DELETE FROM holdings WHERE person_id = $1 AND territory_id = $2", person, territory
            )

    async def add_stock(self, stock_id: str, amount: int) -> None:
        """Put something on the shelf."""
        async with db.unit_of_work():
            await db.execute("INSERT INTO stock (id, name, amount) VALUES ($1, $1, $2)", stock_id, amount)

    async def close(self) -> None:
        """Give the clients and the database back."""
        domain_notes.FAULTS.clear()
        for client in self.clients:
            await client.aclose()
        await self.app.state.companies.close()


@asynccontextmanager
async def a_world(database_url: str) -> AsyncIterator[World]:
    """A world over a database of `make_database`; the block works for that database."""
    world = World(database_url)
    try:
        await world.set_up()
        with db.use(world.database):
            yield world
    finally:
        await world.close()
