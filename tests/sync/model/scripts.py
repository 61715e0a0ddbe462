"""Short stories that once broke a draft of the protocol, told step by step. The tests run them with and
without the mistake they are about; the exporter records them for the phone's core.

Every story gets a world of four phones (0 and 3 belong to the same user), all of them synchronised once.
"""

from collections.abc import Callable

from tests.sync.model.oracle import Device
from tests.sync.model.world import Recorder, World


def open_world(bugs: frozenset[str] = frozenset(), recorder: Recorder | None = None) -> World:
    """Four phones, everybody holds every territory."""
    world = World(1, (4, 4), bugs, recorder)
    for user in ("ann", "bo", "chen"):
        world.server.state.territories[user] = frozenset(("t1", "t2", "t3"))
    return world


def prepare(world: World) -> None:
    for device in world.devices:
        world.pull_all(device)
    world.backup = world.server.state.copy()


def acks_by_uuid(world: World) -> Device:
    """A cloned phone must not take its twin's acknowledgement of number 1 for its own number 1."""
    prepare(world)
    ours, twin = world.devices[0], world.devices[3]
    world.clone(ours, twin)
    world.note(ours, "c1")
    world.push_all(ours)
    mine = world.note(twin, "c2")
    world.send_push(twin)  # sealed, but still under way
    world.pull_all(twin)
    assert [e.command["uuid"] for e in twin.client.outbox.values()] == [mine]
    world.settle()
    return twin


def first_sync_during_collection(world: World) -> Device:
    """A row delivered early in a read from zero is removed, its tombstone collected: it must go."""
    device = world.devices[0]
    for n in range(1, 5):
        world.write("contacts", f"k{n}", {"id": f"k{n}", "terr": "t1", "v": 0})
    prepare(world)
    world.evict(device)
    while ("contacts", "k1") not in (device.client.staging.rows if device.client.staging else {}):
        world.round_trip(world.send_pull(device, 1))
    world.write("contacts", "k1", None)
    world.write("contacts", "k2", {"id": "k2", "terr": "t2", "v": 1})
    world.round_trip(world.send_pull(device, 1))
    world.server.collect("terr:t1", world.server.state.seq)
    world.pull_all(device, rows=1)
    assert ("contacts", "k1") not in device.client.rows
    world.settle()
    return device


def two_tabs_one_page(world: World) -> Device:
    """Two tabs ask for the same page of a read from zero; the second answer knows of a removal in between."""
    device = world.devices[0]
    world.write("contacts", "k1", {"id": "k1", "terr": "t1", "v": 0})
    world.write("contacts", "k2", {"id": "k2", "terr": "t1", "v": 0})
    prepare(world)
    world.evict(device)
    one, two = world.send_pull(device, 4), world.send_pull(device, 4)
    world.round_trip(one)
    world.write("contacts", "k1", None)
    world.round_trip(two)
    world.settle()
    return device


def territory_lost_and_regained(world: World) -> Device:
    """Lost and regained, first between two checkpoints, then between the pages of one pull."""
    device = world.devices[0]
    prepare(world)
    world.reassign("ann", "t1")
    world.pull_all(device)
    world.reassign("ann", "t1")
    world.pull_all(device)
    for n in range(1, 5):
        world.write("contacts", f"k{n}", {"id": f"k{n}", "terr": "t1", "v": 0})
    world.round_trip(world.send_pull(device, 2))
    world.reassign("ann", "t1")
    world.write("contacts", "k5", {"id": "k5", "terr": "t2", "v": 0})
    world.write("contacts", "k6", {"id": "k6", "terr": "t2", "v": 0})
    world.round_trip(world.send_pull(device, 1))
    world.write("contacts", "k1", None)
    world.reassign("ann", "t1")
    world.pull_all(device, rows=2)
    world.settle()
    return device


def first_sync_ends(world: World) -> Device:
    """Tombstones older than the beginning of a read from zero may be collected without a restart."""
    device = world.devices[0]
    prepare(world)
    for n in range(1, 7):
        world.write("contacts", f"k{n}", {"id": f"k{n}", "terr": "t1", "v": 0})
    for n in range(1, 6):
        world.write("contacts", f"k{n}", None)
    tombstones = sorted(seq for seq, op in world.server.state.feed["terr:t1"].values() if op == 2)
    world.write("contacts", "k6", {"id": "k6", "terr": "t1", "v": 1})
    world.evict(device)
    while device.checkpoint is None:
        message = world.send_pull(device, 1)
        world.round_trip(message)
        assert message.response is not None
        assert "refused" in message.response or message.response["restarted"] == []
        if tombstones:
            world.server.collect("terr:t1", tombstones.pop(0) + 1)
    assert not tombstones
    world.settle()
    return device


def restored_server_reuses_numbers(world: World) -> Device:
    """After a restore the twin's number 1 says nothing about ours: uuids decide, the replica id rotates."""
    ours, twin = world.devices[0], world.devices[3]
    prepare(world)
    world.clone(ours, twin)
    mine = world.note(ours, "c1")
    world.push_all(ours)
    world.pull_all(ours)
    world.restore()
    world.pull_all(twin)
    world.note(twin, "c2")
    world.push_all(twin)
    world.pull_all(twin)
    world.pull_all(ours)
    world.settle()
    assert world.server.state.commands[mine].result["status"] == "applied"
    return ours


