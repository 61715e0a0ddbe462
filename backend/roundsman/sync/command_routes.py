"""One typed route for each registered command: the door for desks, scripts and other systems. What a
command does is decided by the same dispatcher as a phone's batch.
"""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import HeaderParameter, JSONBody

from roundsman.core.domain import Command
from roundsman.core.http import RequestCtx
from roundsman.core.registry import Registry
from roundsman.sync import events
from roundsman.sync.dispatch import run_one
from roundsman.sync.wire import MAX_PUSH_BYTES

Key = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=8,
        max_length=200,
        description="One per intention, a UUID by preference. The same key again gives the first answer again.",
    ),
]


class Done(msgspec.Struct, kw_only=True):
    """A command that was decided. A rule that said no is a problem instead."""

    uuid: str
    status: str
    """applied; quarantined for one that a phone brought and nobody could decide yet"""
    seq: int
    """Its place in the change feed: who has pulled up to here has seen its rows."""
    code: str | None = None
    result: Any = None


class DoneNothing(Done, kw_only=True):
    """A command that was decided and answers nothing more."""

    result: None = None


def command_routes(registry: Registry) -> list[HTTPRouteHandler]:
    """The routes, by name of the command."""
    return [_route_of(command) for _, command in sorted(registry.commands.items())]


def _shape_of(command: Command) -> Any:
    """`Done` with the command's own answer as its result, under a name of its own in the document."""
    if command.answer is None:
        return DoneNothing
    name = f"Done{command.answer.__name__}"
    return msgspec.defstruct(name, [("result", command.answer | None, None)], bases=(Done,), kw_only=True)


def _route_of(command: Command) -> HTTPRouteHandler:
    async def handle(request: Request[Any, Any, Any], ctx: RequestCtx, data: Any, key: Key) -> Response[Any]:
        # `data` was checked by the framework; what is decided, and fingerprinted, are the bytes as they
        # were sent.
        outcome = await run_one(ctx, command, await request.body(), key)
        events.poke()
        if outcome.refusal is not None:
            raise outcome.refusal
        done = Done(
            uuid=outcome.uuid,
            status=outcome.status,
            seq=outcome.seq,
            code=outcome.code,
            result=None if outcome.result is None else msgspec.Raw(outcome.result),
        )
        return Response(
            msgspec.json.encode(done),
            media_type="application/json",
            headers={"Idempotency-Replayed": "true"} if outcome.is_replay else None,
        )

    handle.__name__ = command.name.replace(".", "_")
    handle.__doc__ = command.description
    payload: Any = command.payload
    shape: Any = _shape_of(command)
    handle.__annotations__["data"] = JSONBody[payload]  # type: ignore[misc]  # made at run time
    handle.__annotations__["return"] = Response[shape]
    return post(
        f"/api/commands/{command.name}",
        status_code=200,
        operation_id=command.name,
        summary=command.description.split("\n")[0],
        tags=[command.name.partition(".")[0]],
        request_max_body_size=MAX_PUSH_BYTES,
    )(handle)
