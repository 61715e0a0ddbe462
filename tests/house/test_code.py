"""The rules of the house a machine can keep: what every file has, what none may have, and what belongs
together.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roundsman.domains import gather

ROOT = Path(__file__).resolve().parents[2]
BACKEND = ROOT / "backend" / "roundsman"
TESTS = ROOT / "tests"
REFUSALS = {"Invalid", "NotFound", "Forbidden", "Conflict", "Gone", "Busy"}
# Words that say nothing about what is in a file.
MEANINGLESS = {"utils", "util", "common", "helpers", "helper", "shared", "misc", "manager", "service"}


def python_files() -> list[Path]:
    return [
        path
        for folder in (BACKEND, TESTS)
        for path in sorted(folder.rglob("*.py"))
        if "node_modules" not in path.parts
    ]


def own_files() -> Iterator[Path]:
    for folder in ("backend", "pwa/src", "pwa/build", "tests", "deploy"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not {"node_modules", "__pycache__", "results"} & set(path.parts):
                yield path


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.name == "__init__.py" and not text.strip():
        assert TESTS in path.parents, "a package says what it is"
        return
    assert ast.get_docstring(ast.parse(text)), "says nothing of what is in it"


def test_names_say_what_is_in_a_file() -> None:
    bad = [str(path.relative_to(ROOT)) for path in own_files() if path.stem.lower() in MEANINGLESS]
    assert bad == []


def test_rows_are_never_replaced() -> None:
    # Replacing deletes first: triggers would tell every phone that the row is gone.
    banned = re.compile(r"\b(INSERT\s+OR\s+REPLACE|REPLACE\s+INTO)\b", re.IGNORECASE)
    bad = [str(path) for path in BACKEND.rglob("*.py") if banned.search(path.read_text("utf-8"))]
    assert bad == []


def test_only_core_reads_the_environment() -> None:
    reads = re.compile(r"\bos\.(environ|getenv)\b")
    # The last ones hand it on to programs they start.
    allowed = {"core/config.py", "core/db/piccolo_engine.py", "wire.py", "backup.py", "cli.py", "serving.py"}
    bad = [
        str(path.relative_to(BACKEND))
        for path in BACKEND.rglob("*.py")
        if reads.search(path.read_text("utf-8")) and str(path.relative_to(BACKEND)) not in allowed
    ]
    assert bad == []


def test_locks_name_no_host() -> None:
    hosts = re.compile(r"https?://|--(extra-)?index-url|--find-links")
    locks = [ROOT / "deploy" / "requirements.lock", ROOT / "tests" / "requirements.lock"]
    for path in locks:
        assert not hosts.search(path.read_text("utf-8")), path
        assert "--hash=sha256:" in path.read_text("utf-8"), path
    package_lock = (ROOT / "pwa" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in package_lock
    assert '"integrity"' in package_lock
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "pwa" / ".npmrc").read_text("utf-8")


def test_every_command_has_a_test_that_names_it() -> None:
    tests = "\n".join(path.read_text("utf-8") for path in python_files() if path.name.startswith("test_"))
    registry = gather()
    unnamed = [
        name
        for name, command in registry.commands.items()
        if f'"{name}"' not in tests and command.payload.__name__ not in tests
    ]
    assert unnamed == []


def test_payloads_and_answers_have_names_of_their_own() -> None:
    # The document and the phone's types know them by these names.
    registry = gather()
    found: dict[str, type] = {}
    for command in registry.commands.values():
        for shape in (command.payload, command.answer):
            if shape is not None:
                assert found.setdefault(shape.__name__, shape) is shape, shape.__name__


def refusal_codes() -> dict[str, str]:
    """Every code a refusal is raised with → where; those of the command line are read by nobody on a phone."""
    found: dict[str, str] = {}
    for path in sorted(path for path in BACKEND.rglob("*.py") if path.name != "cli.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                first = node.args[0]
                if name in REFUSALS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found[first.value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def test_codes_of_refusals_are_well_named() -> None:
    domains = {domain.name for domain in gather().domains}
    for code, place in refusal_codes().items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)?", code), f"{place}: {code}"
        if "." in code:
            assert code.partition(".")[0] in domains, f"{place}: {code}"


def test_every_refusal_has_a_text_where_the_phone_has_words() -> None:
    words: dict[str, set[str]] = {}
    for path in sorted((ROOT / "pwa" / "src").glob("*/words/*.json")):
        words.setdefault(path.parent.parent.name, set()).update(json.loads(path.read_text("utf-8")))
    known = set().union(*words.values()) if words else set()
    missing = [
        f"{place}: {code}"
        for code, place in refusal_codes().items()
        if code.partition(".")[0] in words and code not in known
    ]
    assert missing == []


def test_only_the_desk_the_engine_and_the_account_ask_the_server() -> None:
    source = ROOT / "pwa/src"
    asks = re.compile(r"(?<![.\w])fetch\(")
    imports = re.compile(r"import (type )?\{([^}]*)\} from '[./]+/(?:core/)?(?:api|paged)'")
    allowed = {
        *("core/api.ts", "core/paged.ts", "identity/session.ts", "identity/account.ts"),
        # Whoever was invited has no outbox yet, and nobody's downline is on his phone.
        "agents/online.ts",
        # A workbook is opened by the server alone; what is then ordered goes through the outbox.
        "orders/sheet_orders.ts",
        # With a push service a phone is acquainted online or not at all.
        "messages/push.ts",
    }
    bad = []
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.suffix not in {".ts", ".vue"} or ".test." in name or name in allowed:
            continue
        if name.startswith(("sync/", "wire/")) or "/office/" in name or name == "worker.ts":
            continue
        text = path.read_text("utf-8")
        taken = {
            one.strip()
            for is_type, names in imports.findall(text)
            if not is_type
            for one in names.split(",")
            if one.strip() and not one.strip().startswith("type ")
        }
        if asks.search(text) or taken - {"ApiError"}:
            bad.append(name)
    assert bad == []
