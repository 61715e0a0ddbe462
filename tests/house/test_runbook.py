"""The runbook names only what exists: every command is one the program takes, every setting and every link is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from roundsman.__main__ import parser
from roundsman.core.config import example

FOLDER = Path(__file__).resolve().parents[2] / "deploy"
TEXT = (FOLDER / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """What is typed after `roundsman`, in blocks and in the text."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL))
    lines = re.findall(r"^roundsman ([^#\n]+)", blocks, re.MULTILINE)
    inside = re.findall(r"`(?:[^`\n]*/bin/)?roundsman ([^`\n]+)`", TEXT)
    return sorted({line.strip() for line in (*lines, *inside)})


def test_there_is_much_to_type() -> None:
    assert len(commands()) >= 8


@pytest.mark.parametrize("line", commands())
def test_every_command_is_one_the_program_takes(line: str) -> None:
    parser().parse_args(shlex.split(line))


def test_every_setting_is_one_the_program_reads() -> None:
    known = set(re.findall(r"ROUNDSMAN_[A-Z_]+", example()))
    assert set(re.findall(r"ROUNDSMAN_[A-Z_]+", TEXT)) - known == set()


def test_every_link_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert links
    assert [link for link in links if "://" not in link and not (FOLDER / link).exists()] == []
