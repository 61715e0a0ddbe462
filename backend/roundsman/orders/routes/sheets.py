"""A sheet with one order for each of many recipients, read and priced for whoever orders. It writes nothing: the orders
are placed by the same command as any other, under the ids that stand here.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, get, post
from litestar.params import QueryParameter
from litestar.response import Stream

from roundsman.core.http import RequestCtx
from roundsman.core.ids import PATTERN
from roundsman.core.sheets import (
    MEDIA_TYPE,
    Cell,
    Heading,
    RowNote,
    chunks_of,
    disposition_of,
    read_sheets,
    written_sheet,
)
from roundsman.core.times import day_on
from roundsman.orders.commands.content import buyer_of
from roundsman.orders.commands.shapes import Recipient
from roundsman.orders.queries import get_customer_to_order_for
from roundsman.orders.recipient_sheets import Preview, parcels_in, preview_parcels
from roundsman.orders.routes.export import Language

SIZE_MAX: Final = 4 * 1024 * 1024
"""Bytes of such a file: fifty times what its most rows need."""

# One file at a time in each worker: opening one may take a processor and a lot of memory.
_reader: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sheet")


class SheetLine(msgspec.Struct, kw_only=True):
    """A line as it would be ordered. `price_e4` is 1/10000 yuan per unit, `amount` fen."""

    line_id: str
    variant_id: str
    name: str
    code: str
    unit: str
    quantity_e3: int
    price_e4: int
    list_id: str | None
    amount: int


class SheetOrder(msgspec.Struct, kw_only=True):
    """The order of one recipient, which begins in `row`. With `faults` it cannot be placed; `doubts` are codes of what
    should be looked at. `is_placed` says that it was placed from this sheet before, as `number`; `cancelled` is the
    number of one that was and has been called off since, `alike` that of another order lately for the same recipient
    with the same goods.
    """

    order_id: str
    sheet: str
    row: int
    recipient: Recipient
    note: str
    lines: list[SheetLine]
    goods_amount: int
    faults: list[RowNote]
    doubts: list[str]
    is_placed: bool
    number: str
    cancelled: str
    alike: str


class SheetOrders(msgspec.Struct, kw_only=True):
    """What a sheet asks for, by the prices of the day `priced_on`."""

    priced_on: str
    orders: list[SheetOrder]


@post("/api/orders/sheets", status_code=200, tags=["orders"], request_max_body_size=SIZE_MAX)
async def post_sheet(
    request: Request[Any, Any, Any],
    ctx: RequestCtx,
    customer: Annotated[
        str, QueryParameter(name="customer", pattern=PATTERN, description="who orders and pays")
    ],
    name: Annotated[str, QueryParameter(name="name", max_length=200, description="of the file")] = "",
) -> SheetOrders:
    """One order for each recipient of a sheet (xlsx, xls or CSV, the body), as a preview: nothing is placed by this."""
    ctx.require("orders.place")
    buyer = buyer_of(await get_customer_to_order_for(ctx, customer))
    content = await request.body()
    sheets = await asyncio.get_running_loop().run_in_executor(_reader, read_sheets, content, name)
    parcels = parcels_in(sheets)
    previews = await preview_parcels(parcels, hashlib.sha256(content).hexdigest(), buyer, ctx.now)
    return SheetOrders(priced_on=day_on(ctx.now), orders=[_order(one) for one in previews])


_TEMPLATE: Final[Mapping[str, tuple[str, ...]]] = {
    "zh-CN": (
        "订单编号",
        "收件人",
        "手机",
        "收货地址",
        "商品编码",
        "商品名称",
        "规格",
        "单位",
        "数量",
        "备注",
    ),
    "en": (
        *("Order no", "Recipient", "Mobile", "Address", "Product code", "Product name", "Spec", "Unit"),
        *("Quantity", "Note"),
    ),
}
"""Headings that parcels_in understands, in the order people fill them in."""
_TITLE: Final = {"zh-CN": "表格下单", "en": "Order sheet"}
_WIDE: Final = {3: 40, 5: 24}


@get("/api/orders/sheets/template", tags=["orders"], media_type=MEDIA_TYPE)
async def get_sheet_template(ctx: RequestCtx, language: Language = "zh-CN") -> Stream:
    """An empty sheet with the headings that are understood, to be filled in and sent to `/api/orders/sheets`."""
    ctx.require("orders.place")
    headings = [Heading(title, "text", _WIDE.get(at, 14)) for at, title in enumerate(_TEMPLATE[language])]

    async def file() -> AsyncIterator[bytes]:
        async with written_sheet(_TITLE[language], headings, _nothing()) as path:
            async for chunk in chunks_of(path):
                yield chunk

    headers = {"Content-Disposition": disposition_of(f"{_TITLE[language]}.xlsx"), "Cache-Control": "no-store"}
    return Stream(file(), media_type=MEDIA_TYPE, headers=headers)


async def _nothing() -> AsyncIterator[list[list[Cell]]]:
    yield []


def _order(preview: Preview) -> SheetOrder:
    parcel = preview.parcel
    lines = [
        SheetLine(
            line_id=line.line_id,
            variant_id=line.variant_id,
            name=line.name,
            code=line.code,
            unit=line.unit,
            quantity_e3=line.quantity_e3,
            price_e4=line.priced.price_e4,
            list_id=line.priced.list_id,
            amount=line.priced.amount,
        )
        for line in preview.lines
    ]
    return SheetOrder(
        order_id=preview.order_id,
        sheet=parcel.sheet,
        row=parcel.row,
        recipient=parcel.recipient,
        note="；".join(parcel.notes)[:2000],
        lines=lines,
        goods_amount=preview.goods_amount,
        faults=sorted(parcel.faults, key=lambda fault: fault.row),
        doubts=parcel.doubts,
        is_placed=preview.is_placed,
        number=preview.number,
        cancelled=preview.cancelled,
        alike=preview.alike,
    )
