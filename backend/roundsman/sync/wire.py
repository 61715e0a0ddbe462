"""What travels between phone and server, as msgspec structs. Answers of push and pull are put together as
bytes elsewhere;
their structs here are the contract the phone's types are made from.
"""

import re
from typing import Annotated, Any, Final, Literal

import msgspec

MAX_COMMANDS = 100
MAX_PUSH_BYTES = 256 * 1024
MAX_PULL_BYTES = 256 * 1024
MAX_ASK = 200
PROTO = 1

Status = Literal["applied", "rejected", "quarantined"]
StopReason = Literal["retry", "gap", "forked", "epoch", "dependency_wait"]
# What a phone says of itself is no reason to fail: numbers no column holds and texts no database stores are turned away
# before anything is looked up, or put within bounds where work hangs on them.
Seq = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[!-~]{1,64}$")]
Word = Annotated[str, msgspec.Meta(pattern=r"^[^\x00]{0,200}$")]
Cursor = tuple[Seq, Seq]
Schema = Annotated[int, msgspec.Meta(ge=0, le=30_000)]

# Every escape in turn, so that an escaped backslash before a "u" is not taken for the beginning of one.
_ESCAPE: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
_HALF: Final = re.compile(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def within(value: int | None, low: int, high: int) -> int | None:
    """The number, or None for one out of bounds: a diagnosis that cannot be, not a reason to refuse work."""
    return value if value is not None and low <= value <= high else None


def without_halves(body: bytes) -> bytes:
    """JSON with every half of a surrogate pair replaced by U+FFFD. A text cut in the middle of an emoji is
    written so by browsers; refusing the body for it would keep everything behind it on the phone for ever.
    """
    return _ESCAPE.sub(lambda found: b"\\ufffd" if _HALF.fullmatch(found[0]) else found[0], body)


class Device(msgspec.Struct, kw_only=True):
    """What a phone says of itself."""

    ua: str = ""
    standalone: bool = False
    persisted: bool = False
    quota: dict[str, int] | None = None


class Lost(msgspec.Struct, kw_only=True):
    """What a phone that found its store empty still knows of it."""

    outbox_depth_last_known: int = 0


class Hello(msgspec.Struct, kw_only=True):
    """Registers a replica, or says again which one this is. `person_id`, here and below, is whose phone it is: the
    session of another is refused."""

    proto: int = PROTO
    person_id: str | None = None
    replica: Key | None = None
    prev_replica: Key | None = None
    device: Device = msgspec.field(default_factory=Device)
    schema: Schema = 1
    client_time: int | None = None
    lost: Lost | None = None


class SuspectedLoss(msgspec.Struct, kw_only=True):
    """Work that was last reported as unsent by a store that is now empty."""

    replica: str
    count: int


class Welcome(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The answer to hello."""

    replica: str
    epoch: str
    server_time: int
    min_schema: int
    features: list[str]
    last_number: int
    status: str
    suspected_loss: SuspectedLoss | None = None


class Outbox(msgspec.Struct, kw_only=True):
    """How much a phone has not sent yet."""

    depth: int = 0
    oldest_at: int | None = None
    blobs: int = 0


class PushCommand(msgspec.Struct, kw_only=True):
    """One sealed intention. `args` stay the bytes they were sent as: their fingerprint is over exactly
    those."""

    number: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    uuid: Key
    name: Annotated[str, msgspec.Meta(pattern=r"^[ -~]{1,100}$")]
    v: Schema
    args: msgspec.Raw
    captured_at: int | None = None
    tz: Word | None = None
    skew_ms: int | None = None
    deps: list[Key] | None = None
    blobs: list[str] | None = None


class Push(msgspec.Struct, kw_only=True):
    """A batch, in the order of the numbers."""

    epoch: str
    replica: Key
    commands: list[PushCommand]
    person_id: str | None = None
    proto: int = PROTO
    schema: Schema = 1
    client_time: int | None = None
    outbox: Outbox | None = None


class Result(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A decision. `number` is the one it was first decided under; match by `uuid`. `kind` is set on a
    refusal."""

    number: int
    uuid: str
    status: Status
    seq: int
    code: str | None = None
    kind: str | None = None
    detail: dict[str, Any] | None = None
    result: dict[str, Any] | None = None


class Stop(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Why the rest of a batch was not decided."""

    reason: StopReason
    expected_number: int | None = None
    retry_after_ms: int | None = None


class PushAnswer(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The answer to a push."""

    epoch: str
    server_time: int
    last_number: int
    results: list[Result]
    stop: Stop | None = None


class Limit(msgspec.Struct, kw_only=True):
    """How large a page may be; the server has limits of its own."""

    rows: int = 1000
    bytes: int = 512 * 1024


class Pull(msgspec.Struct, kw_only=True):
    """Asks for everything that changed since the cursors: `{bucket: [seq, floor]}`. `tables` are the feeds this build
    understands with their versions, or the name a page gave that list."""

    epoch: str
    replica: Key
    gen: int
    tables: dict[Word, int] | Word
    cursors: dict[Word, Cursor]
    person_id: str | None = None
    proto: int = PROTO
    schema: Schema = 1
    resetting: list[str] = msgspec.field(default_factory=list)
    acked_number: Seq = 0
    ask: list[Key] = msgspec.field(default_factory=list)
    backfill: dict[str, dict[str, Cursor]] | None = None
    limit: Limit = msgspec.field(default_factory=Limit)
    priority: list[str] | None = None
    want_digest: bool = False


class Digest(msgspec.Struct, kw_only=True):
    """The number of entries of a bucket and the sum of their seqs modulo 2^61 - 1, as text."""

    n: int
    s: str


class Notice(msgspec.Struct, kw_only=True):
    """Something the phone should tell its user or its log."""

    code: str


class PullPage(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One page. `head`, `results`, `last_number`, `digest` count only when `more` is false.

    `entries` are [index in buckets, table, id, seq, 1 put | 2 remove]. `backfill` are the cursors to go on
    with; a bucket
    whose cursor equals `[head, head]` is done. `tables` is the name to send in place of the list of tables from now on.
    """

    epoch: str
    gen: int
    server_time: int
    head: int
    more: bool
    rows: dict[str, dict[str, dict[str, Any]]]
    entries: list[tuple[int, str, str, int, int]]
    buckets: list[str]
    cursors: dict[str, Cursor]
    drop: list[str]
    reset: list[str]
    restarted: list[str]
    results: list[Result]
    last_number: int
    backfill: dict[str, dict[str, Cursor]] | None = None
    digest: dict[str, Digest] | None = None
    tables: str | None = None
    notices: list[Notice] | None = None


class PullRefused(msgspec.Struct, kw_only=True):
    """`epoch`: the server's history is another one: start over, journal first. `tables`: it knows no list of that name;
    the same again, with the list."""

    epoch: str
    gen: int
    refused: Literal["epoch", "tables"]


class Report(msgspec.Struct, kw_only=True):
    """A phone's own diagnostics."""

    kind: Word
    body: Any = None
    replica: Key | None = None
