"""What push promises: every command decided once, in order, and a number consumed only by a decision."""

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, MINUTE, FixedClock, use_clock
from roundsman.sync.collection import collect_commands, status
from roundsman.sync.limits import Limits, use_limits
from roundsman.sync.wire import MAX_COMMANDS
from tests.phone import Phone, PhoneError, assert_stale_equals_fresh
from tests.sync.domain_notes import FAULTS
from tests.sync.world import World

NOW = 1_790_000_000_000


@pytest.fixture
def clock() -> Iterator[FixedClock]:
    with use_clock(FixedClock(NOW)) as clock:
        yield clock  # type: ignore[misc]


@pytest.fixture
async def phone(world: World) -> Phone:
    await world.give("wang", "north", "south")
    await world.add_stock("tea", 10)
    phone = world.phone("wang")
    await phone.pull()
    return phone


def add(phone: Phone, territory: str = "north", **how: Any) -> str:
    args = {"note_id": new_id(), "territory_id": territory, "body": "x"}
    return phone.act("notes.add", args, version=2, **how)


def take(phone: Phone, amount: int, **how: Any) -> str:
    return phone.act("notes.take", {"taking_id": new_id(), "stock_id": "tea", "amount": amount}, **how)


async def unsent() -> int:
    return int((await status())["unsent"])


async def effects() -> list[str]:
    return [row["uuid"] for row in await db.fetch("SELECT uuid FROM effects ORDER BY place")]


async def log(uuid: str) -> dict[str, Any]:
    row = await db.fetch_one("SELECT * FROM sync_command WHERE uuid = $1", uuid)
    assert row is not None
    return row


