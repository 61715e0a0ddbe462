"""One company's database and its photos as one file, or in a folder that keeps several days and each photo once; and
back again. A restored database gets a new epoch, so that phones send once more what it no longer knows. Photos in an
object store are only named; they are that store's own to back up.
"""

import asyncio
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import unquote, urlsplit, urlunsplit

import asyncpg  # type: ignore[import-untyped]  # it ships no types

from roundsman.core import db
from roundsman.core.companies import Company
from roundsman.core.config import Config, ConfigError
from roundsman.core.times import iso_of, now_ms
from roundsman.files.storage import PICTURES, picture_name
from roundsman.sync.collection import mark_restored, rotate_epoch

MANIFEST: Final = "manifest.json"
DATABASE: Final = "database"
PHOTOS: Final = "photos"
LIST: Final = "photos.txt"
"""The ids of the blobs a database refers to, a line each."""
_FORMAT: Final = 1
_BLOBS: Final = "SELECT id FROM blobs WHERE state = 'complete' ORDER BY id"
_FETCHED: Final = 5000


class Written(NamedTuple):
    """What a backup holds. `lost` are blobs whose bytes were not on the disk."""

    path: Path
    has_photos: bool
    photos: int
    lost: list[str]


async def back_up(company: Company, config: Config, target: Path, *, keep: int = 0) -> Written:
    """Write the company while it is in use: to a new file, or, when `target` is a folder, into a folder of this
    moment in it, beside the photos all of them share; of those, `keep` stay (0: all).

    Raises FileExistsError, ConfigError without pg_dump, and RuntimeError with its words.
    """
    is_folder = _is_folder(target)
    photos = _photos_folder(config)
    into = target if is_folder else target.parent
    with tempfile.TemporaryDirectory(dir=into, prefix=".", suffix=".partial") as name:
        folder = Path(name)
        # The database first: a photo that comes in meanwhile is then only surplus, never missing.
        await _dump(company.database, folder)
        manifest = {
            "format": _FORMAT,
            "roundsman": version("roundsman"),
            "dialect": company.database.dialect,
            "written_at": iso_of(now_ms()),
            "has_photos": photos is not None,
            "photos": config.default_photos_url if photos is None else LIST,
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
        write = _write_folder if is_folder else _write_file
        written = await asyncio.to_thread(write, folder, photos, target)
    if is_folder and keep:
        await asyncio.to_thread(_forget, target, keep)
    return written


async def restore(company: Company, config: Config, source: Path) -> str:
    """Fill the company's database, which must not be there yet (SQLite) or must be empty (PostgreSQL), from
    what `back_up` wrote: a file, the folder of a moment, or the folder with the newest of them; the new epoch.

    Photos are added to those on the disk. Raises RuntimeError for a database in use or another kind of file.
    """
    await _refuse_full(company.database)
    target = _photos_folder(config)
    with _opened(source) as found:
        manifest, folder, put_photos = found
        if manifest.get("format") != _FORMAT or manifest["dialect"] != company.database.dialect:
            raise RuntimeError(
                f"{source} holds a {manifest.get('dialect')} database of format {manifest.get('format')}"
            )
        if target is not None and manifest["has_photos"]:
            await asyncio.to_thread(put_photos, target)
        await _fill(company.database, folder / DATABASE, source.name)
    async with company.database:
        with db.use(company.database):
            # Marked first: should this stop here, no server starts on the old epoch.
            await mark_restored(source.name)
            await db.migrate()
            return await rotate_epoch()


def _is_folder(target: Path) -> bool:
    if target.exists() and not target.is_dir():
        raise FileExistsError(f"{target} exists already")
    return target.is_dir()


def _photos_folder(config: Config) -> Path | None:
    url = config.default_photos_url
    return Path(url.removeprefix("file://")) if url.startswith("file://") else None


def _sqlite_file(database: db.Database) -> Path:
    return Path(database.url.removeprefix("sqlite:///"))


async def _dump(database: db.Database, folder: Path) -> None:
    """The database, and the list of its blobs as of the same moment."""
    if database.dialect == "sqlite":
        await asyncio.to_thread(_dump_sqlite, _sqlite_file(database), folder)
        return
    connection = await asyncpg.connect(database.url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
            with (folder / LIST).open("w", encoding="ascii") as listed:
                async for row in connection.cursor(_BLOBS, prefetch=_FETCHED):
                    listed.write(f"{row['id']}\n")
            options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
            await asyncio.to_thread(
                _run, database.url, "pg_dump", *options, f"--file={folder / DATABASE}", "--dbname"
            )
    finally:
        await connection.close()


def _dump_sqlite(file: Path, folder: Path) -> None:
    if not file.exists():
        raise RuntimeError(f"{file} does not exist")
    with (
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(folder / DATABASE)) as copy,
    ):
        source.backup(copy)
        if (said := copy.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
            raise RuntimeError(f"the copy of {file} is damaged: {said}")
        with (folder / LIST).open("w", encoding="ascii") as listed:
            listed.writelines(f"{row[0]}\n" for row in copy.execute(_BLOBS))


def _ids_in(file: Path) -> Iterator[str]:
    with file.open(encoding="ascii") as listed:
        for line in listed:
            yield line.strip()


def _pictures(listed: Path, put: Callable[[str], None]) -> tuple[int, list[str]]:
    """Call `put` with the name of every picture of the blobs listed; how many blobs, and those that failed."""
    count, lost = 0, list[str]()
    for id in _ids_in(listed):
        count += 1
        try:
            for picture in PICTURES:
                put(picture_name(id, picture))
        except FileNotFoundError:
            lost.append(id)
    return count, lost


def _write_file(folder: Path, photos: Path | None, target: Path) -> Written:
    partial = folder / "archive"
    # It holds everybody's data.
    partial.touch(mode=0o600)
    with tarfile.open(partial, "w") as archive:
        text = (folder / MANIFEST).read_bytes()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
        archive.add(folder / DATABASE, DATABASE)
        archive.add(folder / LIST, LIST)
        count, lost = 0, list[str]()
        if photos is not None:
            count, lost = _pictures(
                folder / LIST, lambda name: archive.add(photos / name, f"{PHOTOS}/{name}")
            )
    os.sync()
    partial.replace(target)
    return Written(target, photos is not None, count, lost)


def _write_folder(folder: Path, photos: Path | None, target: Path) -> Written:
    moment = target / f"{datetime.fromtimestamp(now_ms() / 1000, UTC):%Y%m%dT%H%M%S.%f}Z"
    count, lost = 0, list[str]()
    if photos is not None:
        count, lost = _pictures(folder / LIST, lambda name: _copy_once(photos / name, target / PHOTOS / name))
    done = target / f".{moment.name}"
    done.mkdir(mode=0o700)
    for name in (MANIFEST, DATABASE, LIST):
        (folder / name).replace(done / name)
    os.sync()
    done.replace(moment)
    return Written(moment, photos is not None, count, lost)


def _copy_once(source: Path, target: Path) -> None:
    """A picture never changes under its name, so one of the same length is there already."""
    size = source.stat().st_size
    if target.exists() and target.stat().st_size == size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    shutil.copyfile(source, partial)
    partial.replace(target)


def _moments(folder: Path) -> list[Path]:
    """The backups in a folder, oldest first."""
    return sorted(path.parent for path in folder.glob(f"[0-9]*Z/{MANIFEST}"))


def _forget(folder: Path, keep: int) -> None:
    """Delete all but the newest backups, and the photos none of those that stay refers to."""
    moments = _moments(folder)
    for moment in moments[:-keep]:
        shutil.rmtree(moment)
    wanted = {id for moment in moments[-keep:] for id in _ids_in(moment / LIST)}
    for blob in (folder / PHOTOS).glob("blobs/*/*"):
        if blob.name not in wanted:
            shutil.rmtree(blob)


@contextmanager
def _opened(source: Path) -> Iterator[tuple[dict[str, Any], Path, Callable[[Path], object]]]:
    """A backup's manifest, the folder its database lies in, and what puts its photos into a folder."""
    if source.is_dir():
        folder = source if (source / MANIFEST).exists() else next(iter(reversed(_moments(source))), source)
        shared = folder.parent / PHOTOS
        yield (
            _manifest(folder, source),
            folder,
            lambda target: _pictures(folder / LIST, lambda name: _copy_once(shared / name, target / name)),
        )
        return
    with tarfile.open(source) as archive, tempfile.TemporaryDirectory() as name:
        for member in archive:
            if member.name.startswith(f"{PHOTOS}/"):
                break
            archive.extract(member, name, filter="data")
        yield _manifest(Path(name), source), Path(name), lambda target: _extract_photos(archive, target)


def _manifest(folder: Path, source: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError as error:
        raise RuntimeError(f"{source} is no backup of Roundsman") from error
    return manifest


def _extract_photos(archive: tarfile.TarFile, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for member in archive:
        if member.name.startswith(f"{PHOTOS}/"):
            archive.extract(
                member.replace(name=member.name.removeprefix(f"{PHOTOS}/")), target, filter="data"
            )


async def _refuse_full(database: db.Database) -> None:
    if database.dialect == "sqlite":
        file = _sqlite_file(database)
        # What a killed server left beside its file would be laid over another one.
        there = [path for tail in ("", "-wal", "-shm") if (path := Path(f"{file}{tail}")).exists()]
        if there:
            raise RuntimeError(f"{there[0]} exists: stop the server and put {file.name}* aside first")
        return
    async with database:
        with db.use(database):
            if await db.fetch_value("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"):
                raise RuntimeError("the database is not empty: restore into a new one")


async def _fill(database: db.Database, source: Path, marker: str) -> None:
    if database.dialect == "sqlite":
        target = _sqlite_file(database)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.partial")
        shutil.copyfile(source, partial)
        with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
            copy.execute("UPDATE sync_meta SET restored_marker = ?", (marker,))
        partial.replace(target)
        return
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    await asyncio.to_thread(_run, database.url, "pg_restore", *options, str(source), "--dbname")


def _run(url: str, tool: str, *arguments: str) -> None:
    """One of PostgreSQL's programs; its last argument is the option that takes the address."""
    path = shutil.which(tool)
    if path is None:
        # Debian keeps them off the PATH, one folder a version.
        installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"))
        if not installed:
            raise ConfigError(f"{tool} is not installed; it comes with PostgreSQL's client programs")
        path = str(installed[-1])
    parts = urlsplit(url)
    environment = dict(os.environ)
    if parts.password is not None:
        # Arguments can be read by everybody on the machine.
        environment["PGPASSWORD"] = unquote(parts.password)
        who, _, where = parts.netloc.rpartition("@")
        url = urlunsplit(parts._replace(netloc=f"{who.partition(':')[0]}@{where}"))
    command = [path, *arguments, url]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603  # PostgreSQL's own
    if done.returncode:
        raise RuntimeError(f"{tool}: {done.stderr.strip()}")
