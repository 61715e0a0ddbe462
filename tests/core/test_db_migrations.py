"""Migrations: each once and whole, by whichever process comes first."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from piccolo.apps.migrations.commands.check import CheckMigrationManager
from piccolo.columns import JSON, BigInt, Boolean, Bytea, Integer, Serial, Text
from piccolo.table import Table

from roundsman.core import db
from roundsman.core.db.migrations import history
from tests.core.test_db_processes import start

HISTORY = "tests.core.history"


class Tune(Table, tablename="tunes"):
    id = Serial(primary_key=True)
    name = Text()
    is_loud = Boolean()
    notes = JSON(null=True, default=None)
    wave = Bytea(null=True, default=None)
    year = Integer(null=True, default=None)


class WrongTune(Table, tablename="tunes"):
    id = Serial(primary_key=True)
    name = BigInt()
    is_loud = Boolean(null=True, default=None)
    notes = JSON(null=True, default=None)
    wave = Bytea(null=True, default=None)
    pace = Integer()


class Missing(Table, tablename="missing"):
    id = Text(primary_key=True, default=None)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package of migrations written by the test."""
    name = f"made_{abs(hash(tmp_path))}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield name
    for module in [key for key in sys.modules if key.startswith(name)]:
        del sys.modules[module]


def write(tmp_path: Path, package: str, file: str, text: str) -> None:
    (tmp_path / package / f"{file}.py").write_text(text)


async def test_migrations_are_applied_once_and_in_order(database: db.Database) -> None:
    assert await db.pending(HISTORY) == ["0001_first", "0002_second"]
    assert await db.migrate(HISTORY) == ["0001_first", "0002_second"]
    assert await db.migrate(HISTORY) == []
    assert await db.pending(HISTORY) == []
    assert await db.fetch_value("SELECT count(*) FROM tunes") == 21
    assert await db.fetch("SELECT name, app_name FROM migration ORDER BY id") == [
        {"name": "0001_first", "app_name": "roundsman"},
        {"name": "0002_second", "app_name": "roundsman"},
    ]


async def test_two_processes_starting_together_both_succeed(database: db.Database) -> None:
    processes = [await start(database.url, "migrate", HISTORY) for _ in range(2)]
    answers = [(await process.communicate())[0].decode().strip() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    applied = sorted(name for answer in answers for name in answer.split(",") if name)
    assert applied == ["0001_first", "0002_second"]
    assert await db.fetch_value("SELECT count(*) FROM tunes") == 21


async def test_many_tasks_may_migrate_together(database: db.Database) -> None:
    applied = await asyncio.gather(*(db.migrate(HISTORY) for _ in range(5)))
    assert sorted(name for names in applied for name in names) == ["0001_first", "0002_second"]


async def test_a_failing_migration_leaves_nothing_of_itself(
    database: db.Database, made: str, tmp_path: Path
) -> None:
    write(tmp_path, made, "m0001_good", 'ID = "0001_good"\nSTATEMENTS = ["CREATE TABLE good (id text)"]\n')
    bad = 'ID = "0002_bad"\nSTATEMENTS = ["CREATE TABLE bad (id text)", "INSERT INTO bad SELECT * FROM nothing"]\n'
    write(tmp_path, made, "m0002_bad", bad)
    for _ in range(2):
        with pytest.raises(Exception, match="nothing"):
            await db.migrate(made)
        assert await db.fetch("SELECT name FROM migration") == [{"name": "0001_good"}]
        with pytest.raises(Exception, match="bad"):
            await db.fetch("SELECT * FROM bad")
        assert await db.fetch("SELECT * FROM good") == []


async def test_a_newer_database_is_refused(database: db.Database, made: str, tmp_path: Path) -> None:
    await db.migrate(HISTORY)
    write(tmp_path, made, "m0001_first", 'ID = "0001_first"\nSTATEMENTS = ["SELECT 1"]\n')
    with pytest.raises(db.MigrationError, match="newer.*0002_second"):
        await db.migrate(made)
    with pytest.raises(db.MigrationError, match="newer"):
        await db.pending(made)


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"m0001_a": 'ID = "0001_b"\nSTATEMENTS = ["x"]'}, "must say ID = '0001_a'"),
        ({"m0001_a": 'ID = "0001_a"'}, "neither STATEMENTS nor run"),
        (
            {"m0001_a": 'ID = "0001_a"\nSTATEMENTS = ["x"]', "m0001_b": 'ID = "0001_b"\nSTATEMENTS = ["x"]'},
            "same number",
        ),
    ],
)
def test_ill_named_migrations_are_refused(
    made: str, tmp_path: Path, files: dict[str, str], complaint: str
) -> None:
    for file, text in files.items():
        write(tmp_path, made, file, text)
    with pytest.raises(db.MigrationError, match=complaint):
        history(made)


async def test_the_real_history_can_be_read() -> None:
    assert [migration.id for migration in history()] == sorted(migration.id for migration in history())


async def test_schema_differences_finds_what_differs(database: db.Database) -> None:
    await db.migrate(HISTORY)
    assert await db.schema_differences([Tune]) == []
    stored = {"sqlite": "text", "postgres": "text"}[database.dialect]
    assert await db.schema_differences([WrongTune, Missing]) == [
        "missing: the table does not exist",
        "tunes.is_loud: null in the class: True, in the database: False",
        f"tunes.name: integer in the class, {stored} in the database",
        "tunes.pace: not in the database",
        "tunes.year: not in the class",
    ]


async def test_piccolo_understands_what_was_applied(
    database: db.Database, made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in ("0001", "0002"):
        write(tmp_path, made, f"m{number}_a", f'ID = "{number}_a"\nSTATEMENTS = ["SELECT 1"]\n')
    await db.migrate(made)
    write(tmp_path, made, "m0003_a", 'ID = "0003_a"\nSTATEMENTS = ["SELECT 1"]\n')
    manager = CheckMigrationManager(app_name="roundsman")
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(
        "roundsman.migrations.piccolo_app.APP_CONFIG.migrations_folder_path", str(tmp_path / made)
    )
    statuses = await manager.get_migration_statuses()
    for name in ("m0001_a", "m0002_a", "m0003_a"):
        sys.modules.pop(name, None)
    assert {status.migration_id: status.has_ran for status in statuses} == {
        "0001_a": True,
        "0002_a": True,
        "0003_a": False,
    }
