"""Commands of price lists and the prices in them. A customer's list goes with the customer."""

from __future__ import annotations

import json
import uuid as uuids
from collections.abc import Collection, Mapping
from typing import Annotated, Any, Final

import msgspec

from roundsman.catalog.commands.rows import Limit, Unit
from roundsman.catalog.rules.packs import Pack, find_pack
from roundsman.catalog.rules.pricing import breaks_fault
from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Answer, Payload, command
from roundsman.core.errors import Conflict, Invalid, NotFound
from roundsman.core.events import on
from roundsman.core.ids import Id
from roundsman.core.quantities import LARGEST_PRICE, LARGEST_QUANTITY, Price
from roundsman.core.times import Day, is_day
from roundsman.customers.commands import require_level
from roundsman.customers.events import CustomerAssigned
from roundsman.customers.queries import get_customer

AUDIENCE: Final = "levels"
"""Who sells sees the lists of every level; a customer's list goes to those who see the customer."""

# One list has one price for one unit of a variant, so its id follows from the three.
_PRICES: Final = uuids.UUID("0c2f7d4a-93b1-5e0c-9a64-5b1f6f2a7d10")

_COPIED: Final = (
    "level_id",
    "customer_id",
    "audience",
    "from_on",
    "until_on",
    "is_active",
    "territory_id",
    "owner_id",
)
"""What every price repeats of its list."""


class SetPriceList(Payload, kw_only=True, frozen=True):
    """A price list, new or changed, of one level or of one customer, on the days from `from_on` until `until_on`, both
    included; None is for good.
    """

    list_id: Id
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    level_id: Id | None = None
    customer_id: Id | None = None
    from_on: Day
    until_on: Day | None = None
    is_active: bool = True


@command("catalog.set_price_list", permission="catalog.keep_prices")
async def set_price_list(ctx: Ctx, cmd: SetPriceList) -> None:
    """Add or change a price list. Whose it is stays as it was made."""
    if not cmd.name.strip():
        raise Invalid("catalog.name_missing", field="name")
    for field in ("from_on", "until_on"):
        day = getattr(cmd, field)
        if day is not None and not is_day(day):
            raise Invalid("catalog.no_such_day", field=field)
    if cmd.until_on is not None and cmd.until_on < cmd.from_on:
        raise Invalid("catalog.ends_before_it_begins", field="until_on")
    if (cmd.level_id is None) == (cmd.customer_id is None):
        raise Invalid("catalog.list_of_whom", field="level_id")
    # Locked, so that it cannot be assigned elsewhere before the list says whose it is.
    customer = await get_customer(ctx, cmd.customer_id, is_locked=True) if cmd.customer_id else None
    shared = {
        "level_id": cmd.level_id,
        "customer_id": cmd.customer_id,
        "audience": AUDIENCE if customer is None else None,
        "from_on": cmd.from_on,
        "until_on": cmd.until_on,
        "is_active": cmd.is_active,
        "territory_id": customer["territory_id"] if customer else None,
        "owner_id": customer["owner_id"] if customer else None,
    }
    known = await db.fetch_one(f"SELECT * FROM price_lists WHERE id = $1{db.for_update()}", cmd.list_id)
    if known is None:
        await require_level(cmd.level_id)
        kind = "level" if customer is None else "customer"
        row = {"id": cmd.list_id, "name": cmd.name.strip(), "kind": kind, "version": 1, "changed_at": ctx.now}
        row |= shared
        places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
        await db.execute(f"INSERT INTO price_lists ({', '.join(row)}) VALUES ({places})", *row.values())
        return
    if (known["level_id"], known["customer_id"]) != (cmd.level_id, cmd.customer_id):
        raise Conflict("catalog.list_of_another", field="level_id", list_id=cmd.list_id)
    is_renamed = known["name"] != cmd.name.strip()
    changed = {column: value for column, value in shared.items() if known[column] != value}
    if changed:
        pairs = ", ".join(f"{column} = ${number}" for number, column in enumerate(changed, start=2))
        await db.execute(f"UPDATE prices SET {pairs} WHERE list_id = $1", cmd.list_id, *changed.values())
    if changed or is_renamed:
        changed |= {"name": cmd.name.strip(), "version": known["version"] + 1, "changed_at": ctx.now}
        pairs = ", ".join(f"{column} = ${number}" for number, column in enumerate(changed, start=2))
        await db.execute(f"UPDATE price_lists SET {pairs} WHERE id = $1", cmd.list_id, *changed.values())


