"""Loads the demo company into the database in use, once, through the app's own commands.

Ids follow from names, so a load that was cut short is simply run again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roundsman.core import db
from roundsman.core.registry import Registry
from roundsman.core.times import MINUTE, add_days, day_on, now_ms, start_of_day
from roundsman.demo.agents import load_agents
from roundsman.demo.catalog import load_catalog
from roundsman.demo.company import (
    ACCOUNTS,
    CENTRES,
    CLASSES,
    FIRST,
    HOLIDAYS,
    LAST,
    PASSWORD,
    STEPS,
    STREETS,
    TERRITORIES,
)
from roundsman.demo.doing import Doer, id_of
from roundsman.demo.ledgers import load_debts, load_stock
from roundsman.demo.sales import DAYS, load_sales
from roundsman.identity.commands.people import AddPerson, insert_person

SHOPS = 30
"""Customers in each territory."""


@dataclass(frozen=True, slots=True)
class Shop:
    """A made-up customer."""

    id: str
    territory: str
    name: str
    class_key: str
    latitude_e7: int
    longitude_e7: int
    street: str


def shops(territory: str) -> Iterator[Shop]:
    """The territory's customers, spread over some three kilometres on a winding path."""
    latitude, longitude = CENTRES[territory]
    district, streets = STREETS[territory]
    for number in range(SHOPS):
        ending, class_key = LAST[number % len(LAST)]
        name = f"{FIRST[(number * 7 + len(territory)) % len(FIRST)]}{ending}"
        street = streets[number % len(streets)]
        yield Shop(
            id=id_of("customer", territory, number),
            territory=territory,
            name=f"{name}({street}店)",
            class_key=class_key,
            latitude_e7=latitude + (number * 37 % 30 - 15) * 10_000,
            longitude_e7=longitude + (number * 53 % 30 - 15) * 11_000,
            street=f"上海市{district}{street}{100 + number * 17}号",
        )


async def is_loaded() -> bool:
    """Whether anybody is in the database."""
    return await db.fetch_value("SELECT 1 FROM people LIMIT 1") is not None


async def load(registry: Registry, *, days: int = DAYS) -> bool:
    """Load the demo company with the business of so many days; False when it is there already. Raises RuntimeError when
    a database of somebody else's is in use, or when a command is refused.
    """
    administrator = ACCOUNTS[0]
    if await is_loaded():
        mine = await db.fetch_value(
            "SELECT 1 FROM people WHERE id = $1", id_of("person", administrator.login)
        )
        if mine is None:
            raise RuntimeError("there are people in this database already; the demo is only for an empty one")
        if await db.fetch_value("SELECT 1 FROM routes WHERE id = $1", id_of("route", "li", 6)):
            return False
    now = now_ms()
    async with db.unit_of_work():
        # Whoever is an agent comes in as agents do.
        for account in (one for one in ACCOUNTS if "agent" not in one.roles):
            person_id = id_of("person", account.login)
            if not await db.fetch_value("SELECT 1 FROM people WHERE id = $1", person_id):
                await insert_person(
                    AddPerson(
                        person_id=person_id,
                        name=account.name,
                        phone=account.phone,
                        login=account.login,
                        password=PASSWORD,
                        roles=list(account.roles),  # type: ignore[arg-type]  # literals kept as plain text
                    ),
                    now,
                )
    does = Doer(registry, now)
    await _places(does)
    await load_agents(does)
    await _customers(does)
    await load_catalog(does, next(shops("pudong")).id)
    await load_stock(does)
    customers = {
        login: [shop.id for shop in shops(territory)]
        for login, territory in (("wang", "pudong"), ("li", "xuhui"))
    }
    for login, customer_ids in customers.items():
        await load_debts(does, login, customer_ids)
    if days:
        await load_sales(does, customers, days)
    await _routes(does)
    await _visits(does)
    return True