def late_page_after_discard(world: World) -> Device:
    """A page under way when the half-finished pull was thrown away must not start a new one in the middle."""
    device = world.devices[0]
    prepare(world)
    for n in range(1, 4):
        world.write("contacts", f"k{n}", {"id": f"k{n}", "terr": "t1", "v": 0})
    world.round_trip(world.send_pull(device, 1))
    late = world.send_pull(device, 9)
    world.at_server(late)
    world.kill_tab(device, discard=True, is_only_tab=False)
    world.at_client(late)
    world.settle()
    return device


def restored_unannounced(world: World) -> Device:
    """The operator forgot to rotate the epoch: one phone notices by the head, the other by a gap."""
    puller, pusher = world.devices[0], world.devices[1]
    prepare(world)
    written = []
    for device in (puller, pusher):
        written.append(world.note(device, "c1"))
        world.push_all(device)
        world.pull_all(device)
    world.restore(announced=False)
    written.append(world.note(pusher, "c2"))
    world.push_all(pusher)
    world.pull_all(puller)
    world.settle()
    assert all(world.server.state.commands[uuid].result["status"] == "applied" for uuid in written)
    return pusher


def seen_under_another_number(world: World) -> Device:
    """The twin has already sent our pending command: hide it, still send it to close the gap."""
    ours, twin = world.devices[0], world.devices[3]
    prepare(world)
    shared = world.note(ours, "c1")
    world.clone(ours, twin)
    world.note(ours, "c2")
    world.push_all(ours)
    world.note(twin, "c3")
    world.round_trip(world.send_push(twin))  # the first is known, the second number is taken: forked
    world.pull_all(twin)
    assert [e.state for e in twin.client.outbox.values() if e.command["uuid"] == shared] == ["seen"]
    world.settle()
    return twin


def orphan_of_a_resolved_refusal(world: World) -> Device:
    """A sealed command whose parent was refused, resolved and then forgotten by a restored server."""
    device = world.devices[0]
    prepare(world)
    order = world.place(device, "c1", qty=100)
    child = world.pay(device, order)
    request = world.send_push(device, 2)
    assert request is not None
    world.server.kill_in = 1
    world.at_server(request)
    world.round_trip(world.send_push(device, 1))
    world.resolve(device, world.placed_by[order])
    world.restore()
    world.settle()
    assert device.client.issues[child].code == "dependency"
    return device


def refused_under_another_number(world: World) -> Device:
    """A refusal seen under another number and resolved; the server then forgets it: it must not come back."""
    ours, twin = world.devices[0], world.devices[3]
    prepare(world)
    first = world.note(ours, "c1")
    refused = world.placed_by[world.place(ours, "c1", qty=9)]
    world.clone(ours, twin)
    world.cancel(twin, first)
    world.push_all(ours)
    world.round_trip(world.send_push(twin))  # its number 1 is taken by the cancelled note: forked
    world.pull_all(twin)
    assert [e.state for e in twin.client.outbox.values()] == ["seen"]
    world.resolve(twin, refused)
    world.restore()
    supplied = world.server.state.tables["products"]["p1"]
    world.write("products", "p1", {**supplied, "stock": 20, "supplied": 20})
    world.pull_all(twin)
    world.push_all(twin)
    assert refused not in world.server.state.commands
    world.settle()
    return twin


def refused_with_its_dependants(world: World) -> Device:
    """Queued dependants of a refused command go to "needs attention" with it."""
    device = world.devices[0]
    prepare(world)
    order = world.place(device, "c1", qty=100)
    world.pay(device, order)
    later = world.note(device, "c2")
    world.note(device, "c3")
    world.cancel(device, later)
    world.round_trip(world.send_push(device, 1))
    assert sorted(device.client.outbox) == [2]
    world.settle()
    return device


def decided_by_hand(world: World) -> Device:
    """Two commands are quarantined; an administrator replays one and refuses the other, days later."""
    device = world.devices[0]
    prepare(world)
    replayed, refused = world.note(device, "c1"), world.note(device, "c2")
    world.server.poisoned.update((replayed, refused))
    world.push_all(device)
    world.pull_all(device)
    assert {entry.status for entry in device.client.journal.values()} == {"quarantined"}
    world.decide_by_hand(replayed, is_replayed=True)
    world.decide_by_hand(refused, is_replayed=False)
    world.settle()
    assert device.client.journal[replayed].status == "applied"
    assert device.client.issues[refused].code == "by_hand"
    return device


SCRIPTS: dict[str, Callable[[World], Device]] = {
    script.__name__: script
    for script in (
        acks_by_uuid,
        first_sync_during_collection,
        first_sync_ends,
        two_tabs_one_page,
        territory_lost_and_regained,
        restored_server_reuses_numbers,
        late_page_after_discard,
        restored_unannounced,
        seen_under_another_number,
        orphan_of_a_resolved_refusal,
        refused_under_another_number,
        refused_with_its_dependants,
        decided_by_hand,
    )
}
