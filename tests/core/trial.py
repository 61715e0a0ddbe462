"""A domain only tests know: it refuses, breaks, counts and waits on demand, beside the real ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx
import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from roundsman.app import App, create_app
from roundsman.core import db, errors
from roundsman.core.config import Config
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Domain, Job, Payload, command
from roundsman.core.http import After, Limit, Page, RequestCtx, answer_with_etag, page_of, read_cursor
from roundsman.core.registry import Registry
from roundsman.domains import gather
from tests.cast import put_in

PASSWORD = "correct horse staple"
KINDS = {kind.kind: kind for kind in errors.KINDS}


class Line(msgspec.Struct):
    quantity: int


class Sheet(msgspec.Struct):
    lines: list[Line]


@get("/api/trial/refuse/{kind:str}", opt={"is_public": True})
async def refuse(kind: FromPath[str]) -> None:
    raise KINDS[kind]("trial.no", why="because")


@get("/api/trial/break", opt={"is_public": True})
async def break_down() -> None:
    raise ZeroDivisionError("the secret is 4711")


@post("/api/trial/sheet", opt={"is_public": True})
async def take_sheet(data: JSONBody[Sheet]) -> int:
    return len(data.lines)


@get("/api/trial/numbers", opt={"is_public": True})
async def list_numbers(after: After = None, limit: Limit = 3) -> Page[int]:
    key = read_cursor(after, int)
    first = 0 if key is None else key[0] + 1
    return page_of(list(range(first, min(first + limit + 1, 8))), limit, lambda number: (number,))


@get("/api/trial/tagged", opt={"is_public": True})
async def give_tagged(request: Request[Any, Any, Any], size: FromQuery[int] = 10) -> Response[bytes]:
    return answer_with_etag(request, {"text": "行商" * size})


@get("/api/trial/mine")
async def give_mine(ctx: RequestCtx) -> dict[str, str]:
    return {"id": ctx.person.id, "tz": ctx.tz}


class Put(Payload, kw_only=True):
    """A word to keep."""

    word: str
    is_wrong: bool = False


class Kept(Answer, kw_only=True):
    """What was kept."""

    word: str


@command("trial.put", permission="trial.put")
async def put(ctx: Ctx, cmd: Put) -> Kept:
    """Keep a word."""
    if cmd.is_wrong:
        raise errors.Conflict("trial.wrong", word=cmd.word)
    await db.execute(
        "INSERT INTO trial_words (id, word, person_id) VALUES ($1, $2, $3)",
        ctx.uuid,
        cmd.word,
        ctx.person.id,
    )
    return Kept(word=cmd.word)


@command("trial.touch", permission="trial.forbidden")
async def touch(ctx: Ctx, cmd: Put) -> None:
    """Nobody in these tests may."""


RAN: list[Mapping[str, Any]] = []


async def remember(arguments: Mapping[str, Any]) -> None:
    RAN.append(arguments)


TRIAL = Domain(
    name="trial",
    commands=(put, touch),
    routes=(refuse, break_down, take_sheet, list_numbers, give_tagged, give_mine),
    permissions={"trial.put": ("administrator",), "trial.forbidden": ("courier",)},
    jobs=(Job("trial.remember", remember),),
)


def trial_app(config: Config) -> App:
    """The real app with the trial domain on top."""
    return create_app(config, Registry([*gather().domains, TRIAL]))


@lru_cache
def the_trial_app() -> App:
    """The trial app, made once: what it takes to make is more than most tests take. Photos are kept in memory."""
    return trial_app(Config(data="/nowhere", app="/nowhere", photos_url="memory://", runs_jobs=False))


@asynccontextmanager
async def served(database_url: str, folder: Path, **settings: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a trial app of its own on that database, with nobody signed in and no jobs running."""
    config = Config(
        **{
            "database_url": database_url,
            "data": str(folder),
            "app": str(folder / "dist"),
            "runs_jobs": False,
            **settings,
        }
    )
    async with _opened(trial_app(config)) as client:
        yield client


@asynccontextmanager
async def served_lightly(database: db.Database) -> AsyncIterator[httpx.AsyncClient]:
    """The same with the one trial app, for tests that set nothing and keep no file."""
    app = the_trial_app()
    put_in(app, database)
    async with _opened(app) as client:
        yield client


@asynccontextmanager
async def _opened(app: App) -> AsyncIterator[httpx.AsyncClient]:
    companies = app.state.companies
    try:
        if companies.is_single:
            with db.use(await companies.ready(companies.find(""))):
                async with db.unit_of_work():
                    await db.execute(
                        "CREATE TABLE trial_words (id text PRIMARY KEY, word text NOT NULL, person_id text NOT NULL)"
                    )
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://rounds.test") as client:
            yield client
    finally:
        await companies.close()


async def sign_in_first(client: httpx.AsyncClient, **headers: str) -> str:
    """Make the first administrator and sign him in; his id. The client keeps the cookie."""
    first = {"company": "Trial", "name": "Ada", "login": "ada", "password": PASSWORD}
    answer = await client.post("/api/identity/first_run", json=first, headers=headers)
    assert answer.status_code == 200, answer.text
    person_id: str = answer.json()["person"]["id"]
    return person_id
