"""Every setting, read once from the environment and frozen. Nothing else in the server reads the
environment.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

PREFIX: Final = "ROUNDSMAN_"
_HOST: Final = re.compile(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^\[[0-9a-f:]+\]$")
_TRUE: Final = {"1": True, "true": True, "yes": True, "on": True}
_FALSE: Final = {"0": False, "false": False, "no": False, "off": False}


class ConfigError(ValueError):
    """A setting cannot be used; the text begins with the variable's name."""


def _text(value: str) -> str:
    return value


def _truth(value: str) -> bool:
    found = {**_TRUE, **_FALSE}.get(value.lower())
    if found is None:
        raise ValueError("must be yes or no")
    return found


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"\d{1,12}", value) or not least <= int(value) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(value)

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.lower() not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return value.lower()

    return read


def _database_url(value: str) -> str:
    if value and not value.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError("must start with sqlite:/// or postgresql://")
    return value


def _storage_url(value: str) -> str:
    if value and not value.startswith(("file:///", "s3://", "memory://")):
        raise ValueError("must start with file:///, s3:// or memory://")
    return value


def _public_url(value: str) -> str:
    if not value:
        return ""
    parts = urlsplit(value)
    if (
        parts.scheme not in ("http", "https")
        or not parts.netloc
        or parts.path not in ("", "/")
        or parts.query
    ):
        raise ValueError("must be an address like https://rounds.example.cn without a path")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError("must be the name of a time zone, like Asia/Shanghai") from error
    return value


def _companies(value: str) -> Mapping[str, str]:
    """Host name → database address, from `host=url,host=url` or a TOML file with a table `[companies]`."""
    if value.endswith(".toml"):
        try:
            found = tomllib.loads(Path(value).read_text("utf-8")).get("companies", {})
        except OSError as error:
            raise ValueError(f"names the file {value}, which cannot be read: {error.strerror}") from error
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"names the file {value}, which is no TOML: {error}") from error
        pairs = list(found.items()) if isinstance(found, dict) else []
        if not pairs:
            raise ValueError(f'names the file {value}, which has no table [companies] of "host" = "url"')
    else:
        parts = [part.partition("=") for part in value.split(",") if part.strip()]
        pairs = [(host, url) for host, _, url in parts]
    companies: dict[str, str] = {}
    for host, url in pairs:
        name = str(host).strip().lower()
        if not _HOST.match(name):
            raise ValueError(f"has {host!r}, which is no host name")
        if name in companies:
            raise ValueError(f"names the host {name} twice")
        if not isinstance(url, str) or not url:
            raise ValueError(f"gives no database address for {name}")
        companies[name] = _database_url(url.strip())
    if len(set(companies.values())) != len(companies):
        raise ValueError("gives two hosts the same database")
    return companies


def _setting(default: Any, read: Callable[[str], Any], about: str) -> Any:
    return field(default=default, metadata={"read": read, "about": about})


def _companies_setting(about: str) -> Any:
    return field(default_factory=dict, metadata={"read": _companies, "about": about})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The server's settings. Each field is the variable of the same name after `ROUNDSMAN_`."""

    host: str = _setting(
        "127.0.0.1", _text, "The address to listen on; 0.0.0.0 for every network of this machine."
    )
    port: int = _setting(8000, _whole(0, 65535), "The port to listen on; 0 takes a free one.")
    public_url: str = _setting(
        "", _public_url, "The address people type, when a proxy stands in front: https://rounds.example.cn"
    )
    trusted_proxies: str = _setting(
        "127.0.0.1,::1", _text, "Addresses of proxies whose X-Forwarded-For and -Proto are believed, or *."
    )
    data: str = _setting(
        "data", _text, "The folder for what the server keeps on disk: database, photos, older app files."
    )
    database_url: str = _setting(
        "",
        _database_url,
        "sqlite:///path or postgresql://user:password@host/name; empty: a SQLite file in DATA.",
    )
    companies: Mapping[str, str] = _companies_setting(
        "Several companies in one process: host=database url, comma between, or a .toml file of [companies]."
    )
    photos_url: str = _setting(
        "",
        _storage_url,
        "Where photos are stored: file:///folder or s3://bucket/prefix; empty: a folder in DATA.",
    )
    time_zone: str = _setting("Asia/Shanghai", _zone, "The zone whose calendar days count.")
    workers: int = _setting(1, _whole(1, 64), "How many processes serve.")
    runs_jobs: bool = _setting(
        True, _truth, "Whether serving processes also do the waiting work; else `roundsman worker`."
    )
    body_limit: int = _setting(
        1_048_576,
        _whole(65_536, 104_857_600),
        "The largest request body in bytes, where a route says nothing else.",
    )
    push_contact: str = _setting(
        "",
        _text,
        "A mail address push services may write to about our messages; empty: push@ the public host.",
    )
    log: str = _setting(
        "info", _one_of("debug", "info", "warning", "error"), "What is worth a line in the log."
    )
    log_format: str = _setting(
        "text", _one_of("text", "json"), "How a line looks: text for people, json for machines."
    )
    app: str = _setting("", _text, "The folder of the built app; empty: pwa/dist beside the server's code.")

    @property
    def data_folder(self) -> Path:
        """DATA as an absolute path."""
        return Path(self.data).resolve()

    @property
    def default_database_url(self) -> str:
        """The one company's database, where COMPANIES names none."""
        return self.database_url or f"sqlite:///{self.data_folder / 'roundsman.db'}"

    @property
    def default_photos_url(self) -> str:
        """Where photos are stored."""
        return self.photos_url or f"file://{self.data_folder / 'photos'}"

    @property
    def app_folder(self) -> Path:
        """The folder of the built app; it need not exist."""
        if self.app:
            return Path(self.app).resolve()
        package = Path(__file__).resolve().parents[1]
        packaged = package / "pwa"
        return packaged if packaged.is_dir() else package.parents[1] / "pwa" / "dist"


def read_config(environment: Mapping[str, str] | None = None) -> Config:
    """The settings from the environment (default: the process's own). Raises ConfigError naming the first
    bad variable.
    """
    environment = os.environ if environment is None else environment
    known = {PREFIX + item.name.upper(): item for item in fields(Config)}
    found: dict[str, Any] = {}
    for variable, item in known.items():
        value = environment.get(variable, "").strip()
        if not value:
            continue
        try:
            found[item.name] = item.metadata["read"](value)
        except ValueError as error:
            raise ConfigError(f"{variable} {error}") from error
    if found.get("companies") and found.get("database_url"):
        raise ConfigError(
            f"{PREFIX}DATABASE_URL cannot stand beside {PREFIX}COMPANIES, which names every database"
        )
    return Config(**found)


def example() -> str:
    """The text of env.example: every variable with what it is and its default, all commented out."""
    lines = [
        "# Every setting of the server, with its default. Written by `roundsman wire`; a test keeps it fresh."
    ]
    defaults = Config()
    for item in fields(Config):
        value = getattr(defaults, item.name)
        shown = ("yes" if value else "no") if isinstance(value, bool) else (value or "")
        lines += ["", f"# {item.metadata['about']}", f"#{PREFIX}{item.name.upper()}={shown}"]
    return "\n".join(lines) + "\n"
