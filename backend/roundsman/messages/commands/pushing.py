"""Commands by which a phone asks to be reached while the app is closed, and not any more."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from roundsman.core import db
from roundsman.core.context import Ctx
from roundsman.core.domain import Payload, command
from roundsman.core.errors import Invalid
from roundsman.messages.rules import ENDPOINT_MAX, push_host

Key = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,100}={0,2}$", description="base64url")]


class SubscribePush(Payload, kw_only=True, frozen=True):
    """What the browser gave: where, and the two keys by which only this phone can read it. `language` is what the
    notifications are in.
    """

    endpoint: Annotated[str, msgspec.Meta(max_length=ENDPOINT_MAX)]
    p256dh: Key
    auth: Key
    language: Literal["zh-CN", "en"] = "zh-CN"


@command("messages.subscribe", permission=None)
async def subscribe(ctx: Ctx, cmd: SubscribePush) -> None:
    """Have messages pushed to the phone this comes from; one it had before is replaced, and whoever had the browser
    before him gets nothing there any more.
    """
    if ctx.replica_id is None:
        raise Invalid("messages.no_phone")
    if push_host(cmd.endpoint) is None:
        raise Invalid("messages.push_service_unknown", field="endpoint")
    if not (_is_point(cmd.p256dh) and len(_bytes_of(cmd.auth)) == 16):
        raise Invalid("messages.push_keys_unusable", field="p256dh")
    await db.execute(
        "DELETE FROM push_subscriptions WHERE endpoint = $1 AND id <> $2", cmd.endpoint, ctx.replica_id
    )
    await db.execute(
        """
        INSERT INTO push_subscriptions (id, person_id, endpoint, p256dh, auth, language, created_at, failure_count,
                                        paused_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0)
        ON CONFLICT (id) DO UPDATE SET person_id = excluded.person_id, endpoint = excluded.endpoint,
            p256dh = excluded.p256dh, auth = excluded.auth, language = excluded.language,
            created_at = excluded.created_at, failure_count = 0, paused_until = 0
        """,
        *(ctx.replica_id, ctx.person.id, cmd.endpoint, cmd.p256dh, cmd.auth, cmd.language, ctx.now),
    )


class UnsubscribePush(Payload, kw_only=True, frozen=True):
    """Nothing: the phone this comes from."""


@command("messages.unsubscribe", permission=None)
async def unsubscribe(ctx: Ctx, _cmd: UnsubscribePush) -> None:
    """Have nothing pushed to this phone any more."""
    await db.execute(
        "DELETE FROM push_subscriptions WHERE id = $1 AND person_id = $2", ctx.replica_id, ctx.person.id
    )


def _bytes_of(key: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(key.rstrip("=") + "=" * (-len(key.rstrip("=")) % 4))
    except (binascii.Error, ValueError):
        return b""


def _is_point(key: str) -> bool:
    """Whether it is a point of the curve, which an encryption with anything else would stumble over."""
    content = _bytes_of(key)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), content)
    except ValueError:
        return False
    return len(content) == 65


COMMANDS = (subscribe, unsubscribe)
