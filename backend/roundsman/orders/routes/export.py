"""The list of orders as a file a desk opens in its spreadsheet program: any filter, a hundred thousand rows, in memory
that does not grow with them.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any, Final

from litestar import get
from litestar.params import QueryParameter
from litestar.response import Stream

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.http import RequestCtx
from roundsman.core.sheets import MEDIA_TYPE, Cell, Heading, chunks_of, disposition_of, written_sheet
from roundsman.core.times import day_on
from roundsman.orders.queries import OrderFilter, orders_seen_by
from roundsman.orders.routes.filters import FILTERED, Wanted
from roundsman.orders.rules import profit

ROWS_AT_ONCE: Final = 1000

Language = Annotated[
    str, QueryParameter(name="language", pattern="^(zh-CN|en)$", description="of the headings")
]

_TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "zh-CN": {
        "sheet": "订单",
        "number": "单号",
        "day_on": "下单日期",
        "customer_name": "客户",
        "state": "状态",
        "owner_name": "业务员",
        "person_name": "下单人",
        "line_count": "行数",
        "goods_amount": "商品金额",
        "expense_amount": "费用",
        "total_amount": "合计",
        "returned_amount": "退货金额",
        "cost_amount": "成本",
        "profit": "利润",
        "name": "收货人",
        "mobile": "手机",
        "address": "收货地址",
        "delivery_method": "配送方式",
        "wanted_on": "要货日期",
        "note": "备注",
    },
    "en": {
        "sheet": "Orders",
        "number": "Number",
        "day_on": "Placed on",
        "customer_name": "Customer",
        "state": "State",
        "owner_name": "Rep",
        "person_name": "Placed by",
        "line_count": "Lines",
        "goods_amount": "Goods",
        "expense_amount": "Expenses",
        "total_amount": "Total",
        "returned_amount": "Returned",
        "cost_amount": "Cost",
        "profit": "Profit",
        "name": "Recipient",
        "mobile": "Mobile",
        "address": "Address",
        "delivery_method": "Delivery",
        "wanted_on": "Wanted on",
        "note": "Note",
    },
}
_STATES: Final[Mapping[str, Mapping[str, str]]] = {
    "zh-CN": {
        "draft": "草稿",
        "submitted": "待审核",
        "reviewed": "已审核",
        "awaiting_purchase": "待采购",
        "allocated": "已配货",
        "packed": "已打包",
        "shipped": "已发货",
        "signed": "已签收",
        "closed": "已完成",
        "cancelled": "已取消",
        "returned": "已退货",
    },
    "en": {
        "draft": "Draft",
        "submitted": "To review",
        "reviewed": "Reviewed",
        "awaiting_purchase": "Awaiting purchase",
        "allocated": "Allocated",
        "packed": "Packed",
        "shipped": "Shipped",
        "signed": "Signed",
        "closed": "Closed",
        "cancelled": "Cancelled",
        "returned": "Returned",
    },
}
_WIDTHS: Final = {"customer_name": 24, "address": 40, "note": 30, "number": 16}
_MONEY: Final = (
    *("goods_amount", "expense_amount", "total_amount", "returned_amount"),
    *("cost_amount", "profit"),
)
_COSTS: Final = ("cost_amount", "profit")
_COLUMNS: Final = (
    *("number", "day_on", "customer_name", "state", "owner_name", "person_name", "line_count"),
    *_MONEY,
    *("name", "mobile", "address", "delivery_method", "wanted_on", "note"),
)


@get("/api/orders/export", tags=["orders"], dependencies=FILTERED, media_type=MEDIA_TYPE)
async def get_export(ctx: RequestCtx, wanted: Wanted, language: Language = "zh-CN") -> Stream:
    """The orders of a filter as an xlsx file, newest first; costs and profits only for who may see them."""
    ctx.require("orders.see")
    titles = _TITLES[language]
    columns = [name for name in _COLUMNS if name not in _COSTS or ctx.person.may("orders.see_costs")]
    headings = [
        Heading(
            titles[name],
            "money" if name in _MONEY else "number" if name == "line_count" else "text",
            _WIDTHS.get(name, 12),
        )
        for name in columns
    ]

    async def file() -> AsyncIterator[bytes]:
        # A stream is read outside the handler, where no database is in use any more.
        with db.use(database):
            pages = _pages(ctx, wanted, columns, _STATES[language])
            async with written_sheet(titles["sheet"], headings, pages) as path:
                async for chunk in chunks_of(path):
                    yield chunk

    database = db.current()
    filename = f"{titles['sheet']}-{day_on(ctx.now)}.xlsx"
    headers = {"Content-Disposition": disposition_of(filename), "Cache-Control": "no-store"}
    return Stream(file(), media_type=MEDIA_TYPE, headers=headers)


async def _pages(
    ctx: Ctx, wanted: OrderFilter, columns: list[str], states: Mapping[str, str]
) -> AsyncIterator[list[list[Cell]]]:
    after: tuple[int, str] | None = None
    while rows := await orders_seen_by(ctx.person, ctx.now, wanted, after=after, limit=ROWS_AT_ONCE):
        yield [_cells(row, columns, states) for row in rows]
        after = rows[-1]["placed_at"], rows[-1]["id"]
        if len(rows) < ROWS_AT_ONCE:
            return


def _cells(row: db.Row, columns: list[str], states: Mapping[str, str]) -> list[Cell]:
    to = json.loads(row["recipient"])
    cost, back = row["cost_amount"], row["returned_cost_amount"]
    shown: dict[str, Any] = {
        **row,
        "state": states[row["state"]],
        "cost_amount": cost - back,
        "profit": profit(row["goods_amount"], cost, row["returned_amount"], back),
        "name": to["name"],
        "mobile": to["mobile"],
        "address": "".join(to[part] for part in ("province", "city", "county", "street")),
    }
    return [shown[name] for name in columns]
