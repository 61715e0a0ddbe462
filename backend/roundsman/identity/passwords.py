"""Hashing and checking passwords with argon2id in a bounded pool of threads. Who has which is not here."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from roundsman.core.errors import Busy

Result = TypeVar("Result")

THREADS: Final = 2
WAITING_MAX: Final = 64
"""About two seconds of work; whoever comes later is better told to come again."""


class Hashing:
    """Argon2id with one set of parameters. Hashes of other parameters are checked and then made anew."""

    def __init__(self, time_cost: int = 2, memory_kib: int = 19_456) -> None:
        # OWASP's minimum for argon2id. More memory would let a few dozen sign-ins fill a small machine.
        self._passwords = PasswordHash(
            (Argon2Hasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1),)
        )
        self._nobody = self._passwords.hash("nobody's password")

    def hash(self, password: str) -> str:
        """The hash in PHC string form."""
        return self._passwords.hash(password)

    def verify(self, password: str, hashed: str | None) -> tuple[bool, str | None]:
        """Whether it matches, and a new hash when the old one has outdated parameters.

        With no hash the same work is done and the answer is no.
        """
        try:
            matches, renewed = self._passwords.verify_and_update(password, hashed or self._nobody)
        except UnknownHashError:
            self._passwords.verify(password, self._nobody)
            return False, None
        return (matches, renewed) if hashed else (False, None)


_hashing: Hashing | None = None
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="password")
_waiting = 0


def use_hashing(hashing: Hashing | None) -> None:
    """Replace the parameters for the whole process; tests use cheap ones."""
    global _hashing
    _hashing = hashing


def _current() -> Hashing:
    global _hashing
    if _hashing is None:
        _hashing = Hashing()
    return _hashing


async def hash_password(password: str) -> str:
    """Hash off the event loop. Raises Busy("identity.busy") when too many are waiting."""
    return await _run(lambda: _current().hash(password))


async def verify_password(password: str, hashed: str | None) -> tuple[bool, str | None]:
    """`Hashing.verify` off the event loop. Raises Busy("identity.busy") when too many are waiting."""
    return await _run(lambda: _current().verify(password, hashed))


async def _run(work: Callable[[], Result]) -> Result:
    global _waiting
    if _waiting >= WAITING_MAX:
        raise Busy("identity.busy", retry_after=2)
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_pool, work)
    finally:
        _waiting -= 1
