"""Signing in and the first run: the two writes nobody is signed in for."""

import json
from typing import Annotated

import msgspec

from roundsman.core import db
from roundsman.core.context import Person
from roundsman.core.errors import Conflict, Forbidden
from roundsman.core.ids import Id, new_id
from roundsman.identity import sessions
from roundsman.identity.commands import insert_person, insert_territory
from roundsman.identity.commands.people import AddPerson, Name
from roundsman.identity.commands.territories import AddTerritory, TerritoryName
from roundsman.identity.passwords import verify_password
from roundsman.identity.rules import name_key, phone_key
from roundsman.identity.throttle import address_throttle, charge, login_throttle, refund

Typed = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
TypedPassword = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]

# Any constant that nothing else locks.
_FIRST_RUN_LOCK = 7_361_002


class Device(msgspec.Struct, kw_only=True):
    """What signs in, as it calls itself."""

    ua: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class SignIn(msgspec.Struct, kw_only=True):
    """`login` is a phone number, a login name or a name only one person has."""

    login: Typed
    password: TypedPassword
    replica_id: Id | None = None
    device: Device = msgspec.field(default_factory=Device)


class FirstRun(msgspec.Struct, kw_only=True):
    """The company's name becomes the root of the territories, the person its administrator."""

    company: TerritoryName
    name: Name
    login: Annotated[str, msgspec.Meta(max_length=80)]
    password: TypedPassword


class SignedIn(msgspec.Struct, kw_only=True):
    """A person and the token just made for him."""

    person: Person
    token: str


async def sign_in(asked: SignIn, now: int, *, address: str, old_token: str | None) -> SignedIn:
    """Check a password and begin a session; the session of `old_token` ends.

    An unknown login, a wrong password, a person let go and a name two people have cost the same work and
    give the same answer, Forbidden("identity.sign_in_refused"). Raises Busy("identity.too_many_attempts").
    """
    phone, name = phone_key(asked.login), name_key(asked.login)
    throttles = [login_throttle(phone or name), address_throttle(address)]
    await charge(throttles, now)
    row = await _find(phone, name)
    matches, renewed = await verify_password(asked.password, row["password_hash"] if row else None)
    if row is None or not matches or not row["is_active"]:
        raise Forbidden("identity.sign_in_refused")
    async with db.unit_of_work():
        await refund(throttles)
        if renewed is not None:
            await db.execute(
                "UPDATE people SET password_hash = $2 WHERE id = $1 AND password_hash = $3",
                row["id"],
                renewed,
                row["password_hash"],
            )
        if old_token is not None:
            await sessions.end_token(old_token, now)
        _, token = await sessions.start_session(
            row["id"], now, replica_id=asked.replica_id, address=address, agent=asked.device.ua
        )
    return SignedIn(person=_person(row), token=token)


async def is_first_run() -> bool:
    """Whether there is nobody yet."""
    return await db.fetch_value("SELECT 1 FROM people LIMIT 1") is None


async def first_run(asked: FirstRun, now: int, *, address: str, agent: str) -> SignedIn:
    """Make the first administrator and the root territory, and sign him in.

    Raises Conflict("identity.first_run_over") as soon as there is anybody.
    """
    # Asked before as well, so that a stranger cannot keep the hashing threads busy later on.
    if not await is_first_run():
        raise Conflict("identity.first_run_over")
    async with db.unit_of_work():
        if db.current().dialect == "postgres":
            await db.fetch("SELECT 1 FROM pg_advisory_xact_lock($1)", _FIRST_RUN_LOCK)
        if not await is_first_run():
            raise Conflict("identity.first_run_over")
        phone = phone_key(asked.login)
        person_id = new_id(now)
        await insert_person(
            AddPerson(
                person_id=person_id,
                name=asked.name,
                phone=asked.login if phone else "",
                login="" if phone else asked.login,
                password=asked.password,
                roles=["administrator"],
            ),
            now,
        )
        await insert_territory(AddTerritory(territory_id=new_id(now), name=asked.company), now)
        _, token = await sessions.start_session(person_id, now, address=address, agent=agent)
        row = await _by_id(person_id)
    return SignedIn(person=_person(row), token=token)


async def _find(phone: str, name: str) -> db.Row | None:
    """The person a typed login means: by login, else by phone, else by a name nobody shares."""
    rows = await db.fetch(
        """
        SELECT id, name, roles, is_active, password_hash,
               CASE WHEN login = $2 THEN 0 WHEN phone = $1 THEN 1 ELSE 2 END AS rank
        FROM people WHERE phone = $1 OR login = $2 OR (name_key = $2 AND is_active)
        ORDER BY rank, id LIMIT 3
        """,
        phone or None,
        name,
    )
    if not rows or (rows[0]["rank"] == 2 and len(rows) > 1):
        return None
    return rows[0]


async def _by_id(person_id: str) -> db.Row:
    row = await db.fetch_one("SELECT id, name, roles FROM people WHERE id = $1", person_id)
    assert row is not None
    return row


def _person(row: db.Row) -> Person:
    return Person(
        id=row["id"],
        name=row["name"],
        roles=frozenset(json.loads(row["roles"])),
        permissions=frozenset(),
    )
