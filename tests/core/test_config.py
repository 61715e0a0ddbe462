"""Settings: read once, refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from roundsman.core.config import Config, ConfigError, example, read_config


def test_without_a_word_everything_has_a_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = read_config({})
    assert config == Config()
    assert config.default_database_url == f"sqlite:///{tmp_path}/data/roundsman.db"
    assert config.default_photos_url == f"file://{tmp_path}/data/photos"
    assert config.host == "127.0.0.1"


def test_settings_are_read_by_their_names() -> None:
    config = read_config(
        {
            "ROUNDSMAN_PORT": " 9000 ",
            "ROUNDSMAN_PUBLIC_URL": "https://Rounds.example.cn/",
            "ROUNDSMAN_RUNS_JOBS": "no",
            "ROUNDSMAN_LOG": "DEBUG",
            "ROUNDSMAN_COMPANIES": "tea.test=sqlite:///a.db, Wine.test = postgresql://u:p@h/d?x=1",
            "ROUNDSMAN_WORKERS": "",
            "OTHER": "x",
        }
    )
    assert (config.port, config.public_url, config.runs_jobs, config.log) == (
        9000,
        "https://rounds.example.cn",
        False,
        "debug",
    )
    assert config.companies == {"tea.test": "sqlite:///a.db", "wine.test": "postgresql://u:p@h/d?x=1"}
    assert config.workers == 1


def test_companies_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "companies.toml"
    file.write_text('[companies]\n"tea.test" = "sqlite:///a.db"\n')
    assert read_config({"ROUNDSMAN_COMPANIES": str(file)}).companies == {"tea.test": "sqlite:///a.db"}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("WORKERS", "0"),
        ("RUNS_JOBS", "maybe"),
        ("LOG", "loud"),
        ("DATABASE_URL", "mysql://x"),
        ("PHOTOS_URL", "/photos"),
        ("PUBLIC_URL", "rounds.example.cn"),
        ("PUBLIC_URL", "https://rounds.example.cn/app"),
        ("TIME_ZONE", "Asia/Nowhere"),
        ("COMPANIES", "tea.test"),
        ("COMPANIES", "tea/test=sqlite:///a.db"),
        ("COMPANIES", "a=sqlite:///a.db,a=sqlite:///b.db"),
        ("COMPANIES", "a=sqlite:///a.db,b=sqlite:///a.db"),
        ("COMPANIES", "a=mysql://x"),
        ("COMPANIES", "/nowhere/companies.toml"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(variable: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"^ROUNDSMAN_{variable} "):
        read_config({f"ROUNDSMAN_{variable}": value})


def test_one_database_and_several_companies_exclude_each_other() -> None:
    with pytest.raises(ConfigError, match="cannot stand beside"):
        read_config({"ROUNDSMAN_DATABASE_URL": "sqlite:///a.db", "ROUNDSMAN_COMPANIES": "a=sqlite:///b.db"})


def test_the_example_shows_what_would_be_read() -> None:
    shown = dict(
        line.removeprefix("#").split("=", 1)
        for line in example().splitlines()
        if line.startswith("#ROUNDSMAN_")
    )
    assert read_config(shown) == Config()
    assert len(shown) >= 14
