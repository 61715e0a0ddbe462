"""How the demo does things: as one of its people, through the app's own commands, with ids that follow from names."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from roundsman.core.context import Ctx, Person
from roundsman.core.registry import Registry
from roundsman.demo.company import ACCOUNTS
from roundsman.sync.dispatch import run_one

SPACE = uuid.UUID("0b6f1f0e-6d0e-5f5b-8a53-6d2b8b8f2a11")


def id_of(*name: object) -> str:
    """The demo's id for a name; always the same."""
    return str(uuid.uuid5(SPACE, "/".join(str(part) for part in name)))


@dataclass(frozen=True, slots=True)
class Doer:
    """Runs commands as one of the demo's people. Raises RuntimeError when one is refused."""

    registry: Registry
    now: int

    async def __call__(self, login: str, name: str, /, at: int | None = None, **args: Any) -> None:
        account = next(account for account in ACCOUNTS if account.login == login)
        roles = frozenset(account.roles)
        person = Person(id_of("person", login), account.name, roles, self.registry.permissions_of(roles))
        raw = json.dumps(args, ensure_ascii=False).encode()
        outcome = await run_one(
            Ctx(person=person, now=at or self.now),
            self.registry.commands[name],
            raw,
            id_of("command", login, name, raw.decode()),
        )
        if outcome.refusal is not None:
            raise RuntimeError(f"{login} {name}: {outcome.refusal}")
