"""A target that was reached is told to whose it is and to the managers above him, once."""

from __future__ import annotations

from typing import Any

from roundsman.core import db
from roundsman.core.times import add_days, day_on, now_ms
from roundsman.targets.jobs import tell_reached
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.orders import a_line, make_goods, make_order, move
from tests.make.targets import make_target


async def told(cast: Cast) -> list[tuple[str, dict[str, Any], str]]:
    names = {id: name for name, id in cast.people.items()}
    found = [
        (names[row["person_id"]], row["args"], row["about"])
        for row in await db.fetch("SELECT * FROM messages WHERE kind = 'target_reached' ORDER BY key, at, id")
    ]
    return sorted(found)


async def test_who_reached_it_and_the_manager_above_are_told_once(cast: Cast) -> None:
    (water,) = await make_goods()
    customer = await make_customer(cast, "rep")
    await make_target(cast, "person", cast.people["rep"], 4000, who="administrator")
    await make_target(cast, "territory", cast.territories["east"], 4000, who="administrator")
    await make_target(cast, "person", cast.people["stranger"], 4000, who="administrator")
    first = await make_order(cast, customer, a_line(water, 10))
    await tell_reached({})
    assert await told(cast) == []
    second = await make_order(cast, customer, a_line(water, 10))
    await tell_reached({})
    found = await told(cast)
    assert {who for who, _, _ in found} == {"rep", "manager"}
    assert len(found) == 3, "the rep his own, the manager the rep's and the territory's"
    assert {about for _, _, about in found} == {"/targets"}
    # It falls and rises again: nobody is told a second time.
    await move(cast, second, "cancel", reason="x")
    await tell_reached({})
    await make_order(cast, customer, a_line(water, 20))
    await tell_reached({})
    assert await told(cast) == found
    assert first != second


async def test_what_is_not_yet_or_long_over_is_not_looked_at(cast: Cast) -> None:
    (water,) = await make_goods()
    await make_order(cast, await make_customer(cast, "rep"), a_line(water, 10))
    today = day_on(now_ms())
    for from_on, until_on in (
        (add_days(today, 1), add_days(today, 9)),
        (add_days(today, -90), add_days(today, -40)),
    ):
        await make_target(
            cast, "person", cast.people["rep"], 1, who="administrator", from_on=from_on, until_on=until_on
        )
    await tell_reached({})
    assert await told(cast) == []
    assert await db.fetch_value("SELECT count(*) FROM targets WHERE reached_at IS NOT NULL") == 0
