"""Compresses JSON answers on the way out: zstd 1 where the client takes it, else brotli 1, else nothing.

Only answers that come whole are touched: an event stream or a download goes out as it is.
"""

import asyncio
from typing import Final

import brotli  # type: ignore[import-untyped]  # the wheel carries no types
import zstandard

from roundsman.core.http.asgi import Message

SMALLEST: Final = 600
"""Bytes below which compressing costs more than it saves."""
_IN_A_THREAD: Final = 200_000
_WORTH_IT: Final = (
    b"application/json",
    b"application/problem+json",
    b"application/vnd.oai.openapi+json",
    b"text/csv",
)


def accepted(accept_encoding: str) -> frozenset[str]:
    """The encodings a client takes; those with `q=0` are refused. `*` counts for none: nobody who needs us
    sends it.
    """
    found = set()
    for part in accept_encoding.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        weight = parameters.replace(" ", "").removeprefix("q=")
        if name and not (weight and weight.strip("0.") == "" and "0" in weight):
            found.add(name.strip())
    return frozenset(found)


def _zstd(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=1).compress(body)


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=1))


class Compressor:
    """Takes the messages of one answer and gives those to send in their place."""

    def __init__(self, accept_encoding: str) -> None:
        taken = accepted(accept_encoding)
        self._encoding = "zstd" if "zstd" in taken else "br" if "br" in taken else ""
        self._held: Message | None = None

    async def take(self, message: Message) -> list[Message]:
        """The messages to send now; the start is held back until the first piece of the body is known."""
        if message["type"] == "http.response.start":
            present = dict(message["headers"])
            kind = present.get(b"content-type", b"").split(b";")[0].strip()
            if kind in _WORTH_IT and b"content-encoding" not in present:
                message["headers"] = [*message["headers"], (b"vary", b"accept-encoding")]
                if self._encoding:
                    self._held = message
                    return []
            return [message]
        if self._held is None or message["type"] != "http.response.body":
            return [message]
        start, self._held = self._held, None
        body = message.get("body", b"")
        if message.get("more_body") or len(body) < SMALLEST:
            return [start, message]
        compress = _zstd if self._encoding == "zstd" else _brotli
        small = await asyncio.to_thread(compress, body) if len(body) > _IN_A_THREAD else compress(body)
        headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        headers += [
            (b"content-encoding", self._encoding.encode()),
            (b"content-length", str(len(small)).encode()),
        ]
        start["headers"] = headers
        return [start, {"type": "http.response.body", "body": small, "more_body": False}]
