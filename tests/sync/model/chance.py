"""Days by chance: one seed decides what happens in which order. `run` plays, heals, lets settle and checks the end."""

from typing import Any

from tests.sync.model.network import Pull, Push
from tests.sync.model.oracle import Device, Violation
from tests.sync.model.scenarios import USUAL, Scenario
from tests.sync.model.wire import Row
from tests.sync.model.world import TERRITORIES, USERS, Recorder, World

MINUTE = 60_000


class Chance(World):
    """A world in which every action of the scenario happens as often as its weight says."""

    def __init__(
        self,
        seed: int,
        scenario: Scenario = USUAL,
        bugs: frozenset[str] = frozenset(),
        recorder: Recorder | None = None,
    ) -> None:
        super().__init__(seed, scenario.devices, bugs, recorder)
        self.scenario = scenario
        self.log: list[list[Any]] = []
        self.server.meanwhile = self._meanwhile

    def play(self, steps: int) -> None:
        actions = [(getattr(self, f"_do_{name}"), name) for name in self.scenario.weights]
        weights = list(self.scenario.weights.values())
        total = 0
        cumulative = [total := total + weight for weight in weights]
        for step in range(steps):
            self.server.now += MINUTE
            action, name = self.random.choices(actions, cum_weights=cumulative)[0]
            self.log.append([step, name])
            action()

    def _say(self, *details: Any) -> None:
        """Add details to the current step of the log; they are put into words only for a report."""
        self.log[-1].extend(details)

    def _device(self) -> Device:
        return self.random.choice(self.devices)

    def _do_tap(self) -> None:
        device = self._device()
        tables, _ = device.client.view()
        customers, orders = sorted(tables["customers"]), sorted(tables["orders"])
        if not customers:
            return
        chance = self.random.random()
        if chance < 0.45:
            uuid = self.note(device, self.random.choice(customers))
        elif chance < 0.75 or not orders:
            product = self.random.choice(("p1", "p2"))
            order = self.place(device, self.random.choice(customers), product, self.random.randint(1, 3))
            uuid = self.placed_by[order]
        else:
            pending = {e.command["uuid"] for e in device.client.outbox.values()}
            young = [order for order in orders if self.placed_by[order] in pending]
            uuid = self.pay(device, self.random.choice(young or orders))
        if self.random.random() < self.scenario.poison:
            self.server.poisoned.add(uuid)
        self._say(device.index, uuid, uuid in self.server.poisoned)

    def _do_cancel(self) -> None:
        device = self._device()
        queued = [e.command["uuid"] for e in device.client.outbox.values() if e.state == "queued"]
        if queued:
            self.cancel(device, self.random.choice(queued))

    def _do_resolve(self) -> None:
        device = self._device()
        if device.client.issues:
            self.resolve(device, self.random.choice(sorted(device.client.issues)))

    def _is_busy(self, device: Device, kind: type[Push] | type[Pull]) -> bool:
        """One request at a time per phone, except when two tabs run the loop."""
        waiting = any(isinstance(m, kind) and m.life == device.life for m in self.network.of(device.index))
        return waiting and self.random.random() < 0.8

    def _do_push(self) -> None:
        device = self._device()
        if not self._is_busy(device, Push):
            self._say(device.index, self.send_push(device, self.random.randint(1, 3)))

    def _do_pull(self) -> None:
        device = self._device()
        if not self._is_busy(device, Pull):
            self._say(device.index, self.send_pull(device, self.random.randint(1, self.scenario.page)))

    def _do_deliver(self) -> None:
        if not self.network.messages:
            return
        message = self.random.choice(self.network.messages)
        chance = self.random.random()
        self._say(message.device, "lost" if chance < self.scenario.loss else "arrives", message)
        if chance < self.scenario.loss:
            self.network.lose(message)
            return
        if chance > 1 - self.scenario.duplicates:
            self.network.duplicate(message)
        if message.response is None:
            if self.at_server(message) and self.random.random() < 0.5:
                self.at_client(message)
        else:
            self.at_client(message)

    def _do_page(self) -> None:
        device = self._device()
        self._say(device.index)
        self.round_trip(self.send_pull(device, self.random.randint(1, self.scenario.page)))

    def _do_sync(self) -> None:
        device = self._device()
        self._say(device.index)
        self.push_all(device, 4)
        self.pull_all(device)

    def _do_kill_tab(self) -> None:
        device = self._device()
        self._say(device.index)
        self.kill_tab(device, self.random.random() < 0.5, self.random.random() < 0.6)

    def _do_transient(self) -> None:
        self.server.fail_in = self.random.randint(0, 2)

    def _do_kill_worker(self) -> None:
        self.server.kill_in = self.random.randint(0, 2)

    def _do_edit(self) -> None:
        tbl = self.random.choice(("customers", "products"))
        row = self.server.state.tables[tbl][self.random.choice(sorted(self.server.state.tables[tbl]))]
        self._say(tbl, row["id"])
        if tbl == "customers":
            self.write(tbl, row["id"], {**row, "name": row["name"] + "a" if len(row["name"]) < 3 else "a"})
        else:
            self.write(tbl, row["id"], {**row, "stock": row["stock"] + 1, "supplied": row["supplied"] + 1})

    def _do_contact(self) -> None:
        """Contacts come, move and go: they leave the tombstones."""
        pk = f"k{self.random.randint(1, 4)}"
        row: Row | None = {"id": pk, "terr": self.random.choice(TERRITORIES), "v": self._count("contact")}
        if pk in self.server.state.tables["contacts"] and self.random.random() < 0.6:
            row = None
        self._say(pk, row)
        self.write("contacts", pk, row)

    def _do_move(self) -> None:
        pk, terr = (
            self.random.choice(sorted(self.server.state.tables["customers"])),
            self.random.choice(TERRITORIES),
        )
        self._say(pk, terr)
        self.move_customer(pk, terr)

    def _do_reassign(self) -> None:
        user, terr = self.random.choice(USERS), self.random.choice(TERRITORIES)
        self._say(user, terr)
        self.reassign(user, terr)

    def _do_decide(self) -> None:
        parked = [u for u, c in self.server.state.commands.items() if c.result["status"] == "quarantined"]
        if parked:
            uuid, is_replayed = self.random.choice(sorted(parked)), self.random.random() < 0.5
            self._say(uuid, "replayed" if is_replayed else "rejected")
            self.decide_by_hand(uuid, is_replayed=is_replayed)

    def _do_collect(self) -> None:
        bucket = self.random.choice(sorted(self.server.state.feed))
        before = self.random.randint(1, self.server.state.seq + 1)
        self._say(bucket, before)
        self.server.collect(bucket, before)

    def _do_backup(self) -> None:
        self.backup = self.server.state.copy()

    def _do_restore(self) -> None:
        self.restore()

    def _do_evict(self) -> None:
        device = self._device()
        self._say(device.index)
        self.evict(device)

    def _do_clone(self) -> None:
        pairs = [(a, b) for a in self.devices for b in self.devices if a is not b and a.user == b.user]
        if pairs:
            source, target = self.random.choice(pairs)
            self._say(source.index, target.index)
            self.clone(source, target)

    def _do_release(self) -> None:
        """Another release of the server: it understands other tables, or again the same."""
        self.server.release = self.random.randint(0, 1)
        self._say(self.server.release)

    def _meanwhile(self) -> None:
        """Something is committed while a pull is being answered."""
        if self.random.random() >= self.scenario.meanwhile:
            return
        waiting = [m for m in self.network.messages if isinstance(m, Push) and m.response is None]
        if waiting and self.random.random() < 0.6:
            self.at_server(self.random.choice(waiting))
        else:
            self._do_contact()


