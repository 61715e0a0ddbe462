"""What a package hands over to the app: `Domain`, and the `Command`s, `Feed`s and `Job`s in it. Gathering
them is registry.py; running a command is the sync engine's.
"""

import inspect
import re
import typing
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

import msgspec
from piccolo.table import Table

from roundsman.core.context import Ctx, Person, Session
from roundsman.core.errors import Invalid, invalid_from

# PostgreSQL stores no U+0000, so nobody does. JSON can only write it escaped; after an even number of backslashes it is
# those that are escaped.
_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Payload(msgspec.Struct, kw_only=True, frozen=True):
    """Base of every command's payload. Fields a build does not know are ignored.

    A subclass with optional fields says `kw_only=True` again: msgspec does not inherit it.
    """


class Answer(msgspec.Struct, kw_only=True, frozen=True):
    """Base of what a command answers."""


PayloadT = TypeVar("PayloadT", bound=Payload, contravariant=True)
AnswerT = TypeVar("AnswerT", bound="Answer | None", covariant=True)

Together = Callable[[Sequence[tuple[Ctx, Any]]], Awaitable[Sequence[Any]]]
"""[(circumstances, payload), …] of one person's commands in order → their answers."""

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the arguments of one version into those of the next."""


class Handled(Protocol[PayloadT, AnswerT]):
    """A command's function, carrying its `Command`."""

    command: "Command"

    async def __call__(self, ctx: Ctx, cmd: PayloadT, /) -> AnswerT:
        """Run the rule."""
        ...


@dataclass(frozen=True, slots=True)
class Command:
    """One named write: who may, in what shape, and the function that does it.

    `handler` runs inside a savepoint of the batch's unit of work and raises only `core.errors`.
    `upcasters[n]` turns the arguments of version n into those of n + 1.
    """

    name: str
    version: int
    permission: str | None
    payload: type[Payload]
    answer: type[Answer] | None
    handler: Callable[[Ctx, Any], Awaitable[Any]]
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)
    is_secret: bool = False
    """The payload carries a password: the journal keeps neither the arguments nor a digest of them."""
    together: "Together | None" = None
    """Does several at once what `handler` does one by one; commands that name the same function may follow each other
    in one call. It raises when any of them would be refused, and is undone as a whole then."""
    _decoder: "msgspec.json.Decoder[Any]" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_decoder", msgspec.json.Decoder(self.payload))

    @property
    def description(self) -> str:
        """The first paragraph of the function's docstring, else the payload's."""
        return (inspect.getdoc(self.handler) or inspect.getdoc(self.payload) or "").split("\n\n")[0]

    def knows(self, version: int) -> bool:
        """Whether arguments of this version can be read: the present one, or an older one with upcasters
        all the way.
        """
        return version <= self.version and all(
            step in self.upcasters for step in range(version, self.version)
        )

    def decode(self, raw: bytes | str, version: int | None = None) -> Payload:
        """The payload from the JSON text of its arguments. Raises Invalid("invalid", field=…, reason=…), and
        Invalid("invalid_version", version=…) for a version it does not know.
        """
        version = self.version if version is None else version
        if version > self.version or not self.knows(version):
            raise Invalid("invalid_version", version=version, known=self.version)
        data = raw if isinstance(raw, bytes) else raw.encode(errors="replace")
        if b"\\u0000" in data and _NUL.search(data):
            raise Invalid("invalid", field="", reason="a text holds the character U+0000")
        try:
            if version == self.version:
                return typing.cast("Payload", self._decoder.decode(raw))
            arguments = msgspec.json.decode(raw, type=dict[str, Any])
            for step in range(version, self.version):
                arguments = self.upcasters[step](arguments)
            return msgspec.convert(arguments, self.payload)
        except RecursionError as error:
            raise Invalid("invalid", field="", reason="nested too deep") from error
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise invalid_from(error) from error


