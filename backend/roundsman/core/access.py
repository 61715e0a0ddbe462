"""The roles people hold and what follows from them. Which permission goes to which role is said by each
domain.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

ROLES: Final = ("rep", "agent", "courier", "clerk", "manager", "administrator")
STAFF: Final = ("rep", "courier", "clerk", "manager", "administrator")
SALES: Final = ("rep", "clerk", "manager", "administrator")
"""Who sells or keeps what is sold: they hold every price level."""
EVERYONE: Final = ROLES


def permissions_for(roles: Iterable[str], holders: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The permissions of somebody with these roles, given which roles hold each permission."""
    mine = frozenset(roles)
    return frozenset(permission for permission, holding in holders.items() if not mine.isdisjoint(holding))
