"""The JSON that travels between phone and server, exactly as over HTTP (push and pull, protocol 1)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

Row = Mapping[str, Any]
Rows = dict[str, dict[str, Row]]
Entry = tuple[int, str, str, int, int]
Status = Literal["applied", "rejected", "quarantined"]

PUT, REMOVE = 1, 2
TABLES = {"contacts": 1, "customers": 1, "orders": 1, "products": 1}


class Command(TypedDict):
    """An intention of the user; its number belongs to the replica that sends it, not to the command."""

    uuid: str
    name: str
    v: int
    args: dict[str, Any]
    captured_at: int
    tz: str
    skew_ms: int | None
    deps: NotRequired[list[str]]


class NumberedCommand(Command):
    number: int


class OutboxSummary(TypedDict):
    depth: int
    oldest_at: int | None
    blobs: int


class PushRequest(TypedDict):
    proto: int
    epoch: str
    replica: str
    schema: int
    client_time: int
    outbox: OutboxSummary
    commands: list[NumberedCommand]


class Result(TypedDict):
    """The stored decision; `number` is the one it was first decided under, a client matches by `uuid`."""

    number: int
    uuid: str
    status: Status
    code: NotRequired[str]
    result: NotRequired[dict[str, Any]]
    seq: int


class Stop(TypedDict):
    reason: Literal["retry", "gap", "forked", "epoch", "dependency_wait"]
    expected_number: NotRequired[int]
    retry_after_ms: NotRequired[int]


class PushResponse(TypedDict):
    epoch: str
    server_time: int
    last_number: int
    results: list[Result]
    stop: NotRequired[Stop]


class Limit(TypedDict):
    rows: int
    bytes: int


class PullRequest(TypedDict):
    """`resetting` names buckets re-read from zero whose old rows must be swept; `ask` pending uuids."""

    proto: int
    epoch: str
    replica: str
    gen: int
    schema: int
    tables: dict[str, int] | str
    cursors: dict[str, list[int]]
    resetting: list[str]
    acked_number: int
    ask: list[str]
    limit: Limit


class PullPage(TypedDict):
    """One page; `reset` repeats every bucket being reset, `restarted` those whose earlier pages are void; `tables` is a
    name for the list of tables that came with the request."""

    epoch: str
    gen: int
    server_time: int
    head: int
    more: bool
    rows: Rows
    entries: list[Entry]
    buckets: list[str]
    cursors: dict[str, list[int]]
    drop: list[str]
    reset: list[str]
    restarted: list[str]
    results: list[Result]
    last_number: int
    tables: NotRequired[str]


class PullRefused(TypedDict):
    epoch: str
    gen: int
    refused: Literal["epoch", "tables"]


PullResponse = PullPage | PullRefused


def payload_hash(command: Command) -> str:
    """The server's fingerprint of a sealed payload; a client's own `hash` is ignored, so none is sent."""
    args = json.dumps(command["args"], separators=(",", ":"))
    return hashlib.sha256(f"{command['name']}\n{command['v']}\n{args}".encode()).hexdigest()
