"""The built phone and desk app as files in memory: compressed ahead, strong ETags, 304, and the app's page
for every address a person may type.

Names under /assets/ carry a hash of their content, so they are immutable. Those of earlier builds stay in a
folder of their own for 60 days: a phone still running the old page must be able to load its parts after the
server was updated.
"""

import contextlib
import hashlib
import mimetypes
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from roundsman.core.http.asgi import Receive, Scope, Send
from roundsman.core.http.compression import accepted
from roundsman.core.http.problems import MEDIA_TYPE, problem_body

ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
KEPT_DAYS: Final = 60
_PAGE: Final = "/index.html"
_OURS: Final = ("/api/", "/assets/", "/healthz", "/readyz")
_IMMUTABLE: Final = b"public, max-age=31536000, immutable"
_MISSING: Final = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Roundsman 行商</title>
<h1>The app has not been built</h1>
<p lang="zh-CN">手机端尚未构建。请在 pwa 目录运行 npm run build，然后刷新本页。</p>
<p lang="en">The server runs. Run <code>npm run build</code> in the folder pwa, then load this page again.</p>
</html>
"""

mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True, slots=True)
class _File:
    media_type: bytes
    digest: str
    bodies: dict[str, bytes]
    """Encoding ("" for none) → bytes."""


def _load(root: Path) -> dict[str, _File]:
    found: dict[str, _File] = {}
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.suffix in (".br", ".gz") or not path.is_file() or path.is_symlink():
            continue
        if (
            any(part.startswith(".") and part != ".well-known" for part in relative.parts)
            or path.suffix == ".map"
        ):
            continue
        body = path.read_bytes()
        bodies = {"": body}
        for encoding, suffix in ENCODINGS:
            with contextlib.suppress(FileNotFoundError):
                bodies[encoding] = path.with_name(path.name + suffix).read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind == "application/manifest+json":
            kind += "; charset=utf-8"
        found["/" + relative.as_posix()] = _File(kind.encode(), hashlib.sha256(body).hexdigest()[:24], bodies)
    return found


def keep_assets(built: Path, kept: Path, now: float | None = None) -> None:
    """Copy the build's hashed files to the folder of kept ones and delete there what no build has used for
    60 days.

    Several processes may do so at once: a file appears whole under its name or not at all.
    """
    now = time.time() if now is None else now
    source = built / "assets"
    if source.is_dir():
        kept.mkdir(parents=True, exist_ok=True)
        for path in source.rglob("*"):
            if not path.is_file() or path.suffix == ".map":
                continue
            target = kept / path.relative_to(source)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                partial = target.with_name(f".{target.name}.{os.getpid()}")
                partial.write_bytes(path.read_bytes())
                partial.replace(target)
            os.utime(target, (now, now))
    if kept.is_dir():
        for path in kept.rglob("*"):
            with contextlib.suppress(FileNotFoundError):
                if path.is_file() and path.stat().st_mtime < now - KEPT_DAYS * 86_400:
                    path.unlink()


class BuiltApp:
    """The ASGI app that serves it. A build that appears or changes while the server runs is picked up at
    the next page.
    """

    def __init__(self, built: Path, kept: Path | None = None) -> None:
        self._built = built
        self._kept = kept
        self._stamp: int | None = None
        self._files: dict[str, _File] = {}
        self._older: dict[str, _File] = {}
        self._refresh()

    def _refresh(self) -> None:
        try:
            stamp: int | None = (self._built / "index.html").stat().st_mtime_ns
        except OSError:
            stamp = None
        if stamp == self._stamp:
            return
        self._stamp = stamp
        self._files = _load(self._built) if stamp is not None else {}
        if self._kept is not None:
            keep_assets(self._built, self._kept)
            self._older = {f"/assets{name}": file for name, file in _load(self._kept).items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET and HEAD; everything else under this mount does not exist."""
        path = "/" + scope["path"].strip("/")
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        method = scope["method"]
        request_id = scope.get("state", {}).get("request_id")
        is_navigation = "text/html" in headers.get(b"accept", "") and not (path + "/").startswith(_OURS)
        if path == "/" or is_navigation or not path.startswith("/assets/"):
            self._refresh()
        file = self._files.get(_PAGE if path == "/" else path) or self._older.get(path)
        is_asset = file is not None and path.startswith("/assets/")
        if file is None and is_navigation:
            file = self._files.get(_PAGE)
        if method not in ("GET", "HEAD"):
            is_known = file is not None
            status, code = (405, "method_not_allowed") if is_known else (404, "not_found")
            extra = [(b"allow", b"GET, HEAD")] if is_known else []
            await _send(
                send,
                status,
                MEDIA_TYPE.encode(),
                problem_body(status, code, request_id=request_id),
                method,
                extra,
            )
        elif file is not None:
            await self._serve(file, is_asset, method, headers, send)
        elif (path == "/" or is_navigation) and not self._files:
            page = _MISSING.encode()
            await _send(
                send, 503, b"text/html; charset=utf-8", page, method, [(b"cache-control", b"no-store")]
            )
        else:
            extra = [(b"cache-control", b"no-store")]
            await _send(
                send,
                404,
                MEDIA_TYPE.encode(),
                problem_body(404, "not_found", request_id=request_id),
                method,
                extra,
            )

    async def _serve(
        self, file: _File, is_asset: bool, method: str, headers: dict[bytes, str], send: Send
    ) -> None:
        taken = accepted(headers.get(b"accept-encoding", ""))
        encoding = next((name for name, _ in ENCODINGS if name in file.bodies and name in taken), "")
        # One tag per encoding: a strong ETag promises the same bytes.
        etag = f'"{file.digest}{"-" + encoding if encoding else ""}"'
        extra = [
            (b"etag", etag.encode()),
            (b"cache-control", _IMMUTABLE if is_asset else b"no-cache"),
            (b"vary", b"accept-encoding"),
        ]
        known = {name.strip().removeprefix("W/") for name in headers.get(b"if-none-match", "").split(",")}
        if etag in known or "*" in known:
            await send({"type": "http.response.start", "status": 304, "headers": extra})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        if encoding:
            extra.append((b"content-encoding", encoding.encode()))
        await _send(send, 200, file.media_type, file.bodies[encoding], method, extra)


async def _send(
    send: Send, status: int, media_type: bytes, body: bytes, method: str, extra: list[tuple[bytes, bytes]]
) -> None:
    headers = [(b"content-type", media_type), (b"content-length", str(len(body)).encode()), *extra]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body, "more_body": False})
