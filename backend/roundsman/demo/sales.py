"""The demo's last six weeks of business: what two reps sold and were paid, how far each order has come since, and what
everybody is to reach. Without it rankings and reports would be empty at the first look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from roundsman.core.quantities import amount_of
from roundsman.core.times import HOUR, MINUTE, add_days, day_on, start_of_day
from roundsman.demo.catalog import goods
from roundsman.demo.doing import Doer, id_of
from roundsman.demo.ledgers import DEBTS, SHORT

DAYS: Final = 42
FIRST_SHOP: Final = 1 + max(place for place, *_ in DEBTS)
"""The customers before it have old debts and limits, which would hold their orders."""
MONTHLY: Final = {"wang": 3_000_000, "li": 3_800_000}
"""Fen each is to sell in a month."""


async def load_sales(does: Doer, shops: Mapping[str, Sequence[str]], days: int) -> None:
    """Orders by each rep (login → his customers) on so many days, their moves, what came in for them, and targets."""
    wares = [row for place, row in enumerate(goods()) if place not in SHORT and "pack_unit" in row]
    for back in range(days, -1, -1):
        day = add_days(day_on(does.now), -back)
        for place, (login, customer_ids) in enumerate(shops.items()):
            for number in range(1 + (back + place) % 2):
                turn = back * 5 + place * 3 + number * 7
                chosen = customer_ids[FIRST_SHOP + turn % (len(customer_ids) - FIRST_SHOP)]
                # Today's were all placed by now, whatever the hour.
                at = min(
                    start_of_day(day) + 9 * HOUR + (turn % 8) * 47 * MINUTE, does.now - (turn % 9) * MINUTE
                )
                order_id = id_of("order", day, login, number)
                lines = list(_lines(order_id, wares, turn))
                await _sold(does, login, chosen, order_id, lines, at, back)
    await _targets(does)


def _lines(order_id: str, wares: Sequence[dict[str, Any]], turn: int) -> Iterator[dict[str, Any]]:
    for number in range(2 + turn % 3):
        ware = wares[(turn * 3 + number * 11) % len(wares)]
        cases = 1 + (turn + number) % 3
        yield {
            "line_id": id_of("line", order_id, number),
            "variant_id": ware["variant_id"],
            "unit": ware["pack_unit"],
            "quantity_e3": cases * 1000,
            "price_e4": ware["price_e4"] * ware["factor"],
        }


async def _sold(
    does: Doer, login: str, customer_id: str, order_id: str, lines: list[dict[str, Any]], at: int, back: int
) -> None:
    amount = sum(amount_of(line["price_e4"], line["quantity_e3"]) for line in lines)
    await does(
        login,
        "orders.place",
        at=at,
        order_id=order_id,
        customer_id=customer_id,
        lines=lines,
        goods_amount=amount,
        priced_on=day_on(at),
    )
    # The newest still wait for the clerk, those of the last days to be packed, and the older ones have arrived.
    reached = 0 if back <= 1 else 1 if back <= 3 else 2 if back <= 5 else 4
    moves = (("review", "submitted"), ("allocate", "reviewed"), ("ship", "allocated"), ("sign", "shipped"))
    for number, (verb, expect) in enumerate(moves[:reached], start=1):
        await does("wu", f"orders.{verb}", at=at + number * 3 * HOUR, order_id=order_id, expect=expect)
    if back > 12:
        await does(
            login,
            "receivables.collect",
            at=at + 9 * 24 * HOUR,
            collection_id=id_of("collection", order_id),
            customer_id=customer_id,
            amount=amount,
            method=("cash", "code", "transfer")[back % 3],
            clocks={"wall_at": at + 9 * 24 * HOUR},
        )


async def _targets(does: Doer) -> None:
    today = day_on(does.now)
    first = f"{today[:7]}-01"
    for until in (add_days(f"{add_days(first, 31)[:7]}-01", -1), add_days(first, -1)):
        whose = [("person", id_of("person", login), amount) for login, amount in MONTHLY.items()]
        for scope, scope_id, amount in [
            *whose,
            ("territory", id_of("territory", "east"), sum(MONTHLY.values())),
        ]:
            await does(
                "chen",
                "targets.set",
                target_id=id_of("target", scope_id, until[:7]),
                scope=scope,
                scope_id=scope_id,
                metric="sales",
                from_on=f"{until[:7]}-01",
                until_on=until,
                amount=amount,
            )
