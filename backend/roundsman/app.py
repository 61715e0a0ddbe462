"""Makes the app: gathers the domains, puts their routes behind the front door, and keeps what a process
keeps while it serves. The only file that knows all the parts.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from importlib.metadata import version
from typing import Any

import structlog
from litestar import Litestar, Response, Router, get
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import LifeSpanReceive, LifeSpanScope, LifeSpanSend, Receive, Scope, Send

from roundsman.core import db
from roundsman.core.companies import Companies
from roundsman.core.config import Config, read_config
from roundsman.core.http import COOKIE, ctx_of
from roundsman.core.http.asgi import Receive as ASGIReceive
from roundsman.core.http.asgi import Scope as ASGIScope
from roundsman.core.http.asgi import Send as ASGISend
from roundsman.core.http.auth import require_session
from roundsman.core.http.built_app import BuiltApp
from roundsman.core.http.document import DocumentPlugin
from roundsman.core.http.front import FrontDoor
from roundsman.core.http.problems import EXCEPTION_HANDLERS, problem_answer
from roundsman.core.jobs import run_worker
from roundsman.core.registry import Registry
from roundsman.domains import gather
from roundsman.sync import events
from roundsman.sync.collection import refuse_restored
from roundsman.sync.command_routes import command_routes
from roundsman.sync.domain import prepare
from roundsman.sync.restores import HISTORIES, NOTE_EVERY, Witness

_log = structlog.get_logger()


@get("/healthz", opt={"is_public": True}, include_in_schema=False, sync_to_thread=False)
def answer_health() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/readyz", opt={"is_public": True}, include_in_schema=False)
async def answer_readiness() -> Response[Any]:
    """The database answers and is current."""
    try:
        async with asyncio.timeout(5):
            waiting = await db.pending()
    except Exception as error:
        _log.error("not ready", exc_info=error)
        return problem_answer(503, "busy")
    if waiting:
        return problem_answer(503, "migrations_pending", {"pending": waiting})
    return Response({"status": "ready"})


class App(Litestar):
    """Litestar behind our front door."""

    front: FrontDoor

    async def __call__(
        self,
        scope: Scope | LifeSpanScope,
        receive: Receive | LifeSpanReceive,
        send: Send | LifeSpanSend,
    ) -> None:
        """ASGI."""
        front: Any = super().__call__ if scope["type"] == "lifespan" else self.front
        await front(scope, receive, send)


def create_app(config: Config | None = None, registry: Registry | None = None) -> App:
    """The app for these settings (default: the environment's) and domains (default: all of them)."""
    config = config or read_config()
    registry = registry or gather()

    witness = Witness(config.data_folder / HISTORIES)
    companies = Companies(config, prepare=(prepare(registry), refuse_restored), first=(witness.compare,))
    built = BuiltApp(config.app_folder, config.data_folder / "assets")

    @contextlib.asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        worker = noting = None
        try:
            if companies.is_single:
                # One company: better no server than one that cannot answer; but a worker that takes another's place
                # while the database restarts waits for it at the door, since the supervisor would end them all.
                try:
                    await companies.ready(next(iter(companies)))
                except Exception as error:
                    if not (db.is_transient(error) or isinstance(error, OSError)):
                        raise
                    _log.warning("the database is away; trying again at each request", exc_info=error)
            noting = asyncio.create_task(_keep_noting(companies, witness))
            if config.runs_jobs:
                worker = asyncio.create_task(run_worker(companies, registry))
            yield
        finally:
            for task in (worker, noting):
                if task is not None:
                    task.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await task
            await events.close_all()
            await _note(companies, witness)
            await companies.close()

    app = App(
        route_handlers=[
            answer_health,
            answer_readiness,
            *registry.routes,
            *command_routes(registry),
        ],
        guards=[require_session],
        dependencies={"ctx": Provide(ctx_of, sync_to_thread=False)},
        exception_handlers=EXCEPTION_HANDLERS,
        request_max_body_size=config.body_limit,
        lifespan=[lifespan],
        logging_config=None,
        openapi_config=_openapi(),
        state=State({"registry": registry, "config": config, "companies": companies}),
        debug=False,
    )
    framework: Any = super(App, app).__call__

    async def inside(scope: ASGIScope, receive: ASGIReceive, send: ASGISend) -> None:
        # Mounted at "/" inside the framework, the built app would take every route with a path parameter.
        is_ours = (scope["path"] + "/").startswith(("/api/", "/healthz/", "/readyz/"))
        await (framework if is_ours else built)(scope, receive, send)

    app.front = FrontDoor(inside, config, companies)
    return app


async def _keep_noting(companies: Companies, witness: Witness) -> None:
    while True:
        await _note(companies, witness)
        await asyncio.sleep(NOTE_EVERY)


async def _note(companies: Companies, witness: Witness) -> None:
    for company in companies:
        if company.is_ready:
            try:
                with db.use(company.database):
                    await witness.note()
            except Exception as error:
                _log.warning("cannot see how far the history reaches", company=company.host, exc_info=error)


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Roundsman",
        version=version("roundsman"),
        description="Every write is a named command under /api/commands; lists are read page by page.",
        openapi_router=Router("/api", route_handlers=[], opt={"is_public": True}, include_in_schema=False),
        render_plugins=[DocumentPlugin()],
        components=Components(
            security_schemes={
                "cookie": SecurityScheme(type="apiKey", name=COOKIE, security_scheme_in="cookie"),
                "bearer": SecurityScheme(type="http", scheme="bearer"),
            }
        ),
        security=[{"cookie": []}, {"bearer": []}],
        use_handler_docstrings=True,
    )
