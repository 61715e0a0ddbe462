"""Which company a host name means. A company is a database: it is opened, brought up to the code and
prepared when it is first wanted, and stays open until the process ends.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from roundsman.core import db
from roundsman.core.config import Config
from roundsman.core.errors import NotFound

Prepare = Callable[[], Awaitable[None]]
"""Runs with the database in use, after its migrations; may run in several processes at once."""

_log = structlog.get_logger()


@dataclass(eq=False)
class Company:
    """One company: its host name ("" where there is only one) and its database."""

    host: str
    database: db.Database
    is_ready: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Companies:
    """All companies this process serves."""

    def __init__(
        self, config: Config, prepare: Sequence[Prepare] = (), *, first: Sequence[Prepare] = ()
    ) -> None:
        """`first` runs as `prepare` does, but before the migrations: the database may be old, or empty."""
        self._first, self._prepare = tuple(first), tuple(prepare)
        self._by_host = {host: Company(host, db.connect_to(url)) for host, url in config.companies.items()}
        self._only: Company | None = None
        if not self._by_host:
            self._only = Company("", db.connect_to(config.default_database_url))

    def __iter__(self) -> Iterator[Company]:
        return iter(self._by_host.values() if self._only is None else (self._only,))

    @property
    def is_single(self) -> bool:
        """Whether one company answers to every host name."""
        return self._only is not None

    def find(self, host: str) -> Company:
        """The company behind a Host header (its port does not matter). Raises NotFound("unknown_host")."""
        if self._only is not None:
            return self._only
        name = host.strip().lower()
        if not name.endswith("]"):
            name = name.rpartition(":")[0] if ":" in name else name
        company = self._by_host.get(name.rstrip("."))
        if company is None:
            raise NotFound("unknown_host")
        return company

    async def ready(self, company: Company) -> db.Database:
        """The company's database, open and current. Raises what the driver or a migration raises; the next
        caller tries again.
        """
        if company.is_ready:
            return company.database
        async with company.lock:
            if not company.is_ready:
                await self._open(company)
        return company.database

    async def _open(self, company: Company) -> None:
        database = company.database
        if database.dialect == "sqlite":
            Path(database.url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        if not database.is_open:
            await database.open()
        with db.use(database):
            for look in self._first:
                await look()
            applied = await db.migrate()
            if applied:
                _log.info("migrated", company=company.host, applied=applied)
            for prepare in self._prepare:
                await prepare()
        company.is_ready = True

    async def close(self) -> None:
        """Give every connection back."""
        for company in self:
            company.is_ready = False
            if company.database.is_open:
                await company.database.close()
