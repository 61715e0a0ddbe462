"""One typed route for each registered command: the door for desks, scripts and other systems. What a
command does is decided by the same dispatcher as a phone's batch.
"""

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import Request, Response, post
from litestar.dto import AbstractDTO
from litestar.handlers import HTTPRouteHandler
from litestar.params import HeaderParameter, JSONBody

from roundsman.core.domain import Command, Payload
from roundsman.core.http import RequestCtx
from roundsman.core.registry import Registry
from roundsman.sync import events
from roundsman.sync.dispatch import run_one
from roundsman.sync.wire import MAX_PUSH_BYTES

if TYPE_CHECKING:
    from litestar._openapi.schema_generation import SchemaCreator
    from litestar.openapi.spec import Reference, Schema
    from litestar.typing import FieldDefinition

Key = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=8,
        max_length=200,
        description="One per intention, a UUID by preference. The same key again gives the first answer again.",
    ),
]

Version = Annotated[
    int | None,
    HeaderParameter(
        name="Command-Version",
        ge=1,
        le=30_000,
        description="The version of the command the body is written in; the present one when left out. One the server "
        "does not know is refused with `invalid_version`, and its key stays free.",
    ),
]


class _AsSent(AbstractDTO[Payload]):
    """Hands the body on as it came: which shape it has is known only with its version."""

    @classmethod
    def create_for_field_definition(cls, *args: Any, **named: Any) -> None:
        """Nothing to make."""

    @classmethod
    def create_openapi_schema(
        cls, field_definition: "FieldDefinition", handler_id: str, schema_creator: "SchemaCreator"
    ) -> "Reference | Schema":
        """The present shape."""
        return schema_creator.for_field_definition(field_definition)

    def decode_bytes(self, value: bytes) -> bytes:
        """The bytes themselves."""
        return value


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
    async def handle(
        request: Request[Any, Any, Any], ctx: RequestCtx, data: Any, key: Key, version: Version = None
    ) -> Response[Any]:
        # What is decided, and fingerprinted, are the bytes as they were sent; of an empty body there is no `data`.
        raw = await request.body()
        version = command.version if version is None else version
        if command.knows(version):
            # What cannot be read leaves no trace in the log.
            command.decode(raw, version)
        outcome = await run_one(ctx, command, raw, key, version)
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
        dto=_AsSent,
        return_dto=None,
    )(handle)
