"""Sessions: opaque tokens handed out once, kept as digests, prolonged while used, ended one by one."""

import hashlib
import json
import secrets

from roundsman.core import db
from roundsman.core.context import Person, Session
from roundsman.core.errors import NotFound
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from roundsman.identity.rules import SESSION_LIFE, SESSION_SLIDES_EVERY

AGENT_LENGTH_MAX = 300


def digest_of(token: str) -> str:
    """What is stored of a token. It has 256 random bits, so a fast digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


async def start_session(
    person_id: str, now: int, *, replica_id: str | None = None, address: str = "", agent: str = ""
) -> tuple[str, str]:
    """Begin a session inside the open unit of work: (session id, token). The token is not kept anywhere."""
    token = secrets.token_urlsafe(32)
    id = new_id(now)
    await db.execute(
        """
        INSERT INTO sessions (id, token_hash, person_id, replica_id, created_at, seen_at, expires_at,
                              revoked_at, is_locked, is_wiped, address, agent)
        VALUES ($1, $2, $3, $4, $5, $5, $6, NULL, $7, $7, $8, $9)
        """,
        id,
        digest_of(token),
        person_id,
        replica_id,
        now,
        now + SESSION_LIFE,
        False,
        address[:64],
        agent[:AGENT_LENGTH_MAX],
    )
    return id, token


async def authenticate(token: str) -> Session | None:
    """The session of a token, or None when it is unknown or ended, or its person is no longer active and it is not
    of a phone.

    The phone of somebody let go may hold work nobody else has: its session counts as locked as long as he is away.
    A session in use is prolonged to 90 days from now, at most once an hour; a locked one is not. The person of a
    locked session has no roles, whatever door it finds open.
    """
    now = now_ms()
    row = await db.look_up(
        """
        SELECT sessions.id, person_id, replica_id, seen_at, expires_at, is_locked, is_wiped, is_active, name, roles
        FROM sessions JOIN people ON people.id = sessions.person_id
        WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2
          AND (is_active OR sessions.replica_id IS NOT NULL)
        """,
        digest_of(token),
        now,
    )
    if row is None:
        return None
    expires_at: int = row["expires_at"]
    is_locked = bool(row["is_locked"]) or not row["is_active"]
    if not is_locked and row["seen_at"] <= now - SESSION_SLIDES_EVERY:
        expires_at = now + SESSION_LIFE
        async with db.unit_of_work():
            await db.execute(
                "UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE id = $1 AND revoked_at IS NULL",
                row["id"],
                now,
                expires_at,
            )
    return Session(
        id=row["id"],
        person=Person(
            id=row["person_id"],
            name=row["name"],
            roles=frozenset() if is_locked else frozenset(json.loads(row["roles"])),
            permissions=frozenset(),
        ),
        replica_id=row["replica_id"],
        expires_at=expires_at,
        is_locked=is_locked,
        is_wiped=bool(row["is_wiped"]),
    )


async def bind_session(session: Session, replica_id: str, status: str) -> None:
    """Remember which replica a session is of, inside the open unit of work; one of a phone that was revoked or is to
    be wiped is locked. A locked session stays with the phone it was locked for.
    """
    await db.execute(
        "UPDATE sessions SET replica_id = $2, is_locked = $3, is_wiped = $4 WHERE id = $1 AND NOT is_locked",
        session.id,
        replica_id,
        status in ("revoked", "wipe"),
        status == "wipe",
    )


async def end_token(token: str, now: int) -> None:
    """End the session of a token, if it is one, inside the open unit of work."""
    await db.execute(
        "UPDATE sessions SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL",
        digest_of(token),
        now,
    )


async def end_session(person_id: str, session_id: str, now: int) -> None:
    """End one of a person's own sessions. Raises NotFound("not_found") for any other, and for that of a phone that has
    yet to hand in its outbox and perhaps to erase itself.
    """
    changed = await db.execute(
        "UPDATE sessions SET revoked_at = coalesce(revoked_at, $3) "
        "WHERE id = $1 AND person_id = $2 AND NOT is_locked",
        session_id,
        person_id,
        now,
    )
    if not changed:
        raise NotFound("not_found")


async def end_sessions_of(person_id: str, now: int, *, keep: str | None = None) -> None:
    """End every session of a person, except the one to `keep`, inside the open unit of work; his phones' too, but for
    those that can only hand in their outbox any more: under no other session would they be told to erase themselves.
    """
    await db.execute(
        "UPDATE sessions SET revoked_at = $2 "
        "WHERE person_id = $1 AND revoked_at IS NULL AND id <> $3 AND NOT is_locked",
        person_id,
        now,
        keep or "",
    )


async def end_desk_sessions_of(person_id: str, now: int) -> None:
    """End every session of a person that is not of a phone, inside the open unit of work. Of a hello under way at the
    same moment whichever comes later sees the other.
    """
    await db.execute(
        "UPDATE sessions SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL AND replica_id IS NULL",
        person_id,
        now,
    )


async def sessions_of(person_id: str, now: int) -> list[db.Row]:
    """A person's living sessions that open anything, last used first."""
    return await db.fetch(
        """
        SELECT id, replica_id, created_at, seen_at, expires_at, address, agent FROM sessions
        WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND NOT is_locked ORDER BY seen_at DESC, id
        """,
        person_id,
        now,
    )


async def forget_ended(before: int) -> None:
    """Delete sessions that ended before a moment, inside the open unit of work."""
    await db.execute("DELETE FROM sessions WHERE expires_at < $1 OR revoked_at < $1", before)
