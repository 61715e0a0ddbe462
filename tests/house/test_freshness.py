"""What `roundsman wire` writes is what stands in the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from roundsman.domains import DOMAINS
from roundsman.wire import api_types, written

ROOT = Path(__file__).resolve().parents[2]


def test_the_documents_and_the_example_are_fresh() -> None:
    for path, text in written(ROOT):
        assert path.read_text("utf-8") == text, f"{path.relative_to(ROOT)} is stale: run `roundsman wire`"


@pytest.mark.slow(2)
def test_the_types_are_fresh() -> None:
    folder = ROOT / "pwa" / "src" / "wire"
    if not (ROOT / "pwa" / "node_modules" / ".bin" / "openapi-typescript").exists():
        pytest.skip("the phone's libraries are not installed")
    assert (folder / "api.ts").read_text("utf-8") == api_types(ROOT, folder / "openapi.json")


def test_both_halves_list_the_domains_in_the_same_order() -> None:
    text = (ROOT / "pwa" / "src" / "domains.ts").read_text("utf-8")
    listed = text[text.index("export const domains") :]
    places = [place for name in DOMAINS if (place := listed.find(name)) >= 0]
    assert places == sorted(places)
