"""A backup taken while the company works makes the same company again, with a new epoch; on both databases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from roundsman.backup import back_up, restore
from roundsman.core import db
from roundsman.core.companies import Companies, Company
from roundsman.core.config import Config
from tests.core.trial import served, sign_in_first
from tests.databases import postgres_database

NO_TOOLS = not (shutil.which("pg_dump") or list(Path("/usr/lib/postgresql").glob("*/bin/pg_dump")))


def only(config: Config) -> Company:
    return next(iter(Companies(config)))


async def test_a_company_comes_back_from_its_backup(
    database_url: str, server_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    is_postgres = database_url.startswith("postgres")
    if is_postgres and (NO_TOOLS or "wheel" in server_url):
        pytest.skip("pg_dump is not installed")
    config = Config(database_url=database_url, data=str(tmp_path / "old"))
    file = tmp_path / "backup.tar"
    photo = tmp_path / "old" / "photos" / "ab" / "picture"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"jpeg")
    async with served(database_url, tmp_path / "old") as client:
        person_id = await sign_in_first(client)
        back_up(only(config), config, file)
        with pytest.raises(FileExistsError):
            back_up(only(config), config, file)
    async with postgres_database(server_url) as fresh:
        url = fresh if is_postgres else f"sqlite:///{tmp_path}/new/company.db"
        again = Config(database_url=url, data=str(tmp_path / "new"))
        epoch = await restore(only(again), again, file)
        async with db.connect_to(url) as opened:
            with db.use(opened):
                assert await db.fetch_value("SELECT id FROM people") == person_id
                assert await db.fetch_value("SELECT epoch FROM sync_meta") == epoch
                assert await db.fetch_value("SELECT restored_marker FROM sync_meta") is None
        assert (tmp_path / "new" / "photos" / "ab" / "picture").read_bytes() == b"jpeg"
        with pytest.raises(RuntimeError, match="exists|not empty"):
            await restore(only(again), again, file)
    async with db.connect_to(database_url) as opened:
        with db.use(opened):
            assert await db.fetch_value("SELECT epoch FROM sync_meta") != epoch


async def test_another_file_is_no_backup(tmp_path: Path) -> None:
    import tarfile

    file = tmp_path / "other.tar"
    (tmp_path / "x").write_text("x")
    with tarfile.open(file, "w") as archive:
        archive.add(tmp_path / "x", "x")
    config = Config(data=str(tmp_path / "data"))
    with pytest.raises(RuntimeError, match="no backup"):
        await restore(only(config), config, file)
    assert not (tmp_path / "data" / "roundsman.db").exists()
