"""What visits announces to higher domains."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisitsChanged:
    """Visits were begun."""

    visit_ids: Collection[str]
