"""GET /api/customers: it finds, it pages, and strangers see nothing."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.make.customers import make_customer


async def listed(cast: Cast, who: str, **questions: Any) -> list[str]:
    """The names somebody is given, in order, over all pages."""
    client = await cast.client(who)
    names: list[str] = []
    while True:
        answer = await client.get("/api/customers", params=questions)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        names += [row["name"] for row in page["rows"]]
        if page["next"] is None:
            return names
        questions["after"] = page["next"]


async def test_list_customers_finds_by_every_part_of_it(cast: Cast) -> None:
    await make_customer(
        cast, name="汇暻生活广场店", code="SH-7", phone="+86 138-0013-8000", short_name="汇暻"
    )
    await make_customer(cast, name="嘉杰广场店")
    for search in ("生活", "hjshgcd", "huijing", "sh-7", "13800138", "汇暻 广场", "ＳＨ－７"):
        assert await listed(cast, "rep", search=search) == ["汇暻生活广场店"], search
    assert await listed(cast, "rep", search="广场") == sorted(["汇暻生活广场店", "嘉杰广场店"])
    for search in ("100%", "_", "\\", "没有"):
        assert await listed(cast, "rep", search=search) == [], search


async def test_list_customers_pages_without_gap_or_double(cast: Cast) -> None:
    for number in range(7):
        # Equal names make the id decide, which a cursor of the name alone would lose.
        await make_customer(cast, name=f"店{number // 2}")
    assert await listed(cast, "rep", limit=2) == ["店0", "店0", "店1", "店1", "店2", "店2", "店3"]


async def test_list_customers_shows_each_his_own(cast: Cast) -> None:
    await make_customer(cast, name="north")
    await make_customer(cast, who="other_rep", where="south", name="south")
    await make_customer(cast, who="stranger", where="west", name="west")
    seen = {
        who: await listed(cast, who)
        for who in ("rep", "other_rep", "manager", "stranger", "clerk", "administrator")
    }
    assert seen == {
        "rep": ["north"],
        "other_rep": ["south"],
        "manager": ["north", "south"],
        "stranger": ["west"],
        "clerk": ["north", "south", "west"],
        "administrator": ["north", "south", "west"],
    }
    for who in ("agent", "courier"):
        answer = await (await cast.client(who)).get("/api/customers")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), who
    assert (await cast.anybody().get("/api/customers")).status_code == 401


async def test_list_customers_never_widens_by_asking(cast: Cast) -> None:
    await make_customer(cast, name="north")
    north = cast.territories["north"]
    assert await listed(cast, "rep", territory=north) == ["north"]
    assert await listed(cast, "stranger", territory=north) == []
    assert await listed(cast, "stranger", owner=cast.people["rep"]) == []
    assert await listed(cast, "manager", owner=cast.people["rep"]) == ["north"]
    assert await listed(cast, "manager", owner=cast.people["other_rep"]) == []


async def test_list_customers_keeps_those_put_away_apart(cast: Cast) -> None:
    customer_id = await make_customer(cast, name="gone")
    await make_customer(cast, name="here")
    await cast.done("manager", "customers.archive", customer_id=customer_id)
    assert await listed(cast, "rep") == ["here"]
    assert await listed(cast, "rep", is_active=False) == ["gone"]


async def test_list_customers_refuses_a_cursor_of_another_list(cast: Cast) -> None:
    answer = await (await cast.client("rep")).get("/api/customers", params={"after": "WzFd"})
    assert (answer.status_code, answer.json()["details"]["field"]) == (422, "after")
