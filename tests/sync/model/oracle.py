"""What must hold, checked after every event; the numbers are those of the design's invariants.

The oracle knows what nobody in the protocol knows: every server state by (era, head), where an era ends with
each restore whether announced or not, who really held which bucket, and on which phones a command is.
"""

from dataclasses import dataclass, field

from tests.sync.model import handlers
from tests.sync.model.client import Client
from tests.sync.model.server import Server, State, Stored, buckets_of_row
from tests.sync.model.wire import Command, PullPage, Result, Rows


class Violation(AssertionError):
    """An invariant does not hold. `seed`, `trace` are added by the runner."""

    def __init__(self, invariant: str, message: str) -> None:
        super().__init__(f"{invariant}: {message}")
        self.invariant = invariant


@dataclass(slots=True)
class Device:
    """A phone in the world: its storage, and what the oracle remembers about it.

    `life` counts killed tabs, `storage` changes with every wipe; `own` are the commands that must be on this
    storage; `checkpoint` names the server state the base should equal.
    """

    index: int
    user: str
    client: Client
    life: int = 0
    storage: int = 0
    own: dict[str, Command] = field(default_factory=dict)
    checkpoint: tuple[int, int] | None = None
    cursors: dict[str, list[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Ledger:
    """One command and the storages that hold it. `excused`: cancelled, resolved or lost by a double fault."""

    command: Command
    keepers: set[int]
    excused: bool = False


class Oracle:
    """`after_*` record and check the server's side, `check_*` a phone's side, `check_end` the quiet world."""

    def __init__(self) -> None:
        self.era = 1
        self.history: dict[tuple[int, int], Rows] = {}
        self.decided: dict[int, dict[str, Stored]] = {}
        self.answers: dict[tuple[int, str], Result] = {}
        self.ledger: dict[str, Ledger] = {}

    # -- what happened ---------------------------------------------------------------------------------------

    def tapped(self, device: Device, command: Command) -> None:
        self.ledger[command["uuid"]] = Ledger(command, {device.storage})
        device.own[command["uuid"]] = command

    def given_up(self, device: Device, uuid: str) -> None:
        """The user cancelled it or resolved its refusal here; other storages still owe it."""
        del device.own[uuid]
        entry = self.ledger[uuid]
        entry.keepers.discard(device.storage)
        entry.excused = entry.excused or not entry.keepers

    def wiped(self, device: Device, server: Server) -> None:
        for uuid in device.own:
            entry = self.ledger[uuid]
            entry.keepers.discard(device.storage)
            if not entry.keepers and uuid not in server.state.commands:
                entry.excused = True
        device.own = {}
        device.checkpoint = None
        device.cursors = {}

    def cloned(self, source: Device, target: Device) -> None:
        target.own = dict(source.own)
        target.checkpoint = source.checkpoint
        target.cursors = dict(source.cursors)
        for uuid in target.own:
            self.ledger[uuid].keepers.add(target.storage)

    # -- the server ------------------------------------------------------------------------------------------

    def after_write(self, server: Server) -> None:
        """Keep this state of the server under its (era, head) and check the laws of the business."""
        key = (self.era, server.head())
        if key not in self.history:
            self.history[key] = {tbl: dict(rows) for tbl, rows in server.state.tables.items()}
            self.decided[self.era] = server.state.commands
            self._check_business(server.state)

    def after_restore(self, server: Server) -> None:
        """A new history begins; whatever nobody holds any more is lost to a double fault."""
        self.era += 1
        self.decided[self.era] = server.state.commands
        self.history[self.era, server.head()] = {t: dict(r) for t, r in server.state.tables.items()}
        for uuid, entry in self.ledger.items():
            if not entry.keepers and uuid not in server.state.commands:
                entry.excused = True

    def _check_business(self, state: State) -> None:
        """I1: effects of an applied command exist once, of others never. I7: stock is never negative."""
        expected: dict[str, set[str]] = {"customers.note": set(), "orders.place": set(), "orders.pay": set()}
        for uuid, stored in state.commands.items():
            if stored.result["status"] == "applied":
                command = self.ledger[uuid].command
                is_order = command["name"] == "orders.place"
                expected[command["name"]].add(command["args"]["order_id"] if is_order else uuid)
        notes = [uuid for row in state.tables["customers"].values() for uuid in row["notes"]]
        payments = [uuid for row in state.tables["orders"].values() for uuid in row["payments"]]
        if len(notes) != len(expected["customers.note"]) or set(notes) != expected["customers.note"]:
            raise Violation("I1", f"notes {sorted(notes)} but applied {sorted(expected['customers.note'])}")
        if len(payments) != len(expected["orders.pay"]) or set(payments) != expected["orders.pay"]:
            raise Violation("I1", f"payments {sorted(payments)} but applied {sorted(expected['orders.pay'])}")
        if set(state.tables["orders"]) != expected["orders.place"]:
            raise Violation(
                "I1", f"orders {sorted(state.tables['orders'])}, applied {sorted(expected['orders.place'])}"
            )
        taken: dict[str, int] = {}
        for order in state.tables["orders"].values():
            taken[order["product_id"]] = taken.get(order["product_id"], 0) + order["qty"]
        for pk, product in state.tables["products"].items():
            if product["stock"] < 0:
                raise Violation("I7", f"stock of {pk} is {product['stock']}")
            if product["stock"] + taken.get(pk, 0) != product["supplied"]:
                raise Violation(
                    "I1",
                    f"{pk}: stock {product['stock']} + ordered {taken.get(pk, 0)} != {product['supplied']}",
                )

    def check_results(self, results: list[Result]) -> None:
        """I5: the same question gets the same answer as long as the server remembers."""
        for result in results:
            first = self.answers.setdefault((self.era, result["uuid"]), result)
            if first is not result and first != result:
                raise Violation("I5", f"{first} became {result}")

    def decided_by_hand(self, uuids: list[str]) -> None:
        """The one decision that may change is a quarantine."""
        for uuid in uuids:
            before = self.answers.pop((self.era, uuid), None)
            if before is not None and before["status"] != "quarantined":
                raise Violation("I5", f"{before} was decided again")

    def check_page(self, scope: list[str], page: PullPage) -> None:
        """I11: only rows of buckets the user holds in this snapshot."""
        if page["buckets"] != scope:
            raise Violation("I11", f"buckets {page['buckets']} but the user holds {scope}")
        held = set(scope)
        for tbl, rows in page["rows"].items():
            for pk, row in rows.items():
                if held.isdisjoint(buckets_of_row(tbl, row)):
                    raise Violation("I11", f"{tbl}/{pk} leaked")

    # -- a phone ---------------------------------------------------------------------------------------------

    def check_checkpoint(self, device: Device, era: int, scope: tuple[str, ...]) -> None:
        """I9, I11, I12 for the checkpoint this phone has just committed."""
        client = device.client
        before = device.checkpoint
        if before is not None and before[0] == era:
            if client.head < before[1]:
                raise Violation("I12", f"head went back from {before[1]} to {client.head}")
            for bucket, cursor in client.cursors.items():
                if bucket in device.cursors and cursor[0] < device.cursors[bucket][0]:
                    raise Violation("I12", f"cursor of {bucket}: {device.cursors[bucket]} became {cursor}")
        device.checkpoint = (era, client.head)
        device.cursors = dict(client.cursors)
        state = self.history.get(device.checkpoint)
        if state is None:
            raise Violation("I9", f"there never was a server state {device.checkpoint}")
        self._compare(device, state, frozenset(scope), "I9")

    def _compare(self, device: Device, state: Rows, scope: frozenset[str], invariant: str) -> None:
        base, found = device.client.rows, 0
        for tbl, rows in state.items():
            for pk, row in rows.items():
                buckets = scope.intersection(buckets_of_row(tbl, row))
                if not buckets:
                    continue
                found += 1
                held = base.get((tbl, pk))
                if held is None:
                    raise Violation(invariant, f"{tbl}/{pk} is missing in the base")
                if held.row is not row and held.row != row:
                    raise Violation(invariant, f"{tbl}/{pk} is {held.row}, should be {row}")
                if held.b.keys() != buckets:
                    raise Violation(
                        invariant, f"{tbl}/{pk} held by {sorted(held.b)}, should be {sorted(buckets)}"
                    )
        if found != len(base):
            ghosts = [
                key
                for key in base
                if key[1] not in state[key[0]]
                or scope.isdisjoint(buckets_of_row(key[0], state[key[0]][key[1]]))
            ]
            raise Violation(invariant, f"rows that should be gone: {ghosts}")

    def check_view(self, device: Device) -> None:
        """I2, I14, I15: every own command is somewhere on the phone, and its effect is shown exactly once."""
        client = device.client
        if not device.own:
            return
        pending = {entry.command["uuid"]: entry for entry in client.outbox.values()}
        tables, hidden = client.view()
        era, head = device.checkpoint or (0, 0)
        decided = self.decided.get(era, {})
        for uuid, command in device.own.items():
            stored = decided.get(uuid)
            in_base = stored is not None and stored.result["seq"] <= head
            entry = pending.get(uuid)
            if entry is not None:
                if in_base and entry.state != "seen":
                    raise Violation("I14", f"{uuid} is in the base at head {head} and overlaid again")
                if not in_base and entry.state == "seen":
                    raise Violation("I14", f"{uuid} is neither in the base at head {head} nor overlaid")
                if entry.state != "seen" and handlers.is_shown(tables, command) == (uuid in hidden):
                    raise Violation("I14", f"{uuid} ({command['name']}) is not shown exactly once")
            elif uuid in client.journal:
                if client.journal[uuid].status == "applied" and not in_base:
                    raise Violation("I14", f"{uuid} left the overlay before a checkpoint contained it")
            elif uuid not in client.issues:
                raise Violation("I2", f"{uuid} vanished from the phone")

    # -- the end ---------------------------------------------------------------------------------------------

    def check_end(self, server: Server, devices: list[Device]) -> None:
        """I2, I3, I13 in the healed and quiet world."""
        for device in devices:
            client = device.client
            if client.outbox:
                left = [(e.number, e.command["uuid"], e.state) for e in client.outbox.values()]
                raise Violation("I13", f"phone {device.index} cannot empty its outbox: {left}")
            self._compare(device, server.state.tables, frozenset(server.scope(device.user)), "I13")
            for uuid, old in client.journal.items():
                stored = server.state.commands.get(uuid)
                if stored is not None and stored.result["status"] != old.status:
                    raise Violation(
                        "I15", f"phone {device.index} holds {uuid} for {old.status}: {stored.result}"
                    )
        for uuid, entry in self.ledger.items():
            if entry.excused or uuid in server.state.commands:
                continue
            if not any(uuid in device.client.issues for device in devices):
                raise Violation("I2", f"{uuid} is lost")
        for uuid, stored in server.state.commands.items():
            for parent in stored.deps if stored.result["status"] == "applied" else ():
                decided = server.state.commands[parent].result
                if decided["status"] != "applied" or decided["seq"] > stored.result["seq"]:
                    raise Violation("I3", f"{uuid} was applied without its parent {parent}")
