"""Traces of one phone's life, for the phone's TypeScript core to replay and to end in the same states.

A file `seed-<n>.json` (chance) or `story-<name>.json` (see `scripts`) holds
`{format: 1, seed, scenario, user, events: [...]}`. Each element of `events` is

* `event`: what is fed to the core, see `events` for the kinds; requests and responses are verbatim wire JSON;
* `ids`: the ids the core draws during this event, in this order (replica ids: first hello, fork, recovery);
* `output`: what the core answers (a request, cancelled uuids, whether a checkpoint was committed), or null;
* `expect`: how the state differs from the one before, only what changed:
  * `epoch, replica, next_number, acked_number, head, gen, cursors, recovering` and `outbox` as
    `[[number, uuid, state]…]` by number, `journal` as `{uuid: status}`, `issues` as `{uuid: code}`,
    `staging` as null or `{cursors, drop, reset, entries}` (entries = how many are staged);
  * `base`: `{"<tbl>/<pk>": {row, b: {bucket: seq}} | null}`, null for a row that went;
  * `view`: `{"<tbl>/<pk>": row | null}`, the rendered view (base plus replay of the outbox);
  * `hidden`: uuids of pending commands whose row is not in the view.

The replay keeps one expected state, starting from nothing, applies each `expect` to it and compares all.
The optimistic effects of the three commands are in `handlers.show`. A phone cloned from another one carries
that one's earlier events; an `evicted` event empties the storage.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.sync.model.chance import Chance
from tests.sync.model.client import Client
from tests.sync.model.events import Event
from tests.sync.model.oracle import Device
from tests.sync.model.scenarios import SCENARIOS
from tests.sync.model.scripts import SCRIPTS, open_world
from tests.sync.model.world import Recorder, World

STEPS = 220
ROTATION = tuple(
    scenario.with_weights(scenario.name, tap=60, cancel=6, resolve=4)
    for scenario in (
        SCENARIOS["copies"],
        SCENARIOS["disaster"],
        SCENARIOS["moving"],
        SCENARIOS["copies"],
        SCENARIOS["slow_first_sync"],
        SCENARIOS["poison"],
    )
)


@dataclass(slots=True)
class Tape:
    """The recorded life of one phone and the last state written down."""

    events: list[dict[str, Any]] = field(default_factory=list)
    summary: dict[str, Any] = field(default_factory=dict)
    base: dict[str, Any] = field(default_factory=dict)
    view: dict[str, Any] = field(default_factory=dict)
    tags: Counter[str] = field(default_factory=Counter)

    def copy(self) -> "Tape":
        return Tape(list(self.events), self.summary, self.base, self.view, Counter(self.tags))

    def write(self, client: Client, event: Event, ids: list[str], output: Any) -> None:
        summary, base, view = _state(client)
        expect = {key: value for key, value in summary.items() if self.summary.get(key, ...) != value}
        if changed := _difference(self.base, base):
            expect["base"] = changed
        if changed := _difference(self.view, view):
            expect["view"] = changed
        self.tags.update(_tags(event, output, self.summary, summary))
        self.summary, self.base, self.view = summary, base, view
        record = {"event": event, "ids": list(ids), "output": output, "expect": expect}
        self.events.append(json.loads(json.dumps(record)))


def _state(client: Client) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    tables, hidden = client.view()
    view = {f"{tbl}/{pk}": row for tbl, rows in tables.items() for pk, row in rows.items()}
    base = {f"{tbl}/{pk}": {"row": held.row, "b": held.b} for (tbl, pk), held in client.rows.items()}
    return {**client.summary(), "hidden": hidden}, base, view


def _difference(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    changed = {key: value for key, value in new.items() if old.get(key) != value}
    return {**changed, **{key: None for key in old if key not in new}}


def _tags(event: Event, output: Any, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What this event exercised, for the coverage table."""
    kind: str = event["kind"]
    tags = [kind]
    if kind == "push_response":
        response = event["response"]
        stop = response.get("stop", {}).get("reason")
        if old == new:
            tags.append("push_response ignored or repeated")
        if stop is not None:
            tags.append(f"push_response stop {stop}")
        tags += [f"push_response {result['status']}" for result in response["results"]]
    elif kind == "pull_response":
        response = event["response"]
        if "refused" in response:
            tags.append(f"pull_response refused {response['refused']}")
        elif old == new:
            tags.append("pull_response late")
        else:
            tags.append("pull_response commit" if output else "pull_response page")
            tags += [f"pull_response {name}" for name in ("drop", "reset", "restarted") if response[name]]
    elif kind == "tab_killed":
        tags.append("tab_killed discards" if event["discard"] else "tab_killed resumes")
    elif kind == "hello" and old.get("epoch"):
        tags.append("hello with another epoch")
    if any(entry[2] == "seen" for entry in new["outbox"]):
        tags.append("outbox seen")
    if old.get("recovering") and not new["recovering"]:
        tags.append("recovered")
        if len(new["outbox"]) > len(old["outbox"]):
            tags.append("recovered from the journal")
    if new["hidden"]:
        tags.append("hidden")
    if any(code == "dependency" for code in new["issues"].values()) and old.get("issues") != new["issues"]:
        tags.append("issue by dependency")
    return tags


