"""`roundsman user add|password|list`: for the machine's keeper, when nobody can sign in yet or any more."""

import argparse
import getpass
import json
import sys
from typing import Any

import msgspec

from roundsman.core import db
from roundsman.core.access import ROLES
from roundsman.core.companies import Company
from roundsman.core.errors import Conflict, NotFound, invalid_from
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from roundsman.identity.commands.people import AddPerson, SetPassword, give_password, insert_person
from roundsman.identity.rules import name_key, phone_key


def add_commands(commands: Any) -> None:
    """`user` with its three deeds."""
    user = commands.add_parser("user", help="people who may sign in")
    deeds = user.add_subparsers(dest="deed", required=True, metavar="deed")

    add = deeds.add_parser("add", help="add a person; the password is asked for, or read from the input")
    add.add_argument("name", help="the name people read")
    add.add_argument("--login", default="", help="login name")
    add.add_argument("--phone", default="", help="phone number")
    add.add_argument("--role", action="append", choices=ROLES, required=True, help="may be given repeatedly")
    add.set_defaults(work=_add)

    password = deeds.add_parser("password", help="give a person a new password; his sessions end")
    password.add_argument("who", help="login name, phone number, id, or a name only one person has")
    password.set_defaults(work=_password)

    listing = deeds.add_parser("list", help="everybody, by name")
    listing.set_defaults(work=_list)
    for deed in (add, password, listing):
        deed.add_argument("--company", default="", help="host name of the company, where there are several")


async def _add(arguments: argparse.Namespace, _company: Company) -> None:
    try:
        asked = msgspec.convert(
            {
                "person_id": new_id(),
                "name": arguments.name,
                "login": arguments.login,
                "phone": arguments.phone,
                "roles": arguments.role,
                "password": _asked_password(),
            },
            AddPerson,
        )
    except msgspec.ValidationError as error:
        raise invalid_from(error) from error
    async with db.unit_of_work():
        await insert_person(asked, now_ms())
    print(asked.person_id)


async def _password(arguments: argparse.Namespace, _company: Company) -> None:
    rows = await db.fetch(
        "SELECT id FROM people WHERE id = $1 OR login = $2 OR phone = $3 OR name_key = $2",
        arguments.who,
        name_key(arguments.who),
        phone_key(arguments.who) or None,
    )
    if not rows:
        raise NotFound("identity.person_unknown")
    if len(rows) > 1:
        raise Conflict("identity.name_shared", ids=[row["id"] for row in rows])
    asked = SetPassword(person_id=rows[0]["id"], password=_asked_password())
    async with db.unit_of_work():
        await give_password(asked, now_ms())


async def _list(_arguments: argparse.Namespace, _company: Company) -> None:
    rows = await db.fetch("SELECT id, name, login, phone, roles, is_active FROM people ORDER BY name_key, id")
    for row in rows:
        roles = ",".join(json.loads(row["roles"]))
        state = "" if row["is_active"] else "inactive"
        print(row["id"], row["name"], row["login"] or "-", row["phone"] or "-", roles, state, sep="\t")


def _asked_password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")
