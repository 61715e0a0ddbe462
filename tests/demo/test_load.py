"""The demo company: everybody of the README's table is there, as what the table says."""

from __future__ import annotations

from roundsman.core import db
from roundsman.demo import ACCOUNTS, load
from tests.cast import Cast


async def test_the_demo_has_everybody_and_loads_once(stage: Cast) -> None:
    assert await load(stage.registry, days=0)
    people = await db.fetch("SELECT login FROM people")
    assert sorted(row["login"] for row in people) == sorted(account.login for account in ACCOUNTS)
    agents = await db.fetch(
        """
        SELECT agents.name, agents.state, login, price_levels.name AS level, uplines.name AS upline,
            customers.price_level_id IS NOT NULL AS is_customer
        FROM agents JOIN price_levels ON price_levels.id = agents.price_level_id
            LEFT JOIN people ON people.id = agents.person_id LEFT JOIN customers ON customers.id = agents.id
            LEFT JOIN agents AS uplines ON uplines.id = agents.upline_id
        ORDER BY agents.state
        """
    )
    assert [tuple(row.values())[:5] for row in agents] == [
        ("赵强", "active", "zhao", "银牌", None),
        ("钱芳", "asked", None, "铜牌", "赵强"),
    ]
    assert [bool(row["is_customer"]) for row in agents] == [True, False]
    rows = await db.fetch_value("SELECT count(*) FROM sync_command")
    assert not await load(stage.registry, days=0)
    assert await db.fetch_value("SELECT count(*) FROM sync_command") == rows
