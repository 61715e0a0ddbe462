"""One company's database and the photos kept on this machine's disk, as one file; and back again. A
restored database gets a new epoch, so that phones send once more what it no longer knows. Photos in an
object store are that store's own to back up.
"""

import io
import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from roundsman.core import db
from roundsman.core.companies import Company
from roundsman.core.config import Config, ConfigError
from roundsman.core.times import iso_of, now_ms
from roundsman.sync.collection import mark_restored, rotate_epoch

_MANIFEST: Final = "manifest.json"
_DATABASE: Final = "database"
_PHOTOS: Final = "photos"


def back_up(company: Company, config: Config, target: Path) -> dict[str, Any]:
    """Write the company to a new file while it may be in use; what was written. Raises FileExistsError,
    ConfigError without pg_dump, and CalledProcessError with its words.
    """
    if target.exists():
        raise FileExistsError(f"{target} exists already")
    photos = _photos_folder(config)
    manifest = {
        "format": 1,
        "roundsman": version("roundsman"),
        "dialect": company.database.dialect,
        "written_at": iso_of(now_ms()),
        "has_photos": photos is not None,
    }
    partial = target.with_name(f".{target.name}.partial")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / _DATABASE
        # The database first: a photo that comes in meanwhile is then only surplus, never missing.
        _dump(company.database, copy)
        with tarfile.open(partial, "w") as archive:
            text = json.dumps(manifest, indent=1).encode()
            entry = tarfile.TarInfo(_MANIFEST)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
            archive.add(copy, _DATABASE)
            if photos is not None and photos.is_dir():
                archive.add(photos, _PHOTOS)
    partial.replace(target)
    return manifest


async def restore(company: Company, config: Config, source: Path) -> str:
    """Fill the company's database, which must not be there yet (SQLite) or must be empty (PostgreSQL), from
    a file of `back_up`; the new epoch. Photos are added to those on the disk. Raises RuntimeError for a
    database in use or another kind of file.
    """
    with tarfile.open(source) as archive, tempfile.TemporaryDirectory() as folder:
        archive.extractall(folder, filter="data")
        found = Path(folder)
        try:
            manifest = json.loads((found / _MANIFEST).read_text("utf-8"))
        except FileNotFoundError as error:
            raise RuntimeError(f"{source} is no backup of Roundsman") from error
        if manifest.get("format") != 1 or manifest["dialect"] != company.database.dialect:
            raise RuntimeError(
                f"{source} holds a {manifest.get('dialect')} database of format {manifest.get('format')}"
            )
        await _fill(company.database, found / _DATABASE)
        photos = _photos_folder(config)
        if photos is not None and (found / _PHOTOS).is_dir():
            shutil.copytree(found / _PHOTOS, photos, dirs_exist_ok=True)
    async with company.database:
        with db.use(company.database):
            await db.migrate()
            # Marked first: should this stop here, no server starts on the old epoch.
            await mark_restored(source.name)
            return await rotate_epoch()


def _photos_folder(config: Config) -> Path | None:
    url = config.default_photos_url
    return Path(url.removeprefix("file://")) if url.startswith("file://") else None


def _sqlite_file(database: db.Database) -> Path:
    return Path(database.url.removeprefix("sqlite:///"))


def _dump(database: db.Database, target: Path) -> None:
    if database.dialect == "sqlite":
        source = sqlite3.connect(f"file:{_sqlite_file(database)}?mode=ro", uri=True)
        copy = sqlite3.connect(target)
        try:
            source.backup(copy)
        finally:
            copy.close()
            source.close()
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", database.url)


async def _fill(database: db.Database, source: Path) -> None:
    if database.dialect == "sqlite":
        target = _sqlite_file(database)
        if target.exists():
            raise RuntimeError(f"{target} exists: stop the server and put that file aside first")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        return
    async with database:
        with db.use(database):
            if await db.fetch_value("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"):
                raise RuntimeError("the database is not empty: restore into a new one")
    _run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        f"--dbname={database.url}",
        str(source),
    )


def _run(tool: str, *arguments: str) -> None:
    path = shutil.which(tool)
    if path is None:
        # Debian keeps them off the PATH, one folder a version.
        installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"))
        if not installed:
            raise ConfigError(f"{tool} is not installed; it comes with PostgreSQL's client programs")
        path = str(installed[-1])
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False)  # noqa: S603  # PostgreSQL's own
    if done.returncode:
        raise RuntimeError(f"{tool}: {done.stderr.strip()}")
