"""A backup taken while the company works makes the same company again, with a new epoch and every photo it names; on
both databases."""

from __future__ import annotations

import asyncio
import json
import shutil
import tarfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from roundsman import backup
from roundsman.backup import back_up, restore
from roundsman.core import db
from roundsman.core.companies import Companies, Company
from roundsman.core.config import Config
from roundsman.core.ids import new_id
from roundsman.files.storage import PICTURES, picture_name
from roundsman.sync.collection import refuse_restored
from tests.core.trial import served, sign_in_first
from tests.databases import postgres_database
from tests.make.files import make_jpeg, make_photo, upload

NO_TOOLS = not (shutil.which("pg_dump") or list(Path("/usr/lib/postgresql").glob("*/bin/pg_dump")))


def only(config: Config) -> Company:
    return next(iter(Companies(config)))


class Place:
    """Where a company lives, and where it may live again."""

    def __init__(self, database_url: str, folder: Path, server_url: str) -> None:
        self.is_postgres = database_url.startswith("postgres")
        self.server_url = server_url
        self.folder = folder
        self.url = database_url
        self.config = Config(database_url=database_url, data=str(folder / "old"))
        self.photos = folder / "old" / "photos"

    @asynccontextmanager
    async def another(self, name: str = "new") -> AsyncIterator[Config]:
        """An empty place of the same kind."""
        async with postgres_database(self.server_url) as fresh:
            url = fresh if self.is_postgres else f"sqlite:///{self.folder}/{name}/company.db"
            yield Config(database_url=url, data=str(self.folder / name))

    @asynccontextmanager
    async def served(self) -> AsyncIterator[httpx.AsyncClient]:
        """Its server, with the first person signed in."""
        async with served(self.url, self.folder / "old") as client:
            client.headers["x-person"] = await sign_in_first(client)
            yield client


@pytest.fixture
def place(database_url: str, server_url: str, tmp_path: Path) -> Place:
    if database_url.startswith("postgres") and (NO_TOOLS or "wheel" in server_url):
        pytest.skip("pg_dump is not installed")
    return Place(database_url, tmp_path, server_url)


async def take_photo(place: Place, client: httpx.AsyncClient, seed: int) -> str:
    """A photo that is stored; its blob's id."""
    async with db.connect_to(place.url) as opened:
        with db.use(opened):
            content = make_jpeg(64, 48, seed=seed)
            await make_photo(client.headers["x-person"], None, content)
            assert (await upload(client, content)).status_code == 200
            return str(await db.fetch_value("SELECT id FROM blobs ORDER BY created_at DESC, id DESC"))


async def assert_photos_are_whole(config: Config) -> int:
    """Every photo a row says is stored has its bytes; how many."""
    async with db.connect_to(config.database_url) as opened:
        with db.use(opened):
            rows = await db.fetch(
                "SELECT b.id FROM photos p JOIN blobs b ON b.sha256 = p.sha256 AND b.person_id = p.person_id "
                "WHERE p.state = 'stored'"
            )
    folder = config.data_folder / "photos"
    missing = [
        row["id"] for row in rows for p in PICTURES if not (folder / picture_name(row["id"], p)).exists()
    ]
    assert missing == []
    return len(rows)


@pytest.mark.parametrize("is_folder", [False, True], ids=["file", "folder"])
async def test_a_company_comes_back_from_its_backup(place: Place, tmp_path: Path, is_folder: bool) -> None:
    target = tmp_path / "backup"
    if is_folder:
        target.mkdir()
    async with place.served() as client:
        id = await take_photo(place, client, 1)
        stray = place.photos / "blobs" / "ab" / new_id() / "original"
        stray.parent.mkdir(parents=True)
        stray.write_bytes(b"another company's")
        written = await back_up(only(place.config), place.config, target)
        assert (written.has_photos, written.photos, written.lost) == (True, 1, [])
        if not is_folder:
            assert target.stat().st_mode & 0o077 == 0
            with pytest.raises(FileExistsError):
                await back_up(only(place.config), place.config, target)
        person_id = client.headers["x-person"]
    async with place.another() as again:
        epoch = await restore(only(again), again, target)
        async with db.connect_to(again.database_url) as opened:
            with db.use(opened):
                assert await db.fetch_value("SELECT id FROM people") == person_id
                assert await db.fetch_value("SELECT epoch FROM sync_meta") == epoch
                assert await db.fetch_value("SELECT restored_marker FROM sync_meta") is None
        assert await assert_photos_are_whole(again) == 1
        photos = again.data_folder / "photos"
        there = sorted(str(path.relative_to(photos)) for path in photos.rglob("*") if path.is_file())
        assert there == sorted(picture_name(id, picture) for picture in PICTURES)
        with pytest.raises(RuntimeError, match="exists|not empty"):
            await restore(only(again), again, target)
    async with db.connect_to(place.url) as opened:
        with db.use(opened):
            assert await db.fetch_value("SELECT epoch FROM sync_meta") != epoch