def command(
    name: str,
    *,
    permission: str | None,
    version: int = 1,
    upcasters: Mapping[int, Upcaster] | None = None,
    is_secret: bool = False,
    together: Together | None = None,
) -> Callable[[Callable[[Ctx, PayloadT], Awaitable[AnswerT]]], Handled[PayloadT, AnswerT]]:
    """Make `async def place_order(ctx: Ctx, cmd: PlaceOrder) -> Placed` the command `name`; the shapes come
    from its hints.

    `permission=None` lets everyone signed in. Raises TypeError at import for a function of another shape.
    """

    def mark(handler: Callable[[Ctx, PayloadT], Awaitable[AnswerT]]) -> Handled[PayloadT, AnswerT]:
        hints = typing.get_type_hints(handler)
        names = list(inspect.signature(handler).parameters)
        payload = hints.get(names[1]) if len(names) == 2 else None
        answer = hints.get("return", type(None))
        answered = None if answer is type(None) else answer
        if not inspect.iscoroutinefunction(handler) or hints.get(names[0] if names else "") is not Ctx:
            raise TypeError(f"{name}: a command is `async def f(ctx: Ctx, cmd: SomePayload)`")
        if not (isinstance(payload, type) and issubclass(payload, Payload)):
            raise TypeError(f"{name}: the second argument is a Payload")
        if answered is not None and not (isinstance(answered, type) and issubclass(answered, Answer)):
            raise TypeError(f"{name}: a command answers an Answer or None")
        made = Command(
            name=name,
            version=version,
            permission=permission,
            payload=payload,
            answer=answered,
            handler=handler,
            upcasters=dict(upcasters or {}),
            is_secret=is_secret,
            together=together,
        )
        handled = typing.cast("Handled[PayloadT, AnswerT]", handler)
        handled.command = made
        return handled

    return mark


@dataclass(frozen=True, slots=True)
class Feed:
    """What a phone may hold of a table: the fields, and the buckets a row stands in.

    A bucket is a template over the row's own columns ("terr:{territory_id}", "user:{person_id}:{month}",
    "staff"); a NULL column means no bucket. `version` goes up when the fields change; `is_packed` rows are
    stored many per record on the phone.
    """

    table: type[Table]
    fields: tuple[str, ...]
    buckets: tuple[str, ...]
    version: int = 1
    is_packed: bool = False

    @property
    def name(self) -> str:
        """The table's name: feed, table and phone store share one word."""
        return str(self.table._meta.tablename)


@dataclass(frozen=True, slots=True)
class Job:
    """Work that can wait. `run` gets the arguments that were enqueued.

    With `every` (seconds) it also runs by itself, once across all processes, and gets no arguments. After
    `max_tries` failures it is parked. `run` stands in a unit of work that also marks the job as done, so its
    writes happen exactly once; work that takes long or talks to the outside says `has_unit=False`, opens
    units of its own and must bear to be run twice.
    """

    name: str
    run: Callable[[Mapping[str, Any]], Awaitable[None]]
    every: int | None = None
    max_tries: int = 8
    has_unit: bool = True
    time_limit: int = 600
    """Seconds after which a run counts as failed."""


BucketsOf = Callable[[Person, int], Awaitable[list[str]]]
"""(person, now) → the buckets he holds; runs inside the pull's snapshot."""

LoadPerson = Callable[[str], Awaitable[Person | None]]
"""person id → the person with his roles and permissions, also when he is no longer active, or None when unknown."""

Authenticate = Callable[[str], Awaitable[Session | None]]
"""token → its session, or None when unknown or ended. A phone's whose person is no longer active is locked."""

BindSession = Callable[[Session, str, str], Awaitable[None]]
"""(session, replica id, status of the replica) → None: from now on the session is that replica's, and ends with it.
Needs a unit of work."""


@dataclass(frozen=True, slots=True)
class Domain:
    """One package's part of the app.

    `permissions` says which roles hold each permission. `buckets`, `load_person`, `authenticate` and
    `bind_session` are supplied by exactly one domain of an app (identity); a domain above it that knows of further
    ties between people and rows adds to the former with `more_buckets`.
    """

    name: str
    tables: Sequence[type[Table]] = ()
    commands: Sequence[Command | Handled[Any, Any]] = ()
    feeds: Sequence[Feed] = ()
    routes: Sequence[Any] = ()
    permissions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    jobs: Sequence[Job] = ()
    buckets: BucketsOf | None = None
    more_buckets: BucketsOf | None = None
    load_person: LoadPerson | None = None
    authenticate: Authenticate | None = None
    bind_session: BindSession | None = None
