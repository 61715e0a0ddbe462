"""What a person holds: buckets now, territories since a moment, and what comes and goes on the phones."""

from __future__ import annotations

import pytest

from roundsman.core import db
from roundsman.core.times import now_ms
from roundsman.identity.queries import buckets_of, held_since, territories_of
from roundsman.identity.rules import is_password_acceptable, months_held, name_key, phone_key
from tests.cast import NAMES, Cast
from tests.make.customers import make_customer
from tests.make.identity import make_membership, make_territory
from tests.phone import assert_stale_equals_fresh

# name → (territories whose customers he sees, territories whose team's work he sees); whoever holds all of them
# holds one bucket that all stand in, however many there are.
ALL = {"all"}
HELD: dict[str, tuple[set[str], set[str]]] = {
    "rep": ({"north"}, set()),
    "other_rep": ({"south"}, set()),
    "manager": ({"east", "north", "south"}, {"east", "north", "south"}),
    "agent": (set(), set()),
    "courier": (set(), set()),
    "clerk": (ALL, set()),
    "administrator": (ALL, ALL),
    "stranger": ({"west"}, set()),
}
MARCH = 1_772_600_000_000


async def test_buckets_as_a_table(cast: Cast) -> None:
    for name in NAMES:
        person = await cast.person(name)
        months = ["202603", "202602", "202601"]
        seen, answered = HELD[name]
        expected = {"org", f"user:{person.id}", *(f"user:{person.id}:{month}" for month in months)}
        if name != "agent":
            expected.add("staff")
        if name not in ("agent", "courier"):
            expected |= {"sales", "sales:levels"}
        ids = {**cast.territories, "all": "all"}
        expected |= {f"terr:{ids[territory]}" for territory in seen}
        for territory in answered:
            expected.add(f"team:{ids[territory]}")
            expected |= {f"team:{ids[territory]}:{month}" for month in months}
        # The memberships of the cast began today.
        async with db.unit_of_work():
            await db.execute("UPDATE memberships SET from_at = 0")
        held = await buckets_of(person, MARCH)
        assert set(held) == expected, name
        assert len(held) == len(set(held)), name


async def test_memberships_count_from_their_first_moment_to_before_their_last(cast: Cast) -> None:
    territory = await make_territory(cast.territories["company"])
    person = await cast.person("rep")
    await make_membership(person.id, territory, from_at=1000, until_at=2000)
    for now, is_held in ((999, False), (1000, True), (1999, True), (2000, False)):
        assert (f"terr:{territory}" in await buckets_of(person, now)) is is_held, now


async def test_a_role_taken_away_takes_its_territories_with_it(cast: Cast) -> None:
    await cast.done(
        "administrator", "identity.edit_person", person_id=cast.people["manager"], roles=["courier"]
    )
    held = await buckets_of(await cast.person("manager"), now_ms())
    assert not [bucket for bucket in held if bucket.startswith(("terr:", "team:"))]


async def test_buckets_cost_one_statement_for_one_territory_and_for_a_hundred(cast: Cast) -> None:
    person = await cast.person("manager")
    counts = []
    real = type(cast.database).read
    statements: list[str] = []

    async def noting(self: object, sql: str, arguments: object) -> object:
        statements.append(sql)
        return await real(self, sql, arguments)  # type: ignore[arg-type]  # handed through

    for _ in range(2):
        type(cast.database).read = noting  # type: ignore[method-assign,assignment]  # put back below
        try:
            statements.clear()
            held = await buckets_of(person, now_ms())
        finally:
            type(cast.database).read = real  # type: ignore[method-assign]  # put back
        counts.append((len(statements), len(held)))
        parent = cast.territories["north"]
        for _ in range(100):
            await make_territory(parent)
    assert counts[0][0] == counts[1][0] == 1
    assert counts[1][1] > counts[0][1] + 300


async def test_a_clerk_who_also_manages_holds_all_customers_once_and_his_teams_each(cast: Cast) -> None:
    await cast.done(
        "administrator", "identity.edit_person", person_id=cast.people["manager"], roles=["clerk", "manager"]
    )
    held = await buckets_of(await cast.person("manager"), now_ms(), months=[])
    assert {bucket for bucket in held if bucket.startswith("terr:")} == {"terr:all"}
    assert {bucket for bucket in held if bucket.startswith("team:")} == {
        f"team:{cast.territories[name]}" for name in ("east", "north", "south")
    }


async def test_territories_seen_are_the_same_by_either_way(cast: Cast) -> None:
    """The office's lists go by territories, phones by buckets."""
    every = set(cast.territories.values())
    for name in NAMES:
        person = await cast.person(name)
        seen, answered = await territories_of(person, now_ms())
        held = set(await buckets_of(person, now_ms(), months=[]))
        assert seen == {id for id in every if {f"terr:{id}", "terr:all"} & held}, name
        assert answered == {id for id in every if {f"team:{id}", "team:all"} & held}, name


