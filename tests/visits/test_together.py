"""A run of check-ins and check-outs decided at once comes to what the same commands come to one by one."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import DAY, HOUR, FixedClock, now_ms, use_clock
from roundsman.sync.limits import use_limits
from tests.cast import Cast
from tests.make.customers import make_class, make_customer
from tests.make.visits import clocks, fix
from tests.sync.world import LIMITLESS

IDS = ("id", "person_id", "customer_id")


def a_day(chance: random.Random, now: int, *, is_clean: bool) -> list[tuple[str, dict[str, Any]]]:
    """Commands as (name, arguments), with numbers where ids go; a clean day has none that is refused."""
    acts: list[tuple[str, dict[str, Any]]] = []
    begun, back, unended = 0, 0, []
    for _ in range(14):
        where = chance.choice((None, fix(chance.randrange(900), chance.choice((8, 300)))))
        if not unended or chance.random() < 0.45:
            # A visit of the day of the one still open would be refused.
            back = back % 50 + chance.randint(1, 3) if is_clean else chance.choice((0, 2, 3, 40))
            args: dict[str, Any] = {"visit_id": begun, "customer_id": chance.randrange(3), "reason": " far "}
            args["pin_id"] = new_id() if chance.random() < 0.5 else None
            acts.append(("visits.check_in", {**args, "clocks": clocks(now - back * DAY), "fix": where}))
            unended.append(begun)
            begun += 1
        else:
            number = chance.choice(unended) if is_clean else chance.randrange(begun)
            if is_clean:
                unended.remove(number)
            at = clocks(now - chance.choice((0, HOUR, 2 * DAY)))
            acts.append(("visits.check_out", {"visit_id": number, "clocks": at, "fix": where, "note": " n "}))
    return acts


async def outcome(
    cast: Cast, who: str, customers: list[str], acts: list[tuple[str, dict[str, Any]]], batch: int
) -> tuple[list[Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """What was answered, the visits and the pins, with ids that can be compared."""
    phone = await cast.phone(who)
    phone.batch = batch
    visits = {number: new_id() for number in range(20)}
    pins = {args["pin_id"]: new_id() for _, args in acts if args.get("pin_id")}
    uuids = []
    for name, args in acts:
        mine = {**args, "visit_id": visits[args["visit_id"]]}
        if "customer_id" in args:
            mine["customer_id"] = customers[args["customer_id"]]
            mine["pin_id"] = pins.get(args["pin_id"])
        uuids.append(phone.act(name, mine))
    await phone.sync()
    numbers = {id: n for n, id in (*visits.items(), *enumerate(customers))}
    answers = json.loads(
        json.dumps([(phone.status(uuid), phone.code(uuid), phone.answer(uuid)) for uuid in uuids])
    )
    rows = await db.fetch(f"SELECT * FROM visits WHERE id {db.any_of('$1')}", list(visits.values()))
    for row in rows:
        row.update(id=numbers[row["id"]], customer_id=numbers[row["customer_id"]], person_id="")
        row["flags"] = json.loads(row["flags"])
    places = await db.fetch(
        f"SELECT latitude_e7, longitude_e7 FROM customers WHERE id {db.any_of('$1')} ORDER BY id", customers
    )
    return answers, sorted(rows, key=lambda row: row["id"]), places


@pytest.mark.slow(3)
async def test_at_once_and_one_by_one_are_the_same(cast: Cast) -> None:
    await cast.assign("other_rep", "north")
    use_limits(LIMITLESS)
    shop = await make_class(cast)
    chance = random.Random(11)
    refused = []
    with use_clock(FixedClock(now_ms())) as clock:
        for is_clean in (True, False) * 4:
            at_once, by_one = [], []
            for _ in range(3):
                is_pinned = chance.random() < 0.5
                place = {} if is_pinned else {"latitude_e7": None, "longitude_e7": None}
                at_once.append(await make_customer(cast, class_id=shop, **place))
                by_one.append(await make_customer(cast, class_id=shop, **place))
            acts = a_day(chance, clock.now_ms(), is_clean=is_clean)
            for who in ("rep", "other_rep"):
                # Nothing is left open by the round before.
                async with db.unit_of_work():
                    await db.execute(
                        "UPDATE visits SET state = 'done' WHERE person_id = $1", cast.people[who]
                    )
            together = await outcome(cast, "rep", at_once, acts, batch=50)
            assert together == await outcome(cast, "other_rep", by_one, acts, batch=1)
            refused.append(sum(answer[0] == "rejected" for answer in together[0]))
    assert not any(refused[0::2]), "these were decided at once"
    assert all(refused[1::2]), "these were not"


@pytest.mark.slow(1)
async def test_a_run_takes_a_handful_of_statements(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty visits cost no more statements than two: the number of round trips is what a push costs."""
    customers = [await make_customer(cast) for _ in range(4)]
    counted: list[str] = []
    fetch, many = db.fetch, db.execute_many

    async def counting_fetch(sql: str, *arguments: object) -> list[db.Row]:
        counted.append(sql)
        return await fetch(sql, *arguments)

    async def counting_many(sql: str, rows: Any) -> None:
        counted.append(sql)
        await many(sql, rows)

    monkeypatch.setattr(db, "fetch", counting_fetch)
    monkeypatch.setattr(db, "execute_many", counting_many)
    found = []
    for count in (1, 20):
        phone = await cast.phone("rep")
        for n in range(count):
            visit = new_id()
            phone.act(
                "visits.check_in",
                {"visit_id": visit, "customer_id": customers[n % 4], "clocks": clocks(), "fix": fix()},
            )
            phone.act("visits.check_out", {"visit_id": visit, "clocks": clocks(), "fix": fix()})
        counted.clear()
        await phone.push()
        assert not [uuid for uuid in phone.results if phone.status(uuid) != "applied"]
        found.append(len(counted))
    assert found[0] == found[1], counted
