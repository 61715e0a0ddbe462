"""Where the bytes are: a folder by default, S3 where configured, memory in tests. Names are made from a
blob's id, which is never given out twice, so deleting one blob's bytes can never hit another's.
"""

import asyncio
import os
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

Picture = Literal["original", "thumb", "full"]
PICTURES: Final[tuple[Picture, ...]] = ("original", "thumb", "full")


class Storage:
    """One object store."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._folder = Path(str(store.prefix)) if isinstance(store, LocalStore) else None

    async def put(self, name: str, content: bytes) -> None:
        """Store bytes under a name, whole or not at all, replacing what was there. Durable on return."""
        await self._store.put_async(name, content, use_multipart=False)
        if self._folder is not None:
            await asyncio.to_thread(_sync, self._folder, name)

    async def find(self, name: str) -> bytes | None:
        """The bytes, or none."""
        try:
            found = await self._store.get_async(name)
        except FileNotFoundError:
            return None
        return bytes(await found.bytes_async())

    async def holds(self, name: str) -> bool:
        """Whether there are bytes under that name."""
        try:
            await self._store.head_async(name)
        except FileNotFoundError:
            return False
        return True

    async def delete(self, names: list[str]) -> None:
        """Delete what is there of these names."""
        for name in names:
            try:
                await self._store.delete_async(name)
            except FileNotFoundError:
                continue


@lru_cache(maxsize=16)
def storage_at(url: str) -> Storage:
    """The storage at file:///folder, s3://bucket/prefix (credentials from the environment) or memory://."""
    if url.startswith("memory://"):
        return Storage(MemoryStore())
    if url.startswith("file://"):
        return Storage(LocalStore(url.removeprefix("file://"), mkdir=True))
    return Storage(from_url(url))


def part_name(blob_id: str, n: int) -> str:
    """Where part `n` waits until the whole is there."""
    return f"parts/{blob_id[-2:]}/{blob_id}/{n}"


def picture_name(blob_id: str, picture: Picture) -> str:
    """Where a complete blob's original or one of its pictures is."""
    return f"blobs/{blob_id[-2:]}/{blob_id}/{picture}"


def _sync(folder: Path, name: str) -> None:
    """The library renames into place but leaves it to the system when that reaches the disk; a phone deletes
    its copy on our word.
    """
    path = folder / name
    for place in (path, path.parent, path.parent.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