def run(
    seed: int, scenario: Scenario = USUAL, bugs: frozenset[str] = frozenset(), steps: int = 220
) -> Chance:
    """Play, heal, settle; a `Violation` carries the command line to replay it and the last steps as notes."""
    world = Chance(seed, scenario, bugs)
    try:
        world.play(steps)
        world.log.append(["settle"])
        world.settle()
    except Violation as violation:
        switches = f" --bugs {','.join(sorted(bugs))}" if bugs else ""
        violation.add_note(
            f"replay: python -m tests.sync.model run --seed {seed} --scenario {scenario.name}"
            f" --steps {steps}{switches}"
        )
        violation.add_note("\n".join(_readable(world)[-60:]))
        raise
    return world


def _readable(world: Chance) -> list[str]:
    """One line per step, `phone action details`, with the phones' state at the end."""
    lines = [" ".join(_describe(part) for part in step) for step in world.log]
    for device in world.devices:
        state = {key: value for key, value in device.client.summary().items() if value}
        lines.append(f"phone {device.index} ({device.user}): {state}")
    return lines


def _describe(part: Any) -> str:
    if isinstance(part, Push):
        commands = " ".join(f"{c['number']}={c['uuid']}" for c in part.request["commands"])
        answer = "" if part.response is None else f" -> {part.response.get('stop', {}).get('reason', 'ok')}"
        return f"push {part.request['epoch']}/{part.request['replica']} {commands}{answer}"
    if isinstance(part, Pull):
        answer = ""
        if part.response is not None:
            answer = " -> " + ("refused" if "refused" in part.response else f"head {part.response['head']}")
        return f"pull {part.request['epoch']}/{part.request['replica']} gen {part.request['gen']}{answer}"
    return str(part)