def _record(tapes: dict[int, Tape]) -> Recorder:
    def record(device: Device, event: Event, ids: list[str], output: Any) -> None:
        tapes.setdefault(device.index, Tape()).write(device.client, event, ids, output)

    return record


def _copy_on_clone(world: World, tapes: dict[int, Tape]) -> None:
    def clone(source: Device, target: Device) -> None:
        tapes[target.index] = tapes[source.index].copy()
        tapes[target.index].tags["cloned"] += 1

    world.on_clone = clone


def of_seed(seed: int) -> tuple[bytes, Counter[str]]:
    """The most eventful phone of this seed's world: file content and what it exercised."""
    scenario = ROTATION[seed % len(ROTATION)]
    tapes: dict[int, Tape] = {}
    world = Chance(seed, scenario, recorder=_record(tapes))
    _copy_on_clone(world, tapes)
    world.play(STEPS)
    world.settle()
    index = max(tapes, key=lambda index: (len(tapes[index].tags), -len(tapes[index].events)))
    head = {"format": 1, "seed": seed, "scenario": scenario.name, "user": world.devices[index].user}
    return _render(head, tapes[index]), tapes[index].tags


def of_script(name: str) -> tuple[bytes, Counter[str]]:
    """The phone a story is about."""
    tapes: dict[int, Tape] = {}
    world = open_world(recorder=_record(tapes))
    _copy_on_clone(world, tapes)
    device = SCRIPTS[name](world)
    head = {"format": 1, "seed": world.seed, "scenario": name, "user": device.user}
    return _render(head, tapes[device.index]), tapes[device.index].tags


def _render(head: dict[str, Any], tape: Tape) -> bytes:
    """One event per line, so that a difference can be read."""
    body = ",\n".join(_compact(event) for event in tape.events)
    return f'{_compact(head)[:-1]},"events":[\n{body}\n]}}\n'.encode()


def _compact(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def traces(seeds: range) -> Iterator[tuple[str, bytes, Counter[str]]]:
    """File name, exact content and coverage of every trace: the seeds and all stories."""
    for seed in seeds:
        yield f"seed-{seed:02}.json", *of_seed(seed)
    for name in SCRIPTS:
        yield f"story-{name.replace('_', '-')}.json", *of_script(name)


def export(seeds: range, out: Path) -> Counter[str]:
    """Write the traces, remove others, answer what they cover."""
    out.mkdir(parents=True, exist_ok=True)
    coverage: Counter[str] = Counter()
    written = set()
    for name, content, tags in traces(seeds):
        (out / name).write_bytes(content)
        written.add(name)
        coverage += tags
    for path in out.glob("*.json"):
        if path.name not in written:
            path.unlink()
    return coverage
