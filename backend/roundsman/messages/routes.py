"""What a phone asks online of messages: the key its browser must know before it can be pushed to."""

from __future__ import annotations

import msgspec
from litestar import get

from roundsman.core.http import RequestCtx
from roundsman.messages.push_keys import push_keys


class PushKeyShown(msgspec.Struct, kw_only=True):
    """The company's public key, base64url."""

    key: str


@get("/api/messages/push_key", tags=["messages"])
async def get_push_key(ctx: RequestCtx) -> PushKeyShown:
    """The key a browser subscribes with; the same for everybody."""
    return PushKeyShown(key=(await push_keys()).shown)


ROUTES = (get_push_key,)
