"""Columns of people, territories, memberships, sessions and the sign-in throttle; the SQL that makes them is
in migrations/m0001_identity.py.
"""

from piccolo.columns import JSON, BigInt, Boolean, Integer, Text
from piccolo.table import Table


class Person(Table, tablename="people"):
    """Someone who may sign in. `phone`, `login` and `name_key` are stored in the form they are compared in.

    `roles` is a JSON array of role names. `password_hash` is null for a person who cannot sign in yet.
    """

    id = Text(primary_key=True, default=None)
    name = Text()
    name_key = Text()
    phone = Text(null=True, default=None)
    login = Text(null=True, default=None)
    password_hash = Text(null=True, default=None)
    roles = JSON()
    is_active = Boolean()
    created_at = BigInt()
    changed_at = BigInt()


class Territory(Table, tablename="territories"):
    """A node of the sales-region tree; `path` is every id from the root down to this one, '/a/b/c/'."""

    id = Text(primary_key=True, default=None)
    parent_id = Text(null=True, default=None)
    name = Text()
    path = Text()
    depth = Integer()
    created_at = BigInt()


class Membership(Table, tablename="memberships"):
    """One person's time in a territory's team, from `from_at` up to but not including `until_at`.

    `kind`: member (works exactly this node) or manager (answers for this node and all below it).
    """

    id = Text(primary_key=True, default=None)
    person_id = Text()
    territory_id = Text()
    kind = Text()
    from_at = BigInt()
    until_at = BigInt(null=True, default=None)


class Session(Table, tablename="sessions"):
    """One signed-in browser or program. Only the SHA-256 of its token is kept.

    `replica_id`: the phone it is of, since that said hello. `is_locked`: that phone was revoked; the session may
    still hand in its outbox, nothing else. `is_wiped`: and then it is to erase itself. A phone's session whose person
    is not active may hand in, too.
    """

    id = Text(primary_key=True, default=None)
    token_hash = Text()
    person_id = Text()
    replica_id = Text(null=True, default=None)
    created_at = BigInt()
    seen_at = BigInt()
    expires_at = BigInt()
    revoked_at = BigInt(null=True, default=None)
    is_locked = Boolean()
    is_wiped = Boolean()
    address = Text()
    agent = Text()


class SignInAttempt(Table, tablename="sign_in_attempts"):
    """Failures counted against one login or one address; `id` is a digest: what was typed is not kept."""

    id = Text(primary_key=True, default=None)
    failure_count = Integer()
    failed_at = BigInt()
    blocked_until = BigInt()
