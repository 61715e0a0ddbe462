"""The server of the model: commands in, row changes out through a compacted, bucketed feed.

One `State` is the whole database; a backup is a copy of it. Rows are never changed in place, only replaced.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.sync.model import handlers
from tests.sync.model.handlers import Rejected
from tests.sync.model.wire import (
    PUT,
    REMOVE,
    TABLES,
    Command,
    Entry,
    NumberedCommand,
    PullPage,
    PullRequest,
    PullResponse,
    PushRequest,
    PushResponse,
    Result,
    Row,
    Rows,
    Status,
    Stop,
    payload_hash,
)

POISON_LIMIT = 3


class Transient(Exception):
    """Deadlock, lock timeout, disk full: the transaction is rolled back and nothing is decided."""


class Crash(Exception):
    """A handler bug: this command fails at every attempt."""


class WorkerKilled(Exception):
    """The process died in the middle of a batch: what was committed stays, no answer is sent."""


class Stopped(Exception):
    """The batch ends here with this stop reason."""

    def __init__(self, stop: Stop) -> None:
        self.stop = stop


@dataclass(frozen=True, slots=True)
class Stored:
    """One row of the durable inbox: who sent it, the payload, its fingerprint and the decision, answered verbatim."""

    replica: str
    hash: str
    result: Result
    deps: tuple[str, ...]
    user: str
    command: Command


@dataclass(slots=True)
class State:
    """All tables of the database. `feed[bucket]` is ordered by seq: an upsert moves its entry to the end."""

    seq: int = 0
    tables: Rows = field(default_factory=dict)
    feed: dict[str, dict[tuple[str, str], tuple[int, int]]] = field(default_factory=dict)
    min_seq: dict[str, int] = field(default_factory=dict)
    last_number: dict[str, int] = field(default_factory=dict)
    numbers: dict[tuple[str, int], str] = field(default_factory=dict)
    commands: dict[str, Stored] = field(default_factory=dict)
    command_seq: int = 0
    attempts: dict[str, int] = field(default_factory=dict)
    territories: dict[str, frozenset[str]] = field(default_factory=dict)

    def copy(self) -> "State":
        """A backup: nothing later can change it."""
        return State(
            self.seq,
            {tbl: dict(rows) for tbl, rows in self.tables.items()},
            {bucket: dict(entries) for bucket, entries in self.feed.items()},
            dict(self.min_seq),
            dict(self.last_number),
            dict(self.numbers),
            dict(self.commands),
            self.command_seq,
            dict(self.attempts),
            dict(self.territories),
        )


def buckets_of_row(tbl: str, row: Row) -> tuple[str, ...]:
    """The buckets a row is visible in, from its own columns only."""
    if tbl == "products":
        return ("org",)
    if tbl == "orders":
        return ("terr:" + row["terr"], "user:" + row["author"])
    return ("terr:" + row["terr"],)


class Transaction:
    """Reads through to the database, keeps writes to itself until `Server.commit`."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.writes: dict[tuple[str, str], Row | None] = {}

    def get(self, tbl: str, pk: str) -> Row | None:
        if (tbl, pk) in self.writes:
            return self.writes[tbl, pk]
        return self.state.tables[tbl].get(pk)

    def put(self, tbl: str, pk: str, row: Row) -> None:
        self.writes[tbl, pk] = row

    def delete(self, tbl: str, pk: str) -> None:
        self.writes[tbl, pk] = None


