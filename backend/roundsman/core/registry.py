"""All domains gathered in one place. It refuses doubles and ill-named things when the process starts, not
when they are used.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from piccolo.table import Table

from roundsman.core.access import ROLES, permissions_for
from roundsman.core.context import Person, Session
from roundsman.core.domain import Authenticate, BindSession, BucketsOf, Command, Domain, Feed, Job, LoadPerson

_WORD: Final = r"[a-z]+(?:_[a-z]+)*"
_DOMAIN: Final = re.compile(rf"^{_WORD}$")
_DOTTED: Final = re.compile(rf"^(?P<domain>{_WORD})\.(?P<verb>{_WORD})$")
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_BUCKET: Final = re.compile(r"^[a-z]+(?::(?:\{[a-z_]+\}|[a-z]+))*$")


class RegistryError(ValueError):
    """A domain hands over something that cannot stand beside the rest; the text says what and where."""


@dataclass(frozen=True)
class Registry:
    """Everything the domains hand over, by name. Made once from the list of domains, lowest first; raises
    RegistryError.
    """

    domains: Sequence[Domain]
    commands: Mapping[str, Command] = field(init=False)
    feeds: Mapping[str, Feed] = field(init=False)
    tables: Mapping[str, type[Table]] = field(init=False)
    permissions: Mapping[str, tuple[str, ...]] = field(init=False)
    jobs: Mapping[str, Job] = field(init=False)
    routes: Sequence[Any] = field(init=False)
    buckets: BucketsOf | None = field(init=False)
    load_person: LoadPerson | None = field(init=False)
    authenticate: Authenticate | None = field(init=False)
    bind_session: BindSession | None = field(init=False)
    _by_roles: dict[frozenset[str], frozenset[str]] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )
    """Permissions asked for so far: every request asks, and there are few kinds of people."""

    def __post_init__(self) -> None:
        domains = tuple(self.domains)
        for domain in domains:
            if not _DOMAIN.match(domain.name):
                raise RegistryError(f"{domain.name!r} is no name for a domain")
        _by_name("domain", ((domain.name, domain) for domain in domains))
        permissions = _by_name("permission", _permissions(domains))
        tables = _by_name(
            "table", ((str(table._meta.tablename), table) for domain in domains for table in domain.tables)
        )
        gathered: dict[str, Any] = {
            "domains": domains,
            "permissions": permissions,
            "tables": tables,
            "commands": _by_name("command", _commands(domains, permissions)),
            "feeds": _by_name("feed", _feeds(domains)),
            "jobs": _by_name("job", _jobs(domains)),
            "routes": tuple(route for domain in domains for route in domain.routes),
            "buckets": _buckets(domains),
            "load_person": self._permitted_person(_single("load_person", domains)),
            "authenticate": self._permitted_session(_single("authenticate", domains)),
            "bind_session": _single("bind_session", domains),
        }
        for name, value in gathered.items():
            object.__setattr__(self, name, value)

    def permissions_of(self, roles: Iterable[str]) -> frozenset[str]:
        """The permissions of somebody with these roles; a role nobody knows gives none."""
        mine = frozenset(roles)
        if mine not in self._by_roles:
            self._by_roles[mine] = permissions_for(mine, self.permissions)
        return self._by_roles[mine]

    # The domain that knows people cannot know what the domains above it allow; only here both meet.

    def _permitted(self, person: Person) -> Person:
        return replace(person, permissions=self.permissions_of(person.roles))

    def _permitted_person(self, supplied: LoadPerson | None) -> LoadPerson | None:
        if supplied is None:
            return None

        async def load_person(person_id: str) -> Person | None:
            person = await supplied(person_id)
            return None if person is None else self._permitted(person)

        return load_person

    def _permitted_session(self, supplied: Authenticate | None) -> Authenticate | None:
        if supplied is None:
            return None

        async def authenticate(token: str) -> Session | None:
            session = await supplied(token)
            return None if session is None else replace(session, person=self._permitted(session.person))

        return authenticate


def _by_name(kind: str, named: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, thing in named:
        if name in found:
            raise RegistryError(f"two {kind}s are named {name!r}")
        found[name] = thing
    return found


def _own(kind: str, name: str, domain: Domain) -> None:
    found = _DOTTED.match(name)
    if found is None or found["domain"] != domain.name:
        raise RegistryError(f"{kind} {name!r} is not named {domain.name}.<verb>")


def _permissions(domains: Sequence[Domain]) -> Iterable[tuple[str, tuple[str, ...]]]:
    for domain in domains:
        for name, roles in domain.permissions.items():
            _own("permission", name, domain)
            if not roles:
                raise RegistryError(f"no role holds the permission {name!r}")
            for role in roles:
                if role not in ROLES:
                    raise RegistryError(f"permission {name!r} names the unknown role {role!r}")
            yield name, tuple(roles)


def _commands(
    domains: Sequence[Domain], permissions: Mapping[str, tuple[str, ...]]
) -> Iterable[tuple[str, Command]]:
    for domain in domains:
        for item in domain.commands:
            command = item if isinstance(item, Command) else item.command
            _own("command", command.name, domain)
            if command.permission is not None and command.permission not in permissions:
                raise RegistryError(
                    f"command {command.name!r} wants {command.permission!r}, which no role holds"
                )
            unread = [step for step in range(1, command.version) if step not in command.upcasters]
            if unread:
                raise RegistryError(f"command {command.name!r} cannot read its versions {unread}")
            yield command.name, command


def _feeds(domains: Sequence[Domain]) -> Iterable[tuple[str, Feed]]:
    for domain in domains:
        for feed in domain.feeds:
            if feed.table not in domain.tables:
                raise RegistryError(f"feed {feed.name!r} is of a table that {domain.name!r} does not own")
            columns = {column._meta.name for column in feed.table._meta.columns}
            if "id" not in feed.fields:
                raise RegistryError(f"feed {feed.name!r} lacks the field 'id'")
            for name in feed.fields:
                if name not in columns:
                    raise RegistryError(f"feed {feed.name!r} has a field {name!r} its table lacks")
            if not feed.buckets:
                raise RegistryError(f"feed {feed.name!r} stands in no bucket")
            for bucket in feed.buckets:
                missing = [name for name in _PLACEHOLDER.findall(bucket) if name not in columns]
                if not _BUCKET.match(bucket) or missing:
                    raise RegistryError(f"feed {feed.name!r} has an ill-made bucket {bucket!r}")
            yield feed.name, feed


def _jobs(domains: Sequence[Domain]) -> Iterable[tuple[str, Job]]:
    for domain in domains:
        for job in domain.jobs:
            _own("job", job.name, domain)
            if job.every is not None and job.every < 1:
                raise RegistryError(f"job {job.name!r} would run without a pause")
            yield job.name, job


def _buckets(domains: Sequence[Domain]) -> BucketsOf | None:
    """The buckets of the one domain that knows people, and then what the others add."""
    supplied: BucketsOf | None = _single("buckets", domains)
    more = [domain.more_buckets for domain in domains if domain.more_buckets is not None]
    if supplied is None or not more:
        return supplied

    async def buckets(person: Person, now: int) -> list[str]:
        held = list(await supplied(person, now))
        for add in more:
            held += await add(person, now)
        return held

    return buckets


def _single(part: str, domains: Sequence[Domain]) -> Any:
    supplied = [
        (domain.name, getattr(domain, part)) for domain in domains if getattr(domain, part) is not None
    ]
    if len(supplied) > 1:
        raise RegistryError(f"{part} is supplied by {' and '.join(name for name, _ in supplied)}")
    return supplied[0][1] if supplied else None
