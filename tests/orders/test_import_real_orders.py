"""Past orders of two real companies through the import: 28,010 of a shop on Tmall, and AdventureWorks' customers,
goods, and 1,994 orders with the lines there are, to the cent of the figures computed elsewhere.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import time
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.quantities import amount_of
from roundsman.core.times import add_days
from roundsman.figures.commands.checking import differing
from roundsman.importing import (
    OrdersResult,
    import_customers,
    import_orders,
    import_products,
    import_targets,
)
from tests.cast import PASSWORD, Cast
from tests.make.customers import make_customer
from tests.real_data import needs_shared, shared

pytestmark = needs_shared

BILLED = ("subtotal", "tax", "freight")
TMALL_ROWS = int(os.environ.get("ROUNDSMAN_TMALL_ROWS") or 2_000)
"""How many of the 28,010; all of them in the long form."""


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shared("expected", name).read_text("utf-8"))
    return found


def table(*parts: str) -> list[dict[str, str]]:
    with shared("sales", "adventureworks", *parts).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_csv(headings: list[str], rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode()


def fen(yuan: float) -> int:
    return round(yuan * 100)


async def test_a_shop_on_tmall_comes_with_its_sums_and_a_second_time_nothing_changes(cast: Cast) -> None:
    whole = gzip.decompress(shared("sheets-testonly", "tmall-orders-28k.csv.gz").read_bytes()).decode()
    head, *lines = whole.splitlines(keepends=True)
    content = "".join([head, *lines[:TMALL_ROWS]]).encode()
    rows = list(csv.reader(lines[:TMALL_ROWS]))
    sums = {
        "amount": sum(Decimal(row[1]) for row in rows),
        "paid": sum(Decimal(row[2]) for row in rows),
        "refund": sum(Decimal(row[6]) for row in rows),
    }
    unpaid = sum(not row[5].strip() for row in rows)
    if len(rows) == len(lines):
        told = expected("sheets-dev.json")["tmall-orders-28k.csv.gz"]
        assert [fen(told[name]) for name in sums] == [int(value * 100) for value in sums.values()]
        assert (told["rows"], told["unpaid"]) == (len(rows), unpaid)
    shop = await make_customer(cast, "clerk", name="天猫旗舰店")
    by = await cast.person("clerk")
    begun = time.monotonic()
    result = await import_orders(cast.registry, by, content, "tmall.csv", customer_id=shop, source="tmall")
    seconds = time.monotonic() - begun
    assert seconds < 60, f"{seconds:.1f} s"
    assert (result.created, result.refused, result.noticed) == (len(rows), [], [])
    assert (result.goods_amount, result.returned_amount) == (
        int(sums["amount"] * 100),
        int(sums["refund"] * 100),
    )
    assert result.cancelled == unpaid
    row = await db.fetch_one(
        """
        SELECT count(*) AS count, sum(goods_amount) AS goods, sum(returned_amount) AS returned,
            sum(CASE WHEN state = 'cancelled' THEN 0 ELSE total_amount - returned_amount END) AS paid,
            sum(CASE WHEN state = 'cancelled' THEN 1 ELSE 0 END) AS cancelled
        FROM orders
        """
    )
    assert row == {
        "count": len(rows),
        "goods": int(sums["amount"] * 100),
        "returned": int(sums["refund"] * 100),
        "paid": int(sums["paid"] * 100),
        "cancelled": unpaid,
    }
    again = await import_orders(cast.registry, by, content, "tmall.csv", customer_id=shop, source="tmall")
    assert (again.created, again.changed, again.unchanged) == (0, 0, len(rows))
    assert again.goods_e4 == result.goods_e4
    assert await db.fetch_value("SELECT count(*) FROM order_moves") == len(rows)
    assert await db.fetch_value("SELECT count(*) FROM accounts") == 0, "what is over is owed by nobody"
    print(f"{cast.database.dialect}: {len(rows)} orders in {seconds:.1f} s")


class AdventureWorks:
    """The company: who sells, where, to whom and what, brought in by the imports it would use itself."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.reps = {row["salesperson_id"]: row["name"] for row in table("salespeople.csv")}
        self.places = {row["territory_id"]: row["name"] for row in table("territories.csv")}
        self.codes = {row["customer_id"]: row["account_no"] for row in table("customers.csv")}
        self.goods = {row["product_id"]: row for row in table("products.csv")}

    async def bring(self) -> OrdersResult:
        cast = self.cast
        for number, name in enumerate(self.reps.values()):
            args = {"name": name, "phone": f"1390000{number:04d}", "login": f"aw{number}", "roles": ["rep"]}
            await cast.done(
                "administrator", "identity.add_person", person_id=new_id(), password=PASSWORD, **args
            )
        root = cast.territories["company"]
        for name in self.places.values():
            await cast.done(
                "administrator", "identity.add_territory", territory_id=new_id(), parent_id=root, name=name
            )
        by = await cast.person("administrator")
        rows = [
            [
                row["account_no"],
                row["name"],
                row["phone"],
                self.places[row["territory_id"]],
                self.reps.get(row["salesperson_id"], ""),
            ]
            for row in table("customers.csv")
        ]
        made = await import_customers(
            cast.registry,
            by,
            as_csv(["客户编码", "客户名称", "电话", "区域", "业务员"], rows),
            "c.csv",
            territory_id=root,
        )
        assert (made.created, made.refused) == (428, [])
        goods = [[row["sku"], row["name"], row["list_price"], row["cost"]] for row in self.goods.values()]
        content = as_csv(["商品编码", "商品名称", "零售价", "进货价"], goods)
        made = await import_products(cast.registry, by, content, "p.csv")
        assert (made.created, made.refused) == (304, [])
        return await import_orders(cast.registry, by, self.orders(), "o.csv")

    def orders(self) -> bytes:
        """One line of the sheet for each line of an order, and one for an order without."""
        lines = defaultdict(list)
        for line in table("order_lines.csv"):
            lines[line["order_id"]].append(line)
        headings = [
            "order no",
            "order date",
            "customer code",
            "salesperson",
            "territory",
            "subtotal",
            "tax",
            "freight",
        ]
        rows = []
        for order in table("orders.csv"):
            head = [order["order_no"], order["order_date"], self.codes[order["customer_id"]]]
            head += [self.reps[order["salesperson_id"]], self.places[order["territory_id"]]]
            head += [order["subtotal"], order["tax"], order["freight"]]
            for line in lines.get(order["order_id"], [None]):
                own = (
                    [self.goods[line["product_id"]]["sku"], line["qty"], line["line_total"]]
                    if line
                    else ["", "", ""]
                )
                rows.append([*head, *own])
        return as_csv([*headings, "sku", "quantity", "line total"], rows)


