"""visits.set_holidays: the days off of a year, on everybody's phone."""

from __future__ import annotations

from tests.cast import Cast
from tests.phone import assert_stale_equals_fresh


async def test_set_holidays_replaces_one_year_and_leaves_the_others(cast: Cast) -> None:
    phone, agent = await cast.phone("rep"), await cast.phone("agent")
    for year, days in ((2026, ["2026-01-01", "2026-10-01"]), (2027, ["2027-01-01"])):
        holidays = [{"day_on": day, "name": "节"} for day in days]
        await cast.done("clerk", "visits.set_holidays", year=year, holidays=holidays)
    await phone.sync()
    assert set(phone.rows("holidays")) == {"2026-01-01", "2026-10-01", "2027-01-01"}
    await cast.done(
        "administrator",
        "visits.set_holidays",
        year=2026,
        holidays=[{"day_on": "2026-10-01", "name": "国庆节"}],
    )
    await phone.sync()
    await agent.sync()
    assert {day: row["name"] for day, row in phone.rows("holidays").items()} == {
        "2026-10-01": "国庆节",
        "2027-01-01": "节",
    }
    assert agent.rows("holidays") == phone.rows("holidays")
    await assert_stale_equals_fresh(phone)


async def test_set_holidays_refuses_days_that_are_none_and_those_who_may_not(cast: Cast) -> None:
    for day, code in (
        ("2026-02-29", "visits.no_such_day"),
        ("2027-01-01", "visits.no_such_day"),
        ("x", "invalid"),
    ):
        answer = await cast.do(
            "clerk", "visits.set_holidays", year=2026, holidays=[{"day_on": day, "name": "节"}]
        )
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    for who in ("rep", "agent", "courier", "manager"):
        assert (await cast.do(who, "visits.set_holidays", year=2026, holidays=[])).status_code == 403, who
