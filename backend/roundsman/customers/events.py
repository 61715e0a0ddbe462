"""What customers announce to higher domains."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CustomerAssigned:
    """A customer went to another owner or territory."""

    customer_id: str
    territory_id: str
    owner_id: str | None
    former_owner_id: str | None


@dataclass(frozen=True, slots=True)
class PinDecided:
    """A manager answered an asked correction of a pin."""

    pin_id: str
    customer_id: str
    person_id: str | None
    is_approved: bool


@dataclass(frozen=True, slots=True)
class CustomerLevelSet:
    """A customer pays by another price level from now on; None: by the list prices."""

    customer_id: str
    price_level_id: str | None


@dataclass(frozen=True, slots=True)
class CustomersChanged:
    """Customers came, were put away, or were brought back."""

    customer_ids: Collection[str]