async def revenue(since: str, until: str, by: str = "'all'") -> dict[str, int]:
    """Fen by person between two days, the second left out: what was stated, the sum rounded once."""
    rows = await db.fetch(
        f"""
        SELECT {by} AS whose, sum(stated_e4) AS stated_e4 FROM orders JOIN people ON people.id = owner_id
        WHERE day_on >= $1 AND day_on < $2 GROUP BY 1
        """,
        since,
        until,
    )
    return {row["whose"]: amount_of(row["stated_e4"], 1000) for row in rows}


async def revenue_of_goods(year: str) -> dict[str, int]:
    """Fen by product in a year, as the lines there are say."""
    rows = await db.fetch(
        """
        SELECT order_lines.name, price_e4, quantity_e3 FROM order_lines JOIN orders ON orders.id = order_id
        WHERE substr(day_on, 1, 4) = $1
        """,
        year,
    )
    exact: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        exact[row["name"]] += row["price_e4"] * row["quantity_e3"]
    return {name: amount_of(e7, 1) for name, e7 in exact.items()}


async def ranked(cast: Cast, start: str, end: str, by: str = "rep") -> list[tuple[str, int]]:
    """The ranking by sales from a day until before another: names and fen, the highest first."""
    asked = {"metric": "sales", "by": by, "from": start, "to": add_days(end, -1), "limit": "500"}
    answer = await (await cast.client("clerk")).get("/api/rankings", params=asked)
    assert answer.status_code == 200, answer.text
    return [(row["name"], row["value"]) for row in answer.json()["rows"]]


