"""HTTP with as little of the processor as possible, for programs that are many phones at once: one connection a
phone, kept open, JSON up and down; and the stream of wake-ups. Just enough of httpx's client for tests/phone.py.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import zstandard

TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status_code: int
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)


class Line:
    """One phone's connection to 127.0.0.1, one request at a time. Raises OSError and EOFError."""

    def __init__(self, port: int, token: str) -> None:
        self.port = port
        self._start = (
            f"HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\naccept-encoding: zstd\r\n"
            "content-type: application/json\r\ncontent-length: "
        )
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, *, content: str, headers: Mapping[str, str]) -> Answer:
        """Send JSON; of `headers` those that are not every request's here are sent too."""
        more = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if name != "content-type")
        body = content.encode()
        return await self._ask(f"POST {path} {self._start}{len(body)}\r\n{more}\r\n".encode() + body)

    async def get(self, path: str) -> Answer:
        """Ask for something."""
        return await self._ask(f"GET {path} {self._start}0\r\n\r\n".encode())

    async def _ask(self, request: bytes) -> Answer:
        async with asyncio.timeout(TIMEOUT):
            # A connection that rested may have been closed meanwhile; that is seen only when something is read.
            await asyncio.sleep(0)
            if self._reader is None or self._reader.at_eof() or self._writer is None:
                self.close()
                self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
            self._writer.write(request)
            try:
                return await self._answer(self._reader)
            except BaseException:
                self.close()
                raise

    async def _answer(self, reader: asyncio.StreamReader) -> Answer:
        lines = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
        headers = dict(line.split(b": ", 1) for line in lines[1:] if b": " in line)
        content = await reader.readexactly(int(headers[b"content-length"]))
        if headers.get(b"content-encoding") == b"zstd":
            content = zstandard.decompress(content, max_output_size=64 * 2**20)
        if headers.get(b"connection") == b"close":
            self.close()
        return Answer(int(lines[0].split()[1]), content)

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            with suppress(OSError):
                self._writer.close()
        self._reader = self._writer = None


async def hear_heads(port: int, token: str, replica: str) -> AsyncIterator[int]:
    """The heads of a stream of wake-ups until it ends. Raises OSError and EOFError."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4096)
    try:
        headers = f"host: localhost\r\nauthorization: Bearer {token}"
        writer.write(f"GET /api/sync/events?replica={replica} HTTP/1.1\r\n{headers}\r\n\r\n".encode())
        if b" 200 " not in await reader.readline():
            raise EOFError
        while line := await reader.readline():
            if line.startswith(b"data:") and b"head" in line:
                yield int(json.loads(line[5:])["head"])
    finally:
        writer.transport.abort()