class PriceGift(msgspec.Struct, kw_only=True, frozen=True):
    """For each whole `every_e3` bought, `quantity_e3` of a variant's unit is free."""

    every_e3: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_QUANTITY, description="thousandths of the unit")]
    variant_id: Id
    unit: Unit
    quantity_e3: Annotated[
        int, msgspec.Meta(ge=1, le=LARGEST_QUANTITY, description="thousandths of the gift's unit")
    ]


class ListPrice(msgspec.Struct, kw_only=True, frozen=True):
    """What a list says of one unit of a variant: `breaks` [[minimum_e3, price_e4], …] upwards, per unit; none at all
    take the price off the list. More may only cost more per unit when `may_rise`.
    """

    variant_id: Id
    unit: Unit
    breaks: Annotated[list[tuple[Limit, Price]], msgspec.Meta(max_length=20)]
    gifts: Annotated[list[PriceGift], msgspec.Meta(max_length=5)] = []
    may_rise: bool = False


class SetPrices(Payload, kw_only=True, frozen=True):
    """Prices of a list, new, changed or taken off; those not named stay as they are."""

    list_id: Id
    prices: Annotated[list[ListPrice], msgspec.Meta(max_length=500)]


class PricesSet(Answer, kw_only=True, frozen=True):
    """The list's version from now on."""

    version: int


@command("catalog.set_prices", permission="catalog.keep_prices")
async def set_prices(ctx: Ctx, cmd: SetPrices) -> PricesSet:
    """Set prices of a list; its version counts up when anything changed."""
    found = await _get_list(ctx, cmd.list_id)
    wanted = {(price.variant_id, price.unit): price for price in cmd.prices}
    if len(wanted) != len(cmd.prices):
        raise Invalid("catalog.price_twice", field="prices")
    packs = await _packs_of(wanted.values())
    for price in wanted.values():
        _check(price, packs)
    rows = await db.fetch(
        f"SELECT id, variant_id, unit, breaks, gifts, may_rise FROM prices"
        f" WHERE list_id = $1 AND variant_id {db.any_of('$2')}",
        cmd.list_id,
        [price.variant_id for price in wanted.values()],
    )
    known = {(row["variant_id"], row["unit"]): row for row in rows}
    gone = [known[key]["id"] for key, price in wanted.items() if not price.breaks and key in known]
    put = [
        price
        for key, price in wanted.items()
        if price.breaks and not (key in known and _says(known[key], price))
    ]
    if not gone and not put:
        return PricesSet(version=found["version"])
    await db.execute(f"DELETE FROM prices WHERE id {db.any_of('$1')}", gone)
    await db.execute_many(
        f"""
        INSERT INTO prices (id, list_id, variant_id, unit, breaks, gifts, may_rise, {", ".join(_COPIED)})
        VALUES ({", ".join(f"${number}" for number in range(1, 8 + len(_COPIED)))})
        ON CONFLICT (list_id, variant_id, unit) DO UPDATE
        SET breaks = excluded.breaks, gifts = excluded.gifts, may_rise = excluded.may_rise
        """,
        [_stored(cmd.list_id, price, found) for price in put],
    )
    version = found["version"] + 1
    await db.execute(
        "UPDATE price_lists SET version = $2, changed_at = $3 WHERE id = $1", cmd.list_id, version, ctx.now
    )
    return PricesSet(version=version)