class Server:
    """Push, pull, collection, backup and restore; the back office writes through `commit` as well."""

    def __init__(self, bugs: frozenset[str] = frozenset()) -> None:
        self.bugs = bugs
        self.epoch = "e1"
        self.state = State(tables={"contacts": {}, "customers": {}, "orders": {}, "products": {}})
        self.now = 0
        self.poisoned: set[str] = set()
        self.fail_in: int | None = None
        self.kill_in: int | None = None
        self.meanwhile: Callable[[], None] | None = None
        self.release = 0
        """Which release runs: only 0 understands exactly the tables the phones of the model do."""

    # -- writing ---------------------------------------------------------------------------------------------

    def commit(self, tx: Transaction) -> None:
        """Write the rows and let the triggers put every change into the feed, in commit order."""
        for (tbl, pk), new in tx.writes.items():
            rows = self.state.tables[tbl]
            old = rows.get(pk)
            before = () if old is None else buckets_of_row(tbl, old)
            after = () if new is None else buckets_of_row(tbl, new)
            if new is None:
                rows.pop(pk, None)
            else:
                rows[pk] = new
            for bucket in before:
                if bucket not in after and not ("no_move_out" in self.bugs and new is not None):
                    self._touch(bucket, tbl, pk, REMOVE)
            for bucket in after:
                self._touch(bucket, tbl, pk, PUT)

    def _touch(self, bucket: str, tbl: str, pk: str, op: int) -> None:
        entries = self.state.feed.setdefault(bucket, {})
        entries.pop((tbl, pk), None)
        self.state.seq += 1
        entries[tbl, pk] = (self.state.seq, op)

    def head(self) -> int:
        """The newest seq of this snapshot, over the feed and the stamped commands."""
        newest = self.state.command_seq
        for entries in self.state.feed.values():
            for seq, _ in reversed(entries.values()):
                newest = max(newest, seq)
                break
        return newest

    def scope(self, user: str) -> list[str]:
        """The buckets this user holds now, from the live assignments."""
        return ["org", *sorted("terr:" + t for t in self.state.territories[user]), "user:" + user]

    # -- push ------------------------------------------------------------------------------------------------

    def push(self, user: str, request: PushRequest) -> PushResponse:
        """Decide the batch in order, each command in its own transaction, up to the first stop reason."""
        results: list[Result] = []
        response: PushResponse = {
            "epoch": self.epoch,
            "server_time": self.now,
            "last_number": self.state.last_number.get(request["replica"], 0),
            "results": results,
        }
        if request["epoch"] != self.epoch:
            response["stop"] = {"reason": "epoch"}
            return response
        try:
            for command in request["commands"]:
                results.append(self._decide(user, request["replica"], command))
        except Stopped as stopped:
            response["stop"] = stopped.stop
        response["last_number"] = self.state.last_number.get(request["replica"], 0)
        return response

    def _decide(self, user: str, replica: str, command: NumberedCommand) -> Result:
        if self._counts_down("kill_in"):
            raise WorkerKilled
        state, number, uuid = self.state, command["number"], command["uuid"]
        last_number = state.last_number.get(replica, 0)
        dedupe = "no_dedupe" not in self.bugs
        if dedupe and (used := state.numbers.get((replica, number))) is not None:
            if used != uuid:
                raise Stopped({"reason": "forked"})
            return state.commands[uuid].result
        if number != last_number + 1 and (dedupe or number > last_number):
            raise Stopped({"reason": "gap", "expected_number": last_number + 1})
        known = state.commands.get(uuid)
        if known is not None and dedupe:
            if known.hash != payload_hash(command):
                raise Stopped({"reason": "forked"})
            self._consume(replica, number, uuid)
            return known.result
        return self._execute(user, replica, command)

    def _execute(self, user: str, replica: str, command: NumberedCommand) -> Result:
        tx = Transaction(self.state)
        status: Status = "applied"
        code: str | None = None
        try:
            blocked = self._blocked_by(command.get("deps", ()))
            if blocked is not None:
                status, code = blocked, "dependency"
            else:
                self._handle(tx, user, command)
        except Rejected as rejection:
            tx = Transaction(self.state)
            status, code = "rejected", rejection.code
        except Transient:
            if "eat_transient" not in self.bugs:
                raise Stopped({"reason": "retry", "retry_after_ms": 1000}) from None
            tx = Transaction(self.state)
        except Crash:
            attempts = self.state.attempts[command["uuid"]] = self.state.attempts.get(command["uuid"], 0) + 1
            if attempts < POISON_LIMIT or "poison_blocks" in self.bugs:
                raise Stopped({"reason": "retry", "retry_after_ms": 1000}) from None
            tx = Transaction(self.state)
            status, code = "quarantined", "handler_crash"
        self.commit(tx)
        return self._store(user, replica, command, status, code)

    def _handle(self, tx: Transaction, user: str, command: Command) -> None:
        handlers.HANDLERS[command["name"]](tx, user, self.state.territories[user], command)
        if self._counts_down("fail_in"):
            raise Transient
        if command["uuid"] in self.poisoned:
            raise Crash

    def _blocked_by(self, deps: Any) -> Status | None:
        """What a parent's fate makes of its dependant; stops the batch while a parent is unknown."""
        for uuid in deps:
            parent = self.state.commands.get(uuid)
            if parent is None:
                raise Stopped({"reason": "dependency_wait", "retry_after_ms": 1000})
            if parent.result["status"] != "applied":
                return parent.result["status"]
        return None

    def _store(
        self, user: str, replica: str, command: NumberedCommand, status: Status, code: str | None
    ) -> Result:
        """Insert the decision last, so that its stamp lies above the feed entries of the same transaction."""
        self.state.seq += 1
        self.state.command_seq = self.state.seq
        uuid, number = command["uuid"], command["number"]
        result: Result = {"number": number, "uuid": uuid, "status": status, "seq": self.state.seq}
        if code is not None:
            result["code"] = code
        stored = Stored(replica, payload_hash(command), result, tuple(command.get("deps", ())), user, command)
        self.state.commands[uuid] = stored
        self._consume(replica, number, uuid)
        return result

    def _consume(self, replica: str, number: int, uuid: str) -> None:
        self.state.numbers[replica, number] = uuid
        self.state.last_number[replica] = max(number, self.state.last_number.get(replica, 0))

    def _counts_down(self, fault: str) -> bool:
        left: int | None = getattr(self, fault)
        if left is None:
            return False
        setattr(self, fault, left - 1 if left else None)
        return left == 0

    # -- pull ------------------------------------------------------------------------------------------------

    def pull(self, user: str, request: PullRequest) -> PullResponse:
        """One page: rows, acknowledgements, scope and head, all from one snapshot."""
        name = f"release-{self.release}"
        if isinstance(request["tables"], str) and request["tables"] != name:
            return {"epoch": request["epoch"], "gen": request["gen"], "refused": "tables"}
        if request["epoch"] != self.epoch:
            return {"epoch": self.epoch, "gen": request["gen"], "refused": "epoch"}
        page = self._page(user, request)
        if request["tables"] == TABLES and self.release == 0:
            page["tables"] = name
        if self.meanwhile is not None:
            self.meanwhile()
        if "split_snapshot" in self.bugs:
            later = self.head()
            exhausted = [page["head"], page["head"]]
            page["cursors"] = {b: [later, later] if c == exhausted else c for b, c in page["cursors"].items()}
            page["head"] = later
            self._acknowledge(page, request)
        return page

    def _page(self, user: str, request: PullRequest) -> PullPage:
        head, mine = self.head(), self.scope(user)
        room, more = request["limit"]["rows"], False
        reset = [b for b in request["resetting"] if b in mine]
        restarted: list[str] = []
        cursors: dict[str, list[int]] = {}
        entries: list[Entry] = []
        rows: Rows = {}
        for index, bucket in enumerate(mine):
            cursor, floor = request["cursors"].get(bucket, (0, head))
            if bucket in request["cursors"] and self._is_too_old(bucket, cursor, floor):
                cursor, floor = 0, head
                restarted.append(bucket)
                if bucket not in reset:
                    reset.append(bucket)
            exhausted = True
            skipped_up_to = 0 if "no_floor" in self.bugs and cursor else floor
            for tbl, pk, seq, op in self._after(bucket, cursor):
                if op == REMOVE and seq <= skipped_up_to:
                    continue  # removed before this read from zero began: never delivered in it
                if room == 0:
                    exhausted = False
                    break
                room -= 1
                cursor = seq
                entries.append((index, tbl, pk, seq, op))
                if op == PUT:
                    rows.setdefault(tbl, {})[pk] = self.state.tables[tbl][pk]
            if exhausted or "page_head" in self.bugs:
                cursors[bucket] = [head, head]
            else:
                cursors[bucket] = [cursor, head if "no_floor" in self.bugs else floor]
            more = more or not exhausted
        page: PullPage = {
            "epoch": self.epoch,
            "gen": request["gen"],
            "server_time": self.now,
            "head": head,
            "more": more,
            "rows": rows,
            "entries": entries,
            "buckets": mine,
            "cursors": cursors,
            "drop": [b for b in request["cursors"] if b not in mine],
            "reset": reset,
            "restarted": restarted,
            "results": [],
            "last_number": 0,
        }
        self._acknowledge(page, request)
        return page

    def _is_too_old(self, bucket: str, cursor: int, floor: int) -> bool:
        """Whether tombstones this reader still needs have been collected."""
        if "gc_no_reset" in self.bugs:
            return False
        seen = cursor if "restart_forever" in self.bugs else max(cursor, floor)
        return seen < self.state.min_seq.get(bucket, 0)

    def _after(self, bucket: str, cursor: int) -> list[tuple[str, str, int, int]]:
        found = []
        for (tbl, pk), (seq, op) in reversed(self.state.feed.get(bucket, {}).items()):
            if seq <= cursor:
                break
            found.append((tbl, pk, seq, op))
        found.reverse()
        return found

    def _acknowledge(self, page: PullPage, request: PullRequest) -> None:
        """Decisions under this replica above what it acknowledged, and whatever it asks for by uuid."""
        state, replica = self.state, request["replica"]
        last_number = state.last_number.get(replica, 0)
        wanted = [state.numbers[replica, n] for n in range(request["acked_number"] + 1, last_number + 1)]
        wanted += [uuid for uuid in request["ask"] if uuid in state.commands]
        page["results"] = [state.commands[uuid].result for uuid in dict.fromkeys(wanted)]
        page["last_number"] = last_number

    # -- an administrator --------------------------------------------------------------------------------------

    def decide_by_hand(self, uuid: str, *, is_replayed: bool) -> list[str]:
        """Replay a quarantined command as its author, or reject it and what hangs on it; the uuids decided."""
        stored = self.state.commands[uuid]
        fates = [self.state.commands[dep].result["status"] for dep in stored.deps]
        if "quarantined" in fates:
            return []
        tx, status, code = Transaction(self.state), "applied", ""
        if "rejected" in fates:
            status, code = "rejected", "dependency"
        elif is_replayed:
            self.poisoned.discard(uuid)
            try:
                handlers.HANDLERS[stored.command["name"]](
                    tx, stored.user, self.state.territories[stored.user], stored.command
                )
            except Rejected as rejection:
                tx, status, code = Transaction(self.state), "rejected", rejection.code
        else:
            status, code = "rejected", "by_hand"
        self.commit(tx)
        decided = self._redecide(uuid, status, code)
        # The administrator's own command is stamped last.
        self.state.seq += 1
        self.state.command_seq = self.state.seq
        return decided

    def _redecide(self, uuid: str, status: Any, code: str) -> list[str]:
        stored = self.state.commands[uuid]
        result: Result = {
            "number": stored.result["number"],
            "uuid": uuid,
            "status": status,
            "seq": stored.result["seq"],
        }
        if code:
            result["code"] = code
        self.state.commands[uuid] = replace(stored, result=result)
        decided = [uuid]
        if status == "rejected":
            for child, other in list(self.state.commands.items()):
                if uuid in other.deps and other.result["status"] == "quarantined":
                    decided += self._redecide(child, "rejected", "dependency")
        return decided

    # -- operations ------------------------------------------------------------------------------------------

    def collect(self, bucket: str, before: int) -> None:
        """Forget tombstones of a bucket older than `before`; the newest entry of the feed always stays."""
        entries = self.state.feed.get(bucket, {})
        limit = min(before, max((s for e in self.state.feed.values() for s, _ in e.values()), default=0))
        gone = [(key, seq) for key, (seq, op) in entries.items() if op == REMOVE and seq < limit]
        for key, seq in gone:
            del entries[key]
            self.state.min_seq[bucket] = max(seq, self.state.min_seq.get(bucket, 0))

    def restore(self, backup: State, epoch: str) -> None:
        """The database of the backup under a new epoch."""
        self.state = backup.copy()
        self.fail_in = self.kill_in = None
        if "no_epoch" not in self.bugs:
            self.epoch = epoch
