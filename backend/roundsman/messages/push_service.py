"""Handing one message to a browser's push service. The address came from a phone, so it is believed nothing: only known
services, only https, only public addresses, and where it was looked up is where it goes.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

import httpx
from pydantic import AnyHttpUrl
from webpush import WebPush, WebPushSubscription  # type: ignore[import-untyped]  # the wheel carries no types
from webpush.types import WebPushKeys  # type: ignore[import-untyped]  # the wheel carries no types

from roundsman.core.times import DAY, SECOND, now_ms
from roundsman.messages import rules
from roundsman.messages.push_keys import Keys

LARGEST: Final = 3993
"""Bytes of a payload: with what encryption adds it is the 4,096 every service takes."""
TIME_LIMIT: Final = 8.0
_GONE: Final = frozenset((401, 403, 404, 410))
"""No such subscription any more, or one made for other keys: either way nothing will ever arrive."""

Resolve = Callable[[str], Awaitable[list[str]]]
"""host → its IP addresses."""


class Fate(Enum):
    """What became of a message at the service."""

    SENT = "sent"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Handed:
    """`wait` are milliseconds the service asked to be left alone."""

    fate: Fate
    wait: int = 0


async def resolve(host: str) -> list[str]:
    """The addresses a host has now. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


class PushService:
    """Sends with one company's keys. `transport` and `resolving` are the network's unless a test brings its own."""

    def __init__(
        self,
        keys: Keys,
        contact: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        resolving: Resolve = resolve,
    ) -> None:
        self._webpush = WebPush(
            private_key=keys.private_key.encode(),
            public_key=keys.public_key.encode(),
            subscriber=contact,
            ttl=DAY // SECOND,
        )
        self._resolving = resolving
        # No proxy and no login of the surroundings, and no following to where the service did not say.
        self._client = httpx.AsyncClient(
            transport=transport, timeout=TIME_LIMIT, follow_redirects=False, trust_env=False
        )

    async def aclose(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    async def hand_over(
        self, subscription: Mapping[str, Any], payload: Mapping[str, Any], topic: str
    ) -> Handed:
        """Encrypt a payload for one phone and hand it over; `topic` replaces what of the same has not arrived yet."""
        host = rules.push_host(subscription["endpoint"])
        if host is None:
            return Handed(Fate.GONE)
        # Our own JSON: the library's writes six bytes for each Chinese character.
        content = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        if len(content) > LARGEST:
            return Handed(Fate.REFUSED)
        try:
            message = self._webpush.get(
                content,
                WebPushSubscription(
                    endpoint=AnyHttpUrl(subscription["endpoint"]),
                    keys=WebPushKeys(auth=subscription["auth"], p256dh=subscription["p256dh"]),
                ),
            )
        except ValueError:
            return Handed(Fate.GONE)
        headers = {
            **message.headers,
            "content-type": "application/octet-stream",
            "host": host,
            "topic": topic,
            "urgency": "normal",
        }
        try:
            addresses = await self._resolving(host)
            # One bad address among good ones is somebody trying.
            if not addresses or not all(map(rules.is_public, addresses)):
                return Handed(Fate.LATER)
            answer = await self._client.post(
                httpx.URL(subscription["endpoint"]).copy_with(host=addresses[0]),
                content=message.encrypted,
                headers=headers,
                extensions={"sni_hostname": host},
            )
        except (OSError, httpx.HTTPError):
            return Handed(Fate.LATER)
        return _read(answer)


def _read(answer: httpx.Response) -> Handed:
    status = answer.status_code
    if 200 <= status < 300:
        return Handed(Fate.SENT)
    if status in _GONE:
        return Handed(Fate.GONE)
    if status in (408, 425, 429) or status >= 500:
        return Handed(Fate.LATER, rules.retry_after_ms(answer.headers.get("retry-after", ""), now_ms()))
    return Handed(Fate.REFUSED)
