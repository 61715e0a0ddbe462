"""People: added, changed, given a password, let go. Signing in is in sign_in.py."""

import json
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Busy, Conflict, Invalid, NotFound
from roundsman.core.ids import Id
from roundsman.identity import sessions
from roundsman.identity.passwords import hash_password, verify_password
from roundsman.identity.rules import Role, delay_after, is_password_acceptable, login_key, name_key, phone_key

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Phone = Annotated[str, msgspec.Meta(max_length=40)]
Login = Annotated[str, msgspec.Meta(max_length=80)]
Password = Annotated[str, msgspec.Meta(max_length=1024)]
Roles = Annotated[list[Role], msgspec.Meta(min_length=1, max_length=6)]

# Wrong tries of one's own password by somebody already signed in. Counting them in the database would roll
# back with the refusal, so each worker counts for itself.
_own_failures: dict[str, tuple[int, int]] = {}


def forget_own_failures() -> None:
    """Begin counting anew, as a fresh process does."""
    _own_failures.clear()


class AddPerson(Payload, kw_only=True, frozen=True):
    """Somebody new. Without a password he cannot sign in yet."""

    person_id: Id
    name: Name
    phone: Phone = ""
    login: Login = ""
    password: Password | None = None
    roles: Roles


class EditPerson(Payload, kw_only=True, frozen=True):
    """What is not sent stays as it is; an empty phone or login is taken away."""

    person_id: Id
    name: Name | UnsetType = UNSET
    phone: Phone | UnsetType = UNSET
    login: Login | UnsetType = UNSET
    roles: Roles | UnsetType = UNSET


class SetPassword(Payload, kw_only=True, frozen=True):
    """A new password given by the office."""

    person_id: Id
    password: Password


class ChangePassword(Payload, kw_only=True, frozen=True):
    """One's own password; the present one proves that it is the owner who asks."""

    current: Password
    new: Password


class DeactivatePerson(Payload, kw_only=True, frozen=True):
    """Somebody who left or must be kept out."""

    person_id: Id


class ReactivatePerson(Payload, kw_only=True, frozen=True):
    """Somebody who came back."""

    person_id: Id


@command("identity.add_person", permission="identity.keep_people", is_secret=True)
async def add_person(ctx: Ctx, cmd: AddPerson) -> None:
    """Add a person. Refuses a phone or login somebody else has."""
    await insert_person(cmd, ctx.now)


async def insert_person(cmd: AddPerson, now: int, *, password_hash: str | None = None) -> None:
    """Add a person inside the open unit of work, with his password or with the hash `hash_acceptable` made of it.

    Raises Invalid and Conflict with codes of identity.
    """
    name, phone, login = _name(cmd.name), _phone(cmd.phone), _login(cmd.login)
    hashed = password_hash
    if cmd.password is not None:
        hashed = await hash_acceptable(cmd.password, name, phone, login)
    if await db.fetch_value("SELECT 1 FROM people WHERE id = $1", cmd.person_id):
        raise Conflict("identity.person_exists", person_id=cmd.person_id)
    await _write(
        cmd.person_id,
        phone,
        login,
        """
        INSERT INTO people (id, name, name_key, phone, login, password_hash, roles, is_active, created_at,
                            changed_at)
        VALUES ($1, $4, $5, $2, $3, $6, $7, $8, $9, $9)
        """,
        name,
        name_key(name),
        hashed,
        _roles(cmd.roles),
        True,
        now,
    )


@command("identity.edit_person", permission="identity.keep_people")
async def edit_person(ctx: Ctx, cmd: EditPerson) -> None:
    """Change a person's name, phone, login or roles. Refuses to leave nobody an administrator."""
    person = await _locked(cmd.person_id)
    name = person["name"] if cmd.name is UNSET else _name(cmd.name)
    phone = person["phone"] if cmd.phone is UNSET else _phone(cmd.phone)
    login = person["login"] if cmd.login is UNSET else _login(cmd.login)
    roles = person["roles"] if cmd.roles is UNSET else _roles(cmd.roles)
    if "administrator" not in json.loads(roles):
        await _another_administrator(cmd.person_id)
    await _write(
        cmd.person_id,
        phone,
        login,
        """
        UPDATE people SET name = $4, name_key = $5, phone = $2, login = $3, roles = $6, changed_at = $7
        WHERE id = $1
        """,
        name,
        name_key(name),
        roles,
        ctx.now,
    )


@command("identity.set_password", permission="identity.keep_people", is_secret=True)
async def set_password(ctx: Ctx, cmd: SetPassword) -> None:
    """Give a person a new password; everywhere he is signed in, he is no longer."""
    await give_password(cmd, ctx.now, keep=ctx.session_id)


