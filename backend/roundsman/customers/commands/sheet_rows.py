"""One customer of a sheet as a command carries it. What becomes of it is in importing.py."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from roundsman.core.geo import LatitudeE7, LongitudeE7
from roundsman.core.ids import Id
from roundsman.core.texts import Line, Name, Remark, Word

LENGTHS: Final = {
    **dict.fromkeys(("code", "short_name", "contact_name", "phone", "mobile", "class_name"), 60),
    **dict.fromkeys(("owner_name", "territory_name", "province", "city"), 60),
    "name": 120,
    "address": 300,
    "remark": 2000,
}
"""Characters each text of a row may have."""


class ImportRow(msgspec.Struct, kw_only=True, frozen=True):
    """One customer of a sheet, as the sheet says it. `row` and `sheet` say where, `customer_id` is its id if it is new;
    an empty text says nothing and erases nothing.
    """

    row: Annotated[int, msgspec.Meta(ge=1)]
    customer_id: Id
    name: Name
    sheet: Line = ""
    code: Word = ""
    short_name: Word = ""
    contact_name: Word = ""
    phone: Word = ""
    mobile: Word = ""
    address: Line = ""
    province: Word = ""
    city: Word = ""
    latitude_e7: LatitudeE7 | None = None
    longitude_e7: LongitudeE7 | None = None
    remark: Remark = ""
    class_name: Word = ""
    owner_name: Word = ""
    territory_name: Word = ""
