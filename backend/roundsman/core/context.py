"""Who acts, from which replica, when: the one argument every query and command starts from. It reads
nothing itself.
"""

from dataclasses import dataclass

from roundsman.core.errors import Forbidden
from roundsman.core.times import ZONE


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in. `permissions` follow from `roles` through the registry."""

    id: str
    name: str
    roles: frozenset[str]
    permissions: frozenset[str]

    def may(self, permission: str) -> bool:
        """Whether this person holds a permission."""
        return permission in self.permissions


def refuse_another(person: Person, person_id: str | None) -> None:
    """Raise Forbidden("sync.other_person") when a phone speaks for somebody who is not the session's person.

    Another may have signed in in the same browser: nobody's work travels under another's name (I20).
    """
    if person_id is not None and person_id != person.id:
        raise Forbidden("sync.other_person")


@dataclass(frozen=True, slots=True)
class Session:
    """What a token stands for: a person, on a replica when the token was given to a phone."""

    id: str
    person: Person
    replica_id: str | None = None
    expires_at: int | None = None
    is_locked: bool = False
    """Its phone was revoked or is to be wiped, or its person was let go: it may hand in its outbox, and every other
    route is closed to it.
    """
    is_wiped: bool = False
    """It is locked because its phone is to erase itself."""


@dataclass(frozen=True, slots=True)
class Ctx:
    """The circumstances of one act. Moments are epoch milliseconds, UTC.

    `captured_at` is the phone's own clock at the act and `skew_ms` what must be added to it to get the
    server's time; `entitled_since` is the replica's last committed checkpoint: whoever could see a thing at
    any moment since then may still report facts about it.
    """

    person: Person
    now: int
    replica_id: str | None = None
    captured_at: int | None = None
    skew_ms: int | None = None
    tz: str = ZONE
    uuid: str = ""
    entitled_since: int | None = None
    session_id: str | None = None

    def require(self, permission: str) -> None:
        """Raise Forbidden("forbidden", permission=…) unless the person holds the permission."""
        if permission not in self.person.permissions:
            raise Forbidden("forbidden", permission=permission)

    @property
    def true_at(self) -> int:
        """When the act really happened, as far as known: the phone's moment put right by its skew, never
        later than now.
        """
        if self.captured_at is None:
            return self.now
        return min(self.now, self.captured_at + (self.skew_ms or 0))