async def give_password(cmd: SetPassword, now: int, *, keep: str | None = None) -> None:
    """Give a person a new password inside the open unit of work; his sessions end but the one to `keep`."""
    person = await _locked(cmd.person_id)
    _acceptable(cmd.password, person["name"], person["phone"], person["login"])
    await _keep_password(cmd.person_id, cmd.password, now)
    await sessions.end_sessions_of(cmd.person_id, now, keep=keep)


@command("identity.change_password", permission=None, is_secret=True)
async def change_password(ctx: Ctx, cmd: ChangePassword) -> None:
    """Change one's own password; every other session ends. Refuses when the present one is wrong."""
    person = await _locked(ctx.person.id)
    count, blocked_until = _own_failures.get(ctx.person.id, (0, 0))
    if ctx.now < blocked_until:
        raise Busy("identity.too_many_attempts", retry_after=-(-(blocked_until - ctx.now) // 1000))
    matches, _ = await verify_password(cmd.current, person["password_hash"])
    if not matches:
        _own_failures[ctx.person.id] = (count + 1, ctx.now + delay_after("login", count + 1))
        raise Invalid("identity.password_wrong")
    _own_failures.pop(ctx.person.id, None)
    _acceptable(cmd.new, person["name"], person["phone"], person["login"])
    await _keep_password(ctx.person.id, cmd.new, ctx.now)
    await sessions.end_sessions_of(ctx.person.id, ctx.now, keep=ctx.session_id)


@command("identity.deactivate_person", permission="identity.keep_people")
async def deactivate_person(ctx: Ctx, cmd: DeactivatePerson) -> None:
    """Let a person go: signed out, and his phones only hand in what lies on them, into quarantine."""
    person = await _locked(cmd.person_id)
    if not person["is_active"]:
        return
    await _another_administrator(cmd.person_id)
    await db.execute(
        "UPDATE people SET is_active = $2, changed_at = $3 WHERE id = $1", cmd.person_id, False, ctx.now
    )
    await sessions.end_desk_sessions_of(cmd.person_id, ctx.now)


@command("identity.reactivate_person", permission="identity.keep_people")
async def reactivate_person(ctx: Ctx, cmd: ReactivatePerson) -> None:
    """Take a person back as he was. His phones go on; elsewhere he signs in anew."""
    await _locked(cmd.person_id)
    await db.execute(
        "UPDATE people SET is_active = $2, changed_at = $3 WHERE id = $1 AND NOT is_active",
        cmd.person_id,
        True,
        ctx.now,
    )


async def _locked(person_id: str) -> db.Row:
    row = await db.fetch_one(
        f"""
        SELECT id, name, phone, login, password_hash, roles, is_active FROM people
        WHERE id = $1{db.for_update()}
        """,
        person_id,
    )
    if row is None:
        raise NotFound("identity.person_unknown", person_id=person_id)
    return row


async def _another_administrator(person_id: str) -> None:
    """Raise Conflict when this person is the last active administrator."""
    rows = await db.fetch(
        f"""
        SELECT id FROM people WHERE is_active AND CAST(roles AS text) LIKE '%"administrator"%'
        ORDER BY id{db.for_update()}
        """
    )
    if [row["id"] for row in rows] == [person_id]:
        raise Conflict("identity.last_administrator")


async def _write(person_id: str, phone: str | None, login: str | None, sql: str, *rest: object) -> None:
    try:
        async with db.savepoint():
            await db.execute(sql, person_id, phone, login, *rest)
    except Exception as error:
        if not db.is_unique_violation(error):
            raise
        holder = await db.fetch_one("SELECT id FROM people WHERE phone = $1 AND id <> $2", phone, person_id)
        code = "identity.login_taken" if holder is None else "identity.phone_taken"
        raise Conflict(code) from error


async def _keep_password(person_id: str, password: str, now: int) -> None:
    hashed = await hash_password(password)
    await db.execute(
        "UPDATE people SET password_hash = $2, changed_at = $3 WHERE id = $1", person_id, hashed, now
    )


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise Invalid("identity.name_missing")
    return name


def _phone(text: str) -> str | None:
    if not text.strip():
        return None
    phone = phone_key(text)
    if not phone:
        raise Invalid("identity.phone_unreadable")
    return phone


def _login(text: str) -> str | None:
    """A login that reads as a phone number would let one person stand in for another."""
    login = login_key(text)
    if phone_key(login):
        raise Invalid("identity.login_is_phone")
    return login or None


def _roles(roles: Sequence[Role]) -> str:
    return json.dumps(sorted(set(roles)))


async def hash_acceptable(password: str, *own_words: str | None) -> str:
    """The hash of a password for somebody with these words of his own.

    Raises Invalid("identity.password_weak") and Busy("identity.busy").
    """
    _acceptable(password, *own_words)
    return await hash_password(password)


def _acceptable(password: str, *own_words: str | None) -> None:
    if not is_password_acceptable(password, own_words):
        raise Invalid("identity.password_weak")
