"""The days of earlier builds as they were recorded (tests/vectors/builds): reading one, sending it to the present app,
and what is compared. Recording a new one is record.py."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from roundsman.core import db
from roundsman.core.registry import Registry
from roundsman.core.times import MINUTE, FixedClock
from roundsman.identity.sign_in import FirstRun, first_run
from tests.cast import PASSWORD, Cast

FOLDER: Final = Path(__file__).resolve().parents[1] / "vectors" / "builds"
KEPT: Final = ("requests.json", "database.json", "answers.json")
COMPANY: Final = "019aa000-0002-7000-8000-000000000000"
PEOPLE: Final = {
    name: f"019aa000-0001-7000-8000-{number:012d}"
    for number, name in ((1, "rep"), (2, "manager"), (3, "clerk"), (5, "agent"))
}
BEGAN: Final = 1_795_136_400_000
"""2026-11-20 01:00 UTC, when the recorded day began."""


@dataclass(frozen=True)
class Build:
    """One recorded build. `requests` are {by, path, text} in the order they were sent."""

    name: str
    requests: list[dict[str, str]]

    def kept(self, file: str) -> Any:
        """What stands in one of its files."""
        return json.loads((FOLDER / self.name / file).read_text("utf-8"))

    def sent(self) -> list[tuple[str, int, dict[str, Any]]]:
        """(name, version, arguments) of every command it asked for."""
        found: list[tuple[str, int, dict[str, Any]]] = []
        for request in self.requests:
            body = json.loads(request["text"])
            if (name := desk_command(request)) is not None:
                found.append((name, self.version_of(name), body))
            found += [(one["name"], one["v"], one["args"]) for one in body.get("commands", ())]
        return found

    def version_of(self, name: str) -> int:
        """The version it writes a command in, which its desk says in a header."""
        return int(self.kept("build.json")["commands"][name]["version"])


def desk_command(request: dict[str, str]) -> str | None:
    """The name of the command a desk sent, or None for what a phone's loop asked."""
    _, is_command, name = request["path"].partition("/api/commands/")
    return name if is_command else None


def builds() -> list[Build]:
    """Every recorded build, oldest first."""
    return [read_build(folder.name) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()]


def read_build(name: str) -> Build:
    """One by its name."""
    return Build(name, json.loads((FOLDER / name / "requests.json").read_text("utf-8")))


def digests(name: str) -> dict[str, str]:
    """SHA-256 of what was recorded, so that nobody writes it anew unseen."""
    return {file: hashlib.sha256((FOLDER / name / file).read_bytes()).hexdigest() for file in KEPT}


def shapes(registry: Registry) -> dict[str, dict[str, Any]]:
    """Each command's version and a digest of the shape of its arguments."""
    made = {}
    for name, command in sorted(registry.commands.items()):
        _, parts = msgspec.json.schema_components([command.payload])
        text = json.dumps(_bare(parts), sort_keys=True)
        made[name] = {"version": command.version, "shape": hashlib.sha256(text.encode()).hexdigest()[:16]}
    return made


def _bare(schema: Any) -> Any:
    """Without the words for people."""
    if isinstance(schema, dict):
        return {key: _bare(value) for key, value in schema.items() if key not in ("description", "title")}
    return [_bare(one) for one in schema] if isinstance(schema, list) else schema


def shape_of(value: Any) -> Any:
    """What is where in an answer, without the values."""
    if isinstance(value, dict):
        return {key: shape_of(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape_of(value[0])] if value else []
    return type(value).__name__


def lacks(before: Any, now: Any, at: str = "") -> list[str]:
    """Where an answer no longer has what an earlier build reads; more than that it may have."""
    if isinstance(before, dict) and isinstance(now, dict):
        return [
            place
            for key, one in before.items()
            for place in (lacks(one, now[key], f"{at}.{key}") if key in now else [f"{at}.{key}"])
        ]
    if isinstance(before, list) and isinstance(now, list):
        return lacks(before[0], now[0], f"{at}[]") if before and now else []
    return [] if before == now else [f"{at}: {before} is now {now}"]


async def replay(stage: Cast, build: Build, clock: FixedClock) -> list[dict[str, Any]]:
    """Send a recorded day to an app nobody has used; what came back to each request, as far as builds rely on it."""
    owner = FirstRun(company="Company", name="Administrator", login="administrator", password=PASSWORD)
    made = await first_run(owner, clock.now_ms(), address="", agent="")
    stage.people.update(PEOPLE, administrator=made.person.id)
    # Texts of the recording → those of this installation.
    words = {COMPANY: await db.fetch_value("SELECT id FROM territories")}
    words["epoch-1"] = await db.fetch_value("SELECT epoch FROM sync_meta")
    answers: list[dict[str, Any]] = []
    for number, request in enumerate(build.requests):
        clock.advance(MINUTE)
        text = request["text"]
        for word, ours in words.items():
            text = text.replace(f'"{word}"', f'"{ours}"')
        client = stage.anybody() if request["by"] == "nobody" else await stage.client(request["by"])
        headers = {"content-type": "application/json", "idempotency-key": f"{build.name} {number}"}
        if (name := desk_command(request)) is not None:
            headers["command-version"] = str(build.version_of(name))
        answer = await client.post(request["path"], content=text.encode(), headers=headers)
        body = answer.json()
        if request["path"].endswith("/hello"):
            known = sum(word.startswith("replica-") for word in words)
            words[f"replica-{known + 1}"] = body["replica"]
        answers.append({"status": answer.status_code, **_told(body)})
    return answers


def _told(body: dict[str, Any]) -> dict[str, Any]:
    if "results" not in body:
        told = {key: body[key] for key in ("status", "code") if isinstance(body.get(key), str)}
        return {"told": told, "shape": shape_of(body)}
    results = {
        one["uuid"]: {"told": [one["status"], one.get("code")], "shape": shape_of(one)}
        for one in body["results"]
    }
    return {"results": results, "shape": {key: shape_of(one) for key, one in body.items() if key in _WHOLE}}


_WHOLE: Final = {
    "epoch",
    "server_time",
    "last_number",
    "gen",
    "head",
    "more",
    "drop",
    "reset",
    "restarted",
    "stop",
}