async def test_a_restore_that_stops_halfway_is_not_served(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backup"
    async with place.served():
        await back_up(only(place.config), place.config, target)

    async def stops() -> None:
        raise OSError("killed")

    async with place.another() as again:
        with monkeypatch.context() as patched, pytest.raises(OSError, match="killed"):
            patched.setattr(db, "migrate", stops)
            await restore(only(again), again, target)
        async with db.connect_to(again.database_url) as opened:
            with db.use(opened), pytest.raises(RuntimeError, match="rotate-epoch"):
                await refuse_restored()


async def test_a_backup_taken_while_photos_come_in_names_none_it_lacks(place: Place, tmp_path: Path) -> None:
    target = tmp_path / "backups"
    target.mkdir()
    async with place.served() as client:
        is_over = False
        first_is_there = asyncio.Event()

        async def write() -> int:
            seed = 0
            async with db.connect_to(place.url) as opened:
                with db.use(opened):
                    while not is_over:
                        seed += 1
                        content = make_jpeg(48, 32, seed=seed)
                        await make_photo(client.headers["x-person"], None, content)
                        assert (await upload(client, content)).status_code == 200
                        first_is_there.set()
            return seed

        writing = asyncio.create_task(write())
        await first_is_there.wait()
        written = []
        for _ in range(4):
            await asyncio.sleep(0.2)
            written.append(await back_up(only(place.config), place.config, target))
        is_over = True
        total = await writing
    assert [one.lost for one in written] == [[]] * 4
    assert 0 < written[0].photos < written[-1].photos <= total
    for n, one in enumerate(written):
        async with place.another(f"again{n}") as again:
            await restore(only(again), again, one.path)
            assert await assert_photos_are_whole(again) in (one.photos, one.photos - 1)


async def test_a_folder_keeps_the_newest_and_each_photo_once(place: Place, tmp_path: Path) -> None:
    target = tmp_path / "backups"
    target.mkdir()
    async with place.served() as client:
        first = await take_photo(place, client, 1)
        await back_up(only(place.config), place.config, target)
        kept = target / "photos" / picture_name(first, "original")
        inode = kept.stat().st_ino
        await back_up(only(place.config), place.config, target, keep=2)
        assert kept.stat().st_ino == inode, "a photo that is there is not written again"
        async with db.connect_to(place.url) as opened:
            with db.use(opened):
                async with db.unit_of_work():
                    await db.execute("DELETE FROM photos")
                    await db.execute("DELETE FROM blobs")
        second = await take_photo(place, client, 2)
        await back_up(only(place.config), place.config, target, keep=2)
        assert kept.exists(), "the older of the two that are kept refers to it"
        last = await back_up(only(place.config), place.config, target, keep=2)
        assert not kept.exists()
        assert (target / "photos" / picture_name(second, "original")).exists()
    moments = sorted(path.name for path in target.iterdir() if path.name != "photos")
    assert len(moments) == 2
    assert moments[-1] == last.path.name
    async with place.another() as again:
        await restore(only(again), again, target)
        assert await assert_photos_are_whole(again) == 1


async def test_bytes_that_are_gone_are_said(place: Place, tmp_path: Path) -> None:
    async with place.served() as client:
        id = await take_photo(place, client, 1)
        (place.photos / picture_name(id, "original")).unlink()
        written = await back_up(only(place.config), place.config, tmp_path / "backup.tar")
        assert written.lost == [id]


async def test_photos_in_an_object_store_are_named(place: Place, tmp_path: Path) -> None:
    async with place.served() as client:
        await take_photo(place, client, 1)
        away = Config(database_url=place.url, data=str(tmp_path / "old"), photos_url="s3://photos/company")
        written = await back_up(only(away), away, tmp_path / "backup.tar")
        assert not written.has_photos
    with tarfile.open(tmp_path / "backup.tar") as archive:
        assert sorted(archive.getnames()) == ["database", "manifest.json", "photos.txt"]
        manifest = archive.extractfile("manifest.json")
        assert manifest is not None
        assert json.load(manifest)["photos"] == "s3://photos/company"


async def test_what_a_killed_server_left_is_not_laid_over_a_restored_file(tmp_path: Path) -> None:
    old = Config(data=str(tmp_path / "old"))
    async with served("", tmp_path / "old") as client:
        await sign_in_first(client)
        await back_up(only(old), old, tmp_path / "backup.tar")
    again = Config(data=str(tmp_path / "new"))
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "roundsman.db-wal").write_bytes(b"x")
    with pytest.raises(RuntimeError, match="-wal exists"):
        await restore(only(again), again, tmp_path / "backup.tar")
    assert not (tmp_path / "new" / "roundsman.db").exists()


async def test_a_password_is_no_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arguments are seen by everybody on the machine."""
    monkeypatch.setattr(backup.shutil, "which", lambda tool: f"/bin/{tool}")
    ran: list[tuple[list[str], dict[str, str]]] = []

    class Done:
        returncode = 0

    def run(command: list[str], env: dict[str, str], **_: object) -> Done:
        ran.append((command, env))
        return Done()

    monkeypatch.setattr(backup.subprocess, "run", run)
    backup._run("postgresql://ann:s%40cret@db.example/company?sslmode=require", "pg_dump", "--dbname")
    backup._run("postgresql:///company?host=/run", "pg_dump", "--dbname")
    assert ran[0][0][1:] == ["--dbname", "postgresql://ann@db.example/company?sslmode=require"]
    assert ran[0][1]["PGPASSWORD"] == "s@cret"
    assert ran[1][0][1:] == ["--dbname", "postgresql:///company?host=/run"]


async def test_another_file_is_no_backup(tmp_path: Path) -> None:
    file = tmp_path / "other.tar"
    (tmp_path / "x").write_text("x")
    with tarfile.open(file, "w") as archive:
        archive.add(tmp_path / "x", "x")
    config = Config(data=str(tmp_path / "data"))
    for source in (file, tmp_path):
        with pytest.raises(RuntimeError, match="no backup"):
            await restore(only(config), config, source)
    assert not (tmp_path / "data" / "roundsman.db").exists()
