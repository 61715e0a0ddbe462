"""The test bed's server: the real engine behind an HTTP door, with the notes domain and nothing else in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from litestar import Litestar
from litestar.di import Provide

from roundsman.core import db
from roundsman.core.http.auth import ctx_of, require_session
from roundsman.core.http.problems import EXCEPTION_HANDLERS
from roundsman.core.registry import Registry
from roundsman.sync.domain import DOMAIN as SYNC
from roundsman.sync.domain import prepare
from tests.phone import Phone
from tests.sync import domain_notes

REGISTRY = Registry([domain_notes.DOMAIN, SYNC])


def make_app(database: db.Database, registry: Registry = REGISTRY) -> Any:
    """An ASGI app over one open database."""
    inside = Litestar(
        route_handlers=list(registry.routes),
        guards=[require_session],
        dependencies={"ctx": Provide(ctx_of, sync_to_thread=False)},
        exception_handlers=EXCEPTION_HANDLERS,
        openapi_config=None,
    )
    inside.state.registry = registry

    async def app(scope: Any, receive: Any, send: Any) -> None:
        scope.setdefault("state", {})
        with db.use(database):
            await inside(scope, receive, send)

    return app


class World:
    """A database with the notes domain in it, its app, and phones that talk to it."""

    def __init__(self, database: db.Database, registry: Registry = REGISTRY) -> None:
        self.database = database
        self.registry = registry
        self.app = make_app(database, registry)
        self.clients: list[httpx.AsyncClient] = []

    async def set_up(self) -> None:
        """Migrate and prepare."""
        await db.migrate()
        await domain_notes.make_tables()
        await prepare(self.registry)()

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
        """Give the clients back."""
        domain_notes.FAULTS.clear()
        for client in self.clients:
            await client.aclose()


@asynccontextmanager
async def a_world(database: db.Database) -> AsyncIterator[World]:
    """A world over an empty database that is open and in use."""
    world = World(database)
    await world.set_up()
    try:
        yield world
    finally:
        await world.close()