async def quotas_are_reached_as_told(cast: Cast, company: AdventureWorks, told: list[dict[str, Any]]) -> None:
    """Each quota lasts until the next; how far everybody was is what was reckoned elsewhere, to the cent."""
    starts = [quarter["quarter"] for quarter in told]
    ends = [add_days(start, -1) for start in (*starts[1:], "2024-05-29")]
    last = dict(zip(starts, ends, strict=True))
    quotas = [row for row in table("quotas.csv") if row["quota_date"] in last]
    rows = [
        [company.reps[row["salesperson_id"]], row["quota_date"], last[row["quota_date"]], row["amount"]]
        for row in quotas
    ]
    content = as_csv(["salesperson", "start date", "end date", "quota"], list(rows))
    made = await import_targets(cast.registry, await cast.person("administrator"), content, "q.csv")
    assert (made.created, made.refused, made.noticed) == (len(rows), [], [])
    client = await cast.client("administrator")
    for quarter in told:
        asked = {"metric": "sales", "by": "rep", "from": quarter["quarter"], "to": last[quarter["quarter"]]}
        found = (await client.get("/api/targets/completion", params=asked)).json()
        assert (found["count"], found["reached"]) == (quarter["people"], quarter["reached"])
        assert sum(row["target"] for row in found["rows"]) == fen(quarter["quota"])
        actual = sum(row["value"] for row in found["rows"])
        # Everybody's is rounded to the fen on his own.
        assert abs(actual - fen(quarter["actual"])) <= len(found["rows"])
        assert abs(actual / fen(quarter["quota"]) - quarter["completion"]) < 0.0001


@pytest.mark.slow(20)
async def test_adventure_works_comes_to_the_cent(cast: Cast) -> None:
    company = AdventureWorks(cast)
    result = await company.bring()
    assert (result.created, result.refused, result.noticed) == (1994, [], [])
    told = expected("sales-dev.json")
    assert result.goods_amount == fen(told["year1"]["subtotal"] + told["year2"]["subtotal"])
    for year in (told["year1"], told["year2"]):
        span = (year["start"], year["end_exclusive"])
        found = await revenue(*span, "people.name")
        assert found == {name: fen(amount) for name, _, amount in year["ranking"]}
        counted = await db.fetch(
            "SELECT people.name, count(*) AS count FROM orders JOIN people ON people.id = owner_id"
            " WHERE day_on >= $1 AND day_on < $2 GROUP BY people.name",
            *span,
        )
        assert {row["name"]: row["count"] for row in counted} == {name: n for name, n, _ in year["ranking"]}
        assert await revenue(*span) == {"all": fen(year["subtotal"])}
        # The ranking says the same, to the cent, with and without a look at single days.
        assert await ranked(cast, *span) == [(name, fen(amount)) for name, _, amount in year["ranking"]]
        by_territory = await ranked(cast, *span, by="territory")
        assert abs(sum(value for _, value in by_territory) - fen(year["subtotal"])) <= len(by_territory)
    assert await differing(200) == []
    quarters = [quarter["quarter"] for quarter in told["quota"]] + ["2024-05-29"]
    for quarter, until in zip(told["quota"], quarters[1:], strict=True):
        stated_e4 = await db.fetch_value(
            "SELECT sum(stated_e4) FROM orders WHERE day_on >= $1 AND day_on < $2", quarter["quarter"], until
        )
        # One quarter ends on half a fen exactly; in the figures to compare with that went down.
        assert abs(stated_e4 - fen(quarter["actual"]) * 100) <= 50
    await quotas_are_reached_as_told(cast, company, told["quota"])
    products = await revenue_of_goods("2022")
    best = sorted(products.items(), key=lambda one: -one[1])[:10]
    assert best == [(name, fen(amount)) for name, _, amount in told["top10_products_2022"]]
    # Each order alone is rounded to the fen like any other, with what it takes to come to what was billed.
    for order in table("orders.csv")[::97]:
        row = await db.fetch_one("SELECT * FROM orders WHERE number = $1", order["order_no"])
        assert row is not None
        billed = [Decimal(order[name]).quantize(Decimal("0.01"), ROUND_HALF_UP) for name in BILLED]
        assert row["total_amount"] == int(sum(billed) * 100)
        assert (row["day_on"], row["state"]) == (order["order_date"], "closed")
    by = await cast.person("administrator")
    again = await import_orders(cast.registry, by, company.orders(), "o.csv")
    assert (again.created, again.changed, again.unchanged, again.refused) == (0, 0, 1994, [])
