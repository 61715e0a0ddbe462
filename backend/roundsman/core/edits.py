"""Merging what somebody edited into what others wrote meanwhile, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Merge:
    """`changed` is what to write; `conflicts` the fields somebody else changed since the person's copy."""

    changed: dict[str, Any]
    conflicts: tuple[str, ...]


def merge_fields(current: Mapping[str, Any], changes: Mapping[str, tuple[Any, Any]]) -> Merge:
    """Merge `{field: (base, new)}` into the present values.

    A field nobody else touched takes the new value. One that somebody else changed takes it too, being the later
    decision of a person who looked at the thing, but is named as a conflict so that nothing is overwritten silently.
    """
    changed = {field: new for field, (_, new) in changes.items() if current[field] != new}
    conflicts = tuple(
        field for field, (base, _) in changes.items() if field in changed and current[field] != base
    )
    return Merge(changed, conflicts)
