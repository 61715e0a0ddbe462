"""Which tables a build understands: told as a list with their versions, or by the name of a list the server knows."""

import hashlib
from functools import lru_cache

import msgspec

from roundsman.core.registry import Registry
from roundsman.sync.wire import Pull


def name_of_tables(registry: Registry) -> str:
    """The name of the list this build of the server understands: the same wherever the same feeds have the same
    versions."""
    return _digest(tuple(sorted(_versions(registry).items())))


def understand(registry: Registry, request: Pull) -> tuple[Pull, str | None]:
    """The request with its list of tables in full, and the name to tell the phone so that it may leave the list out.

    A list of another build has no name: such a phone goes on sending it. Raises LookupError for a name that is not
    ours, which a phone may have been told by the release before.
    """
    versions = _versions(registry)
    if isinstance(request.tables, str):
        if request.tables != name_of_tables(registry):
            raise LookupError(request.tables)
        return msgspec.structs.replace(request, tables=versions), None
    return request, name_of_tables(registry) if request.tables == versions else None


def _versions(registry: Registry) -> dict[str, int]:
    return {name: feed.version for name, feed in registry.feeds.items()}


@lru_cache(maxsize=16)
def _digest(versions: tuple[tuple[str, int], ...]) -> str:
    return hashlib.sha256(msgspec.json.encode(versions)).hexdigest()[:12]
