"""The `roundsman` command as a process: it says where it is, and stops at once with a phone still
listening.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
import uvicorn

from roundsman import serving
from roundsman.app import create_app
from roundsman.core.config import Config
from roundsman.core.http import front
from tests.core.trial import PASSWORD
from tests.serving import Serving


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    environment = {**os.environ, "ROUNDSMAN_DATA": str(folder), "ROUNDSMAN_PORT": "0"}
    command = [sys.executable, "-m", "roundsman", *arguments]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Roundsman is at http://localhost:"), (folder / "log").read_text()
            yield process, line.split()[-1]
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stdout.close()


@pytest.mark.slow(5)
@pytest.mark.parametrize(("workers", "told"), [("1", signal.SIGINT), ("2", signal.SIGTERM)])
def test_serving_stops_at_once_while_a_phone_listens(
    tmp_path: Path, workers: str, told: signal.Signals
) -> None:
    with (
        running(tmp_path, "serve", "--workers", workers) as (process, address),
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        first = {"company": "Trial", "name": "Ada", "login": "ada", "password": PASSWORD}
        assert client.post("/api/identity/first_run", json=first).status_code == 200
        replica = client.post("/api/sync/hello", json={"proto": 1}).json()["replica"]
        heard = threading.Event()
        endings: list[str] = []

        def listen() -> None:
            with client.stream("GET", f"/api/sync/events?replica={replica}") as stream:
                assert stream.headers["content-type"].startswith("text/event-stream")
                assert "content-encoding" not in stream.headers
                for line in stream.iter_lines():
                    if line.startswith("event: head"):
                        heard.set()
                endings.append("whole")

        phone = threading.Thread(target=listen)
        phone.start()
        assert heard.wait(30)
        began = time.monotonic()
        process.send_signal(told)
        code = process.wait(30)
        took = time.monotonic() - began
        phone.join()
    assert code == 0, (tmp_path / "log").read_text()
    assert took < 6
    assert endings == ["whole"]
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.mark.slow(8)
def test_a_worker_that_dies_while_it_is_asked_whether_it_lives_is_replaced_at_once(tmp_path: Path) -> None:
    with Serving(tmp_path, f"sqlite:///{tmp_path}/company.db", workers=2) as served:
        while len(before := served.worker_ids()) < 2:
            time.sleep(0.05)
        asked = min(before)
        # It hears nothing any more, so that the supervisor stands waiting for its answer when it dies.
        os.kill(asked, signal.SIGSTOP)
        time.sleep(1.5)
        os.kill(asked, signal.SIGKILL)
        until = time.monotonic() + serving.HEALTH_SECONDS / 2
        while not served.worker_ids() - before:
            assert time.monotonic() < until, served.log
            time.sleep(0.05)
        served.stop()


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ROUNDSMAN_DATA": str(folder), **settings}
    command = [sys.executable, "-m", "roundsman", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_a_wrong_setting_is_said_in_one_line(tmp_path: Path) -> None:
    done = run(tmp_path, "migrate", ROUNDSMAN_PORT="eighty")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "roundsman: ROUNDSMAN_PORT must be a whole number from 0 to 65535\n"


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(tmp_path, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "cannot listen on 127.0.0.1" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience of a test."""
    monkeypatch.setattr(serving, "HEADER_SECONDS", 0.4)
    monkeypatch.setattr(front, "BODY_SECONDS", 0.6)
    monkeypatch.setattr(front, "BYTES_A_SECOND", 1000)


HEAD = b"POST /api/identity/sign_in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"


@pytest.mark.usefixtures("hurried")
async def test_a_client_that_drips_is_hung_up_on(tmp_path: Path) -> None:
    app = create_app(Config(data=str(tmp_path), app="/nowhere", runs_jobs=False))
    settings = uvicorn.Config(app, port=0, http=serving.Protocol, lifespan="on", log_config=None)
    server = uvicorn.Server(settings)
    running_server = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]

    async def drip(first: bytes, rest: bytes) -> bytes:
        """Send `first` at once and the rest byte by byte; everything that is answered until the end."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        heard = bytearray()

        async def hear() -> None:
            # What came before the connection was reset counts.
            with suppress(ConnectionError):
                while block := await reader.read(1000):
                    heard.extend(block)

        hearing = asyncio.create_task(hear())
        try:
            writer.write(first)
            for n in range(len(rest)):
                if hearing.done():
                    break
                writer.write(rest[n : n + 1])
                await asyncio.sleep(0.05)
            await asyncio.wait_for(hearing, 5)
            return bytes(heard)
        finally:
            writer.close()
            hearing.cancel()

    began = time.monotonic()
    # Nothing at all, half a line of headers, and a second request on a connection that was honest once.
    honest = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"
    body = HEAD + b"content-length: 1000\r\n\r\n"
    silent, headers, second, slow, patient = await asyncio.gather(
        drip(b"", b""),
        drip(b"GET /healthz HTTP/1.1\r\n", b"x-a: " + b"a" * 200),
        drip(honest, b"GET /healthz HTTP/1.1\r\nx-a: " + b"a" * 200),
        drip(body, b" " * 1000),
        drip(HEAD + b"connection: close\r\ncontent-length: 802\r\n\r\n" + b" " * 800, b"{}"),
    )
    assert time.monotonic() - began < 5
    assert (silent, headers) == (b"", b"")
    assert second.count(b"HTTP/1.1 200") == 1
    assert slow.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in slow.lower()
    assert patient.startswith(b"HTTP/1.1 422"), patient
    server.should_exit = True
    await running_server


async def test_a_worker_that_starts_while_the_database_is_away_says_so_and_waits(tmp_path: Path) -> None:
    """uvicorn's supervisor ends every worker when one cannot start."""
    url = f"postgresql://nobody@/nothing?host={tmp_path}"
    app = create_app(Config(data=str(tmp_path), database_url=url, runs_jobs=False))
    async with app.lifespan():
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            answer = await client.post("/api/sync/push", content=b"{}")
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert int(answer.headers["retry-after"]) >= 1
