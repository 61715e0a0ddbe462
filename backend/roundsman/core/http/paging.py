"""Keyset paging: a list answers some rows and an opaque cursor for the ones after. No page numbers, no
totals.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Generic, TypeVar

import msgspec
from litestar.params import QueryParameter

from roundsman.core.errors import Invalid

DEFAULT_LIMIT: Final = 50
LARGEST_LIMIT: Final = 500
_LONGEST_CURSOR: Final = 1024

Row = TypeVar("Row")

After = Annotated[str | None, QueryParameter(name="after", description="`next` of the page before")]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=LARGEST_LIMIT, description="rows at most")]


class Page(msgspec.Struct, Generic[Row]):
    """Some rows and the cursor of the page after them; `next` is null on the last page."""

    rows: list[Row]
    next: str | None = None


def write_cursor(*values: str | int | None) -> str:
    """The cursor for a place in a list: the sort key of the last row shown. It hides nothing and is not
    signed.
    """
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).rstrip(b"=").decode()


def read_cursor(after: str | None, *types: Any) -> tuple[Any, ...] | None:
    """The sort key in a cursor, checked against the types it must have; None for the first page.

    `read_cursor(after, str, int)`. Raises Invalid("invalid", field="after") for anything else.
    """
    if not after:
        return None
    try:
        if len(after) > _LONGEST_CURSOR:
            raise ValueError("too long")
        text = base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True)
        values: tuple[Any, ...] = msgspec.json.decode(text, type=tuple.__class_getitem__(types))
    except (binascii.Error, ValueError, UnicodeError) as error:
        raise Invalid("invalid", field="after", reason="no cursor of this list") from error
    return values


def page_of(rows: Sequence[Row], limit: int, key: Callable[[Row], tuple[str | int | None, ...]]) -> Page[Row]:
    """The page for rows read with `LIMIT limit + 1`: the surplus row only says that there is more."""
    if len(rows) <= limit:
        return Page(rows=list(rows))
    shown = list(rows[:limit])
    return Page(rows=shown, next=write_cursor(*key(shown[-1])))
