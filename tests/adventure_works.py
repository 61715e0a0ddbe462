"""AdventureWorks as the sheets a company like it would bring: who sells, where, to whom and what, 1,994 orders and 95
quotas. `python -m tests.adventure_works FOLDER` writes them there and prints as JSON who and which places must be there
first, and what the orders come to by territory.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from roundsman.core.times import add_days
from tests.real_data import shared

END = "2024-05-29"
"""The day after the last quarter."""


@cache
def table(*parts: str) -> list[dict[str, str]]:
    """The rows of one of its files."""
    with shared("sales", "adventureworks", *parts).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_csv(headings: list[str], rows: list[list[Any]]) -> bytes:
    """A sheet as a file."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode()


def reps() -> dict[str, str]:
    """The names of who sells, by number."""
    return {row["salesperson_id"]: row["name"] for row in table("salespeople.csv")}


def places() -> dict[str, str]:
    """The names of its territories, by number."""
    return {row["territory_id"]: row["name"] for row in table("territories.csv")}


def customers_sheet() -> bytes:
    """428 customers with whose they are."""
    rows = [
        [
            row["account_no"],
            row["name"],
            row["phone"],
            places()[row["territory_id"]],
            reps().get(row["salesperson_id"], ""),
        ]
        for row in table("customers.csv")
    ]
    return as_csv(["客户编码", "客户名称", "电话", "区域", "业务员"], rows)


def goods_sheet() -> bytes:
    """304 products."""
    rows = [[row["sku"], row["name"], row["list_price"], row["cost"]] for row in table("products.csv")]
    return as_csv(["商品编码", "商品名称", "零售价", "进货价"], rows)


def orders_sheet() -> bytes:
    """One line of the sheet for each line of an order, and one for an order without."""
    codes = {row["customer_id"]: row["account_no"] for row in table("customers.csv")}
    skus = {row["product_id"]: row["sku"] for row in table("products.csv")}
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
        head = [order["order_no"], order["order_date"], codes[order["customer_id"]]]
        head += [reps()[order["salesperson_id"]], places()[order["territory_id"]]]
        head += [order["subtotal"], order["tax"], order["freight"]]
        for line in lines.get(order["order_id"], [None]):
            own = [skus[line["product_id"]], line["qty"], line["line_total"]] if line else ["", "", ""]
            rows.append([*head, *own])
    return as_csv([*headings, "sku", "quantity", "line total"], rows)


def quarters(told: list[dict[str, Any]]) -> dict[str, str]:
    """The first and the last day of each quarter: it lasts until the next."""
    starts = [quarter["quarter"] for quarter in told]
    return dict(zip(starts, [add_days(start, -1) for start in (*starts[1:], END)], strict=True))


def quotas_sheet(last: dict[str, str]) -> bytes:
    """Everybody's quota in these quarters."""
    rows = [
        [reps()[row["salesperson_id"]], row["quota_date"], last[row["quota_date"]], row["amount"]]
        for row in table("quotas.csv")
        if row["quota_date"] in last
    ]
    return as_csv(["salesperson", "start date", "end date", "quota"], rows)


def told_by_place(start: str, end: str) -> dict[str, int]:
    """Fen by territory from a day until before another: the exact sum of the orders stored there, rounded once."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for order in table("orders.csv"):
        if start <= order["order_date"] < end:
            sums[places()[order["territory_id"]]] += Decimal(order["subtotal"])
    return {name: int((yuan * 100).quantize(Decimal(1), ROUND_HALF_UP)) for name, yuan in sums.items()}


def main(folder: Path) -> None:
    """Write the sheets and say what goes with them."""
    told = json.loads(shared("expected", "sales-dev.json").read_text("utf-8"))
    last = quarters(told["quota"])
    for name, content in (
        ("customers", customers_sheet()),
        ("products", goods_sheet()),
        ("orders", orders_sheet()),
        ("targets", quotas_sheet(last)),
    ):
        (folder / f"{name}.csv").write_bytes(content)
    years = [
        {**year, "by_place": told_by_place(year["start"], year["end_exclusive"])}
        for year in (told["year1"], told["year2"])
    ]
    quota = [{**one, "last": last[one["quarter"]]} for one in told["quota"]]
    print(
        json.dumps(
            {"reps": [*reps().values()], "places": [*places().values()], "years": years, "quota": quota}
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
