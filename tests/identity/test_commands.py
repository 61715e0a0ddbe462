"""Rights as a table, role by command; then what each command does and refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from roundsman.core import db
from roundsman.core.ids import new_id
from tests.cast import NAMES, PASSWORD, Cast
from tests.make.identity import make_session
from tests.phone import assert_stale_equals_fresh

EVERYONE = frozenset(NAMES)
OFFICE = frozenset({"administrator"})
MAY = {
    "identity.add_person": OFFICE,
    "identity.edit_person": OFFICE,
    "identity.set_password": OFFICE,
    "identity.change_password": EVERYONE,
    "identity.deactivate_person": OFFICE,
    "identity.reactivate_person": OFFICE,
    "identity.add_territory": OFFICE,
    "identity.edit_territory": OFFICE,
    "identity.move_territory": OFFICE,
    "identity.assign": OFFICE,
    "identity.unassign": OFFICE,
    "identity.revoke_replica": OFFICE,
    "identity.wipe_replica": OFFICE,
}
SEE_PEOPLE = {"clerk", "manager", "administrator"}


async def args_of(cast: Cast, command: str) -> dict[str, Any]:
    """Arguments the command would accept from somebody who may."""
    person_id, territory_id = cast.people["courier"], cast.territories["south"]
    return {
        "add_person": {
            "person_id": new_id(), "name": "New", "phone": "", "login": new_id()[:13] + "x", "roles": ["rep"]
        },
        "edit_person": {"person_id": person_id, "name": "Other"},
        "set_password": {"person_id": person_id, "password": "another good one"},
        "change_password": {"current": PASSWORD, "new": PASSWORD + " too"},
        "deactivate_person": {"person_id": person_id},
        "reactivate_person": {"person_id": person_id},
        "add_territory": {"territory_id": new_id(), "parent_id": territory_id, "name": "New"},
        "edit_territory": {"territory_id": territory_id, "name": "Other"},
        "move_territory": {"territory_id": territory_id, "parent_id": cast.territories["west"]},
        "assign": {
            "membership_id": new_id(), "person_id": cast.people["rep"], "territory_id": territory_id, "kind": "member"
        },
        "unassign": {"membership_id": cast.memberships["other_rep", "south"]},
        "revoke_replica": {"replica_id": await replica_of(cast, "courier")},
        "wipe_replica": {"replica_id": await replica_of(cast, "courier")},
    }[command.partition(".")[2]]  # fmt: skip


async def replica_of(cast: Cast, name: str) -> str:
    return (await cast.phone(name)).replica


async def test_the_table_names_every_command(stage: Cast) -> None:
    assert set(MAY) == {name for name in stage.registry.commands if name.startswith("identity.")}


@pytest.mark.parametrize("command", sorted(MAY))
async def test_who_may(cast: Cast, command: str) -> None:
    args = await args_of(cast, command)
    for name in sorted(NAMES, key=lambda name: name in MAY[command]):
        answer = await cast.do(name, command, **args)
        if name in MAY[command]:
            assert answer.status_code == 200, f"{name} {command}: {answer.text}"
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), f"{name} {command}"
    answer = await cast.anybody().post(
        f"/api/commands/{command}", json=args, headers={"idempotency-key": new_id()}
    )
    assert answer.status_code == 401


async def test_who_sees_the_list_of_people(cast: Cast) -> None:
    for name in NAMES:
        answer = await (await cast.client(name)).get("/api/identity/people")
        assert answer.status_code == (200 if name in SEE_PEOPLE else 403), name


async def test_the_list_of_people_comes_in_pages_and_is_searched(cast: Cast) -> None:
    clerk = await cast.client("clerk")
    names: list[str] = []
    after = None
    while True:
        params = {"limit": 3, **({"after": after} if after else {})}
        page = (await clerk.get("/api/identity/people", params=params)).json()
        assert len(page["rows"]) <= 3
        names += [row["name"] for row in page["rows"]]
        after = page["next"]
        if after is None:
            break
    assert names == sorted(names, key=str.casefold)
    assert len(names) == len(set(names)) == 8
    assert "hash" not in json.dumps(page)

    async def found(**params: str) -> set[str]:
        return {
            row["name"] for row in (await clerk.get("/api/identity/people", params=params)).json()["rows"]
        }

    assert await found(search="REP") == {"Rep", "Other Rep"}
    assert await found(search="13800000004") | {"Agent"} == {"Agent"} | await found(search="0000004")
    assert await found(search="%") == set()
    assert await found(role="rep") == {"Rep", "Other Rep", "Stranger"}


async def refused(cast: Cast, command: str, **args: Any) -> tuple[int, str]:
    answer = await cast.do("administrator", command, **args)
    return answer.status_code, answer.json()["code"]


async def test_two_people_cannot_share_a_phone_or_a_login(cast: Cast) -> None:
    new = {"name": "New", "roles": ["rep"]}
    assert await refused(
        cast, "identity.add_person", person_id=new_id(), phone="+86 138 0000 0000", **new
    ) == (409, "identity.phone_taken")
    assert await refused(cast, "identity.add_person", person_id=new_id(), login="RÉP".replace("É", "E"), **new) == (
        409, "identity.login_taken",
    )  # fmt: skip
    assert await refused(cast, "identity.add_person", person_id=new_id(), login="13899999999", **new) == (
        422, "identity.login_is_phone",
    )  # fmt: skip
    assert await refused(cast, "identity.add_person", person_id=cast.people["rep"], login="x", **new) == (
        409, "identity.person_exists",
    )  # fmt: skip
    assert await refused(cast, "identity.edit_person", person_id=cast.people["rep"], phone="13800000001") == (
        409,
        "identity.phone_taken",
    )
    await cast.done("administrator", "identity.edit_person", person_id=cast.people["rep"], phone="")
    assert await db.fetch_value("SELECT phone FROM people WHERE id = $1", cast.people["rep"]) is None


async def test_passwords_are_nowhere_in_the_log_of_commands(cast: Cast) -> None:
    await cast.done("rep", "identity.change_password", current=PASSWORD, new="something quite new")
    await cast.done(
        "administrator",
        "identity.set_password",
        person_id=cast.people["agent"],
        password="something else again",
    )
    log = json.dumps(await db.fetch("SELECT name, args, outcome, hash FROM sync_command"))
    for password in (PASSWORD, "something quite new", "something else again"):
        assert password not in log
    people = json.dumps(await db.fetch("SELECT password_hash FROM people"))
    assert "argon2id" in people
    assert PASSWORD not in people


async def test_changing_ones_password_ends_every_other_session(cast: Cast) -> None:
    _, other = await make_session(cast.people["rep"])
    elsewhere = cast.anybody()
    elsewhere.headers["authorization"] = f"Bearer {other}"
    assert (await elsewhere.get("/api/identity/me")).status_code == 200
    wrong = await cast.do("rep", "identity.change_password", current="wrong one", new="something quite new")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "identity.password_wrong")
    assert (await elsewhere.get("/api/identity/me")).status_code == 200
    weak = await cast.do("rep", "identity.change_password", current=PASSWORD, new="rep")
    assert (weak.status_code, weak.json()["code"]) == (422, "identity.password_weak")
    await cast.done("rep", "identity.change_password", current=PASSWORD, new="something quite new")
    assert (await elsewhere.get("/api/identity/me")).status_code == 401
    assert (await (await cast.client("rep")).get("/api/identity/me")).status_code == 200
    for password, status in ((PASSWORD, 403), ("something quite new", 200)):
        answer = await cast.anybody().post(
            "/api/identity/sign_in", json={"login": "rep", "password": password}
        )
        assert answer.status_code == status


async def test_guessing_ones_own_password_gets_slow(cast: Cast) -> None:
    codes = [
        (
            await cast.do("rep", "identity.change_password", current=f"wrong {n}", new="something quite new")
        ).status_code
        for n in range(6)
    ]
    assert codes == [422] * 5 + [503]


async def test_somebody_let_go_is_out_at_once_and_back_as_he_was(cast: Cast) -> None:
    phone = await cast.phone("clerk")
    client = await cast.client("rep")
    await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["rep"])
    assert (await client.get("/api/identity/me")).status_code == 401
    await phone.sync()
    assert phone.rows("people")[cast.people["rep"]]["is_active"] is False
    await assert_stale_equals_fresh(phone)
    await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["rep"])
    await cast.done("administrator", "identity.reactivate_person", person_id=cast.people["rep"])
    assert (await client.get("/api/identity/me")).status_code == 401
    again = await cast.anybody().post("/api/identity/sign_in", json={"login": "rep", "password": PASSWORD})
    assert again.status_code == 200


async def test_the_last_administrator_stays(cast: Cast) -> None:
    me = cast.people["administrator"]
    assert await refused(cast, "identity.deactivate_person", person_id=me) == (
        409,
        "identity.last_administrator",
    )
    assert await refused(cast, "identity.edit_person", person_id=me, roles=["clerk"]) == (
        409, "identity.last_administrator",
    )  # fmt: skip
    await cast.done(
        "administrator",
        "identity.edit_person",
        person_id=cast.people["clerk"],
        roles=["clerk", "administrator"],
    )
    await cast.done("administrator", "identity.edit_person", person_id=me, roles=["clerk"])


async def test_a_territory_never_comes_under_itself(cast: Cast) -> None:
    east, north = cast.territories["east"], cast.territories["north"]
    for parent in (north, east):
        assert await refused(cast, "identity.move_territory", territory_id=east, parent_id=parent) == (
            409,
            "identity.territory_ring",
        )
    await cast.done("administrator", "identity.move_territory", territory_id=east, parent_id=None)
    rows = {row["id"]: row for row in await db.fetch("SELECT id, path, depth, parent_id FROM territories")}
    assert rows[north]["path"] == f"/{east}/{north}/"
    assert (rows[east]["depth"], rows[north]["depth"]) == (0, 1)
    for row in rows.values():
        parent = rows.get(row["parent_id"])
        assert row["path"] == (parent["path"] if parent else "/") + row["id"] + "/"


async def test_assigning_twice_is_assigning_once(cast: Cast) -> None:
    await cast.assign("rep", "north")
    count = await db.fetch_value("SELECT count(*) FROM memberships WHERE person_id = $1", cast.people["rep"])
    assert count == 1


async def test_assignments_that_make_no_sense_are_refused(cast: Cast) -> None:
    async def code(**changed: str) -> str:
        args = {
            "membership_id": new_id(), "person_id": cast.people["rep"],
            "territory_id": cast.territories["south"], "kind": "member", **changed,
        }  # fmt: skip
        return (await refused(cast, "identity.assign", **args))[1]

    assert await code(person_id=new_id()) == "identity.person_unknown"
    assert await code(territory_id=new_id()) == "identity.territory_unknown"
    assert await code(kind="manager") == "identity.not_a_manager"
    assert await code(kind="owner") == "invalid"
    assert await code(membership_id=cast.memberships["rep", "north"]) == "identity.membership_exists"


async def test_a_phone_nobody_knows_cannot_be_ended(cast: Cast) -> None:
    for command in ("identity.revoke_replica", "identity.wipe_replica"):
        assert await refused(cast, command, replica_id=new_id()) == (404, "identity.replica_unknown")