async def _get_list(ctx: Ctx, list_id: str) -> db.Row:
    """The list's row, locked. Raises NotFound("catalog.list_unknown"), also when its customer is not the person's."""
    found = await db.fetch_one(f"SELECT * FROM price_lists WHERE id = $1{db.for_update()}", list_id)
    if found is None:
        raise NotFound("catalog.list_unknown", list_id=list_id)
    if found["customer_id"] is not None:
        try:
            await get_customer(ctx, found["customer_id"])
        except NotFound as refusal:
            # Not even whose it is may be learnt from here.
            raise NotFound("catalog.list_unknown", list_id=list_id) from refusal
    return found


async def _packs_of(prices: Collection[ListPrice]) -> dict[str, tuple[Pack, ...]]:
    """The packs of every variant that is priced or given, by the variant's id."""
    ids = {price.variant_id for price in prices} | {
        gift.variant_id for price in prices for gift in price.gifts
    }
    rows = await db.fetch(f"SELECT id, packs FROM variants WHERE id {db.any_of('$1')}", sorted(ids))
    return {row["id"]: msgspec.json.decode(row["packs"], type=tuple[Pack, ...]) for row in rows}


def _check(price: ListPrice, packs: Mapping[str, tuple[Pack, ...]]) -> None:
    """Raise Invalid or NotFound for a price of something that is not there, and for breaks that make no sense."""
    for variant_id, unit in (
        (price.variant_id, price.unit),
        *((gift.variant_id, gift.unit) for gift in price.gifts),
    ):
        if variant_id not in packs:
            raise NotFound("catalog.variant_unknown", variant_id=variant_id)
        if find_pack(packs[variant_id], unit) is None and (price.breaks or variant_id != price.variant_id):
            raise Invalid("catalog.unit_unknown", field="prices", variant_id=variant_id, unit=unit)
    if not price.breaks:
        return
    fault = breaks_fault(price.breaks, price.may_rise)
    if fault is not None:
        raise Invalid(fault, field="prices", variant_id=price.variant_id, unit=price.unit)
    own = packs[price.variant_id]
    # A price of the base unit holds for the bigger packs too, as many times as they hold of it.
    scale = max(pack.factor for pack in own) if price.unit == own[0].unit else 1
    if max(price_e4 for _, price_e4 in price.breaks) * scale > LARGEST_PRICE:
        raise Invalid("catalog.price_too_large", field="prices", variant_id=price.variant_id, unit=price.unit)


def _says(row: db.Row, price: ListPrice) -> bool:
    """Whether a stored price says what is wanted already."""
    return (
        json.loads(row["breaks"]) == [list(one) for one in price.breaks]
        and json.loads(row["gifts"]) == [msgspec.to_builtins(gift) for gift in price.gifts]
        and bool(row["may_rise"]) == price.may_rise
    )


def _stored(list_id: str, price: ListPrice, found: db.Row) -> tuple[Any, ...]:
    return (
        str(uuids.uuid5(_PRICES, f"{list_id} {price.variant_id} {price.unit}")),
        list_id,
        price.variant_id,
        price.unit,
        msgspec.json.encode(price.breaks).decode(),
        msgspec.json.encode(price.gifts).decode(),
        price.may_rise,
        *(found[column] for column in _COPIED),
    )


@on(CustomerAssigned)
async def follow_customer(ctx: Ctx, moved: CustomerAssigned) -> None:
    """A customer's lists and their prices go where the customer goes."""
    place = moved.customer_id, moved.territory_id, moved.owner_id
    # The list first: whoever writes prices holds its row, and is waited for.
    await db.execute("UPDATE price_lists SET territory_id = $2, owner_id = $3 WHERE customer_id = $1", *place)
    await db.execute(
        """
        UPDATE prices SET territory_id = $2, owner_id = $3
        WHERE list_id IN (SELECT id FROM price_lists WHERE customer_id = $1)
        """,
        *place,
    )