async def _places(does: Doer) -> None:
    for key, parent, name in TERRITORIES:
        await does(
            "chen",
            "identity.add_territory",
            territory_id=id_of("territory", key),
            parent_id=id_of("territory", parent) if parent else None,
            name=name,
        )
    for account in ACCOUNTS:
        if account.where is not None:
            territory, kind = account.where
            await does(
                "chen",
                "identity.assign",
                membership_id=id_of("membership", account.login),
                person_id=id_of("person", account.login),
                territory_id=id_of("territory", territory),
                kind=kind,
            )
    for position, spec in enumerate(CLASSES):
        class_id = id_of("class", spec["key"])
        rest = {field: value for field, value in spec.items() if field != "key"}
        await does("chen", "customers.set_class", class_id=class_id, position=position, **rest)
        steps = [
            {"template_id": id_of("step", spec["key"], number), **step}
            for number, step in enumerate(STEPS[spec["key"]])
        ]
        await does("chen", "visits.set_steps", class_id=class_id, templates=steps)
    for year, days in HOLIDAYS.items():
        holidays = [{"day_on": f"{year}-{day}", "name": name} for day, name in days]
        await does("chen", "visits.set_holidays", year=year, holidays=holidays)


async def _customers(does: Doer) -> None:
    for login, territory in (("wang", "pudong"), ("li", "xuhui")):
        for number, shop in enumerate(shops(territory)):
            # Every seventh has no pin yet: its first visit sets it.
            place = (
                {}
                if number % 7 == 6
                else {"latitude_e7": shop.latitude_e7, "longitude_e7": shop.longitude_e7}
            )
            await does(
                login,
                "customers.add",
                customer_id=shop.id,
                name=shop.name,
                territory_id=id_of("territory", territory),
                class_id=id_of("class", shop.class_key),
                code=f"{territory[:2].upper()}{number + 1:03d}",
                phone=f"021-5{number:03d}88{number:02d}",
                contact_id=id_of("contact", territory, number),
                contact_name=f"{'张李王刘陈杨黄'[number % 7]}老板",
                address=shop.street,
                **place,
            )


async def _routes(does: Doer) -> None:
    """A route for each day of the week, so that there is a round to walk whatever day the demo is opened."""
    begins = add_days(day_on(does.now), -28)
    for login, territory in (("wang", "pudong"), ("li", "xuhui")):
        places = list(shops(territory))
        for weekday in range(7):
            chosen = [places[(weekday * 5 + number) % SHOPS] for number in range(8)]
            await does(
                login,
                "visits.plan_route",
                route_id=id_of("route", login, weekday),
                name=f"周{'一二三四五六日'[weekday]}线",
                person_id=id_of("person", login),
                territory_id=id_of("territory", territory),
                weekdays=1 << weekday,
                from_on=begins,
                skips_holidays=False,
                stops=[
                    {"stop_id": id_of("stop", login, weekday, number), "customer_id": shop.id}
                    for number, shop in enumerate(chosen)
                ],
            )


async def _visits(does: Doer) -> None:
    """What 李娜 did yesterday and the day before, so that a manager has something to look at."""
    places = list(shops("xuhui"))
    for back in (2, 1):
        day = add_days(day_on(does.now), -back)
        for number in range(4):
            shop = places[(back * 5 + number) % SHOPS]
            begun = start_of_day(day) + 9 * 60 * MINUTE + number * 55 * MINUTE
            visit_id = id_of("visit", day, number)
            far = 60_000 if number == 2 else 500
            fix = {
                "latitude_e7": shop.latitude_e7 + far,
                "longitude_e7": shop.longitude_e7,
                "accuracy_m": 12,
                "taken_at": begun,
                "count": 4,
            }
            at = begun + MINUTE
            await does(
                "li",
                "visits.check_in",
                at=at,
                visit_id=visit_id,
                customer_id=shop.id,
                clocks={"wall_at": begun},
                fix=fix,
                reason="店主约在路口见面" if number == 2 else "",
                is_planned=True,
            )
            await does(
                "li",
                "visits.record_step",
                at=at + 10 * MINUTE,
                step_id=id_of("visit", day, number, "note"),
                visit_id=visit_id,
                kind="note",
                title="店主反馈",
                answers={"text": ("要两箱酱油", "新货架已到", "要求换货一件", "下周再谈陈列")[number]},
                clocks={"wall_at": at + 10 * MINUTE},
            )
            await does(
                "li",
                "visits.check_out",
                at=at + (15 + number * 4) * MINUTE,
                visit_id=visit_id,
                clocks={"wall_at": at + (15 + number * 4) * MINUTE},
                note="",
            )
