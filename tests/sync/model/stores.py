"""What the phone's stores hold: outbox, journal, issues, base rows and the staging area of a pull."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from tests.sync.model.wire import Command, Row

Outcome = Literal["applied", "quarantined"]


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A pending command. `n` is the order of creation on this phone, `number` the order within the replica.

    queued   never sent: may still be cancelled
    sealed   may have been sent: its payload never changes again
    applied  the push response said so, but no checkpoint contains it yet: still overlaid on the view
    seen     a checkpoint contains its result, decided under another number: hidden, still sent to close it
    """

    number: int
    n: int
    state: Literal["queued", "sealed", "applied", "seen"]
    command: Command


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A decided command, kept for 30 days so that a server restored from a backup can be told again."""

    n: int
    status: Outcome
    command: Command


@dataclass(frozen=True, slots=True)
class Issue:
    """A command the server (or the fate of its parent) refused; stays until the user resolves it."""

    n: int
    code: str
    command: Command


@dataclass(frozen=True, slots=True)
class BaseRow:
    """A row of the last checkpoint and the buckets that hold it, each with the seq of its entry."""

    row: Row
    b: dict[str, int]


@dataclass(slots=True)
class Staging:
    """The pages of an unfinished pull; nothing of it is visible."""

    cursors: dict[str, list[int]]
    entries: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    drop: set[str] = field(default_factory=set)
    reset: set[str] = field(default_factory=set)

    def forget(self, buckets: Iterable[str]) -> None:
        """Undo what earlier pages delivered for these buckets."""
        gone = set(buckets)
        if gone:
            self.entries = [entry for entry in self.entries if entry[0] not in gone]
