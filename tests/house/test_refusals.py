"""Whatever the server refuses can be said: each code a domain raises has its text on the phone, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RAISED = re.compile(
    r'\b(?:Refusal|Invalid|NotFound|Forbidden|Conflict|Gone|Busy)\(\s*"([a-z_]+(?:\.[a-z_]+)?)"'
)


def codes_of(package: str) -> set[str]:
    """Every code the package raises by name."""
    return {
        code
        for file in (ROOT / "backend/roundsman" / package).rglob("*.py")
        for code in RAISED.findall(file.read_text("utf-8"))
    }


def words_of(domain: str, language: str) -> dict[str, str]:
    words: dict[str, str] = json.loads(
        (ROOT / "pwa/src" / domain / "words" / f"{language}.json").read_text("utf-8")
    )
    return words


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    "domain", ["identity", "files", "customers", "catalog", "receivables", "visits", "orders", "targets"]
)
def test_every_code_of_a_domain_has_its_text(domain: str, language: str) -> None:
    own = {code for code in codes_of(domain) if code.startswith(f"{domain}.")}
    assert len(own) > 5
    assert own - set(words_of(domain, language)) == set()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_code_of_the_server_itself_has_its_text(language: str) -> None:
    packages = (
        "core",
        "sync",
        "identity",
        "files",
        "messages",
        "customers",
        "catalog",
        "inventory",
        "receivables",
        "visits",
        "orders",
    )
    plain = {code for package in packages for code in codes_of(package) if "." not in code}
    assert {"forbidden", "invalid", "busy", "not_found"} <= plain
    words = words_of("core", language).keys() | words_of("sync", language).keys()
    # The outbox has its own words for what only it meets.
    unsaid = {code for code in plain if not {f"core.refused.{code}", f"sync.{code}"} & words}
    assert unsaid == set()


def test_what_is_refused_for_its_own_content_is_not_offered_to_be_sent_again() -> None:
    text = (ROOT / "pwa/src/core/final_refusals.ts").read_text("utf-8")
    final = set(re.findall(r"'([a-z_.]+)'", text[text.index("const FINAL") : text.index("])")]))
    invalid = re.compile(r'\bInvalid\(\s*"([a-z_.]+)"')
    raised = {
        code
        for domain in ("customers", "receivables", "visits", "orders")
        for file in (ROOT / "backend/roundsman" / domain).rglob("*.py")
        # What is read to be looked at is never sent from an outbox.
        if file.parent.name != "recipient_sheets"
        for code in invalid.findall(file.read_text("utf-8"))
        if code.startswith(f"{domain}.")
    }
    assert len(raised) > 8
    assert raised - final == set()
