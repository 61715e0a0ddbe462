"""How an agent's place in the tree is written, and what an invitation may still be used for; pure."""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

from roundsman.core.phones import phone_digits

State = Literal["asked", "active", "refused", "ended"]
MOBILE_LENGTH = 11


def path_under(upline_path: str, agent_id: str) -> str:
    """An agent's path below his upline's: every id from the top down to him, '/a/b/'."""
    return f"{upline_path or '/'}{agent_id}/"


def is_below(path: str, agent_id: str) -> bool:
    """Whether a path leads through an agent, or ends at him: to stand under it would make him his own upline."""
    return f"/{agent_id}/" in path


def mobile_of(text: str) -> str | None:
    """The eleven digits of a mobile number of the mainland, None for anything else."""
    digits = phone_digits(text)
    return digits if len(digits) == MOBILE_LENGTH and digits[0] == "1" and digits[1] in "3456789" else None


def token_hash(token: str) -> str:
    """What is kept of an invitation's token: its SHA-256, hexadecimal."""
    return sha256(token.encode()).hexdigest()


def invitation_fault(*, is_revoked: bool, uses_left: int, expires_at: int, now: int) -> str | None:
    """The code of why an invitation can't be used (any more); None when it can."""
    if is_revoked:
        return "agents.invitation_revoked"
    if expires_at <= now:
        return "agents.invitation_expired"
    return "agents.invitation_used" if uses_left < 1 else None
