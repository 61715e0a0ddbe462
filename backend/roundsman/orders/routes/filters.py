"""What a list of orders may be asked for in a query string, the same for every list."""

from __future__ import annotations

from typing import Annotated, Final

from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter

from roundsman.core.errors import Invalid
from roundsman.core.times import is_day
from roundsman.orders.queries import OrderFilter
from roundsman.orders.rules import State

_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"

States = Annotated[
    str,
    QueryParameter(name="state", max_length=120, description="states, separated by commas; all without it"),
]
CustomerId = Annotated[str, QueryParameter(name="customer", max_length=36, description="of this customer")]
OwnerId = Annotated[
    str, QueryParameter(name="owner", max_length=36, description="of customers this person looked after")
]
PersonId = Annotated[str, QueryParameter(name="person", max_length=36, description="placed by this person")]
TerritoryId = Annotated[
    str, QueryParameter(name="territory", max_length=36, description="of exactly this one")
]
FromOn = Annotated[
    str | None, QueryParameter(name="from", pattern=_DAY, description="placed on this day or later")
]
UntilOn = Annotated[
    str | None, QueryParameter(name="until", pattern=_DAY, description="placed on this day or earlier")
]
Search = Annotated[
    str,
    QueryParameter(
        name="search",
        max_length=120,
        description="how a number begins, or words of a customer as in the list of customers",
    ),
]
IsHeld = Annotated[
    bool | None,
    QueryParameter(name="held", description="true: only what something holds; false: only the rest"),
]


async def filter_of(
    states: States = "",
    customer: CustomerId = "",
    owner: OwnerId = "",
    person: PersonId = "",
    territory: TerritoryId = "",
    from_on: FromOn = None,
    until_on: UntilOn = None,
    search: Search = "",
    held: IsHeld = None,
) -> OrderFilter:
    """The filter of a request. Raises Invalid for a state or a day that is none."""
    wanted = [one for one in states.split(",") if one]
    if any(one not in set(State) for one in wanted):
        raise Invalid("invalid", field="state", reason="no state of an order")
    for field, day in (("from", from_on), ("until", until_on)):
        if day is not None and not is_day(day):
            raise Invalid("orders.no_such_day", field=field)
    return OrderFilter(
        states=tuple(dict.fromkeys(wanted)),
        customer_id=customer,
        owner_id=owner,
        person_id=person,
        territory_id=territory,
        from_on=from_on or "",
        until_on=until_on or "",
        search=search,
        is_held=held,
    )


FILTERED: Final = {"wanted": Provide(filter_of)}
"""The dependencies of a route that takes a filter."""
Wanted = NamedDependency[OrderFilter]
"""The type of its handler's argument `wanted`."""
