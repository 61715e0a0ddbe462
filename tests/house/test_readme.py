"""The README names only what exists: both commands, every path, every login, and a picture for each it shows."""

from __future__ import annotations

import re
from pathlib import Path

from roundsman.demo.company import ACCOUNTS, PASSWORD

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def paths_of_the_map() -> list[str]:
    """Paths the map of the house names, put together from its indentation."""
    block = README.split("## The house", 1)[1].split("```")[1]
    found: list[str] = []
    above: list[tuple[int, str]] = []
    for line in block.strip("\n").splitlines():
        indent = len(line) - len(line.lstrip())
        above = [(depth, name) for depth, name in above if depth < indent]
        named = re.split(r"\s{2,}", line.strip(), maxsplit=1)[0]
        prefix = "".join(name for _, name in above)
        names = [name for name in named.split() if name != "…"]
        found.extend(prefix + name for name in names)
        if len(names) == 1 and names[0].endswith("/"):
            above.append((indent, names[0]))
    return found


def test_readme_names_both_commands() -> None:
    assert "\nsh deploy/run" in README
    assert "\nsh tests/run" in README


def test_every_link_and_picture_of_the_readme_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert len(links) > 25
    missing = [link for link in links if "://" not in link and not (ROOT / link).exists()]
    assert missing == []


def test_a_link_leads_to_what_it_says() -> None:
    wrong = [
        (said, link)
        for said, link in re.findall(r"(?<!!)\[([^\]]+\.[a-z]+)\]\(([^)]+)\)", README)
        if not link.endswith(said)
    ]
    assert wrong == []


def test_every_path_of_the_map_exists() -> None:
    paths = paths_of_the_map()
    assert "backend/roundsman/sync/" in paths
    assert "pwa/src/visits/" in paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_domain_is_on_the_map() -> None:
    from roundsman.domains import DOMAINS

    paths = paths_of_the_map()
    assert [name for name in DOMAINS if f"backend/roundsman/{name}/" not in paths] == []


def test_readme_names_the_demos_people() -> None:
    assert f"`{PASSWORD}`" in README
    assert [account.login for account in ACCOUNTS if f"`{account.login}`" not in README] == []


def test_functions_the_readme_names_are_where_it_says() -> None:
    named = re.findall(r"\]\(([^)]+\.(?:ts|py))\) `(\w+)(?:\(\))?`", README)
    assert len(named) >= 2
    assert [(path, name) for path, name in named if name not in (ROOT / path).read_text("utf-8")] == []