async def test_a_new_territorys_rows_reach_those_who_hold_everything(cast: Cast) -> None:
    names = ("administrator", "clerk", "manager", "rep")
    phones = {name: await cast.phone(name) for name in names}
    before = {name: phone.buckets for name, phone in phones.items()}
    territory = cast.territories["new"] = await make_territory(cast.territories["company"])
    customer = await make_customer(cast, "clerk", "new")
    moved = await make_customer(cast)
    for name, phone in phones.items():
        await phone.sync()
        assert phone.buckets == before[name], name
        assert (customer in phone.rows("customers")) == (name in ("administrator", "clerk")), name
        assert moved in phone.rows("customers"), name
    async with db.unit_of_work():
        await db.execute("UPDATE customers SET territory_id = $2 WHERE id = $1", moved, territory)
    for name, phone in phones.items():
        await assert_stale_equals_fresh(phone)
        # The rep owns it wherever it is filed.
        assert (moved in phone.rows("customers")) == (name != "manager"), name


async def test_held_since(cast: Cast) -> None:
    north = cast.territories["north"]
    rep, manager = await cast.person("rep"), await cast.person("manager")
    async with db.unit_of_work():
        await db.execute("UPDATE memberships SET from_at = 1000, until_at = 2000")
    for since, now, is_held in (
        (0, 999, False),
        (0, 1000, True),
        (1500, 3000, True),
        (2000, 3000, True),
        (2001, 3000, False),
    ):
        assert await held_since(rep, north, since, now) is is_held, (since, now)
        assert await held_since(manager, north, since, now) is is_held, (since, now)
    assert not await held_since(rep, cast.territories["south"], 0, 5000)
    assert not await held_since(await cast.person("stranger"), north, 0, 5000)
    assert not await held_since(await cast.person("agent"), north, 0, 5000)
    assert await held_since(await cast.person("clerk"), north, 5000, 5000)
    assert not await held_since(rep, "no such place", 0, 5000)


async def test_people_on_phones_have_a_name_and_nothing_private(cast: Cast) -> None:
    phone = await cast.phone("rep")
    row = phone.rows("people")[cast.people["stranger"]]
    assert row == {"id": cast.people["stranger"], "name": "Stranger", "roles": ["rep"], "is_active": True}
    assert set(phone.rows("people")) == set(cast.people.values())
    agent = await cast.phone("agent")
    assert set(agent.rows("people")) == {cast.people["agent"]}
    assert not agent.rows("territories")


async def test_memberships_are_seen_by_their_person_and_those_who_answer_for_them(cast: Cast) -> None:
    own = cast.memberships["rep", "north"]
    for name in NAMES:
        phone = await cast.phone(name)
        assert (own in phone.rows("memberships")) == (name in ("rep", "manager", "administrator")), name


async def test_what_comes_and_goes_with_a_membership(cast: Cast) -> None:
    phones = {name: await cast.phone(name) for name in ("rep", "manager", "stranger")}
    await cast.assign("rep", "west")
    membership = cast.memberships["rep", "west"]
    for phone in phones.values():
        await phone.sync()
    assert membership in phones["rep"].rows("memberships")
    assert membership not in phones["manager"].rows("memberships")
    assert f"terr:{cast.territories['west']}" in phones["rep"].buckets
    await cast.unassign("rep", "west")
    for phone in phones.values():
        await phone.sync()
        await assert_stale_equals_fresh(phone)
    assert f"terr:{cast.territories['west']}" not in phones["rep"].buckets


async def test_a_moved_territory_changes_who_answers_for_it(cast: Cast) -> None:
    phone = await cast.phone("manager")
    await cast.done(
        "administrator",
        "identity.move_territory",
        territory_id=cast.territories["north"],
        parent_id=cast.territories["west"],
    )
    await phone.sync()
    assert f"team:{cast.territories['north']}" not in phone.buckets
    assert f"team:{cast.territories['south']}" in phone.buckets
    assert phone.rows("territories")[cast.territories["north"]]["parent_id"] == cast.territories["west"]
    await assert_stale_equals_fresh(phone)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("138 0000 0000", "13800000000"),
        ("+8613800000000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("0571-8888 7777", "057188887777"),
        ("8602150108810", "02150108810"),
        ("+44 20 7946 0000", "442079460000"),
        ("１３８００００００００", "13800000000"),
        ("wang138", ""),
        ("12", ""),
        ("", ""),
    ],
)
def test_phone_numbers_are_compared_by_their_digits(text: str, digits: str) -> None:
    assert phone_key(text) == digits


def test_names_are_compared_without_case_width_and_space() -> None:
    assert name_key(" Ｗａｎｇ  Fang ") == "wangfang"
    assert name_key("王　芳") == name_key("王芳")


def test_months_held_go_back_over_the_year() -> None:
    assert months_held("202601") == ["202601", "202512", "202511"]


@pytest.mark.parametrize(
    ("password", "is_good"),
    [("1234567", False), ("aaaaaaaa", False), ("abababab", False), ("Wang Fang", False), ("wangfang", False),
     ("13800000000", False), ("a few words", True), ("x" * 300, False), ("一二三四五六七八", True)],
)  # fmt: skip
def test_which_passwords_are_taken(password: str, is_good: bool) -> None:
    assert is_password_acceptable(password, ("Wang Fang", "13800000000", None)) is is_good
