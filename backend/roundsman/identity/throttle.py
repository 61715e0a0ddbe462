"""Counts failed sign-ins per login and per address in the database, so that all workers count together."""

import hashlib
import ipaddress
from typing import Literal

from roundsman.core import db
from roundsman.core.errors import Busy
from roundsman.identity.rules import FORGOTTEN_AFTER, delay_after

Kind = Literal["login", "address"]
Key = tuple[str, Kind]


def login_throttle(login: str) -> Key:
    """The counter of one login as it is compared."""
    return _digest("login", login), "login"


def address_throttle(address: str) -> Key:
    """The counter of one address; of IPv6 the /64, since that is what one customer is given."""
    try:
        parsed = ipaddress.ip_address(address)
        if isinstance(parsed, ipaddress.IPv6Address):
            parsed = parsed.ipv4_mapped or ipaddress.IPv6Address(int(parsed) >> 64 << 64)
        address = str(parsed)
    except ValueError:
        pass
    return _digest("address", address), "address"


def _digest(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()


async def charge(keys: list[Key], now: int) -> None:
    """Count one failure against each key before the password is looked at, so that guesses sent at the same
    time cannot all be free. `refund` takes it back.

    Raises Busy("identity.too_many_attempts", retry_after=seconds), counting nothing, while a key is blocked.
    """
    async with db.unit_of_work():
        found: dict[str, tuple[int, int]] = {}
        # Always in the same order, so that two sign-ins cannot wait for each other.
        for id, kind in sorted(keys):
            await db.execute(
                """
                INSERT INTO sign_in_attempts (id, failure_count, failed_at, blocked_until)
                VALUES ($1, 0, $2, 0) ON CONFLICT (id) DO NOTHING
                """,
                id,
                now,
            )
            row = await db.fetch_one(
                f"""
                SELECT failure_count, failed_at, blocked_until FROM sign_in_attempts
                WHERE id = $1{db.for_update()}
                """,
                id,
            )
            assert row is not None
            is_old = row["failed_at"] <= now - FORGOTTEN_AFTER[kind]
            found[id] = (0, 0) if is_old else (row["failure_count"], row["blocked_until"])
        wait = max(blocked_until - now for _, blocked_until in found.values())
        if wait > 0:
            raise Busy("identity.too_many_attempts", retry_after=-(-wait // 1000))
        for id, kind in keys:
            count = found[id][0] + 1
            await db.execute(
                """
                UPDATE sign_in_attempts SET failure_count = $2, failed_at = $3, blocked_until = $4
                WHERE id = $1
                """,
                id,
                count,
                now,
                now + delay_after(kind, count),
            )


async def refund(keys: list[Key]) -> None:
    """Take back what `charge` counted for a sign-in that succeeded; its login starts afresh."""
    for id, kind in sorted(keys):
        if kind == "login":
            await db.execute("DELETE FROM sign_in_attempts WHERE id = $1", id)
        else:
            await db.execute(
                """
                UPDATE sign_in_attempts SET failure_count = failure_count - 1, blocked_until = 0
                WHERE id = $1 AND failure_count > 0
                """,
                id,
            )


async def forget_old(before: int) -> None:
    """Delete counters untouched since a moment, inside the open unit of work."""
    await db.execute("DELETE FROM sign_in_attempts WHERE failed_at < $1", before)
