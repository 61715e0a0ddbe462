"""Who is told what when something happens: once, nobody of his own doings, and muted kinds without a stir."""

from __future__ import annotations

import json
from typing import Any

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.messages.commands import Told, tell, tell_each
from tests.cast import Cast
from tests.make.agents import make_agent, make_asked
from tests.make.customers import make_customer, make_price_level
from tests.make.orders import a_line, make_goods, make_order, move_to
from tests.phone import assert_stale_equals_fresh


async def inbox(cast: Cast, name: str) -> list[dict[str, Any]]:
    """What somebody was told, the first first."""
    rows = await db.fetch("SELECT * FROM messages WHERE person_id = $1 ORDER BY at, id", cast.people[name])
    return [{**row, "args": json.loads(row["args"])} for row in rows]


async def kinds(cast: Cast, name: str) -> list[str]:
    return [row["kind"] for row in await inbox(cast, name)]


async def test_nobody_is_told_twice_under_a_key_nor_of_what_he_did_himself(cast: Cast) -> None:
    ctx, people = await cast.ctx("rep"), (cast.people["rep"], cast.people["manager"], None)
    for _ in range(2):
        async with db.unit_of_work():
            await tell(ctx, people, "comment", "/visits/1", {"name": "张"}, "comment:1")
    assert await kinds(cast, "rep") == []
    (told,) = await inbox(cast, "manager")
    assert (told["about"], told["args"], told["read_at"]) == ("/visits/1", {"name": "张"}, None)


async def test_telling_many_costs_two_statements_for_a_hundred(cast: Cast) -> None:
    ctx = await cast.ctx("rep")
    told = [
        Told(cast.people[name], "comment", "/x", f"c:{number}")
        for name in cast.people
        for number in range(20)
    ]
    async with db.unit_of_work():
        await tell_each(told, ctx.now)
        await tell_each(told[::-1], ctx.now)
    assert await db.fetch_value("SELECT count(*) FROM messages") == len(told) == 160


async def test_a_muted_kind_lies_in_the_inbox_as_read(cast: Cast) -> None:
    await cast.done("manager", "messages.mute", kind="comment", is_muted=True)
    async with db.unit_of_work():
        for kind in ("comment", "target_reached"):
            await tell(await cast.ctx("rep"), [cast.people["manager"]], kind, "/x", {}, kind)
    assert {row["kind"]: row["read_at"] is None for row in await inbox(cast, "manager")} == {
        "comment": False,
        "target_reached": True,
    }


async def test_what_is_undone_is_not_told(cast: Cast) -> None:
    ctx = await cast.ctx("rep")
    async with db.unit_of_work():
        try:
            async with db.savepoint():
                await tell(ctx, [cast.people["manager"]], "comment", "/x", {}, "c")
                raise LookupError
        except LookupError:
            pass
    assert await inbox(cast, "manager") == []


async def test_a_customer_that_changes_hands_is_told_to_both(cast: Cast) -> None:
    customer_id = await make_customer(cast, name="便利店")
    phone = await cast.phone("other_rep")
    south = {"customer_id": customer_id, "territory_id": cast.territories["south"]}
    await cast.done("manager", "customers.assign", **south, owner_id=cast.people["other_rep"])
    (gained,), (lost,) = await inbox(cast, "other_rep"), await inbox(cast, "rep")
    assert (gained["kind"], gained["about"]) == ("customer_assigned", f"/customers/{customer_id}")
    assert gained["args"] == {"name": "便利店", "is_gained": True}
    assert (lost["about"], lost["args"]["is_gained"]) == ("/customers", False)
    north = {"customer_id": customer_id, "territory_id": cast.territories["north"]}
    await cast.done("manager", "customers.assign", **north, owner_id=cast.people["other_rep"])
    assert len(await inbox(cast, "other_rep")) == 1, "only the place changed"
    await phone.sync()
    assert phone.rows("messages")[gained["id"]]["args"] == {"name": "便利店", "is_gained": True}
    await assert_stale_equals_fresh(phone)


async def test_an_orders_way_is_told_to_whom_it_is_of(cast: Cast) -> None:
    (variant_id,) = await make_goods()
    customer_id = await make_customer(cast)
    order_id = await make_order(cast, customer_id, a_line(variant_id))
    assert await kinds(cast, "rep") == await kinds(cast, "clerk") == [], "placed, and held by nothing"
    await move_to(cast, order_id, "shipped")
    told = await inbox(cast, "rep")
    assert [(one["args"]["verb"], one["args"]["state"]) for one in told] == [
        ("review", "reviewed"),
        ("ship", "shipped"),
    ]
    assert {one["about"] for one in told} == {f"/orders/{order_id}"}
    assert await kinds(cast, "other_rep") == await kinds(cast, "stranger") == await kinds(cast, "clerk") == []


async def test_an_agent_hears_of_the_order_somebody_else_placed_for_him(cast: Cast) -> None:
    (variant_id,) = await make_goods()
    agent_id = await make_agent(cast, "reseller")
    order_id = await make_order(cast, agent_id, a_line(variant_id), who="clerk")
    await move_to(cast, order_id, "reviewed")
    assert [one["args"]["verb"] for one in await inbox(cast, "reseller")] == ["review"]


async def test_a_held_order_wants_the_approval_of_those_who_may_give_it(cast: Cast) -> None:
    (variant_id,) = await make_goods()
    customer_id = await make_customer(cast)
    policy = {"tolerance_permille": 10, "on_difference": "hold", "list_age_days": 7}
    await cast.done("administrator", "orders.set_policy", **policy)
    order_id = await make_order(cast, customer_id, a_line(variant_id), priced_on="2026-01-01")
    for name in ("manager", "clerk"):
        (told,) = await inbox(cast, name)
        assert (told["kind"], told["about"], told["args"]["what"]) == (
            "approval_wanted",
            f"/orders/{order_id}",
            "order",
        )
    for name in ("rep", "other_rep", "stranger", "administrator", "courier"):
        assert await kinds(cast, name) == [], name


async def test_who_wants_to_become_an_agent_is_told_to_those_who_decide(cast: Cast) -> None:
    await make_price_level(cast)
    agent_id = await make_asked(cast, name="小店")
    (told,) = await inbox(cast, "manager")
    assert (told["kind"], told["about"], told["key"]) == ("approval_wanted", "/agents", f"agent:{agent_id}")
    assert told["args"] == {"what": "agent", "name": "小店"}
    assert await kinds(cast, "clerk") == ["approval_wanted"]
    assert await kinds(cast, "rep") == await kinds(cast, "stranger") == []


async def test_what_is_sent_back_from_quarantine_is_told_to_its_author(cast: Cast) -> None:
    phone = await cast.phone("rep")
    uuid = phone.act("customers.never_heard_of", {"customer_id": new_id()})
    await phone.sync()
    assert phone.status(uuid) == "quarantined"
    await cast.done("administrator", "sync.reject_quarantined", uuid=uuid, message="请重新录入")
    (told,) = await inbox(cast, "rep")
    assert (told["kind"], told["about"], told["key"]) == ("command_refused", "/outbox", f"command:{uuid}")
    assert told["args"] == {
        "name": "customers.never_heard_of",
        "code": "sync.rejected_saying",
        "said": "请重新录入",
    }
