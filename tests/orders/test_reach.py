"""Whatever way in a filter is found by, what it gives is what looking at every order gives."""

from __future__ import annotations

from itertools import product

import pytest

from roundsman.core import db
from roundsman.core.search import search_words
from roundsman.core.times import now_ms
from roundsman.orders.queries import OrderFilter, counts_seen_by, is_seen, orders_seen_by
from roundsman.orders.queries import reach as reaching
from roundsman.orders.queries.sums import UNDER_WAY
from roundsman.orders.rules import State
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.orders import a_line, make_agent, make_goods, make_order

STATES = (
    *((), (State.SUBMITTED,), (State.CLOSED,), (State.SUBMITTED, State.CLOSED)),
    *((State.REVIEWED, State.DRAFT), (State.RETURNED,)),
)
PEOPLE = ("rep", "other_rep", "manager", "stranger", "agent", "clerk", "administrator")


async def _orders_in_every_state(cast: Cast) -> list[db.Row]:
    (water,) = await make_goods()
    north = await make_customer(cast, name="和平便利店")
    south = await make_customer(cast, "other_rep", "south", name="和平路超市")
    west = await make_customer(cast, "stranger", "west", name="西郊食品")
    agent = await make_agent(cast)
    ids = []
    for who, customer in (
        *(("rep", north), ("clerk", north), ("manager", north), ("other_rep", south)),
        *(("stranger", west), ("agent", agent), ("clerk", agent)),
    ):
        ids += [await make_order(cast, customer, a_line(water), who=who) for _ in range(3)]
    states = (State.SUBMITTED, State.CLOSED, State.REVIEWED, State.DRAFT, State.RETURNED)
    async with db.unit_of_work():
        for place, id in enumerate(ids):
            state = states[place % len(states)]
            holds = '["orders.price_changed"]' if place % 10 == 0 else "[]"
            await db.execute(
                "UPDATE orders SET state = $2, hold_codes = $3, placed_at = placed_at + $4 WHERE id = $1",
                *(id, state, holds, place),
            )
    return await db.fetch(
        "SELECT orders.*, customers.search FROM orders JOIN customers ON customers.id = customer_id"
        " ORDER BY placed_at DESC, orders.id DESC"
    )


def _is_meant(row: db.Row, wanted: OrderFilter) -> bool:
    named = ("customer_id", "owner_id", "person_id", "territory_id")
    text = wanted.search
    return (
        all(getattr(wanted, name) in ("", row[name]) for name in named)
        and (not wanted.states or row["state"] in wanted.states)
        and wanted.is_held in (None, row["hold_codes"] != "[]")
        and (row["number"].startswith(text) or all(word in row["search"] for word in search_words(text)))
    )


@pytest.mark.parametrize("is_small", [True, False], ids=["few", "many"])
async def test_every_way_in_finds_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, is_small: bool
) -> None:
    rows = await _orders_in_every_state(cast)
    if not is_small:
        monkeypatch.setattr(reaching, "ARMS_MAX", 1)
        monkeypatch.setattr(reaching, "NAMED_MAX", 1)
    someone = rows[3]
    narrowed = [
        {},
        {"customer_id": someone["customer_id"]},
        {"owner_id": cast.people["rep"]},
        {"person_id": cast.people["clerk"]},
        {"territory_id": cast.territories["north"], "owner_id": cast.people["rep"]},
        {"search": "和平"},
        {"search": "没有这家"},
        {"search": someone["number"]},
        {"search": someone["number"][:-1], "person_id": cast.people["clerk"]},
        {"search": "便利店", "customer_id": someone["customer_id"]},
    ]
    for who in PEOPLE:
        person, now = await cast.person(who), now_ms()
        seen = [row for row in rows if await is_seen(person, now, row)]
        for fields, states, is_held in product(narrowed, STATES, (None, True, False)):
            wanted = OrderFilter(**fields, states=states, is_held=is_held)
            found = await orders_seen_by(person, now, wanted)
            expected = [row["id"] for row in seen if _is_meant(row, wanted)]
            assert [row["id"] for row in found] == expected, (who, wanted)
        counts = await counts_seen_by(person, now)
        waiting = [row["state"] for row in seen if row["state"] in UNDER_WAY]
        assert {state: counts.get(state, 0) for state in UNDER_WAY} == {
            state: waiting.count(state) for state in UNDER_WAY
        }, who
        held = [row for row in seen if row["state"] == State.SUBMITTED and row["hold_codes"] != "[]"]
        assert counts.get("held", 0) == len(held), who
