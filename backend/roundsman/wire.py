"""Writes down for the phone what the server says of itself: the OpenAPI document and the types made from
it, the rows of every feed, the payload of every command; and env.example. A test keeps all of them fresh.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from piccolo.columns import JSON, JSONB, BigInt, Boolean, Column, Integer, SmallInt, Text, Varchar
from piccolo.columns.column_types import Serial

from roundsman.app import create_app
from roundsman.core.config import Config, example
from roundsman.core.domain import Feed
from roundsman.core.http.document import document_of
from roundsman.core.registry import Registry
from roundsman.domains import gather

_WRITTEN: Final = "// Written by `roundsman wire` from the server's code; never edited.\n"
_TYPES: Final[tuple[tuple[type[Column], str], ...]] = (
    (Boolean, "boolean"),
    (JSONB, "unknown"),
    (JSON, "unknown"),
    (BigInt, "number"),
    (SmallInt, "number"),
    (Serial, "number"),
    (Integer, "number"),
    (Text, "string"),
    (Varchar, "string"),
)


def document_text(registry: Registry) -> str:
    """The OpenAPI document as JSON text, the same for the same code."""
    # The app is only described, never started: nothing is opened or written.
    app = create_app(Config(data=os.devnull, app=os.devnull, runs_jobs=False), registry)
    return json.dumps(document_of(app), ensure_ascii=False, indent=1) + "\n"


def feeds_text(registry: Registry) -> str:
    """feeds.ts: one interface per feed, and the version of each."""
    feeds = [registry.feeds[name] for name in sorted(registry.feeds)]
    lines = [_WRITTEN]
    for feed in feeds:
        lines += [
            f"/** A row of {feed.name} as a phone holds it. */",
            f"export interface {row_name(feed)} {{",
        ]
        lines += [f"  {name}: {type_of(feed, name)}" for name in feed.fields]
        lines += ["}", ""]
    lines += ["export interface Feeds {", *(f"  {feed.name}: {row_name(feed)}" for feed in feeds), "}", ""]
    lines += ["export type FeedName = keyof Feeds", ""]
    lines += ["export const FEED_VERSIONS: Readonly<Record<FeedName, number>> = {"]
    lines += [*(f"  {feed.name}: {feed.version}," for feed in feeds), "}", ""]
    packed = ", ".join(f"'{feed.name}'" for feed in feeds if feed.is_packed)
    lines += [
        "/** Feeds whose rows are stored many per record. */",
        f"export const PACKED_FEEDS: readonly FeedName[] = [{packed}]",
    ]
    return "\n".join(lines) + "\n"


def row_name(feed: Feed) -> str:
    """The interface's name: the table's class and "Row"."""
    return f"{feed.table.__name__}Row"


def type_of(feed: Feed, name: str) -> str:
    """The TypeScript type of a field. Raises TypeError for a column that no phone can hold."""
    column = next(column for column in feed.table._meta.columns if column._meta.name == name)
    found = next((word for kind, word in _TYPES if isinstance(column, kind)), None)
    if found is None:
        raise TypeError(f"{feed.name}.{name}: no type for a {type(column).__name__}")
    return f"{found} | null" if column._meta.null and found != "unknown" else found


def commands_text(registry: Registry) -> str:
    """commands.ts: payload and answer of every command by its name, and its version."""
    commands = [registry.commands[name] for name in sorted(registry.commands)]
    schema = "components['schemas']"
    lines = [_WRITTEN, "import type { components } from './api'", ""]
    lines += ["/** What each command is sent with. */", "export interface Payloads {"]
    lines += [f"  '{one.name}': {schema}['{one.payload.__name__}']" for one in commands]
    lines += ["}", "", "/** What each command answers. */", "export interface Answers {"]
    for one in commands:
        lines.append(f"  '{one.name}': " + (f"{schema}['{one.answer.__name__}']" if one.answer else "null"))
    lines += ["}", "", "export type CommandName = keyof Payloads", ""]
    lines += ["export const COMMAND_VERSIONS: Readonly<Record<CommandName, number>> = {"]
    lines += [*(f"  '{one.name}': {one.version}," for one in commands), "}"]
    return "\n".join(lines) + "\n"


def written(root: Path, registry: Registry | None = None) -> Iterator[tuple[Path, str]]:
    """(file, text) of everything that needs no Node."""
    registry = registry or gather()
    folder = root / "pwa" / "src" / "wire"
    yield folder / "openapi.json", document_text(registry)
    yield folder / "feeds.ts", feeds_text(registry)
    yield folder / "commands.ts", commands_text(registry)
    yield root / "deploy" / "env.example", example()


def api_types(root: Path, document: Path) -> str:
    """api.ts: TypeScript types of the document, made by openapi-typescript. Raises OSError without the
    phone's libraries and CalledProcessError with its words when it fails.
    """
    tool = root / "pwa" / "node_modules" / ".bin" / "openapi-typescript"
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    made = subprocess.run(  # noqa: S603  # the phone's own tool
        [str(tool), str(document)],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        cwd=root / "pwa",
    ).stdout
    found = re.search(r"(?s)^(?:/\*\*.*?\*/\n)?(.*)$", made)
    return _WRITTEN + (found[1] if found else made).lstrip("\n")


def write(root: Path) -> list[Path]:
    """Write all of it; the files whose text changed."""
    changed: list[Path] = []
    for path, text in written(root):
        changed += _write(path, text)
    types = root / "pwa" / "src" / "wire" / "api.ts"
    changed += _write(types, api_types(root, types.with_name("openapi.json")))
    return changed


def _write(path: Path, text: str) -> list[Path]:
    if path.exists() and path.read_text("utf-8") == text:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return [path]
