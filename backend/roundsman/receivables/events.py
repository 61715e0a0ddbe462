"""What receivables announces to higher domains."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CollectionsChanged:
    """Money was received, or taken back."""

    collection_ids: Collection[str]
