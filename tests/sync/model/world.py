"""The world around the protocol: users who tap, a network that loses, an office that edits, and disasters.

Here is what can happen, one method each; `chance` decides what does, `scripts` tells stories with it.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from tests.sync.model.client import Client
from tests.sync.model.events import Event, apply
from tests.sync.model.network import Message, Network, Pull, Push
from tests.sync.model.oracle import Device, Oracle
from tests.sync.model.server import Server, State, Transaction, WorkerKilled
from tests.sync.model.wire import Command, PullRequest, PushRequest, Row

USERS = ("ann", "bo", "chen")
TERRITORIES = ("t1", "t2", "t3")

Recorder = Callable[[Device, Event, list[str], Any], None]


class World:
    """Server, phones, network and oracle. Its public methods are what can happen; stories call them."""

    def __init__(
        self,
        seed: int,
        phones: tuple[int, int],
        bugs: frozenset[str] = frozenset(),
        recorder: Recorder | None = None,
    ) -> None:
        self.seed = seed
        self.bugs = bugs
        self.random = Random(seed)
        self.recorder = recorder
        self.on_clone: Callable[[Device, Device], None] | None = None
        self.counters: dict[str, int] = {}
        self.drawn: list[str] = []
        self.placed_by: dict[str, str] = {}
        self.network = Network()
        self.oracle = Oracle()
        self.server = Server(bugs)
        self._stock_the_company()
        self.backup: State = self.server.state.copy()
        self.devices: list[Device] = []
        for index in range(self.random.randint(*phones)):
            user = USERS[index % len(USERS)]
            device = Device(
                index, user, Client(user, self._draw_replica, bugs), storage=self._count("storage")
            )
            self.devices.append(device)
            self._feed(device, {"kind": "hello", "epoch": self.server.epoch})

    def _stock_the_company(self) -> None:
        for user in USERS:
            self.server.state.territories[user] = frozenset(self.random.sample(TERRITORIES, 2))
        tx = Transaction(self.server.state)
        for pk in ("p1", "p2"):
            tx.put("products", pk, {"id": pk, "stock": 8, "supplied": 8})
        for n in range(1, 5):
            terr = TERRITORIES[n % len(TERRITORIES)]
            tx.put("customers", f"c{n}", {"id": f"c{n}", "terr": terr, "name": "a", "notes": []})
        self._office(tx)

    def _count(self, name: str) -> int:
        self.counters[name] = self.counters.get(name, 0) + 1
        return self.counters[name]

    def _draw_replica(self) -> str:
        self.drawn.append(f"r{self._count('replica')}")
        return self.drawn[-1]

    # -- phones ----------------------------------------------------------------------------------------------

    def _feed(self, device: Device, event: Event) -> Any:
        """Let a phone live through an event, write it down, and look at the phone afterwards."""
        self.drawn = []
        device.client, output = apply(device.client, event)
        if self.recorder is not None:
            self.recorder(device, event, self.drawn, output)
        return output

    def tap(self, device: Device, name: str, args: dict[str, Any], deps: list[str] | None = None) -> str:
        """The user does something; answers the uuid."""
        uuid = f"m{self._count('command')}"
        command: Command = {
            "uuid": uuid,
            "name": name,
            "v": 1,
            "args": args,
            "captured_at": self.server.now,
            "tz": "Asia/Shanghai",
            "skew_ms": 0,
        }
        if deps:
            command["deps"] = deps
        self.oracle.tapped(device, command)
        self._feed(device, {"kind": "enqueue", "command": command})
        self.oracle.check_view(device)
        return uuid

    def note(self, device: Device, customer_id: str) -> str:
        return self.tap(device, "customers.note", {"customer_id": customer_id, "text": "hi"})

    def place(self, device: Device, customer_id: str, product_id: str = "p1", qty: int = 1) -> str:
        order_id = f"o{self._count('order')}"
        args = {"order_id": order_id, "customer_id": customer_id, "product_id": product_id, "qty": qty}
        self.placed_by[order_id] = self.tap(device, "orders.place", args)
        return order_id

    def pay(self, device: Device, order_id: str) -> str:
        """Pay an order; depends on its placing while that is still pending on this phone."""
        parent = self.placed_by[order_id]
        pending = [e for e in device.client.outbox.values() if e.command["uuid"] == parent]
        return self.tap(device, "orders.pay", {"order_id": order_id}, [parent] if pending else None)

    def cancel(self, device: Device, uuid: str) -> None:
        for gone in self._feed(device, {"kind": "cancel", "uuid": uuid}):
            self.oracle.given_up(device, gone)
        self.oracle.check_view(device)

    def resolve(self, device: Device, uuid: str) -> None:
        self._feed(device, {"kind": "resolve", "uuid": uuid})
        self.oracle.given_up(device, uuid)
        self.oracle.check_view(device)

    def send_push(self, device: Device, limit: int = 3) -> Push | None:
        request: PushRequest | None = self._feed(
            device, {"kind": "build_push", "limit": limit, "now": self.server.now}
        )
        if request is None:
            return None
        message = Push(device.index, device.life, request)
        self.network.send(message)
        return message

    def send_pull(self, device: Device, rows: int = 3) -> Pull:
        request: PullRequest = self._feed(device, {"kind": "build_pull", "rows": rows})
        message = Pull(device.index, device.life, request)
        self.network.send(message)
        return message

    def kill_tab(self, device: Device, discard: bool, is_only_tab: bool = True) -> None:
        """The half-finished pull is resumed or thrown away; answers under way reach only a second tab."""
        if is_only_tab:
            device.life += 1
        self._feed(device, {"kind": "tab_killed", "discard": discard})
        if is_only_tab:
            self._feed(device, {"kind": "hello", "epoch": self.server.epoch})
        self.oracle.check_view(device)

    def evict(self, device: Device) -> None:
        """The browser deletes the storage."""
        self.oracle.wiped(device, self.server)
        device.life += 1
        device.storage = self._count("storage")
        self._feed(device, {"kind": "evicted"})
        self._feed(device, {"kind": "hello", "epoch": self.server.epoch})

    def clone(self, source: Device, target: Device) -> None:
        """A new phone of the same user starts with a copy of the old one's storage."""
        self.oracle.wiped(target, self.server)
        target.life += 1
        target.storage = self._count("storage")
        target.client = source.client.clone(self._draw_replica)
        self.oracle.cloned(source, target)
        if self.on_clone is not None:
            self.on_clone(source, target)

    # -- network ---------------------------------------------------------------------------------------------

    def at_server(self, message: Message) -> bool:
        """The request arrives, the answer starts its way back; False when the worker died before."""
        user = self.devices[message.device].user
        if isinstance(message, Pull):
            scope = self.server.scope(user)
            message.scope, message.era = tuple(scope), self.oracle.era
            message.response = self.server.pull(user, message.request)
            if "refused" not in message.response:
                self.oracle.check_page(scope, message.response)
                self.oracle.check_results(message.response["results"])
            return True
        try:
            message.response = self.server.push(user, message.request)
            self.oracle.check_results(message.response["results"])
        except WorkerKilled:
            self.network.lose(message)
        self.oracle.after_write(self.server)
        return message.response is not None

    def at_client(self, message: Message) -> bool:
        """The answer arrives, unless the tab that waited is gone. True when it completed a checkpoint."""
        self.network.lose(message)
        device = self.devices[message.device]
        committed = False
        if message.life != device.life:
            return False
        if isinstance(message, Push):
            request = {"epoch": message.request["epoch"], "replica": message.request["replica"]}
            self._feed(device, {"kind": "push_response", "request": request, "response": message.response})
        elif self._feed(device, {"kind": "pull_response", "response": message.response}):
            committed = True
            self.oracle.check_checkpoint(device, message.era, message.scope)
        self.oracle.check_view(device)
        return committed

    def round_trip(self, message: Message | None) -> bool:
        """There and back without a fault; False when there was nothing to send or the worker died."""
        if message is None or not self.at_server(message):
            return False
        self.at_client(message)
        return True

    def push_all(self, device: Device, tries: int = 8) -> None:
        while tries and self.round_trip(self.send_push(device)):
            tries -= 1

    def pull_all(self, device: Device, rows: int = 8, tries: int = 40) -> None:
        """Pages until a checkpoint is committed."""
        for _ in range(tries):
            message = self.send_pull(device, rows)
            self.at_server(message)
            if self.at_client(message):
                return

    # -- the office and the operator -------------------------------------------------------------------------

    def _office(self, tx: Transaction) -> None:
        self.server.commit(tx)
        self.oracle.after_write(self.server)

    def write(self, tbl: str, pk: str, row: Row | None) -> None:
        """The back office writes one row, or deletes it."""
        tx = Transaction(self.server.state)
        if row is None:
            tx.delete(tbl, pk)
        else:
            tx.put(tbl, pk, row)
        self._office(tx)

    def move_customer(self, pk: str, terr: str) -> None:
        """Customer and orders change territory in one transaction."""
        tx = Transaction(self.server.state)
        for tbl, key in (("customers", "id"), ("orders", "customer_id")):
            for row in list(self.server.state.tables[tbl].values()):
                if row[key] == pk:
                    tx.put(tbl, row["id"], {**row, "terr": terr})
        self._office(tx)

    def reassign(self, user: str, terr: str) -> None:
        """Give the territory to this user, or take it away."""
        held = self.server.state.territories[user]
        self.server.state.territories[user] = held ^ {terr}

    def decide_by_hand(self, uuid: str, *, is_replayed: bool) -> None:
        """An administrator looks at a quarantined command."""
        self.oracle.decided_by_hand(self.server.decide_by_hand(uuid, is_replayed=is_replayed))
        self.oracle.after_write(self.server)

    def restore(self, announced: bool = True) -> None:
        """The server comes back from its backup; unannounced means that nobody rotated the epoch."""
        epoch = f"e{self._count('epoch') + 1}" if announced else self.server.epoch
        self.server.restore(self.backup, epoch)
        self.oracle.after_restore(self.server)

    # -- the end ---------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Heal everything, let all phones talk until nobody has anything to say, and check the end."""
        self.server.meanwhile = None
        self.network.messages.clear()
        self.server.fail_in = self.server.kill_in = None
        for _ in range(6):
            for device in self.devices:
                self.push_all(device, 30)
                self.pull_all(device)
            if not any(device.client.outbox for device in self.devices):
                break
        for device in self.devices:
            self.pull_all(device)
        self.oracle.check_end(self.server, self.devices)
