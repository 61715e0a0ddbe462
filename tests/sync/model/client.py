"""The phone's half of the protocol: a pure state machine, no network, no clock, no storage of its own.

Every method is one IndexedDB transaction: it happens completely or not at all. The phone's TypeScript core
mirrors this class method by method. What is *not* here: when to send (the loop), retries and timers.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from typing import Any

from tests.sync.model import handlers
from tests.sync.model.stores import BaseRow, Issue, JournalEntry, OutboxEntry, Staging
from tests.sync.model.wire import (
    PUT,
    TABLES,
    Command,
    NumberedCommand,
    PullPage,
    PullRequest,
    PullResponse,
    PushRequest,
    PushResponse,
    Result,
    Rows,
    Status,
)

ASK_LIMIT = 200


class Client:
    """One replica: everything here is durable. `draw_id` names new replicas."""

    def __init__(self, user: str, draw_id: Callable[[], str], bugs: frozenset[str] = frozenset()) -> None:
        self.user = user
        self.draw_id = draw_id
        self.bugs = bugs
        self.epoch = ""
        self.replica = ""
        self.next_number = 1
        self.next_n = 1
        self.acked_number = 0
        self.head = 0
        self.gen = 1
        self.cursors: dict[str, list[int]] = {}
        self.tables_name = ""
        self.recovering = False
        self.rows: dict[tuple[str, str], BaseRow] = {}
        self.outbox: dict[int, OutboxEntry] = {}
        self.journal: dict[str, JournalEntry] = {}
        self.issues: dict[str, Issue] = {}
        self.staging: Staging | None = None

    def clone(self, draw_id: Callable[[], str]) -> "Client":
        """What a transfer to a new phone copies: all of the storage, the replica id included."""
        twin = copy(self)
        twin.draw_id = draw_id
        twin.cursors, twin.rows = dict(self.cursors), dict(self.rows)
        twin.outbox, twin.journal, twin.issues = dict(self.outbox), dict(self.journal), dict(self.issues)
        if (staged := self.staging) is not None:
            twin.staging = Staging(
                staged.cursors, list(staged.entries), dict(staged.rows), set(staged.drop), set(staged.reset)
            )
        return twin

    # -- hello -----------------------------------------------------------------------------------------------

    def hello(self, epoch: str) -> None:
        """First contact, or a later one that learns of another epoch."""
        if self.epoch == "":
            self.epoch, self.replica = epoch, self.draw_id()
        elif epoch != self.epoch:
            self.adopt_epoch(epoch)

    # -- the outbox ------------------------------------------------------------------------------------------

    def enqueue(self, command: Command) -> None:
        """The tap: number and entry become durable together."""
        self.outbox[self.next_number] = OutboxEntry(self.next_number, self.next_n, "queued", command)
        self.next_number += 1
        self.next_n += 1

    def cancel(self, uuid: str) -> list[str]:
        """Take back a command that was never sent, with its dependants; later ones close the gap.

        Answers the uuids that went. An edit is a cancel and a new command under a *new* uuid: a cloned phone
        may already have sent the old payload under the old one.
        """
        gone = self._with_queued_dependants(uuid)
        self._remove_queued(gone)
        return [entry.command["uuid"] for entry in gone]

    def resolve(self, uuid: str) -> None:
        """The user has dealt with an item of "needs attention"."""
        self.issues.pop(uuid, None)

    def _entries(self) -> list[OutboxEntry]:
        return [self.outbox[number] for number in sorted(self.outbox)]

    def _entry(self, uuid: str) -> OutboxEntry | None:
        return next((e for e in self.outbox.values() if e.command["uuid"] == uuid), None)

    def _with_queued_dependants(self, uuid: str) -> list[OutboxEntry]:
        family, found = {uuid}, []
        for entry in self._entries():
            mine = entry.command["uuid"]
            if entry.state == "queued" and (
                mine == uuid or family.intersection(entry.command.get("deps", ()))
            ):
                family.add(mine)
                found.append(entry)
        return found

    def _remove_queued(self, gone: list[OutboxEntry]) -> None:
        """Allowed because everything behind the first queued entry has never been sent under this replica."""
        if not gone:
            return
        for entry in gone:
            del self.outbox[entry.number]
        number = min(entry.number for entry in gone)
        for entry in [entry for entry in self._entries() if entry.number > number]:
            del self.outbox[entry.number]
            self.outbox[number] = replace(entry, number=number)
            number += 1
        self.next_number = number

    # -- push ------------------------------------------------------------------------------------------------

    def build_push(self, limit: int, now: int) -> PushRequest | None:
        """Seal and send the first undecided commands; None when there are none or while `recovering`."""
        batch = [entry for entry in self._entries() if entry.state != "applied"][:limit]
        if not batch or self.recovering or self.epoch == "":
            return None
        commands: list[NumberedCommand] = []
        for entry in batch:
            if entry.state == "queued":
                self.outbox[entry.number] = replace(entry, state="sealed")
            commands.append({"number": entry.number, **entry.command})
        return {
            "proto": 1,
            "epoch": self.epoch,
            "replica": self.replica,
            "schema": 1,
            "client_time": now,
            "outbox": {
                "depth": len(self.outbox),
                "oldest_at": min(e.command["captured_at"] for e in self.outbox.values()),
                "blobs": 0,
            },
            "commands": commands,
        }

    def on_push_response(self, request: PushRequest, response: PushResponse) -> None:
        """Take decisions by uuid, then react to the stop reason.

        The answer to a request of an earlier replica id or epoch is ignored: its numbers are not today's.
        """
        if self.recovering or request["replica"] != self.replica or request["epoch"] != self.epoch:
            return
        for result in response["results"]:
            entry = self._entry(result["uuid"])
            if entry is None:
                continue
            if entry.state == "seen":
                del self.outbox[entry.number]
            elif result["status"] != "applied" or "early_drop" in self.bugs:
                self._file(entry, result["status"], result.get("code", ""))
                del self.outbox[entry.number]
            elif entry.state == "sealed":
                self.outbox[entry.number] = replace(entry, state="applied")
        self._reject_queued_dependants()
        reason = response["stop"]["reason"] if "stop" in response else None
        if reason == "epoch":
            self.adopt_epoch(response["epoch"])
        elif reason == "forked":
            self._fork()
        elif reason == "gap" and "no_epoch" not in self.bugs:
            self.adopt_epoch(
                response["epoch"]
            )  # the server lost numbers it had decided: restored unannounced

    def _file(self, entry: OutboxEntry, status: Status, code: str) -> None:
        """Put a decided command where it belongs: refusals to the user, everything else into the journal."""
        uuid = entry.command["uuid"]
        self.journal.pop(uuid, None)
        if status == "rejected":
            self.issues[uuid] = Issue(entry.n, code, entry.command)
        else:
            self.journal[uuid] = JournalEntry(entry.n, status, entry.command)

    def _reject_queued_dependants(self) -> None:
        """What waits for a refused parent and was never sent goes to "needs attention" with it."""
        if not self.issues:
            return
        lost = set(self.issues)
        gone = []
        for entry in self._entries():
            if entry.state == "queued" and lost.intersection(entry.command.get("deps", ())):
                lost.add(entry.command["uuid"])
                gone.append(entry)
        self._remove_queued(gone)
        for entry in gone:
            self.issues[entry.command["uuid"]] = Issue(entry.n, "dependency", entry.command)

    def _fork(self) -> None:
        """Another phone uses this replica id too (a cloned storage): go on under a new one, uuids kept."""
        pending = self._entries()
        self._new_replica()
        for entry in pending:
            self._append(replace(entry, state="sealed" if entry.state == "applied" else entry.state))
        self.discard_staging()

    def _new_replica(self) -> None:
        self.replica = self.draw_id()
        self.outbox = {}
        self.next_number = 1
        self.acked_number = 0

    def _append(self, entry: OutboxEntry) -> None:
        self.outbox[self.next_number] = replace(entry, number=self.next_number)
        self.next_number += 1

    # -- pull ------------------------------------------------------------------------------------------------

    def build_pull(self, rows: int) -> PullRequest:
        """Ask for the next page: from the staged cursors if a pull is under way, else from the checkpoint."""
        staging = self.staging
        return {
            "proto": 1,
            "epoch": self.epoch,
            "replica": self.replica,
            "gen": self.gen,
            "schema": 1,
            "tables": self.tables_name or TABLES,
            "cursors": dict(staging.cursors if staging is not None else self.cursors),
            "resetting": sorted(staging.reset) if staging is not None else [],
            "acked_number": self.acked_number,
            "ask": self._ask(),
            "limit": {"rows": rows, "bytes": 262144},
        }

    def _ask(self) -> list[str]:
        """The uuids whose fate the next checkpoint must tell.

        Queued ones too: on a cloned phone the twin may have sent them. The journal while recovering, because
        the server may have forgotten what it once decided; and what pending ones build on, which another phone
        may have sent.
        """
        if "no_ask" in self.bugs:
            return []
        pending = [e for e in self._entries() if not ("ask_sealed" in self.bugs and e.state == "queued")]
        asked = [entry.command["uuid"] for entry in pending]
        if not self.recovering:
            if "no_late_ask" not in self.bugs:
                asked += sorted(uuid for uuid, old in self.journal.items() if old.status == "quarantined")
            return list(dict.fromkeys(asked))[:ASK_LIMIT]
        if "no_journal" not in self.bugs:
            asked += sorted(self.journal, key=lambda uuid: (self.journal[uuid].n, uuid))
        asked += [uuid for entry in pending for uuid in entry.command.get("deps", ())]
        return list(dict.fromkeys(asked))

    def on_pull_response(self, response: PullResponse) -> bool:
        """Stage a page; with the last one commit the checkpoint. True when a checkpoint was committed.

        Every accepted page advances `gen`, so of two tabs asking for the same page one answer is dropped.
        """
        if response["gen"] != self.gen and "stale_pull" not in self.bugs:
            return False
        if response.get("refused") == "tables":
            # Nothing of the pull is lost: the next request asks the same with the list.
            self.tables_name = self.tables_name if "keep_name" in self.bugs else ""
            return False
        if "refused" in response:
            self.adopt_epoch(response["epoch"])
            return False
        if self._went_back(response):
            self.adopt_epoch(response["epoch"])
            return False
        self._stage(response)
        self.tables_name = response.get("tables", self.tables_name)
        if not ("page_gen" in self.bugs and response["more"]):
            self.gen += 1
        if response["more"]:
            return False
        self._commit(response)
        return True

    def _went_back(self, page: PullPage) -> bool:
        """Restored from a backup, but nobody rotated the epoch."""
        if "no_epoch" in self.bugs or self.recovering:
            return False
        return page["head"] < self.head or page["last_number"] < self.acked_number

    def _stage(self, page: PullPage) -> None:
        if self.staging is None:
            self.staging = Staging({})
        staging = self.staging
        staging.forget([*page["drop"], *page["restarted"]])
        staging.drop.update(page["drop"])
        staging.reset.update(page["reset"])
        for index, tbl, pk, seq, op in page["entries"]:
            staging.entries.append((page["buckets"][index], tbl, pk, seq, op))
            if op == PUT:
                staging.rows[tbl, pk] = page["rows"][tbl][pk]
        kept = {b: self.cursors[b] for b in page["drop"] if b in self.cursors}
        staging.cursors = {**(kept if "keep_cursor" in self.bugs else {}), **page["cursors"]}

    def discard_staging(self) -> None:
        """Throw a half-finished pull away; without a new `gen` a late page would continue from nothing."""
        self.staging = None
        if "keep_gen" not in self.bugs:
            self.gen += 1

    def _commit(self, page: PullPage) -> None:
        """The checkpoint: base rows, cursors, head and decisions change together."""
        staging, self.staging = self.staging, None
        assert staging is not None
        if self.recovering:
            self.rows = {}
        self._release(staging.drop | staging.reset)
        for bucket, tbl, pk, seq, op in staging.entries:
            held = self.rows.get((tbl, pk))
            refs = {} if held is None else held.b
            if op == PUT:
                self.rows[tbl, pk] = BaseRow(staging.rows[tbl, pk], {**refs, bucket: seq})
            elif held is not None:
                self._keep(tbl, pk, held, {b: s for b, s in refs.items() if b != bucket})
        self.cursors, self.head = staging.cursors, page["head"]
        self.acked_number = page["last_number"]
        results = {result["uuid"]: result for result in page["results"]}
        if self.recovering:
            self._recover(results)
        else:
            self._settle(results, page["last_number"])
        self._reject_queued_dependants()

    def _release(self, buckets: set[str]) -> None:
        """Take these buckets' references away; rows nobody holds any more go."""
        if not buckets:
            return
        for (tbl, pk), held in list(self.rows.items()):
            if not buckets.isdisjoint(held.b):
                self._keep(tbl, pk, held, {b: s for b, s in held.b.items() if b not in buckets})

    def _keep(self, tbl: str, pk: str, held: BaseRow, refs: dict[str, int]) -> None:
        if refs and not ("no_refcount" in self.bugs and len(refs) < len(held.b)):
            self.rows[tbl, pk] = BaseRow(held.row, refs)
        else:
            del self.rows[tbl, pk]

    def _settle(self, results: dict[str, Result], last_number: int) -> None:
        """The checkpoint tells these decisions, so the base shows their effects: end the overlay, by uuid."""
        if "ack_by_mid" in self.bugs:
            by_number = {result["number"]: result for result in results.values()}
            results = {e.command["uuid"]: by_number[n] for n, e in self.outbox.items() if n in by_number}
        for entry in self._entries():
            result = results.get(entry.command["uuid"])
            if result is None:
                continue
            if entry.state != "seen":
                self._file(entry, result["status"], result.get("code", ""))
            if entry.number <= last_number:
                del self.outbox[entry.number]
            else:
                self.outbox[entry.number] = replace(entry, state="seen")
        for uuid, result in results.items():
            self._hear_late(uuid, result)

    def _hear_late(self, uuid: str, result: Result) -> None:
        """What the server had quarantined was decided by hand since."""
        old = self.journal.get(uuid)
        if old is None or old.status != "quarantined" or result["status"] == "quarantined":
            return
        if result["status"] == "applied":
            self.journal[uuid] = replace(old, status="applied")
        else:
            del self.journal[uuid]
            self.issues[uuid] = Issue(old.n, result.get("code", ""), old.command)

    # -- disaster --------------------------------------------------------------------------------------------

    def adopt_epoch(self, epoch: str) -> None:
        """The server's history is another one: show the old base, read everything anew, ask for all fates.

        Nothing is pushed before the answer is there (`recovering`), and never again under the old replica
        id: another phone may have used its numbers in the new history.
        """
        self.epoch = epoch
        self.cursors = {}
        self.recovering = True
        self.discard_staging()

    def _recover(self, results: dict[str, Result]) -> None:
        """The new history is read: file what it knows, push the rest again, oldest first."""
        self.recovering = False
        pending = {entry.command["uuid"]: entry for entry in self._entries()}
        if "no_journal" not in self.bugs:
            for uuid, old in self.journal.items():
                pending.setdefault(uuid, OutboxEntry(0, old.n, "sealed", old.command))
        replica, last_number, trusted = self.replica, self.acked_number, 0
        self._new_replica()
        if "trust_number" in self.bugs:
            self.replica, self.next_number, trusted = replica, last_number + 1, last_number
        again: set[str] = set()
        for uuid, entry in sorted(pending.items(), key=lambda item: (item[1].n, item[0])):
            if entry.state == "seen" and uuid not in self.journal and "refile" not in self.bugs:
                continue  # refused and already in the user's hands, even if he has resolved it since
            if uuid in results:
                self._file(entry, results[uuid]["status"], results[uuid].get("code", ""))
                continue
            if entry.n <= trusted:
                self._file(entry, "applied", "")
                continue
            self.journal.pop(uuid, None)
            if self._is_orphaned(entry.command, again, results):
                self.issues[uuid] = Issue(entry.n, "dependency", entry.command)
                continue
            again.add(uuid)
            self._append(replace(entry, state="queued" if entry.state == "queued" else "sealed"))

    def _is_orphaned(self, command: Command, again: set[str], results: dict[str, Result]) -> bool:
        """Whether a parent was refused in the old history and neither phone nor server will bring it back."""
        if "wait_for_dead" in self.bugs:
            return False
        return any(uuid not in again and uuid not in results for uuid in command.get("deps", ()))

    # -- the view --------------------------------------------------------------------------------------------

    def view(self) -> tuple[Rows, list[str]]:
        """Base plus replay of the outbox, and the pending commands whose row is no longer in the view."""
        tables: Rows = {tbl: {} for tbl in TABLES}
        for (tbl, pk), held in self.rows.items():
            tables[tbl][pk] = held.row
        hidden = []
        for entry in self._entries():
            if entry.state != "seen" and not handlers.show(tables, self.user, entry.command):
                hidden.append(entry.command["uuid"])
        return tables, hidden

    def summary(self) -> dict[str, Any]:
        """The whole durable state except rows and payloads, as the trace of a phone shows it."""
        staging = self.staging
        return {
            "epoch": self.epoch,
            "replica": self.replica,
            "next_number": self.next_number,
            "acked_number": self.acked_number,
            "head": self.head,
            "gen": self.gen,
            "cursors": self.cursors,
            "recovering": self.recovering,
            "outbox": [[e.number, e.command["uuid"], e.state] for e in self._entries()],
            "journal": {uuid: entry.status for uuid, entry in self.journal.items()},
            "issues": {uuid: issue.code for uuid, issue in self.issues.items()},
            "staging": None
            if staging is None
            else {
                "cursors": staging.cursors,
                "drop": sorted(staging.drop),
                "reset": sorted(staging.reset),
                "entries": len(staging.entries),
            },
        }
