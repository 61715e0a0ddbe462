"""`roundsman user`: the whole way through a real process's arguments, on a SQLite file of its own."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from roundsman.__main__ import main


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDSMAN_DATA", str(tmp_path))
    monkeypatch.setenv("ROUNDSMAN_LOG", "error")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = "") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed + "\n"))
    return main(["user", *arguments])


def test_add_list_and_password(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    added = run(
        monkeypatch,
        "add",
        "王芳",
        "--login",
        "wang",
        "--role",
        "rep",
        "--role",
        "manager",
        typed="long enough words",
    )
    assert added == 0
    person_id = capsys.readouterr().out.strip()
    assert run(monkeypatch, "list") == 0
    assert capsys.readouterr().out.rstrip("\t\n") == f"{person_id}\t王芳\twang\t-\tmanager,rep"
    assert run(monkeypatch, "password", "wang", typed="other long words") == 0
    assert run(monkeypatch, "password", "nobody", typed="other long words") == 1
    assert "identity.person_unknown" in capsys.readouterr().err


def test_what_is_refused_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "add", "Wang", "--role", "rep", typed="short") == 1
    assert "identity.password_weak" in capsys.readouterr().err
    assert run(monkeypatch, "add", "", "--role", "rep", typed="long enough words") == 1
    assert "name" in capsys.readouterr().err
    assert run(monkeypatch, "list") == 0
    assert capsys.readouterr().out == ""