async def raw(phone: Phone, what: str, body: dict[str, Any]) -> str:
    answer = await phone.client.post(f"/api/sync/{what}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_resent_batch_gets_the_same_answer_byte_for_byte(phone: Phone) -> None:
    uuids = [add(phone), take(phone, 3), take(phone, 100), add(phone, "west")]
    request = phone.push_request()
    assert request is not None
    first = await raw(phone, "push", request)
    again = await raw(phone, "push", request)
    assert first.split('"results"')[1] == again.split('"results"')[1]
    assert await effects() == uuids[:2], "what was refused left nothing behind"
    asked = await raw(phone, "pull", phone.pull_request(ask=uuids))
    for result in json.loads(first)["results"]:
        assert json.dumps(result, separators=(",", ":"), ensure_ascii=False) in asked
    statuses = [(r["status"], r.get("code")) for r in json.loads(first)["results"]]
    assert statuses == [
        ("applied", None),
        ("applied", None),
        ("rejected", "notes.out_of_stock"),
        ("rejected", "notes.not_yours"),
    ]
    assert json.loads(first)["results"][2]["detail"] == {"left": 7}


async def test_an_old_push_that_comes_late_changes_nothing(phone: Phone) -> None:
    add(phone)
    old = phone.push_request()
    assert old is not None
    await phone.push()
    await phone.sync()
    later = add(phone)
    await phone.sync()
    before = await effects()
    answer = json.loads(await raw(phone, "push", old))
    assert answer["last_number"] == 2
    assert await effects() == before
    assert phone.status(later) == "applied"


async def test_a_gap_stops_the_batch(phone: Phone) -> None:
    add(phone)
    add(phone)
    request = phone.push_request()
    assert request is not None
    request["commands"] = request["commands"][1:]
    answer = json.loads(await raw(phone, "push", request))
    assert answer["stop"] == {"reason": "gap", "expected_number": 1}
    assert answer["results"] == []
    assert await effects() == []


async def test_a_cloned_phone_goes_on_under_a_new_replica(world: World, phone: Phone) -> None:
    twin = Phone(phone.client, phone.tables, person="wang")
    twin.core, twin.registered = phone.core.clone(new_id), phone.registered
    first, second = add(phone), add(twin)
    await phone.sync()
    await twin.sync()
    assert twin.replica != phone.replica
    assert phone.status(first) == twin.status(second) == "applied"
    assert sorted(await effects()) == sorted([first, second])
    await assert_stale_equals_fresh(phone)
    await assert_stale_equals_fresh(twin)


async def test_the_same_command_under_two_replicas_is_done_once(world: World, phone: Phone) -> None:
    uuid = add(phone)
    twin = world.phone("wang")
    await twin.pull()
    twin.core.enqueue(phone.core.outbox[1].command)
    await phone.sync()
    await twin.sync()
    assert twin.results[uuid] == phone.results[uuid]
    assert await effects() == [uuid]
    assert await db.fetch_value("SELECT count(*) FROM sync_number WHERE uuid = $1", uuid) == 2


async def test_another_payload_under_a_known_uuid_is_a_fork(phone: Phone) -> None:
    add(phone)
    request = phone.push_request()
    assert request is not None
    await raw(phone, "push", request)
    request = copy.deepcopy(request)
    request["commands"][0]["args"]["body"] = "something else"
    answer = json.loads(await raw(phone, "push", request))
    assert answer["stop"]["reason"] == "forked"


async def test_another_person_cannot_learn_a_decision_by_its_uuid(world: World, phone: Phone) -> None:
    uuid = await phone.do("notes.add", {"note_id": new_id(), "territory_id": "north", "body": "x"}, version=2)
    stranger = world.phone("li")
    await stranger.pull()
    page = json.loads(await raw(stranger, "pull", stranger.pull_request(ask=[uuid])))
    assert page["results"] == []


async def test_a_transient_failure_consumes_nothing(phone: Phone) -> None:
    first, second, third = add(phone), take(phone, 1), add(phone)
    FAULTS.unavailable.add(second)
    await phone.push()
    assert phone.last_stop == "retry"
    assert await effects() == [first], "what was decided before it counts"
    assert await db.fetch_value("SELECT last_number FROM sync_replica WHERE id = $1", phone.replica) == 1
    assert await db.fetch_value("SELECT count(*) FROM sync_attempt") == 0
    FAULTS.clear()
    await phone.sync()
    assert await effects() == [first, second, third]


async def test_what_is_answered_is_no_longer_said_to_wait_on_the_phone(phone: Phone) -> None:
    """The phone counts what it sends as waiting, and once all is answered it has nothing to push."""

    async def push_one_of(waiting: int) -> None:
        request = phone.push_request()
        assert request is not None
        request["outbox"]["depth"] = waiting
        phone.take_push(request, json.loads(await raw(phone, "push", request)))

    phone.batch = 1
    applied, refused, stuck = add(phone), take(phone, 1000), add(phone)
    FAULTS.unavailable.add(stuck)
    for waiting, left in ((3, 2), (2, 1), (1, 1)):
        await push_one_of(waiting)
        assert await unsent() == left
    assert (phone.status(applied), phone.status(refused)) == ("applied", "rejected")
    FAULTS.clear()
    await push_one_of(1)
    assert await unsent() == 0
    assert await db.fetch_value("SELECT max(outbox_oldest_at) FROM sync_replica") is None


async def assert_set_aside(clock: FixedClock, phone: Phone, first: str, poison: str, last: str) -> None:
    """Five minutes later the poison is quarantined with its payload, and what stood behind it is done."""
    assert await effects() == [first]
    clock.advance(5 * MINUTE)
    await phone.sync()
    assert (phone.status(poison), phone.code(poison)) == ("quarantined", "handler_crash")
    assert phone.status(last) == "applied"
    assert await effects() == [first, last]
    assert json.loads((await log(poison))["args"])["stock_id"] == "tea", "the payload is kept"


async def test_a_handler_that_always_crashes_is_quarantined(clock: FixedClock, phone: Phone) -> None:
    first, poison, last = add(phone), take(phone, 1), add(phone)
    FAULTS.poisoned.add(poison)
    for _ in range(6):
        await phone.push()
        assert phone.last_stop == "retry"
        assert phone.status(poison) is None
        clock.advance(MINUTE)
    await assert_set_aside(clock, phone, first, poison, last)


async def test_quick_retries_do_not_quarantine(clock: FixedClock, phone: Phone) -> None:
    poison = add(phone)
    FAULTS.poisoned.add(poison)
    for _ in range(7):
        await phone.push()
    assert phone.status(poison) is None
    FAULTS.clear()
    await phone.sync()
    assert phone.status(poison) == "applied"


async def test_an_administrator_replays_or_rejects_what_was_quarantined(world: World, phone: Phone) -> None:
    lost = phone.act("notes.unheard", {"text": "kept"})
    other = phone.act("notes.unheard", {"text": "kept too"})
    await phone.sync()
    assert (phone.status(lost), phone.code(lost)) == ("quarantined", "unknown_command")
    assert json.loads((await log(lost))["args"]) == {"text": "kept"}
    async with db.unit_of_work():
        await db.execute(
            "UPDATE sync_command SET name = 'notes.take', args = $2 WHERE uuid = $1",
            lost,
            '{"taking_id": "t1", "stock_id": "tea", "amount": 4}',
        )
    boss = world.client("boss")
    for name, body in (
        ("sync.replay_quarantined", {"uuid": lost}),
        ("sync.reject_quarantined", {"uuid": other}),
    ):
        answer = await boss.post(f"/api/commands/{name}", json=body, headers={"Idempotency-Key": new_id()})
        assert answer.status_code == 200, answer.text
        again = await boss.post(f"/api/commands/{name}", json=body, headers={"Idempotency-Key": new_id()})
        assert (again.status_code, again.json()["code"]) == (409, "sync.not_quarantined")
    assert (await log(lost))["status"] == "applied"
    assert (await log(other))["status"] == "rejected"
    await phone.pull()
    assert phone.rows("takings")["t1"]["amount"] == 4
    assert phone.rows("takings")["t1"]["person_id"] == "wang", (
        "it is the sender's act, not the administrator's"
    )
    refused = await world.client("li").post(
        "/api/commands/sync.replay_quarantined", json={"uuid": lost}, headers={"Idempotency-Key": new_id()}
    )
    assert refused.status_code == 403


async def decide(world: World, name: str, **body: Any) -> Any:
    return await world.client("boss").post(
        f"/api/commands/sync.{name}", json=body, headers={"Idempotency-Key": new_id()}
    )


async def answers(phone: Phone, *uuids: str) -> dict[str, dict[str, Any]]:
    """What a phone that asks by uuid is told."""
    page = json.loads(await raw(phone, "pull", phone.pull_request(ask=list(uuids))))
    return {result["uuid"]: result for result in page["results"]}


async def mend(uuid: str, name: str, args: dict[str, Any]) -> None:
    """As if the command had been known from the beginning."""
    async with db.unit_of_work():
        await db.execute(
            "UPDATE sync_command SET name = $2, args = $3 WHERE uuid = $1", uuid, name, json.dumps(args)
        )


async def test_a_phone_that_asks_hears_what_became_of_a_quarantined_command(
    world: World, phone: Phone
) -> None:
    replayed, rejected = phone.act("notes.unheard", {}), phone.act("notes.unheard", {})
    await phone.sync()
    await mend(replayed, "notes.take", {"taking_id": "t1", "stock_id": "tea", "amount": 4})
    head = (await phone.pull())[-1]["head"]
    assert (await decide(world, "replay_quarantined", uuid=replayed)).status_code == 200
    message = "  请补上\n照片 "
    assert (await decide(world, "reject_quarantined", uuid=rejected, message=message)).status_code == 200
    request = phone.pull_request(ask=[replayed, rejected])
    page = json.loads(await raw(phone, "pull", request))
    assert page["head"] > head, "whoever waits for a new head is woken"
    told = {result["uuid"]: result for result in page["results"]}
    assert told[replayed]["status"] == "applied"
    assert told[replayed]["result"] == {"left": 6}
    assert page["rows"]["takings"]["t1"]["amount"] == 4, "in the checkpoint that tells it"
    assert told[rejected]["code"] == "sync.rejected_saying"
    assert told[rejected]["detail"] == {"message": "请补上 照片"}
    again = json.loads(await raw(phone, "pull", request))
    assert again["results"] == page["results"], "a lost answer is told again"
    too_long = await decide(world, "reject_quarantined", uuid=rejected, message="x" * 501)
    assert too_long.status_code == 422


async def test_what_hangs_on_a_quarantined_command_is_decided_after_it(world: World, phone: Phone) -> None:
    parent = phone.act("notes.unheard", {})
    child = take(phone, 1, deps=[parent])
    grandchild = take(phone, 1, deps=[child])
    await phone.sync()
    assert {phone.code(uuid) for uuid in (child, grandchild)} == {"dependency"}
    early = await decide(world, "replay_quarantined", uuid=child)
    assert (early.status_code, early.json()["code"]) == (409, "sync.parent_waits")
    await mend(parent, "notes.take", {"taking_id": "t1", "stock_id": "tea", "amount": 1})
    for uuid in (parent, child, grandchild):
        assert (await decide(world, "replay_quarantined", uuid=uuid)).json()["status"] == "applied"
    assert await effects() == [parent, child, grandchild]


async def test_with_a_refused_parent_goes_what_hangs_on_it(world: World, phone: Phone) -> None:
    parent = phone.act("notes.unheard", {})
    child = take(phone, 1, deps=[parent])
    grandchild = take(phone, 1, deps=[child])
    await phone.sync()
    assert (await decide(world, "reject_quarantined", uuid=parent)).status_code == 200
    told = await answers(phone, parent, child, grandchild)
    assert told[parent]["code"] == "sync.rejected_by_hand"
    assert {result["status"] for result in told.values()} == {"rejected"}
    assert told[grandchild]["detail"] == {"uuid": child}
    assert await effects() == []


async def test_dependants_share_their_parents_fate(phone: Phone) -> None:
    parent = take(phone, 100)
    child = add(phone, deps=[parent])
    request = phone.push_request()
    assert request is not None
    answer = json.loads(await raw(phone, "push", request))
    assert [r["code"] for r in answer["results"]] == ["notes.out_of_stock", "dependency"]
    phone.take_push(request, answer)
    strange = phone.act("notes.unheard", {})
    grandchild = add(phone, deps=[strange])
    await phone.sync()
    assert (phone.status(grandchild), phone.code(grandchild)) == ("quarantined", "dependency")
    assert phone.code(child) == "dependency"
    assert await effects() == []


async def test_a_dependant_waits_for_a_parent_on_another_phone(
    clock: FixedClock, world: World, phone: Phone
) -> None:
    other = world.phone("wang")
    await other.pull()
    parent = add(other)
    child = add(phone, deps=[parent])
    await phone.push()
    assert phone.last_stop == "dependency_wait"
    await other.sync()
    await phone.sync()
    assert phone.status(child) == "applied"
    orphan = add(phone, deps=[new_id()])
    for _ in range(6):
        await phone.push()
        clock.advance(DAY // 4)
    assert phone.status(orphan) == "quarantined", "a queue does not wait for ever"


async def test_an_old_client_is_understood_and_a_newer_one_kept(phone: Phone) -> None:
    args = {"note_id": new_id(), "territory_id": "north", "text": "old shape"}
    old = phone.act("notes.add", args, version=1)
    newer = phone.act("notes.add", {"anything": 1}, version=9)
    await phone.sync()
    assert phone.status(old) == "applied"
    assert phone.rows("notes")[args["note_id"]]["body"] == "old shape"
    assert (phone.status(newer), phone.code(newer)) == ("quarantined", "unknown_version")


async def test_what_is_malformed_or_forbidden_is_refused_and_kept(phone: Phone) -> None:
    malformed = phone.act("notes.add", {"note_id": 7}, version=2)
    forbidden = phone.act("notes.boss_only", {})
    await phone.sync()
    assert (phone.status(malformed), phone.code(malformed)) == ("rejected", "invalid")
    assert (phone.status(forbidden), phone.code(forbidden)) == ("rejected", "forbidden")
    assert set(phone.core.issues) == {malformed, forbidden}
    assert (await log(forbidden))["name"] == "notes.boss_only"


async def test_a_batch_that_breaks_at_its_commit_is_tried_one_by_one(
    clock: FixedClock, world: World, phone: Phone
) -> None:
    """A failure no savepoint can catch must neither stop what came before nor be tried for ever."""
    first, last = add(phone), add(phone)
    async with db.unit_of_work():
        if world.database.dialect == "sqlite":
            await db.execute("ALTER TABLE sync_command RENAME COLUMN tz TO tz_gone")
    if world.database.dialect == "sqlite":
        with pytest.raises(PhoneError, match="503"):
            await phone.push()
        async with db.unit_of_work():
            await db.execute("ALTER TABLE sync_command RENAME COLUMN tz_gone TO tz")
    else:
        async with db.unit_of_work():
            await db.execute(
                "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN IF NEW.uuid = '{last}' THEN RAISE 'broken'; END IF; RETURN NULL; END $$"
            )
            await db.execute(
                "CREATE CONSTRAINT TRIGGER broken AFTER INSERT ON effects DEFERRABLE INITIALLY DEFERRED "
                "FOR EACH ROW EXECUTE FUNCTION broken()"
            )
        await phone.push()
        assert phone.last_stop == "retry"
        assert await effects() == [first]
        assert await db.fetch_value("SELECT n FROM sync_attempt WHERE uuid = $1", last) == 1
        async with db.unit_of_work():
            await db.execute("DROP TRIGGER broken ON effects")
    await phone.sync()
    assert await effects() == [first, last]


async def test_a_command_that_always_breaks_the_commit_is_quarantined(
    clock: FixedClock, phone: Phone
) -> None:
    first, poison, last = add(phone), take(phone, 1), add(phone)
    FAULTS.breaks_commit.add(poison)
    for _ in range(6):
        with suppress(PhoneError):
            # Alone at the front, nothing can be answered.
            await phone.push()
        assert phone.status(poison) is None
        clock.advance(MINUTE)
    await assert_set_aside(clock, phone, first, poison, last)


async def test_limits(phone: Phone) -> None:
    for _ in range(MAX_COMMANDS + 1):
        add(phone)
    phone.batch = MAX_COMMANDS + 1
    request = phone.push_request()
    assert request is not None
    answer = await phone.client.post("/api/sync/push", json=request)
    assert (answer.status_code, answer.json()["code"]) == (422, "sync.batch_too_large")
    request = copy.deepcopy(request)
    request["commands"] = request["commands"][:MAX_COMMANDS]
    request["commands"][0]["args"]["body"] = "x" * 300_000
    answer = await phone.client.post("/api/sync/push", json=request)
    assert answer.status_code == 413
    for body in (b"{", b"\xff", b"[]", b'{"epoch": 1}'):
        answer = await phone.client.post("/api/sync/push", content=body)
        assert answer.status_code == 422, answer.text
    phone.batch = 50
    await phone.sync()
    assert len(await effects()) == MAX_COMMANDS + 1


async def test_a_replica_belongs_to_one_person(world: World, phone: Phone) -> None:
    thief = world.phone("li")
    thief.core.epoch, thief.core.replica, thief.registered = phone.core.epoch, phone.replica, phone.replica
    add(thief)
    with pytest.raises(PhoneError, match="410"):
        await thief.push()
    with pytest.raises(PhoneError, match="410"):
        await thief.pull()
    answer = await thief.client.post("/api/sync/hello", json={"replica": phone.replica})
    assert answer.json()["replica"] != phone.replica


async def test_nothing_is_taken_or_given_under_another_persons_session(world: World, phone: Phone) -> None:
    """I20: A's phone in a browser that holds B's session by now."""
    uuid = add(phone)
    request = phone.push_request()
    assert request is not None
    count = "SELECT count(*) FROM sync_replica"
    before = await db.fetch_value(count)
    li = world.client("li")
    hello = {"replica": phone.replica, "person_id": "wang"}
    pull = phone.pull_request(person_id="wang")
    for what, body in (("hello", hello), ("push", {**request, "person_id": "wang"}), ("pull", pull)):
        answer = await li.post(f"/api/sync/{what}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "sync.other_person"), what
    assert (await li.post("/api/sync/hello", json={"person_id": "wang"})).status_code == 403
    assert await db.fetch_value(count) == before
    assert (await log_count(), await effects()) == (0, [])
    for what, body in (("hello", hello), ("pull", pull)):
        await raw(phone, what, body)
    answer = json.loads(await raw(phone, "push", {**request, "person_id": "wang"}))
    assert [(result["uuid"], result["status"]) for result in answer["results"]] == [(uuid, "applied")]


async def log_count() -> int:
    return int(await db.fetch_value("SELECT count(*) FROM sync_command"))


async def test_one_command_over_http_runs_once_for_each_key(world: World, phone: Phone) -> None:
    async def post(key: str, amount: int, person: str = "wang") -> Any:
        return await world.client(person).post(
            "/api/commands/notes.take",
            json={"taking_id": f"{key}-{amount}", "stock_id": "tea", "amount": amount},
            headers={"Idempotency-Key": key},
        )

    first = await post("order-4711", 3)
    assert (first.status_code, first.json()["result"]) == (200, {"left": 7})
    again = await post("order-4711", 3)
    assert (again.status_code, again.json()) == (200, first.json())
    assert (await post("order-4711", 4)).json()["code"] == "idempotency_key_reused"
    assert (await post("order-4711", 2, "li")).json()["result"] == {"left": 5}, "keys are each person's own"
    refused = await post("order-4712", 50)
    assert (refused.status_code, refused.json()["code"], refused.json()["details"]) == (
        409,
        "notes.out_of_stock",
        {"left": 5},
    )
    assert (await post("order-4712", 50)).json()["details"] == {"left": 5}
    await phone.pull()
    assert phone.rows("stock")["tea"]["amount"] == 5


async def test_the_log_is_an_audit_trail_for_administrators(world: World, phone: Phone) -> None:
    uuids = [add(phone), take(phone, 99), take(phone, 1)]
    await phone.sync()
    boss = world.client("boss")
    seen: list[Any] = []
    after = ""
    while True:
        page = (await boss.get(f"/api/sync/commands?limit=2{after}")).json()
        seen += page["rows"]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert [row["uuid"] for row in seen] == uuids[::-1]
    assert seen[1]["outcome"]["code"] == "notes.out_of_stock"
    assert seen[0]["args"]["amount"] == 1
    assert seen[0]["replica_id"] == phone.replica
    assert seen[0]["device"] == {"ua": "", "standalone": False, "persisted": False, "quota": None}
    rejected = (await boss.get("/api/sync/commands?status=rejected&person=wang&name=notes.take")).json()
    assert [row["uuid"] for row in rejected["rows"]] == [uuids[1]]
    assert (await phone.client.get("/api/sync/commands")).status_code == 403
    replicas = (await boss.get("/api/sync/replicas")).json()["rows"]
    assert [row["id"] for row in replicas] == [phone.replica]
    assert (await phone.client.get("/api/sync/replicas")).status_code == 403


async def test_old_commands_are_forgotten_but_not_that_they_were_decided(
    clock: FixedClock, world: World, phone: Phone
) -> None:
    done, refused, parked = add(phone), take(phone, 100), phone.act("notes.unheard", {})
    request = phone.push_request()
    assert request is not None
    await phone.sync()
    clock.advance(181 * DAY)
    last = await phone.do("notes.add", {"note_id": new_id(), "territory_id": "north", "body": "x"}, version=2)
    before = await effects()
    assert await collect_commands() == 2
    assert await collect_commands() == 0
    left = {row["uuid"] for row in await db.fetch("SELECT uuid FROM sync_command")}
    assert left == {parked, last}, "what waits for people waits as long as it must"
    late = json.loads(await raw(phone, "push", request))
    told = {result["uuid"]: result for result in late["results"]}
    assert (late.get("stop"), late["last_number"]) == (None, 4)
    assert (told[done]["status"], told[done]["number"]) == ("applied", 1)
    assert (told[refused]["status"], told[refused]["code"]) == ("rejected", "notes.out_of_stock")
    assert told[parked]["status"] == "quarantined"
    assert (await answers(phone, done, refused))[refused] == told[refused]
    twin = world.phone("wang")
    await twin.pull()
    moved = {**request, "replica": twin.replica, "commands": copy.deepcopy(request["commands"][:1])}
    assert json.loads(await raw(twin, "push", moved))["results"][0]["status"] == "applied"
    assert await effects() == before, "nothing is done twice, however late it comes"
    stranger = world.phone("li")
    await stranger.pull()
    assert await answers(stranger, done) == {}


async def test_another_command_under_a_forgotten_number_is_a_fork(clock: FixedClock, phone: Phone) -> None:
    add(phone)
    request = phone.push_request()
    assert request is not None
    await phone.sync()
    clock.advance(181 * DAY)
    await phone.do("notes.add", {"note_id": new_id(), "territory_id": "north", "body": "x"}, version=2)
    assert await collect_commands() == 1
    other = copy.deepcopy(request)
    other["commands"][0]["uuid"] = new_id()
    assert json.loads(await raw(phone, "push", other))["stop"]["reason"] == "forked"


async def test_a_decision_by_hand_is_kept_from_when_it_was_made(
    clock: FixedClock, world: World, phone: Phone
) -> None:
    parked = phone.act("notes.unheard", {})
    await phone.sync()
    clock.advance(200 * DAY)
    assert (await decide(world, "reject_quarantined", uuid=parked, message="why")).status_code == 200
    assert await collect_commands() == 0
    assert (await answers(phone, parked))[parked]["detail"] == {"message": "why"}
    clock.advance(181 * DAY)
    add(phone)
    await phone.sync()
    assert await collect_commands() == 2, "the command and the administrator's own"
    assert "detail" not in (await answers(phone, parked))[parked]


async def test_an_old_idempotency_key_is_not_used_again(clock: FixedClock, world: World) -> None:
    await world.give("wang", "north")
    client, key = world.client("wang"), new_id()

    async def send(key: str) -> Any:
        body = {"note_id": new_id(), "territory_id": "north", "body": "x"}
        return await client.post("/api/commands/notes.add", json=body, headers={"Idempotency-Key": key})

    assert (await send(key)).status_code == 200
    clock.advance(181 * DAY)
    assert (await send(new_id())).status_code == 200
    assert await collect_commands() == 1
    answer = await send(key)
    assert (answer.status_code, answer.json()["code"]) == (410, "idempotency_key_old")
    assert len(await effects()) == 2


async def test_a_phone_that_runs_wild_is_told_to_wait(world: World, phone: Phone) -> None:
    ticks = [0.0]
    use_limits(Limits(2, 3, 1000, 100_000), lambda: ticks[0])
    request = phone.pull_request()
    for _ in range(3):
        await raw(phone, "pull", request)
    uuid = add(phone)
    for what, body in (("pull", request), ("push", phone.push_request()), ("hello", {}), ("report", {})):
        answer = await phone.client.post(f"/api/sync/{what}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (429, "sync.too_many_requests"), what
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["retry-after"] == "1"
        assert answer.json()["kind"] == "busy"
    await world.phone("li").pull()
    ticks[0] += 1
    await phone.push()
    assert phone.status(uuid) == "applied"
    ticks[0] += 10
    await phone.client.post("/api/sync/report", json={"kind": "x", "body": "y" * 99_000})
    answer = await phone.client.post("/api/sync/report", json={"kind": "x", "body": "y" * 99_000})
    assert answer.status_code == 429
    assert 90 <= int(answer.headers["retry-after"]) <= 100
    assert await db.fetch_value("SELECT count(*) FROM sync_report") == 1
