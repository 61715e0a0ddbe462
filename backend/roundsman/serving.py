"""Serving processes: one uvicorn server, or several under its supervisor, that stop cleanly while phones
listen; and the pair of servers a developer works with.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import Multiprocess

from roundsman.app import App, create_app
from roundsman.core import logs
from roundsman.core.config import Config, read_config
from roundsman.sync import events

# Streams end by themselves when asked; whatever else still runs after this is cancelled.
PATIENCE_SECONDS: Final = 2


HEALTH_SECONDS: Final = 30
"""How long a worker may not answer its supervisor before it counts as hung. One that is dead is noticed at once; one
that still starts, on a machine with much to do, must not be killed for it."""
HEADER_SECONDS: Final = 20.0
"""How long a client may take to say what it wants; uvicorn itself would wait for ever."""


class Protocol(HttpToolsProtocol):
    """uvicorn's, which hangs up on a client that does not come to the end of its headers."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Somebody connects."""
        super().connection_made(transport)
        self._wait()

    def on_message_begin(self) -> None:
        """The first bytes of a request."""
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        """What is wanted is known."""
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(HEADER_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


class Supervisor(Multiprocess):
    """uvicorn's, which starts another worker at once also when one dies while it is asked whether it lives: uvicorn
    holds the worker's end of the pipe open itself, and would wait all of HEALTH_SECONDS for the answer of the dead.
    """

    def keep_subprocess_alive(self) -> None:
        """Look after every worker."""
        for process in self.processes:
            process.child_conn.close()
        super().keep_subprocess_alive()


def app_from_environment() -> App:
    """The app as a serving process makes it for itself."""
    config = read_config()
    logs.set_up(config.log, config.log_format)
    app = create_app(config)
    app.on_startup.append(_end_streams_when_told)
    return app


async def _end_streams_when_told() -> None:
    """End the event streams the moment the process is told to stop: uvicorn waits for its connections
    before it tells the app.
    """
    loop = asyncio.get_running_loop()
    ending: set[asyncio.Task[None]] = set()

    def end_streams() -> None:
        ending.add(loop.create_task(events.close_all()))

    for wanted in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(wanted)

        def told(number: int, frame: FrameType | None, before: Any = before) -> None:
            loop.call_soon_threadsafe(end_streams)
            if callable(before):
                before(number, frame)

        signal.signal(wanted, told)


def address_of(bound: socket.socket) -> str:
    """The address people type for a bound socket."""
    host, port = bound.getsockname()[:2]
    shown = "localhost" if host in ("0.0.0.0", "::", "127.0.0.1", "::1") else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"


def _uvicorn_config(config: Config) -> uvicorn.Config:
    return uvicorn.Config(
        "roundsman.serving:app_from_environment",
        factory=True,
        host=config.host,
        port=config.port,
        workers=config.workers,
        http=Protocol,
        lifespan="on",
        proxy_headers=True,
        forwarded_allow_ips=config.trusted_proxies,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
        timeout_worker_healthcheck=HEALTH_SECONDS,
    )


def _stop(_signal: int, _frame: FrameType | None) -> None:
    # uvicorn raises the signal once more when it has stopped; having been asked to stop is no failure.
    raise SystemExit(0)


def serve(config: Config) -> int:
    """Serve until told to stop: 0. Raises OSError when the port is taken."""
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, _stop)
    settings = _uvicorn_config(config)
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((config.host, config.port))
    # From here on a connection waits instead of being refused, though nobody answers yet.
    bound.listen(2048)
    bound.set_inheritable(True)
    print(f"Roundsman is at {config.public_url or address_of(bound)}", flush=True)
    try:
        if config.workers > 1:
            Supervisor(settings, sockets=[bound]).run()
            return 0
        server = uvicorn.Server(settings)
        server.run(sockets=[bound])
        return 0 if server.started else 1
    finally:
        bound.close()


def develop(root: Path, config: Config) -> int:
    """Run the server, started again at every change, and vite before it, until one of them ends or Ctrl-C."""
    vite = root / "pwa" / "node_modules" / ".bin" / "vite"
    if not vite.exists():
        print(
            "roundsman dev needs the phone's libraries: run npm ci in the folder pwa first", file=sys.stderr
        )
        return 1
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    backend = [
        "roundsman.serving:app_from_environment",
        "--factory",
        "--reload",
        "--reload-dir",
        str(root / "backend"),
    ]
    listening = ["--host", config.host, "--port", str(config.port), "--no-access-log"]
    ending = ["--timeout-graceful-shutdown", "1"]
    running = [
        subprocess.Popen([sys.executable, "-m", "uvicorn", *backend, *listening, *ending], env=environment),
        subprocess.Popen([str(vite)], cwd=root / "pwa", env=environment),
    ]
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()
    return 0
