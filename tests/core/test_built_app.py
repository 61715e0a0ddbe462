"""The built app as it is served: compressed ahead, held by the browser, found at every address, nothing
else readable.
"""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from roundsman.core.http.built_app import BuiltApp, keep_assets

PAGE = {"accept": "text/html,application/xhtml+xml"}


def build(folder: Path, mark: str = "one") -> Path:
    dist = folder / "dist"
    (dist / "assets").mkdir(parents=True, exist_ok=True)
    for old in (dist / "assets").iterdir():
        old.unlink()
    (dist / "index.html").write_text(f"<html>{mark}</html>")
    (dist / "sw.js").write_text("self")
    (dist / "manifest.webmanifest").write_text("{}")
    (dist / "assets" / f"main-{mark}.js").write_text(f"code {mark}")
    (dist / "assets" / f"main-{mark}.js.br").write_bytes(b"brotli")
    (dist / "assets" / f"main-{mark}.js.gz").write_bytes(b"gzip")
    (dist / "assets" / f"main-{mark}.js.map").write_text("secret source")
    (dist / ".vite").mkdir(exist_ok=True)
    (dist / ".vite" / "manifest.json").write_text("{}")
    return dist


def client_of(dist: Path, kept: Path | None = None) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(BuiltApp(dist, kept)), base_url="http://rounds.test"
    )


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    (tmp_path / "secret.txt").write_text("outside")
    async with client_of(build(tmp_path), tmp_path / "kept") as opened:
        yield opened


async def raw(client: httpx.AsyncClient, path: str, **headers: str) -> tuple[int, httpx.Headers, bytes]:
    request = client.build_request("GET", path, headers=headers)
    answer = await client.send(request, stream=True)
    return answer.status_code, answer.headers, b"".join([part async for part in answer.aiter_raw()])


async def test_the_hashed_parts_are_immutable_and_come_compressed(client: httpx.AsyncClient) -> None:
    path = "/assets/main-one.js"
    status, headers, body = await raw(client, path, **{"accept-encoding": "gzip, br"})
    assert (status, headers["content-encoding"], body) == (200, "br", b"brotli")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert headers["vary"] == "accept-encoding"
    _, gzipped, body = await raw(client, path, **{"accept-encoding": "gzip, br;q=0"})
    assert (gzipped["content-encoding"], body) == ("gzip", b"gzip")
    _, plain, body = await raw(client, path, **{"accept-encoding": "identity"})
    assert ("content-encoding" not in plain, body) == (True, b"code one")
    assert len({headers["etag"], gzipped["etag"], plain["etag"]}) == 3
    assert not headers["etag"].startswith("W/")


async def test_what_the_browser_holds_is_not_sent_again(client: httpx.AsyncClient) -> None:
    _, headers, _ = await raw(client, "/", **{"accept-encoding": "br"})
    assert headers["cache-control"] == "no-cache"
    status, again, body = await raw(
        client, "/", **{"accept-encoding": "br", "if-none-match": f'"x", {headers["etag"]}'}
    )
    assert (status, body, again["etag"]) == (304, b"", headers["etag"])
    _, worker, _ = await raw(client, "/sw.js")
    assert worker["cache-control"] == "no-cache"


async def test_every_address_a_person_may_type_is_the_app(client: httpx.AsyncClient) -> None:
    for path in ("/", "/customers", "/visits/01a2", "/team/a/2026-11-22"):
        answer = await client.get(path, headers=PAGE)
        assert (answer.status_code, answer.text) == (200, "<html>one</html>"), path


@pytest.mark.parametrize(
    "path", ["/assets/main-gone.js", "/api/nothing", "/api", "/healthz/x", "/assets/", "/assets"]
)
async def test_what_is_missing_is_never_the_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers=PAGE)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_script_that_is_missing_is_never_the_page(client: httpx.AsyncClient) -> None:
    assert (await client.get("/old.js", headers={"accept": "*/*"})).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "//etc/passwd",
        "/assets/main-one.js.map",
        "/assets/main-one.js.br",
        "/.vite/manifest.json",
        "/%00",
    ],
)
async def test_nothing_but_the_app_can_be_read(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(httpx.URL("http://rounds.test", raw_path=path.encode()))
    assert answer.status_code == 404
    assert b"outside" not in answer.content


async def test_head_has_the_headers_and_no_body(client: httpx.AsyncClient) -> None:
    answer = await client.head("/sw.js")
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", "4")


async def test_the_app_is_only_read(client: httpx.AsyncClient) -> None:
    answer = await client.post("/", headers=PAGE)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert (await client.put("/assets/none.js")).status_code == 404


async def test_without_a_build_a_page_says_so(tmp_path: Path) -> None:
    async with client_of(tmp_path / "dist", tmp_path / "kept") as client:
        answer = await client.get("/today", headers=PAGE)
        assert answer.status_code == 503
        assert "npm run build" in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert (await client.get("/assets/x.js")).status_code == 404
        build(tmp_path)
        assert (await client.get("/today", headers=PAGE)).text == "<html>one</html>"


async def test_a_phone_on_the_old_page_still_finds_its_parts_after_a_new_build(tmp_path: Path) -> None:
    dist, kept = build(tmp_path), tmp_path / "kept"
    async with client_of(dist, kept) as client:
        assert (await client.head("/assets/main-one.js")).status_code == 200
    build(tmp_path, "two")
    os.utime(dist / "index.html", ns=(1, 1))
    async with client_of(dist, kept) as client:
        assert (await client.get("/", headers=PAGE)).text == "<html>two</html>"
        _, headers, body = await raw(client, "/assets/main-one.js", **{"accept-encoding": "br"})
        assert (body, headers["cache-control"]) == (b"brotli", "public, max-age=31536000, immutable")
        assert (
            await client.get("/assets/main-two.js", headers={"accept-encoding": "identity"})
        ).text == "code two"


def test_parts_no_build_used_for_sixty_days_are_deleted(tmp_path: Path) -> None:
    dist, kept = build(tmp_path), tmp_path / "kept"
    now = time.time()
    keep_assets(dist, kept, now)
    build(tmp_path, "two")
    keep_assets(dist, kept, now + 59 * 86_400)
    assert sorted(path.name for path in kept.iterdir() if path.suffix == ".js") == [
        "main-one.js",
        "main-two.js",
    ]
    keep_assets(dist, kept, now + 61 * 86_400)
    assert sorted(path.name for path in kept.iterdir() if path.suffix == ".js") == ["main-two.js"]
    assert not list(kept.glob("*.map"))
