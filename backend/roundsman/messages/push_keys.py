"""The keys push services know this company by. They lie in its database, so that every worker has the same and a backup
brings them back: with others, every phone would have to be asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from webpush.vapid import VAPID  # type: ignore[import-untyped]  # the wheel carries no types

from roundsman.core import db
from roundsman.core.times import now_ms

_ID: Final = "vapid"


@dataclass(frozen=True, slots=True)
class Keys:
    """A pair of keys as PEM."""

    private_key: str
    public_key: str

    @property
    def shown(self) -> str:
        """The public one as a browser wants it: the point, base64url."""
        shown: str = VAPID.get_application_server_key(load_pem_public_key(self.public_key.encode()))
        return shown


async def push_keys() -> Keys:
    """The company's keys, made when first asked for. Not inside a snapshot."""
    found = await _find()
    if found is None:
        private, public, _ = VAPID.generate_keys()
        async with db.unit_of_work():
            # Of two who make them at once the first counts.
            await db.execute(
                """
                INSERT INTO push_keys (id, private_key, public_key, created_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (id) DO NOTHING
                """,
                *(_ID, private.decode(), public.decode(), now_ms()),
            )
        found = await _find()
    assert found is not None
    return found


async def _find() -> Keys | None:
    row = await db.fetch_one("SELECT private_key, public_key FROM push_keys WHERE id = $1", _ID)
    return None if row is None else Keys(row["private_key"], row["public_key"])
