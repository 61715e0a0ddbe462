"""Figures after everything that may happen to documents: at every moment they are what the documents say, and whose
they were stays when people and customers move. `ROUNDSMAN_FIGURES_STEPS` lengthens the random life.
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.figures.commands.checking import KINDS, differing
from roundsman.figures.commands.mending import rebuild
from roundsman.figures.jobs import catch_up
from roundsman.sync.collection import rotate_epoch
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.orders import a_line, an_order, make_goods, make_order, move, move_to
from tests.make.receivables import make_collection
from tests.make.visits import check_in, make_visit
from tests.yesterday import Yesterday

STEPS = int(os.environ.get("ROUNDSMAN_FIGURES_STEPS", "25"))


async def sums(period: str = "Y", subject: str = "person") -> dict[str, db.Row]:
    """What stands for each person, or other subject, in the periods that begin so."""
    column = "person_id" if subject == "person" else "subject_id"
    rows = await db.fetch("SELECT * FROM figure_sums WHERE id LIKE $1", f"{period}%|{subject}|%")
    return {row[column]: row for row in rows}


async def ask_back(cast: Cast, order_id: str, bottles: int) -> str:
    line = await db.fetch_one("SELECT id FROM order_lines WHERE order_id = $1 LIMIT 1", order_id)
    assert line is not None
    return_id = new_id()
    coming = {"return_line_id": new_id(), "line_id": line["id"], "quantity_e3": bottles * 1000}
    args = {"return_id": return_id, "order_id": order_id, "lines": [coming], "reason": "x"}
    await cast.done("rep", "orders.ask_return", **args)
    return return_id


async def test_an_order_counts_from_being_placed_to_coming_back(cast: Cast) -> None:
    (water,) = await make_goods(stock_e3=10**9)
    customer = await make_customer(cast, "rep")
    order_id = await make_order(cast, customer, a_line(water, 10))
    rep = cast.people["rep"]
    amount = await db.fetch_value("SELECT goods_amount FROM orders WHERE id = $1", order_id) * 100

    async def amounts() -> list[int]:
        row = (await sums())[rep]
        return [row[f"{basis}_amount_e4"] for basis in ("ordered", "reviewed", "signed")]

    assert amount > 0
    assert await amounts() == [amount, 0, 0]
    await move_to(cast, order_id, "shipped")
    assert await amounts() == [amount, amount, 0]
    return_id = await ask_back(cast, order_id, 3)
    assert await amounts() == [amount, amount, 0], "what is only asked for has not come back"
    await cast.done("clerk", "orders.receive_return", return_id=return_id)
    assert await amounts() == [amount * 7 // 10, amount * 7 // 10, 0]
    await move(cast, order_id, "sign")
    assert await amounts() == [amount * 7 // 10] * 3
    row = (await sums("M", "product")).popitem()[1]
    assert row["ordered_quantity_e3"] == 7000
    assert await differing() == []


async def test_a_cancelled_order_a_voided_collection_and_a_visit(cast: Cast) -> None:
    (water,) = await make_goods()
    customer = await make_customer(cast, "rep")
    order_id = await make_order(cast, customer, a_line(water, 10))
    collection_id = await make_collection(cast, customer, 12_345)
    await make_visit(cast, customer)
    row = (await sums("D"))[cast.people["rep"]]
    assert (row["collected_e4"], row["visits"]) == (1_234_500, 1)
    await move(cast, order_id, "cancel", reason="x")
    await cast.done("clerk", "receivables.void_collection", collection_id=collection_id, reason="x")
    row = (await sums("D"))[cast.people["rep"]]
    assert (row["ordered_amount_e4"], row["collected_e4"], row["visits"]) == (0, 0, 1)
    assert await differing() == []


async def test_a_new_customer_counts_where_he_was_won_until_he_is_put_away(cast: Cast) -> None:
    customer = await make_customer(cast, "rep")
    await make_customer(cast, "clerk")
    row = {"row": 2, "customer_id": new_id(), "name": "老店", "owner_name": "Rep"}
    await cast.done("clerk", "customers.import_rows", rows=[row], territory_id=cast.territories["north"])
    assert {key: one["new_customers"] for key, one in (await sums("D")).items()} == {cast.people["rep"]: 1}, (
        "what a clerk adds or brings with a spreadsheet nobody has won"
    )
    south = {"territory_id": cast.territories["south"], "owner_id": cast.people["other_rep"]}
    await cast.done("clerk", "customers.assign", customer_id=customer, **south)
    async with db.unit_of_work():
        await db.execute("DELETE FROM figure_facts")
        await db.execute("DELETE FROM figure_sums")
    await catch_up({})
    found = (await sums("M"))[cast.people["rep"]]
    assert (found["territory_id"], found["new_customers"]) == (cast.territories["north"], 1)
    for is_active, count in ((False, 0), (True, 1)):
        await cast.done("clerk", "customers.archive", customer_id=customer, is_active=is_active)
        assert (await sums("D"))[cast.people["rep"]]["new_customers"] == count
    assert await differing() == []


async def test_figures_stay_whose_they_were(cast: Cast) -> None:
    (water,) = await make_goods(stock_e3=10**9)
    customer = await make_customer(cast, "rep")
    order_id = await make_order(cast, customer, a_line(water, 10))
    await cast.done(
        "clerk",
        "customers.assign",
        customer_id=customer,
        territory_id=cast.territories["south"],
        owner_id=cast.people["other_rep"],
    )
    # Corrected later, it is still the sale of who made it, where he made it.
    (line,) = await db.fetch("SELECT id FROM order_lines WHERE order_id = $1", order_id)
    await move(cast, order_id, "amend", lines=[{"line_id": line["id"], "quantity_e3": 5000}])
    found = await sums("M")
    assert set(found) == {cast.people["rep"]}
    assert found[cast.people["rep"]]["territory_id"] == cast.territories["north"]
    await make_order(cast, customer, a_line(water, 1), who="clerk")
    assert set(await sums("M")) == {cast.people["rep"], cast.people["other_rep"]}
    assert await differing() == []


async def test_a_refused_command_leaves_no_trace_and_the_same_twice_counts_once(cast: Cast) -> None:
    (water,) = await make_goods()
    customer = await make_customer(cast, "rep")
    args = an_order(customer, a_line(water, 10))
    phone = await cast.phone("rep")
    phone.act("orders.place", args)
    phone.act("orders.place", {**args, "order_id": new_id(), "customer_id": new_id()})
    phone.act("orders.place", args)
    await phone.push()
    before = await sums("D")
    assert len(before) == 1
    async with db.unit_of_work():
        for kind in KINDS:
            await kind.restate(await kind.newest("", 100))
    assert await sums("D") == before
    assert await differing() == []


async def test_what_was_there_before_is_made_facts_of_and_a_slip_is_found(cast: Cast) -> None:
    (water,) = await make_goods()
    customer = await make_customer(cast, "rep")
    await make_order(cast, customer, a_line(water, 10))
    await make_collection(cast, customer, 500)
    await make_visit(cast, customer)
    standing = await sums("D")
    async with db.unit_of_work():
        await db.execute("DELETE FROM figure_facts")
        await db.execute("DELETE FROM figure_sums")
    assert len(await differing(10)) == 4
    await catch_up({})
    await catch_up({})
    assert await sums("D") == standing
    assert await differing() == []
    async with db.unit_of_work():
        await db.execute("UPDATE figure_sums SET visits = visits + 1 WHERE id LIKE 'Q%'")
    assert [slip.startswith("sum Q") for slip in await differing()] == [True]


async def test_made_again_they_are_right_and_whose_they_were(cast: Cast) -> None:
    (water,) = await make_goods()
    customer = await make_customer(cast, "rep")
    await make_order(cast, customer, a_line(water, 10))
    await make_collection(cast, customer, 500)
    south = {"territory_id": cast.territories["south"], "owner_id": cast.people["other_rep"]}
    await cast.done("clerk", "customers.assign", customer_id=customer, **south)
    standing = {period: await sums(period) for period in "DMQY"}
    async with db.unit_of_work():
        await db.execute("UPDATE figure_sums SET visits = visits + 1 WHERE id LIKE 'Q%'")
        await db.execute("DELETE FROM figure_sums WHERE id LIKE 'Y%'")
        await db.execute("UPDATE figure_facts SET amount_e4 = amount_e4 + 7")
    assert await differing() != []
    assert await rebuild() > 0
    assert await differing() == []
    assert {period: await sums(period) for period in "DMQY"} == standing
    assert await rebuild() == 0


@pytest.mark.slow(6)
@pytest.mark.parametrize("seed", [int(os.environ.get("ROUNDSMAN_FIGURES_SEED", "1"))])
async def test_after_every_step_of_a_random_life_they_are_what_the_documents_say(
    cast: Cast, seed: int, tmp_path: Path, server_url: str
) -> None:
    life = Life(cast, random.Random(seed))
    await life.begin()
    yesterday = Yesterday(cast, tmp_path, server_url)
    for number in range(STEPS):
        if number == STEPS // 3:
            await yesterday.keep()
        if number == 2 * STEPS // 3:
            await yesterday.put_back()
            await rotate_epoch()
            assert await differing() == [], life.told
            life.told.append(f"put back: {await life.send_again()} orders came again")
            assert await differing() == [], life.told
        await life.step()
        assert await differing() == [], life.told
    print(f"{cast.database.dialect}: {life.told}")


class Life:
    """Orders from a desk and from a phone, money, visits, people and customers that move, at random; refusals are part
    of it.
    """

    def __init__(self, cast: Cast, dice: random.Random) -> None:
        self.cast = cast
        self.dice = dice
        self.told: list[str] = []
        self.orders: list[str] = []
        self.collections: list[str] = []

    async def begin(self) -> None:
        self.goods = await make_goods(3, stock_e3=10**9)
        self.customers = [await make_customer(self.cast, "rep", name=f"店{n}") for n in range(2)]
        self.phone = await self.cast.phone("rep")

    async def step(self) -> None:
        often = {
            self.place: 3,
            self.place_on_phone: 3,
            self.carry_on: 8,
            self.amend: 2,
            self.give_back: 3,
            self.visit: 2,
            self.collect: 2,
            self.void: 1,
            self.assign: 1,
            self.win: 1,
            self.archive: 1,
            self.move_person: 1,
        }
        (deed,) = self.dice.choices(list(often), list(often.values()))
        self.told.append(f"{deed.__name__}: {await deed()}")

    async def do(self, who: str, name: str, /, **args: Any) -> str:
        answer = await self.cast.do(who, name, **args)
        return "done" if answer.status_code == 200 else str(answer.json()["code"])

    async def place(self) -> str:
        goods = self.dice.sample(self.goods, self.dice.randint(1, 3))
        lines = [a_line(id, self.dice.randint(1, 30)) for id in goods]
        args = an_order(self.dice.choice(self.customers), *lines)
        self.orders.append(args["order_id"])
        return await self.do("clerk", "orders.place", **args)

    async def place_on_phone(self) -> str:
        args = an_order(self.dice.choice(self.customers), a_line(self.goods[0], self.dice.randint(1, 30)))
        self.orders.append(args["order_id"])
        uuid = self.phone.act("orders.place", args)
        await self.phone.sync()
        return str(self.phone.status(uuid))

    async def send_again(self) -> int:
        """The phone finds the company put back, and sends what the company has forgotten; how many orders came."""
        before = await db.fetch_value("SELECT count(*) FROM orders")
        await self.phone.sync()
        await self.phone.sync()
        found = await db.fetch("SELECT id FROM orders")
        self.orders = [id for id in self.orders if id in {row["id"] for row in found}]
        return len(found) - int(before)

    async def some(self) -> tuple[str, str]:
        order_id = self.dice.choice(self.orders)
        return order_id, str(await db.fetch_value("SELECT state FROM orders WHERE id = $1", order_id))

    async def visit(self) -> str:
        return await self.do("rep", "visits.check_in", **check_in(self.dice.choice(self.customers)))

    async def move_person(self) -> str:
        now = await db.fetch_one(
            "SELECT id, territory_id FROM memberships WHERE person_id = $1 AND until_at IS NULL",
            self.cast.people["rep"],
        )
        assert now is not None
        where = "south" if now["territory_id"] == self.cast.territories["north"] else "north"
        await self.cast.done("administrator", "identity.unassign", membership_id=now["id"])
        await self.cast.assign("rep", where)
        return where

    async def carry_on(self) -> str:
        if not self.orders:
            return "nothing"
        order_id, state = await self.some()
        verbs = {
            "submitted": ("review", "review", "cancel"),
            "reviewed": ("allocate", "allocate", "cancel"),
            "allocated": ("ship",),
            "shipped": ("sign",),
            "signed": ("close",),
        }
        if state not in verbs:
            return state
        verb = self.dice.choice(verbs[state])
        return await self.do("clerk", f"orders.{verb}", order_id=order_id, expect=state, reason="x")

    async def amend(self) -> str:
        if not self.orders:
            return "nothing"
        order_id, state = await self.some()
        lines = await db.fetch("SELECT id FROM order_lines WHERE order_id = $1 AND NOT is_gift", order_id)
        if not lines:
            return "nothing"
        wanted = {"line_id": self.dice.choice(lines)["id"], "quantity_e3": self.dice.randint(0, 30) * 1000}
        return await self.do("clerk", "orders.amend", order_id=order_id, expect=state, lines=[wanted])

    async def give_back(self) -> str:
        line = await db.fetch_one(
            """
            SELECT order_lines.id, order_id FROM order_lines JOIN orders ON orders.id = order_id
            WHERE shipped_e3 > returned_e3 AND state IN ('shipped', 'signed', 'closed') LIMIT 1
            """
        )
        if line is None:
            return "nothing"
        return_id = new_id()
        coming = {"return_line_id": new_id(), "line_id": line["id"], "quantity_e3": 1000}
        args = {"return_id": return_id, "order_id": line["order_id"], "lines": [coming], "reason": "x"}
        await self.do("clerk", "orders.ask_return", **args)
        return await self.do("clerk", "orders.receive_return", return_id=return_id)

    async def collect(self) -> str:
        args = {"collection_id": new_id(), "amount": self.dice.randint(1, 9999), "method": "cash"}
        self.collections.append(str(args["collection_id"]))
        return await self.do(
            "clerk", "receivables.collect", customer_id=self.dice.choice(self.customers), **args
        )

    async def void(self) -> str:
        if not self.collections:
            return "nothing"
        one = self.dice.choice(self.collections)
        return await self.do("clerk", "receivables.void_collection", collection_id=one, reason="x")

    async def win(self) -> str:
        where = {"customer_id": new_id(), "name": "新店", "territory_id": self.cast.territories["north"]}
        return await self.do("rep", "customers.add", **where)

    async def archive(self) -> str:
        one = await db.fetch_one(
            "SELECT id, is_active FROM customers WHERE name = '新店' ORDER BY id LIMIT 1"
        )
        if one is None:
            return "nothing"
        return await self.do(
            "clerk", "customers.archive", customer_id=one["id"], is_active=not one["is_active"]
        )

    async def assign(self) -> str:
        where, who = self.dice.choice((("north", "rep"), ("south", "other_rep")))
        return await self.do(
            "clerk",
            "customers.assign",
            customer_id=self.dice.choice(self.customers),
            territory_id=self.cast.territories[where],
            owner_id=self.cast.people[who],
        )
