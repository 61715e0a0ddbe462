"""A company put back as it was: what an operator does with a copy of its database while phones know better."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from pathlib import Path

import asyncpg

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import Cast, the_app


class Yesterday:
    """A copy of the database in use, made behind the server's back, to be put in its place later."""

    def __init__(self, cast: Cast, folder: Path, server_url: str) -> None:
        self.database, self.folder, self.server_url = cast.database, folder, server_url
        self.copy = "yesterday_" + new_id().replace("-", "")

    async def keep(self) -> None:
        """Copy it as it is."""
        if self.database.dialect == "sqlite":
            source, target = sqlite3.connect(self._file), sqlite3.connect(self.folder / self.copy)
            source.backup(target)
            source.close()
            target.close()
            return
        await self.database.close()
        await self._on_server(f"CREATE DATABASE {self.copy} TEMPLATE {self._name}")
        await self.database.open()

    async def put_back(self) -> None:
        """Stop the server, put the copy in the database's place as an operator would, and start again."""
        await self.database.close()
        if self.database.dialect == "sqlite":
            for tail in ("", "-wal", "-shm"):
                Path(f"{self._file}{tail}").unlink(missing_ok=True)
            shutil.copy(self.folder / self.copy, self._file)
        else:
            await self._on_server(f"DROP DATABASE {self._name} WITH (FORCE)")
            await self._on_server(f"CREATE DATABASE {self._name} TEMPLATE {self.copy}")
            await self._on_server(f"DROP DATABASE {self.copy}")
        await start_again(self.database)

    @property
    def _file(self) -> Path:
        return Path(self.database.url.removeprefix("sqlite:///"))

    @property
    def _name(self) -> str:
        return self.database.url.partition("?")[0].rpartition("/")[2]

    async def _on_server(self, sql: str) -> None:
        server = await asyncpg.connect(self.server_url)
        try:
            await server.execute(sql)
        finally:
            await server.close()


async def start_again(database: db.Database) -> None:
    """Open the company as a process that starts."""
    companies = the_app().state.companies
    company = next(iter(companies))
    company.database, company.is_ready, company.lock = database, False, asyncio.Lock()
    await companies.ready(company)
