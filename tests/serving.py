"""Serving processes for tests: `roundsman serve` over a folder and a database, its workers, and a phone that is patient
with it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.phone import Phone, PhoneError


class Serving:
    """`roundsman serve` as a process, on the same port whenever it is started again."""

    def __init__(self, folder: Path, database_url: str, *, workers: int = 1) -> None:
        self.folder = folder
        self.workers = workers
        self.address = ""
        self._settings = {"ROUNDSMAN_DATA": str(folder), "ROUNDSMAN_DATABASE_URL": database_url}
        self._port = "0"
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Serving:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()

    @property
    def log(self) -> str:
        """Everything it said."""
        return (self.folder / f"log-{id(self)}").read_text()

    @property
    def process(self) -> psutil.Process:
        """The process that was started: the supervisor when there are several workers."""
        assert self._process is not None
        return psutil.Process(self._process.pid)

    def start(self) -> None:
        """Start it and wait until it says where it is."""
        command = [sys.executable, "-m", "roundsman", "serve", "--workers", str(self.workers)]
        environment = {**os.environ, **self._settings, "ROUNDSMAN_PORT": self._port}
        with (self.folder / f"log-{id(self)}").open("a") as log:
            self._process = subprocess.Popen(
                command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith("Roundsman is at"), self.log
        self.address = line.split()[-1]
        self._port = self.address.rpartition(":")[2]

    def stop(self) -> None:
        """Ask it to stop; it must do so without a failure."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        assert self._process.wait(30) == 0

    def kill(self) -> None:
        """Kill the whole process, as a crash of the machine's memory would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def worker_ids(self) -> set[int]:
        """The process ids of its workers."""
        found = set()
        for child in self.process.children():
            # One that was just killed is a zombie until the supervisor looks.
            with suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
                if "spawn_main" in " ".join(child.cmdline()):
                    found.add(child.pid)
        return found


async def patiently(phone: Phone, what: str, *arguments: Any) -> None:
    """As a phone does: silence, a broken connection and a busy server are tried again with the same batch."""
    for _ in range(400):
        try:
            await getattr(phone, what)(*arguments)
            return
        except httpx.TransportError:
            pass
        except PhoneError as error:
            if " 503 " not in str(error) and " 429 " not in str(error):
                raise
        await asyncio.sleep(0.05)
    raise AssertionError(f"the server does not come back for a {what}")
