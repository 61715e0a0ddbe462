"""A push service in the test's process, as a browser vendor runs one: it knows its subscriptions, proves who sent,
reads what was sent with an implementation that is not ours, and can be told to misbehave.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import http_ece  # type: ignore[import-untyped]  # it ships no types
import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HOST = "fcm.googleapis.com"


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """One browser's subscription, with the private half only it has."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    def subscription(self) -> dict[str, str]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": b64(point), "auth": b64(self.auth)}


@dataclass
class MockService(httpx.AsyncBaseTransport):
    """`received` are (endpoint, payload); `answers` are what it says next instead of 201; `asked` every request."""

    known_key: str = ""
    browsers: dict[str, Browser] = field(default_factory=dict)
    received: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    asked: list[httpx.Request] = field(default_factory=list)
    answers: list[httpx.Response] = field(default_factory=list)

    def browser(self, name: str = "a", host: str = HOST) -> Browser:
        made = Browser(f"https://{host}/fcm/send/{name}")
        self.browsers[made.endpoint] = made
        return made

    def kinds(self) -> Iterator[str]:
        return (payload["kind"] for _, payload in self.received)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.answers:
            return self.answers.pop(0)
        # It was sent to the address that was looked up, under the service's name.
        assert request.url.host == "142.250.1.1"
        host = request.headers["host"]
        assert request.extensions["sni_hostname"] == host
        browser = self.browsers.get(f"https://{host}{request.url.raw_path.decode()}")
        if browser is None:
            return httpx.Response(410)
        body = request.read()
        assert len(body) <= 4096
        scheme, _, parameters = request.headers["authorization"].partition(" ")
        named = dict(part.strip().split("=", 1) for part in parameters.split(","))
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(named["k"]))
        claims = jwt.decode(named["t"], point, algorithms=["ES256"], audience=f"https://{host}")
        assert (scheme, named["k"]) == ("vapid", self.known_key)
        assert claims["sub"].startswith("mailto:")
        assert request.headers["content-encoding"] == "aes128gcm"
        assert int(request.headers["ttl"]) > 0
        assert len(request.headers["topic"]) <= 32
        plain = http_ece.decrypt(body, private_key=browser.key, auth_secret=browser.auth, version="aes128gcm")
        self.received.append((browser.endpoint, json.loads(plain)))
        return httpx.Response(201)
